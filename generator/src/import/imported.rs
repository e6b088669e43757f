//! What an import gives, and the one way to it: documents of one kind in, products with their actions out.
//!
//! Every reader of a kind of document yields a [`Harvest`] of drafts; here their prose is read, and they are sorted by
//! product and version. Nothing here knows what a document looks like, or where anything is written.

use super::assemble::{self, Known, assemble};
use super::draft::{Draft, Kind, ProductDraft};
use super::prose::Phrases;
use super::{Input, Language, Options, Report, harmless, merge, too_much};
use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use crate::spec::{Action, Map, Product};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A product's code and version, as a document spells them.
pub type Version = (String, String);

/// What the documents of an import say.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// By product and version, in the order in which the documents name them.
    pub products: Vec<ImportedProduct>,
    /// The figures.
    pub report: Report,
    /// Every problem of every document.
    pub diagnostics: Diagnostics,
}

/// What the documents say about one version of one product.
#[derive(Debug, Clone, Default)]
pub struct ImportedProduct {
    /// Which it is; `None` if no document says so. A document that does not say it is of the only product there is.
    pub version: Option<Version>,
    /// What all its actions share, if the documents say that.
    pub facts: Option<Product>,
    /// Its actions by name, in the order of the documents.
    pub actions: Map<Action>,
}

/// What a reader of one kind of document found.
#[derive(Debug, Default)]
pub(super) struct Harvest {
    /// What the actions of a product share.
    pub facts: Vec<ProductDraft>,
    /// One document's word on one action, each.
    pub drafts: Vec<Draft>,
    /// The actions that nobody asked for, and of which no draft was made.
    pub passed_over: Vec<String>,
}

/// Imports documents of one kind. What has an error yields no action; the diagnostics say why.
pub fn import(kind: Kind, inputs: &[Input], options: &Options) -> Imported {
    let mut imported = Imported::default();
    let diagnostics = &mut imported.diagnostics;
    let phrases = match (Phrases::embedded(Language::Zh), Phrases::embedded(Language::En)) {
        (Ok(zh), Ok(en)) => [(Language::Zh, zh), (Language::En, en)],
        (Err(problem), _) | (_, Err(problem)) => {
            diagnostics.push(Diagnostic::placeless("phrases", format!("the built-in phrases are broken: {problem}")));
            return imported;
        }
    };
    let mut harvest = match kind {
        Kind::Markdown => super::pages::harvest(inputs, options, diagnostics),
        Kind::OpenapiMeta => super::openapi_meta::harvest(inputs, options, diagnostics),
        Kind::CliMeta => super::cli_meta::harvest(inputs, diagnostics),
    };
    unknown_actions(&harvest, options, diagnostics);
    harvest.keep_product(options, diagnostics);
    let versions = harvest.versions();
    let mut products: IndexMap<Option<Version>, ImportedProduct> = IndexMap::new();
    let known = Known::default();
    let facts = harvest.facts.into_par_iter().filter_map(|draft| {
        let (_, phrases) = phrases.iter().find(|(language, _)| *language == draft.language)?;
        Some(assemble::product(&draft, phrases, &known, options))
    });
    for facts in facts.collect::<Vec<_>>() {
        let version = Some((facts.product.clone(), facts.version.clone()));
        product(&mut products, version).facts.get_or_insert(facts);
    }
    let drafts = harvest.drafts.into_iter().filter(|draft| options.wants(draft.action()));
    let drafts = drafts.filter(|draft| match too_much::problem(draft) {
        Some(problem) => {
            diagnostics.push(problem);
            false
        }
        None => true,
    });
    let drafts: Vec<Draft> = drafts.collect();
    let drafts: Vec<(Option<Version>, Draft)> = drafts
        .into_iter()
        .filter_map(|draft| Some((placed(&draft, &versions, options, diagnostics)?, draft)))
        .collect();
    let assembled = drafts.into_par_iter().filter_map(|(version, mut draft)| {
        if options.declared {
            draft.silence();
        }
        draft.as_of = draft.as_of.or_else(|| options.as_of.clone());
        let (_, phrases) = phrases.iter().find(|(language, _)| *language == draft.language)?;
        let (action, heard) = assemble(&draft, phrases, &known, options);
        let problems = harmless::problems(&action, &draft.origin);
        Some((version, action, heard, problems))
    });
    let mut words: IndexMap<_, (Option<Version>, Vec<Action>)> = IndexMap::new();
    for (version, action, heard, problems) in assembled.collect::<Vec<_>>() {
        if problems.is_empty() {
            let key = (version.as_ref().map(lower), action.action.clone());
            let (_, actions) = words.entry(key).or_insert_with(|| (version, vec![]));
            imported.report.hear(heard);
            actions.push(action);
        }
        diagnostics.extend(problems);
    }
    let merged = words.into_par_iter().map(|(_, (version, actions))| (version, merge::merged(actions)));
    for (version, action) in merged.collect::<Vec<_>>() {
        match action {
            Ok(Some(action)) => {
                imported.report.count(&action);
                product(&mut products, version).actions.insert(action.action.clone(), action);
            }
            Ok(None) => {}
            Err(problem) => diagnostics.push(merge::broken(&problem)),
        }
    }
    // Of a product of which nothing was wanted, there is nothing to say.
    products.retain(|_, product| options.actions.is_empty() || !product.actions.is_empty());
    imported.products = products.into_values().collect();
    imported
}

impl Harvest {
    /// Every product and version that a document names.
    fn versions(&self) -> Vec<Version> {
        let of_facts = self.facts.iter().map(|draft| (draft.facts.product.clone(), draft.facts.version.clone()));
        let versions: IndexMap<Version, Version> =
            of_facts.chain(self.drafts.iter().filter_map(version)).map(|version| (lower(&version), version)).collect();
        versions.into_values().collect()
    }

    /// Refuses what is of another product or version than the specs are of. A document is refused once.
    fn keep_product(&mut self, options: &Options, diagnostics: &mut Diagnostics) {
        let Some(wanted) = &options.product else { return };
        let other = |version: &Version| lower(version) != lower(wanted);
        let mut refused = BTreeSet::new();
        for (draft, (product, version)) in self.drafts.iter().filter_map(|draft| Some((draft, version(draft)?))) {
            let of = (product, version);
            if other(&of) && refused.insert((Arc::clone(&draft.file), of.clone())) {
                let message =
                    format!("the document is of `{}` {}, the specs are of `{}` {}", of.0, of.1, wanted.0, wanted.1);
                let help = "give `--specs` the folder of that product and version, or a new one";
                diagnostics.push(Diagnostic::error("product-disagrees", Origin::file(&draft.file), message).help(help));
            }
        }
        self.drafts.retain(|draft| !version(draft).is_some_and(|of| other(&of)));
        self.facts.retain(|draft| !other(&(draft.facts.product.clone(), draft.facts.version.clone())));
    }
}

/// The product and version of a draft: what it says, or what is left if it says nothing. `None`: it cannot be told.
fn placed(
    draft: &Draft,
    versions: &[Version],
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Option<Version>> {
    let known = version(draft).or_else(|| options.product.clone());
    // Some documents say the product and not the version.
    let fits = |known: &&Version| draft.product.as_ref().is_none_or(|product| product.eq_ignore_ascii_case(&known.0));
    let mut fitting = versions.iter().filter(fits);
    match (known, fitting.next(), fitting.next()) {
        (Some(known), ..) => Some(Some(known)),
        (None, Some(only), None) => Some(Some(only.clone())),
        (None, ..) if versions.is_empty() => Some(None),
        (None, ..) => {
            let message = format!("nothing says of which product and version `{}` is", draft.action());
            let help = "import it alone, with `--specs` the folder of its product";
            diagnostics.push(Diagnostic::error("no-product", draft.origin.clone(), message).help(help));
            None
        }
    }
}

fn version(draft: &Draft) -> Option<Version> {
    draft.product.clone().zip(draft.version.clone())
}

fn lower((product, version): &Version) -> Version {
    (product.to_lowercase(), version.to_lowercase())
}

/// The place of a product's version, whatever the case in which a document writes it.
fn product(
    products: &mut IndexMap<Option<Version>, ImportedProduct>,
    version: Option<Version>,
) -> &mut ImportedProduct {
    let place = products.entry(version.as_ref().map(lower));
    place.or_insert_with(|| ImportedProduct { version, ..ImportedProduct::default() })
}

/// Every action that was asked for and that no document names.
fn unknown_actions(harvest: &Harvest, options: &Options, diagnostics: &mut Diagnostics) {
    let passed_over = harvest.passed_over.iter().map(String::as_str);
    let names: BTreeSet<&str> = harvest.drafts.iter().map(Draft::action).chain(passed_over).collect();
    for wanted in options.actions.iter().filter(|wanted| !names.contains(wanted.as_str())) {
        let near = did_you_mean(wanted, names.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        diagnostics
            .push(Diagnostic::placeless("no-such-action", format!("no document is about `{wanted}`")).maybe_help(near));
    }
}

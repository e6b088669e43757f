//! What an import gives, and the one way to it: documents of one kind in, products with their actions out.
//!
//! Every reader of a kind of document yields a [`Harvest`] of drafts; here their prose is read, and they are sorted by
//! product and version. Nothing here knows what a document looks like, or where anything is written.

use super::assemble::{self, assemble};
use super::draft::{Draft, Kind, ProductDraft};
use super::prose::Phrases;
use super::{Input, Language, Options, Report, harmless, merge, too_much};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::spec::{Action, Map, Product};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::BTreeSet;

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
    let harvest = match kind {
        Kind::Markdown => super::pages::harvest(inputs, options, diagnostics),
        Kind::OpenapiMeta => super::openapi_meta::harvest(inputs, options, diagnostics),
        Kind::CliMeta => super::cli_meta::harvest(inputs, diagnostics),
    };
    unknown_actions(&harvest, options, diagnostics);
    let versions = harvest.versions();
    let mut products: IndexMap<Option<Version>, ImportedProduct> = IndexMap::new();
    for draft in harvest.facts {
        let Some((_, phrases)) = phrases.iter().find(|(language, _)| *language == draft.language) else { continue };
        let version = Some((draft.facts.product.clone(), draft.facts.version.clone()));
        product(&mut products, version).facts.get_or_insert_with(|| assemble::product(&draft, phrases, options));
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
        let (action, report) = assemble(&draft, phrases, options);
        let problems = harmless::problems(&action, &draft.origin);
        Some((version, action, report, problems))
    });
    let mut words: IndexMap<_, (Option<Version>, Vec<Action>)> = IndexMap::new();
    for (version, action, report, problems) in assembled.collect::<Vec<_>>() {
        if problems.is_empty() {
            let key = (version.as_ref().map(lower), action.action.clone());
            let (_, actions) = words.entry(key).or_insert_with(|| (version, vec![]));
            imported.report.add_source(report, actions.is_empty());
            actions.push(action);
        }
        diagnostics.extend(problems);
    }
    let merged = words.into_par_iter().map(|(_, (version, actions))| (version, merge::merged(actions)));
    for (version, action) in merged.collect::<Vec<_>>() {
        match action {
            Ok(Some(action)) => {
                product(&mut products, version).actions.insert(action.action.clone(), action);
            }
            Ok(None) => {}
            Err(problem) => diagnostics.push(merge::broken(&problem)),
        }
    }
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
    let names: BTreeSet<&str> = harvest.drafts.iter().map(Draft::action).collect();
    for wanted in options.actions.iter().filter(|wanted| !names.contains(wanted.as_str())) {
        let near = did_you_mean(wanted, names.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        diagnostics
            .push(Diagnostic::placeless("no-such-action", format!("no document is about `{wanted}`")).maybe_help(near));
    }
}

//! What an import gives, and the one way to it: documents of one kind in, products with their actions out.
//!
//! Every reader of a kind of document yields a [`Harvest`]; here it is sorted by product and version. Nothing here knows
//! what a document looks like, or where anything is written.

use super::{Input, Options, Report};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::spec::{Action, Map, Product};
use indexmap::IndexMap;
use indexmap::map::Entry;
use std::collections::BTreeSet;

/// The form that documents have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Pages of a reference, one action each.
    Markdown,
    /// A product's metadata as one file: `api-docs.json`.
    OpenapiMeta,
    /// Metadata of a command line: a folder a product and language, one file an action.
    CliMeta,
}

impl Kind {
    /// As the command line and specs spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Markdown => "markdown",
            Kind::OpenapiMeta => "openapi-meta",
            Kind::CliMeta => "cli-meta",
        }
    }

    /// How the names of such documents end.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Markdown => "md",
            Kind::OpenapiMeta | Kind::CliMeta => "json",
        }
    }
}

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

/// What a reader found, not sorted yet.
#[derive(Debug, Default)]
pub(super) struct Harvest {
    /// What the actions of a product share.
    pub facts: Vec<Product>,
    /// One document's word on one action, in one language.
    pub found: Vec<Found>,
    /// Every action that a document names, whether it was asked for or not.
    pub names: BTreeSet<String>,
}

/// One document's word on one action, in one language.
#[derive(Debug)]
pub(super) struct Found {
    /// The product and version, as far as the document says so.
    pub version: Option<Version>,
    /// The action.
    pub action: Action,
    /// Its figures.
    pub report: Report,
}

impl Harvest {
    /// Every product and version that a document names.
    fn versions(&self) -> Vec<Version> {
        let of_facts = self.facts.iter().map(|facts| (facts.product.clone(), facts.version.clone()));
        let mut versions: Vec<Version> = vec![];
        for version in of_facts.chain(self.found.iter().filter_map(|found| found.version.clone())) {
            if !versions.iter().any(|known| lower(known) == lower(&version)) {
                versions.push(version);
            }
        }
        versions
    }
}

fn lower((product, version): &Version) -> Version {
    (product.to_lowercase(), version.to_lowercase())
}

/// Imports documents of one kind. What has an error yields no action; the diagnostics say why.
pub fn import(kind: Kind, inputs: &[Input], options: &Options) -> Imported {
    let mut imported = Imported::default();
    let harvest = match kind {
        Kind::Markdown => super::pages::harvest(inputs, options, &mut imported.diagnostics),
        Kind::OpenapiMeta | Kind::CliMeta => {
            let message = format!("this version cannot read {} yet", kind.as_str());
            imported.diagnostics.push(Diagnostic::placeless("kind", message));
            Harvest::default()
        }
    };
    unknown_actions(&harvest, options, &mut imported.diagnostics);
    let only = match &harvest.versions()[..] {
        [only] => Some(only.clone()),
        _ => None,
    };
    let mut products: IndexMap<Option<Version>, ImportedProduct> = IndexMap::new();
    for facts in harvest.facts {
        let version = Some((facts.product.clone(), facts.version.clone()));
        product(&mut products, version).facts.get_or_insert(facts);
    }
    for found in harvest.found {
        let version = found.version.or_else(|| only.clone());
        let actions = &mut product(&mut products, version).actions;
        // What several documents say about one action is compared in `merge`; until then the first has the word.
        if let Entry::Vacant(place) = actions.entry(found.action.action.clone()) {
            place.insert(found.action);
            imported.report.add(found.report);
        }
    }
    imported.products = products.into_values().collect();
    imported
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
    for wanted in options.actions.iter().filter(|wanted| !harvest.names.contains(*wanted)) {
        let near = did_you_mean(wanted, harvest.names.iter().map(String::as_str))
            .map(|near| format!("did you mean `{near}`?"));
        diagnostics
            .push(Diagnostic::placeless("no-such-action", format!("no document is about `{wanted}`")).maybe_help(near));
    }
}

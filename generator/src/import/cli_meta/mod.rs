//! From the metadata of the vendor's command line to drafts: one JSON file an action and language, and beside them one
//! that says which version of the product they are of.
//!
//! The files hold names, types and descriptions and nothing else: no value, no default, no answer. The two languages are
//! two documents, and before the English is believed it is held against the Chinese ([`alignment`]). Which files belong
//! together is told by their folders ([`place`]); no file is read that was not given.

mod alignment;
mod draft;
mod file;
mod place;

use super::Input;
use super::draft::{Draft, ProductDraft};
use super::imported::Harvest;
use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::spec::{Map, Product, Protocol};
use file::{ActionFile, VersionFile};
use indexmap::IndexMap;
use place::Place;
use rayon::prelude::*;
use serde::de::Deserialize;

/// Reads files. A file with an error yields nothing; the diagnostics say why.
pub(super) fn harvest(inputs: &[Input], diagnostics: &mut Diagnostics) -> Harvest {
    let (versions, actions): (Vec<_>, Vec<_>) =
        inputs.iter().map(|input| (input, Place::of(&input.file))).partition(|(_, place)| place.stem == "version");
    let mut folders: IndexMap<&str, VersionFile> = IndexMap::new();
    let mut facts: Vec<Product> = vec![];
    for (input, place) in versions {
        let Some(version) = read::<VersionFile>(input, diagnostics) else { continue };
        // Each language says it once more.
        let product = product(&place, &version);
        facts.extend(product.filter(|product| !facts.contains(product)));
        folders.insert(place.folder, version);
    }
    let drafts: Vec<(Option<Draft>, Diagnostics)> = actions
        .par_iter()
        .map(|(input, place)| {
            let mut found = Diagnostics::new();
            let draft = read::<ActionFile<'_>>(input, &mut found)
                .and_then(|file| draft::draft(input, place, &file, folders.get(place.folder), &mut found));
            (draft, found)
        })
        .collect();
    let mut drafts_of: IndexMap<(Option<String>, String), Vec<Draft>> = IndexMap::new();
    for (draft, found) in drafts {
        diagnostics.extend(found);
        if let Some(draft) = draft {
            drafts_of.entry((draft.product.clone(), draft.action().to_owned())).or_default().push(draft);
        }
    }
    for drafts in drafts_of.values_mut() {
        // The Chinese text is the better one.
        drafts.sort_by_key(|draft| draft.language);
        alignment::keep_what_aligns(drafts, diagnostics);
    }
    let facts = facts.into_iter().map(ProductDraft::of).collect();
    Harvest { facts, drafts: drafts_of.into_values().flatten().collect(), ..Harvest::default() }
}

/// Reads a file of this form.
fn read<'a, T: Deserialize<'a>>(input: &'a Input, diagnostics: &mut Diagnostics) -> Option<T> {
    match serde_json::from_str(&input.text) {
        Ok(read) => Some(read),
        Err(problem) => {
            let origin = Origin::at(&input.file, problem.line().max(1), problem.column().max(1));
            let problem = problem.to_string();
            // The place is told anyway.
            let problem = problem.rsplit_once(" at line ").map_or(&*problem, |(problem, _)| problem);
            let message = format!("this is no metadata of a command line: {problem}");
            diagnostics.push(
                Diagnostic::error("not-cli-metadata", origin, message)
                    .help("give the JSON files of `LANGUAGE/PRODUCT/`, as they are published"),
            );
            None
        }
    }
}

/// What a product's actions share, if the file's folder says whose they are.
fn product(place: &Place<'_>, version: &VersionFile) -> Option<Product> {
    Some(Product {
        schema: None,
        product: place.product?.to_owned(),
        version: version.version.clone(),
        style: match version.style {
            file::Style::Rpc => Protocol::Rpc,
            file::Style::Restful => Protocol::Roa,
        },
        title: None,
        doc: None,
        endpoints: None,
        schemas: Map::new(),
        errors: Map::new(),
        glossary: None,
        waiters: Map::new(),
    })
}

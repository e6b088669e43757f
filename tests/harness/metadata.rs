//! The vendor's metadata of many products, as it is shared with the project's workplace: one archive a date. Where it is
//! not at hand, nothing is tested with it.

use crate::source::root;
use bindery::diag::{Diagnostic, Diagnostics, Level};
use bindery::import::input::gather;
use bindery::import::{self, Imported, ImportedProduct, Input, Kind, Options};
use bindery::spec::{Catalog, Document};
use serde::Serialize;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// One product in so many is looked at where nothing is optimized.
const EVERY: usize = if cfg!(debug_assertions) { 10 } else { 1 };

/// What counts in this build: the figures of every tenth product, or of all.
pub const SCOPE: &str = if cfg!(debug_assertions) { "every-tenth" } else { "all" };

/// Something of what is shared with this workplace, or with an empty path all of it; says so where it is not.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: no ../shared");
    None
}

/// Folders of an archive, unpacked for as long as the answer lives.
///
/// # Panics
/// If the archive cannot be read.
pub fn unpacked(archive: &str, folders: &[&str]) -> Option<TempDir> {
    let path = shared(&format!("corpus/{archive}.tar.gz"))?;
    let scratch = tempfile::tempdir().unwrap();
    let mut tar = Command::new("tar");
    let status = tar.arg("-xzf").arg(&path).arg("-C").arg(scratch.path()).args(folders).status().unwrap();
    assert!(status.success(), "{}", path.display());
    Some(scratch)
}

/// The documents of an archive, named as in it. In a debug build some of them, always the same products.
///
/// # Panics
/// If the archive cannot be read.
pub fn documents(archive: &str) -> Option<Vec<Input>> {
    let path = shared(&format!("corpus/{archive}.tar.gz"))?;
    let path = path.to_str().unwrap();
    let mut diagnostics = Diagnostics::new();
    let gathered = gather(&[path.to_owned()], Kind::OpenapiMeta, &mut |_| (), &mut diagnostics).documents;
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let inside = |input: Input| {
        let file = input.file.strip_prefix(path).unwrap_or(&input.file).trim_start_matches(['!', '/', ':']);
        Input { file: file.into(), text: input.text }
    };
    let documents = gathered.into_iter().map(inside);
    Some(documents.filter(|input| is_looked_at(folder(&input.file))).collect())
}

/// Whether this build looks at a product (`ecs/2014-05-26`): always the same tenth, or all.
pub fn is_looked_at(product: &str) -> bool {
    product.to_lowercase().bytes().map(usize::from).sum::<usize>() % EVERY == 0
}

/// `ecs/2014-05-26` of `…/ecs/2014-05-26/api-docs.json`.
pub fn folder(file: &str) -> &str {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let start = folder.rmatch_indices('/').nth(1).map_or(0, |(at, _)| at + 1);
    folder.get(start..).unwrap_or_default()
}

/// Imports documents; and every error, with the product that it is about.
///
/// # Panics
/// If an error is about none of the documents.
pub fn imported(documents: &[Input], options: &Options) -> (Imported, Vec<(String, Diagnostic)>) {
    let mut imported = import::import(Kind::OpenapiMeta, documents, options);
    let errors = std::mem::take(&mut imported.diagnostics).into_iter().filter(|found| found.level == Level::Error);
    (imported, errors.map(|error| (folder(&error.origin.as_ref().unwrap().file).to_owned(), error)).collect())
}

fn document(file: String, stem: &str, value: &impl Serialize) -> Document {
    Document { file: file.into(), stem: stem.to_owned(), value: serde_json::to_value(value).unwrap() }
}

/// `ecs/2014-05-26`.
pub fn name(product: &ImportedProduct) -> String {
    let (code, version) = product.version.as_ref().unwrap();
    format!("{}/{version}", code.to_lowercase())
}

/// What an import gives, as a spec folder that was read.
///
/// # Panics
/// If it holds what cannot be written as JSON.
pub fn catalog(product: &ImportedProduct) -> Catalog {
    let name = name(product);
    let mut actions: Vec<Document> = product
        .actions
        .iter()
        .map(|(action, facts)| document(format!("{name}/actions/{action}.json"), action, facts))
        .collect();
    actions.sort_by(|a, b| a.stem.cmp(&b.stem));
    let upstream = document(format!("{name}/upstream.json"), "upstream", product.facts.as_ref().unwrap());
    Catalog { upstream: Some(upstream), product: None, actions, overlays: vec![] }
}

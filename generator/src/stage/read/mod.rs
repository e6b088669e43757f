//! Files to a [`Catalog`]: the one place where a spec folder is read.
//!
//! Every file is held to limits before it is parsed, parsed strictly (a key that stands twice is an error), and checked
//! against the JSON Schema of its kind, so that every unknown key and every wrong type is reported, with its place, in
//! one run. Nothing here knows what a keyword is for.

use crate::diag::{Diagnostic, Diagnostics, Origin, Sources};
use crate::spec::schema::FileKind;
use crate::spec::{Catalog, Document, check_shape, strict};
use serde_json::Value;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file may be this long: 4 MiB.
const MAX_BYTES: u64 = 4 << 20;
/// A folder may hold this many actions.
const MAX_ACTIONS: usize = 20_000;

/// What a folder of specs is.
const FOLDER: &str =
    "a spec folder holds product.json, actions/ and, where a person corrects them, overlays/; beside them, scenarios/";

/// Reads a folder that holds `product.json`, `actions/` and perhaps `overlays/`.
pub fn run(dir: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Catalog> {
    let product = document(&dir.join("product.json"), FileKind::Product, sources, diagnostics);
    let mut folder = |name: &str, kind: FileKind, diagnostics: &mut Diagnostics| {
        let files = json_files(&dir.join(name), kind == FileKind::Action, diagnostics);
        files.iter().filter_map(|file| document(file, kind, sources, diagnostics)).collect::<Vec<_>>()
    };
    let actions = folder("actions", FileKind::Action, diagnostics);
    let overlays = folder("overlays", FileKind::Overlay, diagnostics);
    Some(Catalog { product: product?, actions, overlays })
}

/// The folder of scenarios, below that of the specs.
pub const SCENARIOS: &str = "scenarios";

/// The names of a spec folder's scenarios, sorted.
pub fn scenarios(dir: &Path) -> Vec<String> {
    let files = json_files(&dir.join(SCENARIOS), false, &mut Diagnostics::new());
    files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).collect()
}

/// Reads one file of `scenarios/`, or one of that kind that lies elsewhere.
pub fn scenario(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    document(path, FileKind::Scenario, sources, diagnostics)
}

/// A path as people see it: relative to the working directory if it lies below, with forward slashes.
pub fn shown(path: &Path) -> Arc<str> {
    let relative = std::env::current_dir().ok().and_then(|cwd| path.strip_prefix(cwd).ok()).unwrap_or(path);
    let text = relative.to_string_lossy().replace('\\', "/");
    Arc::from(text.strip_prefix("./").unwrap_or(&text))
}

/// The JSON files of a folder, sorted by name.
fn json_files(dir: &Path, needed: bool, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            if needed || error.kind() != ErrorKind::NotFound {
                let message = match error.kind() {
                    ErrorKind::NotFound => "there is no such folder".to_owned(),
                    _ => format!("cannot be read: {error}"),
                };
                diagnostics.push(Diagnostic::error("unreadable", Origin::file(&shown(dir)), message).help(FOLDER));
            }
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    if files.len() > MAX_ACTIONS {
        let message = format!("holds {} files; the limit is {MAX_ACTIONS}", files.len());
        let problem = Diagnostic::error("too-many", Origin::file(&shown(dir)), message);
        diagnostics.push(problem.help("a folder holds one version of one product"));
        files.clear();
    }
    files
}

/// Reads, limits, parses and checks one file.
fn document(path: &Path, kind: FileKind, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let file = shown(path);
    let refuse = |message: String, help: &str| Diagnostic::error("unreadable", Origin::file(&file), message).help(help);
    let unreadable = |error: &std::io::Error| match error.kind() {
        ErrorKind::NotFound => refuse("there is no such file".to_owned(), FOLDER),
        ErrorKind::InvalidData => refuse("is not UTF-8".to_owned(), "save it as UTF-8"),
        _ => refuse(format!("cannot be read: {error}"), "see who may read it"),
    };
    let length = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) => {
            diagnostics.push(unreadable(&error));
            return None;
        }
    };
    if length > MAX_BYTES {
        let message = format!("is {length} bytes long; the limit is {MAX_BYTES}");
        diagnostics.push(refuse(message, "a file holds one action; leave out what nobody needs"));
        return None;
    }
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(unreadable(&error));
            return None;
        }
    };
    let value = parse(&file, &text, sources, diagnostics)?;
    let before = diagnostics.count(crate::diag::Level::Error);
    check_shape(&value, &kind.schema(), &|_| Arc::clone(&file), diagnostics);
    if diagnostics.count(crate::diag::Level::Error) > before {
        return None;
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Some(Document { file, stem, value })
}

/// Parses JSON strictly: no duplicate key, no more than 64 levels, nothing after the end. The text is kept in `sources`.
pub fn parse(file: &Arc<str>, text: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Value> {
    sources.insert(file, Arc::from(text));
    let (value, problems) = strict::parse(text);
    let failed = !problems.is_empty();
    diagnostics.extend(problems.into_iter().map(|problem| strict::diagnostic(file, problem).0));
    value.filter(|_| !failed)
}

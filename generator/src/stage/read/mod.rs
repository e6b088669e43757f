//! Files to a [`Catalog`]: the one place where a spec folder is read.
//!
//! Every file is held to limits before it is parsed, parsed strictly (a key that stands twice is an error), and checked
//! against the JSON Schema of its kind, so that every unknown key and every wrong type is reported, with its place, in
//! one run. Nothing here knows what a keyword is for.

use crate::diag::{Diagnostic, Diagnostics, Origin, Sources};
use crate::spec::schema::FileKind;
use crate::spec::{Catalog, Document, Texts, check_shape, strict};
use rayon::prelude::*;
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
const FOLDER: &str = "a spec folder holds product.json or upstream.json, actions/ and, where a person corrects them, overlays/; beside them, scenarios/";

/// From where the files of a spec folder come.
#[derive(Debug, Clone, Copy)]
pub enum Folder<'a> {
    /// The disk.
    Disk(&'a Path),
    /// Memory.
    Texts(&'a Texts),
}

/// Reads a folder that holds `product.json` or `upstream.json` or both, `actions/` and perhaps `overlays/`.
pub fn run(folder: Folder<'_>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Catalog> {
    let upstream =
        folder.has("upstream.json").then(|| folder.document("upstream.json", FileKind::Product, sources, diagnostics));
    // One of the two must be there, and a person's is a patch of upstream's.
    let product = match &upstream {
        None => Some(folder.document("product.json", FileKind::Product, sources, diagnostics)),
        Some(_) if !folder.has("product.json") => None,
        Some(_) => Some(folder.document("product.json", FileKind::ProductPatch, sources, diagnostics)),
    };
    let actions = folder.documents("actions", FileKind::Action, sources, diagnostics);
    let overlays = folder.documents("overlays", FileKind::Overlay, sources, diagnostics);
    // What is there and cannot be read is missing for good.
    if matches!(upstream, Some(None)) || matches!(product, Some(None)) {
        return None;
    }
    Some(Catalog { upstream: upstream.flatten(), product: product.flatten(), actions, overlays })
}

impl Folder<'_> {
    /// Whether a file is there.
    fn has(self, path: &str) -> bool {
        match self {
            Folder::Disk(dir) => dir.join(path).exists(),
            Folder::Texts(texts) => texts.files.contains_key(path),
        }
    }

    /// The documents of a folder in it, sorted by name.
    fn documents(
        self,
        name: &str,
        kind: FileKind,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Document> {
        let names: Vec<String> = match self {
            Folder::Disk(dir) => {
                // Upstream may know a product and no action of it.
                let needed = kind == FileKind::Action && !self.has("upstream.json");
                let files = json_files(&dir.join(name), needed, diagnostics);
                let names = files.iter().filter_map(|file| Some(file.file_name()?.to_str()?.to_owned()));
                names.map(|file| format!("{name}/{file}")).collect()
            }
            Folder::Texts(texts) => texts.files.keys().filter(|path| in_folder(path, name)).cloned().collect(),
        };
        let read = |path: &String| {
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
            let document = self.document(path, kind, &mut sources, &mut diagnostics);
            (document, sources, diagnostics)
        };
        let found: Vec<_> = names.par_iter().map(read).collect();
        let mut documents = Vec::with_capacity(found.len());
        for (document, own_sources, own_diagnostics) in found {
            documents.extend(document);
            sources.extend(own_sources);
            diagnostics.extend(own_diagnostics);
        }
        documents
    }

    fn document(
        self,
        path: &str,
        kind: FileKind,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document> {
        match self {
            Folder::Disk(dir) => document(&dir.join(path), kind, sources, diagnostics),
            Folder::Texts(texts) => {
                let file: Arc<str> = Arc::from(format!("{}/{path}", texts.shown));
                let Some(text) = texts.files.get(path) else {
                    let problem = Diagnostic::error("unreadable", Origin::file(&file), "there is no such file");
                    diagnostics.push(problem.help(FOLDER));
                    return None;
                };
                let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".json")).unwrap_or(path);
                checked(&file, stem, text, kind, sources, diagnostics)
            }
        }
    }
}

/// Whether a path leads to a JSON file that lies in a folder, not below it.
fn in_folder(path: &str, folder: &str) -> bool {
    let name = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    name.is_some_and(|name| !name.contains('/') && name.ends_with(".json"))
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
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    checked(&file, &stem, &text, kind, sources, diagnostics)
}

/// Parses and checks the text of one file.
fn checked(
    file: &Arc<str>,
    stem: &str,
    text: &str,
    kind: FileKind,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let value = parse(file, text, sources, diagnostics)?;
    let before = diagnostics.count(crate::diag::Level::Error);
    check_shape(&value, kind.known_schema(), &|_| Arc::clone(file), diagnostics);
    if diagnostics.count(crate::diag::Level::Error) > before {
        return None;
    }
    Some(Document { file: Arc::clone(file), stem: stem.to_owned(), value })
}

/// Parses JSON strictly: no duplicate key, no more than 64 levels, nothing after the end. The text is kept in `sources`.
pub fn parse(file: &Arc<str>, text: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Value> {
    sources.insert(file, Arc::from(text));
    let (value, problems) = strict::parse(text);
    let failed = !problems.is_empty();
    diagnostics.extend(problems.into_iter().map(|problem| strict::diagnostic(file, problem).0));
    value.filter(|_| !failed)
}

//! Where targets come from: the ones that are built in, and folders of a user's own.

use super::{Manifest, Target};
use crate::diag::{Diagnostic, Diagnostics, Origin, Sources};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../templates");

/// The targets that come with Bindery, sorted.
pub fn builtin_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = BUILTIN.dirs().filter_map(|dir| dir.path().to_str()).collect();
    names.sort_unstable();
    names
}

/// A target that comes with Bindery; `None` if there is none of that name.
pub fn builtin(name: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Target> {
    assemble(name, &format!("templates/{name}"), builtin_texts(name)?, sources, diagnostics)
}

/// The files of a target that comes with Bindery, by path below its folder; `None` if there is none of that name.
pub fn builtin_texts(name: &str) -> Option<BTreeMap<String, String>> {
    let dir = BUILTIN.get_dir(name)?;
    let mut texts = BTreeMap::new();
    gather(dir, name, &mut texts);
    Some(texts)
}

fn gather(dir: &Dir<'static>, root: &str, texts: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        if let (Ok(path), Some(text)) = (file.path().strip_prefix(root), file.contents_utf8()) {
            texts.insert(path.to_string_lossy().replace('\\', "/"), text.to_owned());
        }
    }
    for child in dir.dirs() {
        gather(child, root, texts);
    }
}

/// Whether a folder has a target of a name.
pub fn is_in(dir: &Path, name: &str) -> bool {
    dir.join(name).is_dir()
}

/// The names of a folder's targets, sorted: of the folders in it that hold a `target.toml`.
pub fn names_in(dir: &Path, diagnostics: &mut Diagnostics) -> Vec<String> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            let file: Arc<str> = Arc::from(dir.to_string_lossy());
            let problem = Diagnostic::error("unreadable", Origin::file(&file), format!("cannot be read: {error}"));
            diagnostics.push(problem.help("name a folder that holds targets, a folder each"));
            return Vec::new();
        }
    };
    let named = entries.flatten().filter(|entry| entry.path().join("target.toml").is_file());
    let mut names: Vec<String> = named.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    names
}

/// A target in a folder: `DIR/<name>/`.
pub fn load(dir: &Path, name: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Target> {
    let mut texts = BTreeMap::new();
    let root = dir.join(name);
    if let Err((path, error)) = walk(&root, &root, &mut texts) {
        let file: Arc<str> = Arc::from(path);
        diagnostics.push(
            Diagnostic::error("unreadable", Origin::file(&file), format!("cannot be read: {error}"))
                .help("a target is a folder with a target.toml and *.hbs files"),
        );
        return None;
    }
    assemble(name, &root.to_string_lossy(), texts, sources, diagnostics)
}

fn walk(root: &Path, dir: &Path, texts: &mut BTreeMap<String, String>) -> Result<(), (String, std::io::Error)> {
    let named = |path: &Path| path.to_string_lossy().into_owned();
    for entry in fs::read_dir(dir).map_err(|error| (named(dir), error))? {
        let path = entry.map_err(|error| (named(dir), error))?.path();
        if path.is_dir() {
            walk(root, &path, texts)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            let text = fs::read_to_string(&path).map_err(|error| (named(&path), error))?;
            texts.insert(relative.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(())
}

fn assemble(
    name: &str,
    shown: &str,
    mut texts: BTreeMap<String, String>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Target> {
    let file: Arc<str> = Arc::from(format!("{shown}/target.toml"));
    let Some(text) = texts.remove("target.toml") else {
        diagnostics.push(
            Diagnostic::error("unreadable", Origin::file(&file), "there is no such file")
                .help("a target's target.toml says what it makes"),
        );
        return None;
    };
    sources.insert(&file, Arc::from(text.as_str()));
    for (path, text) in &texts {
        sources.insert(&Arc::from(format!("{shown}/{path}")), Arc::from(text.as_str()));
    }
    match toml::from_str::<Manifest>(&text) {
        Ok(manifest) => Some(Target { name: name.to_owned(), place: shown.to_owned(), manifest, templates: texts }),
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            diagnostics.push(Diagnostic::error("target", Origin::at(&file, line, column), error.message()));
            None
        }
    }
}

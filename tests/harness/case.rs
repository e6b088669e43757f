//! Cases: folders that hold a project, and what the pipeline makes of one.

use bindery::artifact::Tree;
use bindery::diag::{Diagnostics, Sources, human};
use bindery::import::Input;
use bindery::model::Api;
use bindery::pipeline::{self, Loaded};
use bindery::project::{FILE_NAME, Project};
use bindery::stage::check;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything that the project of a folder makes: content by path, or what is wrong, as people see it.
///
/// # Errors
/// The diagnostics.
pub fn generate(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let project = Project::load(&folder.join(FILE_NAME), &mut sources, &mut diagnostics);
    let trees = project.and_then(|project| pipeline::generate(&project, &mut sources, &mut diagnostics));
    let files = |trees: BTreeMap<String, Tree>| {
        let each = trees.values().flat_map(Tree::iter);
        each.map(|(path, content)| (path.to_owned(), content.to_owned())).collect()
    };
    trees.filter(|_| !diagnostics.has_errors()).map(files).ok_or_else(|| human(&diagnostics, &sources, false))
}

/// The API of a spec folder, which is known to be right.
///
/// # Panics
/// If it is not.
pub fn api(specs: &Path) -> Api {
    let loaded = pipeline::load(specs);
    loaded.api.unwrap_or_else(|| panic!("{}", human(&loaded.diagnostics, &loaded.sources, false)))
}

/// What `lint` finds in specs that were read, but for texts that are missing.
///
/// # Panics
/// If they could not be read, or there is an error in them.
pub fn lint(loaded: &Loaded) -> String {
    let api = loaded.api.as_ref().unwrap_or_else(|| panic!("{}", human(&loaded.diagnostics, &loaded.sources, false)));
    let (mut all, mut findings) = (loaded.diagnostics.clone(), Diagnostics::new());
    check::run(api, &mut all);
    findings.extend(all.into_iter().filter(|finding| finding.code != "missing-doc"));
    let shown = human(&findings, &loaded.sources, false);
    assert!(!findings.has_errors(), "{shown}");
    shown
}

/// Every file below a folder, by path.
pub fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => {
                    let path: PathBuf = entry.path().strip_prefix(folder).unwrap().to_owned();
                    found.insert(path.to_str().unwrap().replace('\\', "/"));
                }
            }
        }
    }
    found
}

/// Makes a folder hold these files and no others. What is right already is not touched, so that nobody builds it anew.
pub fn put(folder: &Path, wanted: &BTreeMap<String, String>) {
    fs::create_dir_all(folder).unwrap();
    for stale in files(folder).iter().filter(|path| !wanted.contains_key(*path)) {
        fs::remove_file(folder.join(stale)).unwrap();
    }
    for (path, content) in wanted {
        let path = folder.join(path);
        if fs::read_to_string(&path).ok().as_ref() != Some(content) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
    }
}

/// Copies a folder with all that is in it.
///
/// # Panics
/// If it cannot be read or written.
pub fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(from.join(path), target).unwrap();
    }
}

/// The documents below a folder, named as in it.
///
/// # Panics
/// If one is no text.
pub fn documents(folder: &Path) -> Vec<Input> {
    let text = |path: &String| fs::read_to_string(folder.join(path)).unwrap().into();
    files(folder).iter().map(|path| Input { file: path.as_str().into(), text: text(path) }).collect()
}

/// Holds a text against a file, where nothing stands for an empty one: how they differ. `BINDERY_BLESS=1` rewrites the
/// file instead; a person then reads the difference.
///
/// # Panics
/// If it cannot be written.
pub fn golden(path: &Path, text: &str) -> Option<String> {
    if fs::read_to_string(path).unwrap_or_default() == text {
        return None;
    }
    if std::env::var_os("BINDERY_BLESS").is_none() {
        return Some(format!("{}:\n{text}", path.display()));
    }
    if text.is_empty() {
        fs::remove_file(path).unwrap();
    } else {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    None
}

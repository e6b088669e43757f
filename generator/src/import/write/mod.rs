//! Writes an import into folders of specs. It touches the facts alone, `actions/` and `upstream.json`: overlays and
//! `product.json` are people's.
//!
//! The new `actions/` is built beside the old one, files that stay as hard links, and takes its place in one exchange:
//! whoever reads the folder meanwhile, or finds it after a crash, sees the old facts or the new ones.

mod place;
mod swap;

pub use place::{Holds, folders, holds};

use super::{ImportedProduct, merge};
use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::spec::{Action, Product, SourceDocument};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    New,
    /// It was there, with another content.
    Changed,
    /// It was there and is untouched.
    Same,
}

/// Writes a product's facts into its folder, as a whole or not at all, and says what became of each file. Actions that
/// the import is silent about stay. A dry run only says what would become of the files.
///
/// # Errors
/// If a file cannot be read or written.
pub fn product(folder: &Path, product: &ImportedProduct, dry_run: bool) -> Result<Vec<(PathBuf, Outcome)>, Diagnostic> {
    let actions = folder.join(place::ACTIONS);
    let mut files = vec![];
    let mut outcomes = vec![];
    let facts = match (&product.facts, &product.version) {
        (Some(facts), _) => Some(serde_json::to_value(facts)),
        // Pages say no more of their product than its name. A folder in which nothing says even that is not one yet.
        (None, Some((name, version))) if matches!(holds(folder)?, Holds::Products | Holds::OneProduct(None)) => {
            Some(Ok(json!({"$schema": place::SCHEMA, "product": name, "version": version})))
        }
        (None, _) => None,
    };
    if let Some(facts) = facts {
        let path = folder.join(place::UPSTREAM);
        let facts = facts.map_err(|error| problem(&path, &error))?;
        let text = pretty(&facts).map_err(|error| problem(&path, &error))?;
        let outcome = compared(&path, &text)?;
        if outcome != Outcome::Same && !dry_run {
            swap::file(&path, &text).map_err(|error| problem(&path, &error))?;
        }
        outcomes.push((path, outcome));
    }
    for (name, action) in &product.actions {
        let name = format!("{name}.json");
        let path = actions.join(&name);
        let text = pretty(action).map_err(|error| problem(&path, &error))?;
        let outcome = compared(&path, &text)?;
        if outcome != Outcome::Same {
            files.push((name, text));
        }
        outcomes.push((path, outcome));
    }
    if !dry_run {
        swap::files(&actions, &files).map_err(|error| problem(&actions, &error))?;
    }
    Ok(outcomes)
}

/// A product as it will be: what an import says, merged with what the folder knows from other sources. Overlays that
/// upstream's change has overtaken are told.
///
/// # Errors
/// If an action or an overlay that is there cannot be read.
pub fn merged(
    folder: &Path,
    product: &ImportedProduct,
    diagnostics: &mut Diagnostics,
) -> Result<ImportedProduct, Diagnostic> {
    let mut known: Vec<Action> = vec![];
    for name in product.actions.keys() {
        known.extend(read(&folder.join(place::ACTIONS).join(format!("{name}.json")))?);
    }
    let mut merged = product.clone();
    // A kind of document that knows no more of a product than its name does not take away what another kind knows.
    let bare = |facts: &Product| facts.endpoints.is_none() && facts.schemas.is_empty() && facts.errors.is_empty();
    if folder.join(place::UPSTREAM).exists() {
        merged.facts = merged.facts.filter(|facts| !bare(facts));
    }
    merge::onto(&known, &mut merged).map_err(|problem| merge::broken(&problem))?;
    for old in &known {
        let name = &old.action;
        let path = folder.join(place::OVERLAYS).join(format!("{name}.json"));
        let (Some(overlay), Some(new), Some(fresh)) =
            (read::<Value>(&path)?, merged.actions.get(name), product.actions.get(name))
        else {
            continue;
        };
        let value = |action: &Action| serde_json::to_value(action).map_err(|problem| merge::broken(&problem));
        let sources: Vec<&str> = fresh.sources.keys().map(String::as_str).collect();
        diagnostics.extend(merge::overtaken(merge::Ground {
            file: &path.to_string_lossy().replace('\\', "/").into(),
            overlay: &overlay,
            old: &value(old)?,
            new: &value(new)?,
            sources: &sources.join(", "),
        }));
    }
    Ok(merged)
}

/// The actions of a folder that an import does not know any more, though all their sources are older: they stay as they
/// are, and a person has to know. The import has to be all that its source says; pages never say what else there is.
pub fn forgotten(folder: &Path, product: &ImportedProduct) -> Option<Diagnostic> {
    product.facts.as_ref()?;
    let imported = || product.actions.values().flat_map(|action| action.sources.values());
    let newest = imported().filter_map(|about| about.as_of.as_deref()).max()?;
    let mut names: Vec<String> = vec![];
    for entry in std::fs::read_dir(folder.join(place::ACTIONS)).ok()?.flatten() {
        let Some(action) = read::<Action>(&entry.path()).ok().flatten() else { continue };
        let older = |about: &SourceDocument| about.as_of.as_deref().is_some_and(|date| date < newest);
        if !product.actions.contains_key(&action.action)
            && action.sources.values().all(older)
            && !action.sources.is_empty()
        {
            names.push(action.action);
        }
    }
    names.sort();
    if names.is_empty() {
        return None;
    }
    let message = format!("what is imported, of {newest}, no longer has what older sources know: {}", names.join(", "));
    let help = "see whether the service still has them; remove the files of those that are gone";
    let origin = Origin::file(&folder.join(place::ACTIONS).to_string_lossy().replace('\\', "/").into());
    Some(Diagnostic::warning("action-lost", origin, message).help(help))
}

/// A JSON file, if it is there.
fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Diagnostic> {
    match std::fs::read(path) {
        Ok(text) => serde_json::from_slice(&text).map(Some).map_err(|error| problem(path, &error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(problem(path, &error)),
    }
}

fn compared(path: &Path, text: &[u8]) -> Result<Outcome, Diagnostic> {
    match std::fs::read(path) {
        Ok(old) if old == text => Ok(Outcome::Same),
        Ok(_) => Ok(Outcome::Changed),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Outcome::New),
        Err(error) => Err(problem(path, &error)),
    }
}

/// A file of specs as it is written: two blanks a level, and a line end at the end.
fn pretty(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut text = vec![];
    value.serialize(&mut Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b"  ")))?;
    text.push(b'\n');
    Ok(text)
}

fn problem(path: &Path, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::placeless("file", format!("{}: {error}", path.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::spec::Action;

    #[test]
    fn equal_files_stay_untouched_and_a_dry_run_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut made = ImportedProduct::default();
        for name in ["DoIt", "UndoIt"] {
            made.actions.insert(name.to_owned(), Action { action: name.to_owned(), ..empty() });
        }
        let write = |made: &ImportedProduct, dry| -> Vec<Outcome> {
            product(folder.path(), made, dry).unwrap().into_iter().map(|(_, outcome)| outcome).collect()
        };
        let names = || {
            let entries = std::fs::read_dir(folder.path().join("actions")).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        assert_eq!(write(&made, true), [Outcome::New; 2]);
        assert!(!folder.path().join("actions").exists());
        assert_eq!(write(&made, false), [Outcome::New; 2]);
        assert_eq!(write(&made, false), [Outcome::Same; 2]);
        std::fs::write(folder.path().join("actions/Other.json"), "{}").unwrap();
        made.actions.get_mut("DoIt").unwrap().deprecated = true;
        assert_eq!(write(&made, false), [Outcome::Changed, Outcome::Same]);
        assert_eq!(names(), ["DoIt.json", "Other.json", "UndoIt.json"]);
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["actions"], "nothing temporary is left");
    }

    fn empty() -> Action {
        serde_json::from_str(r#"{"action": ""}"#).unwrap()
    }
}

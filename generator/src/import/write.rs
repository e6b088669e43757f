//! Writes actions into a specs folder. The only part of the importer that touches the disk, and it touches `actions/` alone:
//! overlays are people's.

use crate::diag::Diagnostic;
use crate::spec::{Action, Product};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use std::io::{self, Write};
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

/// The product and version of a specs folder; `None` if it has no `product.json` yet.
///
/// # Errors
/// If `product.json` cannot be read.
pub fn product(specs: &Path) -> Result<Option<(String, String)>, Diagnostic> {
    let path = specs.join("product.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(problem(&path, &error)),
    };
    match serde_json::from_str::<Product>(&text) {
        Ok(product) => Ok(Some((product.product, product.version))),
        Err(error) => Err(problem(&path, &error)),
    }
}

/// Writes an action to `actions/NAME.json`, as a whole or not at all. A dry run only says what would become of the file.
///
/// # Errors
/// If the file cannot be read or written.
pub fn action(specs: &Path, action: &Action, dry_run: bool) -> Result<(PathBuf, Outcome), Diagnostic> {
    let folder = specs.join("actions");
    let path = folder.join(format!("{}.json", action.action));
    let write = || -> io::Result<Outcome> {
        let text = pretty(action)?;
        let outcome = match std::fs::read(&path) {
            Ok(old) if old == text => return Ok(Outcome::Same),
            Ok(_) => Outcome::Changed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Outcome::New,
            Err(error) => return Err(error),
        };
        if !dry_run {
            std::fs::create_dir_all(&folder)?;
            let mut file = temporary().tempfile_in(&folder)?;
            file.write_all(&text)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)?;
        }
        Ok(outcome)
    };
    write().map(|outcome| (path.clone(), outcome)).map_err(|error| problem(&path, &error))
}

/// A file that a rename will make an ordinary one: others may read it, as far as the user's mask lets them.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".import-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// An action as it is written: two blanks a level, and a line end at the end.
fn pretty(action: &Action) -> io::Result<Vec<u8>> {
    let mut text = vec![];
    action.serialize(&mut Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b"  ")))?;
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

    #[test]
    fn equal_files_stay_untouched_and_a_dry_run_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut spec: Action = serde_json::from_str(r#"{"action": "DoIt"}"#).unwrap();
        let write = |spec: &Action, dry| action(folder.path(), spec, dry).unwrap().1;
        assert_eq!(write(&spec, true), Outcome::New);
        assert!(!folder.path().join("actions").exists());
        assert_eq!(write(&spec, false), Outcome::New);
        assert_eq!(write(&spec, false), Outcome::Same);
        spec.deprecated = true;
        assert_eq!(write(&spec, false), Outcome::Changed);
        let names: Vec<_> =
            std::fs::read_dir(folder.path().join("actions")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["DoIt.json"], "no temporary file is left");
    }
}

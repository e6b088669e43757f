//! Configuration files: read without telling where they are or what is in them, and looked at again only when they have
//! changed.

use super::{CredentialsError, ProvideCredentials};
use crate::Secret;
use crate::surroundings::Outside;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The text of a file. The error names no path: it could tell the user's name.
pub(super) fn read(outside: &Outside, path: &Path) -> Result<Secret, CredentialsError> {
    outside.machine.read(path).map(Secret::from).map_err(|error| match error.kind() {
        ErrorKind::NotFound => CredentialsError::failed("there is no such file"),
        ErrorKind::PermissionDenied => CredentialsError::failed("this user may not read the file"),
        ErrorKind::InvalidData => CredentialsError::failed("the file is no text in UTF-8"),
        _ => CredentialsError::failed("the file cannot be read"),
    })
}

/// The text of a file in the user's home folder, if it is there.
pub(super) fn read_at_home(outside: &Outside, path: &str) -> Result<Option<Secret>, CredentialsError> {
    let Some(home) = outside.machine.home() else {
        return Err(CredentialsError::absent("this user has no home folder"));
    };
    let path = home.join(path);
    match outside.machine.read(&path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Ok(text) => Ok(Some(Secret::from(text))),
        Err(_) => read(outside, &path).map(Some),
    }
}

/// The source that a file describes, kept for as long as the file stays as it is: the credentials that it holds live
/// on, and a new login counts at once.
#[derive(Default)]
pub(super) struct Kept {
    entry: Mutex<Option<Entry>>,
}

struct Entry {
    profile: String,
    text: Secret,
    source: Arc<dyn ProvideCredentials>,
}

impl Kept {
    /// The source of a profile in a text. Concurrent callers get the same one, so that they share its credentials. A
    /// text that cannot be parsed, say while another program writes it, leaves the last source in use.
    pub(super) fn source<T>(
        &self,
        profile: &str,
        text: &Secret,
        parse: impl FnOnce(&str) -> Result<T, CredentialsError>,
        build: impl FnOnce(&T) -> Result<Arc<dyn ProvideCredentials>, CredentialsError>,
    ) -> Result<Arc<dyn ProvideCredentials>, CredentialsError> {
        let mut entry = self.entry.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = entry.as_ref().filter(|kept| kept.profile == profile);
        if let Some(kept) = kept.filter(|kept| kept.text == *text) {
            return Ok(Arc::clone(&kept.source));
        }
        match (parse(text.expose()), kept) {
            (Ok(parsed), _) => {
                let source = build(&parsed)?;
                let kept = Entry { profile: profile.to_owned(), text: text.clone(), source: Arc::clone(&source) };
                *entry = Some(kept);
                Ok(source)
            }
            (Err(error), Some(kept)) => {
                tracing::warn!(%error, "a configuration file cannot be read any more: its last state stays in use");
                Ok(Arc::clone(&kept.source))
            }
            (Err(error), None) => Err(error),
        }
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

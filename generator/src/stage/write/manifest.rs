//! `.bindery.json`: which files of a folder the generator owns, and what they held when it left them.
//!
//! It is committed with the output, so it holds nothing that differs between two machines.

use super::{Doing, Failure, Outcome};
use crate::artifact::check_path;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The manifest's name in the output folder.
pub(super) const MANIFEST: &str = ".bindery.json";

/// Path below the output folder, SHA-256 of the content.
pub(super) type Hashes = BTreeMap<String, String>;

/// What the generator owns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The files of each target.
    pub(super) targets: BTreeMap<String, Hashes>,
}

impl Manifest {
    /// The manifest of a folder; an empty one if the folder has none.
    pub(super) fn read(folder: &Path) -> Outcome<Manifest> {
        Ok(Manifest::on_disk(folder)?.map(|(_, manifest)| manifest).unwrap_or_default())
    }

    /// The manifest of a folder and its bytes, if the folder has one.
    pub(super) fn on_disk(folder: &Path) -> Outcome<Option<(Vec<u8>, Manifest)>> {
        let path = folder.join(MANIFEST);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Ok(metadata) if metadata.is_symlink() => return Err(Failure::Symlink(path)),
            _ => {}
        }
        let bytes = fs::read(&path).doing("read the manifest", &path)?;
        let broken = |why: String| Failure::Manifest { path: path.clone(), why };
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
        // A manifest that somebody tampered with must not lead out of the folder.
        for path in manifest.owned().into_keys() {
            check_path(path).map_err(|error| broken(error.to_string()))?;
        }
        Ok(Some((bytes, manifest)))
    }

    /// All owned files, whatever their target.
    pub(super) fn owned(&self) -> BTreeMap<&str, &str> {
        self.targets.values().flatten().map(|(path, hash)| (path.as_str(), hash.as_str())).collect()
    }

    /// The text of the file.
    pub(super) fn text(&self) -> Outcome<String> {
        let text = serde_json::to_string_pretty(self);
        text.map(|text| text + "\n")
            .map_err(|error| Failure::Manifest { path: MANIFEST.into(), why: error.to_string() })
    }
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The bytes with every CRLF as LF: what git checked in, if it checks out with CRLF.
pub(super) fn with_lf(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.windows(2).any(|pair| pair == b"\r\n") {
        return Cow::Borrowed(bytes);
    }
    let followed_by_lf = bytes.iter().skip(1).map(|next| *next == b'\n').chain([false]);
    bytes.iter().zip(followed_by_lf).filter(|(byte, lf)| !(**byte == b'\r' && *lf)).map(|(byte, _)| *byte).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn folds_crlf_and_nothing_else() {
        assert_eq!(&*with_lf(b"a\r\nb\rc\r\r\n\nd\r"), b"a\nb\rc\r\n\nd\r");
    }

    #[test]
    fn refuses_a_manifest_that_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        for text in
            [r#"{"targets":{"a":{"../x":"0"}}}"#, r#"{"targets":{"a":{"/etc/x":"0"}}}"#, "{", r#"{"target":{}}"#]
        {
            fs::write(folder.path().join(MANIFEST), text).unwrap();
            assert!(matches!(Manifest::read(folder.path()), Err(Failure::Manifest { .. })), "{text}");
        }
    }

    #[test]
    fn hashes_as_published() {
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

//! One difference between two specifications.

use super::kind::Kind;
use crate::diag::Origin;
use crate::model::Api;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The service that a change is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service {
    /// The product's code.
    pub product: String,
    /// Its version.
    pub version: String,
}

impl Service {
    /// The service of an API.
    pub fn of(api: &Api) -> Service {
        Service { product: api.product.to_string(), version: api.version.clone() }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What kind it is.
    pub kind: &'static Kind,
    /// The service that it is about.
    pub service: Service,
    /// The action that it is about; `None`: the service as a whole, or what its actions share.
    pub action: Option<String>,
    /// What in the action or the service: `request Tag[].Key`, `response Items[].Id`; empty: all of it.
    pub path: String,
    /// What was there, in words; `None`: nothing.
    pub old: Option<String>,
    /// What is there, in words; `None`: nothing.
    pub new: Option<String>,
    /// The change in one sentence, without its full stop.
    pub message: String,
    /// Where the old stands.
    pub old_origin: Option<Origin>,
    /// Where the new stands.
    pub new_origin: Option<Origin>,
    /// See [`Change::fingerprint`].
    pub(super) digest: [u8; 8],
}

impl Change {
    /// Where: the action and the path.
    pub fn place(&self) -> String {
        match (&self.action, self.path.as_str()) {
            (Some(action), "") => action.clone(),
            (Some(action), path) => format!("{action} {path}"),
            (None, "") => "the service".to_owned(),
            (None, path) => path.to_owned(),
        }
    }

    /// What tells this change from all others and stays the same for as long as it is the same change: made of the
    /// kind, the place, and what was and is there; not of the order or the files in which things are written down.
    pub fn fingerprint(&self) -> String {
        self.digest.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The digest of all that makes a change this change. `content` is what `old` and `new` leave out.
    pub(super) fn digest(&self, content: &str) -> [u8; 8] {
        let mut hash = Sha256::new();
        let parts = [
            Some(self.kind.code),
            Some(&self.service.product),
            Some(&self.service.version),
            self.action.as_deref(),
            Some(&self.path),
            self.old.as_deref(),
            self.new.as_deref(),
            Some(content),
        ];
        for part in parts {
            // A length before each part: no two lists of parts look the same.
            let (known, text) = (part.is_some(), part.unwrap_or_default());
            hash.update([u8::from(known)]);
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        let mut digest = [0; 8];
        digest.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        digest
    }
}

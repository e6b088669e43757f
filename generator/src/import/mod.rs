//! Upstream documents to facts. Import never judges: what a page gets wrong stays as the page says it, and an overlay
//! mends it.
//!
//! [`import`] is pure: text in, spec out. [`mod@write`] puts that into folders. No module knows the name of a service or of
//! an action.

mod assemble;
mod cli_meta;
mod description;
pub mod draft;
mod example;
pub mod explain;
mod harmless;
mod imported;
#[cfg(feature = "cli")]
pub mod input;
pub mod markdown;
pub mod merge;
pub mod nest;
mod openapi_meta;
mod pages;
pub mod prose;
mod repeated;
mod report;
mod rules;
mod survey;
mod too_much;
pub mod write;

pub use description::{Block, BlockKind, Description};
pub use draft::Kind;
pub use imported::{Imported, ImportedProduct, Version, import};
pub use report::{Missed, Report, RuleCount, Spot, locate};
pub use survey::{Figures, Found, Survey};

use serde::Deserialize;
use std::sync::Arc;

/// The language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// `zh` or `en`, as specs write it.
    pub fn code(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }
}

impl Options {
    /// Whether an action is to be imported.
    pub fn wants(&self, action: &str) -> bool {
        self.actions.is_empty() || self.actions.iter().any(|wanted| wanted == action)
    }
}

/// A document to import.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its path, as diagnostics show it, with forward slashes.
    pub file: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
}

impl Input {
    /// The file's name without its folders: the name under which specs cite it.
    pub fn document(&self) -> &str {
        inside(&self.file).rsplit('/').next().unwrap_or_default()
    }
}

/// The path of a document inside of the archive that it lies in, if it lies in one.
fn inside(file: &str) -> &str {
    file.rsplit_once('!').map_or(file, |(_, inside)| inside)
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Import these actions alone; all, if there are none.
    pub actions: Vec<String>,
    /// Take what the documents declare, and do not read their prose: to compare documents of which some were stripped of it.
    pub declared: bool,
    /// Carry the document's sentences over: only for specs of a user's own.
    pub with_text: bool,
    /// Keep what became of each sentence.
    pub explain: bool,
    /// Count what became of the sentences.
    pub survey: bool,
    /// The date of the documents (`2024-06-25`), if it is known: the newest facts win.
    pub as_of: Option<String>,
    /// The product and version that the documents must belong to.
    pub product: Option<Version>,
}

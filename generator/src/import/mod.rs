//! Upstream documents to facts. Import never judges: what a page gets wrong stays as the page says it, and an overlay
//! mends it.
//!
//! Everything here but [`mod@write`] is pure: text in, spec out. No module knows the name of a service or of an action.

mod assemble;
mod description;
pub mod draft;
mod example;
mod harmless;
pub mod markdown;
mod nest;
mod pages;
pub mod prose;
mod repeated;
mod report;
mod rules;
pub mod write;

pub use description::{Block, BlockKind, Description};
pub use pages::import_markdown;
pub use report::{Missed, Report, RuleCount};

use serde::Deserialize;
use std::sync::Arc;

/// The language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
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
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Import this action alone.
    pub action: Option<String>,
    /// Carry the document's sentences over: only for specs of a user's own.
    pub with_text: bool,
    /// The product and version that the pages must belong to.
    pub product: Option<(String, String)>,
}

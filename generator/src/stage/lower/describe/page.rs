//! A text of several paragraphs.

use crate::markdown::{Dialect, Inline, prose};
use crate::model::{Doc, Language};

/// Blocks with a blank line between.
pub(super) struct Page {
    language: Language,
    blocks: Vec<String>,
}

impl Page {
    /// An empty one.
    pub fn new(language: Language) -> Page {
        Page { language, blocks: Vec::new() }
    }

    /// A paragraph; nothing if it is empty.
    pub fn block(mut self, text: impl Into<String>) -> Page {
        let text = text.into();
        if !text.is_empty() {
            self.blocks.push(text);
        }
        self
    }

    /// A text of the spec's.
    pub fn doc(self, doc: &Doc) -> Page {
        let text = prose(doc.get(self.language), Dialect::Rustdoc);
        self.block(text.as_str())
    }

    /// A text of the spec's, or else a sentence of ours: rustdoc wants every item documented.
    pub fn doc_or(self, doc: &Doc, otherwise: impl Into<String>) -> Page {
        if doc.is_empty() { self.block(otherwise) } else { self.doc(doc) }
    }

    /// A list below a title; nothing if it is empty.
    pub fn list(self, title: &str, items: Vec<String>) -> Page {
        if items.is_empty() {
            return self;
        }
        let items: Vec<String> = items.iter().map(|item| format!("- {}", item.replace('\n', " "))).collect();
        self.block(title).block(items.join("\n"))
    }

    /// All of it.
    pub fn text(self) -> String {
        self.blocks.join("\n\n")
    }
}

/// A text as code.
pub(super) fn code(text: &str) -> String {
    Inline::new().code(text).line().as_str().to_owned()
}

/// A text as it is.
pub(super) fn plain(text: &str) -> String {
    Inline::new().text(text).line().as_str().to_owned()
}

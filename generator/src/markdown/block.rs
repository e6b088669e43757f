//! Fenced blocks of code.

use super::visible;
use serde::Serialize;

/// What a fenced block is marked as. A fixed list: a spec cannot choose a word that a tool would act upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    /// Plain text.
    Text,
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// SQL.
    Sql,
    /// A shell's input.
    Shell,
    /// Rust that `mdbook test` leaves alone. Only ours: a spec cannot ask for it.
    Rust,
}

impl Fence {
    const FOR_ALL: [Fence; 5] = [Fence::Text, Fence::Json, Fence::Xml, Fence::Sql, Fence::Shell];

    /// The word after the fence.
    pub fn word(self) -> &'static str {
        match self {
            Fence::Text => "text",
            Fence::Json => "json",
            Fence::Xml => "xml",
            Fence::Sql => "sql",
            Fence::Shell => "sh",
            Fence::Rust => "rust,ignore",
        }
    }

    /// The fence that a spec asks for with a word, whatever its case.
    pub(super) fn named(word: &str) -> Option<Fence> {
        Fence::FOR_ALL.into_iter().find(|fence| fence.word().eq_ignore_ascii_case(word))
    }
}

/// A fenced block, its fences included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block(String);

impl Block {
    /// Fences a text with more backticks than it has in a row.
    pub fn new(fence: Fence, text: &str) -> Block {
        let shown = visible(text);
        let ticks = "`".repeat(longest_run(&shown).saturating_add(1).max(3));
        Block(format!("{ticks}{}\n{}\n{ticks}", fence.word(), shown.trim_matches('\n')))
    }

    /// The Markdown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_inside() {
        assert_eq!(Block::new(Fence::Json, "{}\n").as_str(), "```json\n{}\n```");
        assert_eq!(Block::new(Fence::Text, "```\n<b>\n````").as_str(), "`````text\n```\n<b>\n````\n`````");
    }
}

//! A spec's doc as blocks of Markdown, or its first paragraph as one line.

use super::{Inline, escaped, tame, visible, write};
use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;

/// Who will read the Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// A forge, or mdBook.
    Page,
    /// rustdoc: every code block is marked `text`, so that none is compiled and run.
    Rustdoc,
}

/// Blocks of CommonMark without HTML, headings, images, scripts or doctests. Empty if there was nothing to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Prose(String);

impl Prose {
    /// The Markdown: lines without a newline at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A CommonMark text of any origin as harmless Markdown.
pub fn prose(text: &str, dialect: Dialect) -> Prose {
    let written = write(&tame::tame(text, dialect), dialect);
    Prose(written.unwrap_or_else(|| paragraphs(text)).trim_matches('\n').to_owned())
}

/// The first paragraph of a CommonMark text as one line, and whether more follows. A text that begins with something
/// else than a paragraph has no such line.
pub fn lead(text: &str) -> (Inline, bool) {
    let events = tame::tame(text, Dialect::Page);
    match events.split_first() {
        None => (Inline::default(), false),
        Some((Event::Start(Tag::Paragraph), rest)) => {
            let end = rest.iter().position(|event| *event == Event::End(TagEnd::Paragraph)).unwrap_or(rest.len());
            let (inline, after) = rest.split_at(end);
            (Inline::of(inline.iter().cloned()), after.len() > 1)
        }
        Some(_) => (Inline::default(), true),
    }
}

/// A whole CommonMark text on one line: its blocks one after the other, its code blocks as code.
pub fn flat(text: &str) -> Inline {
    let mut line = Inline::new();
    let mut block = Vec::new();
    let mut code = false;
    for event in tame::tame(text, Dialect::Page) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(text) if code => line = line.sentence(Inline::new().code(&text)),
            Event::Start(tag) if is_inline(&tag.to_end()) => block.push(Event::Start(tag)),
            Event::End(end) if is_inline(&end) => block.push(Event::End(end)),
            Event::Start(_) | Event::End(_) => line = line.sentence(Inline::of(std::mem::take(&mut block))),
            event => block.push(event),
        }
    }
    line
}

fn is_inline(end: &TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link)
}

/// What is left when a text cannot be kept as it is meant: its paragraphs, escaped.
fn paragraphs(text: &str) -> String {
    let shown = visible(text);
    let lines = shown.lines().map(|line| escaped(line.trim())).collect::<Vec<_>>();
    lines
        .split(String::is_empty)
        .filter(|lines| !lines.is_empty())
        .map(|lines| lines.join("\n"))
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[cfg(test)]
mod tests;

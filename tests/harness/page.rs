//! What a reader of a generated page meets.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// Rows of the tables that list parameters, links, and code that may run.
#[derive(Debug, Default)]
pub struct Seen {
    /// How many rows there are in tables whose first column has the header that was asked for.
    pub parameter_rows: usize,
    /// Raw HTML.
    pub html: Vec<String>,
    /// Where links and images lead.
    pub links: Vec<String>,
    /// The languages of fenced code; `indented` for code that is not fenced.
    pub fences: BTreeSet<String>,
    /// What a renderer may take for something of its own: formulas, footnotes.
    pub special: Vec<String>,
}

/// Reads a page as a forge would.
pub fn read(page: &str, header: &str) -> Seen {
    let mut seen = Seen::default();
    let (mut in_head, mut first_cell, mut lists_parameters) = (false, false, false);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH | Options::ENABLE_GFM;
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Start(Tag::TableHead) => (in_head, first_cell, lists_parameters) = (true, true, false),
            Event::End(TagEnd::TableHead) => in_head = false,
            Event::Text(text) if in_head && first_cell => lists_parameters = &*text == header,
            Event::End(TagEnd::TableCell) => first_cell = false,
            Event::Start(Tag::TableRow) if lists_parameters => seen.parameter_rows += 1,
            Event::Html(text) | Event::InlineHtml(text) => seen.html.push(text.to_string()),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                seen.links.push(dest_url.to_string())
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) => _ = seen.fences.insert(word.to_string()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => _ = seen.fences.insert("indented".to_owned()),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                seen.special.push(text.to_string())
            }
            _ => {}
        }
    }
    seen
}

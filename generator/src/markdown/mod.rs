//! Markdown that says what it was given and does nothing else: the safe text types of pages and of doc comments.
//!
//! A spec's text is hostile until proved otherwise: it may hold HTML, links that run scripts, fences, table bars, doctests,
//! characters that nobody sees. It is read as CommonMark, reduced to what a reader needs, written anew for its place, and
//! read once more; what does not survive is shown as escaped plain text. Nothing here may know what an API is.

mod block;
mod inline;
mod plain;
mod prose;
mod slug;
mod tame;
mod visible;

pub use block::{Block, Fence};
pub use inline::{Cell, Inline, Line};
pub use prose::{Dialect, Prose, flat, lead, prose};
pub use slug::{Slug, TAKEN as TAKEN_SLUGS, slugs};
pub use visible::visible;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};
use pulldown_cmark_to_cmark::Options as Style;

/// What a reader of ours may understand beyond CommonMark: forges, mdBook and rustdoc taken together. What is written is
/// proved against all of it.
const UNDERSTOOD: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Writes events as Markdown and proves that reading it again finds nothing but harmless events; `None` if that fails.
fn write(events: &[Event<'_>], dialect: Dialect) -> Option<String> {
    plain::write(events).or_else(|| write_anew(events, dialect))
}

/// As [`write`], whatever the events are.
fn write_anew(events: &[Event<'_>], dialect: Dialect) -> Option<String> {
    let style =
        Style { code_block_token_count: 3, list_token: '-', increment_ordered_list_bullets: true, ..Style::default() };
    let mut written = String::new();
    pulldown_cmark_to_cmark::cmark_with_options(events, &mut written, UNDERSTOOD, style).ok()?;
    is_inert(&written, dialect).then_some(written)
}

/// Whether a Markdown text holds nothing but what [`tame`] lets through, and swallows nothing of what follows it. A
/// bracketed word that is not a link yet counts as one: rustdoc would look for an item of that name.
fn is_inert(markdown: &str, dialect: Dialect) -> bool {
    let mut any_link = |_: pulldown_cmark::BrokenLink<'_>| Some((CowStr::Borrowed("broken"), CowStr::Borrowed("")));
    let followed = format!("{markdown}\n\nend");
    let mut depth = 0_usize;
    let mut last = (0, false);
    for event in Parser::new_with_broken_link_callback(&followed, UNDERSTOOD, Some(&mut any_link)) {
        match &event {
            Event::Start(tag) if tame::harmless(tag, dialect) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) => last = (depth, &**text == "end"),
            Event::Code(_) | Event::SoftBreak | Event::HardBreak => {}
            _ => return false,
        }
    }
    last == (1, true)
}

/// A text with every punctuation mark escaped: it can mean nothing, wherever on a line it stands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What a reader would see of events: their text.
fn plain(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// Puts events into an element.
fn wrapped(tag: Tag<'static>, events: impl IntoIterator<Item = Event<'static>>) -> Vec<Event<'static>> {
    let end = tag.to_end();
    let mut all = vec![Event::Start(tag)];
    all.extend(events);
    all.push(Event::End(end));
    all
}

//! One line of inline Markdown, spelled for the place where it will stand.

use super::visible::{visible, visible_line};
use super::{Dialect, Slug, escaped, plain, wrapped, write_anew};
use pulldown_cmark::{Alignment, CowStr, Event, LinkType, Tag};
use serde::Serialize;

/// Inline Markdown that is being put together. [`Inline::line`] and [`Inline::cell`] spell it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inline(Vec<Event<'static>>);

/// Inline Markdown on one line: in a paragraph, a list item or a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line(String);

/// Inline Markdown in a cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cell(String);

impl Line {
    /// The Markdown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Cell {
    /// The Markdown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Inline {
    /// Nothing yet.
    pub fn new() -> Inline {
        Inline::default()
    }

    /// Inline events that have been tamed; they are put on one line.
    pub(super) fn of(events: impl IntoIterator<Item = Event<'static>>) -> Inline {
        let one_line = |event| match event {
            Event::SoftBreak | Event::HardBreak => Event::Text(CowStr::Borrowed(" ")),
            event => event,
        };
        Inline(events.into_iter().map(one_line).collect())
    }

    /// Adds plain text. Blanks at its ends count.
    pub fn text(mut self, text: &str) -> Inline {
        self.0.push(Event::Text(visible(text).replace('\n', " ").into()));
        self
    }

    /// Adds a value or a name as code; an empty one as `""`.
    pub fn code(mut self, text: &str) -> Inline {
        let line = visible_line(text);
        self.0.push(Event::Code(if line.is_empty() { "\"\"".into() } else { line.into() }));
        self
    }

    /// Adds what another line holds.
    pub fn then(mut self, other: Inline) -> Inline {
        self.0.extend(other.0);
        self
    }

    /// Adds a sentence, with a blank between unless there is none before it, or it ends in a mark of full width.
    pub fn sentence(self, other: Inline) -> Inline {
        let wide =
            matches!(self.0.last(), Some(Event::Text(text)) if text.ends_with(['。', '！', '？', '；', '：', '）']));
        match (self.is_empty(), other.is_empty()) {
            (_, true) => self,
            (true, false) => other,
            (false, false) if wide => self.then(other),
            (false, false) => self.text(" ").then(other),
        }
    }

    /// Adds emphasised text.
    pub fn emphasis(mut self, text: &str) -> Inline {
        self.0.extend(wrapped(Tag::Emphasis, [Event::Text(visible_line(text).into())]));
        self
    }

    /// Adds bold text.
    pub fn strong(mut self, text: &str) -> Inline {
        self.0.extend(wrapped(Tag::Strong, [Event::Text(visible_line(text).into())]));
        self
    }

    /// Adds bold text, or nothing.
    pub fn strong_unless_empty(self, text: &str) -> Inline {
        if text.is_empty() { self } else { self.strong(text) }
    }

    /// Adds a full stop, unless it is empty or ends in a mark that closes a sentence.
    pub fn closed(self, stop: &str) -> Inline {
        let said = plain(&self.0);
        let closed = said.trim_end().ends_with(|c: char| ".!?:;…。！？：；".contains(c));
        if said.trim().is_empty() || closed { self } else { self.text(stop) }
    }

    /// Takes the full stop away, so that it can stand inside a sentence.
    pub fn opened(mut self) -> Inline {
        if let Some(Event::Text(text)) = self.0.last_mut() {
            *text = text.trim_end_matches(['.', '。']).to_owned().into();
        }
        self
    }

    /// Adds a link to a page in the same folder.
    pub fn page(mut self, label: &str, slug: &Slug) -> Inline {
        let dest_url = format!("{}.md", slug.as_str()).into();
        let tag = Tag::Link { link_type: LinkType::Inline, dest_url, title: "".into(), id: "".into() };
        self.0.extend(wrapped(tag, [Event::Text(visible_line(label).into())]));
        self
    }

    /// Joins with a text between.
    pub fn join(parts: impl IntoIterator<Item = Inline>, between: &str) -> Inline {
        let mut all = Inline::new();
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                all = all.text(between);
            }
            all = all.then(part);
        }
        all
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Spelled for a line.
    pub fn line(self) -> Line {
        plain::write_inline(&self.0).map_or_else(|| self.line_anew(), Line)
    }

    /// As [`Inline::line`], whatever is in it.
    pub(super) fn line_anew(&self) -> Line {
        Line(match write_anew(&wrapped(Tag::Paragraph, self.0.iter().cloned()), Dialect::Page) {
            Some(line) if !line.contains('\n') => line,
            _ => escaped(plain(&self.0).trim()),
        })
    }

    /// Spelled for a cell of a table: the only cell of a table that is written and cut out again.
    pub fn cell(self) -> Cell {
        plain::write_inline(&self.0).map_or_else(|| self.cell_anew(), Cell)
    }

    /// As [`Inline::cell`], whatever is in it.
    pub(super) fn cell_anew(&self) -> Cell {
        let cell = wrapped(Tag::TableCell, self.0.iter().cloned());
        let table = wrapped(Tag::Table(vec![Alignment::None]), wrapped(Tag::TableHead, cell));
        let cut = |table: String| {
            let row = table.lines().next()?.trim();
            Some(row.strip_prefix('|')?.strip_suffix('|')?.trim().to_owned())
        };
        Cell(write_anew(&table, Dialect::Page).and_then(cut).unwrap_or_else(|| escaped(plain(&self.0).trim())))
    }
}

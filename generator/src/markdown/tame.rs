//! CommonMark in, harmless events out.

use super::{Dialect, Fence, plain, visible};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};

/// Reads a text and keeps what a reader needs: paragraphs, lists, quotes, emphasis, code, and links to the web. A table
/// is no CommonMark and stays text, so that nobody can forge a row of ours.
/// HTML becomes text, headings become bold paragraphs, images their alternative text, other links their label.
pub(super) fn tame(text: &str, dialect: Dialect) -> Vec<Event<'static>> {
    plain::read(text).unwrap_or_else(|| read(text, dialect))
}

/// As [`tame`], whatever the text is.
pub(super) fn read(text: &str, dialect: Dialect) -> Vec<Event<'static>> {
    let shown = visible(text);
    let mut tamer = Tamer { dialect, out: Vec::new(), kept_links: Vec::new(), in_heading: false, in_code: false };
    for event in Parser::new(&shown) {
        tamer.take(event);
    }
    tamer.out
}

/// Whether an element may stand in what we write.
pub(super) fn harmless(tag: &Tag<'_>, dialect: Dialect) -> bool {
    match tag {
        Tag::Paragraph | Tag::BlockQuote(None) | Tag::List(_) | Tag::Item => true,
        Tag::Emphasis | Tag::Strong => true,
        // How a cell is spelled is learnt from a table around it.
        Tag::Table(_) | Tag::TableHead | Tag::TableCell => true,
        Tag::CodeBlock(CodeBlockKind::Fenced(word)) => match dialect {
            Dialect::Page => Fence::named(word).is_some_and(|fence| fence.word() == &**word),
            Dialect::Rustdoc => &**word == Fence::Text.word(),
        },
        Tag::Link { dest_url, title, .. } => {
            let ours = dialect == Dialect::Page && page(dest_url);
            title.is_empty() && (ours || web(dest_url).is_some_and(|url| url == **dest_url))
        }
        _ => false,
    }
}

struct Tamer {
    dialect: Dialect,
    out: Vec<Event<'static>>,
    /// For each open link, whether it was kept.
    kept_links: Vec<bool>,
    in_heading: bool,
    in_code: bool,
}

impl Tamer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) if self.in_code => self.push(Event::Text(text)),
            Event::Text(text) => self.text(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text.trim().replace('\n', " ")),
            Event::Code(text) => self.push(Event::Code(text)),
            Event::SoftBreak => self.push(Event::SoftBreak),
            Event::HardBreak => self.push(Event::HardBreak),
            // The other kinds belong to extensions that the reader does not have, or say nothing.
            _ => {}
        }
    }

    fn push(&mut self, event: Event<'_>) {
        self.out.push(event.into_static());
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.in_heading = true;
                self.push(Event::Start(Tag::Paragraph));
                self.push(Event::Start(Tag::Strong));
            }
            Tag::HtmlBlock => self.push(Event::Start(Tag::Paragraph)),
            Tag::Strong if self.in_heading => {}
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                let fence = match (&kind, self.dialect) {
                    (CodeBlockKind::Fenced(word), Dialect::Page) => Fence::named(word).unwrap_or(Fence::Text),
                    _ => Fence::Text,
                };
                self.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(CowStr::Borrowed(fence.word())))));
            }
            Tag::Link { dest_url, .. } => {
                let url = web(&dest_url).filter(|_| self.kept_links.is_empty());
                self.kept_links.push(url.is_some());
                if let Some(url) = url {
                    self.push(Event::Start(link(url)));
                }
            }
            Tag::Image { .. } => {}
            tag => self.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => {
                self.in_heading = false;
                self.push(Event::End(TagEnd::Strong));
                self.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::HtmlBlock => self.push(Event::End(TagEnd::Paragraph)),
            TagEnd::Strong if self.in_heading => {}
            TagEnd::CodeBlock => {
                self.in_code = false;
                // A last line without its end would leave the fence behind it unwritten.
                if !matches!(self.out.last(), Some(Event::Text(text)) if text.ends_with('\n')) {
                    self.push(Event::Text("\n".into()));
                }
                self.push(Event::End(end));
            }
            TagEnd::Link => {
                if self.kept_links.pop() == Some(true) {
                    self.push(Event::End(TagEnd::Link));
                }
            }
            TagEnd::Image => {}
            end => self.push(Event::End(end)),
        }
    }

    /// Text; an address of the web that stands in it becomes a link, because rustdoc complains of bare ones.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find("http").filter(|_| self.kept_links.is_empty()) {
            let (before, from) = rest.split_at(at);
            let stop = |c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\');
            let url =
                from.split(stop).next().unwrap_or_default().trim_end_matches(|c: char| ".,;:!?)'*_~]".contains(c));
            let alone = !before.ends_with(|c: char| c.is_ascii_alphanumeric());
            match web(url).filter(|_| alone) {
                Some(target) => {
                    self.push(Event::Text(before.into()));
                    self.push(Event::Start(link(target)));
                    self.push(Event::Text(url.into()));
                    self.push(Event::End(TagEnd::Link));
                    rest = &from[url.len()..];
                }
                None => {
                    let (word, after) = from.split_at("http".len());
                    self.push(Event::Text(format!("{before}{word}").into()));
                    rest = after;
                }
            }
        }
        self.push(Event::Text(rest.into()));
    }
}

fn link(url: String) -> Tag<'static> {
    Tag::Link { link_type: LinkType::Inline, dest_url: url.into(), title: "".into(), id: "".into() }
}

/// Whether an address is that of a page beside the one that links to it.
fn page(url: &str) -> bool {
    let stem = url.strip_suffix(".md").unwrap_or_default();
    !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The address if it is one of the web, with the characters percent-encoded that could end it early.
fn web(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !known || !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

//! Answers that are ready to be sent but for their holes: serialised once, when the service starts, and filled with the
//! texts of a request. A hole is data: what fills it is escaped, and never looked at again.

use super::incoming::Incoming;
use bindery_runtime::Json;
use jiff::Timestamp;
use std::fmt::Write;

/// In which form an answer is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    /// The content type, as the vendor's SDKs expect it letter by letter.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Json => "application/json;charset=utf-8",
            Format::Xml => "text/xml;charset=utf-8",
        }
    }
}

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hole {
    RequestId,
    Resource,
    State,
    Now,
    Parameter(String),
    /// Of a list: how many there are in all, on this page, and which page it is.
    Total,
    Count,
    Page,
    /// Of a list: its items.
    Items,
}

/// What takes the place of a number or a list in a body: no text of a file can be one of these, since a hole has a name.
pub(super) const ITEMS: &str = "{*items}";
pub(super) const TOTAL: &str = "{*total}";
pub(super) const COUNT: &str = "{*count}";
pub(super) const PAGE: &str = "{*page}";

/// What holes are filled with.
#[derive(Clone, Copy)]
pub(super) struct Filling<'f> {
    pub request_id: &'f str,
    pub resource: &'f str,
    pub state: &'f str,
    pub now: Timestamp,
    pub incoming: &'f Incoming,
    pub listed: Option<&'f Listed<'f>>,
}

/// A page of a list.
#[derive(Debug)]
pub(super) struct Listed<'l> {
    pub item: &'l Template,
    /// Name and state.
    pub items: Vec<(String, &'l str)>,
    pub total: usize,
    pub page: usize,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Hole(Hole),
}

/// A body in both forms.
#[derive(Debug)]
pub(super) struct Template {
    json: Vec<Piece>,
    xml: Vec<Piece>,
}

impl Template {
    /// Of a body whose texts may have holes. `root`: the name of the XML element.
    ///
    /// # Errors
    /// The text of the first hole that is none.
    pub fn new(root: &str, body: &Json) -> Result<Template, String> {
        let (mut json, mut xml) = (Writer { format: Format::Json, pieces: Vec::new() }, Writer::xml());
        json.json(body)?;
        xml.element(root, body)?;
        Ok(Template { json: json.pieces, xml: xml.pieces })
    }

    /// The names of parameters that fill its holes.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.json.iter().filter_map(|piece| match piece {
            Piece::Hole(Hole::Parameter(name)) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The body.
    pub fn fill(&self, format: Format, filling: Filling<'_>) -> String {
        let mut out = String::with_capacity(1024);
        if format == Format::Xml {
            out.push_str(DECLARATION);
        }
        self.pour(format, filling, &mut out);
        out
    }

    fn pour(&self, format: Format, filling: Filling<'_>, out: &mut String) {
        let pieces = match format {
            Format::Json => &self.json,
            Format::Xml => &self.xml,
        };
        let count = |count: fn(&Listed<'_>) -> usize| filling.listed.map_or(0, count).to_string();
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Hole(Hole::RequestId) => out.push_str(filling.request_id),
                Piece::Hole(Hole::Resource) => escape(format, filling.resource, out),
                Piece::Hole(Hole::State) => escape(format, filling.state, out),
                Piece::Hole(Hole::Now) => out.push_str(&bindery_runtime::sign::date(filling.now)),
                Piece::Hole(Hole::Parameter(name)) => {
                    escape(format, filling.incoming.value(name).unwrap_or_default(), out);
                }
                Piece::Hole(Hole::Total) => out.push_str(&count(|listed| listed.total)),
                Piece::Hole(Hole::Count) => out.push_str(&count(|listed| listed.items.len())),
                Piece::Hole(Hole::Page) => out.push_str(&count(|listed| listed.page)),
                Piece::Hole(Hole::Items) => items(format, filling, out),
            }
        }
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

fn items(format: Format, filling: Filling<'_>, out: &mut String) {
    let Some(listed) = filling.listed else { return };
    for (index, (resource, state)) in listed.items.iter().enumerate() {
        if index > 0 && format == Format::Json {
            out.push(',');
        }
        listed.item.pour(format, Filling { resource, state, listed: None, ..filling }, out);
    }
}

/// An error in the service's shape.
pub(super) fn failure(format: Format, members: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(256);
    let (open, close) = match format {
        Format::Json => ("{".to_owned(), "}"),
        Format::Xml => (format!("{DECLARATION}<Error>"), "</Error>"),
    };
    out.push_str(&open);
    for (index, (name, value)) in members.iter().enumerate() {
        match format {
            Format::Json => {
                let comma = if index > 0 { "," } else { "" };
                append(&mut out, format_args!("{comma}\"{name}\":\""));
                escape(format, value, &mut out);
                out.push('"');
            }
            Format::Xml => {
                append(&mut out, format_args!("<{name}>"));
                escape(format, value, &mut out);
                append(&mut out, format_args!("</{name}>"));
            }
        }
    }
    out.push_str(close);
    out
}

/// A text inside JSON's quotes, or inside an XML element.
fn escape(format: Format, text: &str, out: &mut String) {
    match format {
        Format::Json => {
            let quoted = Json::from(text).to_string();
            out.push_str(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default());
        }
        Format::Xml => {
            // What XML 1.0 cannot say at all.
            let sayable = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
            let text: String = text.chars().map(|c| if sayable(c) { c } else { '\u{fffd}' }).collect();
            out.push_str(&quick_xml::escape::escape(&text));
        }
    }
}

fn append(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = out.write_fmt(text);
}

/// A text as the same text with holes: its braces are no holes.
pub(super) fn literal(text: &str) -> String {
    text.replace('{', "{{")
}

/// Writes pieces.
struct Writer {
    format: Format,
    pieces: Vec<Piece>,
}

impl Writer {
    fn xml() -> Writer {
        Writer { format: Format::Xml, pieces: Vec::new() }
    }

    fn json(&mut self, value: &Json) -> Result<(), String> {
        match value {
            Json::String(text) => match number(text) {
                Some(hole) => self.hole(hole),
                None if text == ITEMS => {
                    self.text("[");
                    self.hole(Hole::Items);
                    self.text("]");
                }
                None => {
                    self.text("\"");
                    self.holed(text)?;
                    self.text("\"");
                }
            },
            Json::Array(items) => {
                self.text("[");
                for (index, item) in items.iter().enumerate() {
                    self.text(if index > 0 { "," } else { "" });
                    self.json(item)?;
                }
                self.text("]");
            }
            Json::Object(members) => {
                self.text("{");
                for (index, (name, value)) in members.iter().enumerate() {
                    self.text(if index > 0 { "," } else { "" });
                    self.text(&Json::from(name.as_str()).to_string());
                    self.text(":");
                    self.json(value)?;
                }
                self.text("}");
            }
            other => self.text(&other.to_string()),
        }
        Ok(())
    }

    /// An element; of a list one an item, and none for `null`.
    fn element(&mut self, name: &str, value: &Json) -> Result<(), String> {
        let name: String = name
            .chars()
            .enumerate()
            .map(|(index, c)| match c {
                'A'..='Z' | 'a'..='z' | '_' => c,
                '0'..='9' | '-' | '.' if index > 0 => c,
                _ => '_',
            })
            .collect();
        match value {
            Json::Null => return Ok(()),
            Json::String(text) if text == ITEMS => {
                self.hole(Hole::Items);
                return Ok(());
            }
            Json::Array(items) => return items.iter().try_for_each(|item| self.element(&name, item)),
            _ => {}
        }
        self.text(&format!("<{name}>"));
        match value {
            Json::Object(members) => {
                members.iter().try_for_each(|(name, value)| self.element(name, value))?;
            }
            Json::String(text) => match number(text) {
                Some(hole) => self.hole(hole),
                None => self.holed(text)?,
            },
            other => self.text(&other.to_string()),
        }
        self.text(&format!("</{name}>"));
        Ok(())
    }

    fn holed(&mut self, text: &str) -> Result<(), String> {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            self.escaped(before);
            if let Some(after) = after.strip_prefix('{') {
                self.escaped("{");
                rest = after;
                continue;
            }
            let (name, after) = after.split_once('}').ok_or_else(|| format!("{{{after}"))?;
            let hole = match name {
                "RequestId" => Hole::RequestId,
                "Resource" => Hole::Resource,
                "State" => Hole::State,
                "Now" => Hole::Now,
                name if crate::model::WireName::new(name).is_ok() => Hole::Parameter(name.to_owned()),
                _ => return Err(format!("{{{name}}}")),
            };
            self.hole(hole);
            rest = after;
        }
        self.escaped(rest);
        Ok(())
    }

    fn escaped(&mut self, text: &str) {
        let mut out = String::new();
        escape(self.format, text, &mut out);
        self.text(&out);
    }

    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    fn hole(&mut self, hole: Hole) {
        self.pieces.push(Piece::Hole(hole));
    }
}

fn number(text: &str) -> Option<Hole> {
    match text {
        TOTAL => Some(Hole::Total),
        COUNT => Some(Hole::Count),
        PAGE => Some(Hole::Page),
        _ => None,
    }
}

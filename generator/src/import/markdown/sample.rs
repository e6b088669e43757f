//! The samples of a page: what stands in its fences, told apart by what it is and not by the label above it.

use super::section::{Line, toggles_fence};
use super::xml;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeSet;

/// The samples as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawSamples {
    /// The first request's parameters without `Action` and placeholders, as text.
    pub request: IndexMap<String, String>,
    /// The JSON answer that shows the most fields.
    pub json: Option<Value>,
    /// The first XML answer.
    pub xml: Option<String>,
    /// Every JSON answer, in order.
    answers: Vec<Value>,
    /// Where a JSON answer stands that is not JSON.
    pub broken_json: Option<usize>,
}

impl RawSamples {
    /// Takes the samples out of a section; those that are there already stay.
    pub fn read(&mut self, lines: &[Line<'_>]) {
        for (line, text) in fences(lines) {
            // Some answers begin with their HTTP head.
            let body = if text.starts_with("HTTP/") {
                text.split_once("\n\n").map_or("", |(_, body)| body).trim()
            } else {
                text.trim()
            };
            match body.chars().next() {
                Some('{' | '[') => match serde_json::from_str(body) {
                    Ok(json) => self.answers.push(json),
                    Err(_) => self.broken_json = self.broken_json.or(Some(line)),
                },
                Some('<') if self.xml.is_none() => self.xml = Some(body.to_owned()),
                Some(_) if self.request.is_empty() && body.starts_with("http") => self.request = request(body),
                _ => {}
            }
        }
    }
}

impl RawSamples {
    /// Of several JSON answers, the one that shows most of the documented fields; an error's shows none but those that
    /// every answer has.
    pub fn choose(&mut self, names: &BTreeSet<&str>) {
        let answers = std::mem::take(&mut self.answers).into_iter().filter(|answer| !is_error(answer));
        let shown = answers.map(|answer| (names_in(&answer, names, 0), answer));
        // The first of those that show as many.
        let best = shown.reduce(|best, next| if next.0 > best.0 { next } else { best });
        self.json = best.map(|(_, answer)| answer);
        if self.json.is_some() {
            self.broken_json = None;
        }
    }

    /// The fields of the XML answer, as JSON shows them; every value is a text.
    pub fn xml_fields(&self) -> Option<Value> {
        xml::fields(self.xml.as_deref()?).filter(|answer| !is_error(answer))
    }
}

/// The answer of the gateway to a request that it refuses.
fn is_error(answer: &Value) -> bool {
    ["HostId", "Code", "Message"].iter().all(|name| answer.get(name).is_some_and(Value::is_string))
}

/// How many documented fields an answer shows.
fn names_in(answer: &Value, names: &BTreeSet<&str>, depth: usize) -> usize {
    const DEEPEST: usize = 32;
    match answer {
        Value::Object(members) if depth < DEEPEST => {
            let below: usize = members.values().map(|member| names_in(member, names, depth + 1)).sum();
            below + members.keys().filter(|name| names.contains(name.as_str())).count()
        }
        // The elements of a list show the same fields.
        Value::Array(items) if depth < DEEPEST => {
            items.iter().map(|item| names_in(item, names, depth + 1)).max().unwrap_or(0)
        }
        _ => 0,
    }
}

fn fences(lines: &[Line<'_>]) -> Vec<(usize, String)> {
    let mut found = vec![];
    let mut open: Option<(usize, String)> = None;
    for line in lines {
        if toggles_fence(line.text) {
            match open.take() {
                Some(fence) => found.push(fence),
                None => open = Some((line.number + 1, String::new())),
            }
        } else if let Some((_, text)) = &mut open {
            text.push_str(line.text);
            text.push('\n');
        }
    }
    found
}

/// `…?Action=X&A=1&B=2&<common parameters>`, on one line or many.
fn request(text: &str) -> IndexMap<String, String> {
    let query = text.split_once('?').map_or("", |(_, query)| query);
    let mut pairs: IndexMap<String, String> = IndexMap::new();
    for piece in query.split('&') {
        match piece.split_once('=') {
            Some((key, value)) if is_key(key.trim()) => {
                pairs.insert(key.trim().to_owned(), value.trim().to_owned());
            }
            // An ampersand inside a value, or a placeholder.
            _ if piece.trim_start().starts_with('<') => {}
            _ => {
                if let Some((_, last)) = pairs.last_mut() {
                    last.push('&');
                    last.push_str(piece.trim_end());
                }
            }
        }
    }
    pairs.shift_remove("Action");
    pairs
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::import::markdown::section::outline;

    #[test]
    fn request_json_and_xml() {
        let text = "```\nhttp(s)://x.example/?Action=DoIt\n&A=1 \n&B={\"x\":\"a&b\"}\n&<common>\n```\n\
                    ``` {#json .x}\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{\n\t\"Ok\": true}\n```\n\
                    ```\n<R/>\n```\n```\n{\"second\": 1}\n```\n";
        let mut samples = RawSamples::default();
        for section in outline(text).sections {
            samples.read(&section.lines);
        }
        samples.choose(&BTreeSet::from(["Ok"]));
        let pairs: Vec<_> = samples.request.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("A", "1"), ("B", "{\"x\":\"a&b\"}")]);
        assert_eq!(samples.json.unwrap(), serde_json::json!({"Ok": true}));
        assert_eq!(samples.xml.as_deref(), Some("<R/>"));
    }
}

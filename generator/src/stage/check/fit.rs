//! Whether a value that a document shows is what the document says it is.

use super::place::step;
use super::space::within;
use crate::model::{Api, Format, Kind, Others, Shape, wire_text};
use serde_json::Value;

/// How strictly types are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As requests travel: a text that reads as the type is of the type.
    Wire,
    /// As JSON is: a number in quotes is a text.
    Json,
}

/// What a value turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Misfit {
    /// Not of its type.
    Type(String),
    /// Of its type, but beyond a limit or not a documented value.
    Bound(String),
    /// A member that the shape does not list.
    Unlisted(String),
}

/// Everything about a value that its shape contradicts, each with a JSON pointer into the value.
pub(super) fn misfits(api: &Api, shape: &Shape, value: &Value, reading: Reading) -> Vec<(String, Misfit)> {
    let mut walk = Walk { api, reading, out: Vec::new() };
    walk.visit(shape, value, "");
    walk.out
}

struct Walk<'a> {
    api: &'a Api,
    reading: Reading,
    out: Vec<(String, Misfit)>,
}

impl Walk<'_> {
    fn visit(&mut self, shape: &Shape, value: &Value, pointer: &str) {
        let wire = self.reading == Reading::Wire;
        let text = value.as_str().filter(|_| wire);
        let fits = match &shape.kind {
            Kind::Text => value.is_string(),
            Kind::Boolean => value.is_boolean() || text.is_some_and(|text| matches!(text, "true" | "false")),
            Kind::Integer => {
                let whole = value.as_f64().is_some_and(|number| number.fract() == 0.0);
                whole || text.is_some_and(|text| text.parse::<i64>().is_ok())
            }
            Kind::Number => value.is_number() || text.is_some_and(|text| text.parse::<f64>().is_ok()),
            Kind::List(items) => {
                let list = value.as_array();
                for (index, item) in list.into_iter().flatten().enumerate() {
                    self.visit(items, item, &format!("{pointer}/{index}"));
                }
                list.is_some()
            }
            Kind::Object(members, others) => {
                for (key, inner) in value.as_object().into_iter().flatten().filter(|(_, inner)| !inner.is_null()) {
                    let pointer = format!("{pointer}{}", step(key));
                    match (members.iter().find(|member| member.name.as_str() == key), others) {
                        (Some(member), _) => self.visit(&member.shape, inner, &pointer),
                        (None, Others::Of(shape)) => self.visit(shape, inner, &pointer),
                        (None, Others::Refused) => self.out.push((pointer, Misfit::Unlisted(key.clone()))),
                        (None, Others::Welcome) => {}
                    }
                }
                value.is_object()
            }
            Kind::Json(content) => match value.as_str().map(serde_json::from_str::<Value>) {
                // The elements of a JSON text have JSON's types, whatever carries the text.
                Some(Ok(inner)) => {
                    let inside = misfits(self.api, content, &inner, Reading::Json);
                    self.out.extend(inside.into_iter().map(|(at, misfit)| (format!("{pointer}#{at}"), misfit)));
                    true
                }
                Some(Err(_)) => false,
                None => {
                    self.visit(content, value, pointer);
                    true
                }
            },
            Kind::Named(name) => {
                if let Some(named) = self.api.schema(name).filter(|named| !matches!(named.kind, Kind::Named(_))) {
                    self.visit(named, value, pointer);
                }
                return;
            }
            Kind::Any => true,
        };
        if !fits {
            let found = format!("is {}, not {}", written(value), noun(&shape.kind));
            self.out.push((pointer.to_owned(), Misfit::Type(found)));
        } else if let Some(problem) = beyond(shape, value) {
            self.out.push((pointer.to_owned(), Misfit::Bound(problem)));
        }
    }
}

/// The limit that a value of the right type does not keep.
fn beyond(shape: &Shape, value: &Value) -> Option<String> {
    let limits = &shape.limits;
    let scalar = !matches!(value, Value::Array(_) | Value::Object(_) | Value::Null);
    let text = if scalar { wire_text(value) } else { String::new() };
    if scalar && !shape.values.is_empty() && shape.values.iter().all(|choice| choice.wire != text) {
        return Some(format!("is {}, which is not among its values", written(value)));
    }
    if scalar && shape.kind != Kind::Boolean && text.parse::<f64>().is_ok_and(|number| !in_range(shape, number)) {
        return Some(format!("is {}, which is beyond its bounds", written(value)));
    }
    let outside = |size: usize, least: Option<u64>, most: Option<u64>| {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        least.is_some_and(|least| size < least) || most.is_some_and(|most| size > most)
    };
    if let Value::Array(items) = value {
        let wrong = outside(items.len(), limits.min_items, limits.max_items);
        return wrong.then(|| format!("has {} elements, which is not as many as it may have", items.len()));
    }
    if !value.is_string() {
        return None;
    }
    let length = text.chars().count();
    if outside(length, limits.min_length, limits.max_length) {
        return Some(format!("has {length} characters, which is not as many as it may have"));
    }
    let matches = |pattern: &str| regex_lite::Regex::new(pattern).map_or(true, |regex| regex.is_match(&text));
    if limits.pattern.as_deref().is_some_and(|pattern| !matches(pattern)) {
        return Some(format!("is {}, which does not match its pattern", written(value)));
    }
    let format = limits.format.filter(|format| format.pattern().is_some_and(|pattern| !matches(pattern)))?;
    Some(format!("is {}, which is no `{}`", written(value), format.name()))
}

fn in_range(shape: &Shape, number: f64) -> bool {
    let format = shape.limits.format.and_then(Format::range);
    within(&shape.limits, number) && format.is_none_or(|(low, high)| (low..=high).contains(&number))
}

fn noun(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "a text",
        Kind::Boolean => "`true` or `false`",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::List(_) => "a list",
        Kind::Object(..) => "an object",
        Kind::Json(_) => "a text that holds JSON",
        Kind::Named(_) | Kind::Any => "a value",
    }
}

/// A value as a message shows it.
fn written(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => "a text".to_owned(),
        Value::String(text) => format!("the text `{text}`"),
        other => format!("`{other}`"),
    }
}

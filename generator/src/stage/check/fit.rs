//! Whether a value that a document shows is what the document says it is.

use super::place::step;
use crate::diag::did_you_mean;
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
    /// Not of its type: what it is, and what it should be.
    Type(String, &'static str),
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
            self.out.push((pointer.to_owned(), Misfit::Type(written(value), noun(&shape.kind))));
        } else if let Some(problem) = beyond(shape, value) {
            self.out.push((pointer.to_owned(), Misfit::Bound(problem)));
        }
    }
}

/// What is wrong with a value of the right type.
fn beyond(shape: &Shape, value: &Value) -> Option<String> {
    let limits = &shape.limits;
    let text = match value {
        Value::Object(_) | Value::Null => return None,
        Value::Array(items) => {
            let broken = size(items.len(), limits.min_items, limits.max_items)?;
            return Some(format!("has {} elements, not {broken}", items.len()));
        }
        scalar => wire_text(scalar),
    };
    let shown = written(value);
    let known = || shape.values.iter().map(|choice| choice.wire.as_str());
    if !shape.values.is_empty() && known().all(|known| known != text) {
        let near = did_you_mean(&text, known()).map_or(String::new(), |near| format!(": did you mean `{near}`?"));
        return Some(format!("is {shown}, which is not among its values{near}"));
    }
    if let Some(broken) = text.parse::<f64>().ok().and_then(|number| range(shape, number)) {
        return Some(format!("is {shown}, not {broken}"));
    }
    if !value.is_string() {
        return None;
    }
    let length = text.chars().count();
    if let Some(broken) = size(length, limits.min_length, limits.max_length) {
        return Some(format!("has {length} characters, not {broken}"));
    }
    let matches = |pattern: &str| regex_lite::Regex::new(pattern).map_or(true, |regex| regex.is_match(&text));
    if let Some(pattern) = limits.pattern.as_deref().filter(|pattern| !matches(pattern)) {
        return Some(format!("is {shown}, which does not match `{pattern}`"));
    }
    let format = limits.format.filter(|format| format.pattern().is_some_and(|pattern| !matches(pattern)))?;
    Some(format!("is {shown}, which is no `{}`", format.name()))
}

/// The bound that a number does not keep.
fn range(shape: &Shape, number: f64) -> Option<String> {
    let limits = &shape.limits;
    let (lowest, highest) = limits.format.and_then(Format::range).unzip();
    let broken = |bound: Option<f64>, words: &str, kept: fn(f64, f64) -> bool| {
        bound.filter(|bound| !kept(number, *bound)).map(|bound| format!("{words} {bound}"))
    };
    broken(limits.minimum, "at least", |number, bound| number >= bound)
        .or_else(|| broken(limits.maximum, "at most", |number, bound| number <= bound))
        .or_else(|| broken(limits.exclusive_minimum, "more than", |number, bound| number > bound))
        .or_else(|| broken(limits.exclusive_maximum, "less than", |number, bound| number < bound))
        .or_else(|| broken(lowest, "at least", |number, bound| number >= bound))
        .or_else(|| broken(highest, "at most", |number, bound| number <= bound))
}

/// The bound that a count does not keep.
fn size(count: usize, least: Option<u64>, most: Option<u64>) -> Option<String> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let few = least.filter(|least| count < *least).map(|least| format!("at least {least}"));
    few.or_else(|| most.filter(|most| count > *most).map(|most| format!("at most {most}")))
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

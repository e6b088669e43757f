//! What was and what is, in few words. They are part of a change's fingerprint: no order that means nothing may show.

use crate::model::{Kind, Limits, Others, Place, Shape, Style};
use crate::rules::words::code;
use serde_json::Value;
use std::fmt::Write as _;

/// A type: `list of text`.
pub(super) fn kind(shape: &Shape) -> String {
    match &shape.kind {
        Kind::Text => "text".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Integer => match shape.limits.format.map(crate::model::Format::name) {
            Some(format @ ("int32" | "int64")) => format!("integer ({format})"),
            _ => "integer".to_owned(),
        },
        Kind::Number => "number".to_owned(),
        Kind::List(inner) => format!("list of {}", kind(inner)),
        Kind::Object(members, Others::Of(inner)) if members.is_empty() => format!("map of {}", kind(inner)),
        Kind::Object(..) => "object".to_owned(),
        Kind::Json(inner) => format!("JSON of {}", kind(inner)),
        Kind::Named(name) => format!("`{name}`"),
        Kind::Any => "anything".to_owned(),
    }
}

/// A parameter or a field as a whole: `required list of text`.
pub(super) fn member(required: bool, shape: &Shape) -> String {
    format!("{}{}", if required { "required " } else { "" }, kind(shape))
}

/// A value, unless it is a secret.
pub(super) fn value(value: &Value, shape: &Shape) -> String {
    if shape.sensitive { "a value that is not shown".to_owned() } else { code(&crate::model::wire_text(value)) }
}

/// Values, in order.
pub(super) fn values(shape: &Shape) -> String {
    shape.values.iter().map(|choice| code(&choice.wire)).collect::<Vec<_>>().join(", ")
}

/// Where a parameter travels.
pub(super) fn place(place: Place) -> &'static str {
    match place {
        Place::Query => "query",
        Place::Form => "form body",
        Place::Body => "body",
        Place::Path => "path",
        Place::Header => "header",
        Place::Host => "host",
    }
}

/// How a list or an object travels.
pub(super) fn style(style: Style) -> &'static str {
    match style {
        Style::Repeat => "repeated keys",
        Style::Flat => "flat keys",
        Style::Simple => "joined by commas",
        Style::Xml => "one XML document",
        Style::Json => "one JSON text",
    }
}

/// Bounds: `at least 1, at most 5`; empty if nothing is bounded.
pub(super) fn limits(limits: &Limits) -> String {
    let Limits {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        min_length,
        max_length,
        min_items,
        max_items,
        pattern,
        format,
    } = limits;
    let mut text = String::new();
    let mut say = |words: &str, bound: Option<String>| {
        if let Some(bound) = bound {
            let comma = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{comma}{words} {bound}");
        }
    };
    say("at least", minimum.map(|bound| bound.to_string()));
    say("above", exclusive_minimum.map(|bound| bound.to_string()));
    say("at most", maximum.map(|bound| bound.to_string()));
    say("below", exclusive_maximum.map(|bound| bound.to_string()));
    say("characters from", min_length.map(|bound| bound.to_string()));
    say("characters up to", max_length.map(|bound| bound.to_string()));
    say("elements from", min_items.map(|bound| bound.to_string()));
    say("elements up to", max_items.map(|bound| bound.to_string()));
    say("matches", pattern.as_ref().map(|pattern| code(pattern)));
    say("of format", format.map(|format| format!("`{}`", format.name())));
    text
}

/// `None` if there is nothing to say.
pub(super) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

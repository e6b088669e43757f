//! Values as the documentation shows them, or made up.

use super::super::message::Writer;
use super::super::shape::{Checker, Path};
use super::text;
use crate::model::{Action, Api, Kind, Language, Others, Severity, Shape};
use serde_json::{Map, Value, json};

/// Shapes may hold themselves: deeper than this, nothing is made.
const DEPTH: usize = 8;

/// What a parameter would be given first: what the sample request, the example, the default or the documented values say,
/// if it fits; else something made up. What is sensitive is a placeholder.
pub fn preferred(api: &Api, action: &Action, index: usize) -> Value {
    let Some(parameter) = action.parameters.get(index) else { return Value::Null };
    let (shape, name) = (&parameter.shape, parameter.name.as_str());
    let in_request = action.samples.request.as_ref().and_then(|request| request.get(name));
    let told = in_request.into_iter().chain(&shape.example).chain(&shape.default);
    let told = told.map(|value| harmless(api, shape, name, &parsed(api, shape, value)));
    let meant = api.meant(shape);
    let fresh = meant.values.iter().filter(|choice| !choice.deprecated);
    let listed = fresh.map(|choice| literal(&meant.kind, &choice.wire));
    let made = made_up(api, shape, name, DEPTH).unwrap_or_default();
    let checker = Checker { api, writer: Writer { action, language: Language::En }, hidden: false };
    let mut second = None;
    for value in told.chain(listed).chain([made.clone()]) {
        let violations = checker.check(&value, shape, &Path::wire(name));
        if violations.is_empty() {
            return value;
        }
        if violations.iter().all(|violation| violation.severity == Severity::Advice) {
            second.get_or_insert(value);
        }
    }
    second.unwrap_or(made)
}

/// The value of a kind that travels as a text; the text itself if none does.
pub fn literal(kind: &Kind, text: &str) -> Value {
    match kind {
        Kind::Boolean | Kind::Integer | Kind::Number => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        _ => json!(text),
    }
}

/// A sample is often written as text, whatever its type.
fn parsed(api: &Api, shape: &Shape, value: &Value) -> Value {
    match (&api.meant(shape).kind, value) {
        (Kind::Boolean | Kind::Integer | Kind::Number | Kind::Json(_) | Kind::List(_), Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        _ => value.clone(),
    }
}

/// The value with everything sensitive in it made up: what a sample shows may once have been somebody's.
fn harmless(api: &Api, shape: &Shape, name: &str, value: &Value) -> Value {
    let meant = api.meant(shape);
    if shape.sensitive || meant.sensitive {
        return made_up(api, shape, name, DEPTH).unwrap_or_default();
    }
    match (&meant.kind, value) {
        (Kind::Json(inner), value) => harmless(api, inner, name, value),
        (Kind::List(inner), Value::Array(items)) => items.iter().map(|item| harmless(api, inner, name, item)).collect(),
        (Kind::Object(members, others), Value::Object(given)) => {
            let each = given.iter().map(|(name, value)| {
                let member = members.iter().find(|member| member.name.as_str() == name).map(|member| &member.shape);
                let value = match (member, others) {
                    (Some(shape), _) => harmless(api, shape, name, value),
                    (None, Others::Of(shape)) => harmless(api, shape, name, value),
                    (None, Others::Refused | Others::Welcome) => value.clone(),
                };
                (name.clone(), value)
            });
            Value::Object(each.collect())
        }
        (_, value) => value.clone(),
    }
}

/// The smallest value of a shape that says something. `None` where it would have no end.
pub(super) fn made_up(api: &Api, shape: &Shape, name: &str, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let (outer, shape) = (shape, api.meant(shape));
    if outer.sensitive || shape.sensitive {
        // JSON is a placeholder by what it holds: a text alone would not be what is asked for.
        if let Kind::Json(inner) = &shape.kind {
            return made_up(api, inner, name, depth);
        }
        return Some(json!(text::made(&shape.limits, "***")));
    }
    if let Some(choice) = shape.values.iter().find(|choice| !choice.deprecated).or(shape.values.first()) {
        return Some(literal(&shape.kind, &choice.wire));
    }
    if let Some(example) = &shape.example
        && depth + 1 < DEPTH
    {
        return Some(parsed(api, shape, example));
    }
    Some(match &shape.kind {
        Kind::Text => json!(text::made(&shape.limits, &words(name))),
        Kind::Boolean => json!(true),
        Kind::Integer => json!(number(shape, 1.0) as i64),
        Kind::Number => json!(number(shape, 0.5)),
        Kind::List(item) => {
            let least = shape.limits.min_items.unwrap_or(0).min(100);
            let most = shape.limits.max_items.unwrap_or(u64::MAX);
            let count = least.max(1).min(most) as usize;
            match made_up(api, item, name, depth) {
                Some(item) => Value::Array(vec![item; count]),
                None if least == 0 => json!([]),
                None => return None,
            }
        }
        Kind::Json(inner) => made_up(api, inner, name, depth)?,
        Kind::Object(members, _) => {
            let mut made = Map::new();
            for member in members.iter().filter(|member| member.required) {
                let name = member.name.as_str();
                made.insert(name.to_owned(), made_up(api, &member.shape, name, depth)?);
            }
            Value::Object(made)
        }
        Kind::Named(_) | Kind::Any => json!({}),
    })
}

/// 1 if that is allowed, or else what is nearest.
fn number(shape: &Shape, step: f64) -> f64 {
    let limits = super::super::limit::with_format_range(&shape.limits);
    let least = limits.minimum.into_iter().chain(limits.exclusive_minimum.map(|bound| bound + step));
    let most = limits.maximum.into_iter().chain(limits.exclusive_maximum.map(|bound| bound - step));
    let number = least.fold(1.0_f64, f64::max);
    most.fold(number, f64::min)
}

/// `DtsJobName` as `dts-job-name`.
fn words(name: &str) -> String {
    let mut words = String::new();
    let mut after_lower = false;
    for c in name.rsplit('.').next().unwrap_or(name).chars() {
        if c.is_ascii_uppercase() && after_lower {
            words.push('-');
        }
        after_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        words.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
    }
    words
}

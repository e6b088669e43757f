//! Bounds on a value: its number, its length, its count.

use super::message::{Subject, Writer};
use crate::model::{Limits, Shape};
use regex_lite::Regex;
use serde_json::Value;

/// Bounds with the range of their format (`int32`) put into `minimum` and `maximum`, as checks need them.
pub fn with_format_range(limits: &Limits) -> Limits {
    let mut limits = limits.clone();
    if let Some((least, most)) = limits.format.and_then(|format| format.range()) {
        limits.minimum = Some(limits.minimum.map_or(least, |minimum| minimum.max(least)));
        limits.maximum = Some(limits.maximum.map_or(most, |maximum| maximum.min(most)));
    }
    limits
}

/// What a value breaks, as code and message. A limit binds the values that it is about and no others: a length says
/// nothing about a number.
pub(super) fn broken(
    value: &Value,
    limits: &Limits,
    subject: &Subject<'_>,
    writer: Writer<'_>,
) -> Vec<(&'static str, String)> {
    let limits = with_format_range(limits);
    let mut broken = Vec::new();
    if let Some(number) = value.as_f64() {
        let fits = limits.minimum.is_none_or(|bound| number >= bound)
            && limits.exclusive_minimum.is_none_or(|bound| number > bound)
            && limits.maximum.is_none_or(|bound| number <= bound)
            && limits.exclusive_maximum.is_none_or(|bound| number < bound);
        if !fits {
            broken.push(("range", writer.range(subject, &limits)));
        }
    }
    if let Value::String(text) = value {
        let length = text.chars().count();
        if !within(length, limits.min_length, limits.max_length) {
            broken.push(("length", writer.length(subject, length, &limits)));
        }
        if let Some(pattern) = &limits.pattern
            && !matches(pattern, text)
        {
            broken.push(("pattern", writer.pattern(subject, pattern)));
        }
        if let Some(format) = limits.format
            && let Some(pattern) = format.pattern()
            && !matches(pattern, text)
        {
            broken.push(("format", writer.format(subject, format.name())));
        }
    }
    if let Value::Array(items) = value
        && !within(items.len(), limits.min_items, limits.max_items)
    {
        broken.push(("items", writer.items(subject, items.len(), &limits)));
    }
    broken
}

/// The documented values of a shape, as they travel.
pub(super) fn documented(shape: &Shape) -> Vec<String> {
    shape.values.iter().map(|choice| choice.wire.clone()).collect()
}

fn within(count: usize, least: Option<u64>, most: Option<u64>) -> bool {
    let count = count as u64;
    least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
}

/// The model holds only expressions that compile.
fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
}

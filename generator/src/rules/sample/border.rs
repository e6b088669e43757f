//! Values at the borders of what is declared: the last that is good, the first that is bad.

use super::super::limit::with_format_range;
use super::text;
use super::value::{literal, made_up, preferred};
use crate::model::{Action, Api, Format, Kind, Limits, Shape};
use serde_json::{Value, json};

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    /// What is at its border: `minimum`, `maxLength`, `values`…
    pub keyword: &'static str,
    /// Whether the value is on the good side of it.
    pub is_good: bool,
    /// Where in the parameter's value, as a JSON pointer; empty: it is the whole.
    pub at: String,
    /// The parameter's value.
    pub value: Value,
}

impl Border {
    fn new(keyword: &'static str, is_good: bool, value: Value) -> Border {
        Border { keyword, is_good, at: String::new(), value }
    }
}

/// Shapes may hold themselves: deeper than this, nothing is looked at.
const DEPTH: usize = 6;

/// Texts longer than this are not made.
const LONG: u64 = 10_000;
/// Lists longer than this are not made.
const MANY: u64 = 300;

/// The borders of everything that is declared of a parameter, and of what is in it, around the value that it would be
/// given first.
pub fn borders(api: &Api, action: &Action, index: usize) -> Vec<Border> {
    let Some(parameter) = action.parameters.get(index) else { return Vec::new() };
    of_shape(api, &parameter.shape, &preferred(api, action, index), DEPTH)
}

fn of_shape(api: &Api, shape: &Shape, base: &Value, depth: usize) -> Vec<Border> {
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let shape = api.meant(shape);
    let mut borders = of_limits(&shape.kind, &shape.limits, base);
    borders.extend(of_values(shape));
    borders.extend(of_another_kind(&shape.kind).map(|value| Border::new("type", false, value)));
    match (&shape.kind, base) {
        (Kind::Json(inner), _) => borders.extend(of_shape(api, inner, base, depth)),
        (Kind::List(item), Value::Array(items)) if shape.limits.min_items.unwrap_or(0) < 2 => {
            let first = items.first().cloned().or_else(|| made_up(api, item, "item", depth)).unwrap_or_default();
            for mut border in of_shape(api, item, &first, depth) {
                border.at = format!("/0{}", border.at);
                border.value = Value::Array(vec![border.value]);
                borders.push(border);
            }
        }
        (Kind::Object(members, _), Value::Object(given)) => {
            for member in members {
                let name = member.name.as_str();
                let own = given.get(name).cloned().or_else(|| made_up(api, &member.shape, name, depth));
                for mut border in of_shape(api, &member.shape, &own.unwrap_or_default(), depth) {
                    let mut object = given.clone();
                    object.insert(name.to_owned(), border.value);
                    border.at = format!("/{name}{}", border.at);
                    border.value = Value::Object(object);
                    borders.push(border);
                }
                if member.required && given.contains_key(name) {
                    let mut object = given.clone();
                    object.shift_remove(name);
                    let lacking = Border::new("required", false, Value::Object(object));
                    borders.push(Border { at: format!("/{name}"), ..lacking });
                }
            }
        }
        _ => {}
    }
    borders
}

/// Every documented value is good; the first in another case is none of them.
fn of_values(shape: &Shape) -> Vec<Border> {
    let known = |text: &str| shape.values.iter().any(|choice| choice.wire == text);
    let good = shape.values.iter().map(|choice| (true, choice.wire.clone()));
    let swapped = shape.values.first().map(|choice| other_case(&choice.wire)).filter(|text| !known(text));
    let bad = swapped.into_iter().chain(shape.values.first().map(|choice| format!("{}0", choice.wire)));
    let bad = bad.filter(|text| !known(text)).map(|text| (false, text)).take(1);
    let border = |(is_good, text): (bool, String)| Border::new("values", is_good, literal(&shape.kind, &text));
    good.chain(bad).map(border).collect()
}

fn other_case(text: &str) -> String {
    text.chars().map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect()
}

fn of_another_kind(kind: &Kind) -> Option<Value> {
    Some(match kind {
        Kind::Text => json!(7),
        Kind::Boolean => json!("true"),
        Kind::Integer => json!(1.5),
        Kind::Number => json!("1.5"),
        Kind::List(_) => json!("[]"),
        Kind::Object(..) => json!([]),
        Kind::Json(_) => json!("{\"cut\":"),
        Kind::Named(_) | Kind::Any => return None,
    })
}

/// The borders of some bounds, around a value that keeps them.
pub(super) fn of_limits(kind: &Kind, limits: &Limits, base: &Value) -> Vec<Border> {
    let kind = if let Kind::Json(inner) = kind { &inner.kind } else { kind };
    match kind {
        Kind::Integer | Kind::Number => of_numbers(kind, limits),
        Kind::Text => of_texts(limits, base.as_str().unwrap_or_default()),
        Kind::List(_) => of_lists(limits, base),
        _ => Vec::new(),
    }
}

fn of_numbers(kind: &Kind, limits: &Limits) -> Vec<Border> {
    let (own, limits) = (limits, with_format_range(limits));
    let whole = *kind == Kind::Integer;
    let step = if whole { 1.0 } else { 0.5 };
    let ends = [
        (if own.minimum.is_some() { "minimum" } else { "format" }, limits.minimum, 0.0, -step),
        (if own.maximum.is_some() { "maximum" } else { "format" }, limits.maximum, 0.0, step),
        ("exclusiveMinimum", limits.exclusive_minimum, step, 0.0),
        ("exclusiveMaximum", limits.exclusive_maximum, -step, 0.0),
    ];
    let mut borders = Vec::new();
    for (keyword, bound, good, bad) in ends {
        let Some(bound) = bound else { continue };
        for (is_good, number) in [(true, bound + good), (false, bound + bad)] {
            let value = if whole || number.fract() == 0.0 { json!(number as i64) } else { json!(number) };
            borders.push(Border::new(keyword, is_good, value));
        }
    }
    borders
}

fn of_texts(limits: &Limits, base: &str) -> Vec<Border> {
    let mut borders = Vec::new();
    let mut push = |keyword, is_good, text: String| borders.push(Border::new(keyword, is_good, json!(text)));
    if let Some(least) = limits.min_length.filter(|least| *least > 0 && *least <= LONG) {
        push("minLength", true, text::of_length(base, least));
        push("minLength", false, text::of_length(base, least - 1));
    }
    if let Some(most) = limits.max_length.filter(|most| *most < LONG) {
        push("maxLength", true, text::of_length(base, most));
        push("maxLength", false, text::of_length(base, most + 1));
        // A length counts code points: neither bytes nor the halves of UTF-16.
        push("maxLength", limits.pattern.is_none() && limits.format.is_none(), "😀".repeat(most as usize));
    }
    if let Some(pattern) = &limits.pattern {
        let bad = ["", "é", "?!", " ", "\n", "0"]
            .into_iter()
            .map(str::to_owned)
            .chain([format!("{base}é"), format!("é{base}")]);
        if let Some(bad) = bad.into_iter().find(|text| !text::matches(pattern, text)) {
            push("pattern", false, bad);
        }
        push("pattern", true, base.to_owned());
    }
    if let Some(format) = limits.format
        && let Some((good, bad)) = of_format(format)
    {
        good.iter().for_each(|text| push("format", true, (*text).to_owned()));
        bad.iter().for_each(|text| push("format", false, (*text).to_owned()));
    }
    borders
}

/// Texts of a format, and such as nearly are.
fn of_format(format: Format) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match format {
        Format::DateTime => {
            (&["2026-01-02T03:04:05Z", "2026-01-02T03:04+08:00"], &["2026-01-02", "2026-01-02 03:04:05Z"])
        }
        Format::Date => (&["2026-01-02"], &["2026-1-2"]),
        Format::UnixTime => (&["0", "9999999999"], &["10000000000", "-1"]),
        Format::UnixTimeMillis => (&["0", "9999999999999"], &["10000000000000", "1.5"]),
        Format::Ip => (&["192.0.2.10", "2001:db8::1"], &["192.0.2", "host.example.com"]),
        Format::Cidr => (&["192.0.2.0/24", "2001:db8::/32"], &["192.0.2.0"]),
        Format::Port => (&["1", "65535"], &["0", "65536"]),
        Format::Base64 => (&["YmluZA==", ""], &["bind!", "Y==="]),
        Format::Ascii => (&["~\u{7f}"], &["é"]),
        Format::Int32 | Format::Int64 | Format::Float | Format::Double => return None,
    })
}

fn of_lists(limits: &Limits, base: &Value) -> Vec<Border> {
    let item = base.as_array().and_then(|items| items.first()).cloned().unwrap_or(Value::Null);
    let of = |count: u64| Value::Array(vec![item.clone(); count as usize]);
    let mut borders = Vec::new();
    if let Some(least) = limits.min_items.filter(|least| *least > 0 && *least <= MANY) {
        borders.push(Border::new("minItems", true, of(least)));
        borders.push(Border::new("minItems", false, of(least - 1)));
    }
    if let Some(most) = limits.max_items.filter(|most| *most < MANY) {
        borders.push(Border::new("maxItems", true, of(most)));
        borders.push(Border::new("maxItems", false, of(most + 1)));
    }
    borders
}

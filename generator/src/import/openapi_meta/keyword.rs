//! The keywords that say what a value may be. Most are texts, whatever they stand for.
//!
//! What cannot be true of a value of this type is kept apart (`disputed`) and binds nothing.

use super::at::{At, Reader};
use crate::spec::{Parameter, Type, ValueEntry};
use serde_json::{Number, Value};

/// Reads all of them but `required`.
pub(super) fn keywords(reader: &mut Reader<'_>, at: &At<'_>, declared: &mut Parameter) {
    format(reader, at, declared);
    bounds(reader, at, declared);
    declared.min_length = reader.count(at, "minLength");
    declared.max_length = reader.count(at, "maxLength");
    declared.min_items = reader.count(at, "minItems");
    declared.max_items = reader.count(at, "maxItems");
    declared.pattern = reader.text(at, "pattern").filter(|pattern| !pattern.is_empty()).map(str::to_owned);
    // An empty text is how the format says that there is no default.
    declared.default = reader.text(at, "default").filter(|default| !default.is_empty()).map(Value::from);
    values(reader, at, declared);
}

/// `required` is what the service checks, `docRequired` what its pages say.
pub(super) fn required(reader: &mut Reader<'_>, at: &At<'_>, declared: &mut Parameter) {
    let checked = reader.flag(at, "required");
    let written = reader.flag(at, "docRequired");
    declared.required = checked.or(written).unwrap_or(false);
    if let Some(written) = written.filter(|written| checked.is_some_and(|checked| checked != *written)) {
        declared.disputed.insert("required".to_owned(), Value::Bool(written));
    }
}

fn format(reader: &mut Reader<'_>, at: &At<'_>, declared: &mut Parameter) {
    let Some(format) = reader.text(at, "format") else { return };
    match (format, declared.kind) {
        ("int32" | "int64", Some(Type::Integer)) | ("float" | "double", Some(Type::Number)) => {
            declared.format = Some(format.to_owned());
        }
        ("int32" | "int64" | "float" | "double" | "iso8601" | "binary" | "byte", _) => {
            // Times are written in many ways under the name of that norm, and texts of all kinds are called bytes.
            declared.disputed.insert("format".to_owned(), Value::from(format));
        }
        _ => {
            let message = format!("`{}` is no format that is known", format.escape_debug());
            reader.warn(
                "unknown-word",
                &at.near("format"),
                message,
                "it is left out; if it says something, the importer must learn it",
            );
        }
    }
}

fn bounds(reader: &mut Reader<'_>, at: &At<'_>, declared: &mut Parameter) {
    let mut bound = |key: &'static str, beyond: &'static str| {
        let written = reader.text(at, key)?;
        let exclusive = reader.flag(at, beyond).unwrap_or(false);
        match number(written.trim()) {
            // The bound of the type itself says nothing.
            Some(number) if of_the_type(&number, declared.kind) => None,
            Some(number) => Some((number, exclusive)),
            None => {
                let message = format!("`{key}` is `{}`, which is no number", written.escape_debug());
                reader.warn("bound", &at.near(key), message, "it is left out");
                None
            }
        }
    };
    let (low, high) = (bound("minimum", "exclusiveMinimum"), bound("maximum", "exclusiveMaximum"));
    match low {
        Some((number, true)) => declared.exclusive_minimum = Some(number),
        other => declared.minimum = other.map(|(number, _)| number),
    }
    match high {
        Some((number, true)) => declared.exclusive_maximum = Some(number),
        other => declared.maximum = other.map(|(number, _)| number),
    }
}

fn number(text: &str) -> Option<Number> {
    let whole = text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    whole.ok().or_else(|| Number::from_f64(text.parse().ok()?))
}

fn of_the_type(number: &Number, kind: Option<Type>) -> bool {
    const EDGE: f64 = i64::MAX as f64;
    kind == Some(Type::Integer) && number.as_f64().is_some_and(|number| number.abs() >= EDGE)
}

/// The listed values, and what their titles say. Titles without a list are a list.
fn values(reader: &mut Reader<'_>, at: &At<'_>, declared: &mut Parameter) {
    let titles = at.get("enumValueTitles");
    let titles = titles.iter().flat_map(At::members).collect::<Vec<_>>();
    let titled = |value: &str| titles.iter().find(|(key, _)| key.trim() == value).and_then(|(_, at)| at.value.as_str());
    let mut names: Vec<String> = vec![];
    if let Some(list) = at.get("enum")
        && reader.is_list(&list)
    {
        names.extend(list.items().map(|item| match item.value {
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        }));
    }
    names.extend(titles.iter().map(|(key, _)| key.trim().to_owned()));
    // Titles explain the absence of a value, too.
    for name in names.iter().filter(|name| !name.is_empty() && *name != "null") {
        let doc = titled(name).and_then(|title| reader.language.text(title));
        declared.values.entry(name.clone()).or_insert(ValueEntry { doc, deprecated: false });
    }
}

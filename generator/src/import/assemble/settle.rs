//! What is declared and what the prose says of one value, brought together. Where they contradict each other the prose
//! counts, and what was declared is kept apart (`disputed`); so is whatever cannot be true of a value of the type.

use crate::import::example;
use crate::spec::{Map, Parameter, Type, ValueEntry};
use serde::Serialize;
use serde_json::Value;

/// The pattern that no engine should be asked to compile.
const MAX_PATTERN: usize = 500;

/// Settles what is declared with what the prose made of it.
pub fn settle(parameter: &mut Parameter, declared: &Parameter) {
    values(parameter, declared);
    default(parameter, declared);
    contradicted(parameter, declared);
    of_elements(parameter);
    misplaced(parameter);
    crossed(parameter);
}

/// Declared values first, each with what the prose says of it; then those that only the prose knows.
fn values(parameter: &mut Parameter, declared: &Parameter) {
    if declared.values.is_empty() {
        return;
    }
    let listed = std::mem::replace(&mut parameter.values, declared.values.clone());
    if listed.keys().any(|value| !declared.values.contains_key(value)) {
        parameter.disputed.insert("values".to_owned(), declared.values.keys().cloned().collect());
    }
    for (value, entry) in listed {
        let known = parameter.values.entry(value).or_default();
        *known = ValueEntry { doc: known.doc.take().or(entry.doc), deprecated: known.deprecated || entry.deprecated };
    }
}

fn default(parameter: &mut Parameter, declared: &Parameter) {
    let Some(written) = &declared.default else { return };
    let value = match written {
        Value::String(text) => example::typed(text, parameter),
        other => other.clone(),
    };
    let fits = match parameter.kind {
        Some(Type::String) => value.is_string() || parameter.content_media_type.is_some(),
        Some(Type::Boolean) => value.is_boolean(),
        Some(Type::Integer) => value.is_i64(),
        Some(Type::Number) => value.is_number(),
        Some(Type::Array) => value.is_array(),
        Some(Type::Object) => value.is_object(),
        Some(Type::Any) | None => true,
    };
    match &parameter.default {
        None if fits => parameter.default = Some(value),
        Some(said) if *said == value => {}
        _ => drop(parameter.disputed.insert("default".to_owned(), written.clone())),
    }
}

fn contradicted(parameter: &mut Parameter, declared: &Parameter) {
    let disputed = &mut parameter.disputed;
    differs(disputed, "minimum", &declared.minimum, &parameter.minimum);
    differs(disputed, "maximum", &declared.maximum, &parameter.maximum);
    differs(disputed, "exclusiveMinimum", &declared.exclusive_minimum, &parameter.exclusive_minimum);
    differs(disputed, "minLength", &declared.min_length, &parameter.min_length);
    differs(disputed, "maxLength", &declared.max_length, &parameter.max_length);
    differs(disputed, "minItems", &declared.min_items, &parameter.min_items);
    differs(disputed, "maxItems", &declared.max_items, &parameter.max_items);
    differs(disputed, "pattern", &declared.pattern, &parameter.pattern);
}

fn differs<T: Serialize + PartialEq>(disputed: &mut Map<Value>, key: &str, declared: &Option<T>, now: &Option<T>) {
    if declared.is_some()
        && declared != now
        && let Ok(value) = serde_json::to_value(declared)
    {
        disputed.insert(key.to_owned(), value);
    }
}

/// The values of a list are those of its elements.
fn of_elements(parameter: &mut Parameter) {
    let scalar = [Type::String, Type::Integer, Type::Number, Type::Boolean];
    if parameter.kind == Some(Type::Array)
        && let Some(items) = parameter.items.as_deref_mut()
        && items.values.is_empty()
        && items.kind.is_some_and(|kind| scalar.contains(&kind))
    {
        items.values = std::mem::take(&mut parameter.values);
        misplaced(items);
    }
}

/// Keywords that say nothing about a value of this type.
fn misplaced(parameter: &mut Parameter) {
    let kind = parameter.kind;
    let json = kind == Some(Type::String) && parameter.content_media_type.is_some();
    let list_in_json = parameter.content_schema.as_ref().is_some_and(|content| content.kind == Some(Type::Array));
    let disputed = &mut parameter.disputed;
    if !matches!(kind, Some(Type::Integer | Type::Number)) {
        apart(disputed, "minimum", &mut parameter.minimum);
        apart(disputed, "maximum", &mut parameter.maximum);
        apart(disputed, "exclusiveMinimum", &mut parameter.exclusive_minimum);
        apart(disputed, "exclusiveMaximum", &mut parameter.exclusive_maximum);
    }
    let refused = |pattern: &String| pattern.len() > MAX_PATTERN || regex_lite::Regex::new(pattern).is_err();
    if kind != Some(Type::String) || json {
        apart(disputed, "minLength", &mut parameter.min_length);
        apart(disputed, "maxLength", &mut parameter.max_length);
        apart(disputed, "pattern", &mut parameter.pattern);
    } else if parameter.pattern.as_ref().is_some_and(refused) {
        apart(disputed, "pattern", &mut parameter.pattern);
    }
    if kind != Some(Type::Array) && !list_in_json {
        apart(disputed, "minItems", &mut parameter.min_items);
        apart(disputed, "maxItems", &mut parameter.max_items);
    }
    if kind.is_none() {
        apart(disputed, "format", &mut parameter.format);
    }
    let fits = |value: &str| kind.is_some() && !json && example::fits(value, kind);
    if parameter.values.keys().any(|value| !fits(value)) {
        disputed.entry("values".to_owned()).or_insert_with(|| parameter.values.keys().cloned().collect());
        parameter.values.retain(|value, _| fits(value));
    }
}

/// Bounds that leave no value.
fn crossed(parameter: &mut Parameter) {
    let disputed = &mut parameter.disputed;
    let number = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(serde_json::Number::as_f64);
    if number(&parameter.minimum).zip(number(&parameter.maximum)).is_some_and(|(low, high)| low > high) {
        apart(disputed, "minimum", &mut parameter.minimum);
        apart(disputed, "maximum", &mut parameter.maximum);
    }
    if parameter.min_length.zip(parameter.max_length).is_some_and(|(low, high)| low > high) {
        apart(disputed, "minLength", &mut parameter.min_length);
        apart(disputed, "maxLength", &mut parameter.max_length);
    }
    if parameter.min_items.zip(parameter.max_items).is_some_and(|(low, high)| low > high) {
        apart(disputed, "minItems", &mut parameter.min_items);
        apart(disputed, "maxItems", &mut parameter.max_items);
    }
}

fn apart<T: Serialize>(disputed: &mut Map<Value>, key: &str, keyword: &mut Option<T>) {
    if let Some(value) = keyword.take()
        && let Ok(value) = serde_json::to_value(value)
    {
        disputed.entry(key.to_owned()).or_insert(value);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What counts and what is kept apart, of what is declared and what the prose says.
    fn settled(declared: Value, said: Value) -> (Value, Value) {
        let declared: Parameter = serde_json::from_value(declared).unwrap();
        // The prose has the first word: what it says replaces what was declared, as in `described`.
        let mut both = serde_json::to_value(Parameter { default: None, ..declared.clone() }).unwrap();
        both["values"] = json!({});
        for (key, value) in said.as_object().unwrap() {
            both[key] = value.clone();
        }
        let mut parameter: Parameter = serde_json::from_value(both).unwrap();
        settle(&mut parameter, &declared);
        let mut counts = serde_json::to_value(parameter).unwrap();
        let apart = counts.as_object_mut().unwrap().remove("disputed").unwrap_or_else(|| json!({}));
        (counts, apart)
    }

    #[test]
    fn the_prose_counts_and_what_it_contradicts_is_kept_apart() {
        let list = json!({"type": "array", "items": {"type": "string"}, "maxItems": 51});
        let (counts, apart) = settled(list, json!({"maxItems": 50}));
        assert_eq!((&counts["maxItems"], apart), (&json!(50), json!({"maxItems": 51})));
        let number = json!({"type": "integer", "minimum": 0, "maximum": 100, "default": "10"});
        let (counts, apart) = settled(number, json!({"minimum": 1, "default": 20}));
        assert_eq!((&counts["minimum"], &counts["maximum"], &counts["default"]), (&json!(1), &json!(100), &json!(20)));
        assert_eq!(apart, json!({"minimum": 0, "default": "10"}));
        let named = json!({"type": "string", "values": {"a": {}}});
        let (counts, apart) = settled(named, json!({"values": {"a": {}, "b": {}}}));
        assert_eq!((&counts["values"], apart), (&json!({"a": {}, "b": {}}), json!({"values": ["a"]})));
    }

    #[test]
    fn what_both_say_is_in_no_dispute() {
        let number = json!({"type": "integer", "minimum": 1, "default": "20"});
        let (counts, apart) = settled(number, json!({"minimum": 1, "default": 20}));
        assert_eq!((&counts["default"], apart), (&json!(20), json!({})));
    }

    #[test]
    fn what_cannot_be_of_the_type_binds_nothing() {
        let (counts, apart) =
            settled(json!({"type": "string", "minimum": 1, "maxItems": 3, "pattern": "("}), json!({}));
        assert_eq!((counts, apart), (json!({"type": "string"}), json!({"minimum": 1, "maxItems": 3, "pattern": "("})));
        let (counts, apart) =
            settled(json!({"type": "integer", "minimum": 9, "maximum": 1, "default": "x"}), json!({}));
        assert_eq!((counts, apart), (json!({"type": "integer"}), json!({"default": "x", "minimum": 9, "maximum": 1})));
        let list = json!({"type": "array", "items": {"type": "integer"}, "values": {"1": {}, "one": {}}});
        let (counts, apart) = settled(list, json!({}));
        assert_eq!((&counts["items"]["values"], apart), (&json!({"1": {}}), json!({})));
        assert_eq!(counts["items"]["disputed"], json!({"values": ["1", "one"]}));
    }
}

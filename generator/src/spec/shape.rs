//! Is a file of the shape that its JSON Schema asks for? Every unknown key and every wrong type, with its place.
//!
//! This reads only what `schemars` writes for the types of [`crate::spec`]; it is no general validator. The schema is
//! the list of keywords, so nothing has to be listed twice.

use crate::diag::{Diagnostic, Diagnostics, Origin, below, did_you_mean};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Checks a value against the schema of its file kind. `file` tells which file the value of a pointer stands in.
pub fn check_shape(value: &Value, schema: &Value, file: &dyn Fn(&str) -> Arc<str>, diagnostics: &mut Diagnostics) {
    Checker { root: schema, file, diagnostics }.check(value, schema, "");
}

/// What to do about a value of another type.
const WRITE_ANOTHER: &str = "write a value of that type; `bindery schema` prints what goes where";

struct Checker<'a> {
    root: &'a Value,
    file: &'a dyn Fn(&str) -> Arc<str>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Checker<'a> {
    fn check(&mut self, value: &Value, schema: &'a Value, pointer: &str) {
        let Some(schema) = self.resolved(schema) else { return };
        if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
            return self.check_any(value, options, pointer);
        }
        if let Some(options) = schema.get("oneOf").and_then(Value::as_array) {
            return self.check_constants(value, options, pointer);
        }
        if let Some(types) = schema.get("type")
            && !types_of(types).any(|name| is_type(value, name))
        {
            let expected = types_of(types).collect::<Vec<_>>().join(" or ");
            return self.error(
                "type",
                Origin::value(&(self.file)(pointer), pointer),
                format!("expected {expected}, found {}", kind(value)),
                Some(WRITE_ANOTHER.to_owned()),
            );
        }
        if let Some(number) = value.as_f64() {
            self.check_range(number, schema, pointer);
        }
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
            && !allowed.contains(value)
        {
            return self.not_one_of(value, &allowed.iter().collect::<Vec<_>>(), pointer);
        }
        match value {
            Value::Object(object) => self.check_object(object, schema, pointer),
            Value::Array(items) => {
                if let Some(item_schema) = schema.get("items") {
                    for (index, item) in items.iter().enumerate() {
                        self.check(item, item_schema, &format!("{pointer}/{index}"));
                    }
                }
            }
            _ => {}
        }
    }

    /// The range of the number's type: what `u64` or `u16` holds.
    fn check_range(&mut self, number: f64, schema: &Value, pointer: &str) {
        let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) {
            let help = match (least, most) {
                (Some(least), Some(most)) => format!("from {least} to {most}"),
                (Some(least), None) => format!("at least {least}"),
                (None, most) => format!("at most {}", most.unwrap_or_default()),
            };
            let message = format!("{number} is out of range");
            self.error("range", Origin::value(&(self.file)(pointer), pointer), message, Some(help));
        }
    }

    fn check_object(&mut self, object: &Map<String, Value>, schema: &'a Value, pointer: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (key, child) in object {
            let place = below(pointer, key);
            if let Some(known) = properties.and_then(|properties| properties.get(key)) {
                self.check(child, known, &place);
                continue;
            }
            match schema.get("additionalProperties") {
                Some(Value::Bool(false)) => {
                    let known: Vec<&str> = properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
                    let help = match did_you_mean(key, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("known keys here: {}", known.join(", ")),
                    };
                    self.error(
                        "unknown-key",
                        Origin::key(&(self.file)(&place), place),
                        format!("unknown key `{key}`"),
                        Some(help),
                    );
                }
                Some(other @ Value::Object(_)) => self.check(child, other, &place),
                _ => {}
            }
        }
        for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                let message = format!("the key `{name}` is missing");
                let help = format!("add `\"{name}\": …`");
                self.error("missing-key", Origin::value(&(self.file)(pointer), pointer), message, Some(help));
            }
        }
    }

    /// `Option<T>` and untagged enums: the branch whose type fits is the one that was meant.
    fn check_any(&mut self, value: &Value, options: &'a [Value], pointer: &str) {
        let fits = |option: &&&'a Value| {
            let Some(option) = self.resolved(option) else { return true };
            option.get("type").is_none_or(|types| types_of(types).any(|name| is_type(value, name)))
        };
        let all: Vec<&'a Value> = options.iter().collect();
        match all.iter().find(fits) {
            Some(option) => self.check(value, option, pointer),
            None => {
                let types = all.iter().filter_map(|option| self.resolved(option)?.get("type")).flat_map(types_of);
                let message = format!("expected {}, found {}", types.collect::<Vec<_>>().join(" or "), kind(value));
                let help = Some(WRITE_ANOTHER.to_owned());
                self.error("type", Origin::value(&(self.file)(pointer), pointer), message, help);
            }
        }
    }

    /// An enum with docs on its variants: `oneOf` constants.
    fn check_constants(&mut self, value: &Value, options: &'a [Value], pointer: &str) {
        let allowed: Vec<&Value> = options.iter().filter_map(|option| option.get("const")).collect();
        if !allowed.contains(&value) {
            self.not_one_of(value, &allowed, pointer);
        }
    }

    fn not_one_of(&mut self, value: &Value, allowed: &[&Value], pointer: &str) {
        let names: Vec<&str> = allowed.iter().filter_map(|value| value.as_str()).collect();
        let help = match value.as_str().and_then(|written| did_you_mean(written, names.iter().copied())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of: {}", names.join(", ")),
        };
        self.error(
            "unknown-word",
            Origin::value(&(self.file)(pointer), pointer),
            format!("unknown word {value}"),
            Some(help),
        );
    }

    fn resolved(&self, schema: &'a Value) -> Option<&'a Value> {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.root.pointer(reference.strip_prefix('#')?),
            None => Some(schema),
        }
    }

    fn error(&mut self, code: &'static str, origin: Origin, message: String, help: Option<String>) {
        self.diagnostics.push(Diagnostic::error(code, origin, message).maybe_help(help));
    }
}

fn types_of(types: &Value) -> impl Iterator<Item = &str> {
    let list = types.as_array().map(Vec::as_slice).unwrap_or_default();
    types.as_str().into_iter().chain(list.iter().filter_map(Value::as_str))
}

fn is_type(value: &Value, name: &str) -> bool {
    match name {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => kind(value) == other,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

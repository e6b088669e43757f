//! A shape as a JSON Schema. A keyword that binds means exactly what the validators mean; everything else is an
//! annotation. Formats are written as patterns and ranges, because `format` alone binds in no two validators alike.

use crate::model::{Api, Choice, Doc, Format, Kind, Language, Limit, Limits, Others, Precondition, Shape};
use serde_json::{Map, Number, Value, json};

/// Where an OpenAPI document keeps its schemas.
pub(super) const COMPONENTS: &str = "#/components/schemas/";

/// What a shape is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// A normalised request: closed, JSON-valued parameters as JSON.
    Request,
    /// An answer: may grow, JSON-valued fields as the text that holds the JSON.
    Response,
}

/// What kind of document it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    JsonSchema,
    OpenApi,
}

/// Writes the shapes of one API.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub api: &'a Api,
    pub language: Language,
    pub dialect: Dialect,
    pub side: Side,
}

impl Writer<'_> {
    /// The schema of a shape, with its description.
    pub fn described(&self, shape: &Shape, preconditions: &[Precondition]) -> Map<String, Value> {
        let mut out = self.schema(shape);
        let description = self.description(shape, preconditions);
        if !description.is_empty() {
            out.insert("description".to_owned(), json!(description));
        }
        out
    }

    /// The schema of a shape, without its description.
    pub fn schema(&self, shape: &Shape) -> Map<String, Value> {
        let mut out = self.kind(&shape.kind);
        self.limits(&mut out, &shape.kind, &shape.limits);
        let values = || shape.values.iter().map(|choice| choice.wire.as_str());
        if shape.closed && !shape.values.is_empty() {
            out.insert("enum".to_owned(), json!(self.literals(&shape.kind, values())));
        }
        if let Some(default) = &shape.default {
            out.insert("default".to_owned(), self.unwrapped(&shape.kind, default));
        }
        if shape.deprecated {
            out.insert("deprecated".to_owned(), json!(true));
        }
        if shape.sensitive {
            match self.dialect {
                Dialect::JsonSchema => out.insert("writeOnly".to_owned(), json!(true)),
                Dialect::OpenApi => out.insert("format".to_owned(), json!("password")),
            };
            return out;
        }
        let mut examples: Vec<Value> =
            shape.example.iter().map(|example| self.unwrapped(&shape.kind, example)).collect();
        if !shape.closed {
            let others = self.literals(&shape.kind, values());
            examples.extend(others.into_iter().filter(|value| Some(value) != shape.example.as_ref()));
        }
        if !examples.is_empty() {
            out.insert("examples".to_owned(), Value::Array(examples));
        }
        out
    }

    /// What a rule's `constrain` puts on a value of a kind.
    pub fn limit(&self, kind: &Kind, limit: &Limit) -> Map<String, Value> {
        let mut out = Map::new();
        self.limits(&mut out, &Kind::Any, &limit.limits);
        if !limit.values.is_empty() {
            out.insert("enum".to_owned(), json!(self.literals(kind, limit.values.iter().map(String::as_str))));
        }
        out
    }

    /// The JSON values of a kind that travel as these texts. A text that no value of the kind travels as has none.
    pub fn literals<'t>(&self, kind: &Kind, texts: impl IntoIterator<Item = &'t str>) -> Vec<Value> {
        texts.into_iter().flat_map(|text| self.literal(kind, text)).collect()
    }

    fn literal(&self, kind: &Kind, text: &str) -> Vec<Value> {
        // What is spelled in a way that no value travels in (`1.0`) is no value's text.
        let parsed = || serde_json::from_str::<Value>(text).ok().filter(|value| travels_as(value) == text);
        let of = |fits: fn(&Value) -> bool| parsed().filter(fits).into_iter().collect();
        match self.resolved(kind) {
            Kind::Text => vec![json!(text)],
            Kind::Boolean => of(Value::is_boolean),
            Kind::Integer | Kind::Number => of(Value::is_number),
            Kind::List(_) => of(Value::is_array),
            Kind::Object(..) => of(Value::is_object),
            Kind::Json(inner) => self.literal(&inner.kind, text),
            Kind::Any | Kind::Named(_) => {
                std::iter::once(json!(text)).chain(parsed().filter(|value| !value.is_null())).collect()
            }
        }
    }

    /// In a request, JSON instead of the text that holds it.
    fn unwrapped(&self, kind: &Kind, value: &Value) -> Value {
        match (self.side, self.resolved(kind), value) {
            (Side::Request, Kind::Json(_), Value::String(text)) => {
                serde_json::from_str(text).unwrap_or_else(|_| value.clone())
            }
            _ => value.clone(),
        }
    }

    /// The kind that a name stands for. A name that only leads to itself stays as it is.
    pub fn resolved<'k>(&'k self, kind: &'k Kind) -> &'k Kind {
        let mut kind = kind;
        for _ in 0..=self.api.schemas.len() {
            match kind {
                Kind::Named(name) => match self.api.schema(name) {
                    Some(shape) => kind = &shape.kind,
                    None => break,
                },
                _ => break,
            }
        }
        kind
    }

    fn reference(&self, name: &str) -> String {
        match self.dialect {
            Dialect::JsonSchema => format!("#/$defs/{name}"),
            Dialect::OpenApi => format!("{COMPONENTS}{}", self.definition(name)),
        }
    }

    /// The name under which a named shape is defined. Where requests and answers share a document, an answer's shape,
    /// which may grow, is not the request's.
    pub fn definition(&self, name: &str) -> String {
        match self.side {
            Side::Request => name.to_owned(),
            Side::Response => format!("{name}.Response"),
        }
    }

    fn kind(&self, kind: &Kind) -> Map<String, Value> {
        let named = |name: &str| Map::from_iter([("type".to_owned(), json!(name))]);
        match kind {
            Kind::Text => named("string"),
            Kind::Boolean => named("boolean"),
            Kind::Integer => named("integer"),
            Kind::Number => named("number"),
            Kind::List(items) => {
                let mut out = named("array");
                out.insert("items".to_owned(), Value::Object(self.described(items, &[])));
                out
            }
            Kind::Object(members, others) => {
                let mut out = named("object");
                let properties = members.iter().map(|member| {
                    let schema = self.described(&member.shape, &member.preconditions);
                    (member.name.as_str().to_owned(), Value::Object(schema))
                });
                out.insert("properties".to_owned(), Value::Object(properties.collect()));
                let required: Vec<&str> =
                    members.iter().filter(|member| member.required).map(|member| member.name.as_str()).collect();
                if !required.is_empty() {
                    out.insert("required".to_owned(), json!(required));
                }
                match others {
                    Others::Refused if self.side == Side::Request => {
                        out.insert("additionalProperties".to_owned(), json!(false));
                    }
                    Others::Refused | Others::Welcome => {}
                    Others::Of(shape) => {
                        out.insert("additionalProperties".to_owned(), Value::Object(self.described(shape, &[])));
                    }
                }
                out
            }
            Kind::Json(inner) if self.side == Side::Request => self.schema(inner),
            Kind::Json(inner) => {
                let mut out = named("string");
                out.insert("contentMediaType".to_owned(), json!("application/json"));
                out.insert("contentSchema".to_owned(), Value::Object(self.described(inner, &[])));
                out
            }
            Kind::Named(name) => Map::from_iter([("$ref".to_owned(), json!(self.reference(name)))]),
            Kind::Any => Map::new(),
        }
    }

    /// What is said about a value: its doc, what its values mean, what a request alone cannot settle.
    pub fn description(&self, shape: &Shape, preconditions: &[Precondition]) -> String {
        let said = |doc: &Doc| doc.get(self.language).trim().to_owned();
        let value = |choice: &Choice| match said(&choice.doc) {
            doc if doc.is_empty() => format!("- `{}`", choice.wire),
            doc => format!("- `{}`: {doc}", choice.wire),
        };
        let mut parts = vec![said(&shape.doc)];
        if shape.values.iter().any(|choice| !choice.doc.is_empty()) {
            parts.push(shape.values.iter().map(value).collect::<Vec<_>>().join("\n"));
        }
        parts.extend(preconditions.iter().map(|precondition| match (&precondition.value, said(&precondition.doc)) {
            (Some(value), doc) if !doc.is_empty() => format!("`{value}`: {doc}"),
            (_, doc) => doc,
        }));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    fn limits(&self, out: &mut Map<String, Value>, kind: &Kind, limits: &Limits) {
        let (lowest, highest) = match limits.format.and_then(Format::range) {
            Some((lowest, highest)) => (Some(number(lowest)), Some(number(highest))),
            // Written as integers: as floating-point numbers, the largest would be one too large.
            None if self.side == Side::Request && matches!(kind, Kind::Integer) => {
                (Some(i64::MIN.into()), Some(i64::MAX.into()))
            }
            None => (None, None),
        };
        let tighter = |own: Option<f64>, other: Option<Number>, wins: fn(f64, f64) -> bool| match (own, other) {
            (Some(own), Some(other)) if other.as_f64().is_some_and(|other| wins(other, own)) => Some(other),
            (Some(own), _) => Some(number(own)),
            (None, other) => other,
        };
        let keywords = [
            ("minimum", tighter(limits.minimum, lowest, |a, b| a > b)),
            ("maximum", tighter(limits.maximum, highest, |a, b| a < b)),
            ("exclusiveMinimum", limits.exclusive_minimum.map(number)),
            ("exclusiveMaximum", limits.exclusive_maximum.map(number)),
            ("minLength", limits.min_length.map(Number::from)),
            ("maxLength", limits.max_length.map(Number::from)),
            ("minItems", limits.min_items.map(Number::from)),
            ("maxItems", limits.max_items.map(Number::from)),
        ];
        for (keyword, bound) in keywords {
            if let Some(bound) = bound {
                out.insert(keyword.to_owned(), Value::Number(bound));
            }
        }
        let mut patterns: Vec<&str> = limits.pattern.as_deref().into_iter().collect();
        if let Some(format) = limits.format {
            patterns.extend(format.pattern());
            match self.dialect {
                // There, a validator may take `format` for a demand, and for another one than ours.
                Dialect::JsonSchema => out.insert("$comment".to_owned(), json!(format!("format: {}", format.name()))),
                Dialect::OpenApi => out.insert("format".to_owned(), json!(format.name())),
            };
        }
        match patterns.as_slice() {
            [] => {}
            [one] => {
                out.insert("pattern".to_owned(), json!(one));
            }
            several => {
                let each: Vec<Value> = several.iter().map(|pattern| json!({"pattern": pattern})).collect();
                out.insert("allOf".to_owned(), Value::Array(each));
            }
        }
    }
}

/// The text of a value: numbers in their shortest form.
fn travels_as(value: &Value) -> String {
    match value {
        Value::Number(given) if given.is_f64() => {
            given.as_f64().map(number).unwrap_or_else(|| given.clone()).to_string()
        }
        other => other.to_string(),
    }
}

/// A bound as a person would write it: `5`, not `5.0`.
pub(super) fn number(bound: f64) -> Number {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if bound.fract() == 0.0 && bound.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of at most 53 bits")]
        let whole = bound as i64;
        Number::from(whole)
    } else {
        // Not finite is what no spec can hold: JSON has no word for it.
        Number::from_f64(bound).unwrap_or_else(|| Number::from(0))
    }
}

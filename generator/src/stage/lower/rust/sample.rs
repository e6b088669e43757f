//! Values for examples: as the documentation shows them, or made up.

use super::fields::Speller;
use crate::model::{Action, Kind, Language, Severity, Shape};
use crate::rules;
use crate::rust::snake;
use serde_json::{Map, Value, json};

impl Speller<'_> {
    /// A value that fits: from the sample request, the example, the documented values, or made up.
    pub fn sample(&self, action: &Action, index: usize) -> Value {
        let parameter = &action.parameters[index];
        let from_request = action.samples.request.as_ref().and_then(|request| request.get(parameter.name.as_str()));
        let candidates = from_request.into_iter().chain(&parameter.shape.example).chain(&parameter.shape.default);
        let fitting =
            candidates.map(|value| parsed(&parameter.shape, value)).find(|value| self.fits(&parameter.shape, value));
        match fitting {
            Some(value) => self.harmless(&parameter.shape, parameter.name.as_str(), value),
            None => self.made_up(&parameter.shape, parameter.name.as_str(), 0),
        }
    }

    fn fits(&self, shape: &Shape, value: &Value) -> bool {
        match &shape.kind {
            Kind::Named(name) => self.api().schema(name).is_some_and(|shape| self.fits(shape, value)),
            Kind::Json(inner) => self.fits(inner, value),
            Kind::Text => value.is_string(),
            Kind::Boolean => value.is_boolean(),
            Kind::Integer => value.is_i64(),
            Kind::Number => value.is_number(),
            Kind::List(inner) => value.as_array().is_some_and(|list| list.iter().all(|item| self.fits(inner, item))),
            Kind::Object(members, _) => value.as_object().is_some_and(|object| {
                let known = |name: &str| members.iter().find(|member| member.name.as_str() == name);
                object.iter().all(|(name, value)| known(name).is_some_and(|member| self.fits(&member.shape, value)))
                    && members.iter().all(|member| !member.required || object.contains_key(member.name.as_str()))
            }),
            Kind::Any => true,
        }
    }

    /// The value with everything sensitive in it made up: what a sample shows may once have been somebody's.
    fn harmless(&self, shape: &Shape, name: &str, value: Value) -> Value {
        match (&shape.kind, value) {
            _ if shape.sensitive => self.made_up(shape, name, 0),
            (Kind::Json(inner), value) => self.harmless(inner, name, value),
            (Kind::Named(schema), value) => match self.api().schema(schema) {
                Some(shape) => self.harmless(shape, name, value),
                None => value,
            },
            (Kind::List(inner), Value::Array(items)) => {
                items.into_iter().map(|item| self.harmless(inner, name, item)).collect()
            }
            (Kind::Object(members, _), Value::Object(mut object)) => {
                for member in members {
                    let name = member.name.as_str();
                    if let Some(value) = object.get_mut(name) {
                        *value = self.harmless(&member.shape, name, value.take());
                    }
                }
                Value::Object(object)
            }
            (_, value) => value,
        }
    }

    fn made_up(&self, shape: &Shape, name: &str, depth: usize) -> Value {
        if let Some(choice) = shape.values.first() {
            return parsed(shape, &json!(choice.wire));
        }
        match &shape.kind {
            _ if depth > 8 => Value::Null,
            Kind::Named(name) => {
                self.api().schema(name).map_or(Value::Null, |shape| self.made_up(shape, name, depth + 1))
            }
            Kind::Json(inner) => self.made_up(inner, name, depth + 1),
            Kind::Text => json!(if shape.sensitive { "***".to_owned() } else { snake(name).replace('_', "-") }),
            Kind::Boolean => json!(true),
            Kind::Integer => json!(shape.limits.minimum.map_or(1, |low| low as i64)),
            Kind::Number => json!(shape.limits.minimum.unwrap_or(1.0)),
            // A list that holds itself is empty somewhere: the sooner, the better to read.
            Kind::List(_) if depth > 2 => json!([]),
            Kind::List(inner) => json!([self.made_up(inner, name, depth + 1)]),
            Kind::Object(members, _) => members
                .iter()
                .filter(|member| member.required)
                .map(|member| (member.name.to_string(), self.made_up(&member.shape, member.name.as_str(), depth + 1)))
                .collect::<Map<_, _>>()
                .into(),
            Kind::Any => json!({}),
        }
    }

    /// Whether a request has no violation but advice.
    pub fn passes(&self, action: &Action, request: &Map<String, Value>) -> bool {
        let faults = rules::check(self.api(), action, &Value::Object(request.clone()), Language::En);
        faults.iter().all(|fault| fault.severity == Severity::Advice)
    }
}

/// A sample is often written as text, whatever its type.
fn parsed(shape: &Shape, value: &Value) -> Value {
    match (&shape.kind, value) {
        (Kind::Boolean | Kind::Integer | Kind::Number | Kind::Json(_), Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        _ => value.clone(),
    }
}

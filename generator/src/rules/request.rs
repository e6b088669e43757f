//! A request as JSON, brought to one form.

use crate::model::{Action, Kind};
use serde_json::{Map, Value};

/// A request by the index of its parameters, however it was nested.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The value of each of the action's parameters, as it was given; `None`: absent.
    pub values: Vec<Option<Value>>,
    /// What is wrong with the names, in the request's order.
    pub faults: Vec<Fault>,
}

/// A name that does not fit.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The request is not even an object.
    NoObject(Value),
    /// No parameter has this name.
    Unknown(String),
    /// It was given before, flat or nested.
    Twice(String),
    /// Parameters begin with this name and a dot, and it is given something other than an object.
    NoGroup(String, Value),
}

/// Brings a request (flat, nested or both) to one form: `null` is absent, and of what is given twice the first counts.
pub fn normalize(action: &Action, request: &Value) -> Request {
    let mut normal = Request { values: vec![None; action.parameters.len()], faults: Vec::new() };
    match request {
        Value::Object(members) => {
            for (name, value) in members {
                normal.give(action, name, value);
            }
        }
        other => normal.faults.push(Fault::NoObject(other.clone())),
    }
    normal
}

impl Request {
    fn give(&mut self, action: &Action, name: &str, value: &Value) {
        if value.is_null() {
            return;
        }
        if let Some(index) = action.parameter(name) {
            match self.values.get_mut(index) {
                Some(Some(_)) => self.faults.push(Fault::Twice(name.to_owned())),
                Some(absent) => *absent = Some(value.clone()),
                None => {}
            }
            return;
        }
        let group = format!("{name}.");
        if !action.parameters.iter().any(|parameter| parameter.name.as_str().starts_with(&group)) {
            self.faults.push(Fault::Unknown(name.to_owned()));
            return;
        }
        match value {
            Value::Object(members) => {
                for (member, value) in members {
                    self.give(action, &format!("{group}{member}"), value);
                }
            }
            other => self.faults.push(Fault::NoGroup(name.to_owned(), other.clone())),
        }
    }

    /// A parameter's value, if it is given.
    pub fn value(&self, index: usize) -> Option<&Value> {
        self.values.get(index).and_then(Option::as_ref)
    }

    /// The request with flat keys, in the action's order, and with the JSON that texts hold in place of the texts.
    pub fn to_json(&self, action: &Action) -> Value {
        let mut members = Map::new();
        for (parameter, value) in action.parameters.iter().zip(&self.values) {
            if let Some(value) = value {
                let held = match (&parameter.shape.kind, value) {
                    (Kind::Json(_), Value::String(text)) => serde_json::from_str(text).ok(),
                    _ => None,
                };
                members.insert(parameter.name.to_string(), held.unwrap_or_else(|| value.clone()));
            }
        }
        Value::Object(members)
    }
}

/// The text that travels, and that values are compared by: `true`, `30`, `1.5` (and `1` for 1.0); lists and objects as
/// compact JSON.
pub(super) fn wire_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => compact(other),
    }
}

fn compact(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if is_whole(float) => format!("{:.0}", float + 0.0),
            Some(float) => float.to_string(),
            None => number.to_string(),
        },
        Value::Array(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), compact(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// Whether a float is a whole number of 64 bits.
pub(super) fn is_whole(float: f64) -> bool {
    // 2⁶³: the largest `i64` is one less, and no float.
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    float.fract() == 0.0 && (-BOUND..BOUND).contains(&float)
}

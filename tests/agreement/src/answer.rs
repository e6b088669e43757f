//! Random answers of an action, and the same answer in the forms that services give it.

use crate::value::Values;
use bindery::model::{Api, Kind, Others, Shape};
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Makes answers: the same ones from the same seed.
pub struct Answers<'a> {
    values: Values<'a>,
    shape: &'a Shape,
}

impl<'a> Answers<'a> {
    /// Of a shape.
    pub fn new(api: &'a Api, shape: &'a Shape, seed: u64) -> Answers<'a> {
        Answers { values: Values { api, rng: Rng::with_seed(seed), chaos: 0 }, shape }
    }

    /// The next answer: every field of it fits, many are missing.
    pub fn answer(&mut self) -> Value {
        self.values.value(self.shape, &[], 0)
    }
}

/// A value with each of its parts changed, where the shape says what that is. A JSON text is a part of its own.
fn changed(api: &Api, shape: &Shape, value: &Value, change: &mut dyn FnMut(&Shape, Value) -> Value) -> Value {
    let shape = api.meant(shape);
    let value = match (&shape.kind, value) {
        (Kind::Object(members, others), Value::Object(object)) => {
            let inner = |name: &str| match (members.iter().find(|member| member.name.as_str() == name), others) {
                (Some(member), _) => Some(&member.shape),
                (None, Others::Of(shape)) => Some(&**shape),
                (None, _) => None,
            };
            let each = object.iter().map(|(name, value)| match inner(name) {
                Some(shape) => (name.clone(), changed(api, shape, value, change)),
                None => (name.clone(), value.clone()),
            });
            each.collect::<Map<_, _>>().into()
        }
        (Kind::List(inner), Value::Array(items)) => {
            items.iter().map(|item| changed(api, inner, item, change)).collect()
        }
        (Kind::Json(inner), value) if !value.is_string() => return changed(api, inner, value, change),
        _ => value.clone(),
    };
    change(shape, value)
}

/// Whether objects of a shape have fields of their own, and what is no field of theirs is kept beside those.
fn has_fields(shape: &Shape) -> bool {
    matches!(&shape.kind, Kind::Object(members, Others::Welcome | Others::Refused) if !members.is_empty())
}

/// A value without what its shape does not name.
pub fn known(api: &Api, shape: &Shape, value: &Value) -> Value {
    changed(api, shape, value, &mut |shape, mut value| {
        if let (Kind::Object(members, _), Value::Object(object), true) = (&shape.kind, &mut value, has_fields(shape)) {
            object.retain(|name, _| members.iter().any(|member| member.name.as_str() == name));
        }
        value
    })
}

/// A value with a member that no spec names in every object that has fields, and how many those are.
pub fn strange(api: &Api, shape: &Shape, value: &Value) -> (Value, usize) {
    let mut objects = 0;
    let value = changed(api, shape, value, &mut |shape, mut value| {
        if let (Value::Object(object), true) = (&mut value, has_fields(shape)) {
            object.insert("Strange".to_owned(), json!(1));
            objects += 1;
        }
        value
    });
    (value, objects)
}

/// Every truth value and number as text, every list of one as its element, where that cannot be taken for a list itself.
pub fn as_text(api: &Api, shape: &Shape, value: &Value) -> Value {
    changed(api, shape, value, &mut |shape, value| match (&shape.kind, &value) {
        (Kind::Boolean | Kind::Integer | Kind::Number, Value::Bool(_) | Value::Number(_)) => json!(value.to_string()),
        (Kind::List(_), Value::Array(items)) => match items.as_slice() {
            [one @ (Value::Bool(_) | Value::Number(_) | Value::Object(_))] => one.clone(),
            [Value::String(one)] if !one.trim().is_empty() => json!(one),
            _ => value,
        },
        _ => value,
    })
}

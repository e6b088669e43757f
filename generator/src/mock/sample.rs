//! What an action answers where nothing else is said: its sample, or a value of its response's shape. The same in every
//! run.

use super::answer::literal;
use crate::model::{Action, Api, Kind, Others, Shape};
use bindery_runtime::decode::success;
use serde_json::{Map, Value, json};

/// Shapes may hold themselves: deeper than this, nothing is made.
const DEPTH: usize = 12;

/// The answer of an action, ready for holes: its own texts have none but the request's ID.
pub(super) fn answer(api: &Api, action: &Action) -> Value {
    let sample = action.samples.json.clone().filter(Value::is_object);
    let made = || action.response.as_ref().and_then(|shape| of_shape(api, shape, DEPTH)).filter(Value::is_object);
    let mut members = match without_holes(sample.or_else(made).unwrap_or_else(|| json!({}))) {
        Value::Object(members) => success(members),
        _ => Map::new(),
    };
    members.insert("RequestId".to_owned(), "{RequestId}".into());
    Value::Object(members)
}

fn without_holes(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(literal(&text)),
        Value::Array(items) => items.into_iter().map(without_holes).collect(),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, without_holes(value))).collect())
        }
        other => other,
    }
}

/// A value of a shape.
fn of_shape(api: &Api, shape: &Shape, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let shape = api.meant(shape);
    let told = shape.example.clone().or_else(|| shape.default.clone());
    if let Some(value) = told.filter(|value| fits(value, &shape.kind)) {
        return Some(value);
    }
    let first = shape.values.first().map(|choice| choice.wire.as_str());
    Some(match &shape.kind {
        Kind::Text => first.unwrap_or("text").into(),
        Kind::Boolean => true.into(),
        Kind::Integer => first.and_then(|text| text.parse::<i64>().ok()).unwrap_or(1).into(),
        Kind::Number => first.and_then(|text| text.parse::<f64>().ok()).unwrap_or(1.5).into(),
        Kind::List(item) => of_shape(api, item, depth).into_iter().collect(),
        Kind::Json(held) => of_shape(api, held, depth).unwrap_or_else(|| json!({})).to_string().into(),
        Kind::Object(members, others) => {
            let known = members
                .iter()
                .filter_map(|member| Some((member.name.as_str().to_owned(), of_shape(api, &member.shape, depth)?)));
            let mut members: Map<String, Value> = known.collect();
            if let (Others::Of(shape), true) = (others, members.is_empty()) {
                members.extend(of_shape(api, shape, depth).map(|value| ("key".to_owned(), value)));
            }
            Value::Object(members)
        }
        Kind::Named(_) | Kind::Any => json!({}),
    })
}

fn fits(value: &Value, kind: &Kind) -> bool {
    match kind {
        Kind::Text | Kind::Json(_) => value.is_string(),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => value.is_i64(),
        Kind::Number => value.is_number(),
        Kind::List(_) => value.is_array(),
        Kind::Object(..) => value.is_object(),
        Kind::Named(_) => false,
        Kind::Any => true,
    }
}

//! A request in the form that its JSON Schema judges.

use crate::model::{Action, Api, Kind, Others, Shape};
use crate::rules::{Fault, Request};
use serde_json::{Map, Value};

/// A request as the instance of [`super::json_schema()`]: flat wire names, absent instead of `null`, JSON instead of
/// the text that holds it. `None` if there is no such instance: a text that should hold JSON does not, or a parameter
/// is given twice. Such a request is invalid, and no schema is needed to say so.
pub fn instance(api: &Api, action: &Action, request: &Request) -> Option<Value> {
    let mut members = Map::new();
    for (parameter, value) in action.parameters.iter().zip(&request.values) {
        if let Some(value) = value {
            members.insert(parameter.name.to_string(), unwrapped(api, &parameter.shape, value)?);
        }
    }
    for fault in &request.faults {
        match fault {
            Fault::NoObject(value) => return Some(value.clone()),
            Fault::Twice(_) => return None,
            Fault::Unknown(name) => members.insert(name.clone(), Value::Bool(true)),
            Fault::NoGroup(name, value) => members.insert(name.clone(), value.clone()),
        };
    }
    Some(Value::Object(members))
}

fn unwrapped(api: &Api, shape: &Shape, value: &Value) -> Option<Value> {
    Some(match (&shape.kind, value) {
        (Kind::Named(name), _) => match api.schema(name) {
            Some(shape) => unwrapped(api, shape, value)?,
            None => value.clone(),
        },
        (Kind::Json(inner), Value::String(text)) => unwrapped(api, inner, &serde_json::from_str(text).ok()?)?,
        (Kind::Json(inner), _) => unwrapped(api, inner, value)?,
        (Kind::List(item), Value::Array(items)) => {
            items.iter().map(|value| unwrapped(api, item, value)).collect::<Option<_>>()?
        }
        (Kind::Object(members, others), Value::Object(given)) => {
            let each = given.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| {
                let member = members.iter().find(|member| member.name.as_str() == name).map(|member| &member.shape);
                let value = match (member, others) {
                    (Some(shape), _) => unwrapped(api, shape, value)?,
                    (None, Others::Of(shape)) => unwrapped(api, shape, value)?,
                    (None, Others::Refused | Others::Welcome) => value.clone(),
                };
                Some((name.clone(), value))
            });
            Value::Object(each.collect::<Option<_>>()?)
        }
        _ => value.clone(),
    })
}

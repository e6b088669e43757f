//! A flat request as the generated types spell it.

use bindery::model::Action;
use bindery::rules::Request;
use serde_json::{Map, Value};

/// Dotted names become objects in objects.
pub fn nested(action: &Action, request: &Request) -> Value {
    let mut root = Map::new();
    for (parameter, value) in action.parameters.iter().zip(&request.values) {
        if let Some(value) = value {
            let parts: Vec<&str> = parameter.name.parts().collect();
            put(&mut root, &parts, value.clone());
        }
    }
    Value::Object(root)
}

fn put(object: &mut Map<String, Value>, parts: &[&str], value: Value) {
    match parts {
        [] => {}
        [last] => {
            object.insert((*last).to_owned(), value);
        }
        [first, rest @ ..] => {
            let group = object.entry(*first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(group) = group {
                put(group, rest, value);
            }
        }
    }
}

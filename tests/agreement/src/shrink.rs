//! Makes a request on which the judges disagree as small as it gets: keys and elements go while they still disagree.

use crate::judge::{Judges, Tally};
use serde_json::Value;

/// The smallest request, and what the judges say of it.
pub fn smallest(judges: &Judges<'_>, mut request: Value, mut disagreement: String) -> (Value, String) {
    'again: loop {
        for candidate in smaller(&request) {
            if let Err(still) = judges.judge(&candidate, &mut Tally::default()) {
                (request, disagreement) = (candidate, still);
                continue 'again;
            }
        }
        return (request, disagreement);
    }
}

/// The value without one of its parts, or with one part made smaller.
fn smaller(value: &Value) -> Vec<Value> {
    let mut out = Vec::new();
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let mut less = members.clone();
                less.shift_remove(name);
                out.push(Value::Object(less));
                out.extend(smaller(member).into_iter().map(|member| {
                    let mut less = members.clone();
                    less.insert(name.clone(), member);
                    Value::Object(less)
                }));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let mut less = items.clone();
                less.remove(index);
                out.push(Value::Array(less));
                out.extend(smaller(item).into_iter().map(|item| {
                    let mut less = items.clone();
                    less[index] = item;
                    Value::Array(less)
                }));
            }
        }
        _ => {}
    }
    out
}

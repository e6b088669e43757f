//! A request that is given as JSON: wire names flat, nested or both.

use crate::message;
use crate::table::{Severity, Table};
use crate::{Code, Json, Value, Violation, Violations};

/// Puts every parameter that is given into its slot; returns what is wrong with the names, in the request's order.
pub(crate) fn fill<'a>(table: &Table, request: &'a Json, slots: &mut [Option<Value<'a>>]) -> Violations {
    let mut violations = Violations::default();
    match request {
        Json::Object(members) => {
            for (name, value) in members {
                give(table, name, value, slots, &mut violations);
            }
        }
        other => {
            let message = message::request_type(Value::Json(other));
            violations.push(Violation::new(Code::Type, "", Severity::Error, message));
        }
    }
    violations
}

fn give<'a>(table: &Table, name: &str, value: &'a Json, slots: &mut [Option<Value<'a>>], violations: &mut Violations) {
    if value.is_null() {
        return;
    }
    let known = table.parameters.iter().zip(slots.iter_mut()).find(|(parameter, _)| parameter.name == name);
    let (code, message) = match (known, value) {
        (Some((_, slot)), _) if slot.is_none() => {
            *slot = Some(Value::Json(value));
            return;
        }
        (Some(_), _) => (Code::UnknownParameter, message::twice(name)),
        (None, Json::Object(members)) if is_group(table, name) => {
            for (member, value) in members {
                give(table, &format!("{name}.{member}"), value, slots, violations);
            }
            return;
        }
        (None, _) if is_group(table, name) => (Code::Type, message::group_type(name, Value::Json(value))),
        (None, _) => (Code::UnknownParameter, message::unknown_parameter(name, table)),
    };
    violations.push(Violation::new(code, name, Severity::Error, message));
}

/// What is given under names that the table does not know, in the request's order.
#[cfg(feature = "client")]
pub(crate) fn unknown<'a>(table: &Table, request: &'a Json) -> Vec<(String, &'a Json)> {
    fn visit<'a>(table: &Table, prefix: &str, json: &'a Json, found: &mut Vec<(String, &'a Json)>) {
        for (member, value) in json.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
            let name = format!("{prefix}{member}");
            if table.parameters.iter().any(|parameter| parameter.name == name) {
                continue;
            }
            match value {
                Json::Object(_) if is_group(table, &name) => visit(table, &format!("{name}."), value, found),
                _ => found.push((name, value)),
            }
        }
    }
    let mut found = Vec::new();
    visit(table, "", request, &mut found);
    found
}

fn is_group(table: &Table, name: &str) -> bool {
    table.parameters.iter().any(|parameter| parameter.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

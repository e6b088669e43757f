//! What sources disagree about, as a list.

use super::Node;
use crate::spec::Action;
use serde::Serialize;
use serde_json::Value;

/// Something that sources disagree about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// The action.
    pub action: String,
    /// The JSON pointer of what they speak of, in the action's file.
    pub pointer: String,
    /// The keyword; none where it is a rule as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// What counts.
    pub taken: Value,
    /// What others say, by source.
    pub others: Node,
}

/// Every conflict of an action that a person should look at: not that one source is vaguer than another.
pub fn conflicts(action: &Action) -> Vec<Conflict> {
    let mut found = vec![];
    if let Ok(value) = serde_json::to_value(action) {
        walk(&value, &action.action, "", &mut found);
    }
    found
}

fn walk(value: &Value, action: &str, pointer: &str, found: &mut Vec<Conflict>) {
    let Value::Object(node) = value else { return };
    for (keyword, others) in node.get("conflicts").and_then(Value::as_object).into_iter().flatten() {
        let Some(others) = others.as_object() else { continue };
        let rule = pointer.starts_with("/rules/");
        if rule {
            continue;
        }
        let taken = node.get(keyword.as_str()).cloned().unwrap_or(Value::Null);
        let json = node.get("style").is_some_and(|style| style == "json");
        let vaguer = |other: &Value| match keyword.as_str() {
            "type" => json && other.get("type").is_some_and(|kind| kind == "string"),
            "additionalProperties" => true,
            _ => false,
        };
        let others: Node =
            others.iter().filter(|(_, other)| !vaguer(other)).map(|(id, v)| (id.clone(), v.clone())).collect();
        if !others.is_empty() {
            let keyword = Some(keyword.clone());
            found.push(Conflict { action: action.to_owned(), pointer: pointer.to_owned(), keyword, taken, others });
        }
    }
    for (key, inner) in node.iter().filter(|(key, _)| !matches!(key.as_str(), "conflicts" | "samples" | "from")) {
        walk(inner, action, &crate::diag::below(pointer, key), found);
    }
}

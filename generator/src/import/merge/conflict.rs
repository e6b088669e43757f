//! What sources disagree about, as a list.

use super::Node;
use crate::diag::below;
use crate::spec::Action;
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// Something that sources disagree about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// The action.
    pub action: String,
    /// The JSON pointer of what they speak of, in the action's file.
    pub pointer: String,
    /// The keyword; none where it is a rule as a whole, and `*` where the newest sources do not know the parameter or
    /// field: then `taken` names those that do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// What counts.
    pub taken: Value,
    /// What others say, by source.
    pub others: Node,
}

/// The keyword that stands for a parameter as a whole.
const WHOLE: &str = "*";

/// `DoIt /parameters/A default: 2, but cli-meta.en says 3`.
impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.action, self.pointer)?;
        if self.keyword.as_deref() == Some(WHOLE) {
            let newest: Vec<&str> = self.others.keys().map(String::as_str).collect();
            let known = self.taken.as_str().unwrap_or_default();
            return write!(
                f,
                ": known from {}, and not from the newest, {}",
                known.replace(' ', ", "),
                newest.join(", ")
            );
        }
        if let Some(keyword) = &self.keyword {
            write!(f, " {keyword}")?;
        }
        write!(f, ": {}", short(&self.taken))?;
        for (id, other) in &self.others {
            write!(f, ", but {id} says {}", short(other))?;
        }
        Ok(())
    }
}

/// Every conflict of an action that a person should look at: not that one source is vaguer than another.
pub fn conflicts(action: &Action) -> Vec<Conflict> {
    let mut found = vec![];
    if let Ok(value) = serde_json::to_value(action) {
        walk(&value, &action.action, "", &mut found);
    }
    found.extend(gone(action));
    found
}

/// What the newest source does not know any more.
fn gone(action: &Action) -> impl Iterator<Item = Conflict> {
    action.lost().into_iter().map(|lost| Conflict {
        action: action.action.clone(),
        pointer: lost.pointer,
        keyword: Some(WHOLE.to_owned()),
        taken: lost.known.join(" ").into(),
        others: lost.newest.into_iter().map(|id| (id.to_owned(), Value::Null)).collect(),
    })
}

fn walk(value: &Value, action: &str, pointer: &str, found: &mut Vec<Conflict>) {
    let Value::Object(node) = value else { return };
    let others = node.get("conflicts").and_then(Value::as_object);
    if pointer.starts_with("/rules/") {
        if let Some(others) = others {
            let others = others.iter().map(|(id, other)| (id.clone(), demand(other))).collect();
            let (action, pointer) = (action.to_owned(), pointer.to_owned());
            found.push(Conflict { action, pointer, keyword: None, taken: demand(value), others });
        }
        return;
    }
    for (keyword, others) in others.into_iter().flatten() {
        let Some(others) = others.as_object() else { continue };
        let unwritten = || super::keyword::unwritten(keyword).unwrap_or(Value::Null);
        let taken = node.get(keyword.as_str()).cloned().unwrap_or_else(unwritten);
        let json = node.get("style").is_some_and(|style| style == "json");
        let vaguer = |other: &Value| match keyword.as_str() {
            "type" => json && other.get("type").is_some_and(|kind| kind == "string"),
            // What one source declares and its own prose denies is no other source's concern.
            "additionalProperties" | "disputed" => true,
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
        walk(inner, action, &below(pointer, key), found);
    }
}

/// What a rule demands, without where that is known from.
pub(super) fn demand(rule: &Value) -> Value {
    let said = rule.as_object().into_iter().flatten();
    let said =
        said.filter(|(key, _)| !matches!(key.as_str(), "conflicts" | "source" | "authority" | "severity" | "doc"));
    said.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// A value as a message shows it.
pub(super) fn short(value: &Value) -> String {
    let text = match value {
        Value::Object(list) if list.values().all(|entry| entry.as_object().is_some_and(Node::is_empty)) => {
            Value::from_iter(list.keys().map(String::as_str)).to_string()
        }
        value => value.to_string(),
    };
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

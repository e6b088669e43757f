//! What an action answers: its response, and its errors by HTTP status.

use super::super::shape::Writer;
use super::{COMPONENTS, component};
use crate::model::{Action, Error, Language};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn responses(writer: Writer<'_>, action: &Action) -> Value {
    let mut out = Map::from_iter([("200".to_owned(), success(writer, action))]);
    // Sorted, so that `default` comes last.
    let mut by_status: BTreeMap<String, Vec<&Error>> = BTreeMap::new();
    for error in &action.errors {
        let status = match error.status {
            // 200 is taken: an error that comes with it is told apart by the answer's body alone.
            Some(status @ (100..=199 | 201..=599)) => status.to_string(),
            _ => "default".to_owned(),
        };
        by_status.entry(status).or_default().push(error);
    }
    out.extend(by_status.into_iter().map(|(status, errors)| (status, failure(writer, &errors))));
    Value::Object(out)
}

fn success(writer: Writer<'_>, action: &Action) -> Value {
    let description = match writer.language {
        Language::En => "The request was accepted.",
        Language::Zh => "请求已被接受。",
    };
    let mut out = json!({"description": description});
    if action.response.is_some() {
        let mut content = json!({"schema": {"$ref": format!("{COMPONENTS}{}", component(writer.api, action.name.as_str(), "Response"))}});
        if let Some(sample) = &action.samples.json {
            content["example"] = sample.clone();
        }
        out["content"] = json!({"application/json": content});
    }
    out
}

fn failure(writer: Writer<'_>, errors: &[&Error]) -> Value {
    let line = |error: &&Error| match error.doc.get(writer.language) {
        "" => format!("- `{}`", error.code),
        doc => format!("- `{}`: {doc}", error.code),
    };
    let description = errors.iter().map(line).collect::<Vec<_>>().join("\n");
    let retryable: Vec<&str> = errors.iter().filter(|error| error.retryable).map(|error| error.code.as_str()).collect();
    let schema = json!({"$ref": format!("{COMPONENTS}{}", component(writer.api, "Error", ""))});
    let mut out = json!({"description": description, "content": {"application/json": {"schema": schema}}});
    if !retryable.is_empty() {
        out["x-bindery-retryable"] = json!(retryable);
    }
    out
}

/// What every error says of itself.
pub(super) fn error_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "Code": {"type": "string"},
            "Message": {"type": "string"},
            "RequestId": {"type": "string"},
        },
    })
}

//! What an action answers: its response, and its errors by HTTP status.

use super::super::shape::Writer;
use super::{SCHEMAS, component};
use crate::model::{Action, Error, Language};
use serde_json::{Map, Value, json};

pub(super) fn responses(writer: Writer<'_>, action: &Action) -> Value {
    let mut out = Map::from_iter([("200".to_owned(), success(writer, action))]);
    let mut statuses: Vec<Option<u16>> = action.errors.iter().map(|error| error.status).collect();
    // A status that is not known comes last, as OpenAPI's `default`.
    statuses.sort_unstable_by_key(|status| status.map_or(u16::MAX, |status| status));
    statuses.dedup();
    for status in statuses {
        let errors: Vec<&Error> = action.errors.iter().filter(|error| error.status == status).collect();
        // An error that comes with status 200 is an answer all the same, and 200 is taken.
        let key = match status {
            Some(200) | None => "default".to_owned(),
            Some(status) => status.to_string(),
        };
        out.insert(key, failure(writer, &errors));
    }
    Value::Object(out)
}

fn success(writer: Writer<'_>, action: &Action) -> Value {
    let description = match writer.language {
        Language::En => "The request was accepted.",
        Language::Zh => "请求已被接受。",
    };
    let mut out = json!({"description": description});
    if action.response.is_some() {
        let mut content =
            json!({"schema": {"$ref": format!("{SCHEMAS}{}", component(writer.api, action, "Response"))}});
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
    let codes: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
    let schema = json!({
        "type": "object",
        "properties": {
            "Code": {"type": "string", "examples": codes},
            "Message": {"type": "string"},
            "RequestId": {"type": "string"},
        },
    });
    let mut out = json!({"description": description, "content": {"application/json": {"schema": schema}}});
    if !retryable.is_empty() {
        out["x-bindery-retryable"] = json!(retryable);
    }
    out
}

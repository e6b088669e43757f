//! What an answer may show: nothing that the spec calls sensitive, and nothing of the request's own secrets.

use super::super::sheet::HIDDEN;
use super::outcome::masked;
use crate::model::{Api, Kind, Others, Shape};
use serde_json::Value;

/// Hides what must not be shown.
pub(super) fn veil(api: &Api, shape: Option<&Shape>, answer: &mut Value, secrets: &[String]) {
    let shape = shape.map(|shape| api.meant(shape));
    if shape.is_some_and(|shape| shape.sensitive) && !answer.is_null() {
        *answer = Value::from(HIDDEN);
        return;
    }
    let kind = shape.map(|shape| &shape.kind);
    match (answer, kind) {
        (Value::Array(items), kind) => {
            let inner = match kind {
                Some(Kind::List(item)) => Some(&**item),
                _ => shape,
            };
            items.iter_mut().for_each(|item| veil(api, inner, item, secrets));
        }
        // One element, where a list is meant.
        (answer, Some(Kind::List(item))) => veil(api, Some(item), answer, secrets),
        (Value::Object(members), kind) => {
            for (name, value) in members {
                let inner = match kind {
                    Some(Kind::Object(known, others)) => {
                        let known =
                            known.iter().find(|member| member.name.as_str() == name).map(|member| &member.shape);
                        known.or(match others {
                            Others::Of(other) => Some(&**other),
                            Others::Refused | Others::Welcome => None,
                        })
                    }
                    _ => None,
                };
                veil(api, inner, value, secrets);
            }
        }
        (Value::String(text), kind) => {
            if let Some(Kind::Json(inner)) = kind
                && let Ok(mut held) = serde_json::from_str::<Value>(text)
            {
                let before = held.clone();
                veil(api, Some(inner), &mut held, secrets);
                if held != before {
                    *text = held.to_string();
                }
            }
            *text = masked(text, secrets);
        }
        (Value::Null | Value::Bool(_) | Value::Number(_), _) => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pipeline;
    use serde_json::json;
    use std::fs;

    #[test]
    fn what_the_spec_calls_sensitive_is_hidden_at_any_depth() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("actions")).unwrap();
        let product = json!({"product": "Made", "version": "1", "schemas": {"Card": {"type": "object", "properties": {
            "Number": {"type": "string", "sensitive": true}, "Name": {"type": "string"}}}}});
        let secret = json!({"type": "string", "sensitive": true});
        let action = json!({"action": "Look", "parameters": {}, "response": {"type": "object", "properties": {
            "Password": secret, "Cards": {"type": "array", "items": {"$ref": "#/schemas/Card"}},
            "Held": {"type": "string", "contentMediaType": "application/json", "contentSchema": {"$ref": "#/schemas/Card"}},
            "Pins": {"type": "object", "additionalProperties": secret}}}});
        fs::write(folder.path().join("product.json"), product.to_string()).unwrap();
        fs::write(folder.path().join("actions/Look.json"), action.to_string()).unwrap();
        let api = pipeline::load(folder.path()).api.unwrap();
        let mut answer = json!({
            "Password": 1234, "Cards": [{"Number": "1", "Name": "n"}, {"Number": null}], "Held": "{\"Number\": \"1\"}",
            "Pins": {"a": "1", "b": ["2"]}, "Other": {"Echo": "you sent hunter2"},
        });
        veil(&api, api.action("Look").unwrap().response.as_ref(), &mut answer, &["hunter2".to_owned()]);
        let expected = json!({
            "Password": "***", "Cards": [{"Number": "***", "Name": "n"}, {"Number": null}],
            "Held": "{\"Number\":\"***\"}", "Pins": {"a": "***", "b": "***"}, "Other": {"Echo": "you sent ***"},
        });
        assert_eq!(answer, expected);
        let mut one = json!({"Cards": {"Number": "1"}});
        veil(&api, api.action("Look").unwrap().response.as_ref(), &mut one, &[]);
        assert_eq!(one, json!({"Cards": {"Number": "***"}}));
    }
}

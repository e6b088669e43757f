//! One action as a path with one operation.

use super::super::shape::Writer;
use super::{COMPONENTS, answer, call, component};
use crate::model::{Action, ActionEffect, Authority, Kind, Method, Parameter, Place, Severity, Style};
use crate::rules::words;
use serde_json::{Map, Value, json};

/// A path that tells an action from all others: its name, then what OpenAPI wants to see of parameters in a path.
pub(super) fn path(action: &Action) -> String {
    let inside = action.parameters.iter().filter(|parameter| parameter.place == Place::Path);
    inside.fold(format!("/{}", action.name), |path, parameter| format!("{path}/{{{}}}", parameter.name))
}

pub(super) fn method(action: &Action) -> &'static str {
    match action.method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
        Method::Head => "head",
    }
}

pub(super) fn operation(writer: Writer<'_>, action: &Action) -> Value {
    let mut out = Map::from_iter([("operationId".to_owned(), json!(action.name.as_str()))]);
    let mut put = |key: &str, value: Value| {
        if !matches!(&value, Value::String(text) if text.is_empty())
            && !matches!(&value, Value::Array(list) if list.is_empty())
            && !value.is_null()
        {
            out.insert(key.to_owned(), value);
        }
    };
    put("summary", json!(action.summary.get(writer.language)));
    put("description", json!(action.doc.get(writer.language)));
    put("deprecated", if action.deprecated { json!(true) } else { Value::Null });
    put("parameters", action.parameters.iter().filter_map(|parameter| outside_body(writer, parameter)).collect());
    put("requestBody", body(writer, action).unwrap_or_default());
    put("responses", answer::responses(writer, action));
    let effect = match action.effect {
        ActionEffect::Read => "read",
        ActionEffect::Write => "write",
        ActionEffect::Spend => "spend",
    };
    put("x-bindery-effect", json!(effect));
    put("x-bindery-request", json!(format!("{COMPONENTS}{}", component(writer.api, action.name.as_str(), "Request"))));
    put("x-bindery-rules", rules(writer, action));
    put("x-bindery-pagination", call::pagination(action));
    put("x-bindery-waiters", call::waiters(writer.api, action, writer.language));
    let hosts = action.parameters.iter().filter(|parameter| parameter.place == Place::Host);
    put("x-bindery-in-host", hosts.map(|parameter| json!(parameter.name.as_str())).collect());
    Value::Object(out)
}

/// A parameter of the query, the path or a header.
fn outside_body(writer: Writer<'_>, parameter: &Parameter) -> Option<Value> {
    let place = match parameter.place {
        Place::Query => "query",
        Place::Path => "path",
        Place::Header => "header",
        Place::Form | Place::Body | Place::Host => return None,
    };
    let shape = &parameter.shape;
    let mut out = Map::from_iter([
        ("name".to_owned(), json!(parameter.name.as_str())),
        ("in".to_owned(), json!(place)),
        ("required".to_owned(), json!(parameter.required || parameter.place == Place::Path)),
    ]);
    let description = writer.description(shape, &parameter.preconditions);
    if !description.is_empty() {
        out.insert("description".to_owned(), json!(description));
    }
    if shape.deprecated {
        out.insert("deprecated".to_owned(), json!(true));
    }
    let schema = writer.schema(shape);
    match travel(writer, parameter) {
        Travel::Json => {
            out.insert("content".to_owned(), json!({"application/json": {"schema": schema}}));
            return Some(Value::Object(out));
        }
        Travel::Joined if parameter.place == Place::Query => {
            out.insert("style".to_owned(), json!("form"));
            out.insert("explode".to_owned(), json!(false));
        }
        Travel::Own(style) => {
            out.insert("x-bindery-style".to_owned(), json!(style));
        }
        Travel::Plain | Travel::Joined => {}
    }
    out.insert("schema".to_owned(), Value::Object(schema));
    Some(Value::Object(out))
}

/// The form's fields, or the one parameter that is the body.
fn body(writer: Writer<'_>, action: &Action) -> Option<Value> {
    if let Some(parameter) = action.parameters.iter().find(|parameter| parameter.place == Place::Body) {
        let schema = writer.described(&parameter.shape, &parameter.preconditions);
        return Some(json!({"required": parameter.required, "content": {"application/json": {"schema": schema}}}));
    }
    let fields: Vec<&Parameter> = action.parameters.iter().filter(|parameter| parameter.place == Place::Form).collect();
    if fields.is_empty() {
        return None;
    }
    let mut properties = Map::new();
    let mut encoding = Map::new();
    for parameter in &fields {
        let name = parameter.name.as_str();
        let mut schema = writer.described(&parameter.shape, &parameter.preconditions);
        match travel(writer, parameter) {
            Travel::Json => {
                encoding.insert(name.to_owned(), json!({"contentType": "application/json"}));
            }
            Travel::Joined => {
                encoding.insert(name.to_owned(), json!({"style": "form", "explode": false}));
            }
            Travel::Own(style) => {
                schema.insert("x-bindery-style".to_owned(), json!(style));
            }
            Travel::Plain => {}
        }
        properties.insert(name.to_owned(), Value::Object(schema));
    }
    let required: Vec<&str> =
        fields.iter().filter(|parameter| parameter.required).map(|parameter| parameter.name.as_str()).collect();
    let mut schema = json!({"type": "object", "properties": properties});
    let mandatory = !required.is_empty();
    if mandatory {
        schema["required"] = json!(required);
    }
    let mut content = json!({"schema": schema});
    if !encoding.is_empty() {
        content["encoding"] = Value::Object(encoding);
    }
    Some(json!({"required": mandatory, "content": {"application/x-www-form-urlencoded": content}}))
}

/// How a parameter's value becomes text.
enum Travel {
    Plain,
    Json,
    Joined,
    /// In a way that OpenAPI has no word for.
    Own(&'static str),
}

fn travel(writer: Writer<'_>, parameter: &Parameter) -> Travel {
    match (writer.resolved(&parameter.shape.kind), parameter.style) {
        (Kind::Json(_), _) | (Kind::List(_) | Kind::Object(..), Style::Json) => Travel::Json,
        (Kind::List(_) | Kind::Object(..), Style::Simple) => Travel::Joined,
        (Kind::List(_) | Kind::Object(..), Style::Repeat) => Travel::Own("repeatList"),
        (Kind::List(_) | Kind::Object(..), Style::Flat) => Travel::Own("flat"),
        _ => Travel::Plain,
    }
}

fn rules(writer: Writer<'_>, action: &Action) -> Value {
    let said = action.rules.iter().map(|rule| {
        let severity = match rule.severity {
            Severity::Error => "error",
            Severity::Advice => "advice",
        };
        let authority = match rule.authority {
            Authority::Declared => "declared",
            Authority::Documented => "documented",
            Authority::Judged => "judged",
        };
        json!({
            "id": rule.id,
            "severity": severity,
            "authority": authority,
            "text": words::rule(action, rule, writer.language),
        })
    });
    said.collect()
}

//! A request of one action as JSON Schema 2020-12.

use super::NOT_EXPRESSED;
use super::rule;
use super::shape::{Dialect, Side, Writer};
use crate::model::{Action, Api, Kind, Language, Others, Shape};
use serde_json::{Map, Value, json};

/// The JSON Schema of an action's request in the form that [`super::instance()`] gives it.
///
/// A request is valid by it exactly if the validators find no error in it, but for the rules listed under
/// [`NOT_EXPRESSED`]. Titles and descriptions are in the language, where there are any.
pub fn json_schema(api: &Api, action: &Action, language: Language) -> Value {
    let writer = Writer { api, language, dialect: Dialect::JsonSchema, side: Side::Request };
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert(
        "$comment".to_owned(),
        json!("A request as flat wire names, without nulls; JSON-valued parameters are JSON, not text."),
    );
    root.extend(request(writer, action));
    let definitions = definitions(writer, action.parameters.iter().map(|parameter| &parameter.shape));
    if !definitions.is_empty() {
        root.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(root)
}

/// A request of an action, as a schema that stands in a larger document.
pub(super) fn request(writer: Writer<'_>, action: &Action) -> Map<String, Value> {
    let mut out = Map::from_iter([("title".to_owned(), json!(action.name.as_str()))]);
    let summary = action.summary.get(writer.language);
    if !summary.is_empty() {
        out.insert("description".to_owned(), json!(summary));
    }
    if action.deprecated {
        out.insert("deprecated".to_owned(), json!(true));
    }
    out.insert("type".to_owned(), json!("object"));
    let properties = action.parameters.iter().map(|parameter| {
        let schema = writer.described(&parameter.shape, &parameter.preconditions);
        (parameter.name.as_str().to_owned(), Value::Object(schema))
    });
    out.insert("properties".to_owned(), Value::Object(properties.collect()));
    let required: Vec<&str> =
        action.parameters.iter().filter(|parameter| parameter.required).map(|p| p.name.as_str()).collect();
    if !required.is_empty() {
        out.insert("required".to_owned(), json!(required));
    }
    out.insert("additionalProperties".to_owned(), json!(false));
    let mut expressed = Vec::new();
    let mut unexpressed = Vec::new();
    for rule in &action.rules {
        match rule::schema(writer, action, rule) {
            Ok(schema) => expressed.push(Value::Object(schema)),
            Err(why) => unexpressed.push(json!({"rule": rule.id, "reason": why.reason()})),
        }
    }
    for (keyword, list) in [("allOf", expressed), (NOT_EXPRESSED, unexpressed)] {
        if !list.is_empty() {
            out.insert(keyword.to_owned(), Value::Array(list));
        }
    }
    out
}

/// The named shapes that others lead to, in the API's order.
pub(super) fn definitions<'a>(writer: Writer<'a>, shapes: impl Iterator<Item = &'a Shape>) -> Map<String, Value> {
    let mut names = Vec::new();
    for shape in shapes {
        reach(writer.api, shape, &mut names);
    }
    let reached = writer.api.schemas.iter().filter(|(name, _)| names.contains(&name.as_str()));
    reached.map(|(name, shape)| (writer.definition(name), Value::Object(writer.described(shape, &[])))).collect()
}

/// Collects the names that a shape leads to, each once: a named shape may lead back to itself.
fn reach<'a>(api: &'a Api, shape: &'a Shape, names: &mut Vec<&'a str>) {
    match &shape.kind {
        Kind::Named(name) if names.contains(&name.as_str()) => {}
        Kind::Named(name) => {
            names.push(name);
            if let Some(shape) = api.schema(name) {
                reach(api, shape, names);
            }
        }
        Kind::List(inner) | Kind::Json(inner) => reach(api, inner, names),
        Kind::Object(members, others) => {
            for member in members {
                reach(api, &member.shape, names);
            }
            if let Others::Of(shape) = others {
                reach(api, shape, names);
            }
        }
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => {}
    }
}

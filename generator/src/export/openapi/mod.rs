//! A product's API as OpenAPI 3.1.1: every action an operation, the shapes and the requests as components.

mod answer;
mod call;
mod operation;
mod server;

use super::json_schema::{definitions, request};
use super::shape::{COMPONENTS, Dialect, Side, Writer};
use crate::model::{Action, Api, Language, Protocol};
use serde_json::{Map, Value, json};

/// The OpenAPI 3.1.1 document of a whole API, its words in one language.
///
/// Rules stand in it twice: as the JSON Schema of each request (`components.schemas.<Action>Request`, as in
/// [`super::json_schema()`]) and in words at the operation (`x-bindery-rules`). OpenAPI can hold one operation for a path
/// and method, so actions that share these have paths of their own; the document says how the service is really
/// addressed.
pub fn openapi(api: &Api, language: Language) -> Value {
    let requests = Writer { api, language, dialect: Dialect::OpenApi, side: Side::Request };
    let answers = Writer { side: Side::Response, ..requests };
    let given = api.actions.iter().flat_map(|action| action.parameters.iter().map(|parameter| &parameter.shape));
    let mut schemas = definitions(requests, given);
    schemas.extend(definitions(answers, api.actions.iter().filter_map(|action| action.response.as_ref())));
    let mut paths = Map::new();
    for action in &api.actions {
        let mut request = request(requests, action);
        if let Some(sample) = sample(action) {
            request.insert("examples".to_owned(), json!([sample]));
        }
        schemas.insert(component(api, action.name.as_str(), "Request"), Value::Object(request));
        if let Some(response) = &action.response {
            let schema = answers.described(response, &[]);
            schemas.insert(component(api, action.name.as_str(), "Response"), Value::Object(schema));
        }
        insert(&mut paths, requests, action);
    }
    if api.actions.iter().any(|action| !action.errors.is_empty()) {
        schemas.insert(component(api, "Error", ""), answer::error_schema());
    }
    let mut document = json!({"openapi": "3.1.1", "info": info(api, language)});
    if let Value::Object(document) = &mut document {
        let servers = server::list(&api.endpoints, language);
        if !servers.is_empty() {
            document.insert("servers".to_owned(), Value::Array(servers));
        }
        document.insert("paths".to_owned(), Value::Object(paths));
        document.insert("components".to_owned(), json!({"schemas": schemas}));
    }
    document
}

/// Puts an action where the service takes it, or, where that tells it from no other, at a path of its own.
fn insert(paths: &mut Map<String, Value>, writer: Writer<'_>, action: &Action) {
    let method = operation::method(action);
    let real = action.path.as_str();
    // A path of the standard has no query.
    let free = !action.path.has_query() && paths.get(real).is_none_or(|item| item.get(method).is_none());
    let (path, mut item) = match writer.api.protocol {
        Protocol::Roa if free => (real.to_owned(), paths.shift_remove(real).unwrap_or_else(|| json!({}))),
        Protocol::Roa | Protocol::Rpc => (operation::path(action), json!({"x-bindery-action": action.name.as_str()})),
    };
    item[method] = operation::operation(writer, action);
    paths.insert(path, item);
}

fn info(api: &Api, language: Language) -> Value {
    let title = api.title.get(language);
    let title = if title.is_empty() { api.product.as_str() } else { title };
    let addressing = match (api.protocol, language) {
        (Protocol::Roa, _) => "",
        (Protocol::Rpc, Language::En) => {
            "The paths of this document only tell the actions apart. The service itself answers at `/` and takes the \
             name of the action from the header `x-acs-action`; `x-bindery-action` repeats it at each path."
        }
        (Protocol::Rpc, Language::Zh) => {
            "本文档中的路径仅用于区分各个操作。服务的实际路径是 `/`，操作名称由请求头 `x-acs-action` 传入，\
             即各路径下 `x-bindery-action` 的值。"
        }
    };
    let doc = api.doc.get(language).trim();
    let mut info = json!({"title": title, "version": api.version});
    let description = [doc, addressing].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    if !description.is_empty() {
        info["description"] = json!(description);
    }
    info
}

/// The name of a component. A shape of the API that has the name already keeps it.
fn component(api: &Api, name: &str, part: &str) -> String {
    let whole = format!("{name}{part}");
    if api.schema(&whole).is_some() { format!("{name}.{part}") } else { whole }
}

/// The sample request without what nobody should see.
fn sample(action: &Action) -> Option<Value> {
    let mut sample = action.samples.request.clone()?;
    for parameter in action.parameters.iter().filter(|parameter| parameter.shape.sensitive) {
        if let Some(value) = sample.get_mut(parameter.name.as_str()) {
            *value = json!("****");
        }
    }
    Some(Value::Object(sample))
}

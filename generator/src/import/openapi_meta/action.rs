//! One action: how it is called, its parameters, its errors.

use super::at::{At, Reader};
use super::field::{self, Side};
use super::{answer, known, sample};
use crate::diag::Origin;
use crate::import::Description;
use crate::import::draft::{Draft, Field, Kind, ProductDraft, named};
use crate::spec::{Action, ActionEffect, ErrorCode, In, Map, Method, Protocol, Style};

/// What the names of actions begin with that only read.
const READING: [&str; 6] = ["Describe", "List", "Get", "Query", "Check", "Search"];

/// Reads an action. `None` after an error that leaves nothing to go on with.
pub(super) fn action(
    reader: &mut Reader<'_>,
    name: &str,
    at: &At<'_>,
    schemas: Option<&At<'_>>,
    product: &ProductDraft,
) -> Option<Draft> {
    if !reader.is_object(at) {
        return None;
    }
    reader.keys(at, known::ACTION);
    let mut said = |key: &'static str| reader.text(at, key).map(str::trim).filter(|text| !text.is_empty());
    let summary = said("summary").or(said("title"));
    let more = [said("description"), said("requestParamsDescription"), said("extraInfo")];
    let doc = more.iter().flatten().copied().collect::<Vec<_>>().join("\n\n");
    let mut declared = Action {
        summary: summary.and_then(|text| reader.language.text(text)),
        doc: reader.language.text(&doc),
        effect: effect(reader, name, at),
        methods: methods(reader, at),
        deprecated: reader.flag(at, "deprecated").unwrap_or(false),
        errors: errors(reader, at),
        samples: sample::samples(reader, at),
        ..named(name)
    };
    // An empty text is how the format says that there is none.
    let path = reader.text(at, "path").filter(|path| !path.is_empty());
    match product.facts.style {
        // Some write a parameter's place as `[Id]`.
        Protocol::Roa => declared.path = path.map(|path| path.replace('[', "{").replace(']', "}")),
        Protocol::Rpc if path.is_some() => {
            reader.warn(
                "path",
                &at.near("path"),
                "the product's actions share one path, and this one names another",
                "it is left out",
            );
        }
        Protocol::Rpc => {}
    }
    let parameters = parameters(reader, at);
    Some(Draft {
        kind: Kind::OpenapiMeta,
        file: reader.file.clone(),
        document: product.document.clone(),
        language: product.language,
        as_of: None,
        product: Some(product.facts.product.clone()),
        version: Some(product.facts.version.clone()),
        origin: Origin::key(reader.file, at.pointer()),
        declared,
        intro: Description::parse(&doc, 1),
        parameters,
        response: answer::answer(reader, at, schemas),
    })
}

fn methods(reader: &mut Reader<'_>, at: &At<'_>) -> Vec<Method> {
    let Some(list) = at.get("methods") else { return vec![] };
    let mut methods = vec![];
    for item in list.items() {
        methods.push(match item.value.as_str() {
            Some("get") => Method::Get,
            Some("post") => Method::Post,
            Some("put") => Method::Put,
            Some("patch") => Method::Patch,
            Some("delete") => Method::Delete,
            Some("head") => Method::Head,
            // Nobody calls an action so.
            Some("options" | "trace") => continue,
            _ => {
                let message = format!("`{}` is no method", item.value);
                reader.error("unknown-word", &item, message, "one of: get, post, put, patch, delete, head");
                continue;
            }
        });
    }
    // Any of them will do; a body is always possible with this one.
    if let Some(post) = methods.iter().position(|method| *method == Method::Post) {
        methods.swap(0, post);
    }
    methods
}

/// What the action does to the world, if the two declarations agree. To call again what only reads is harmless, so both
/// must say that it does.
fn effect(reader: &mut Reader<'_>, name: &str, at: &At<'_>) -> Option<ActionEffect> {
    let tags = at.get("systemTags");
    if let Some(tags) = &tags {
        reader.keys(tags, known::TAGS);
    }
    let mut tag = |key: &'static str| tags.as_ref().and_then(|tags| reader.text(tags, key));
    let (does, costs) = (tag("operationType"), tag("chargeType"));
    let kind = reader.text(at, "operationType");
    let reads = match (kind, does) {
        (Some("read") | None, Some("get" | "list")) => true,
        (Some("read"), Some("none") | None) => READING.iter().any(|begin| name.starts_with(begin)),
        (None, Some("none") | None) => return None,
        _ => false,
    };
    Some(match (reads, costs) {
        (true, _) => ActionEffect::Read,
        (false, Some("paid")) => ActionEffect::Spend,
        (false, _) => ActionEffect::Write,
    })
}

fn errors(reader: &mut Reader<'_>, at: &At<'_>) -> Map<ErrorCode> {
    let mut errors: Map<ErrorCode> = Map::new();
    let Some(codes) = at.get("errorCodes") else { return errors };
    for (status, list) in codes.members() {
        let status = status.parse().ok().filter(|status| (100..600).contains(status));
        for item in list.items() {
            reader.keys(&item, known::ERROR);
            let Some(code) = reader.text(&item, "errorCode").map(str::trim) else { continue };
            let sound = !code.is_empty() && code.len() <= 128 && code.bytes().all(|b| b.is_ascii_graphic());
            if !sound {
                let message = format!("`{}` cannot be an error code", code.escape_debug());
                reader.warn(
                    "error-code",
                    &item,
                    message,
                    "it is left out: a code is at most 128 visible ASCII characters",
                );
                continue;
            }
            let message = reader.text(&item, "errorMessage").and_then(|text| reader.language.text(text));
            errors.entry(code.to_owned()).or_insert(ErrorCode { status, doc: message, ..ErrorCode::default() });
        }
    }
    errors
}

fn parameters(reader: &mut Reader<'_>, at: &At<'_>) -> Vec<Field> {
    let Some(list) = at.get("parameters") else { return vec![] };
    if !reader.is_list(&list) {
        return vec![];
    }
    let mut found: Vec<(Field, At<'_>)> = vec![];
    for item in list.items() {
        if !reader.is_object(&item) {
            continue;
        }
        reader.keys(&item, known::PARAMETER);
        let (Some(name), Some(schema)) = (reader.text(&item, "name"), item.get("schema")) else {
            reader.error("parameter", &item, "the parameter has no `name` or no `schema`", "it needs both");
            continue;
        };
        let is_twin = found.iter().any(|(_, other)| other.value == item.value);
        let Some(mut field) = field::field(reader, name, &schema, Side::Request) else { continue };
        place(reader, &item, &mut field);
        if let Some((known, _)) = found.iter().find(|(known, _)| known.name == name) {
            // The very same twice is a slip; two parameters of one name would be two facts.
            let shape = |field: &Field| (field.declared.kind, field.declared.place, field.declared.style);
            if shape(known) != shape(&field) {
                let message = format!("the parameter `{}` stands here twice", name.escape_debug());
                reader.error("parameter-twice", &item, message, "take one of them away");
            } else if !is_twin {
                let message =
                    format!("the parameter `{}` stands here twice, with different words", name.escape_debug());
                reader.warn("parameter-twice", &item, message, "the first one counts");
            }
            continue;
        }
        found.push((field, item));
    }
    found.into_iter().map(|(field, _)| field).collect()
}

fn place(reader: &mut Reader<'_>, at: &At<'_>, field: &mut Field) {
    field.declared.place = match reader.text(at, "in") {
        Some("query") | None => None,
        Some("formData") => Some(In::FormData),
        Some("body") => Some(In::Body),
        Some("path") => Some(In::Path),
        Some("header") => Some(In::Header),
        Some("host") => Some(In::Host),
        Some(other) => {
            let message = format!("`{}` is no place for a parameter", other.escape_debug());
            reader.error("unknown-word", &at.near("in"), message, "one of: query, formData, body, path, header, host");
            None
        }
    };
    field.declared.style = match reader.text(at, "style") {
        None => None,
        Some("repeatList") => Some(Style::RepeatList),
        Some("flat") => Some(Style::Flat),
        Some("simple") => Some(Style::Simple),
        Some("json") => Some(Style::Json),
        Some("xml") => Some(Style::Xml),
        Some(other) => {
            let message = format!("`{}` travels in the style `{}`", field.name.escape_debug(), other.escape_debug());
            reader.error("unknown-word", &at.near("style"), message, "one of: repeatList, flat, simple, json, xml");
            None
        }
    };
    // A URL without it would be another URL.
    if field.declared.place == Some(In::Path) && !field.declared.required {
        field.declared.required = true;
        field.declared.disputed.insert("required".to_owned(), false.into());
    }
}

//! A schema as a field: its type, what it is made of, its texts.

use super::at::{At, Reader};
use super::{keyword, known};
use crate::diag::below;
use crate::import::Description;
use crate::import::draft::Field;
use crate::spec::{AdditionalProperties, Parameter, Type};
use serde_json::Value;

/// Who makes the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The caller.
    Request,
    /// The service: nothing in an answer is required of anybody.
    Answer,
    /// Either: a shape that the document names.
    Shared,
}

/// How a reference to a schema begins.
pub(super) const REFERENCE: &str = "#/components/schemas/";

/// Reads a schema. `None` after an error.
pub(super) fn field(reader: &mut Reader<'_>, name: &str, at: &At<'_>, side: Side) -> Option<Field> {
    if !reader.is_object(at) {
        return None;
    }
    reader.keys(at, known::SCHEMA);
    let mut field = Field { name: name.to_owned(), ..Field::default() };
    let reference = reader.text(at, "$ref");
    let kind = reader.text(at, "type");
    match (reference, kind) {
        (Some(reference), _) => refer(reader, at, reference, &mut field.declared),
        (None, Some(kind)) => {
            field.declared.kind = Some(type_of(reader, at, kind)?);
            contents(reader, at, &mut field, side)?;
        }
        (None, None) => {
            reader.error("type", at, format!("`{}` has no type", name.escape_debug()), "say its `type`, or a `$ref`");
            return None;
        }
    }
    let describes = reader.text(at, "description").filter(|text| !text.trim().is_empty());
    let text = describes.or(reader.text(at, "title")).unwrap_or_default();
    let key = if describes.is_some() { "description" } else { "title" };
    // Of an answer nothing is told that needs a place.
    field.description = match side {
        Side::Answer => Description::parse(text, 1),
        Side::Request | Side::Shared => Description::of_json(text, below(&at.pointer(), key), None),
    };
    field.declared.doc = reader.language.text(text);
    field.declared.example = reader
        .text(at, "example")
        .filter(|example| !example.trim().is_empty())
        .map(|example| Value::from(example.trim()));
    field.declared.deprecated = reader.flag(at, "deprecated").unwrap_or(false);
    keyword::keywords(reader, at, &mut field.declared);
    if side != Side::Answer {
        keyword::required(reader, at, &mut field.declared);
    }
    Some(field)
}

fn refer(reader: &mut Reader<'_>, at: &At<'_>, reference: &str, declared: &mut Parameter) {
    let known = reference.strip_prefix(REFERENCE).filter(|name| reader.schemas.contains(name));
    match known {
        Some(name) => declared.reference = Some(format!("#/schemas/{name}")),
        None => nowhere(reader, at, reference, declared),
    }
}

fn nowhere(reader: &mut Reader<'_>, at: &At<'_>, reference: &str, declared: &mut Parameter) {
    let message = format!("`{}` leads nowhere", reference.escape_debug());
    let help = "it is read as anything; the document should hold that schema";
    reader.warn("reference", &at.near("$ref"), message, help);
    declared.kind = Some(Type::Any);
}

/// A schema that is no more than a reference which leads nowhere.
pub(super) fn of_nothing(reader: &mut Reader<'_>, name: &str, at: &At<'_>) -> Field {
    let mut field = Field { name: name.to_owned(), ..Field::default() };
    let reference = reader.text(at, "$ref").unwrap_or_default();
    nowhere(reader, at, reference, &mut field.declared);
    field
}

fn type_of(reader: &mut Reader<'_>, at: &At<'_>, kind: &str) -> Option<Type> {
    Some(match kind {
        "string" => Type::String,
        "boolean" => Type::Boolean,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "array" => Type::Array,
        "object" => Type::Object,
        "any" => Type::Any,
        other => {
            let message = format!("`{}` is no type", other.escape_debug());
            reader.error(
                "type",
                &at.near("type"),
                message,
                "one of: string, boolean, integer, number, array, object, any",
            );
            return None;
        }
    })
}

/// What an array or an object holds.
fn contents(reader: &mut Reader<'_>, at: &At<'_>, field: &mut Field, side: Side) -> Option<()> {
    let array = field.declared.kind == Some(Type::Array);
    let object = field.declared.kind == Some(Type::Object);
    if let Some(items) = at.get("items") {
        if array {
            field.items = Some(Box::new(self::field(reader, "", &items, side)?));
        } else {
            reader.warn("misplaced", &items, "`items` says nothing of what is no array", "it is left out");
        }
    } else if array {
        field.declared.items = Some(Box::new(Parameter { kind: Some(Type::Any), ..Parameter::default() }));
    }
    let properties = at.get("properties");
    let members = properties.iter().flat_map(At::members);
    if let Some(properties) = &properties {
        if !reader.is_object(properties) {
            return None;
        }
        if !object && members.clone().next().is_some() {
            reader.warn("misplaced", properties, "`properties` says nothing of what is no object", "it is left out");
        }
    }
    if object {
        for (name, member) in members {
            field.properties.push(self::field(reader, name, &member, side)?);
        }
        if let Some(others) = at.get("additionalProperties") {
            match others.value.as_bool() {
                Some(any) => field.declared.additional_properties = Some(AdditionalProperties::Any(any)),
                None => field.others = Some(Box::new(self::field(reader, "", &others, side)?)),
            }
        } else if field.properties.is_empty() {
            field.declared.additional_properties = Some(AdditionalProperties::Any(true));
        }
    }
    Some(())
}

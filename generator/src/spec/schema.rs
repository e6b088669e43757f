//! The format's own JSON Schemas, made from the types, so that they cannot disagree with what the reader accepts.

use super::scenario::Scenario;
use super::{Action, Product};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// The kinds of file that a spec folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `product.json`, or `upstream.json`.
    Product,
    /// `product.json` beside an `upstream.json`: a JSON Merge Patch of it.
    ProductPatch,
    /// `actions/*.json`.
    Action,
    /// `overlays/*.json`: a JSON Merge Patch of an action.
    Overlay,
    /// `scenarios/*.json`: what a local service plays.
    Scenario,
}

impl FileKind {
    /// Every kind that has a schema of its own to publish, in the order in which they are listed to people.
    pub const ALL: [FileKind; 4] = [FileKind::Product, FileKind::Action, FileKind::Overlay, FileKind::Scenario];

    /// The stem of the schema's file name: `action` for `action.schema.json`.
    pub fn stem(self) -> &'static str {
        match self {
            FileKind::Product | FileKind::ProductPatch => "product",
            FileKind::Action => "action",
            FileKind::Overlay => "overlay",
            FileKind::Scenario => "scenario",
        }
    }

    /// The same as [`FileKind::schema`], made once in a run.
    pub fn known_schema(self) -> &'static Value {
        static SCHEMAS: [OnceLock<Value>; 5] = [const { OnceLock::new() }; 5];
        let [product, patch, action, overlay, scenario] = &SCHEMAS;
        let slot = match self {
            FileKind::Product => product,
            FileKind::ProductPatch => patch,
            FileKind::Action => action,
            FileKind::Overlay => overlay,
            FileKind::Scenario => scenario,
        };
        slot.get_or_init(|| self.schema())
    }

    /// The JSON Schema (draft 2020-12) of this kind of file.
    pub fn schema(self) -> Value {
        let generator = SchemaSettings::draft2020_12().into_generator();
        let mut schema = match self {
            FileKind::Product | FileKind::ProductPatch => generator.into_root_schema_for::<Product>(),
            FileKind::Action | FileKind::Overlay => generator.into_root_schema_for::<Action>(),
            FileKind::Scenario => generator.into_root_schema_for::<Scenario>(),
        }
        .to_value();
        if matches!(self, FileKind::Overlay | FileKind::ProductPatch) {
            relax(&mut schema);
        }
        if self == FileKind::Overlay {
            set(&mut schema, "title", json!("Overlay"));
            set(
                &mut schema,
                "description",
                json!(
                    "A JSON Merge Patch (RFC 7396) of an action: what a person judges to be wrong or missing in it. \
                     `null` takes a key away."
                ),
            );
        }
        schema
    }
}

fn set(schema: &mut Value, key: &str, value: Value) {
    if let Value::Object(object) = schema {
        object.insert(key.to_owned(), value);
    }
}

/// Turns the schema of a whole file into the schema of a patch: nothing is required, and everything may be `null`.
fn relax(schema: &mut Value) {
    let Value::Object(object) = schema else {
        return;
    };
    object.shift_remove("required");
    for (key, child) in object.iter_mut() {
        match (key.as_str(), child) {
            ("properties" | "$defs", Value::Object(children)) => relax_members(children, key == "properties"),
            ("additionalProperties", child @ Value::Object(_)) => {
                relax(child);
                nullable(child);
            }
            _ => {}
        }
    }
}

fn relax_members(children: &mut Map<String, Value>, members: bool) {
    for (name, child) in children.iter_mut() {
        relax(child);
        if members && name != "$schema" {
            nullable(child);
        }
    }
}

fn nullable(schema: &mut Value) {
    let inner = schema.take();
    *schema = json!({"anyOf": [inner, {"type": "null"}]});
}

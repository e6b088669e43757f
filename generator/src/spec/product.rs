//! What all actions of a product share: `product.json`.

use super::{ErrorCode, Glossary, Map, Parameter, Text, Waiter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A product's version: its name, its endpoints, the shapes and errors that its actions share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Product {
    /// Where this format's JSON Schema lies, relative to the file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The product's code, as the service knows it (`Dts`).
    pub product: String,
    /// The API's version (`2020-01-01`).
    pub version: String,
    /// How requests are addressed.
    #[serde(default)]
    pub style: Protocol,
    /// The product's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// One or two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// Where the service answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Endpoints>,
    /// Shapes that actions refer to as `#/schemas/NAME`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub schemas: Map<Parameter>,
    /// Error codes that every action may answer with.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub errors: Map<ErrorCode>,
    /// Texts that actions share, by the name of what they describe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glossary: Option<Glossary>,
    /// What one can wait for, by name: ask an action again until its answer says yes or no.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub waiters: Map<Waiter>,
}

/// How requests are addressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Protocol {
    /// One path; the action is named in a header or parameter.
    #[default]
    Rpc,
    /// The path names the resource.
    Roa,
}

/// Where the service answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Endpoints {
    /// The host for a region that is not listed; `{region}` stands for the region, `{network}` for nothing or for a
    /// hyphen and the name of a network (`-vpc`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Hosts by region.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub regions: Map<String>,
}

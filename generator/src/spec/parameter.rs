//! A parameter and, recursively, what it is made of.

use super::{Map, Source, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// A request parameter, a response field, or a member of either. Keywords are JSON Schema's, with JSON Schema's
/// meaning, except for the few whose docs say otherwise. Exactly one of `type` and `$ref` is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Parameter {
    /// A shape that the product names: `#/schemas/NAME`.
    #[serde(rename = "$ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The type of the value.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Type>,
    /// What a string or a number stands for: `int32 int64 float double date-time ip cidr port unix-time …`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// `true`: the service rejects a request without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Where it travels. Default: `query`.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<In>,
    /// How an array or an object travels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// What the service assumes if it is absent. Never sent for the user; conditions see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The documented values, in order. Open: another value is advice, not an error, unless `closed`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub values: Map<ValueEntry>,
    /// `true`: a value that `values` does not list is an error.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Smallest number allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// Largest number allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// The number must be larger than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusive_minimum: Option<Number>,
    /// The number must be smaller than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusive_maximum: Option<Number>,
    /// Fewest characters (Unicode code points).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// Most characters (Unicode code points).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// A regular expression that the text must match somewhere: the subset that RE2 and ECMA 262 share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Fewest elements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Most elements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// What an array holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<Parameter>>,
    /// What an object holds, by wire name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub properties: Map<Parameter>,
    /// Whether, and with what, an object may hold more than `properties`. Default: nothing more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_properties: Option<AdditionalProperties>,
    /// What a string holds: only `application/json` means something to us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_media_type: Option<String>,
    /// The shape of the JSON that a string holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_schema: Option<Box<Parameter>>,
    /// The service wants callers to stop using it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// Never shown: not in debug output, logs, errors, examples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<bool>,
    /// Makes a repeated call harmless: the service acts once for one value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub idempotency_token: bool,
    /// A value as documentation shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
    /// Actions that one calls to learn the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lookup: Vec<String>,
    /// What the source says about it that a request alone cannot settle, by a stable id.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub preconditions: Map<Precondition>,
    /// Keywords that upstream declares, and that its own prose contradicts or that cannot be true of a value of this
    /// type. They bind nothing; an overlay settles which is right.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub disputed: Map<Value>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// Which sources say a thing that not all sources of the action say: their ids, joined by blanks, by keyword. `*`
    /// stands for the parameter as a whole; what is in it is from the same, unless it says otherwise.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub from: Map<String>,
    /// What sources say whose word did not count: keyword, then source, then what it says.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub conflicts: Map<Map<Value>>,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number; 64 bits unless `format` says otherwise.
    Integer,
    /// A number.
    Number,
    /// A list.
    Array,
    /// Named members.
    Object,
    /// Anything that JSON can hold.
    Any,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum In {
    /// In the URL's query string.
    #[default]
    Query,
    /// In an `application/x-www-form-urlencoded` body.
    FormData,
    /// It is the body.
    Body,
    /// In the URL's path.
    Path,
    /// As an HTTP header.
    Header,
    /// In the host name.
    Host,
}

/// How an array or an object travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Style {
    /// `Tag.1.Key=…`: an index from 1, then the member.
    RepeatList,
    /// `Tag.Key=…`.
    Flat,
    /// Comma-joined.
    Simple,
    /// One compact JSON text.
    Json,
    /// One XML document.
    Xml,
}

/// One documented value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ValueEntry {
    /// What the value means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// The service wants callers to stop using it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
}

/// What an object may hold beyond its declared members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AdditionalProperties {
    /// `true`: anything; `false`: nothing.
    Any(bool),
    /// Members of this shape.
    Of(Box<Parameter>),
}

/// A statement of the source's that a request alone cannot settle. It is shown, not checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Precondition {
    /// The one value that it is about; absent: the parameter as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// From where we know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

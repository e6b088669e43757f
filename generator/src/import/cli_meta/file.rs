//! The files' form, word for word. An unknown key is an error: the form has grown, and so must this.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// `ACTION.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ActionFile<'a> {
    pub name: String,
    #[serde(default)]
    pub deprecated: Option<bool>,
    /// `HTTP|HTTPS`.
    #[serde(default, rename = "protocol")]
    pub _protocol: Option<String>,
    /// `GET|POST`.
    #[serde(default)]
    pub method: String,
    /// Empty if the action is not addressed by a path; a parameter stands in brackets: `/things/[Id]`.
    #[serde(default)]
    pub path_pattern: String,
    #[serde(borrow)]
    pub parameters: Vec<ParameterEntry<'a>>,
}

/// A parameter, or a member of one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterEntry<'a> {
    pub name: String,
    /// As written, so that its line is known.
    #[serde(borrow, default)]
    pub description: Option<&'a RawValue>,
    pub position: Position,
    #[serde(rename = "type")]
    pub kind: Type,
    pub required: bool,
    #[serde(borrow, default)]
    pub sub_parameters: Option<Vec<ParameterEntry<'a>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Position {
    Query,
    Body,
    FormData,
    Path,
    Header,
    Host,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Type {
    String,
    Integer,
    Long,
    Boolean,
    Float,
    Double,
    /// A list, one parameter an element: of objects if there are members, else of texts.
    RepeatList,
    /// A JSON text: a list of objects if there are members, else anything.
    Json,
    /// A list of what is not said.
    Array,
    /// An object of what is not said.
    Struct,
    Any,
}

/// `version.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionFile {
    pub version: String,
    pub style: Style,
    pub apis: BTreeMap<String, Api>,
}

/// How a product's actions are addressed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    Rpc,
    Restful,
}

/// What `version.json` says of an action.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub summary: Option<String>,
    #[serde(default)]
    pub deprecated: Option<bool>,
}

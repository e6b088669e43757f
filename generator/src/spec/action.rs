//! One action: one file below `actions/`.

use super::{Map, Parameter, Rule, SourceDocument, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything that is known about one action of an API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Action {
    /// Where this format's JSON Schema lies, relative to the file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The action's name as the service knows it; equals the file's stem.
    pub action: String,
    /// One sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// What a caller should know beyond the summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// What calling it does to the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<ActionEffect>,
    /// HTTP methods that the service accepts; the first is the one to use. Default: `POST`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Method>,
    /// The path of a service whose `style` is `roa`: segments of letters, digits, `_`, `.`, `:` and `-`, or `{Name}` for a
    /// parameter that travels there; then perhaps `?` and a query that is always the same. Default: `/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The service wants callers to stop using it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// Actions that belong to the same task, in the order in which the documentation mentions them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// The documents that the facts come from, by an id (`cli-meta.zh`), the one first whose word counts most.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub sources: Map<SourceDocument>,
    /// Which sources say a thing that not all of them say: their ids, joined by blanks, by keyword. `errors` and
    /// `response` stand for all that is in them, `samples.json` and the like for one member.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub from: Map<String>,
    /// What sources say whose word did not count: keyword, then source, then what it says.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub conflicts: Map<Map<Value>>,
    /// Request parameters by wire name, in the documentation's order.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub parameters: Map<Parameter>,
    /// What one parameter says about another, by a stable id.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub rules: Map<Rule>,
    /// What comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// How the answer is cut into pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// Error codes beside those that the product declares for all its actions.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub errors: Map<ErrorCode>,
    /// A request and its answer, as the documentation shows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub samples: Option<Samples>,
    /// Lint findings that a person looked at and lets stand: lint code, then subject (a parameter, a rule or `*`), then
    /// the reason. One that no longer applies is an error.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub allow: Map<Map<String>>,
}

/// What calling an action does to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ActionEffect {
    /// Only reads: calling it again is harmless.
    Read,
    /// Changes something.
    Write,
    /// Changes something that costs money.
    Spend,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
    /// HEAD.
    Head,
}

/// The body of a successful answer: an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Response {
    /// Always `object`.
    #[serde(rename = "type")]
    pub kind: super::Type,
    /// Fields by wire name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub properties: Map<Parameter>,
}

/// How an answer is cut into pages. Exactly one of `number` and `token` is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Pagination {
    /// The parameter that takes the number of the page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// How the next page is asked for by a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<PageToken>,
    /// The field of the answer that holds the list: member names, joined by dots.
    pub items: String,
    /// The field of the answer that says how many items there are in all; needed by `number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
}

/// How the next page is asked for by a token that the answer holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PageToken {
    /// The parameter that takes the token.
    pub parameter: String,
    /// The field of the answer that holds it; empty or absent on the last page.
    pub field: String,
}

/// One error code that an action may answer with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ErrorCode {
    /// The HTTP status that it comes with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What it means and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// The same request may succeed later.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retryable: bool,
    /// Which sources know it, if not all that know any: their ids, joined by blanks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// A request and its answer, as the documentation shows them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Samples {
    /// Request parameters, flat, by wire name. JSON-valued ones are JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Map<Value>>,
    /// The answer in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    /// The answer in XML, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<String>,
}

//! What a local service plays: `scenarios/*.json`. A state machine a resource, answers by state, and what goes wrong.
//!
//! Texts in a `body` or an `item` may have holes: `{RequestId}`, `{Resource}` (what the key names), `{State}`, `{Now}` (the time, UTC) and
//! any parameter of the request by its wire name. `{{` is a brace. Holes are filled with texts; nothing is computed.

use super::{Map, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a local service plays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Scenario {
    /// Where this format's JSON Schema lies, relative to the file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The name of a scenario in the same folder that this one adds to: objects are merged, everything else is replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// What happens, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// The resources that have states. Without it, there are only answers and faults.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Resource>,
    /// By name. A resource is in one of them.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub states: Map<State>,
    /// Answers by action, where the state has none. An action that is not named here answers with its sample.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub answers: Map<Answer>,
    /// Actions that list the resources.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub lists: Map<List>,
    /// What goes wrong. Of several that fit a request, the first one happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

/// What has states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Resource {
    /// The parameter that names a resource, and the field in which an action that makes one gives its name.
    pub key: String,
    /// The state of a new one.
    pub start: String,
    /// Actions that make one. The same `ClientToken` gives the same one again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub creates: Vec<String>,
    /// The name of a new one; `{Number}` stands for a number that grows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Those that are there from the beginning, with their states.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub known: Map<String>,
    /// What a request for one that is not there is answered. Without it, one appears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Answer>,
}

/// A state of a resource.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct State {
    /// Actions that lead to another state, once they are answered without an error.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub on: Map<String>,
    /// Leads to another state once an action has been answered so often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polls: Option<Polls>,
    /// Leads to another state after some time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<After>,
    /// Answers by action.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub answers: Map<Answer>,
}

/// Leads to another state once an action has been answered so often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Polls {
    /// The action that is counted.
    pub action: String,
    /// How often it is answered in this state.
    pub count: u32,
    /// The state after that.
    pub to: String,
}

/// Leads to another state after some time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct After {
    /// How long this state lasts.
    pub milliseconds: u64,
    /// The state after that.
    pub to: String,
}

/// What is answered. At most one of `error`, `body` and `raw` is given; without any, the action's sample.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Answer {
    /// The HTTP status. Default: 200, and 400 beside `error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Headers beside the usual ones.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String>,
    /// An error in the service's own shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// A JSON Merge Patch (RFC 7396) of the action's sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// The body, as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// The content type. Default: that of the form that the request asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Milliseconds to wait before the first byte: at most 60,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<u64>,
    /// How the answer breaks off.
    #[serde(rename = "break", default, skip_serializing_if = "Option::is_none")]
    pub breakage: Option<Breakage>,
}

/// An error in the service's own shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Failure {
    /// Its code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommend: Option<String>,
}

/// How an answer breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Breakage {
    /// The connection is reset before the first byte.
    Reset,
    /// The connection ends after half of the body.
    Truncate,
    /// The body comes byte by byte, one each 20 milliseconds.
    Drip,
}

/// How an action lists the resources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct List {
    /// The field of the answer that holds the list. It is one of the answer itself, not below one.
    pub items: String,
    /// A JSON Merge Patch of the first element of the sample's list.
    pub item: Value,
    /// How it is cut into pages. Without it, everything comes at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<Pages>,
}

/// How a list is cut into pages, by number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Pages {
    /// The parameter that takes the number of the page, from 1.
    pub number: String,
    /// The parameter that takes how many items a page has.
    pub size: String,
    /// How many it has if that is not given.
    pub usual: u32,
    /// The field that says how many items there are in all.
    pub total: String,
    /// The field that says how many are on this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// The field that says which page it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Fault {
    /// The actions that it befalls; all of them if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// So many requests pass first, of those that no fault before this one befalls.
    #[serde(default)]
    pub skip: u32,
    /// So many requests it then befalls; all of them if this is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// The request has its effect although the answer is this one: its state changes, its resource is made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub applies: bool,
    /// What is answered.
    pub answer: Answer,
}

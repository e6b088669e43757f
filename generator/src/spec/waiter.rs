//! What one can wait for.

use super::{Map, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::num::NonZeroU16;

/// A state to wait for: an action is asked again until an answer says that it is there, or that it will not come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Waiter {
    /// The action to ask.
    pub action: String,
    /// Seconds between two calls.
    pub delay: NonZeroU16,
    /// Calls at most.
    pub attempts: NonZeroU16,
    /// What answers mean. The first that fits decides; if none does, the action is asked again.
    pub acceptors: Vec<Acceptor>,
    /// Where an answer says why something failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Reasons>,
    /// What is waited for, in words that follow "Waits until".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
}

/// What an answer means. Exactly one of `field` and `error` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Acceptor {
    /// What it means.
    pub state: WaitState,
    /// The field of the answer to look at: member names, joined by dots. Of a list on the way, any element may fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// `true`: look at the code of the error that came instead of an answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub error: bool,
    /// The texts that fit, compared without regard to ASCII case.
    pub values: Vec<String>,
}

/// What an answer means to someone who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WaitState {
    /// What was waited for is there.
    Success,
    /// It will not come.
    Failure,
    /// Not yet.
    Retry,
}

/// Where an answer says why something failed: elements of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Reasons {
    /// The field of the answer that holds the list: member names, joined by dots.
    pub items: String,
    /// Only elements whose field, one, has one of these values, compared without regard to ASCII case. Default: all.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub only: Map<Vec<String>>,
    /// The fields of an element that a person should see, in order.
    pub show: Vec<String>,
}

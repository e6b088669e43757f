//! When a rule applies.

use super::Map;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A condition over the parameters of one request. Every part that is given must hold; a condition without any part is
/// refused. Keys other than the five operators are parameters, and hold a list of values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Condition {
    /// Every one of these is given (a default does not count).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<String>,
    /// The parameter's value is a number larger than this.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub above: Map<f64>,
    /// The parameter's value is a number smaller than this.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub below: Map<f64>,
    /// This does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<Condition>>,
    /// Each of these holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Condition>,
    /// One of these holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Condition>,
    /// The parameter's value (or, if it is absent, its default) is one of these.
    #[serde(flatten)]
    pub is: Map<Vec<Value>>,
}

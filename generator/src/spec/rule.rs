//! A rule: a condition and exactly one effect.

use super::{Condition, Map, Text, ValueEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// What one parameter says about another: if `when` holds (absent: always), exactly one effect is demanded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Rule {
    /// When the rule applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Each of these must be given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<String>,
    /// None of these may be given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbid: Vec<String>,
    /// Each of these is needless, without effect or overruled if given. Always advice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Each of these, if given, keeps these keywords.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub constrain: Map<Constraint>,
    /// Exactly one of these is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exactly_one: Vec<String>,
    /// At least one of these is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_least_one: Vec<String>,
    /// At most one of these is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_most_one: Vec<String>,
    /// All of these are given, or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_or_none: Vec<String>,
    /// These two, if both are given, are the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equal: Vec<String>,
    /// How grave a violation is. Default: `error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How we know. Default: `documented`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
    /// From where we know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The rule in words, or the reason for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// The same rule as sources have it whose word did not count.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub conflicts: Map<Rule>,
}

/// Keywords that a rule puts on a parameter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Constraint {
    /// The value is one of these.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub values: Map<ValueEntry>,
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
    /// Fewest characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// Fewest elements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Most elements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// A regular expression that the text must match somewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What the text stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

/// How grave a violation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The service is expected to reject the request.
    #[default]
    Error,
    /// The request may work, but probably not as meant.
    Advice,
}

/// How we know a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Authority {
    /// Upstream's machine-readable metadata says so.
    Declared,
    /// Upstream's prose says so.
    #[default]
    Documented,
    /// A person says so, in an overlay.
    Judged,
}

/// A document that an action's facts come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SourceDocument {
    /// The form that it has: the name of the importer that reads it.
    pub kind: String,
    /// Its file name or title, without a path.
    pub document: String,
    /// The language that it is in: `zh` or `en`.
    pub language: String,
    /// The day, or the month, of which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

/// From where a fact is known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Source {
    /// The id of the source, among the action's. Default: the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// A document that is none of the action's sources: its file name or title, without a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The parameter in whose description it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// The language that such a document is in: `zh` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The phrase pattern that understood it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// How sure we are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// A value as the source spells it, by the value that we take it for.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub as_written: Map<String>,
    /// The sentence itself; only in specs of a user's own (`import --with-text`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The other sources that say the same, by id, with what is different there.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub also: Map<Source>,
}

/// How sure we are of a fact that was read from prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Confidence {
    /// Every name and value stands in the source as it stands here.
    Exact,
    /// A value or a name had to be mended.
    Normalized,
    /// The source's languages disagree.
    Conflicting,
}

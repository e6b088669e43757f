//! What a name means wherever it stands: texts that actions share.
//!
//! A product says most things many times: a region is a region in every action. The glossary says each of them once. It
//! only ever fills what an action and its overlay leave unsaid.

use super::{Map, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Texts by the name of what they describe. A key is a wire name or the end of a dotted path (`Tag.Key`); elements of
/// arrays are no step of it. The longest key that fits is taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// What request parameters and their members are for.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub parameters: Map<Term>,
    /// What response fields hold.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub fields: Map<Term>,
}

/// What one name means.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Text>,
    /// What its values mean. A value that the facts do not list is passed over.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub values: Map<Text>,
}

//! The spec format as Rust types: what `api-specs/` holds, word for word.
//!
//! These types are the contract. Their JSON Schemas (crate `schemars`) are what editors check files against and what
//! [`check_shape`] holds every file to, so a keyword exists in exactly one place. Nothing here knows what
//! a keyword is for: meaning begins in [`crate::model`]. No target language may leave a word in this module.

mod action;
mod catalog;
mod condition;
mod glossary;
mod lost;
mod parameter;
mod product;
mod rule;
pub mod scenario;
pub mod schema;
mod shape;
pub mod strict;
mod waiter;

pub use action::{Action, ActionEffect, ErrorCode, Method, PageToken, Pagination, Response, Samples};
pub use catalog::{Amended, AmendedAction, Catalog, Document, Texts};
pub use condition::Condition;
pub use glossary::{Glossary, Term};
pub use lost::Lost;
pub use parameter::{AdditionalProperties, In, Parameter, Precondition, Style, Type, ValueEntry};
pub use product::{Endpoints, Product, Protocol};
pub use rule::{Authority, Confidence, Constraint, Rule, Severity, Source, SourceDocument};
pub use shape::check_shape;
pub use waiter::{Acceptor, Reasons, WaitState, Waiter};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An object whose keys are names. Order is kept and carries meaning; the reader refuses a key that stands twice.
pub type Map<T> = IndexMap<String, T>;

/// A text by language, in CommonMark. A language that is absent falls back to the other one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Chinese, simplified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
}

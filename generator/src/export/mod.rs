//! An API in the words of public standards: JSON Schema 2020-12 and OpenAPI 3.1.
//!
//! The JSON Schema of a request says, keyword for keyword, what our own validators say, so that a validator that nobody
//! here wrote can contradict them. What a standard has no words for is listed in the export and never left out in
//! silence. Nothing here evaluates a request, and nothing here knows a target language.

mod instance;
mod json_schema;
mod openapi;
mod rule;
mod shape;

pub use instance::instance;
pub use json_schema::json_schema;
pub use openapi::openapi;

use crate::model::{Api, Language};
use serde_json::Value;

/// A public standard that an API can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// JSON Schema 2020-12: a document for each action's request.
    JsonSchema,
    /// OpenAPI 3.1: one document.
    OpenApi,
}

impl Standard {
    /// Every standard.
    pub const ALL: [Standard; 2] = [Standard::JsonSchema, Standard::OpenApi];

    /// The name under which projects and command lines ask for it.
    pub fn name(self) -> &'static str {
        match self {
            Standard::JsonSchema => "json-schema",
            Standard::OpenApi => "openapi",
        }
    }

    /// One line for people who list targets.
    pub fn summary(self) -> &'static str {
        match self {
            Standard::JsonSchema => "JSON Schema 2020-12: a document for each action's request",
            Standard::OpenApi => "OpenAPI 3.1: one document",
        }
    }

    /// The documents of an API: a file's name, and what it holds.
    pub fn documents(self, api: &Api, language: Language) -> Vec<(String, Value)> {
        match self {
            Standard::JsonSchema => {
                let schema = |action| json_schema(api, action, language);
                api.actions.iter().map(|action| (format!("{}.schema.json", action.name), schema(action))).collect()
            }
            Standard::OpenApi => {
                vec![(format!("{}-{}.openapi.json", api.product, api.version), openapi(api, language))]
            }
        }
    }
}

/// A document as it is written.
pub fn text(document: &Value) -> String {
    format!("{document:#}\n")
}

/// The extension keyword under which a schema lists the rules that it cannot say, each with the reason.
pub const NOT_EXPRESSED: &str = "x-bindery-not-expressed";

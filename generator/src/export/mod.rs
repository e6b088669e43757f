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

/// The extension keyword under which a schema lists the rules that it cannot say, each with the reason.
pub const NOT_EXPRESSED: &str = "x-bindery-not-expressed";

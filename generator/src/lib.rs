//! Bindery turns API metadata into bindings that know the rules: *API reference in, trustworthy clients out.*
//!
//! Two pipelines meet in a folder of specs. [`import`] reads upstream's documents into facts; [`pipeline`] reads facts and
//! judgement, and makes code and pages of them:
//!
//! ```text
//! read -> amend -> resolve -> check -> lower -> render -> prove -> write
//! ```
//!
//! Nouns below, verbs above: the types live in rooms that do nothing ([`spec`], [`model`], [`view`], [`artifact`]), the
//! stages ([`stage`]) own nothing, and only [`pipeline`] knows their order. A build script wants [`Builder`] and turns the
//! feature `cli` off; [`rules::check`] says what a request does wrong; [`export`] writes JSON Schema and OpenAPI.

pub mod artifact;
mod builder;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diag;
pub mod diff;
pub mod export;
pub mod import;
pub mod markdown;
#[cfg(feature = "mock")]
pub mod mock;
pub mod model;
pub mod pipeline;
pub mod project;
pub mod rules;
pub mod rust;
pub mod spec;
pub mod stage;
#[cfg(feature = "mock")]
pub mod tables;
pub mod target;
pub mod view;

pub use builder::{BuildError, Builder};

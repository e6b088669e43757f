//! Bindery turns API metadata into bindings that know the rules.

pub mod artifact;
mod builder;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diag;
pub mod export;
pub mod import;
pub mod markdown;
pub mod model;
pub mod pipeline;
pub mod project;
pub mod rules;
pub mod rust;
pub mod spec;
pub mod stage;
pub mod target;
pub mod view;

pub use builder::{BuildError, Builder};

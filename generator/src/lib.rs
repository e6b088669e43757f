//! Bindery turns API metadata into bindings that know the rules.

pub mod artifact;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diag;
pub mod model;
pub mod pipeline;
pub mod project;
pub mod spec;
pub mod stage;
pub mod target;
pub mod view;

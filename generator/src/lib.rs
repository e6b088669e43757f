//! Bindery turns API metadata into bindings that know the rules.

pub mod diag;
pub mod model;
pub mod spec;

//! Bindery turns API metadata into bindings that know the rules.

pub mod diag;
pub mod import;
pub mod spec;

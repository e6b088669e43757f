//! Bindery turns API metadata into bindings that know the rules.

pub mod spec;

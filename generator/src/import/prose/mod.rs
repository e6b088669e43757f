//! From sentences to facts: values, defaults, bounds, formats, and what one parameter says about another.
//!
//! Patterns are data (`phrases`); this module reads them and nothing else. It never sees a page and never writes a
//! spec: `assemble` and `rules` turn facts into parameters and rules.

mod condition;
mod doubt;
mod lexicon;
mod matcher;
mod names;
mod pattern;
mod phrases;
mod reading;
mod sentence;
mod skeleton;
mod token;
mod under;
mod values;

pub use super::markdown::names_action;
pub use matcher::{Bound, Cond};
pub use names::{Folded, Names, as_written};
pub use phrases::{Effect, Phrases};
pub use reading::{Fact, Heard, Missed, Reading, read};
pub use skeleton::{looks_like_rule, skeleton};
pub use values::{Listed, listed, names};

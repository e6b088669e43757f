//! Rust as a target: the one language whose expressions are tokens and not text.
//!
//! A token can be proved, a string cannot: types, literals and static tables are built with `quote!` and are printed only
//! when they enter a view. The types here are the only ones that Rust views hold; each can only be built by a
//! constructor that makes it safe.

mod name;
mod operation;
mod table;
mod text;
mod types;

pub use name::{field_name, pascal, singular, snake, stem, variant_name};
pub use operation::{api, operation, paging, waiter};
pub use table::{Patterns, own_table, table};
pub use text::{Code, Docs, Ident, Stem, Text};
pub use types::Type;

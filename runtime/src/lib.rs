//! What a Rust client that Bindery generated stands on.
//!
//! A generated crate holds *data*: structs, and static tables of what the service demands ([`table`]). What the tables
//! *mean* is written here, once: what a length is, when a condition holds, how a violation reads. This crate never
//! knows a service, an action or the generator.

pub mod table;
mod value;

pub use serde_json::Value as Json;
pub use value::{List, Object, Value};

use table::Table;

/// A request of one action: typed fields that can be looked at by the index of their parameter.
pub trait Request {
    /// What the service demands of this action's requests.
    const TABLE: &'static Table;

    /// Shows every parameter that is given, in the order of [`Table::parameters`], with its index there.
    fn values<'a>(&'a self, visit: &mut dyn FnMut(u16, Value<'a>));
}

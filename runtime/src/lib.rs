//! What a Rust client that Bindery generated stands on.
//!
//! A generated crate holds *data*: structs, static tables of what the service demands ([`table`]) and of how it is called
//! ([`operation`]). What the tables *mean* is written here, once: what a length is, when a condition holds, how a
//! violation reads; with the feature `client` also how a request is signed, sent and repeated, and how an answer is read.
//! This crate never knows a product, an action or the generator.

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
pub mod client;
mod content;
#[cfg(feature = "client")]
pub mod credentials;
#[cfg(feature = "client")]
pub mod decode;
#[cfg(feature = "client")]
pub mod endpoint;
#[cfg(feature = "client")]
pub mod error;
#[cfg(feature = "client")]
mod field;
mod flatten;
#[cfg(feature = "client")]
pub mod http;
mod interpret;
mod json;
mod message;
mod open_enum;
pub mod operation;
#[cfg(feature = "client")]
pub mod page;
mod path;
#[cfg(feature = "client")]
pub mod prepare;
mod secret;
#[cfg(feature = "client")]
pub mod sign;
mod similar;
#[cfg(feature = "client")]
pub mod surroundings;
pub mod table;
mod value;
mod violation;
#[cfg(feature = "client")]
pub mod wait;
pub mod wire;

#[cfg(feature = "client")]
pub use call::{Call, Paged};
pub use content::Content;
pub use secret::Secret;
pub use serde_json::Value as Json;
pub use value::{AsValue, List, Object, Value};
pub use violation::{Code, Language, Violation, Violations};

use table::Table;
use wire::Wire;

/// A request of one action: typed fields that can be looked at by the index of their parameter.
pub trait Request {
    /// What the service demands of this action's requests.
    const TABLE: &'static Table;

    /// Shows every parameter that is given, in the order of [`Table::parameters`], with its index there.
    fn values<'a>(&'a self, visit: &mut dyn FnMut(u16, Value<'a>));

    /// Checks the request against everything that is known of the action.
    ///
    /// # Errors
    /// All violations, advice included, if at least one of them is an error. Advice alone is no reason to refuse a
    /// request: [`Request::check`] shows it.
    fn validate(&self) -> Result<(), Violations> {
        let violations = self.check();
        if violations.has_errors() { Err(violations) } else { Ok(()) }
    }

    /// All violations in the specification's order, advice included.
    fn check(&self) -> Violations {
        interpret::with_slots(Self::TABLE.parameters.len(), |slots| {
            self.values(&mut |index, value| {
                if let Some(slot) = slots.get_mut(usize::from(index)) {
                    *slot = Some(value).filter(|value| !value.is_null());
                }
            });
            interpret::check(Self::TABLE, slots, Violations::default())
        })
    }

    /// The request as it travels, before percent-encoding.
    fn to_wire(&self) -> Wire {
        let mut wire = Wire::with_room(Self::TABLE);
        self.values(&mut |index, value| {
            if let Some(parameter) = Self::TABLE.parameters.get(usize::from(index)) {
                wire.add(parameter, value);
            }
        });
        wire
    }
}

impl Table {
    /// Checks a request that is given as JSON: an object with wire names as keys, flat (`"SourceEndpoint.IP": …`),
    /// nested (`"SourceEndpoint": {"IP": …}`) or both; `null` is absent.
    pub fn check_json(&self, request: &Json) -> Violations {
        interpret::with_slots(self.parameters.len(), |slots| {
            let unknown = flatten::fill(self, request, slots);
            match request {
                Json::Object(_) => interpret::check(self, slots, unknown),
                _ => unknown,
            }
        })
    }

    /// The wire form of a request that is given as JSON, as [`Table::check_json`] reads it; names that the table does not
    /// know do not travel.
    pub fn json_to_wire(&'static self, request: &Json) -> Wire {
        interpret::with_slots(self.parameters.len(), |slots| {
            flatten::fill(self, request, slots);
            let mut wire = Wire::with_room(self);
            for (parameter, value) in self.parameters.iter().zip(slots.iter()) {
                if let Some(value) = value {
                    wire.add(parameter, *value);
                }
            }
            wire
        })
    }

    /// The same, and names that the table does not know travel in the query: for whoever knows better than the
    /// specification. Nothing is known of them, so nothing of them is hidden.
    #[cfg(feature = "client")]
    pub fn json_to_wire_whole(&'static self, request: &Json) -> Wire {
        let mut wire = self.json_to_wire(request);
        for (name, value) in flatten::unknown(self, request) {
            wire.add_unknown(name, value);
        }
        wire
    }
}

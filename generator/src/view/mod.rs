//! All that a template may see: final strings, each of a type that only its checked constructor builds.
//!
//! A template cannot compute, so a view has a field for everything that is printed. Fields are `bool`, numbers, lists of
//! views, and the safe texts of one target: [`rust`] for Rust, [`markdown`] for pages, [`code`] for languages that are
//! data. A plain `String` of the spec's never gets here.

pub mod code;
pub mod markdown;
pub mod rust;

use serde::Serialize;
use serde_json::Value;

/// What `lower` makes of an API for one target: the units that files are made of.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// In order.
    pub units: Vec<Unit>,
}

/// Something that gets files of its own.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Which file rules pour it: `package`, `action`, …
    pub each: &'static str,
    /// What its templates see.
    pub data: Value,
}

/// What a template may see. Implemented for the structs of this module's children alone.
pub trait View: Serialize {
    /// Which file rules pour it.
    const EACH: &'static str;
}

impl Package {
    /// Adds a unit.
    ///
    /// # Errors
    /// Never for the views of this crate: they are plain structs.
    pub fn push<V: View>(&mut self, view: &V) -> Result<(), serde_json::Error> {
        self.units.push(Unit { each: V::EACH, data: serde_json::to_value(view)? });
        Ok(())
    }
}

//! From an answer's JSON to a type. Lenient: services change, and their documents disagree with them.
//!
//! `true` and `"true"`, `3` and `"3"`, one element and a list of one mean the same. What a type does not know, and what
//! does not fit its field, is kept beside the fields.

mod answer;
mod fault;
mod leaf;
mod redact;
mod unique;
mod xml;

pub use answer::{Answer, Received};
pub use fault::success;

use crate::Json;
use std::collections::BTreeMap;

/// Something that an answer, or a part of one, can be read as.
pub trait Decode: Sized {
    /// Reads it; `None` if that makes no sense.
    fn decode(json: &Json) -> Option<Self>;
}

/// The members of an object, taken one by one: what generated code reads an answer with.
#[derive(Debug)]
pub struct Fields<'a> {
    members: Option<&'a serde_json::Map<String, Json>>,
    taken: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Of an object; an empty text, which XML has for an empty element, is an empty object.
    pub fn of(json: &'a Json) -> Option<Fields<'a>> {
        match json {
            Json::Object(members) => Some(Fields { members: Some(members), taken: Vec::with_capacity(members.len()) }),
            Json::String(text) if text.trim().is_empty() => Some(Fields { members: None, taken: Vec::new() }),
            _ => None,
        }
    }

    /// A member; `None` if it is absent, `null`, or does not fit.
    pub fn take<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        let value = self.members?.get(name)?;
        let decoded = if value.is_null() { None } else { Some(T::decode(value)?) };
        self.taken.push(name);
        decoded
    }

    /// A member that is a list; empty if it is absent, `null`, or does not fit.
    pub fn list<T: Decode>(&mut self, name: &'static str) -> Vec<T> {
        self.take(name).unwrap_or_default()
    }

    /// What was not taken.
    pub fn rest(self) -> BTreeMap<String, Json> {
        let others = self.members.into_iter().flatten().filter(|(name, _)| !self.taken.contains(&name.as_str()));
        others.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

/// The value of a list that a text means: the same, else the only one that differs in ASCII case alone, else the text
/// itself. What [`open_enum!`](crate::open_enum) needs.
#[doc(hidden)]
pub fn nearest<'a>(text: &'a str, known: &[&'a str]) -> &'a str {
    let mut alike = known.iter().copied().filter(|value| value.eq_ignore_ascii_case(text));
    match (known.contains(&text), alike.next(), alike.next()) {
        (false, Some(one), None) => one,
        _ => text,
    }
}

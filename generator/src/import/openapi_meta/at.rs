//! A value of the document and the way to it. The pointer is written only for what is wrong.

use super::known::Keys;
use crate::diag::{Diagnostic, Diagnostics, Origin, below};
use crate::import::Language;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A value, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub value: &'a Value,
    above: Option<(&'a At<'a>, Step<'a>)>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

impl<'a> At<'a> {
    pub fn root(value: &'a Value) -> At<'a> {
        At { value, above: None }
    }

    pub fn get(&'a self, key: &'a str) -> Option<At<'a>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(At { value, above: Some((self, Step::Member(key))) })
    }

    /// The members of an object. An empty list stands for an empty object.
    pub fn members(&'a self) -> impl Iterator<Item = (&'a str, At<'a>)> + Clone {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(key, value)| (key.as_str(), At { value, above: Some((self, Step::Member(key))) }))
    }

    /// The elements of a list.
    pub fn items(&'a self) -> impl Iterator<Item = At<'a>> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| At { value, above: Some((self, Step::Item(index))) })
    }

    /// A member, for a problem with it; if it is absent, this value.
    pub fn near(&'a self, key: &'a str) -> At<'a> {
        self.get(key).unwrap_or(*self)
    }

    /// What it is called where a message speaks of it.
    fn called(&self) -> String {
        match self.above {
            None => "the document".to_owned(),
            Some((_, Step::Member(key))) => format!("`{}`", key.escape_debug()),
            Some((_, Step::Item(index))) => format!("element {}", index + 1),
        }
    }

    pub fn pointer(&self) -> String {
        match self.above {
            None => String::new(),
            Some((above, Step::Member(key))) => below(&above.pointer(), key),
            Some((above, Step::Item(index))) => below(&above.pointer(), &index.to_string()),
        }
    }
}

/// What every part of the reader reads with.
pub(super) struct Reader<'a> {
    pub file: &'a Arc<str>,
    pub language: Language,
    /// The shapes that the document names.
    pub schemas: &'a BTreeSet<&'a str>,
    pub problems: Diagnostics,
}

impl Reader<'_> {
    pub fn error(&mut self, code: &'static str, at: &At<'_>, message: impl Into<String>, help: impl Into<String>) {
        let origin = Origin::value(self.file, at.pointer());
        self.problems.push(Diagnostic::error(code, origin, message).help(help));
    }

    pub fn warn(&mut self, code: &'static str, at: &At<'_>, message: impl Into<String>, help: impl Into<String>) {
        let origin = Origin::value(self.file, at.pointer());
        self.problems.push(Diagnostic::warning(code, origin, message).help(help));
    }

    /// Warns of every key that is in no list.
    pub fn keys(&mut self, at: &At<'_>, known: Keys) {
        for (key, member) in at.members().filter(|(key, _)| !known.has(key)) {
            let message = format!("`{}` is no key that is known of {}", key.escape_debug(), known.of);
            self.warn(
                "unknown-key",
                &member,
                message,
                "it is left out; if it says something, the importer must learn it",
            );
        }
    }

    /// A text; anything else is an error.
    pub fn text<'t>(&mut self, at: &'t At<'t>, key: &'t str) -> Option<&'t str> {
        self.member(at, key, "a text", Value::as_str)
    }

    /// Yes or no; anything else is an error.
    pub fn flag<'t>(&mut self, at: &'t At<'t>, key: &'t str) -> Option<bool> {
        self.member(at, key, "true or false", Value::as_bool)
    }

    /// A whole number from 0; anything else is an error.
    pub fn count<'t>(&mut self, at: &'t At<'t>, key: &'t str) -> Option<u64> {
        self.member(at, key, "a whole number", Value::as_u64)
    }

    fn member<'t, T>(
        &mut self,
        at: &'t At<'t>,
        key: &'t str,
        what: &str,
        of: impl Fn(&'t Value) -> Option<T>,
    ) -> Option<T> {
        let member = at.get(key)?;
        let found = of(member.value);
        if found.is_none() {
            self.error("type", &member, format!("`{key}` is not {what}"), format!("it should be {what}"));
        }
        found
    }

    /// An object, or the empty list that stands for an empty one; anything else is an error.
    pub fn is_object(&mut self, at: &At<'_>) -> bool {
        let sound = at.value.is_object() || at.value.as_array().is_some_and(Vec::is_empty);
        if !sound {
            self.error("type", at, format!("{} is no object", at.called()), "it should be an object");
        }
        sound
    }

    /// A list; anything else is an error.
    pub fn is_list(&mut self, at: &At<'_>) -> bool {
        let sound = at.value.is_array();
        if !sound {
            self.error("type", at, format!("{} is no list", at.called()), "it should be a list");
        }
        sound
    }
}

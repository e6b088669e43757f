//! An identifier of a language that is data: ASCII letters, digits and `_`, and none of the language's own words; of what
//! stands inside something else, several of them with dots between.

use serde::Serialize;

/// An identifier. Only [`super::Language`] makes one from a name of any origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Name(String);

impl Name {
    /// Takes a name that a case has spelled and a scope has given; a character that no case writes is left out.
    pub(super) fn new(name: &str) -> Name {
        Name(name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect())
    }

    /// The name of what stands inside something, as others speak of it.
    pub(super) fn inside(&self, outer: &Name) -> Name {
        Name(format!("{}.{}", outer.0, self.0))
    }

    /// A name that no spec has a say in.
    pub fn fixed(name: &'static str) -> Name {
        Name(name.to_owned())
    }

    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

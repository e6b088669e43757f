//! An API as it is meant: typed, resolved, proved. What `resolve` makes of the spec, and what everything behind it reads.
//!
//! Names are known to be safe ([`WireName`], [`ActionName`] and their like can only be built by their checks), references are known to
//! lead somewhere, parameters in rules are indices. No keyword of the spec format and no word of a target language may
//! appear here, and nothing here can print itself.

mod action;
mod call;
mod name;
mod rule;
mod shape;

pub(crate) use action::wire_text;
pub use action::{
    Action, ActionEffect, Api, Dispute, Doubt, Endpoints, Error, Method, Parameter, Place, Precondition, Protocol,
    Samples, Style,
};
pub use call::{Acceptor, Look, Next, Paging, Reasons, WaitState, Waiter};
pub use name::{ActionName, FieldPath, NameError, ProductCode, UrlPath, WireName};
pub use rule::{Authority, Condition, Confidence, Effect, Limit, Rule, Severity, Source};
pub use shape::{Choice, Format, Kind, Limits, Member, Others, Shape};

/// A text in CommonMark, by language. Empty: nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doc {
    /// English; empty if only the other language is known.
    pub en: String,
    /// Chinese; empty if only the other language is known.
    pub zh: String,
}

/// A language that people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Doc {
    /// The text in a language, or else in the other one.
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::En => (&self.en, &self.zh),
            Language::Zh => (&self.zh, &self.en),
        };
        if first.is_empty() { second } else { first }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }
}

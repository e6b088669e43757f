//! What one parameter says about another. Parameters are indices into [`super::Action::parameters`].

use super::{Doc, Limits};
use crate::diag::Origin;

/// A condition and what it demands.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id: kebab case, unique in the action.
    pub id: String,
    /// When it applies.
    pub when: Condition,
    /// What it then demands.
    pub effect: Effect,
    /// How grave a violation is. Always [`Severity::Advice`] for [`Effect::Ignore`].
    pub severity: Severity,
    /// How we know.
    pub authority: Authority,
    /// From where we know.
    pub source: Source,
    /// A person's words or reason; empty if the condition and the effect say it all.
    pub doc: Doc,
    /// Where it stands in the spec.
    pub origin: Origin,
}

/// When a rule applies.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// It always does.
    Always,
    /// The parameter's value, as it travels, or (if it is absent) its default, is one of these.
    Is(usize, Vec<String>),
    /// Each of these is given.
    Present(Vec<usize>),
    /// The parameter's value (or default) is a number larger than this.
    Above(usize, f64),
    /// The parameter's value (or default) is a number smaller than this.
    Below(usize, f64),
    /// This does not hold.
    Not(Box<Condition>),
    /// Each of these holds; never fewer than two.
    All(Vec<Condition>),
    /// One of these holds; never fewer than two.
    Any(Vec<Condition>),
}

/// What a rule demands.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Each of these is given.
    Require(Vec<usize>),
    /// None of these is given.
    Forbid(Vec<usize>),
    /// None of these is given, or it was needless.
    Ignore(Vec<usize>),
    /// Each of these, if given, keeps a limit.
    Constrain(Vec<(usize, Limit)>),
    /// Exactly one of these is given.
    ExactlyOne(Vec<usize>),
    /// At least one of these is given.
    AtLeastOne(Vec<usize>),
    /// At most one of these is given.
    AtMostOne(Vec<usize>),
    /// All of these are given, or none.
    AllOrNone(Vec<usize>),
    /// If both are given, they are the same.
    Equal(usize, usize),
}

/// What a rule puts on a parameter's value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limit {
    /// The only values allowed, as they travel; empty: any.
    pub values: Vec<String>,
    /// Bounds.
    pub limits: Limits,
}

/// How grave a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The service is expected to reject the request.
    Error,
    /// The request may work, but probably not as meant.
    Advice,
}

/// How we know a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// Upstream's machine-readable metadata says so.
    Declared,
    /// Upstream's prose says so.
    Documented,
    /// A person says so.
    Judged,
}

/// From where a rule is known; empty texts where that is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub document: String,
    /// The parameter in whose description it stands.
    pub parameter: String,
    /// The language that it was read in.
    pub language: String,
    /// The phrase pattern that understood it.
    pub pattern: String,
    /// A value had to be mended when it was read: the value that was taken, and how the source spells it.
    pub as_written: Vec<(String, String)>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// How sure we are of what was read from prose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Confidence {
    /// Every name and value stands in the source as it stands here.
    #[default]
    Exact,
    /// A name or a value had to be mended.
    Normalized,
    /// The source's languages disagree.
    Conflicting,
}

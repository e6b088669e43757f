//! The table of changes: every kind that there is, and what it does to whom. The command line, reports and the README
//! print this; nothing about a kind is written down elsewhere.
//!
//! A level says what happens to a client that is already out when the service changes so; a step says which number the
//! package made from the new specification gets. The two differ: a parameter that moves from the query to the body
//! breaks clients that are out, yet nobody has to change a line to take the new package.

mod request;
mod response;
mod rule;
mod service;

pub(super) use request::*;
pub(super) use response::*;
pub(super) use rule::*;
pub(super) use service::*;

/// How a change strikes those who use the old specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Programs stop compiling, or requests that were right are refused.
    Breaking,
    /// Nothing is refused, but something may behave otherwise than its author thought.
    Dangerous,
    /// More is possible than before, or as much.
    Compatible,
    /// Only what people read changes.
    Docs,
}

impl Level {
    /// All, gravest first.
    pub const ALL: [Level; 4] = [Level::Breaking, Level::Dangerous, Level::Compatible, Level::Docs];

    /// `breaking`, `dangerous`, `compatible` or `docs`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Breaking => "breaking",
            Level::Dangerous => "dangerous",
            Level::Compatible => "compatible",
            Level::Docs => "docs",
        }
    }
}

/// Which part of a package's version number grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Programs may have to change.
    Major,
    /// There is something new.
    Minor,
    /// Programs notice nothing.
    Patch,
}

impl Step {
    /// `major`, `minor` or `patch`.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Major => "major",
            Step::Minor => "minor",
            Step::Patch => "patch",
        }
    }

    /// The step of a package that is still at 0.x, where the second number does the first one's work.
    pub fn before_one(self) -> Step {
        match self {
            Step::Major => Step::Minor,
            Step::Minor | Step::Patch => Step::Patch,
        }
    }
}

/// One kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stable, in kebab case.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// What it does to the number of the package.
    pub step: Step,
    /// The code of the same change the other way round.
    pub reverse: &'static str,
    /// What has changed, in one sentence.
    pub summary: &'static str,
    /// What it means between a client and the service; empty: nothing.
    pub wire: &'static str,
    /// What it means for a program that uses the generated Rust; empty: nothing.
    pub rust: &'static str,
    /// What it means for the generated pages and for the exports; empty: nothing beyond showing it.
    pub docs: &'static str,
}

impl Kind {
    /// The kind of a code.
    pub fn named(code: &str) -> Option<&'static Kind> {
        Kind::all().find(|kind| kind.code == code)
    }

    /// Every kind, in the order of the table.
    pub fn all() -> impl Iterator<Item = &'static Kind> {
        let tables: [&[&Kind]; 4] = [service::TABLE, request::TABLE, rule::TABLE, response::TABLE];
        tables.into_iter().flatten().copied()
    }
}

/// Writes a part of the table: each kind as a static of its own, and the list of them all.
macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident: $code:literal, $level:ident, $step:ident, reverse $reverse:literal,
        $summary:literal, wire $wire:literal, rust $rust:literal, docs $docs:literal;)*) => {
        $(pub(in super::super) static $name: super::Kind = super::Kind {
            code: $code, level: super::Level::$level, step: super::Step::$step, reverse: $reverse,
            summary: $summary, wire: $wire, rust: $rust, docs: $docs,
        };)*
        pub(in super::super) static TABLE: &[&super::Kind] = &[$(&$name),*];
    };
}
use kinds;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let codes: Vec<&str> = Kind::all().map(|kind| kind.code).collect();
        for (index, kind) in Kind::all().enumerate() {
            let code = kind.code;
            assert_eq!(codes.iter().position(|other| *other == code), Some(index), "{code} stands twice");
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{code}");
            let reverse = Kind::named(kind.reverse).unwrap();
            assert_eq!(reverse.reverse, code, "{code}");
            for text in [kind.summary, kind.wire, kind.rust, kind.docs] {
                assert!(text.is_empty() || text.ends_with('.'), "{code}: {text}");
            }
            let strikes = !kind.wire.is_empty() || !kind.rust.is_empty();
            assert!(strikes || !matches!(kind.level, Level::Breaking | Level::Dangerous), "{code}: strikes whom?");
            assert!(kind.step != Step::Major || kind.level == Level::Breaking, "{code}: a major step breaks");
            assert!(kind.step != Step::Major || !kind.rust.is_empty(), "{code}: what do programs change?");
        }
    }
}

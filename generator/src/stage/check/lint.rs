//! The table of lints.

use super::{allow, conflict, known, parameter, provenance, reach, report, response, sibling, waiter, wording};
use crate::diag::Level;

/// One kind of finding. It is documented here and nowhere else: the command line and code scanners print this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lint {
    /// Stable, in kebab case.
    pub code: &'static str,
    /// How grave a finding is.
    pub level: Level,
    /// What a finding means, in one sentence.
    pub summary: &'static str,
    /// What goes wrong if it stays.
    pub why: &'static str,
    /// What to do.
    pub cure: &'static str,
}

/// Every lint, in the order in which they run.
pub const LINTS: &[Lint] = &[
    known::UNKNOWN_VALUE,
    known::VALUE_CASE,
    reach::IMPOSSIBLE_RULE,
    reach::NEVER_GIVEN,
    reach::ALWAYS_REQUIRED,
    reach::RULE_ON_REQUIRED,
    conflict::CONTRADICTION,
    conflict::IMPLIED,
    sibling::SIBLING_DIFFERS,
    sibling::NAME_DIFFERS_FROM_SIBLING,
    parameter::REQUIRED_DEFAULT,
    parameter::EXAMPLE_MISMATCH,
    parameter::SAMPLE_REQUEST,
    parameter::SENSITIVE_UNMARKED,
    parameter::UNKNOWN_LOOKUP,
    response::RESPONSE_TYPE,
    response::RESPONSE_UNLISTED,
    waiter::WAITER_CHANGES,
    waiter::WAITER_NEVER_SUCCEEDS,
    waiter::ACCEPTOR_OVERRULED,
    provenance::LANGUAGES_DISAGREE,
    provenance::NORMALIZED_VALUE,
    provenance::SOURCES_DISAGREE,
    provenance::DECLARED_OTHERWISE,
    provenance::LOST_UPSTREAM,
    wording::MISSING_DOC,
    wording::UNNAMED_PRECONDITION,
    report::TOO_MANY_CASES,
    allow::UNUSED_ALLOWANCE,
    allow::UNKNOWN_LINT,
];

impl Lint {
    /// The lint of a code.
    pub fn named(code: &str) -> Option<&'static Lint> {
        LINTS.iter().find(|lint| lint.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        for (index, lint) in LINTS.iter().enumerate() {
            assert_eq!(LINTS.iter().position(|other| other.code == lint.code), Some(index), "{}", lint.code);
            assert!(lint.code.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", lint.code);
        }
    }
}

//! Findings about one action, as the lints collect them.

use super::Lint;
use crate::diag::{Diagnostic, Level, Origin};
use crate::model::{Action, Rule};

pub(super) const TOO_MANY_CASES: Lint = Lint {
    code: "too-many-cases",
    level: Level::Note,
    summary: "The rules about a parameter depend on so many values that a lint gave up on them.",
    why: "A contradiction among these rules would not be found.",
    cure: "split the rules, or review them by hand and allow this finding",
};

/// Something that a lint found.
pub(super) struct Finding {
    /// What it is about: names of parameters and response fields, ids of rules. An allowance names one of them.
    pub subjects: Vec<String>,
    /// What a person is shown.
    pub diagnostic: Diagnostic,
}

/// What was found about an action so far.
pub(super) struct Report<'a> {
    /// The action.
    pub action: &'a Action,
    findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    pub fn new(action: &'a Action) -> Report<'a> {
        Report { action, findings: Vec::new() }
    }

    /// Adds a finding, with the lint's own cure.
    pub fn add(&mut self, lint: &Lint, subjects: &[&str], origin: Origin, message: impl Into<String>) {
        self.add_with(lint, subjects, origin, message, lint.cure);
    }

    /// Adds a finding, with a cure that fits it better than the lint's own.
    pub fn add_with(
        &mut self,
        lint: &Lint,
        subjects: &[&str],
        origin: Origin,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) {
        let diagnostic = Diagnostic { level: lint.level, ..Diagnostic::error(lint.code, origin, message).help(cure) };
        self.findings.push(Finding { subjects: subjects.iter().map(ToString::to_string).collect(), diagnostic });
    }

    /// A parameter's wire name.
    pub fn name(&self, parameter: usize) -> &'a str {
        self.action.parameters.get(parameter).map_or("", |parameter| parameter.name.as_str())
    }

    /// Where a parameter stands.
    pub fn place(&self, parameter: usize) -> Origin {
        self.action.parameters.get(parameter).map_or(&self.action.origin, |parameter| &parameter.origin).clone()
    }

    /// The rules, free of the borrow of what was found so far.
    pub fn rules(&self) -> &'a [Rule] {
        &self.action.rules
    }

    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// Texts as code, in a row: `` `a`, `b` ``.
pub(super) fn listed<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts.into_iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ")
}

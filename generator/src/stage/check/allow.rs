//! Allowances: findings that a person looked at and lets stand. One that no longer applies is an error, so that none
//! outlives its reason.

use super::report::Finding;
use super::{LINTS, Lint};
use crate::diag::{Diagnostic, Level, did_you_mean};
use crate::model::Action;

pub(super) const UNUSED_ALLOWANCE: Lint = Lint {
    code: "unused-allowance",
    level: Level::Error,
    summary: "An allowance matches no finding.",
    why: "It would hide the next finding of its kind, which nobody has looked at.",
    cure: "remove it",
};

pub(super) const UNKNOWN_LINT: Lint = Lint {
    code: "unknown-lint",
    level: Level::Error,
    summary: "An allowance names a lint that does not exist.",
    why: "What it was meant to allow is still reported.",
    cure: "`bindery lint --list` shows every code",
};

/// Drops what is allowed and reports allowances that allow nothing.
pub(super) fn apply(action: &Action, findings: Vec<Finding>) -> Vec<Diagnostic> {
    let mut used = vec![false; action.allow.len()];
    let mut kept = Vec::new();
    for finding in findings {
        let mut allowed = false;
        for ((code, subject, _, _), used) in action.allow.iter().zip(&mut used) {
            let about = subject == "*" || finding.subjects.contains(subject);
            if code == finding.diagnostic.code && about {
                allowed = true;
                *used = true;
            }
        }
        if !allowed {
            kept.push(finding.diagnostic);
        }
    }
    for ((code, subject, _, origin), _) in action.allow.iter().zip(used).filter(|(_, used)| !used) {
        let diagnostic = if Lint::named(code).is_none() {
            let near = did_you_mean(code, LINTS.iter().map(|lint| lint.code));
            let help = near.map_or(UNKNOWN_LINT.cure.to_owned(), |near| format!("did you mean `{near}`?"));
            Diagnostic::error(UNKNOWN_LINT.code, origin.clone(), format!("there is no lint `{code}`")).help(help)
        } else {
            let message = match subject.as_str() {
                "*" => format!("nothing in `{}` is `{code}`", action.name),
                _ => format!("`{subject}` of `{}` is not `{code}`", action.name),
            };
            Diagnostic::error(UNUSED_ALLOWANCE.code, origin.clone(), message).help(UNUSED_ALLOWANCE.cure)
        };
        kept.push(diagnostic);
    }
    kept
}

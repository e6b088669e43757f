//! What is wrong with a request, as people read it.

use crate::diag::visible;
use crate::model::Severity;
use crate::rules::Violation;

/// One paragraph a violation, then how many there are.
pub(super) fn human(violations: &[Violation]) -> String {
    let errors = violations.iter().filter(|violation| violation.severity == Severity::Error).count();
    let mut out = String::new();
    for violation in violations {
        let severity = match violation.severity {
            Severity::Error => "error",
            Severity::Advice => "advice",
        };
        let rule = violation.rule.as_ref().map(|rule| format!("\n  rule: {rule}")).unwrap_or_default();
        let message = visible(&violation.message);
        out += &format!("{severity}[{}]: {}\n  {message}{rule}\n\n", violation.code, visible(&violation.path));
    }
    match (errors, violations.len() - errors) {
        (0, 0) => out += "valid\n",
        (0, advice) => out += &format!("valid, with {advice} to think about\n"),
        (errors, advice) => out += &format!("invalid: {errors} to mend, {advice} to think about\n"),
    }
    out
}

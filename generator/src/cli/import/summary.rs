//! What an import says at its end: for people, and for programs.

use super::Written;
use crate::import::Report;
use crate::import::write::Outcome;
use serde_json::json;
use std::fmt::Write as _;

/// A list is cut after this many lines: whoever wants all of it takes the JSON.
const SHOWN: usize = 20;

/// For people.
pub(super) fn human(written: &Written, dry_run: bool, report: &Report) -> String {
    let mut text = String::new();
    list(&mut text, written.iter().filter(|(_, outcome)| *outcome != Outcome::Same), |(path, outcome)| {
        let outcome = match (outcome, dry_run) {
            (Outcome::Same, _) => "unchanged",
            (Outcome::New, false) => "new",
            (Outcome::Changed, false) => "changed",
            (Outcome::New, true) => "would be new",
            (Outcome::Changed, true) => "would change",
        };
        format!("{}: {outcome}", path.display())
    });
    let same = written.iter().filter(|(_, outcome)| *outcome == Outcome::Same).count();
    if same > 0 {
        let _ = writeln!(text, "{same} files unchanged");
    }
    let mended: usize = report.rules.values().map(|count| count.normalized).sum();
    let _ = writeln!(
        text,
        "{} actions, {} parameters, {} values, {} defaults, {} response fields",
        report.actions.len(),
        report.parameters,
        report.values,
        report.defaults,
        report.fields
    );
    let _ = writeln!(
        text,
        "{} rules ({mended} with a name or a value mended), {} preconditions, {} sentences not understood",
        report.rule_count(),
        report.preconditions,
        report.not_understood.len()
    );
    list(&mut text, report.not_understood.iter(), |missed| {
        format!("  {}:{}: {}: {}", missed.file, missed.line, missed.parameter, missed.sentence)
    });
    text
}

fn list<T>(text: &mut String, mut items: impl Iterator<Item = T>, line: impl Fn(T) -> String) {
    for item in items.by_ref().take(SHOWN) {
        let _ = writeln!(text, "{}", line(item));
    }
    let more = items.count();
    if more > 0 {
        let _ = writeln!(text, "  … and {more} more (--format json shows all)");
    }
}

/// For programs.
pub(super) fn machine(written: &Written, report: &Report) -> String {
    let files = written.iter().map(|(path, outcome)| {
        let outcome = match outcome {
            Outcome::New => "new",
            Outcome::Changed => "changed",
            Outcome::Same => "unchanged",
        };
        json!({"file": path.to_string_lossy(), "outcome": outcome})
    });
    format!("{:#}\n", json!({"files": files.collect::<Vec<_>>(), "report": report}))
}

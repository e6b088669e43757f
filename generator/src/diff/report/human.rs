//! Changes for people at a terminal.

use super::{Report, at, counted, located, tally};
use crate::diag::Sources;
use crate::diff::{Kind, Level};
use std::fmt::Write as _;

/// The changes by action, then what their kinds mean, then the advice.
pub fn human(report: &Report, sources: &Sources) -> String {
    let places = located(report.changes.iter(), sources);
    let mut text = String::new();
    for (service, changes) in report.services() {
        let _ = writeln!(text, "{} {}", service.product, service.version);
        let mut action = None;
        for change in changes {
            if action != Some(&change.action) {
                action = Some(&change.action);
                let _ = writeln!(text, "\n  {}", change.action.as_deref().unwrap_or("the service"));
            }
            let (level, code) = (change.kind.level.as_str(), change.kind.code);
            let _ = writeln!(text, "    {level}[{code}] {}", change.message);
            let origin = change.new_origin.as_ref().or(change.old_origin.as_ref());
            let place = origin.map(|origin| format!("{}, ", at(origin, &places))).unwrap_or_default();
            let path = if change.path.is_empty() { String::new() } else { format!("{}, ", change.path) };
            let _ = writeln!(text, "      {place}{path}{}", change.fingerprint());
        }
        text.push('\n');
    }
    let kinds = report.kinds();
    if !kinds.is_empty() {
        text.push_str("What this means\n\n");
        kinds.into_iter().for_each(|kind| text.push_str(&meaning(kind, "  ")));
        text.push('\n');
    }
    for ignored in &report.ignored {
        let until = ignored.until.as_ref().map(|until| format!(" (until {until})")).unwrap_or_default();
        let _ = writeln!(
            text,
            "let pass: {}: {}: {}{until}",
            ignored.change.place(),
            ignored.change.message,
            ignored.reason
        );
    }
    text.push_str(&summary(report));
    text
}

/// What a kind of change means, indented.
fn meaning(kind: &Kind, indent: &str) -> String {
    let mut text = format!(
        "{indent}{} ({}, {})\n{indent}  {}\n",
        kind.code,
        kind.level.as_str(),
        kind.step.as_str(),
        kind.summary
    );
    for (target, words) in [("wire", kind.wire), ("Rust", kind.rust), ("docs", kind.docs)] {
        if !words.is_empty() {
            let _ = writeln!(text, "{indent}  {target}: {words}");
        }
    }
    text
}

impl Kind {
    /// The table's row, for people.
    pub fn explained(&self) -> String {
        let reverse = if self.reverse == self.code { "itself" } else { self.reverse };
        format!("{}\nThe other way round: {reverse}.\n", meaning(self, ""))
    }
}

/// The last lines: how many changes of which level, and what that asks of a package.
fn summary(report: &Report) -> String {
    let ignored = match report.ignored.len() {
        0 => String::new(),
        some => format!("; {some} let pass"),
    };
    let Some(step) = report.step() else { return format!("no changes{ignored}\n") };
    let mut text = format!("{}: {}{ignored}\n", counted(report.changes.len(), "change"), tally(report));
    let _ = writeln!(
        text,
        "a package made of the new specification makes a {} step (while it is at 0.x, a {} one)",
        step.as_str(),
        step.before_one().as_str()
    );
    if report.level() == Some(Level::Breaking) && step > crate::diff::Step::Major {
        text.push_str(
            "what breaks, breaks clients that are out; nobody has to change a program to take the new package\n",
        );
    }
    text
}

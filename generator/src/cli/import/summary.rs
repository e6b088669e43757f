//! What an import says at its end: for people, and for programs.

use super::{Arguments, Done, Format};
use crate::diag::{self, Diagnostics, Sources};
use crate::import::input::LeftOut;
use crate::import::write::Outcome;
use crate::import::{self, Report, RuleCount};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A list is cut after this many lines: whoever wants all of it takes the JSON.
const SHOWN: usize = 20;

/// Of problems with the same code, people are shown this many.
const ALIKE: usize = 10;

/// For people.
pub(super) fn human(done: &Done) -> String {
    let mut text = String::new();
    let changed = done.files.iter().filter(|(_, outcome)| *outcome != Outcome::Same);
    list(&mut text, changed, |(path, outcome)| {
        let outcome = match (outcome, done.untouched) {
            (Outcome::Same, _) => "unchanged",
            (Outcome::New, false) => "new",
            (Outcome::Changed, false) => "changed",
            (Outcome::New, true) => "would be new",
            (Outcome::Changed, true) => "would change",
        };
        format!("{}: {outcome}", path.display())
    });
    let same = done.files.iter().filter(|(_, outcome)| *outcome == Outcome::Same).count();
    if same > 0 {
        let _ = writeln!(text, "{} unchanged", many(same, "file"));
    }
    if !done.report.actions.is_empty() {
        figures(&mut text, &done.report);
    }
    left_out(&mut text, &done.left_out);
    if !done.report.conflicts.is_empty() {
        let _ = writeln!(text, "{} between sources:", many(done.report.conflicts.len(), "conflict"));
    }
    list(&mut text, done.report.conflicts.iter(), |conflict| format!("  {conflict}"));
    if !done.report.not_understood.is_empty() {
        let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
        for missed in &done.report.not_understood {
            *languages.entry(missed.language).or_default() += 1;
        }
        let languages: Vec<String> = languages.iter().map(|(language, count)| format!("{language}: {count}")).collect();
        let count = many(done.report.not_understood.len(), "sentence");
        let _ = writeln!(text, "{count} not understood ({}):", languages.join(", "));
    }
    list(&mut text, done.report.not_understood.iter(), |missed| {
        format!("  {}: {} {}: {}", missed.spot, missed.action, missed.parameter, missed.sentence)
    });
    text
}

/// Looks up the lines of the sentences that will be shown.
pub(super) fn locate(report: &mut Report, arguments: &Arguments, sources: &Sources) {
    if arguments.explain {
        import::locate(report.explained.iter_mut().map(|explained| &mut explained.spot), sources);
    } else if !arguments.survey {
        let shown = if arguments.format == Format::Human { SHOWN } else { usize::MAX };
        import::locate(report.not_understood.iter_mut().take(shown).map(|missed| &mut missed.spot), sources);
    }
}

/// The problems that people are shown, the first of each code, and a word on the others.
pub(super) fn shown(diagnostics: &Diagnostics) -> (Diagnostics, String) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown = Diagnostics::new();
    for problem in diagnostics.iter() {
        let count = counts.entry(problem.code).or_default();
        *count += 1;
        if *count <= ALIKE {
            shown.push(problem.clone());
        }
    }
    let more = counts.iter().filter(|(_, count)| **count > ALIKE);
    let more = more.map(|(code, count)| format!("… and {} more [{code}] (--format json shows all)\n", count - ALIKE));
    (shown, more.collect())
}

fn figures(text: &mut String, report: &Report) {
    let Report { actions, parameters, fields, values, defaults, bounds, rules, preconditions, .. } = report;
    let _ = writeln!(
        text,
        "{}, {}, {}, {}, {}, {}",
        many(actions.len(), "action"),
        many(*parameters, "parameter"),
        many(*values, "value"),
        many(*defaults, "default"),
        many(*bounds, "bound"),
        many(*fields, "response field"),
    );
    let _ = writeln!(
        text,
        "{}, {}, {}, {} not understood",
        many(report.rule_count(), "rule"),
        many(*preconditions, "precondition"),
        many(report.conflicts.len(), "conflict"),
        many(report.not_understood.len(), "sentence"),
    );
    for (effect, RuleCount { exact, normalized, conflicting }) in rules {
        let _ = write!(text, "  {effect}: {exact} as written, {normalized} with a name or a value mended");
        if *conflicting > 0 {
            let _ = write!(text, ", {conflicting} of which the languages disagree");
        }
        text.push('\n');
    }
}

fn left_out(text: &mut String, left_out: &LeftOut) {
    let count: usize = left_out.files.values().sum();
    if count > 0 {
        let ends = left_out.files.iter().take(SHOWN).map(|(end, count)| match end.as_str() {
            "" => format!("{count} without an end"),
            end => format!("{count} .{end}"),
        });
        let ends: Vec<String> = ends.collect();
        let _ = writeln!(text, "{} of other forms left out ({})", many(count, "file"), ends.join(", "));
    }
    if left_out.links > 0 {
        let _ = writeln!(text, "{} not followed", many(left_out.links, "link"));
    }
}

fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
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
pub(super) fn machine(done: &Done, diagnostics: &Diagnostics, sources: &Sources) -> String {
    let files = done.files.iter().map(|(path, outcome)| {
        let outcome = match outcome {
            Outcome::New => "new",
            Outcome::Changed => "changed",
            Outcome::Same => "unchanged",
        };
        json!({"file": path.to_string_lossy(), "outcome": outcome})
    });
    let whole = json!({
        "files": files.collect::<Vec<_>>(),
        "untouched": done.untouched,
        "report": done.report,
        "leftOut": done.left_out,
        "diagnostics": diag::json(diagnostics, sources),
    });
    format!("{whole:#}\n")
}

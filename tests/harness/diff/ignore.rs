//! Changes that are let pass: what an ignore file may say, and that an entry which is no longer needed is an error.

use super::{both, compare};
use bindery::diag::Diagnostics;
use bindery::diff::Change;
use bindery::diff::ignore::{Ignore, apply, parse};
use std::path::Path;
use std::sync::Arc;

const TODAY: &str = "2026-06-15";

fn changes() -> Vec<Change> {
    let (old, new, _) = both(Path::new("diff/values"));
    compare(&old, &new)
}

fn entries(text: &str) -> Vec<Ignore> {
    let mut diagnostics = Diagnostics::new();
    let entries = parse(&Arc::from("diff-ignore.toml"), text, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    entries
}

/// How many changes are let pass, and what is wrong with the entries.
fn outcome(text: &str, is_whole: bool) -> (usize, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::new();
    let all = changes().len();
    let (kept, ignored) = apply(changes(), &entries(text), TODAY, is_whole, &mut diagnostics);
    assert_eq!(kept.len() + ignored.len(), all);
    (ignored.len(), diagnostics.iter().map(|diagnostic| diagnostic.code).collect())
}

#[test]
fn entries_let_pass_what_they_name_until_their_day() {
    let removed = changes().into_iter().find(|change| change.kind.code == "value-removed").unwrap();
    let print = removed.fingerprint();
    let by_print = format!("[[ignore]]\nfingerprint = \"{print}\"\nreason = \"never sent\"\n");
    assert_eq!(outcome(&by_print, true), (1, vec![]));
    let by_place =
        format!("[[ignore]]\nid = \"value-removed\"\nplace = \"{}\"\nreason = \"never sent\"\n", removed.place());
    let until = |day: &str| format!("{by_place}until = {day}\n");
    assert_eq!(outcome(&until("2026-06-15"), true), (1, vec![]));
    assert_eq!(outcome(&until("2026-06-14"), true), (0, vec!["ignore-expired"]));
    let elsewhere = by_print.replace(&print, "0000000000000000");
    assert_eq!(outcome(&elsewhere, true), (0, vec!["ignore-unused"]));
    assert_eq!(outcome(&elsewhere, false), (0, vec![]), "a comparison of a part cannot know");
}

#[test]
fn every_problem_of_a_file_is_told_at_once() {
    let text = "\
[[ignore]]
fingerprint = \"1\"
[[ignore]]
id = \"value-remved\"
place = \"Send\"
reason = \"x\"
[[ignore]]
reason = \"x\"
untill = 2026-01-01
[[ignore]]
id = \"value-removed\"
place = \"Send\"
until = \"soon\"
reason = \"\"
";
    let mut diagnostics = Diagnostics::new();
    parse(&Arc::from("diff-ignore.toml"), text, &mut diagnostics);
    let told: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    for wanted in [
        "diff-ignore.toml:1:1: error[ignore]: the entry has no `reason`",
        "there is no change `value-remved` (did you mean `value-removed`?)",
        "an entry for a place needs `until`",
        "the key `untill` is unknown (did you mean `until`?)",
        "it is not said what is to be let pass",
        "`until` is no date",
        "`reason` is no text",
    ] {
        assert!(told.iter().any(|line| line.contains(wanted)), "{wanted}\n{told:#?}");
    }
}

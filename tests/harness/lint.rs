//! Every lint on a folder of its own: `lint/CODE/api-specs` holds the actions `Wrong`, where the lint finds all that
//! `findings.txt` shows, and `Right`, where it finds nothing; so do waiters of these names. `BINDERY_BLESS=1` rewrites the goldens.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{self, Diagnostic, Diagnostics, Place, Sources};
use bindery::stage::check::{self, LINTS};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Everything that reading and linting a folder finds.
fn findings(code: &str) -> (Vec<Diagnostic>, Sources) {
    let mut loaded = bindery::pipeline::load(&Path::new("lint").join(code).join("api-specs"));
    if let Some(api) = &loaded.api {
        check::run(api, &mut loaded.diagnostics);
    }
    assert!(loaded.api.is_some(), "{code} cannot be read: {:#?}", loaded.diagnostics);
    (loaded.diagnostics.into_iter().collect(), loaded.sources)
}

fn of_code(code: &str) -> (Diagnostics, Sources) {
    let (found, sources) = findings(code);
    let mut diagnostics = Diagnostics::new();
    diagnostics.extend(found.into_iter().filter(|diagnostic| diagnostic.code == code));
    (diagnostics, sources)
}

#[test]
fn every_lint_has_a_folder_and_every_folder_a_lint() {
    let folders: BTreeSet<String> = fs::read_dir("lint")
        .expect("tests run in their package")
        .map(|entry| entry.expect("a folder").file_name().into_string().expect("a code"))
        .collect();
    assert_eq!(folders, LINTS.iter().map(|lint| lint.code.to_owned()).collect());
}

#[test]
fn each_lint_finds_what_its_folder_shows_and_no_more() {
    let mut differing = Vec::new();
    for lint in LINTS {
        let (diagnostics, sources) = of_code(lint.code);
        assert!(!diagnostics.is_empty(), "{} finds nothing", lint.code);
        for diagnostic in diagnostics.iter() {
            let origin = diagnostic.origin.as_ref().expect("every finding has a place");
            let of_waiter = match &origin.place {
                Place::Key(pointer) | Place::Value(pointer) => pointer.starts_with("/waiters/Wrong"),
                Place::Whole | Place::At(_) => false,
            };
            assert!(origin.file.ends_with("/Wrong.json") || of_waiter, "{diagnostic}");
            assert!(sources.locate(origin).is_some(), "{diagnostic}");
            assert!(diagnostic.help.as_ref().is_some_and(|help| !help.is_empty()), "{diagnostic}");
            assert_eq!(diagnostic.level, lint.level, "{diagnostic}");
        }
        let shown = diag::human(&diagnostics, &sources, false);
        let golden = Path::new("lint").join(lint.code).join("findings.txt");
        if std::env::var_os("BINDERY_BLESS").is_some() {
            fs::write(&golden, &shown).expect("the golden can be written");
        } else if fs::read_to_string(&golden).unwrap_or_default() != shown {
            differing.push(format!("{}:\n{shown}", golden.display()));
        }
    }
    assert!(differing.is_empty(), "run again with BINDERY_BLESS=1 if this is right\n\n{}", differing.join("\n"));
}

#[test]
fn an_allowance_lets_its_finding_stand_and_no_other() {
    let (found, _) = findings("unused-allowance");
    let right: Vec<String> = found
        .iter()
        .filter(|diagnostic| diagnostic.origin.as_ref().is_some_and(|origin| origin.file.ends_with("/Right.json")))
        .map(|diagnostic| diagnostic.message.clone())
        .collect();
    assert_eq!(right, ["`Size` is required, yet has a default"]);
}

//! Comparing specifications: a folder below `tests/diff` holds an old and a new one, and what comes of them, for people
//! and as an entry of a changelog. `BINDERY_BLESS=1` rewrites what is expected; a person then reads the difference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may")]

mod archives;
mod command;
mod ignore;
mod meaning;

use bindery::diag::{self, Sources};
use bindery::diff::report::{Report, human, markdown};
use bindery::diff::{self, Change, Kind, Level, Parts};
use bindery::model::Api;
use bindery::pipeline;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders below `tests/diff`, relative to the package: places in reports do not depend on the machine.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("diff").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 8);
    folders
}

fn load(folder: &Path, sources: &mut Sources) -> Api {
    let loaded = pipeline::load(folder);
    sources.extend(loaded.sources.clone());
    let why = || diag::human(&loaded.diagnostics, &loaded.sources, false);
    loaded.api.clone().unwrap_or_else(|| panic!("{}", why()))
}

fn both(folder: &Path) -> (Api, Api, Sources) {
    let mut sources = Sources::default();
    let (old, new) = (load(&folder.join("old"), &mut sources), load(&folder.join("new"), &mut sources));
    (old, new, sources)
}

fn compare(old: &Api, new: &Api) -> Vec<Change> {
    diff::compare(old, new, Parts::ALL)
}

#[test]
fn folders_differ_as_expected() {
    let bless = std::env::var_os("BINDERY_BLESS").is_some();
    let mut wrong = Vec::new();
    for folder in folders() {
        let (old, new, sources) = both(&folder);
        let report = Report { changes: compare(&old, &new), ignored: Vec::new() };
        for (name, text) in [("expected.txt", human(&report, &sources)), ("expected.md", markdown(&report))] {
            let path = folder.join(name);
            if bless {
                fs::write(&path, text).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != text {
                wrong.push(format!("{}:\n{text}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "if it is right now, set BINDERY_BLESS=1 and read the difference:\n{}", wrong.join("\n"));
}

#[test]
fn the_folders_show_every_kind_of_change() {
    let mut seen: BTreeSet<&str> = BTreeSet::from(["service-added", "service-removed"]);
    for folder in folders() {
        let (old, new, _) = both(&folder);
        seen.extend(compare(&old, &new).iter().map(|change| change.kind.code));
    }
    let all: BTreeSet<&str> = Kind::all().map(|kind| kind.code).collect();
    let unseen: Vec<&&str> = all.difference(&seen).collect();
    assert!(unseen.is_empty(), "no folder below tests/diff shows {unseen:?}");
}

#[test]
fn a_service_that_comes_or_goes_is_one_change() {
    let (old, ..) = both(Path::new("diff/actions"));
    let [come, gone] = [true, false].map(|is_new| diff::alone(&old, is_new));
    assert_eq!((come.kind.code, come.old, come.kind.level), ("service-added", None, Level::Compatible));
    assert_eq!((gone.kind.code, gone.new, gone.kind.level), ("service-removed", None, Level::Breaking));
}

#[test]
fn nothing_differs_from_itself() {
    for folder in folders().iter().flat_map(|folder| [folder.join("old"), folder.join("new")]) {
        let api = load(&folder, &mut Sources::default());
        assert_eq!(compare(&api, &api), [], "{}", folder.display());
    }
    for specs in ["golden/parcels/api-specs", "../api-specs/dts/2020-01-01"] {
        let api = load(Path::new(specs), &mut Sources::default());
        assert_eq!(compare(&api, &api), [], "{specs}");
    }
}

/// What must be the same of a change and of the one the other way round.
fn facts(changes: &[Change], turned: bool) -> Vec<(String, Option<String>, Option<String>)> {
    let facts = |change: &Change| {
        let (old, new) = (change.old.clone(), change.new.clone());
        match turned {
            true => (change.kind.reverse.to_owned(), new, old),
            false => (change.kind.code.to_owned(), old, new),
        }
    };
    let mut facts: Vec<_> = changes.iter().map(facts).collect();
    facts.sort();
    facts
}

fn assert_mirrors(old: &Api, new: &Api, what: &str) {
    assert_eq!(facts(&compare(old, new), false), facts(&compare(new, old), true), "{what}");
}

#[test]
fn the_other_way_round_everything_is_reversed() {
    for folder in folders() {
        let (old, new, _) = both(&folder);
        assert_mirrors(&old, &new, &folder.display().to_string());
    }
}

#[test]
fn fingerprints_are_unique_and_do_not_depend_on_order_or_place() {
    for folder in folders() {
        let (old, mut new, _) = both(&folder);
        let changes = compare(&old, &new);
        let prints: BTreeSet<String> = changes.iter().map(Change::fingerprint).collect();
        assert_eq!(prints.len(), changes.len(), "{}", folder.display());
        // The same specification from elsewhere, with its optional parameters and its rules in another order.
        for action in &mut new.actions {
            action.rules.reverse();
            let file = std::sync::Arc::from("elsewhere/action.json");
            action.origin.file = std::sync::Arc::clone(&file);
            for rule in &mut action.rules {
                rule.origin.file = std::sync::Arc::clone(&file);
                rule.id = format!("renamed-{}", rule.id);
            }
        }
        let again: BTreeSet<String> = compare(&old, &new).iter().map(Change::fingerprint).collect();
        assert_eq!(prints, again, "{}", folder.display());
    }
}

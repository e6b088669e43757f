//! What must be true of putting files in place: it is whole or not at all, and nothing of a person's is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod faults;

use bindery::artifact::Tree;
use bindery::diag::Diagnostics;
use bindery::stage::write::{self, Kind, Report, Scope};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

type Trees = BTreeMap<String, Tree>;

fn trees(targets: &[(&str, &[(&str, &str)])]) -> Trees {
    let tree = |files: &[(&str, &str)]| {
        let mut tree = Tree::new();
        files.iter().for_each(|(path, content)| tree.insert(path, (*content).to_owned()).unwrap());
        tree
    };
    targets.iter().map(|(target, files)| ((*target).to_owned(), tree(files))).collect()
}

fn run(out: &Path, trees: &Trees) -> Result<Report, Vec<String>> {
    run_with(out, trees, Scope::Everything, false)
}

fn run_with(out: &Path, trees: &Trees, scope: Scope, force: bool) -> Result<Report, Vec<String>> {
    let mut diagnostics = Diagnostics::new();
    let report = write::run(out, trees, scope, force, &mut diagnostics);
    assert_eq!(report.is_none(), diagnostics.has_errors());
    report.ok_or_else(|| {
        // The folder differs from test to test.
        let shown = |item: bindery::diag::Diagnostic| {
            let file = item
                .origin
                .map(|origin| Path::new(&*origin.file).strip_prefix(out).unwrap_or(Path::new("beside it")).to_owned());
            format!("{} {}", item.code, file.unwrap_or_default().display())
        };
        diagnostics.into_iter().map(shown).collect()
    })
}

fn report(created: usize, changed: usize, removed: usize, unchanged: usize) -> Result<Report, Vec<String>> {
    Ok(Report { created, changed, removed, unchanged })
}

fn errors(expected: &[&str]) -> Result<Report, Vec<String>> {
    Err(expected.iter().map(|error| (*error).to_owned()).collect())
}

fn read(out: &Path, path: &str) -> Option<String> {
    fs::read_to_string(out.join(path)).ok()
}

/// Every file below a folder, with its content.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn two_files() -> Trees {
    trees(&[("p/rust", &[("rust/a.rs", "a\n"), ("rust/src/b.rs", "b\n")])])
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("generated");
    (folder, out)
}

#[test]
fn a_second_run_writes_nothing() {
    let (folder, out) = place();
    assert_eq!(run(&out, &two_files()), report(2, 0, 0, 0));
    let stamps = || -> Vec<_> {
        let paths = ["", ".bindery.json", "rust", "rust/a.rs", "rust/src", "rust/src/b.rs"];
        paths.map(|path| stamp(&out.join(path))).into()
    };
    let before = stamps();
    std::thread::sleep(Duration::from_millis(20));
    let second = run(&out, &two_files());
    assert_eq!(second, report(0, 0, 0, 2));
    assert_eq!(second.unwrap().to_string(), "up to date (2 files)");
    assert_eq!(stamps(), before);
    let beside: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside, ["generated"], "nothing is left beside the output");
}

#[cfg(unix)]
fn stamp(path: &Path) -> (u64, SystemTime) {
    let metadata = fs::metadata(path).unwrap();
    (std::os::unix::fs::MetadataExt::ino(&metadata), metadata.modified().unwrap())
}

#[cfg(not(unix))]
fn stamp(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn what_stays_is_not_touched_and_what_goes_is_gone() {
    let (_folder, out) = place();
    run(&out, &two_files()).unwrap();
    fs::write(out.join("rust/src/mine.rs"), "mine").unwrap();
    let before = stamp(&out.join("rust/a.rs"));
    let next = trees(&[("p/rust", &[("rust/a.rs", "a\n"), ("rust/c.rs", "c\r\nd\n")])]);
    assert_eq!(run(&out, &next), report(1, 0, 1, 1));
    assert_eq!(stamp(&out.join("rust/a.rs")), before);
    assert_eq!(read(&out, "rust/src/b.rs"), None);
    assert_eq!(read(&out, "rust/src/mine.rs").as_deref(), Some("mine"));
    assert_eq!(read(&out, "rust/c.rs").as_deref(), Some("c\nd\n"), "LF in every file");
    fs::remove_file(out.join("rust/src/mine.rs")).unwrap();
    fs::remove_dir(out.join("rust/src")).unwrap();
    assert_eq!(run(&out, &trees(&[])), report(0, 0, 2, 0));
    assert_eq!(everything(&out).into_keys().collect::<Vec<_>>(), [Path::new(".bindery.json")]);
}

#[test]
fn the_manifest_is_sorted_and_says_nothing_of_time_or_place() {
    let (_folder, out) = place();
    run(&out, &trees(&[("p/b", &[("b", "")]), ("p/a", &[("z", "abc"), ("a/x", "")])])).unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let expected = format!(
        r#"{{
  "targets": {{
    "p/a": {{
      "a/x": "{empty}",
      "z": "{abc}"
    }},
    "p/b": {{
      "b": "{empty}"
    }}
  }}
}}
"#
    );
    assert_eq!(read(&out, ".bindery.json"), Some(expected));
}

#[test]
fn an_edit_is_refused_and_named_until_forced() {
    let (_folder, out) = place();
    run(&out, &two_files()).unwrap();
    fs::write(out.join("rust/a.rs"), "edited").unwrap();
    fs::write(out.join("rust/src/b.rs"), "edited").unwrap();
    let before = everything(&out);
    let next = trees(&[("p/rust", &[("rust/a.rs", "new")])]);
    assert_eq!(run(&out, &next), errors(&["output-edited rust/a.rs", "output-edited rust/src/b.rs"]));
    assert_eq!(everything(&out), before);
    assert_eq!(run_with(&out, &next, Scope::Everything, true), report(0, 1, 1, 0));
    assert_eq!((read(&out, "rust/a.rs").as_deref(), read(&out, "rust/src/b.rs")), (Some("new"), None));
}

#[test]
fn a_file_of_a_person_in_the_way_is_refused_until_forced() {
    let (_folder, out) = place();
    fs::create_dir_all(out.join("rust/a.rs")).unwrap();
    fs::write(out.join("rust/src"), "mine").unwrap();
    assert_eq!(run(&out, &two_files()), errors(&["output-unowned rust/a.rs", "output-unowned rust/src"]));
    // A whole folder of a person's is not replaced by force either.
    assert_eq!(run_with(&out, &two_files(), Scope::Everything, true), errors(&["output-unowned rust/a.rs"]));
    fs::remove_dir(out.join("rust/a.rs")).unwrap();
    assert_eq!(run_with(&out, &two_files(), Scope::Everything, true), report(2, 0, 0, 0));
    assert_eq!(read(&out, "rust/src/b.rs").as_deref(), Some("b\n"));
}

#[test]
fn a_file_that_is_already_right_is_adopted() {
    let (_folder, out) = place();
    fs::create_dir_all(out.join("rust")).unwrap();
    fs::write(out.join("rust/a.rs"), "a\n").unwrap();
    assert_eq!(run(&out, &two_files()), report(1, 0, 0, 1));
    assert_eq!(run(&out, &trees(&[])), report(0, 0, 2, 0));
}

#[test]
fn what_the_generator_does_not_own_survives() {
    let (_folder, out) = place();
    run(&out, &two_files()).unwrap();
    let mine = ["Cargo.lock", "rust/notes.md", "rust/src/deep/er/x", "rust/target/debug/y", ".hidden"];
    for path in mine {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), path).unwrap();
    }
    fs::create_dir_all(out.join("empty/folder")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", out.join("rust/link")).unwrap();
    assert_eq!(run(&out, &trees(&[("p/rust", &[("rust/z.rs", "z")])])), report(1, 0, 2, 0));
    for path in mine {
        assert_eq!(read(&out, path).as_deref(), Some(path));
    }
    assert!(out.join("empty/folder").is_dir());
    #[cfg(unix)]
    assert_eq!(fs::read_link(out.join("rust/link")).unwrap(), Path::new("nowhere"));
}

#[test]
fn other_targets_stay_when_some_are_given() {
    let (_folder, out) = place();
    let docs: &[(&str, &str)] = &[("docs/a.md", "1")];
    run(&out, &trees(&[("p/rust", &[("rust/a.rs", "1")]), ("p/docs", docs)])).unwrap();
    fs::write(out.join("docs/a.md"), "edited").unwrap();
    let rust = trees(&[("p/rust", &[("rust/b.rs", "2")])]);
    assert_eq!(run_with(&out, &rust, Scope::GivenTargets, false), report(1, 0, 1, 0));
    assert_eq!(read(&out, "docs/a.md").as_deref(), Some("edited"));
    // Nor is the edit forgotten.
    let both = trees(&[("p/rust", &[("rust/b.rs", "2")]), ("p/docs", docs)]);
    assert_eq!(run(&out, &both), errors(&["output-edited docs/a.md"]));
    let clash = trees(&[("p/go", &[("Docs/b.md", "1")])]);
    assert_eq!(run_with(&out, &clash, Scope::GivenTargets, false), errors(&["output-clash Docs/b.md"]));
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    use std::os::unix::fs::symlink;
    let (folder, out) = place();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, &out).unwrap();
    assert_eq!(run(&out, &two_files()), errors(&["output-symlink "]));
    fs::remove_file(&out).unwrap();
    run(&out, &two_files()).unwrap();
    fs::remove_dir_all(out.join("rust/src")).unwrap();
    symlink(&elsewhere, out.join("rust/src")).unwrap();
    fs::remove_file(out.join("rust/a.rs")).unwrap();
    symlink(elsewhere.join("a"), out.join("rust/a.rs")).unwrap();
    for force in [false, true] {
        let refused = run_with(&out, &two_files(), Scope::Everything, force);
        assert_eq!(refused, errors(&["output-symlink rust/a.rs", "output-symlink rust/src"]));
    }
    assert_eq!(everything(&elsewhere).len(), 0);
}

#[test]
fn line_endings_are_no_edit_and_drift_of_their_own() {
    let (_folder, out) = place();
    run(&out, &two_files()).unwrap();
    for path in ["rust/a.rs", "rust/src/b.rs"] {
        let text = read(&out, path).unwrap().replace('\n', "\r\n");
        fs::write(out.join(path), text).unwrap();
    }
    let drift = write::check(&out, &two_files(), Scope::Everything, &mut Diagnostics::new()).unwrap();
    assert!(drift.files.iter().all(|file| file.line_endings_only), "{drift:?}");
    assert!(drift.render().contains("rust/a.rs: line endings only"), "{}", drift.render());
    let next = trees(&[("p/rust", &[("rust/a.rs", "new\n")])]);
    assert_eq!(run(&out, &next), report(0, 1, 1, 0));
}

#[test]
fn check_shows_what_would_change_and_writes_nothing() {
    let (folder, out) = place();
    let check = |trees: &Trees| {
        let mut diagnostics = Diagnostics::new();
        let drift = write::check(&out, trees, Scope::Everything, &mut diagnostics).unwrap();
        assert!(diagnostics.is_empty());
        drift
    };
    assert_eq!(check(&two_files()).files.len(), 2);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    run(&out, &two_files()).unwrap();
    let clean = check(&two_files());
    assert_eq!((clean.is_empty(), clean.render()), (true, String::new()));
    fs::write(out.join("rust/a.rs"), "edited\n").unwrap();
    let before = everything(folder.path());
    let drift = check(&trees(&[("p/rust", &[("rust/a.rs", "a\n"), ("rust/c.rs", "c\n")])]));
    let kinds: Vec<Kind> = drift.files.iter().map(|file| file.kind).collect();
    assert_eq!(kinds, [Kind::Changed, Kind::Created, Kind::Removed]);
    let shown = drift.render();
    for expected in
        ["-edited\n+a\n", "--- /dev/null", "+c\n", "+++ /dev/null", "-b\n", "3 files differ", "`bindery generate`"]
    {
        assert!(shown.contains(expected), "{expected:?} is missing in\n{shown}");
    }
    assert_eq!(everything(folder.path()), before);
    let one = check(&two_files()).render();
    assert!(one.ends_with("+a\n1 file differs from what the specs give; run `bindery generate`\n"), "{one}");
    fs::write(out.join("rust/a.rs"), "a\n").unwrap();
    fs::remove_file(out.join(".bindery.json")).unwrap();
    assert!(check(&two_files()).files.iter().any(|file| file.path.ends_with(".bindery.json")));
}

#[test]
fn a_folder_without_a_name_and_a_broken_manifest_are_refused() {
    let (_folder, out) = place();
    assert_eq!(run(Path::new(".."), &two_files()), errors(&["output-io "]));
    run(&out, &two_files()).unwrap();
    fs::write(out.join(".bindery.json"), r#"{"targets": {"p/rust": {"../../x": ""}}}"#).unwrap();
    assert_eq!(run(&out, &two_files()), errors(&["output-manifest .bindery.json"]));
}

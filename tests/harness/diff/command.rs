//! `bindery diff` and `bindery update` as they are called: exit codes, what is written, and that nothing is written that
//! was not shown.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_bindery-under-test");

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The exit code, with what was said beside it.
fn code(output: &Output) -> (i32, String) {
    (output.status.code().unwrap(), format!("{}{}", text(&output.stdout), text(&output.stderr)))
}

#[test]
fn exit_codes_tell_what_is_denied_from_bad_usage() {
    let here = Path::new("diff");
    let cases: [(&[&str], i32); 9] = [
        (&["values/old", "values/old"], 0),
        (&["values/old", "values/new"], 0),
        (&["values/old", "values/new", "--deny", "breaking"], 1),
        (&["values/old", "values/old", "--deny", "dangerous"], 0),
        (&["values/old", "values/new", "--action", "Sned"], 2),
        (&["values/old", "nowhere"], 2),
        (&["values/old"], 2),
        (&["--explain", "value-removed"], 0),
        (&["--explain", "value-remved"], 2),
    ];
    for (arguments, wanted) in cases {
        let (got, said) = code(&run(here, &[&["diff"], arguments].concat()));
        assert_eq!(got, wanted, "{arguments:?}\n{said}");
    }
}

#[test]
fn programs_get_every_change_with_its_meaning() {
    let output = run(Path::new("diff"), &["diff", "values/old", "values/new", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let changes = report["services"][0]["changes"].as_array().unwrap();
    let removed = changes.iter().find(|change| change["id"] == "value-removed").unwrap();
    assert_eq!(removed["place"], "Send request D");
    assert_eq!((&removed["level"], &removed["step"]), (&"breaking".into(), &"major".into()));
    assert_eq!(removed["at"]["old"]["file"], "values/old/actions/Send.json");
    assert!(removed["at"]["old"]["line"].as_u64().unwrap() > 1);
    assert_eq!(removed["fingerprint"].as_str().unwrap().len(), 16);
    assert!(!removed["means"]["rust"].as_str().unwrap().is_empty());
    assert_eq!(report["step"], "major");
    assert_eq!(report["stepBeforeOne"], "minor");
}

#[test]
fn revisions_are_read_out_of_git() {
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let settings = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").args(settings).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", text(&done.stderr));
    };
    git(&["init", "-q"]);
    for side in ["old", "new"] {
        copy(&Path::new("diff/values").join(side), &folder.path().join("specs"));
        git(&["add", "."]);
        git(&["commit", "-q", "-m", side]);
        git(&["tag", side]);
    }
    let wanted = text(&run(Path::new("diff/values"), &["diff", "old", "new", "--format", "markdown"]).stdout);
    for arguments in [&["--git", "old", "--git", "new"][..], &["--git", "old"], &["--git", "new~1"]] {
        let output = run(folder.path(), &[&["diff", "--specs", "specs", "--format", "markdown"], arguments].concat());
        assert_eq!(text(&output.stdout), wanted, "{}", text(&output.stderr));
    }
    let (got, said) = code(&run(folder.path(), &["diff", "--specs", "specs", "--git", "oldd"]));
    assert!(got == 2 && said.contains("did you mean `old`?"), "{said}");
    let (got, said) = code(&run(folder.path(), &["diff", "--specs", "specs", "--git=--help"]));
    assert!(got == 2 && said.contains("there is no revision"), "{said}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("actions")).unwrap();
    for entry in fs::read_dir(from.join("actions")).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), to.join("actions").join(entry.file_name())).unwrap();
    }
    fs::copy(from.join("product.json"), to.join("product.json")).unwrap();
}

/// A folder of specs made of a page, and the page, to be edited.
fn imported() -> (tempfile::TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string("import/phrases-en/page.md").unwrap();
    let file = folder.path().join("page.md");
    fs::write(&file, &page).unwrap();
    fs::create_dir(folder.path().join("specs")).unwrap();
    let product = r#"{"product": "Toy", "version": "2024-01-01", "style": "rpc"}"#;
    fs::write(folder.path().join("specs/product.json"), product).unwrap();
    let done = run(folder.path(), &["import", "markdown", "page.md", "--specs", "specs"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    (folder, file, page)
}

const UPDATE: [&str; 5] = ["update", "markdown", "page.md", "--specs", "specs"];

#[test]
fn an_update_shows_what_it_changes_and_writes_only_what_may_be() {
    let (folder, page, before) = imported();
    let action = folder.path().join("specs/actions/CreateThing.json");
    let facts = fs::read_to_string(&action).unwrap();
    let update = |more: &[&str]| run(folder.path(), &[&UPDATE[..], more].concat());

    let (got, said) = code(&update(&[]));
    assert!(got == 0 && said.contains("no changes") && said.contains("0 files were written"), "{said}");

    fs::write(&page, before.replace("|Name|String|No|", "|Name|String|Yes|")).unwrap();
    for (more, wanted) in [(&["--dry-run"][..], 0), (&["--deny", "breaking"], 1)] {
        let (got, said) = code(&update(more));
        assert!(got == wanted && said.contains("breaking[parameter-now-required] `Name` is required"), "{said}");
        assert!(said.contains("CreateThing.json: changed") && said.contains("nothing was written"), "{said}");
        assert_eq!(fs::read_to_string(&action).unwrap(), facts, "{more:?}");
    }
    let (got, said) = code(&update(&[]));
    assert!(got == 0 && said.contains("1 files were written"), "{said}");
    assert_ne!(fs::read_to_string(&action).unwrap(), facts);
    let left: Vec<_> = fs::read_dir(folder.path().join("specs")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn an_overlay_that_upstream_has_made_needless_stops_an_update() {
    let (folder, page, before) = imported();
    fs::create_dir(folder.path().join("specs/overlays")).unwrap();
    let overlay = r#"{"parameters": {"Name": {"required": true}}}"#;
    fs::write(folder.path().join("specs/overlays/CreateThing.json"), overlay).unwrap();
    let update = || code(&run(folder.path(), &UPDATE));
    assert_eq!(update().0, 0);
    fs::write(&page, before.replace("|Name|String|No|", "|Name|String|Yes|")).unwrap();
    let (got, said) = update();
    assert!(got == 1 && said.contains("overlay-idle") && said.contains("nothing was written"), "{said}");
    fs::remove_file(folder.path().join("specs/overlays/CreateThing.json")).unwrap();
    assert_eq!(update().0, 0);
}

//! The obstacle course: a made-up product of everything that a Rust crate could stumble over. What is made of it is
//! compared with what it was, compiled without a warning, and none of its prose runs. `BINDERY_BLESS=1` accepts what
//! is made.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_tests::case::{api, files, generate, put};
use bindery_tests::source::root;
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn course() -> PathBuf {
    root().join("tests/golden/obstacle")
}

/// The files of the Rust crate, by path below it.
fn rust(case: &Path) -> BTreeMap<String, String> {
    let files = generate(case).unwrap_or_else(|problems| panic!("{problems}"));
    files.into_iter().filter_map(|(path, content)| Some((path.strip_prefix("rust/")?.to_owned(), content))).collect()
}

#[test]
fn the_crate_is_as_it_was() {
    // What it was is data here, not code of ours: hence the added extension.
    let made: BTreeMap<String, String> =
        rust(&course()).into_iter().map(|(path, content)| (format!("{path}.golden"), content)).collect();
    let golden = course().join("rust");
    if std::env::var_os("BINDERY_BLESS").is_some() {
        put(&golden, &made);
    }
    let differs = |path: &&String| fs::read_to_string(golden.join(path)).ok().as_ref() != made.get(*path);
    let all = files(&golden).into_iter().chain(made.keys().cloned()).collect::<std::collections::BTreeSet<_>>();
    let differing: Vec<&String> = all.iter().filter(differs).collect();
    assert!(differing.is_empty(), "{differing:#?} differ; see why, then run again with BINDERY_BLESS=1");
}

/// The crate, with an action of 300 parameters beside the others, in a folder as deep as its own.
fn crate_to_build() -> (PathBuf, usize) {
    let case = root().join("target/golden/obstacle");
    for file in files(&course()).iter().filter(|file| !file.starts_with("rust/")) {
        fs::create_dir_all(case.join(file).parent().unwrap()).unwrap();
        fs::copy(course().join(file), case.join(file)).unwrap();
    }
    let parameter =
        |number: usize| (format!("P{number}"), json!({"type": "string", "required": number.is_multiple_of(3)}));
    let many = json!({"action": "Many", "parameters": (0..300).map(parameter).collect::<Map<_, _>>()});
    fs::write(case.join("api-specs/actions/Many.json"), many.to_string()).unwrap();
    let mut files = rust(&case);
    // The versions that are known to be there: nothing is fetched.
    files.insert("Cargo.lock".to_owned(), fs::read_to_string(root().join("Cargo.lock")).unwrap());
    put(&case.join("rust"), &files);
    (case.join("rust"), api(&case.join("api-specs")).actions.len())
}

fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).args(arguments);
    command.env("CARGO_TARGET_DIR", root().join("target/golden/build")).env("RUSTDOCFLAGS", "-D warnings");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?} in {}:\n{said}", folder.display());
    said
}

#[test]
fn the_crate_compiles_without_a_warning_and_only_its_examples_run() {
    let (folder, actions) = crate_to_build();
    let one = ["--no-default-features", "--features", "answers"];
    let features: [&[&str]; 6] = [
        &["--all-features"],
        &["--no-default-features"],
        &one,
        // A client of nothing, of one action, and of what is shared with an action that is not there.
        &["--no-default-features", "--features", "client"],
        &["--no-default-features", "--features", "blocking,paged"],
        &["--no-default-features", "--features", "client,serde,shapes,client-2"],
    ];
    for features in features {
        cargo(&folder, &[&["clippy", "--offline"], features, &["--", "-D", "warnings"]].concat());
    }
    cargo(&folder, &["doc", "--offline", "--all-features", "--no-deps"]);
    let said = cargo(&folder, &["test", "--offline", "--all-features", "--doc"]);
    let passed = said.lines().filter(|line| line.starts_with("test src/") && line.ends_with(" ... ok"));
    let (compiled, ran): (Vec<&str>, Vec<&str>) = passed.partition(|line| line.contains(" - compile ... "));
    assert_eq!(ran.len(), actions, "an action has one example, and nothing else runs:\n{said}");
    assert!(matches!(compiled.as_slice(), [one] if one.starts_with("test src/lib.rs")), "{compiled:?}");
    assert!(said.contains(&format!("{} passed; 0 failed; 0 ignored", actions + 1)), "{said}");
}

//! Templates of a user's own: taken where they are, missed where they are not, and told where they are wrong.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const TARGET: &str = "summary = \"Names alone\"\nspelling = \"rust\"\n\n\
    [[file]]\neach = \"action\"\npath = \"{{stem}}.txt\"\ntemplate = \"action.hbs\"\n";

/// A project of one action whose target `rust` has this template, if any.
fn project(template: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("bindery.toml", "out = \"out\"\n[[package]]\nspecs = \"made/1\"\n[package.targets.rust]\nname = \"made\"\n");
    write("made/1/product.json", r#"{"product": "Made", "version": "1"}"#);
    write(
        "made/1/actions/CountThings.json",
        r#"{"action": "CountThings", "parameters": {"Kind": {"type": "string"}}}"#,
    );
    if let Some(template) = template {
        write("own/rust/target.toml", TARGET);
        write("own/rust/action.hbs", template);
    }
    folder
}

/// Whether it went well, and what it said on stderr.
fn generate(folder: &Path) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(folder).args(["generate", "--templates", "own"]);
    let output = command.output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_folder_of_templates_takes_the_place_of_the_built_in_ones() {
    let folder = project(Some("{{request}}:{{#each structs}}{{#each fields}} {{name}}{{/each}}{{/each}}\n"));
    assert_eq!(generate(folder.path()), (true, String::new()));
    let made = fs::read_to_string(folder.path().join("out/rust/count_things.txt")).unwrap();
    assert_eq!(made, "CountThings: kind\n");
}

#[test]
fn a_template_that_asks_for_what_is_not_there_is_told_with_its_line_and_writes_nothing() {
    let folder = project(Some("{{request}}\n{{nothing}}\n"));
    let (good, told) = generate(folder.path());
    assert!(!good && told.contains("own/rust/action.hbs:2:1") && told.contains("the view has no `nothing`"), "{told}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_folder_without_any_of_the_targets_is_not_passed_over() {
    let (good, told) = generate(project(None).path());
    assert!(!good && told.contains("`own` has templates for none of the targets"), "{told}");
}

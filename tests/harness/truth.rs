//! What a person read in upstream's prose, against what the importer reads. `../shared/truth` holds the reading, its own
//! scripts score it; without them, or without Python or tar, nothing is compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::import::{self, Input, Kind, Options};
use bindery_tests::source::root;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// The document that a reading is of.
fn document(shared: &Path, source: &Value) -> Option<(Kind, Input)> {
    let path = source["path"].as_str()?;
    let member = |archive: &str, path: &str| {
        let archive = shared.join("corpus").join(archive);
        output(Command::new("tar").arg("-xzOf").arg(archive).arg(path))
    };
    let (kind, file, text) = if let Some(file) = path.strip_prefix("cli-meta/") {
        (Kind::CliMeta, file, member("cli-meta-2026-04.tar.gz", file)?)
    } else if let Some(file) = path.strip_prefix("markdown/") {
        (Kind::Markdown, file, member("markdown-pages-2021-03.tar.gz", file)?)
    } else {
        (Kind::Markdown, path, fs::read_to_string(shared.join(path)).ok()?)
    };
    Some((kind, Input { file: file.into(), text: text.into() }))
}

/// The reading's notation: a presence is a text, and "at most one" is `exclusive`.
fn noted(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(noted),
        Value::Object(members) => {
            if members.get("kind") == Some(&json!("one_of")) && members.get("min") == Some(&json!(0)) {
                members.insert("kind".to_owned(), json!("exclusive"));
            }
            for member in members.values_mut() {
                match member.as_array().map(Vec::as_slice) {
                    Some([Value::String(text)]) if text == "<present>" || text == "<absent>" => {
                        *member = Value::from(text.as_str());
                    }
                    _ => noted(member),
                }
            }
        }
        _ => {}
    }
}

/// Imports what was read and lets the shared script compare; what it prints.
fn scored(shared: &Path, readings: &str, scratch: &Path) -> Option<String> {
    let (predicted, held) = (scratch.join("predicted"), scratch.join("held"));
    for folder in [&predicted, &held] {
        fs::create_dir_all(folder).unwrap();
    }
    for reading in fs::read_dir(shared.join("truth").join(readings)).unwrap() {
        let reading = reading.unwrap().path();
        let name = reading.file_name().unwrap();
        let mut truth: Value = serde_json::from_str(&fs::read_to_string(&reading).unwrap()).unwrap();
        // The action's own name is no parameter of ours.
        truth["params"].as_array_mut().unwrap().retain(|parameter| parameter["name"] != "Action");
        let (kind, input) = document(shared, &truth["source"])?;
        let imported = import::import(kind, &[input], &Options::default());
        let action = imported.products.iter().flat_map(|product| product.actions.values()).next().expect("one action");
        let spec = scratch.join(name);
        fs::write(&spec, serde_json::to_string(action).unwrap()).unwrap();
        let told = output(Command::new("python3").arg(shared.join("truth/spec2truth.py")).arg(&spec))?;
        let mut told: Value = serde_json::from_str(&told).unwrap();
        noted(&mut told);
        fs::write(predicted.join(name), told.to_string()).unwrap();
        fs::write(held.join(name), truth.to_string()).unwrap();
    }
    output(Command::new("python3").arg(shared.join("truth/score.py")).arg(&predicted).arg(&held).arg("-v"))
}

/// The numbers of the line that begins so.
fn figures(score: &str, line: &str) -> Vec<f64> {
    let line = score.lines().find(|found| found.starts_with(line)).unwrap_or_default();
    line.split([' ', '{']).filter_map(|word| word.parse().ok()).collect()
}

/// The score of some readings, if there is anything to score.
fn score(readings: &str) -> Option<String> {
    let shared: PathBuf = root().join("../shared");
    let scratch = std::env::temp_dir().join(format!("bindery-truth-{readings}-{}", std::process::id()));
    let score = if shared.is_dir() { scored(&shared, readings, &scratch) } else { None };
    let _ = fs::remove_dir_all(scratch);
    match &score {
        Some(score) => println!("{score}"),
        None => println!("skipped: no ../shared, no tar or no python3"),
    }
    score
}

#[test]
fn all_that_a_person_read_is_read_and_no_more() {
    let Some(score) = score("rules") else { return };
    let [recall, precision, ..] = figures(&score, "rules ")[..] else { panic!("{score}") };
    assert!(recall >= 0.92 && precision >= 0.97, "{score}");
    let [exact, _, all, spurious] = figures(&score, "enums")[..] else { panic!("{score}") };
    assert!(exact >= 0.97 * all && spurious == 0.0, "{score}");
    let [right, all, spurious] = figures(&score, "defaults")[..] else { panic!("{score}") };
    assert!(right == all && spurious == 0.0, "{score}");
}

/// These readings hold the plainest rules only: what else is read counts as false, right or wrong.
#[test]
fn other_services_are_read_as_well() {
    let Some(score) = score("rules_light") else { return };
    let [recall, precision, ..] = figures(&score, "rules ")[..] else { panic!("{score}") };
    assert!(recall >= 0.80 && precision >= 0.80, "{score}");
}

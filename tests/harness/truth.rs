//! What a person read in upstream's prose, against what the importer reads. `../shared/truth` holds the reading, its own
//! scripts score it; without them, or without Python or tar, nothing is compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::import::{self, Input, Kind, Options};
use bindery_tests::metadata::shared;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// Which of a document's languages are read.
#[derive(Clone, Copy)]
enum Languages {
    Zh,
    En,
    Both,
}

/// The documents that a reading is of; none, if it is of another language.
fn documents(shared: &Path, source: &Value, languages: Languages) -> Option<(Kind, Vec<Input>)> {
    let members: &[&str] = match languages {
        Languages::Zh => &["path"],
        Languages::En => &["path_en"],
        Languages::Both => &["path", "path_en"],
    };
    let paths = members.iter().filter_map(|member| source[*member].as_str());
    let read = paths.map(|path| document(shared, path)).collect::<Option<Vec<_>>>()?;
    let kind = read.first().map_or(Kind::Markdown, |(kind, _)| *kind);
    Some((kind, read.into_iter().map(|(_, input)| input).collect()))
}

fn document(shared: &Path, path: &str) -> Option<(Kind, Input)> {
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

/// The reading says of one parameter what a spec says of another, and what a value may not be as what it is not: the
/// same demands, in the form in which the script sees a spec. It has no other form for them.
fn restated(truth: &mut Value) {
    let parameters = truth["params"].as_array_mut().unwrap();
    let mut more: Vec<(String, Value)> = vec![];
    for parameter in parameters.iter_mut() {
        let own = parameter["name"].as_str().unwrap().to_owned();
        let listed = parameter["enum"].as_array().cloned().unwrap_or_default();
        let Some(rules) = parameter["rules"].as_array_mut() else { continue };
        rules.retain(|rule| {
            let said = in_our_form(&own, &listed, rule);
            more.extend(said.iter().cloned());
            said.is_empty()
        });
    }
    for (name, rule) in more {
        let of = parameters.iter_mut().find(|parameter| parameter["name"] == *name);
        match of {
            Some(parameter) => parameter["rules"].as_array_mut().unwrap().push(rule),
            None => parameters.push(json!({"name": name, "rules": [rule]})),
        }
    }
}

fn in_our_form(own: &str, listed: &[Value], rule: &Value) -> Vec<(String, Value)> {
    let condition = &rule["condition"];
    let names = |member: &str| -> Vec<String> {
        rule[member].as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect()
    };
    let conditional = condition.as_object().is_some_and(|condition| !condition.is_empty());
    let others = || listed.iter().filter(|value| **value != rule["value"]).cloned().collect::<Vec<_>>();
    let left = |condition: &Value| json!({"kind": "enum", "condition": condition, "values": others()});
    // What no request settles is not scored.
    let kind = rule["kind"].as_str().filter(|_| rule["machine"] != false);
    match kind {
        Some("requires") if conditional => {
            let required = json!({"kind": "required_when", "condition": condition});
            names("params").into_iter().map(|name| (name, required.clone())).collect()
        }
        Some("precedence") => {
            let ignored = json!({"kind": "forbidden_when", "condition": condition, "strength": "not_needed"});
            names("ignored").into_iter().map(|name| (name, ignored.clone())).collect()
        }
        Some("value_requires") => {
            let set = rule["set"].as_object().into_iter().flatten();
            set.map(|(name, value)| (name.clone(), json!({"kind": "enum", "condition": condition, "values": [value]})))
                .collect()
        }
        Some("forbidden_when") if listed.contains(&rule["value"]) => vec![(own.to_owned(), left(condition))],
        Some("available_when") if listed.contains(&rule["value"]) => {
            // As Python writes it.
            let sorted: BTreeMap<&String, &Value> = condition.as_object().into_iter().flatten().collect();
            let text = json!(sorted).to_string().replace("\":", "\": ").replace("\",\"", "\", \"").replace("],", "], ");
            vec![(own.to_owned(), left(&json!({"<not>": text})))]
        }
        _ => vec![],
    }
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
fn scored(shared: &Path, readings: &str, languages: Languages, scratch: &Path) -> Option<String> {
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
        restated(&mut truth);
        let (kind, inputs) = documents(shared, &truth["source"], languages)?;
        if inputs.is_empty() {
            continue;
        }
        let imported = import::import(kind, &inputs, &Options::default());
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
fn score(readings: &str, languages: Languages) -> Option<String> {
    let shared = shared("")?;
    let scratch =
        std::env::temp_dir().join(format!("bindery-truth-{readings}-{}-{}", languages as u8, std::process::id()));
    let score = scored(&shared, readings, languages, &scratch);
    let _ = fs::remove_dir_all(scratch);
    match &score {
        Some(score) => println!("{score}"),
        None => println!("skipped: no tar or no python3"),
    }
    score
}

#[test]
fn all_that_a_person_read_is_read_and_no_more() {
    let Some(score) = score("rules", Languages::Zh) else { return };
    let [recall, precision, ..] = figures(&score, "rules ")[..] else { panic!("{score}") };
    assert!(recall >= 0.98 && precision >= 0.98, "{score}");
    let [exact, _, all, spurious] = figures(&score, "enums")[..] else { panic!("{score}") };
    assert!(exact >= 0.97 * all && spurious == 0.0, "{score}");
    let [right, all, spurious] = figures(&score, "defaults")[..] else { panic!("{score}") };
    assert!(right == all && spurious == 0.0, "{score}");
}

/// What a translation says in other words is no rule of its own.
#[test]
fn two_languages_say_no_more_than_one() {
    let Some(score) = score("rules", Languages::Both) else { return };
    let [recall, precision, ..] = figures(&score, "rules ")[..] else { panic!("{score}") };
    assert!(recall >= 0.98 && precision >= 0.98, "{score}");
}

/// These readings hold the plainest rules only: what else is read counts as false, right or wrong.
#[test]
fn other_services_are_read_as_well() {
    for (languages, least) in [(Languages::Zh, 0.90), (Languages::En, 0.85), (Languages::Both, 0.90)] {
        let Some(score) = score("rules_light", languages) else { return };
        let [recall, precision, ..] = figures(&score, "rules ")[..] else { panic!("{score}") };
        assert!(recall >= least && precision >= 0.95, "{score}");
        let [_, _, _, spurious] = figures(&score, "enums")[..] else { panic!("{score}") };
        assert!(spurious == 0.0, "{score}");
    }
}

//! The samples of the specifications in this repository: an answer in XML and the same in JSON read alike.
//!
//! Where the documentation's two samples are of two different answers, `answers/samples.json` says in which fields.
#![cfg(feature = "xml")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests may")]

use bindery_runtime::Json;
use bindery_runtime::decode::{Decode, Received};
use bindery_runtime::http::HeaderMap;
use jiff::Timestamp;
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every action's file.
fn actions() -> Vec<Json> {
    let below = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    let products = below(specs).filter(|path| path.is_dir() && !path.ends_with("schema"));
    let versions = products.flat_map(below).filter(|path| path.is_dir());
    let mut files: Vec<PathBuf> = versions.flat_map(|version| below(version.join("actions"))).collect();
    files.sort();
    assert!(files.len() >= 5, "{files:?}");
    files.iter().map(|file| serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()).collect()
}

fn read(text: &str) -> Json {
    let (headers, body, at) = (&HeaderMap::new(), text.as_bytes(), Timestamp::UNIX_EPOCH);
    Received { action: "Do", status: 200, headers, body, at, secrets: &[] }.read().unwrap().body
}

/// An answer as typed decoding reads it by its schema; panics where something does not fit.
fn typed(schema: &Json, json: &Json, path: &str) -> Json {
    fn read<T: Decode>(json: &Json, path: &str) -> T {
        T::decode(json).unwrap_or_else(|| panic!("{path} does not fit: {json}"))
    }
    match schema["type"].as_str().unwrap() {
        "string" => json!(read::<String>(json, path)),
        "boolean" => json!(read::<bool>(json, path)),
        "integer" => json!(read::<i64>(json, path)),
        "number" => json!(read::<f64>(json, path)),
        "array" => {
            let items: Vec<Json> = read(json, path);
            items.iter().map(|item| typed(&schema["items"], item, path)).collect()
        }
        "object" => {
            let members: BTreeMap<String, Json> = read(json, path);
            let typed = members.into_iter().map(|(name, value)| {
                let path = format!("{path}.{name}");
                let schema = schema["properties"].get(&name).unwrap_or_else(|| panic!("{path} is unknown"));
                (name, typed(schema, &value, &path))
            });
            Json::Object(typed.collect())
        }
        other => panic!("{path}: {other}"),
    }
}

/// JSON as the service writes it in XML.
fn to_xml(name: &str, json: &Json, out: &mut String) {
    match json {
        Json::Array(items) if items.is_empty() => *out += &format!("<{name}/>"),
        Json::Array(items) => items.iter().for_each(|item| to_xml(name, item, out)),
        _ => {
            *out += &format!("<{name}>");
            match json {
                Json::Object(members) => members.iter().for_each(|(name, value)| to_xml(name, value, out)),
                _ => *out += &String::decode(json).unwrap().replace('&', "&amp;").replace('<', "&lt;"),
            }
            *out += &format!("</{name}>");
        }
    }
}

fn differences(left: &Json, right: &Json, path: &str, found: &mut Vec<String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match (left, right) {
        (Json::Object(left), Json::Object(right)) => {
            let names: Map<String, Json> = left.clone().into_iter().chain(right.clone()).collect();
            for name in names.keys() {
                match (left.get(name), right.get(name)) {
                    (Some(left), Some(right)) => differences(left, right, &below(name), found),
                    _ => found.push(below(name)),
                }
            }
        }
        (Json::Array(left), Json::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                differences(left, right, &below(&index.to_string()), found);
            }
        }
        _ if left != right => found.push(path.to_owned()),
        _ => {}
    }
}

#[test]
fn both_samples_of_an_action_read_alike() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers/samples.json");
    let known: BTreeMap<String, Json> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut different = BTreeMap::new();
    for action in actions() {
        let (name, schema, samples) = (action["action"].as_str().unwrap(), &action["response"], &action["samples"]);
        let from_json = typed(schema, &read(&samples["json"].to_string()), name);
        let from_xml = typed(schema, &read(samples["xml"].as_str().unwrap()), name);
        let mut found = Vec::new();
        differences(&from_json, &from_xml, "", &mut found);
        found.sort();
        if !found.is_empty() {
            different.insert(name.to_owned(), json!(found));
        }
    }
    assert_eq!(different, known);
}

#[test]
fn a_sample_in_json_reads_alike_in_xml() {
    for action in actions() {
        let (name, schema, sample) =
            (action["action"].as_str().unwrap(), &action["response"], &action["samples"]["json"]);
        let mut xml = String::new();
        to_xml("Response", sample, &mut xml);
        assert_eq!(typed(schema, &read(&xml), name), typed(schema, sample, name));
    }
}

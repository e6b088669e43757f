//! The samples of the specifications in this repository, and the vendor's own where they are here: an answer in XML and
//! the same in JSON read alike.
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

fn read(text: &str) -> Result<Json, String> {
    let (headers, body, at) = (&HeaderMap::new(), text.as_bytes(), Timestamp::UNIX_EPOCH);
    Received { action: "Do", status: 200, headers, body, at, secrets: &[] }
        .read()
        .map(|read| read.body)
        .map_err(|error| error.to_string())
}

/// An answer as typed decoding reads it by its schema; what does not fit is null, and noted.
fn typed(schema: &Json, json: &Json, path: &str, misfits: &mut Vec<String>) -> Json {
    fn read<T: Decode>(json: &Json, path: &str, misfits: &mut Vec<String>) -> Option<T> {
        let read = T::decode(json);
        if read.is_none() {
            misfits.push(format!("{path} does not fit"));
        }
        read
    }
    match schema["type"].as_str().unwrap_or("any") {
        "string" => json!(read::<String>(json, path, misfits)),
        "boolean" => json!(read::<bool>(json, path, misfits)),
        "integer" => json!(read::<i64>(json, path, misfits)),
        "number" => json!(read::<f64>(json, path, misfits)),
        "array" => {
            let items: Vec<Json> = read(json, path, misfits).unwrap_or_default();
            items.iter().map(|item| typed(&schema["items"], item, path, misfits)).collect()
        }
        "object" => {
            let members: BTreeMap<String, Json> = read(json, path, misfits).unwrap_or_default();
            let mut object = Map::new();
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match schema["properties"].get(&name) {
                    Some(schema) => drop(object.insert(name, typed(schema, &value, &path, misfits))),
                    None if schema["additionalProperties"].is_null() => misfits.push(format!("{path} is unknown")),
                    None => {}
                }
            }
            Json::Object(object)
        }
        _ => json.clone(),
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

/// The vendor's own two samples of an action, which the specifications keep one of. `None`: its documents are not here.
fn upstream() -> Option<Json> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/dts-api-docs-2024-06.json");
    Some(serde_json::from_str(&std::fs::read_to_string(file).ok()?).unwrap())
}

fn sample(upstream: &Json, action: &str, kind: &str) -> Option<String> {
    let text = upstream["apis"][action]["responseDemo"].as_str()?;
    // An action without samples has an empty text.
    let samples: Vec<Json> = serde_json::from_str(text).ok()?;
    let found = samples.into_iter().find(|sample| sample["type"] == kind)?;
    found["example"].as_str().map(str::to_owned)
}

#[test]
fn both_samples_of_an_action_read_alike() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers/samples.json");
    let Some(upstream) = upstream() else {
        println!("skipped: no ../shared");
        return;
    };
    let (mut different, mut compared) = (BTreeMap::new(), 0);
    for action in actions() {
        let (name, schema) = (action["action"].as_str().unwrap(), &action["response"]);
        let samples = (sample(&upstream, name, "json"), sample(&upstream, name, "xml"));
        let (Some(json), Some(xml)) = samples else { continue };
        let Ok(json) = read(&json) else { continue };
        compared += 1;
        let mut found = Vec::new();
        let from_json = typed(schema, &json, "", &mut found);
        match read(&xml) {
            Ok(from_xml) => {
                let from_xml = typed(schema, &from_xml, "", &mut found);
                differences(&from_json, &from_xml, "", &mut found);
            }
            Err(error) => found.push(error),
        }
        found.sort();
        found.dedup();
        if !found.is_empty() {
            different.insert(name.to_owned(), json!(found));
        }
    }
    assert!(compared > 100, "{compared}");
    if std::env::var_os("BINDERY_BLESS").is_some() {
        std::fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&different).unwrap())).unwrap();
    }
    let known: BTreeMap<String, Json> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(different, known);
}

#[test]
fn a_sample_in_json_reads_alike_in_xml() {
    for action in actions() {
        let (name, schema) = (action["action"].as_str().unwrap(), &action["response"]);
        let Some(sample) = action["samples"].get("json") else { continue };
        let mut xml = String::new();
        to_xml(&format!("{name}Response"), sample, &mut xml);
        let (mut in_json, mut in_xml) = (Vec::new(), Vec::new());
        let (from_json, from_xml) =
            (typed(schema, sample, "", &mut in_json), typed(schema, &read(&xml).unwrap(), "", &mut in_xml));
        if in_json.is_empty() {
            assert_eq!((from_xml, in_xml), (from_json, vec![]), "{name}: {xml}");
        }
    }
}

//! What every language must say of requests for every action of DTS: `tests/vectors/dts`, made by the sample maker and
//! judged by the reference. `BINDERY_BLESS=1` writes them; a person then reads the difference.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may"
)]

mod answer;
mod make;
mod wire;

use bindery::model::{Action, Api};
use bindery::pipeline;
use bindery_tests::source::root;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

static DTS: LazyLock<Api> = LazyLock::new(|| {
    let loaded = pipeline::load(&root().join("api-specs/dts/2020-01-01"));
    loaded.api.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
});

fn folder() -> PathBuf {
    root().join("tests/vectors/dts")
}

/// The committed vectors of an action.
fn committed(action: &Action) -> Vec<Value> {
    let text = fs::read_to_string(folder().join(format!("{}.jsonl", action.name))).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn they_are_what_the_reference_says() {
    let bless = std::env::var_os("BINDERY_BLESS").is_some();
    if bless {
        let _ = fs::remove_dir_all(folder());
        fs::create_dir_all(folder()).unwrap();
    }
    let stale: Vec<String> = DTS
        .actions
        .par_iter()
        .filter_map(|action| {
            let vectors = make::vectors(&DTS, action);
            let lines = vectors.iter().map(|vector| make::line(&DTS, action, vector));
            let text: String = lines.chain(answer::lines(&DTS, action)).map(|line| line + "\n").collect();
            let path = folder().join(format!("{}.jsonl", action.name));
            if bless {
                fs::write(&path, &text).unwrap();
            }
            (fs::read_to_string(&path).ok().as_deref() != Some(&text)).then(|| action.name.to_string())
        })
        .collect();
    assert!(stale.is_empty(), "not what the reference says now, run with BINDERY_BLESS=1 and read: {stale:?}");
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let sizes: Vec<u64> = files.map(|file| file.metadata().unwrap().len()).collect();
    assert_eq!(sizes.len(), DTS.actions.len(), "one file an action");
    assert!(sizes.iter().sum::<u64>() < 6_000_000, "{sizes:?}");
}

/// Rules that no request can break: they bound the number of a parameter that travels as a text, and a bound on numbers
/// binds no text.
const MUTE: [&str; 4] = [
    "RenewInstance buy-count-range",
    "RenewInstance buy-count-range-2",
    "TransferPayType buy-count-range",
    "TransferPayType buy-count-range-2",
];

#[test]
fn every_rule_is_kept_and_broken() {
    let (mut offences, mut mute) = (Vec::new(), Vec::new());
    for action in &DTS.actions {
        let vectors = committed(action);
        for rule in &action.rules {
            let name = format!("{} {}", action.name, rule.id);
            let find = |kind: &str| {
                vectors.iter().find(|vector| vector["kind"] == kind && vector["about"] == rule.id.as_str())
            };
            let violations = |vector: &Value| vector["violations"].as_array().unwrap().clone();
            let breaks = |violation: &Value| violation["rule"] == rule.id.as_str();
            match find("kept") {
                Some(kept) if !violations(kept).iter().any(breaks) => {}
                other => offences.push(format!("{name}: kept {other:?}")),
            }
            match find("broken") {
                // What else is wrong is told.
                Some(broken) if violations(broken).iter().any(breaks) => {
                    let is_alone = violations(broken).iter().all(|each| breaks(each) || each["severity"] != "error");
                    assert_eq!(is_alone, broken.get("beside").is_none(), "{name}");
                }
                Some(broken) => offences.push(format!("{name}: broken {broken}")),
                None => mute.push(name),
            }
        }
    }
    assert!(offences.is_empty(), "{offences:#?}");
    assert_eq!(mute, MUTE, "rules that cannot be broken");
}

#[test]
fn the_smallest_request_of_every_action_is_correct() {
    for action in &DTS.actions {
        assert!(make::smallest_is_correct(&DTS, action), "{}", action.name);
        assert_eq!(committed(action)[0]["violations"], json!([]), "{}", action.name);
    }
}

#[test]
fn the_runtime_says_the_same() {
    for action in &DTS.actions {
        let table = bindery::tables::table(&DTS, action);
        for vector in committed(action).iter().filter(|vector| vector.get("request").is_some()) {
            let mut told = table.check_json(&vector["request"]).to_json(bindery_runtime::Language::En);
            for violation in told.as_array_mut().unwrap() {
                violation.as_object_mut().unwrap().shift_remove("message");
            }
            assert_eq!(told, vector["violations"], "{vector}");
            if vector["request"].is_object() {
                let wire = table.json_to_wire(&vector["request"]);
                let pairs = |fields: &[bindery_runtime::wire::Field]| {
                    fields.iter().map(|field| json!([field.name, field.value])).collect::<Value>()
                };
                let ours = json!({"query": pairs(&wire.query), "form": pairs(&wire.form)});
                for place in ["query", "form"] {
                    let theirs = vector["wire"].get(place).cloned().unwrap_or_else(|| json!([]));
                    assert_eq!(ours[place], theirs, "{vector}");
                }
            }
        }
    }
}

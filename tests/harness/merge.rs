//! Merging what several documents say: a folder below `tests/merge` holds imports, one folder each, named
//! `NUMBER-KIND-DATE`, and what comes of all of them: `expected.json`, in what they disagree, what people are told, and
//! what `lint` then finds. `BINDERY_BLESS=1` rewrites what is expected; a person then reads the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::import::merge::{conflicts, onto};
use bindery::import::{self, ImportedProduct, Input, Kind, Options};
use bindery::pipeline::{self, Loaded};
use bindery::spec::{Action, Catalog, Document};
use bindery_tests::case::{documents, golden, lint};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    PathBuf::from("merge")
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// One import: the documents of one kind and date.
struct Step {
    kind: Kind,
    inputs: Vec<Input>,
    as_of: String,
}

impl Step {
    fn read(folder: &Path) -> Step {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let (_, rest) = name.split_once('-').unwrap();
        let (kind, as_of) = rest.split_at(rest.len() - "-2026-04-01".len());
        let kind = match kind {
            "cli-meta" => Kind::CliMeta,
            "openapi-meta" => Kind::OpenapiMeta,
            "markdown" => Kind::Markdown,
            other => panic!("{other}"),
        };
        Step { kind, inputs: documents(folder), as_of: as_of[1..].to_owned() }
    }

    /// Imports onto what is known; what the importer says.
    fn onto(&self, known: &mut Vec<Action>) -> Vec<String> {
        let options = Options { as_of: Some(self.as_of.clone()), ..Options::default() };
        let imported = import::import(self.kind, &self.inputs, &options);
        for mut product in imported.products {
            onto(known, &mut product).unwrap();
            known.retain(|action| !product.actions.contains_key(&action.action));
            known.extend(product.actions.into_values());
        }
        imported.diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
    }
}

fn after(steps: &[Step]) -> (Vec<Action>, Vec<String>) {
    let mut known = vec![];
    let said = steps.iter().flat_map(|step| step.onto(&mut known)).collect();
    (known, said)
}

fn value(actions: &[Action]) -> Value {
    actions.iter().map(|action| serde_json::to_value(action).unwrap()).collect()
}

/// What was merged, as specs that lie in a file.
fn read(actions: &[Action], file: &Path, text: &str) -> Loaded {
    let [action] = actions else { panic!("{}: {} actions", file.display(), actions.len()) };
    let file: Arc<str> = file.to_str().unwrap().into();
    let document = |stem: &str, value: Value| Document { file: Arc::clone(&file), stem: stem.to_owned(), value };
    let product = document("upstream", json!({"product": "Toy", "version": "2020-01-01", "style": "rpc"}));
    let action = document(&action.action, serde_json::to_value(action).unwrap());
    let catalog = Catalog { upstream: Some(product), product: None, actions: vec![action], overlays: vec![] };
    let mut loaded = pipeline::load_catalog(catalog);
    loaded.sources.insert(&file, text.into());
    loaded
}

#[test]
fn documents_become_one_action_in_whatever_order_they_come() {
    let mut wrong = vec![];
    for folder in folders(&root()) {
        let mut steps: Vec<Step> = folders(&folder).iter().map(|step| Step::read(step)).collect();
        let (known, said) = after(&steps);
        let expected = format!("{:#}\n", value(&known)[0]);
        let disagree: Vec<Value> =
            known.iter().flat_map(conflicts).map(|conflict| serde_json::to_value(conflict).unwrap()).collect();
        let disagree = format!("{:#}\n", json!(disagree));
        let findings = lint(&read(&known, &folder.join("expected.json"), &expected));
        let all = [("conflicts.json", disagree), ("stderr.txt", said.concat()), ("findings.txt", findings)];
        for (name, text) in all.into_iter().chain([("expected.json", expected)]) {
            wrong.extend(golden(&folder.join(name), &text));
        }
        let mut again = known.clone();
        steps.last().unwrap().onto(&mut again);
        assert_eq!(value(&again), value(&known), "{}: an import twice is an import once", folder.display());
        if steps.iter().enumerate().all(|(at, step)| steps[..at].iter().all(|other| other.kind != step.kind)) {
            steps.reverse();
            assert_eq!(value(&after(&steps).0), value(&known), "{}: the order matters", folder.display());
        }
    }
    assert!(wrong.is_empty(), "not as expected; BINDERY_BLESS=1 rewrites it:\n{}", wrong.join("\n"));
}

/// A word of a made-up source: some of a few parameters, each with some keywords.
fn word(id: &'static str) -> impl Strategy<Value = Action> {
    let parameter = (
        prop::sample::select(vec!["string", "integer", "any", "object"]),
        prop::option::of(prop::sample::select(vec!["a", "b"])),
        prop::collection::btree_set(prop::sample::select(vec!["a", "b", "c"]), 0..3),
        any::<bool>(),
        prop::option::of(prop::sample::select(vec!["x", "y"])),
    );
    let rule = (prop::sample::select(vec!["a", "b"]), prop::sample::select(vec!["P1", "P2", "P3"]));
    let parameters = prop::collection::btree_map(prop::sample::select(vec!["P1", "P2", "P3", "G.Q"]), parameter, 0..4);
    (parameters, prop::collection::vec(rule, 0..3)).prop_map(move |(parameters, rules)| {
        let parameters: serde_json::Map<String, Value> = parameters
            .into_iter()
            .map(|(name, (kind, default, values, required, example))| {
                let mut parameter = json!({"type": kind});
                if required {
                    parameter["required"] = true.into();
                    parameter["disputed"] = json!({"minimum": values.len()});
                }
                if let Some(default) = default.filter(|_| kind == "string") {
                    parameter["default"] = default.into();
                }
                if !values.is_empty() && kind == "string" {
                    parameter["values"] = values.iter().map(|value| ((*value).to_owned(), json!({}))).collect();
                }
                if let Some(example) = example {
                    parameter["example"] = example.into();
                }
                (name.to_owned(), parameter)
            })
            .collect();
        let mut written = serde_json::Map::new();
        for (value, target) in rules {
            let rule = json!({
                "when": {"P1": [value]}, "require": [target], "authority": "documented",
                "source": {"parameter": target, "pattern": id, "confidence": "exact"},
            });
            let free = ["", "-2", "-3"].map(|end| format!("{}-required{end}", target.to_lowercase()));
            if !written
                .values()
                .any(|other: &Value| other["when"] == rule["when"] && other["require"] == rule["require"])
            {
                let id = free.into_iter().find(|id| !written.contains_key(id)).unwrap();
                written.insert(id, rule);
            }
        }
        let (kind, language) = id.split_once('.').unwrap();
        serde_json::from_value(json!({
            "action": "DoIt",
            "sources": {id: {"kind": kind, "document": "d", "language": language, "asOf": "2024-01-01"}},
            "parameters": parameters,
            "rules": written,
        }))
        .unwrap()
    })
}

fn put(known: &mut Vec<Action>, word: &Action) {
    let mut product = ImportedProduct::default();
    product.actions.insert(word.action.clone(), word.clone());
    onto(known, &mut product).unwrap();
    *known = product.actions.into_values().collect();
}

/// What a source declares and its own prose denies is still known when other sources have had their word.
#[test]
fn what_is_kept_apart_stays_through_a_merge() {
    let of = |id: &str, parameter: Value| -> Action {
        let (kind, language) = id.split_once('.').unwrap();
        serde_json::from_value(json!({
            "action": "DoIt",
            "sources": {id: {"kind": kind, "document": "d", "language": language}},
            "parameters": {"Ids": parameter},
        }))
        .unwrap()
    };
    let list = json!({"type": "array", "items": {"type": "string"}, "maxItems": 50});
    let mut declared = list.clone();
    declared["disputed"] = json!({"maxItems": 51});
    let mut known = vec![];
    for word in [of("openapi-meta.zh", declared), of("cli-meta.zh", list.clone()), of("markdown.zh", list)] {
        put(&mut known, &word);
    }
    let merged = &value(&known)[0]["parameters"]["Ids"];
    assert_eq!(merged["disputed"], json!({"maxItems": 51}));
    assert_eq!(merged["from"]["disputed"], "openapi-meta.zh");
    assert_eq!(known.iter().flat_map(conflicts).count(), 0, "it is no conflict between sources");
    put(&mut known, &of("openapi-meta.zh", json!({"type": "array", "items": {"type": "string"}, "maxItems": 50})));
    assert_eq!(value(&known)[0]["parameters"]["Ids"].get("disputed"), None, "the source has mended it");
}

proptest! {
    /// Whatever three sources say, nothing depends on who comes first, and nobody's word counts twice.
    #[test]
    fn the_order_of_imports_does_not_matter(
        a in word("cli-meta.zh"),
        b in word("cli-meta.en"),
        c in word("markdown.zh"),
        order in Just(vec![0, 1, 2]).prop_shuffle(),
    ) {
        let words = [&a, &b, &c];
        let (mut one, mut other) = (vec![], vec![]);
        for at in 0..3 {
            put(&mut one, words[at]);
            put(&mut other, words[order[at]]);
        }
        prop_assert_eq!(value(&one), value(&other));
        let mut again = one.clone();
        put(&mut again, words[order[0]]);
        prop_assert_eq!(value(&one), value(&again));
    }
}

//! What rules mean: vectors, and the agreement of the two implementations (the reference evaluator and the runtime) on
//! verdict, code, path, order and wording.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may")]

use bindery::model::{Action, Api, Language};
use bindery::pipeline;
use bindery::rules;
use bindery_runtime::table::Table;
use bindery_tests::space;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static SHOP: LazyLock<Api> = LazyLock::new(|| {
    let loaded = pipeline::load(&folder().join("spec"));
    loaded.api.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
});
static ORDER: LazyLock<&'static Action> = LazyLock::new(|| LazyLock::force(&SHOP).action("Order").unwrap());
static TABLE: LazyLock<&'static Table> = LazyLock::new(|| bindery::tables::table(&SHOP, &ORDER));

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/rules")
}

fn reference(request: &Value, language: Language) -> Value {
    rules::check(&SHOP, &ORDER, request, language).iter().map(rules::Violation::to_json).collect()
}

fn runtime(request: &Value, language: Language) -> Value {
    TABLE.check_json(request).to_json(match language {
        Language::En => bindery_runtime::Language::En,
        Language::Zh => bindery_runtime::Language::Zh,
    })
}

fn agree(request: &Value) {
    for language in [Language::En, Language::Zh] {
        assert_eq!(reference(request, language), runtime(request, language), "{request}");
    }
}

/// `BINDERY_BLESS=1` writes what the reference says into the vectors; a person then reads the difference.
#[test]
fn vectors() {
    let bless = std::env::var_os("BINDERY_BLESS").is_some();
    let mut seen = std::collections::BTreeSet::new();
    for entry in fs::read_dir(folder().join("cases")).unwrap() {
        let path = entry.unwrap().path();
        let mut cases: Vec<Map<String, Value>> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for case in &mut cases {
            let request = case["request"].clone();
            agree(&request);
            let found = [reference(&request, Language::En), reference(&request, Language::Zh)];
            let found = with_both_languages(found);
            seen.extend(found.iter().map(|violation| violation["code"].as_str().unwrap().to_owned()));
            if bless {
                case.insert("violations".to_owned(), found.into());
            } else {
                assert_eq!(case["violations"], Value::from(found), "{}: {}", path.display(), case["name"]);
            }
        }
        if bless {
            fs::write(&path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
        }
    }
    assert_eq!(seen.len(), 18, "a vector for every code: {seen:?}");
}

fn with_both_languages([en, zh]: [Value; 2]) -> Vec<Value> {
    let merge = |(en, zh): (&Value, &Value)| {
        let mut merged = en.clone();
        merged["message"] = json!({"en": en["message"], "zh": zh["message"]});
        merged
    };
    en.as_array().unwrap().iter().zip(zh.as_array().unwrap()).map(merge).collect()
}

#[test]
fn every_assignment_of_the_rules_space() {
    let axes = space::axes(&ORDER);
    let all: Vec<_> = space::assignments(&ORDER, &axes, 10_000).collect();
    assert_eq!(all.len(), space::size(&axes).min(10_000));
    for request in all {
        agree(&request.to_json(&ORDER));
    }
}

/// Any JSON, mostly small, with the values that the vectors' spec is about among its texts and numbers.
fn value() -> impl Strategy<Value = Value> {
    let texts = [
        "",
        "plain",
        "gift",
        "bulk",
        "maxcompute",
        "fast",
        "abc123",
        "ab",
        "80",
        "70000",
        "1.5",
        "true",
        "[]",
        "[{\"Name\":\"a\",\"Size\":-1}]",
        "{",
        "null",
        "\u{1}`x`",
        "ſ中😀",
        "toolongforthis",
    ];
    let numbers = [
        json!(0),
        json!(1),
        json!(10),
        json!(101),
        json!(1.0),
        json!(0.5),
        json!(-3),
        json!(1e30),
        json!(4_294_967_296_i64),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(9_007_199_254_740_993_i64),
    ];
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        2 => any::<bool>().prop_map(Value::from),
        4 => prop::sample::select(numbers.to_vec()),
        6 => prop::sample::select(texts.to_vec()).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => prop::collection::vec((name(), inner), 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Member names that mean something somewhere in the spec, and some that do not.
fn name() -> impl Strategy<Value = String> {
    let names = [
        "Key",
        "Value",
        "Name",
        "Size",
        "Children",
        "Pin",
        "Paper",
        "Ribbon",
        "Card",
        "Text",
        "Password",
        "Card.Text",
        "a/b~c",
        "kye",
        "\u{7}",
    ];
    prop::sample::select(names.to_vec()).prop_map(str::to_owned)
}

/// A value that is likely to suit a parameter.
fn suitable(parameter: &str) -> BoxedStrategy<Value> {
    let tree = || {
        prop_oneof![
            Just(json!({"Name": "a"})),
            Just(json!({"Name": "too long a name", "Size": -1})),
            Just(json!({"Children": [{"Name": "b", "Children": [{}, {"Name": "c", "Other": 1}, null]}]})),
        ]
    };
    let choose = |values: Value| prop::sample::select(values.as_array().unwrap().clone()).boxed();
    match parameter {
        "Id" => choose(json!(["abc", "a", "abcdef", "A1"])),
        "Kind" => choose(json!(["plain", "gift", "bulk", "MaxCompute", "maxcompute"])),
        "Mode" => choose(json!(["fast", "slow", "Fast"])),
        "Flag" => choose(json!([true, false])),
        "Count" => choose(json!([0, 1, 10, 101, 3_000_000_000_i64])),
        "Price" => choose(json!([0, 0.5, 1, 99.9, 100])),
        "Port" => choose(json!(["80", "0", "70000"])),
        "Tag" => choose(json!([[], [{"Key": "a"}], [{"Key": "a", "Value": "toolong"}, {"Value": 1}], [null, 1, 2, 3]])),
        "Names" => choose(json!([["a"], [""], []])),
        "Objects" => prop::collection::vec(tree(), 0..4)
            .prop_flat_map(|trees| {
                let trees = Value::from(trees);
                prop::sample::select(vec![Value::from(trees.to_string()), trees])
            })
            .boxed(),
        _ => value().boxed(),
    }
}

fn request() -> impl Strategy<Value = Value> {
    let member = prop::sample::select(ORDER.parameters.iter().map(|one| one.name.to_string()).collect::<Vec<_>>())
        .prop_flat_map(|name| {
            let suitable = suitable(&name);
            (Just(name), prop_oneof![5 => suitable, 1 => value()])
        });
    let group = value().prop_map(|value| ("Wrap".to_owned(), value));
    let stray = (name(), value());
    prop::collection::vec(prop_oneof![12 => member, 2 => group, 1 => stray], 0..14)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_requests(request in request()) {
        agree(&request);
    }

    #[test]
    fn no_secret_is_told(secret in "[a-z]{3}[#-&]{8}", pin in 10_000_i64..) {
        let pin = pin.saturating_add(7_654_321);
        let request = json!({"Wrap.Password": secret, "Vault": {"Pin": pin, "Pni": secret}, "Kind": "bulk"});
        for language in [Language::En, Language::Zh] {
            let told = reference(&request, language).to_string();
            prop_assert!(!told.contains(&secret) && !told.contains(&pin.to_string()), "{}", told);
        }
        agree(&request);
    }
}

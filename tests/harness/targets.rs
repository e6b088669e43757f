//! Languages that are data: each built-in target spells the specs of this repository and the obstacle course, loses no
//! parameter, and says of its own tables what is wrong with them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostics, Sources};
use bindery::model::{self, Api};
use bindery::pipeline::{self, Bound, Options};
use bindery::target::{self, Language, Quotes, Quoting, Spelling};
use bindery_tests::source::root;
use serde_json::Value;
use std::collections::BTreeSet;

const SPECS: [&str; 3] =
    ["api-specs/dts/2020-01-01", "tests/golden/obstacle/api-specs", "tests/golden/parcels/api-specs"];

/// The built-in targets whose language is data.
fn languages() -> Vec<(&'static str, Bound)> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let all = target::builtin_names().into_iter().map(|name| {
        let bound = pipeline::builtin(name, &mut sources, &mut diagnostics);
        (name, bound.unwrap_or_else(|| panic!("{name}: {diagnostics:?}")))
    });
    all.filter(|(_, bound)| bound.target.manifest.spelling == Spelling::Code).collect()
}

fn api(specs: &str) -> Api {
    let loaded = pipeline::load(&root().join(specs));
    loaded.api.unwrap_or_else(|| panic!("{specs}: {:?}", loaded.diagnostics))
}

/// The wire names of what a list of the view holds.
fn wires(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|each| each["wire"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_language_spells_every_action_and_loses_no_parameter() {
    let languages = languages();
    assert!(languages.iter().any(|(name, _)| *name == "sample-javascript"));
    for specs in SPECS {
        let api = api(specs);
        for (name, bound) in &languages {
            let mut diagnostics = Diagnostics::new();
            let view = pipeline::lowered(&api, bound, &mut diagnostics).unwrap_or_else(|| panic!("{diagnostics:?}"));
            let tree = pipeline::poured(&api, bound, view.clone(), &mut diagnostics);
            assert!(!diagnostics.has_errors(), "{name} of {specs}: {diagnostics:?}");
            assert!(tree.iter().count() > api.actions.len(), "{name} of {specs}");
            let quoting = bound.target.manifest.literal.as_ref().unwrap();
            let whole: String = tree.iter().map(|(_, text)| text).collect();
            let actions: Vec<&Value> =
                view.units.iter().filter(|unit| unit.each == "action").map(|unit| &unit.data).collect();
            assert_eq!(actions.len(), api.actions.len());
            for (action, data) in api.actions.iter().zip(actions) {
                let names: Vec<String> = action
                    .parameters
                    .iter()
                    .map(|parameter| quoting.write(parameter.name.as_str()).as_str().to_owned())
                    .collect();
                assert_eq!(wires(&data["table"]["parameters"]), names, "{name}: the table of {}", action.name);
                let fields =
                    data["structs"].as_array().unwrap().iter().flat_map(|each| each["fields"].as_array().unwrap());
                let indices: Vec<u64> = fields
                    .filter(|field| field["is_parameter"] == true)
                    .map(|field| field["index"].as_u64().unwrap())
                    .collect();
                let distinct: BTreeSet<u64> = indices.iter().copied().collect();
                assert_eq!(
                    (indices.len(), distinct.len()),
                    (names.len(), names.len()),
                    "{name}: fields of {}",
                    action.name
                );
                // The smallest target has no tables, but every parameter's last word is there.
                let words = action.parameters.iter().filter_map(|parameter| parameter.name.parts().next_back());
                for word in words {
                    let literal = quoting.write(word);
                    let bare = literal.as_str().trim_matches('"');
                    assert!(whole.contains(bare), "{name} of {specs}: {}.{word} is nowhere", action.name);
                }
            }
        }
    }
}

#[test]
fn names_in_one_place_differ_and_are_no_reserved_words() {
    for (name, bound) in languages() {
        let manifest = &bound.target.manifest;
        let keywords: BTreeSet<&str> = manifest
            .reserved
            .get("keywords")
            .map(|list| list.words.iter().map(String::as_str).collect())
            .unwrap_or_default();
        let api = api("tests/golden/obstacle/api-specs");
        let view = pipeline::lowered(&api, &bound, &mut Diagnostics::new()).unwrap();
        for unit in view.units.iter().filter(|unit| unit.each == "action") {
            for each in unit.data["structs"].as_array().unwrap() {
                let fields = each["fields"].as_array().unwrap();
                let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
                let distinct: BTreeSet<&str> = names.iter().copied().collect();
                assert_eq!(names.len(), distinct.len(), "{name}: {} has two fields of one name", each["name"]);
                let reserved: Vec<&&str> = names.iter().filter(|field| keywords.contains(**field)).collect();
                assert!(reserved.is_empty(), "{name}: {} has {reserved:?}", each["name"]);
            }
        }
    }
}

#[test]
fn a_target_without_its_tables_is_refused() {
    let (_, bound) = languages().remove(0);
    let mut manifest = bound.target.manifest.clone();
    manifest.case = None;
    manifest.literal = None;
    manifest.types.remove("map");
    let faults = Language::of(&manifest).unwrap_err();
    for part in ["[case] is missing", "[literal] is missing", "[type.map] is missing"] {
        assert!(faults.iter().any(|fault| fault.contains(part)), "{part}: {faults:?}");
    }
    assert_eq!(Quoting::by(Quotes::Json).write("a").as_str(), "\"a\"");
}

/// Every text of a view's documentation, by the field that it stands in.
fn docs<'a>(data: &'a Value, found: &mut Vec<&'a str>) {
    match data {
        Value::Array(elements) => elements.iter().for_each(|element| docs(element, found)),
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value["brief"].as_str()) {
                    ("docs", Some(brief)) => found.push(brief),
                    _ => docs(value, found),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn documentation_is_in_the_language_that_is_asked_for() {
    let api = api("api-specs/dts/2020-01-01");
    let chinese = |text: &&&str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let (_, bound) = languages().remove(0);
    for (language, least, most) in [(model::Language::Zh, 0.9, 1.0), (model::Language::En, 0.0, 0.0)] {
        let mut bound = bound.clone();
        let Options::Code(code) = &mut bound.options else { panic!("it is a language that is data") };
        code.docs = language;
        let view = pipeline::lowered(&api, &bound, &mut Diagnostics::new()).unwrap();
        // Fields of answers have texts in English alone.
        let asked = view.units.iter().filter(|unit| ["package", "action"].contains(&unit.each));
        let mut found = Vec::new();
        asked.for_each(|unit| docs(&unit.data, &mut found));
        let share = found.iter().filter(chinese).count() as f64 / found.len() as f64;
        assert!((least..=most).contains(&share), "{language:?}: {share} of {} texts are in Chinese", found.len());
    }
}

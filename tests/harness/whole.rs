//! All of DTS is there: what upstream's newest documents name is in the specs, or `scale/dts.json` says why not; every
//! request parameter has a text in both languages and every response field one in English; and the marks that decide what
//! a client may do stand where names and parameters ask for them. `scale/dts.json` holds the figures, too: whoever changes
//! them says why. `BINDERY_BLESS=1` writes the counts that were found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::model::{Action, ActionEffect, Api, Doc, Kind, Others, Shape};
use bindery_tests::case::api;
use bindery_tests::metadata::{shared, unpacked};
use bindery_tests::pinned;
use bindery_tests::source::root;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

/// What was looked at by a person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// Read and written by `pinned`.
    #[serde(rename = "counts")]
    _counts: BTreeMap<String, usize>,
    /// Actions that no document tells of, only the models of the vendor's SDKs.
    only_in_sdks: BTreeSet<String>,
    /// `Action/Parameter`, and why the vendor's command line does not have it.
    not_in_the_command_line: BTreeMap<String, String>,
    /// Actions that cost money, and by what one sees that.
    spends: BTreeMap<String, String>,
    /// Parameters that stand for a purchase wherever they stand.
    of_purchases: BTreeSet<String>,
    /// Actions that read although their names do not begin with a word for it.
    reads: BTreeSet<String>,
    /// Actions that take the number of a page, and why they have no pages for all that.
    without_pages: BTreeMap<String, String>,
    /// Actions that one can wait with.
    waitable: BTreeSet<String>,
}

static KNOWN: LazyLock<Known> =
    LazyLock::new(|| serde_json::from_str(&fs::read_to_string(root().join("tests/scale/dts.json")).unwrap()).unwrap());

fn specs() -> PathBuf {
    root().join("api-specs/dts/2020-01-01")
}

static API: LazyLock<Api> = LazyLock::new(|| api(&specs()));

type Found<'a> = BTreeMap<String, &'a Shape>;

/// Every named place below a shape, a list's as its element's. `around`: the names on the way, which may stand for
/// themselves.
fn below<'a>(shape: &'a Shape, path: &str, around: &[&str], found: &mut Found<'a>) {
    match &shape.kind {
        Kind::Named(name) if around.contains(&name.as_str()) => {}
        Kind::Named(name) => below(API.schema(name).unwrap(), path, &[around, &[name.as_str()]].concat(), found),
        Kind::List(inner) | Kind::Json(inner) => below(inner, path, around, found),
        Kind::Object(members, others) => {
            for member in members {
                let path = if path.is_empty() { member.name.to_string() } else { format!("{path}.{}", member.name) };
                below(&member.shape, &path, around, found);
                found.insert(path, &member.shape);
            }
            if let Others::Of(inner) = others {
                below(inner, path, around, found);
            }
        }
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => {}
    }
}

/// Every parameter and what is named in it.
fn asked(action: &Action) -> Found<'_> {
    let mut found = Found::new();
    for parameter in &action.parameters {
        below(&parameter.shape, parameter.name.as_str(), &[], &mut found);
        found.insert(parameter.name.to_string(), &parameter.shape);
    }
    found
}

/// Every field of the answer.
fn answered(action: &Action) -> Found<'_> {
    let mut found = Found::new();
    if let Some(response) = &action.response {
        below(response, "", &[], &mut found);
    }
    found
}

fn everywhere<'a>(places: impl Fn(&'a Action) -> Found<'a>) -> BTreeMap<String, &'a Shape> {
    let of = |action: &'a Action| {
        places(action).into_iter().map(|(path, shape)| (format!("{}/{path}", action.name), shape)).collect::<Vec<_>>()
    };
    API.actions.iter().flat_map(of).collect()
}

fn names(of: impl Fn(&Action) -> bool) -> BTreeSet<String> {
    API.actions.iter().filter(|action| of(action)).map(|action| action.name.to_string()).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    names.into_iter().cloned().collect()
}

/// Whether a place, or the shape that it names, has a text of a language.
fn told_in(of: fn(&Doc) -> &String, shape: &Shape) -> bool {
    [shape, API.meant(shape)].iter().any(|shape| !of(&shape.doc).is_empty())
}

#[test]
fn every_parameter_and_field_has_a_text() {
    let (asked, answered) = (everywhere(asked), everywhere(answered));
    type Text = fn(&Doc) -> &String;
    let (en, zh): (Text, Text) = (|doc| &doc.en, |doc| &doc.zh);
    let without = |all: &Found<'_>, language| -> Vec<String> {
        all.iter().filter(|(_, shape)| !told_in(language, shape)).map(|(path, _)| path.clone()).collect()
    };
    assert_eq!(without(&asked, en), [""; 0], "parameters without an English text");
    assert_eq!(without(&asked, zh), [""; 0], "parameters without a Chinese text");
    assert_eq!(without(&answered, en), [""; 0], "fields without an English text");
    let summed = |action: &Action| !action.summary.en.is_empty() && !action.summary.zh.is_empty();
    assert_eq!(names(summed).len(), API.actions.len(), "actions with a summary in both languages");
    let effects = |effect: ActionEffect| names(|action| action.effect == effect).len();
    let counts = [
        ("actions", API.actions.len()),
        ("actions that read", effects(ActionEffect::Read)),
        ("actions that spend", effects(ActionEffect::Spend)),
        ("actions with pages", names(|action| action.paging.is_some()).len()),
        ("actions with errors of their own", names(|action| action.errors.len() > API.errors.len()).len()),
        ("errors", API.actions.iter().map(|action| action.errors.len()).sum()),
        ("response fields", answered.len()),
        ("response fields with a Chinese text", answered.values().filter(|shape| told_in(zh, shape)).count()),
        ("request parameters", API.actions.iter().map(|action| action.parameters.len()).sum()),
        ("request parameters and their members", asked.len()),
        ("rules", API.actions.iter().map(|action| action.rules.len()).sum()),
        ("sensitive places", asked.values().chain(answered.values()).filter(|shape| shape.sensitive).count()),
        ("waiters", API.waiters.len()),
    ];
    pinned::own_counts("dts.json", &counts.into_iter().map(|(what, count)| (what.to_owned(), count)).collect());
}

/// The parameters in the metadata of the command line, members after a dot.
fn told(parameters: &Value, path: &str, found: &mut BTreeSet<String>) {
    for parameter in parameters.as_array().into_iter().flatten() {
        let path = format!("{path}{}", parameter["name"].as_str().unwrap());
        told(&parameter["sub_parameters"], &format!("{path}."), found);
        found.insert(path);
    }
}

#[test]
fn what_the_command_line_knows_is_there() {
    let Some(folder) = unpacked("cli-meta-2026-04", &["en-US/dts", "zh-CN/dts"]) else { return };
    let mut documents = BTreeMap::new();
    for language in ["en-US", "zh-CN"] {
        for entry in fs::read_dir(folder.path().join(language).join("dts")).unwrap() {
            let value: Value = serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
            // One of them tells the version of the product, and has no parameters.
            if let (Some(action), Some(_)) = (value["name"].as_str(), value["parameters"].as_array()) {
                let parameters: &mut BTreeSet<String> = documents.entry(action.to_owned()).or_default();
                told(&value["parameters"], &format!("{action}/"), parameters);
            }
        }
    }
    let actions: BTreeSet<String> = documents.keys().cloned().collect();
    let told: BTreeSet<String> = documents.into_values().flatten().collect();
    assert_eq!((actions.len(), told.len()), (124, 1026), "the metadata is as it was");
    assert_eq!(names(|_| true).difference(&actions).cloned().collect::<BTreeSet<_>>(), KNOWN.only_in_sdks);
    let found = everywhere(asked);
    let missing: Vec<&String> = told.iter().filter(|path| !found.contains_key(*path)).collect();
    assert_eq!(missing, [""; 0], "in the metadata, and not in the specs");
    // The metadata does not look into texts that hold JSON: there, and in actions that it does not have, we know more.
    let parameters = API
        .actions
        .iter()
        .filter(|action| actions.contains(action.name.as_str()))
        .flat_map(|action| action.parameters.iter().map(|parameter| format!("{}/{}", action.name, parameter.name)));
    let more: BTreeSet<String> = parameters.filter(|path| !told.contains(path)).collect();
    assert_eq!(more, set(KNOWN.not_in_the_command_line.keys()), "in the specs, and not in the metadata");
}

#[test]
fn what_only_the_sdks_know_is_marked_so() {
    let from_sdks = |action: &String| {
        let text = fs::read_to_string(specs().join(format!("actions/{action}.json"))).unwrap();
        let facts: Value = serde_json::from_str(&text).unwrap();
        let sources = facts["sources"].as_object().unwrap();
        sources.values().all(|source| source["document"].as_str().unwrap().starts_with("sdk-models"))
    };
    let marked: BTreeSet<String> = names(|_| true).into_iter().filter(from_sdks).collect();
    assert_eq!(marked, KNOWN.only_in_sdks);
}

#[test]
fn what_the_sdks_answer_is_there() {
    let Some(path) = shared("facts/dts-official-models.json") else { return };
    let models: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut told = BTreeSet::new();
    for (action, about) in models["actions"].as_object().unwrap() {
        let fields = about["response"].as_array().into_iter().flatten();
        told.extend(fields.map(|field| format!("{action}/{}", field["name"].as_str().unwrap().replace("[]", ""))));
    }
    assert_eq!(told.len(), 2714, "the models are as they were");
    let found: BTreeSet<String> = everywhere(answered).into_keys().collect();
    let (missing, more) = (told.difference(&found), found.difference(&told));
    assert_eq!((missing.collect::<Vec<_>>(), more.collect::<Vec<_>>()), (vec![], vec![]), "missing, and not told of");
}

#[test]
fn what_costs_money_says_so() {
    assert_eq!(names(|action| action.effect == ActionEffect::Spend), set(KNOWN.spends.keys()));
    let buys = |action: &Action| {
        action.parameters.iter().any(|parameter| KNOWN.of_purchases.contains(parameter.name.as_str()))
    };
    let silent = names(|action| buys(action) && action.effect != ActionEffect::Spend);
    assert!(silent.is_empty(), "they take what a purchase takes, and are not said to spend: {silent:?}");
    for name in &KNOWN.of_purchases {
        assert!(!names(|action| action.parameter(name).is_some()).is_empty(), "no action has `{name}`");
    }
    let silent = names(|action| action.effect == ActionEffect::Spend && !action.doc.en.contains("money"));
    assert!(silent.is_empty(), "their texts do not say that they cost money: {silent:?}");
}

#[test]
fn what_only_reads_says_so_and_nothing_else() {
    let named = |action: &Action| ["Describe", "List"].iter().any(|word| action.name.as_str().starts_with(word));
    let other = |action: &Action| action.effect == ActionEffect::Read && !named(action);
    assert_eq!(names(other), KNOWN.reads);
    assert_eq!(names(|action| named(action) && action.effect != ActionEffect::Read), BTreeSet::new());
}

#[test]
fn what_is_secret_is_marked() {
    let secret = |path: &str| {
        let name = path.rsplit(['.', '/']).next().unwrap().to_lowercase();
        ["password", "secret", "securitytoken", "accesskey"].iter().any(|word| name.contains(word))
    };
    let all: Vec<(String, &Shape)> = everywhere(asked).into_iter().chain(everywhere(answered)).collect();
    let texts = all.iter().filter(|(path, shape)| secret(path) && matches!(shape.kind, Kind::Text));
    let bare: Vec<&String> = texts.clone().filter(|(_, shape)| !shape.sensitive).map(|(path, _)| path).collect();
    assert_eq!(bare, [""; 0], "secrets that are not marked");
    assert!(texts.count() > 20);
}

#[test]
fn what_has_pages_and_what_one_waits_for_says_so() {
    let numbered = |action: &Action| {
        action.parameters.iter().any(|parameter| {
            let name = parameter.name.as_str().to_lowercase();
            name.starts_with("pageno") || name.starts_with("pagenum") || name == "nexttoken"
        })
    };
    let without = names(|action| numbered(action) && action.paging.is_none());
    assert_eq!(without, set(KNOWN.without_pages.keys()));
    let waitable: BTreeSet<String> = API.waiters.iter().map(|waiter| waiter.action.to_string()).collect();
    assert_eq!(waitable, KNOWN.waitable);
}

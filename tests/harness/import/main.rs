//! Importing documents: a folder below `tests/import` is a page, or metadata, and what comes of it. `BINDERY_BLESS=1`
//! rewrites what is expected; a person then reads the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod forms;
mod metadata;

use bindery::diag::Diagnostics;
use bindery::import::{self, Input, Kind, Options, Report};
use bindery::spec::{Action, Condition};
use bindery_tests::case::golden;
use bindery_tests::metadata::shared;
use bindery_tests::source::root;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn input(path: &Path) -> Input {
    let name = path.file_name().unwrap().to_str().unwrap();
    Input { file: name.into(), text: fs::read_to_string(path).unwrap().into() }
}

fn import_markdown(pages: &[Input], options: &Options) -> (Vec<Action>, Report, Diagnostics) {
    let imported = import::import(Kind::Markdown, pages, options);
    let actions = imported.products.into_iter().flat_map(|product| product.actions.into_values());
    (actions.collect(), imported.report, imported.diagnostics)
}

fn import(path: &Path) -> (Vec<Action>, Report, Diagnostics) {
    import_markdown(&[input(path)], &Options::default())
}

/// What is understood of a page's sentences, and how much.
fn prose(page: &Path) -> (String, String) {
    let options = Options { explain: true, survey: true, ..Options::default() };
    let (_, report, _) = import_markdown(&[input(page)], &options);
    (import::explain::human(&report.explained), report.survey.human())
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[test]
fn pages_become_what_is_expected() {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("tests/import")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut wrong = vec![];
    for folder in folders {
        let mut files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let Some(page) = files.find(|path| path.extension().is_some_and(|end| end == "md")) else { continue };
        let (actions, report, diagnostics) = import(&page);
        let action = actions.first().map(|action| pretty(&serde_json::to_value(action).unwrap())).unwrap_or_default();
        let said: String = diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect();
        let report = if actions.is_empty() { String::new() } else { pretty(&serde_json::to_value(&report).unwrap()) };
        let (explained, survey) = prose(&page);
        let always = [("expected.json", action), ("report.json", report), ("stderr.txt", said)];
        let asked = [("explained.txt", explained), ("survey.txt", survey)];
        let asked = asked.into_iter().filter(|(name, _)| folder.join(name).exists());
        wrong.extend(always.into_iter().chain(asked).filter_map(|(name, text)| golden(&folder.join(name), &text)));
    }
    assert!(
        wrong.is_empty(),
        "not as expected; if it is right now, set BINDERY_BLESS=1 and read the diff:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn of_two_pages_of_an_action_the_deeper_one_counts_and_another_product_is_refused() {
    let text: Arc<str> = fs::read_to_string(root().join("tests/import/rows/page.md")).unwrap().into();
    let page = |file: &str| Input { file: file.into(), text: Arc::clone(&text) };
    let pages = [page("old/a.md"), page("new/guide/a.md")];
    let codes = |options: &Options| {
        let (actions, _, diagnostics) = import_markdown(&pages, options);
        let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        (actions.len(), codes)
    };
    let both = ["name-mended", "name-mended"];
    assert_eq!(codes(&Options::default()), (1, [&both[..], &["page-twice"]].concat()));
    let (_, _, diagnostics) = import_markdown(&pages, &Options::default());
    let dropped = diagnostics.iter().find(|diagnostic| diagnostic.code == "page-twice").unwrap();
    assert_eq!(&*dropped.origin.as_ref().unwrap().file, "old/a.md");
    let other = |product: &str, version: &str| Options {
        product: Some((product.into(), version.into())),
        ..Options::default()
    };
    assert_eq!(codes(&other("Toy", "2024-01-01")).0, 1);
    let refused = ["name-mended", "product-disagrees", "name-mended", "product-disagrees"];
    assert_eq!(codes(&other("Toy", "2020-01-01")), (0, refused.to_vec()));
    let (actions, found) = codes(&Options { actions: vec!["DescribeThing".into()], ..Options::default() });
    assert_eq!((actions, found.last()), (0, Some(&"no-such-action")));
}

#[test]
fn sentences_are_carried_only_on_request() {
    let page = root().join("tests/import/phrases-en/page.md");
    let text = |with_text| {
        let (actions, ..) = import_markdown(&[input(&page)], &Options { with_text, ..Options::default() });
        pretty(&serde_json::to_value(actions.first().unwrap()).unwrap())
    };
    for sentence in [
        "How it is paid for.",
        "it is small.",
        "If the moon is full",
        "When `Kind` is set to `small`, `Speed` is ignored",
    ] {
        assert!(text(true).contains(sentence), "{sentence}");
        assert!(!text(false).contains(sentence), "{sentence}");
    }
}

/// Without what says where facts come from.
#[test]
fn a_table_without_end_is_refused_before_it_is_understood() {
    let rows: String = (0..=2_000).map(|n| format!("|P{n}|String|否|x|x|\n")).collect();
    let page = format!(
        "# Count\n\n[x](https://api.aliyun.com/#product=Made&api=CountThings&type=RPC&version=2020-01-01)\n\n\
         ## 请求参数\n\n|名称|类型|是否必选|示例值|描述|\n|--|--|--|--|--|\n{rows}"
    );
    let long = Input { file: Arc::from("long.md"), text: Arc::from(page) };
    let (actions, _, problems) = import_markdown(&[long], &Options::default());
    assert!(actions.is_empty());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("long.md:9:1: error[too-many]"), "{told:?}");
}

fn without_sources(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(key, _)| key != "source")
            .map(|(key, value)| (key, without_sources(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_sources).collect(),
        other => other,
    }
}

const SEED: &str = "ConfigureSynchronizationJob";

#[test]
fn the_twin_says_what_the_seed_says() {
    let Some(shared) = shared("") else { return };
    let facts = |path: &Path| without_sources(serde_json::to_value(import(path).0.first().unwrap()).unwrap());
    let twin = root().join("tests/import/configure-synchronization-job/ConfigureSynchronizationJob.zh.md");
    assert_eq!(pretty(&facts(&shared.join("seed/ConfigureSynchronizationJob.zh.md"))), pretty(&facts(&twin)));
}

/// Kind, parameter, condition as JSON: what a person and the importer can be compared by.
type Fact = (String, String, String);

/// The rules that a person read, without those that no request shows.
fn read_by_a_person(truth: &Value) -> Vec<Fact> {
    let mut facts = vec![];
    for parameter in truth["params"].as_array().unwrap() {
        for rule in parameter["rules"].as_array().unwrap() {
            let kind = rule["kind"].as_str().unwrap();
            let checkable = rule["machine"] != false && rule["informational"] != true;
            if checkable && ["required_when", "available_when", "forbidden_when", "requires"].contains(&kind) {
                let condition = if kind == "requires" { &rule["params"] } else { &rule["condition"] };
                facts.push((kind.to_owned(), parameter["name"].as_str().unwrap().to_owned(), condition.to_string()));
            }
        }
    }
    facts.sort();
    facts
}

/// The rules of an action in the same form.
fn read_by_the_importer(action: &Action) -> Vec<Fact> {
    let mut facts = vec![];
    for rule in action.rules.values() {
        let when = rule.when.as_ref().unwrap();
        let json = |condition: &Condition| serde_json::to_value(condition).unwrap().to_string();
        let mut fact =
            |kind: &str, name: &String, condition: String| facts.push((kind.to_owned(), name.clone(), condition));
        for name in &rule.forbid {
            fact("available_when", name, json(when.not.as_deref().unwrap()));
        }
        for name in &rule.ignore {
            fact("forbidden_when", name, json(when));
        }
        match when.present.first() {
            Some(present) => fact("requires", present, serde_json::to_value(&rule.require).unwrap().to_string()),
            None => rule.require.iter().for_each(|name| fact("required_when", name, json(when))),
        }
    }
    facts.sort();
    facts
}

#[test]
fn the_seed_yields_every_rule_value_and_default_that_a_person_read_and_no_other() {
    let Some(shared) = shared("") else { return };
    let truth: Value =
        serde_json::from_str(&fs::read_to_string(shared.join(format!("truth/rules/{SEED}.json"))).unwrap()).unwrap();
    let (actions, report, diagnostics) = import(&shared.join(format!("seed/{SEED}.zh.md")));
    assert!(diagnostics.is_empty());
    assert_eq!(report.not_understood, []);
    let action = actions.first().unwrap();
    let expected = read_by_a_person(&truth);
    assert_eq!(expected.len(), 21);
    assert_eq!(read_by_the_importer(action), expected);
    assert_eq!(action.parameters.len(), 31);
    for known in truth["params"].as_array().unwrap().iter().filter(|known| known["name"] != "Action") {
        let name = known["name"].as_str().unwrap();
        let parameter = &action.parameters[name];
        let values: Vec<&str> =
            known["enum"].as_array().into_iter().flatten().map(|value| value.as_str().unwrap()).collect();
        assert_eq!(parameter.values.keys().collect::<Vec<_>>(), values, "{name}");
        let default = parameter.default.as_ref().map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        assert_eq!(default.as_deref(), known["default"].as_str(), "{name}");
        assert_eq!(parameter.required, known["required"] == true, "{name}");
        assert_eq!(parameter.sensitive == Some(true), known["sensitive"] == true, "{name}");
    }
}

/// The path of every field of a response, in order.
fn paths(fields: &bindery::spec::Map<bindery::spec::Parameter>, above: &str, out: &mut Vec<String>) {
    for (name, field) in fields {
        out.push(format!("{above}{name}"));
        let inner = field.items.as_ref().map_or(&field.properties, |items| &items.properties);
        paths(inner, &format!("{above}{name}/"), out);
    }
}

#[test]
fn a_flat_table_of_67_rows_gets_its_depth_back() {
    let Some(shared) = shared("") else { return };
    let (actions, ..) = import(&shared.join("seed/related/查询一个数据同步实例状态.md"));
    let mut found = vec![];
    paths(&actions.first().unwrap().response.as_ref().unwrap().properties, "", &mut found);
    assert_eq!(found.len(), 67);
    let mut depths = BTreeMap::new();
    for path in &found {
        *depths.entry(path.matches('/').count()).or_insert(0) += 1;
    }
    assert_eq!(depths, BTreeMap::from([(0, 26), (1, 35), (2, 6)]));
    for path in [
        "PrecheckStatus/Detail/RepairMethod",
        "PrecheckStatus/Percent",
        "SynchronizationObjects/TableIncludes/TableName",
    ] {
        assert!(found.iter().any(|found| found == path), "{path}");
    }
}

proptest! {
    /// Whatever stands in a page, the importer answers and does not panic.
    #[test]
    fn no_page_makes_it_panic(text in "\\PC*") {
        import_markdown(&[Input { file: "a.md".into(), text: text.into() }], &Options::default());
    }

    /// Whatever stands in a cell, too: what is put together from the marks and words that pages are made of.
    #[test]
    fn no_cell_makes_it_panic(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40),
        chinese in any::<bool>(),
    ) {
        let head = if chinese {
            "# 甲\n\n## 请求参数\n\n|名称|类型|是否必选|示例值|描述|\n|--|--|--|--|--|\n|Action|String|是|DoIt|x |\n|A|String|否|x|"
        } else {
            "# A\n\n## Request parameters\n\n|Name|Type|Required|Example|Description|\n|--|--|--|--|--|\n|Action|String|Yes|DoIt|x |\n|A|String|No|x|"
        };
        let text = format!("{head}{} |\n|B.N.C|Integer|{}|1|x |\n", pieces.concat(), if chinese { "是" } else { "Yes" });
        import_markdown(&[Input { file: "a.md".into(), text: text.into() }], &Options { with_text: true, ..Options::default() });
    }
}

const PIECES: [&str; 60] = [
    "**A**",
    "`B`",
    "**x**",
    "1",
    "~",
    "-5",
    "1~5",
    "当",
    "如果",
    "仅当",
    "取值为",
    "为",
    "不为",
    "且",
    "或者",
    "时",
    "，",
    "。",
    "：",
    "、",
    "本参数",
    "才可用",
    "且必须传入",
    "无需传入",
    "必填",
    "默认值",
    "取值范围",
    "（",
    "）",
    "JSON格式",
    "\n\n -   ",
    "\n-   ",
    "\n    -   ",
    "\n```\n",
    "|",
    "\\|",
    "\\",
    "[",
    "](~~1~~)",
    "*",
    "**",
    "“",
    "”",
    "if ",
    "only ",
    "when ",
    "is set to ",
    "this parameter ",
    "is required ",
    "you must specify ",
    "and ",
    "or ",
    ", ",
    ". ",
    "valid values: ",
    "default value: ",
    " 至少传入一个",
    "以**A**为准",
    "\u{200b}",
    "é",
];

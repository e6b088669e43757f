//! The whole family of Markdown pages that is at hand: each page imports, or is refused with its place and a reason, and
//! no row is lost. The figures are pinned: whoever changes them says why.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostics, Level};
use bindery::import::input::gather;
use bindery::import::markdown::{self, Page, Row, Vocabulary};
use bindery::import::nest::{Field, nest};
use bindery::import::{Imported, Input, Kind, Options, import};
use bindery::spec::{Action, Map, Parameter};
use bindery_tests::metadata::shared;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every page of the corpus; none where it is not at hand.
static PAGES: LazyLock<Vec<Input>> = LazyLock::new(|| {
    let Some(corpus) = shared("corpus/markdown-pages-2021-03.tar.gz") else { return vec![] };
    let mut diagnostics = Diagnostics::new();
    let gathered = gather(&[corpus.to_string_lossy().into_owned()], Kind::Markdown, &mut |_| {}, &mut diagnostics);
    assert!(!diagnostics.has_errors());
    gathered.documents
});

fn read(input: &Input, words: &Vocabulary) -> (Option<Page>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let page = markdown::read(input, words, &mut diagnostics);
    (page, diagnostics)
}

fn codes(diagnostics: &Diagnostics, level: Level) -> BTreeMap<&'static str, usize> {
    let mut codes = BTreeMap::new();
    for problem in diagnostics.iter().filter(|problem| problem.level == level) {
        *codes.entry(problem.code).or_default() += 1;
    }
    codes
}

#[test]
fn every_page_is_read_or_refused_with_its_place_and_a_reason() {
    if PAGES.is_empty() {
        return;
    }
    let words = Vocabulary::embedded().unwrap();
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut pages, mut parameters, mut fields) = (0, 0, 0);
    for input in PAGES.iter() {
        let (page, diagnostics) = read(input, &words);
        if let Some(page) = page {
            pages += 1;
            parameters += page.parameters.len();
            fields += page.response.len();
        } else {
            let first = diagnostics.iter().find(|problem| problem.level == Level::Error).unwrap();
            assert!(first.origin.is_some(), "{first}");
            *refused.entry(first.code).or_default() += 1;
        }
    }
    assert_eq!((PAGES.len(), pages, parameters, fields), (2_637, 2_620, 14_558, 21_757));
    let known = [("action-disagrees", 6), ("name", 2), ("not-a-reference-page", 8), ("written-by-hand", 1)];
    assert_eq!(refused, BTreeMap::from(known));
}

/// The parameter that a row became: `Tag.N.Key` is the member `Key` of what the list `Tag` holds.
fn became<'a>(action: &'a Action, row: &str) -> Option<&'a Parameter> {
    let mut steps = row.strip_suffix(".N").unwrap_or(row).split(".N.");
    let first = action.parameters.get(steps.next()?)?;
    let mut found = steps.try_fold(first, |list, member| list.items.as_ref()?.properties.get(member))?;
    if row.ends_with(".N") {
        found = found.items.as_deref()?;
    }
    Some(found)
}

/// How often each name stands in a response.
fn names(fields: &Map<Parameter>, found: &mut BTreeMap<String, usize>) {
    for (name, field) in fields {
        *found.entry(name.clone()).or_default() += 1;
        names(&field.properties, found);
        field.items.iter().for_each(|items| names(&items.properties, found));
    }
}

fn lost(page: &Page, action: &Action) -> Vec<String> {
    let rows = page.parameters.iter().map(|row: &Row| row.name.as_str());
    let mut lost: Vec<String> = rows.filter(|row| became(action, row).is_none()).map(str::to_owned).collect();
    let mut fields = BTreeMap::new();
    action.response.iter().for_each(|response| names(&response.properties, &mut fields));
    for row in &page.response {
        match fields.get_mut(&row.name) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lost.push(format!("response: {}", row.name)),
        }
    }
    lost
}

/// One product's pages and a seventh of the others, through the whole import.
#[test]
fn rows_in_are_parameters_and_fields_out() {
    let words = Vocabulary::embedded().unwrap();
    let chosen = PAGES.iter().enumerate().filter(|(at, input)| at % 7 == 0 || input.file.contains("!dts/"));
    let (mut pages, mut rows, mut fields, mut lost_rows) = (0, 0, 0, vec![]);
    for (_, input) in chosen {
        let Some(page) = read(input, &words).0 else { continue };
        let imported = import(Kind::Markdown, std::slice::from_ref(input), &Options::default());
        let Some(action) = imported.products.first().and_then(|product| product.actions.values().next()) else {
            assert!(imported.diagnostics.has_errors(), "{}", input.file);
            continue;
        };
        pages += 1;
        rows += page.parameters.len();
        fields += page.response.len();
        lost_rows.extend(lost(&page, action).into_iter().map(|row| format!("{}: {row}", input.file)));
    }
    assert!(lost_rows.is_empty(), "{lost_rows:#?}");
    assert!(PAGES.is_empty() || (pages, rows, fields) == (408, 2_206, 3_078), "{pages} {rows} {fields}");
}

#[test]
fn an_action_of_several_pages_and_languages_is_one() {
    let pages: Vec<Input> = PAGES.iter().filter(|input| input.file.contains("!dts/")).cloned().collect();
    if pages.is_empty() {
        return;
    }
    let Imported { products, diagnostics, .. } = import(Kind::Markdown, &pages, &Options::default());
    let actions: Vec<usize> = products.iter().map(|product| product.actions.len()).collect();
    assert_eq!(actions, [31]);
    // A page on access rights lies among those of actions.
    assert_eq!(codes(&diagnostics, Level::Error), BTreeMap::from([("not-a-reference-page", 1)]));
    assert_eq!(codes(&diagnostics, Level::Warning), BTreeMap::from([("page-twice", 7), ("response-doubt", 2)]));
}

/// A page that marks members of other fields, without its marks: what the search finds is held against the marks.
#[test]
fn rows_find_their_depth_without_the_marks_that_some_pages_have() {
    if PAGES.is_empty() {
        return;
    }
    let words = Vocabulary::embedded().unwrap();
    let mut whole = [0; 4];
    let mut sampled = [0; 4];
    for input in PAGES.iter().filter(|input| input.text.contains('└')) {
        let Some(page) = read(input, &words).0.filter(|page| page.response.iter().any(|row| row.mark > 0)) else {
            continue;
        };
        let rows = page.response.iter();
        let fields: Vec<Field<'_>> =
            rows.map(|row| Field { name: &row.name, children: row.kind.children, mark: 0 }).collect();
        let sample = page.samples.json.clone().or_else(|| page.samples.xml_fields());
        let places = nest(&fields, sample.as_ref()).places;
        let right = page.response.iter().zip(&places).filter(|(row, place)| (row.mark > 0) == place.parent.is_some());
        let right = right.count();
        let figures = [1, usize::from(right == fields.len()), fields.len(), right];
        whole.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
        if sample.is_some() {
            sampled.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
        }
    }
    // Pages, those that are right as a whole, rows, rows that are right; then the same of pages with a sample.
    assert_eq!((whole, sampled), ([353, 325, 4_468, 4_412], [318, 308, 3_963, 3_946]));
}

/// Its page is not at hand, and so its sample is not either: what the order of names alone says, and where it has doubts.
#[test]
fn a_table_that_a_person_nested_is_nested_almost_the_same_without_its_sample() {
    let Some(truth) = shared("truth/response_trees/DescribeSynchronizationJobStatusList.json") else { return };
    let truth: Value = serde_json::from_str(&std::fs::read_to_string(truth).unwrap()).unwrap();
    let words = Vocabulary::embedded().unwrap();
    let rows = truth["rows"].as_array().unwrap();
    let text = |row: &'static str| move |value: &Value| value[row].as_str().unwrap().to_owned();
    let names: Vec<String> = rows.iter().map(text("name")).collect();
    let types = rows.iter().map(text("type")).map(|spelled| words.type_word(&spelled).unwrap().children);
    let fields: Vec<Field<'_>> =
        names.iter().zip(types).map(|(name, children)| Field { name, children, mark: 0 }).collect();
    let found = nest(&fields, None);
    let mut paths: Vec<String> = vec![];
    for (name, place) in names.iter().zip(&found.places) {
        let above = place.parent.map(|parent| format!("{}/", paths[parent])).unwrap_or_default();
        paths.push(format!("{above}{name}"));
    }
    let right = paths.iter().zip(rows).filter(|(path, row)| row["path"] == path.as_str()).count();
    assert!((right, rows.len()) == (11, 13) && found.doubt.is_some(), "{right} {paths:#?} {:?}", found.doubt);
}

/// Pages that mean harm: each is imported or refused, as the list of cases has it, and none makes the importer panic.
#[test]
fn hostile_pages_do_no_harm() {
    let Some(archive) = shared("hostile.tar.gz") else { return };
    let archive = archive.to_string_lossy().into_owned();
    let mut diagnostics = Diagnostics::new();
    let pages = gather(std::slice::from_ref(&archive), Kind::Markdown, &mut |_| {}, &mut diagnostics).documents;
    let made = |page: &Input| {
        let imported = import(Kind::Markdown, std::slice::from_ref(page), &Options::default());
        let made = imported.products.iter().any(|product| !product.actions.is_empty());
        assert!(made || imported.diagnostics.has_errors(), "{}: neither made nor refused", page.file);
        made
    };
    let made: BTreeMap<&str, bool> = pages.iter().map(|page| (page.document(), made(page))).collect();
    let refused =
        ["MdActionConflict", "MdActionMissing", "MdEmpty", "MdHtmlTable", "MdManyRows", "MdNoTable", "MdTypeCode"];
    let accepted = ["MdControl", "MdScript", "MdEscapedPipe", "MdMultilineCell", "MdCrlf", "MdBidi", "MdExampleHost"];
    for (names, expected) in [(&refused, false), (&accepted, true)] {
        for name in names {
            assert_eq!(made.get(format!("{name}.md").as_str()), Some(&expected), "{name}");
        }
    }
}

/// JSON with the keys that the importers look for, in places where they may not be.
fn any_document() -> impl Strategy<Value = Value> {
    const KEYS: [&str; 22] = [
        "info",
        "product",
        "version",
        "style",
        "apis",
        "components",
        "schemas",
        "parameters",
        "name",
        "in",
        "schema",
        "type",
        "items",
        "properties",
        "$ref",
        "enum",
        "default",
        "maxItems",
        "required",
        "description",
        "responses",
        "sub_parameters",
    ];
    const WORDS: [&str; 8] = ["string", "array", "object", "query", "#/components/schemas/name", "RPC", "Aa", "-1"];
    let leaf = prop_oneof![
        prop::sample::select(WORDS.to_vec()).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let key = prop::sample::select(KEYS.to_vec());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..7)
                .prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    /// Whatever stands in a document, every importer answers and does not panic.
    #[test]
    fn no_document_makes_an_importer_panic(document in any_document(), whole in any::<bool>()) {
        let text = if whole {
            document.to_string()
        } else {
            serde_json::json!({
                "version": "1.0",
                "info": {"product": "Toy", "version": "2020-01-01", "style": "RPC"},
                "components": {"schemas": {"name": document}},
                "name": "DoIt",
                "parameters": document,
                "apis": {"DoIt": {"parameters": document, "responses": document}, "DoMore": document},
            })
            .to_string()
        };
        for (kind, file) in [(Kind::OpenapiMeta, "api-docs.json"), (Kind::CliMeta, "zh-CN/toy/DoIt.json")] {
            let input = Input { file: file.into(), text: text.as_str().into() };
            import(kind, &[input], &Options { with_text: true, ..Options::default() });
        }
    }
}

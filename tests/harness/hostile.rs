//! Documents that somebody made to break an importer. Each imports, or is refused with its file and a reason; none makes
//! it panic, and what would take long is refused by how much there is of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostics, Level};
use bindery::import::input::gather;
use bindery::import::{Input, Kind, Options, import};
use bindery_tests::metadata::shared;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Errors of an import, and how many actions it gives.
fn outcome(kind: Kind, documents: &[Input]) -> (usize, Vec<String>) {
    let imported = import(kind, documents, &Options { with_text: true, ..Options::default() });
    let errors = imported.diagnostics.iter().filter(|found| found.level == Level::Error);
    let errors = errors.inspect(|error| assert!(!error.message.is_empty() && error.help.is_some(), "{error}"));
    let errors = errors.map(ToString::to_string).collect();
    (imported.products.iter().map(|product| product.actions.len()).sum(), errors)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn hostile_metadata_imports_or_is_refused_with_its_place() {
    let Some(archive) = shared("hostile.tar.gz") else { return };
    let scratch = tempfile::tempdir().unwrap();
    let unpacked = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(scratch.path()).status().unwrap();
    assert!(unpacked.success());
    let (mut imports, mut refused) = (0, 0);
    for folder in files(&scratch.path().join("hostile/meta")).into_iter().filter(|path| path.is_dir()) {
        let version = folder.join("version.json").to_string_lossy().into_owned();
        for file in files(&folder).into_iter().filter(|file| !file.ends_with("version.json")) {
            let name = file.to_string_lossy().into_owned();
            let mut diagnostics = Diagnostics::new();
            let documents = gather(&[name, version.clone()], Kind::CliMeta, &mut |_| (), &mut diagnostics).documents;
            let (actions, mut errors) = outcome(Kind::CliMeta, &documents);
            errors.extend(diagnostics.iter().map(ToString::to_string));
            let stem = file.file_name().unwrap().to_str().unwrap();
            match actions {
                0 => refused += usize::from(errors.iter().any(|error| error.contains(stem))),
                _ => imports += 1,
            }
            assert!(actions > 0 || errors.iter().any(|error| error.contains(stem)), "{stem}: {errors:?}");
        }
    }
    println!("{imports} import, {refused} are refused");
    assert!(imports >= 60 && refused >= 40, "{imports} import, {refused} are refused");
}

fn document(actions: &Value) -> Input {
    let info = json!({"style": "RPC", "product": "Made", "version": "2024-01-01"});
    let value = json!({"version": "1.0", "info": info, "components": {"schemas": {}}, "apis": actions});
    Input { file: "made/2024-01-01/api-docs.json".into(), text: value.to_string().into() }
}

fn one(parameters: &Value) -> Input {
    document(&json!({"SendThing": {"parameters": parameters}}))
}

#[test]
fn too_much_is_refused_before_it_is_understood() {
    let schema = |text: &str| json!({"type": "string", "description": text});
    let parameter = |name: String, schema: Value| json!({"name": name, "in": "query", "schema": schema});
    let many: Vec<Value> = (0..2_001).map(|n| parameter(format!("P{n}"), schema("x"))).collect();
    let values: Vec<String> = (0..2_000).map(|n| format!("v{n}")).collect();
    let listed = json!([parameter("Kind".to_owned(), json!({"type": "string", "enum": values}))]);
    let long = json!([parameter("Kind".to_owned(), schema(&"if Kind is set to x, ".repeat(4_000)))]);
    let fields: serde_json::Map<String, Value> = (0..10_001).map(|n| (format!("F{n}"), schema("x"))).collect();
    let answer = json!({"SendThing": {"responses": {"200": {"schema": {"type": "object", "properties": fields}}}}});
    for input in [one(&json!(many)), one(&listed), one(&long), document(&answer)] {
        let (actions, errors) = outcome(Kind::OpenapiMeta, &[input]);
        assert_eq!(actions, 0);
        assert!(errors[0].starts_with("made/2024-01-01/api-docs.json#/apis/SendThing: error[too-many]"), "{errors:?}");
    }
    let (actions, errors) = outcome(Kind::OpenapiMeta, &[one(&json!(&many[..300]))]);
    assert_eq!((actions, errors), (1, vec![]));
}

/// Any JSON, made of the words that the format has a meaning for.
fn anything() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(WORDS.to_vec());
    let leaf = prop_oneof![
        words.clone().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        let key = prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6).prop_map(|members| json!(members)),
        ]
    })
}

proptest! {
    /// Whatever stands where an action, a parameter, a schema, an answer or a list of errors belongs.
    #[test]
    fn no_metadata_makes_it_panic(value in anything(), place in 0_usize..8) {
        let whole = json!({"name": "Kind", "in": "query", "schema": {"type": "string", "description": value}});
        let input = match place {
            0 => document(&value),
            1 => document(&json!({"SendThing": value})),
            2 => one(&value),
            3 => one(&json!([value, whole])),
            4 => one(&json!([{"name": "Kind", "in": "query", "schema": value}])),
            5 => document(&json!({"SendThing": {"responses": {"200": {"schema": value}}}})),
            6 => document(&json!({"SendThing": {"errorCodes": value, "responseDemo": value, "systemTags": value}})),
            _ => Input { file: "a.json".into(), text: value.to_string().into() },
        };
        outcome(Kind::OpenapiMeta, &[input]);
    }

    /// Whatever is cut out of a document, or put into it.
    #[test]
    fn no_broken_document_makes_it_panic(at in 0_usize..2_000, cut in 0_usize..40, put in "\\PC{0,4}") {
        let whole = one(&json!([{"name": "Kind", "in": "query", "style": "repeatList", "schema": {
            "type": "array", "items": {"$ref": "#/components/schemas/Thing"}, "maxItems": 3, "description": "如果为x，必填。",
        }}])).text;
        let start = (0..=at % whole.len()).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        let end = (start + cut..).find(|end| *end >= whole.len() || whole.is_char_boundary(*end)).unwrap();
        let text = format!("{}{put}{}", &whole[..start], whole.get(end..).unwrap_or_default());
        outcome(Kind::OpenapiMeta, &[Input { file: "a.json".into(), text: text.into() }]);
    }
}

const WORDS: [&str; 44] = [
    "$ref",
    "#/components/schemas/Thing",
    "type",
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "any",
    "items",
    "properties",
    "additionalProperties",
    "enum",
    "enumValueTitles",
    "required",
    "docRequired",
    "description",
    "title",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "pattern",
    "format",
    "int32",
    "default",
    "example",
    "in",
    "query",
    "body",
    "path",
    "style",
    "json",
    "name",
    "schema",
    "parameters",
    "responses",
    "200",
    "errorCodes",
    "methods",
    "Kind",
    "如果Kind为x，则必填。",
];

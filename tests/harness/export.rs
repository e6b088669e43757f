//! The exports, held to what others make of the standards. A case is a folder `tests/export/CASE/`: a spec, the
//! documents that come of it (`BINDERY_BLESS=1` rewrites them), and requests that are valid and that are not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::export::{NOT_EXPRESSED, instance, json_schema, openapi};
use bindery::model::{Api, Language, Severity};
use bindery::pipeline;
use bindery::rules::{check, normalize};
use bindery::spec::schema::FileKind;
use roas::validation::{Options, Validate as _};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const LANGUAGES: [(&str, Language); 2] = [("en", Language::En), ("zh", Language::Zh)];

fn entries(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn cases() -> Vec<(PathBuf, Api)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("export");
    let load = |case: PathBuf| {
        let loaded = pipeline::load(&case.join("api-specs"));
        let problems: Vec<String> = loaded.diagnostics.iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{problems:#?}");
        (case, loaded.api.unwrap())
    };
    entries(&root).into_iter().map(load).collect()
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn golden(path: &Path, document: &Value) {
    let text = format!("{document:#}\n");
    if std::env::var_os("BINDERY_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &text).unwrap();
    }
    let known = fs::read_to_string(path).unwrap_or_default();
    assert!(known == text, "{} is not what is exported; BINDERY_BLESS=1 rewrites it", path.display());
}

#[test]
fn documents_are_as_they_were_reviewed() {
    for (case, api) in cases() {
        golden(&case.join("openapi.json"), &openapi(&api, Language::En));
        for action in &api.actions {
            let file = case.join("json-schema").join(format!("{}.json", action.name));
            golden(&file, &json_schema(&api, action, Language::En));
        }
    }
}

#[test]
fn schemas_are_schemas() {
    for (case, api) in cases() {
        for action in &api.actions {
            for (_, language) in LANGUAGES {
                let schema = json_schema(&api, action, language);
                if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
                    panic!("{}: {error} at {}", case.display(), error.instance_path());
                }
            }
        }
    }
}

fn folder(case: &Path, name: &str) -> Vec<(PathBuf, Value)> {
    let dir = case.join(name);
    if dir.exists() { entries(&dir).into_iter().map(|path| (path.clone(), read(&path))).collect() } else { Vec::new() }
}

#[test]
fn the_schema_and_the_reference_judge_alike() {
    let mut judged = 0;
    for (case, api) in cases() {
        let [action] = api.actions.as_slice() else { continue };
        let validator = jsonschema::draft202012::new(&json_schema(&api, action, Language::En)).unwrap();
        for (expected, name) in [(true, "valid"), (false, "invalid")] {
            for (path, request) in folder(&case, name) {
                let by_schema = instance(&api, action, &normalize(action, &request))
                    .is_some_and(|instance| validator.is_valid(&instance));
                assert_eq!(by_schema, expected, "the schema on {}", path.display());
                let violations = check(&api, action, &request, Language::En);
                let by_us = violations.iter().all(|violation| violation.severity == Severity::Advice);
                assert_eq!(by_us, expected, "the reference on {}: {violations:#?}", path.display());
                judged += 1;
            }
        }
    }
    assert!(judged > 60, "{judged}");
}

#[test]
fn what_json_schema_cannot_say_is_listed() {
    let (_, api) = cases().into_iter().find(|(case, _)| case.ends_with("effects")).unwrap();
    let schema = json_schema(&api, api.action("BookRoom").unwrap(), Language::En);
    let listed: Vec<&str> =
        schema[NOT_EXPRESSED].as_array().unwrap().iter().map(|entry| entry["rule"].as_str().unwrap()).collect();
    assert_eq!(listed, ["same-password", "plan-has-no-effect", "grade-is-wise"]);
}

#[test]
fn the_committed_schemas_are_those_of_the_spec_format() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs/schema");
    for kind in FileKind::ALL {
        let path = dir.join(format!("{}.schema.json", kind.stem()));
        let known = fs::read_to_string(&path).unwrap_or_default();
        let now = format!("{:#}\n", kind.schema());
        assert!(known == now, "{}: run `bindery schema --write api-specs/schema`", path.display());
    }
}

#[test]
fn openapi_documents_are_valid() {
    for (case, api) in cases() {
        for (code, language) in LANGUAGES {
            let document = openapi(&api, language);
            let spec: roas::v3_1::spec::Spec = serde_json::from_value(document).unwrap();
            let problems = spec.validate(Options::IgnoreUnusedSchemas.only(), None);
            assert!(problems.is_ok(), "{} {code}: {:#?}", case.display(), problems.err());
        }
    }
}

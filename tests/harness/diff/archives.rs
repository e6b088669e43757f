//! Two years of the vendor's metadata, compared: how many changes of each kind are found is pinned in
//! `scale/counts.json`. The newer documents are stripped of prose and answers, so that only what requests declare is
//! compared. A debug build looks at every tenth product.

use super::command::PROGRAM;
use bindery_tests::metadata::documents;
use bindery_tests::pinned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Lays documents out as the vendor does.
fn lay_out(archive: &str, folder: &Path) -> Option<usize> {
    let documents = documents(archive)?;
    for document in &documents {
        let path = folder.join(&*document.file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &*document.text).unwrap();
    }
    Some(documents.len())
}

/// The changes by id, as the command tells them.
fn changes(old: &Path, new: &Path) -> BTreeMap<String, usize> {
    let mut bindery = Command::new(PROGRAM);
    bindery.args(["diff", "--from", "openapi-meta", "--only", "requests", "--declared", "--format", "json"]);
    // What cannot be understood of the documents is told, and fails; `corpus` knows what that is.
    let output = bindery.arg(old).arg(new).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut counts = BTreeMap::new();
    for service in report["services"].as_array().unwrap() {
        for change in service["changes"].as_array().unwrap() {
            *counts.entry(change["id"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn two_years_differ_as_they_did() {
    let scratch = tempfile::tempdir().unwrap();
    let (old, new) = (scratch.path().join("old"), scratch.path().join("new"));
    let Some(before) = lay_out("openapi-meta-2024-06", &old) else { return };
    let Some(after) = lay_out("openapi-meta-2025-12", &new) else { return };
    assert_eq!(changes(&new, &new), BTreeMap::new(), "what is the same differs in nothing");
    let mut counts = changes(&old, &new);
    counts.extend([("old documents".to_owned(), before), ("new documents".to_owned(), after)]);
    pinned::counts("diff", &counts);
}

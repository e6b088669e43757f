//! The facts in `api-specs` are what upstream's documents say: importing these again, in whatever order, changes nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_tests::case::copy;
use bindery_tests::metadata::{shared, unpacked};
use bindery_tests::source::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A kind of document, the date of the documents, and where they lie.
struct Imported {
    kind: &'static str,
    as_of: &'static str,
    inputs: Vec<PathBuf>,
}

fn facts(specs: &Path) -> BTreeMap<String, String> {
    let actions = fs::read_dir(specs.join("actions")).unwrap().map(|entry| entry.unwrap().path());
    let files = actions.chain([specs.join("upstream.json")]);
    files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn importing_again_changes_nothing() {
    let Some(meta) = unpacked("cli-meta-2026-04", &["zh-CN/dts", "en-US/dts"]) else { return };
    let Some(pages) = unpacked("markdown-pages-2021-03", &["dts"]) else { return };
    let Some(metadata) = shared("corpus/dts-api-docs-2024-06.json") else { return };
    let Some(seed) = shared("seed/ConfigureSynchronizationJob.zh.md") else { return };
    let documents = [
        Imported { kind: "markdown", as_of: "2021-03-01", inputs: vec![pages.path().join("dts"), seed] },
        Imported {
            kind: "cli-meta",
            as_of: "2026-04-21",
            inputs: vec![meta.path().join("zh-CN/dts"), meta.path().join("en-US/dts")],
        },
        Imported { kind: "openapi-meta", as_of: "2024-06-25", inputs: vec![metadata] },
    ];
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join("specs");
    copy(&root().join("api-specs/dts/2020-01-01"), &specs);
    let before = facts(&specs);
    for Imported { kind, as_of, inputs } in documents {
        let mut bindery = Command::new(env!("CARGO_BIN_EXE_bindery-under-test"));
        bindery.arg("import").arg(kind).args(inputs).arg("--specs").arg(&specs).args(["--as-of", as_of]);
        let output = bindery.output().unwrap();
        assert!(!output.stdout.is_empty(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
        let after = facts(&specs);
        let differ: Vec<_> =
            after.iter().filter(|(name, text)| before.get(*name) != Some(text)).map(|(name, _)| name).collect();
        assert!(differ.is_empty() && before.len() == after.len(), "{kind} changes {differ:?}");
    }
}

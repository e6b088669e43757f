//! Importing metadata: a folder below `tests/import` that is named after a kind of document holds documents of that kind
//! in `upstream`, and what comes of them: `specs`, what people are told (`stderr.txt`), and what `lint` then finds beside
//! texts that are missing (`findings.txt`).

use bindery::diag::{Diagnostics, Level, Place, Sources, human};
use bindery::import::{self, Kind, Options, write};
use bindery::pipeline;
use bindery_tests::case::{documents, files, golden, lint};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Our own words may stand in the specs.
fn options() -> Options {
    Options { with_text: true, ..Options::default() }
}

fn folders(kind: Kind) -> Vec<PathBuf> {
    let all = fs::read_dir("import").unwrap().map(|entry| entry.unwrap().path());
    let of_kind = |folder: &PathBuf| folder.file_name().unwrap().to_str().unwrap().starts_with(kind.name());
    let mut folders: Vec<PathBuf> = all.filter(of_kind).collect();
    folders.sort();
    assert!(folders.len() > 2, "{}: {} folders", kind.name(), folders.len());
    folders
}

#[test]
fn metadata_becomes_what_is_expected() {
    let mut wrong = vec![];
    for kind in [Kind::OpenapiMeta, Kind::CliMeta] {
        for folder in folders(kind) {
            compare(kind, &folder, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "if it is right now, set BINDERY_BLESS=1 and read the diff:\n{}", wrong.join("\n"));
}

fn compare(kind: Kind, folder: &Path, wrong: &mut Vec<String>) {
    let inputs = documents(&folder.join("upstream"));
    let imported = import::import(kind, &inputs, &options());
    let mut sources = Sources::default();
    inputs.iter().for_each(|input| sources.insert(&input.file, Arc::clone(&input.text)));
    for problem in imported.diagnostics.iter() {
        assert!(problem.help.as_ref().is_some_and(|help| !help.is_empty()), "{problem}");
        let origin = problem.origin.as_ref().unwrap_or_else(|| panic!("no place: {problem}"));
        assert!(origin.place == Place::Whole || sources.locate(origin).is_some(), "no line: {problem}");
    }
    wrong.extend(golden(&folder.join("stderr.txt"), &human(&imported.diagnostics, &sources, false)));
    let refused = imported.diagnostics.has_errors();
    let [product] = &imported.products[..] else {
        assert!(imported.products.is_empty() && refused, "{}: not one product", folder.display());
        assert!(!folder.join("specs").exists(), "{}: nothing comes of it", folder.display());
        return;
    };
    let made = tempfile::tempdir().unwrap();
    write::product(made.path(), product, false).unwrap();
    let specs = folder.join("specs");
    let (written, expected) = (files(made.path()), if specs.exists() { files(&specs) } else { BTreeSet::new() });
    for path in written.union(&expected) {
        let text = fs::read_to_string(made.path().join(path)).unwrap_or_default();
        wrong.extend(golden(&specs.join(path), &text));
    }
    if !wrong.is_empty() || !written.contains("upstream.json") || product.actions.is_empty() {
        return;
    }
    wrong.extend(golden(&folder.join("findings.txt"), &lint(&pipeline::load(&specs))));
}

/// Whatever is wrong with one action, the others come through as if they stood alone.
#[test]
fn a_refused_action_takes_no_other_with_it() {
    let folder = Path::new("import/openapi-meta-refused-actions");
    let imported = import::import(Kind::OpenapiMeta, &documents(&folder.join("upstream")), &options());
    let refused: BTreeSet<String> = errors(&imported.diagnostics);
    let taken: Vec<&String> = imported.products.iter().flat_map(|product| product.actions.keys()).collect();
    assert!(refused.len() > 8, "{refused:?}");
    assert_eq!(taken, ["RingBell"]);
}

/// The actions with an error.
fn errors(diagnostics: &Diagnostics) -> BTreeSet<String> {
    let errors = diagnostics.iter().filter(|problem| problem.level == Level::Error);
    let places = errors.filter_map(|error| match &error.origin.as_ref()?.place {
        Place::Value(pointer) | Place::Key(pointer) => {
            pointer.strip_prefix("/apis/")?.split('/').next().map(str::to_owned)
        }
        Place::Whole | Place::At(_) => None,
    });
    places.collect()
}

//! The whole of the shared metadata: imported, resolved, linted and made Rust and pages of, in memory. Nothing is lost on
//! the way, and what is refused is listed by name. Says what each step took.
//!
//! Slow unless optimized: a debug build takes every tenth product, and no figure of it is compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostic, Diagnostics, Level, Sources};
use bindery::import::input::gather;
use bindery::import::{self, ImportedProduct, Kind, Options};
use bindery::model::Api;
use bindery::pipeline::{self, Bound};
use bindery::spec::{Catalog, Document};
use bindery::stage::{amend, check};
use bindery_tests::source::root;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// How often a debug build takes a product.
const EVERY: usize = if cfg!(debug_assertions) { 10 } else { 1 };

fn document(file: String, stem: &str, value: &impl Serialize) -> Document {
    Document { file: file.into(), stem: stem.to_owned(), value: serde_json::to_value(value).unwrap() }
}

/// What an import gives, as a spec folder that was read.
fn catalog(name: &str, product: &ImportedProduct) -> Catalog {
    let mut actions: Vec<Document> = product
        .actions
        .iter()
        .map(|(action, facts)| document(format!("{name}/actions/{action}.json"), action, facts))
        .collect();
    actions.sort_by(|a, b| a.stem.cmp(&b.stem));
    let upstream = document(format!("{name}/upstream.json"), "upstream", product.facts.as_ref().unwrap());
    Catalog { upstream: Some(upstream), product: None, actions, overlays: vec![] }
}

/// What became of one product.
#[derive(Default)]
struct Made {
    counts: BTreeMap<&'static str, usize>,
    errors: Vec<String>,
}

impl Made {
    fn add(&mut self, what: &'static str, count: usize) {
        *self.counts.entry(what).or_default() += count;
    }

    fn refuse(&mut self, diagnostics: &Diagnostics) {
        self.errors.extend(diagnostics.iter().filter(|found| found.level == Level::Error).map(Diagnostic::to_string));
    }
}

/// Resolves, lints and generates.
fn made(name: &str, product: &ImportedProduct, rust: &Bound, pages: &Bound) -> Made {
    let mut made = Made::default();
    made.add("actions imported", product.actions.len());
    made.add("parameters imported", product.actions.values().map(|action| action.parameters.len()).sum());
    let mut diagnostics = Diagnostics::new();
    let api = amend::run(catalog(name, product), &mut diagnostics)
        .and_then(|amended| pipeline::resolved(&amended, &mut diagnostics));
    let Some(api) = api else {
        made.refuse(&diagnostics);
        return made;
    };
    made.add("actions resolved", api.actions.len());
    made.add("parameters resolved", api.actions.iter().map(|action| action.parameters.len()).sum());
    let mut findings = Diagnostics::new();
    check::run(&api, &mut findings);
    made.refuse(&findings);
    made.add("findings", findings.iter().count());
    generated(&api, rust, pages, &mut made);
    made
}

fn generated(api: &Api, rust: &Bound, pages: &Bound, made: &mut Made) {
    for (target, bound) in [("rust", rust), ("pages", pages)] {
        let mut diagnostics = Diagnostics::new();
        let view = pipeline::lowered(api, bound, &mut diagnostics);
        let tree = view.map(|view| pipeline::poured(api, bound, &view, &mut diagnostics));
        made.refuse(&diagnostics);
        let files: Vec<(&str, &str)> = tree.iter().flat_map(|tree| tree.iter()).collect();
        if target == "rust" {
            let rows = |text: &str| text.matches("Parameter::of(").count();
            made.add("rows of tables in Rust", files.iter().map(|(_, text)| rows(text)).sum());
            made.add("bytes of Rust", files.iter().map(|(_, text)| text.len()).sum());
        } else {
            made.add("bytes of pages", files.iter().map(|(_, text)| text.len()).sum());
        }
    }
}

#[test]
fn everything_goes_through() {
    let corpus = root().join("../../shared/corpus/openapi-meta-2024-06.tar.gz");
    if !corpus.exists() {
        println!("skipped: no ../shared");
        return;
    }
    let mut diagnostics = Diagnostics::new();
    let begin = Instant::now();
    let named = [corpus.to_str().unwrap().to_owned()];
    let documents = gather(&named, Kind::OpenapiMeta, &mut |_| (), &mut diagnostics).documents;
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let documents: Vec<_> = documents.into_iter().step_by(EVERY).collect();
    let read = begin.elapsed();
    let begin = Instant::now();
    let imported = import::import(Kind::OpenapiMeta, &documents, &Options { with_text: true, ..Options::default() });
    let import = begin.elapsed();
    println!("read {read:?}, import {import:?}: {} actions", imported.report.actions.len());
    let refused: Vec<String> = imported
        .diagnostics
        .iter()
        .filter(|found| found.level == Level::Error)
        .map(|found| found.to_string().replace(corpus.to_str().unwrap(), ""))
        .collect();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let rust = pipeline::builtin("rust", &mut sources, &mut diagnostics).unwrap();
    let pages = pipeline::builtin("docs", &mut sources, &mut diagnostics).unwrap();
    let begin = Instant::now();
    let all: Vec<Made> = imported
        .products
        .par_iter()
        .map(|product| {
            let (code, version) = product.version.clone().unwrap();
            made(&format!("{code}/{version}"), product, &rust, &pages)
        })
        .collect();
    println!("resolve, lint, generate {:?}", begin.elapsed());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut errors = refused;
    for made in all {
        for (what, count) in made.counts {
            *counts.entry(what).or_default() += count;
        }
        errors.extend(made.errors);
    }
    let report: Value = json!({"counts": counts, "refused": errors});
    if let Some(path) = std::env::var_os("BINDERY_REPORT") {
        std::fs::write(path, format!("{report:#}\n")).unwrap();
    }
    println!("{:#}", json!(counts));
}

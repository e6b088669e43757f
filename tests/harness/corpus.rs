//! The whole of the shared metadata: imported, resolved, linted and made Rust and pages of, in memory. Nothing is lost on
//! the way: the parameters that stand in the documents are those of the model, the rows and the values of the Rust, and the
//! rows of the pages. What is refused is listed in `scale/refused.txt` by name and reason, and `scale/counts.json` holds the
//! figures: whoever changes either says why. `BINDERY_BLESS=1` writes what this build has seen.
//!
//! Slow unless optimized: a debug build looks at every tenth product, and has figures of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostic, Diagnostics, Level, Origin, Place, Sources};
use bindery::import::{ImportedProduct, Options};
use bindery::model::{Action, Api};
use bindery::pipeline::{self, Bound};
use bindery::stage::check;
use bindery_tests::metadata::{self, catalog, documents, imported};
use bindery_tests::page;
use bindery_tests::pinned;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// `ecs/2014-05-26/RunInstances`, and the parameters that its document names, each once.
type Told = BTreeMap<String, BTreeSet<String>>;

/// What the documents say, read without the importer; and how often one says a parameter twice.
fn told(documents: &[bindery::import::Input]) -> (Told, usize) {
    let (mut told, mut twice) = (Told::new(), 0);
    for document in documents {
        let value: Value = serde_json::from_str(&document.text).unwrap();
        let product = format!("{}/{}", text(&value["info"]["product"]).to_lowercase(), text(&value["info"]["version"]));
        for (action, about) in value["apis"].as_object().into_iter().flatten() {
            let names = about["parameters"].as_array().into_iter().flatten();
            let names: Vec<String> = names.map(|parameter| text(&parameter["name"]).to_owned()).collect();
            let all = names.len();
            let names: BTreeSet<String> = names.into_iter().collect();
            twice += all - names.len();
            assert!(told.insert(format!("{product}/{action}"), names).is_none(), "{product}/{action}");
        }
    }
    (told, twice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// What became of one product: the parameters of each action that went all the way, and why others did not.
#[derive(Default)]
struct Made {
    went: BTreeMap<String, usize>,
    refused: Vec<String>,
    lost: Vec<String>,
}

impl Made {
    fn refuse(&mut self, product: &str, diagnostics: &Diagnostics) {
        let errors = diagnostics.iter().filter(|found| found.level == Level::Error);
        self.refused.extend(errors.map(|error| refusal(product, error)));
    }

    fn same<'a>(&mut self, action: &str, what: &str, told: &BTreeSet<String>, found: impl Iterator<Item = &'a str>) {
        let found: BTreeSet<&str> = found.collect();
        let told: BTreeSet<&str> = told.iter().map(String::as_str).collect();
        for name in told.symmetric_difference(&found) {
            let what = if found.contains(name) { format!("is new in {what}") } else { format!("is not in {what}") };
            self.lost.push(format!("{action}: parameter `{name}` {what}"));
        }
    }

    fn as_many(&mut self, action: &str, what: &str, told: usize, found: usize) {
        if told != found {
            self.lost.push(format!("{action}: {told} parameters, and {found} {what}"));
        }
    }
}

/// `ecs/2014-05-26/RunInstances: name: …`: an error, in one line that no change of another line moves.
fn refusal(product: &str, error: &Diagnostic) -> String {
    let action = error.origin.as_ref().and_then(action_of).map(|action| format!("/{action}")).unwrap_or_default();
    format!("{product}{action}: {}: {}", error.code, error.message)
}

/// The action that a place is in: of a document, or of a spec folder.
fn action_of(origin: &Origin) -> Option<String> {
    let pointer = match &origin.place {
        Place::Value(pointer) | Place::Key(pointer) => pointer.as_str(),
        Place::Whole | Place::At(_) => "",
    };
    let inside = pointer.strip_prefix("/apis/").map(|rest| rest.split('/').next().unwrap_or(rest));
    let file = || origin.file.split_once("/actions/")?.1.strip_suffix(".json");
    inside.or_else(file).map(str::to_owned)
}

/// Resolves, lints and generates.
fn made(product: &ImportedProduct, told: &Told, rust: &Bound, pages: &Bound) -> Made {
    let mut made = Made::default();
    let name = metadata::name(product);
    for (action, facts) in &product.actions {
        let action = format!("{name}/{action}");
        made.same(&action, "what is imported", &told[&action], facts.parameters.keys().map(String::as_str));
    }
    let loaded = pipeline::load_catalog(catalog(product));
    made.refuse(&name, &loaded.diagnostics);
    let Some(mut api) = loaded.api else { return made };
    // What the lint finds an error in is refused like what cannot be resolved.
    let mut findings = Diagnostics::new();
    check::run(&api, &mut findings);
    made.refuse(&name, &findings);
    let errors = findings.iter().filter(|found| found.level == Level::Error);
    let wrong: BTreeSet<String> = errors.filter_map(|error| action_of(error.origin.as_ref()?)).collect();
    api.actions.retain(|action| !wrong.contains(action.name.as_str()));
    let rust = poured(&api, rust, &name, &mut made);
    let pages = poured(&api, pages, &name, &mut made);
    for action in &api.actions {
        let place = format!("{name}/{}", action.name);
        let told = &told[&place];
        made.same(&place, "the model", told, action.parameters.iter().map(|parameter| parameter.name.as_str()));
        of_rust(&place, action, told, &rust, &mut made);
        of_pages(&place, action, told, &pages, &mut made);
        made.went.insert(place, action.parameters.len());
    }
    made
}

fn poured(api: &Api, bound: &Bound, product: &str, made: &mut Made) -> Vec<(String, String)> {
    let mut diagnostics = Diagnostics::new();
    let view = pipeline::lowered(api, bound, &mut diagnostics);
    let tree = view.map(|view| pipeline::poured(api, bound, view, &mut diagnostics));
    made.refuse(product, &diagnostics);
    tree.into_iter().flat_map(|tree| tree.into_files()).collect()
}

/// The rows of the action's table, and the values that it shows to a visitor.
fn of_rust(place: &str, action: &Action, told: &BTreeSet<String>, files: &[(String, String)], made: &mut Made) {
    let row = format!("action: \"{}\",", action.name);
    let Some((_, text)) = files.iter().find(|(path, text)| path.ends_with(".rs") && text.contains(&row)) else {
        made.lost.push(format!("{place} is not in the Rust"));
        return;
    };
    let rows = text.split("Parameter::of(").skip(1).filter_map(|row| row.split('"').nth(1));
    made.same(place, "the Rust", told, rows);
    let visitors = text.split("fn values<'a>").skip(1).filter_map(|body| body.split("\n    }\n").next());
    let visits = visitors.map(|body| body.matches("visit(").count()).sum();
    made.as_many(place, "values in the Rust", told.len(), visits);
}

/// The rows of the action's pages, in both languages.
fn of_pages(place: &str, action: &Action, told: &BTreeSet<String>, files: &[(String, String)], made: &mut Made) {
    let title = format!("\n# {}\n", action.name);
    for (folder, header) in [("en/", "Parameter"), ("zh/", "参数")] {
        let mut pages = files.iter().filter(|(path, text)| path.contains(folder) && text.contains(&title));
        let rows = pages.next().map_or(0, |(_, page)| page::read(page, header).parameter_rows);
        made.as_many(place, &format!("rows in {folder}"), told.len(), rows);
    }
}

#[test]
fn everything_goes_through() {
    let Some(documents) = documents("openapi-meta-2024-06") else { return };
    let (told, twice) = told(&documents);
    let (found, problems) = imported(&documents, &Options { with_text: true, ..Options::default() });
    let mut refused: BTreeSet<String> = problems.iter().map(|(product, error)| refusal(product, error)).collect();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let rust = pipeline::builtin("rust", &mut sources, &mut diagnostics).unwrap();
    let pages = pipeline::builtin("docs", &mut sources, &mut diagnostics).unwrap();
    let all: Vec<Made> = found.products.par_iter().map(|product| made(product, &told, &rust, &pages)).collect();
    let (mut went, mut lost) = (BTreeMap::new(), Vec::new());
    for made in all {
        went.extend(made.went);
        refused.extend(made.refused);
        lost.extend(made.lost);
    }
    // Whatever did not go through is accounted for by a reason, of the action or of its whole product.
    let has_a_reason = |place: &str| {
        let product = place.rsplit_once('/').map_or(place, |(product, _)| product);
        refused.iter().any(|line| [place, product].iter().any(|of| line.starts_with(&format!("{of}: "))))
    };
    for place in told.keys().filter(|place| !went.contains_key(*place) && !has_a_reason(place)) {
        lost.push(format!("{place} is gone, and nothing says why"));
    }
    assert!(lost.is_empty(), "{} are lost:\n{}", lost.len(), lost.join("\n"));
    let counts = BTreeMap::from([
        ("products", documents.len()),
        ("actions", told.len()),
        ("actions that go through", went.len()),
        ("parameters", told.values().map(BTreeSet::len).sum()),
        ("parameters that go through", went.values().sum()),
        ("parameters that are said twice", twice),
    ]);
    pinned::counts("corpus", &counts.into_iter().map(|(what, count)| (what.to_owned(), count)).collect());
    pinned::lines("refused.txt", refused);
}

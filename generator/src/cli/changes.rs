//! What `diff` and `update` have in common: which changes are let pass, how a report is written, when it fails.

use super::report::said;
use crate::diag::{Diagnostic, Diagnostics, Sources};
use crate::diff::ignore::{self, FILE_NAME, Ignore};
use crate::diff::report::{self, Report};
use crate::diff::{Change, Level};
use crate::import::{self, Imported, Kind, Options, input};
use clap::ValueEnum;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: the changes by action, what they mean, the advice
    Human,
    /// One JSON object
    Json,
    /// An entry of a changelog
    Markdown,
}

/// What upstream's documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Upstream {
    /// Pages of a Markdown API reference
    Markdown,
    /// The metadata of a product: its `api-docs.json`
    OpenapiMeta,
    /// The metadata of the vendor's command line
    CliMeta,
}

/// Gathers and imports upstream's documents. `None`: they cannot be had; an error was pushed.
pub(super) fn upstream(
    kind: Upstream,
    inputs: &[String],
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Imported> {
    let kind = match kind {
        Upstream::Markdown => Kind::Markdown,
        Upstream::OpenapiMeta => Kind::OpenapiMeta,
        Upstream::CliMeta => Kind::CliMeta,
    };
    let gathered = input::gather(inputs, kind, &mut |_| (), diagnostics);
    for document in &gathered.documents {
        sources.insert(&document.file, Arc::clone(&document.text));
    }
    (!diagnostics.has_errors()).then(|| import::import(kind, &gathered.documents, options))
}

/// What fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// What breaks
    Breaking,
    /// What is dangerous, too
    Dangerous,
}

impl Deny {
    /// Whether a report has what is denied.
    pub fn denies(self, report: &Report) -> bool {
        let least = match self {
            Deny::Breaking => Level::Breaking,
            Deny::Dangerous => Level::Dangerous,
        };
        report.level().is_some_and(|level| level <= least)
    }
}

/// The entries of an ignore file: of the one that is named, or else of those that folders of specs have.
pub(super) fn ignores(
    named: Option<&Path>,
    folders: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Ignore> {
    let candidates: Vec<PathBuf> = match named {
        Some(file) => vec![file.to_owned()],
        None => folders.iter().map(|folder| folder.join(FILE_NAME)).collect(),
    };
    let mut entries = Vec::new();
    for path in candidates {
        let file: Arc<str> = crate::stage::read::shown(&path);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                sources.insert(&file, Arc::from(text.as_str()));
                entries.extend(ignore::parse(&file, &text, diagnostics));
            }
            Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => {}
            Err(error) => diagnostics.push(
                Diagnostic::placeless("ignore", format!("{file}: {error}"))
                    .help(format!("`--ignore` takes a file such as {FILE_NAME}")),
            ),
        }
    }
    entries
}

/// Parts the changes by the entries, as of today.
pub(super) fn weigh(changes: Vec<Change>, entries: &[Ignore], is_whole: bool, diagnostics: &mut Diagnostics) -> Report {
    let now = jiff::Timestamp::now().to_string();
    let today = now.get(..10).unwrap_or_default();
    let (changes, ignored) = ignore::apply(changes, entries, today, is_whole, diagnostics);
    Report { changes, ignored }
}

/// Writes a report to stdout.
pub(super) fn print(report: &Report, sources: &Sources, format: Format) {
    said(&match format {
        Format::Human => report::human(report, sources),
        Format::Json => format!("{:#}\n", report::json(report, sources)),
        Format::Markdown => report::markdown(report),
    });
}

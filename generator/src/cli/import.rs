//! `bindery import`: upstream documents to the facts of a specs folder.

use super::report;
use crate::diag::{Diagnostic, Diagnostics, Sources};
use crate::import::write::{self, Outcome};
use crate::import::{self, Input, Options, Report};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Read upstream's documents into a specs folder.
///
/// An import rewrites facts (actions/) and never touches judgement (overlays/).
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    Markdown(ImportMarkdown),
}

/// Import pages of a Markdown API reference.
///
/// Reads parameters, values, defaults, bounds, responses and samples, and the rules that the prose states about
/// parameters. What a request alone cannot settle is kept as a precondition; a sentence that looks like a rule and is
/// not understood is counted and listed. A page with an error is refused as a whole: its action is not written.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  bindery import markdown DescribeThing.md --specs api-specs/thing/2020-01-01
  bindery import markdown docs/*.md --specs my-specs --dry-run --format json
  bindery import markdown docs/*.md --specs my-specs --action DescribeThing --with-text

Exit codes: 0 done; 1 a page was refused or a file could not be written; 2 bad usage.")]
pub struct ImportMarkdown {
    /// The pages, one action each
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// The folder of a product's version; it holds, or will hold, actions/
    #[arg(long, value_name = "DIR")]
    specs: PathBuf,
    /// Import this action only
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Carry the pages' own sentences over; mind whose they are before you publish them
    #[arg(long)]
    with_text: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// How the summary on stdout is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object: the files, and all figures
    Json,
}

/// Runs the command.
pub fn run(arguments: &Import) -> ExitCode {
    let From::Markdown(arguments) = &arguments.from;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let (written, figures) = markdown(arguments, &mut sources, &mut diagnostics);
    let summary = match arguments.format {
        Format::Human => human(arguments, &written, &figures),
        Format::Json => machine(&written, &figures),
    };
    let outcome = report::report(&diagnostics, &sources);
    report::said(&summary);
    outcome
}

type Written = Vec<(PathBuf, Outcome)>;

fn markdown(arguments: &ImportMarkdown, sources: &mut Sources, diagnostics: &mut Diagnostics) -> (Written, Report) {
    let product = write::product(&arguments.specs).unwrap_or_else(|problem| {
        diagnostics.push(problem);
        None
    });
    let pages: Vec<Input> = arguments.pages.iter().filter_map(|page| read(page, sources, diagnostics)).collect();
    let options = Options { action: arguments.action.clone(), with_text: arguments.with_text, product };
    if diagnostics.has_errors() {
        return (vec![], Report::default());
    }
    let (actions, report, found) = import::import_markdown(&pages, &options);
    diagnostics.extend(found);
    let mut written = vec![];
    for action in &actions {
        match write::action(&arguments.specs, action, arguments.dry_run) {
            Ok(file) => written.push(file),
            Err(problem) => diagnostics.push(problem),
        }
    }
    (written, report)
}

fn read(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Input> {
    let file: Arc<str> = path.to_string_lossy().replace('\\', "/").into();
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let text: Arc<str> = text.into();
            sources.insert(&file, Arc::clone(&text));
            Some(Input { file, text })
        }
        Err(error) => {
            diagnostics.push(
                Diagnostic::placeless("file", format!("{file}: {error}"))
                    .help("give the path of a Markdown page in UTF-8"),
            );
            None
        }
    }
}

fn human(arguments: &ImportMarkdown, written: &Written, report: &Report) -> String {
    let mut text = String::new();
    for (path, outcome) in written {
        let outcome = match (outcome, arguments.dry_run) {
            (Outcome::Same, _) => "unchanged",
            (Outcome::New, false) => "new",
            (Outcome::Changed, false) => "changed",
            (Outcome::New, true) => "would be new",
            (Outcome::Changed, true) => "would change",
        };
        let _ = writeln!(text, "{}: {outcome}", path.display());
    }
    let mended: usize = report.rules.values().map(|count| count.normalized).sum();
    let _ = writeln!(
        text,
        "{} actions, {} parameters, {} values, {} defaults, {} response fields",
        report.actions.len(),
        report.parameters,
        report.values,
        report.defaults,
        report.fields
    );
    let _ = writeln!(
        text,
        "{} rules ({mended} with a name or a value mended), {} preconditions, {} sentences not understood",
        report.rule_count(),
        report.preconditions,
        report.not_understood.len()
    );
    for missed in &report.not_understood {
        let _ = writeln!(text, "  {}:{}: {}: {}", missed.file, missed.line, missed.parameter, missed.sentence);
    }
    text
}

fn machine(written: &Written, report: &Report) -> String {
    let files = written.iter().map(|(path, outcome)| {
        let outcome = match outcome {
            Outcome::New => "new",
            Outcome::Changed => "changed",
            Outcome::Same => "unchanged",
        };
        json!({"file": path.to_string_lossy(), "outcome": outcome})
    });
    format!("{:#}\n", json!({"files": files.collect::<Vec<_>>(), "report": report}))
}

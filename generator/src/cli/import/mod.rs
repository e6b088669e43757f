//! `bindery import`: upstream documents to the facts of a specs folder.

mod progress;
mod summary;

use super::report::{self, Deny};
use crate::diag::{Diagnostics, Sources};
use crate::import::input::{self, LeftOut};
use crate::import::merge;
use crate::import::write::{self, Holds, Outcome};
use crate::import::{self, Kind, Options, Report, explain};
use clap::{Args, Subcommand, ValueEnum};
use progress::Progress;
use rayon::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Read upstream's documents into a specs folder.
///
/// An import rewrites facts (actions/ and upstream.json) and never touches judgement (overlays/ and product.json).
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  bindery import openapi-meta api-docs.json --specs my-specs --with-text
  bindery import cli-meta metadata.tar.gz --specs my-specs --as-of 2026-04-21
  bindery import markdown docs/ --specs my-specs --action DescribeThing --dry-run

Exit codes: 0 done; 1 a document was refused or a file could not be written; 2 bad usage.")]
pub struct Import {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// Import pages of a Markdown API reference.
    ///
    /// Reads parameters, values, defaults, bounds, responses and samples, and the rules that the prose states about
    /// parameters. What a request alone cannot settle is kept as a precondition; a sentence that looks like a rule and
    /// is not understood is counted and listed. A page with an error is refused as a whole: its action is not written.
    #[command(after_long_help = "\
Examples:
  bindery import markdown DescribeThing.md --specs api-specs/thing/2020-01-01
  bindery import markdown 'docs/**/*.md' --specs my-specs --dry-run --format json
  bindery import markdown docs/ --specs my-specs --action DescribeThing --with-text

Exit codes: 0 done; 1 a page was refused or a file could not be written; 2 bad usage.")]
    Markdown(Arguments),
    /// Import the metadata of a product: the `api-docs.json` that its vendor publishes.
    ///
    /// Reads what is declared (types, bounds, values, responses, errors, endpoints), and what the prose adds to it.
    #[command(after_long_help = "\
Examples:
  bindery import openapi-meta api-docs.json --specs my-specs --with-text
  curl -s https://…/api-docs.json | bindery import openapi-meta - --specs my-specs

Exit codes: 0 done; 1 a document was refused or a file could not be written; 2 bad usage.")]
    OpenapiMeta(Arguments),
    /// Import the metadata of the vendor's command line, in both its languages.
    ///
    /// Reads a folder (or archive) with a folder a language and product, and in it one file an action.
    #[command(after_long_help = "\
Examples:
  bindery import cli-meta metadata/ --specs my-specs
  bindery import cli-meta metadata.tar.gz --specs my-specs --action DescribeThing

Exit codes: 0 done; 1 a document was refused or a file could not be written; 2 bad usage.")]
    CliMeta(Arguments),
}

impl From {
    fn parts(&self) -> (Kind, &Arguments) {
        match self {
            From::Markdown(arguments) => (Kind::Markdown, arguments),
            From::OpenapiMeta(arguments) => (Kind::OpenapiMeta, arguments),
            From::CliMeta(arguments) => (Kind::CliMeta, arguments),
        }
    }
}

#[derive(Debug, Args)]
struct Arguments {
    /// Files, folders, globs, archives (.tar.gz, .zip), or - for stdin
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// The folder of a product's version; the documents of several products get DIR/PRODUCT/VERSION
    #[arg(long, value_name = "DIR", required_unless_present_any = ["explain", "survey"])]
    specs: Option<PathBuf>,
    /// Import this action only; may be given several times
    #[arg(long = "action", value_name = "ACTION")]
    actions: Vec<String>,
    /// Carry the documents' own sentences over; mind whose they are before you publish them
    #[arg(long)]
    with_text: bool,
    /// The date of the documents, such as 2024-06-25: of two that disagree, the newer one is right
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<String>,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// Fail on warnings too, and then write nothing
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// How the summary on stdout is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show sentence by sentence what was understood and how, and write nothing
    #[arg(long, conflicts_with = "survey")]
    explain: bool,
    /// Show which patterns found how many rules, and the share of rule-like sentences understood; write nothing
    #[arg(long)]
    survey: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object: the files, and all figures
    Json,
}

/// `2024-06-25`.
fn date(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length: usize| part.parse::<u16>().ok().filter(|_| part.len() == length);
    let sound = match parts[..] {
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
                && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
        }
        _ => false,
    };
    if sound { Ok(text.to_owned()) } else { Err("write year-month-day, such as 2024-06-25".to_owned()) }
}

/// Runs the command.
pub fn run(arguments: &Import) -> ExitCode {
    let (kind, arguments) = arguments.from.parts();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let mut done = imported(kind, arguments, &mut sources, &mut diagnostics);
    summary::locate(&mut done.report, arguments, &sources);
    let prose = |value: serde_json::Value| format!("{value:#}\n");
    let report = &done.report;
    let summary = match arguments.format {
        Format::Human if arguments.explain => explain::human(&report.explained),
        Format::Json if arguments.explain => prose(explain::machine(&report.explained)),
        Format::Human if arguments.survey => report.survey.human(),
        Format::Json if arguments.survey => prose(report.survey.machine()),
        Format::Human => summary::human(&done),
        Format::Json => summary::machine(&done, &diagnostics, &sources),
    };
    let (shown, more) = summary::shown(&diagnostics);
    report::report(&shown, &sources);
    report::told(&more);
    report::said(&summary);
    let denied = is_denied(arguments, &diagnostics);
    if denied {
        report::told("nothing was written: there are warnings, which are denied\n");
    }
    if denied || diagnostics.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn is_denied(arguments: &Arguments, diagnostics: &Diagnostics) -> bool {
    arguments.deny.is_some_and(|deny| deny.denies(diagnostics))
}

/// What an import did.
#[derive(Debug, Default)]
struct Done {
    files: Vec<(PathBuf, Outcome)>,
    /// Whether the files are as they were: a dry run, or something that is denied.
    untouched: bool,
    report: Report,
    left_out: LeftOut,
}

fn imported(kind: Kind, arguments: &Arguments, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Done {
    let mut options = Options {
        actions: arguments.actions.clone(),
        with_text: arguments.with_text,
        explain: arguments.explain,
        survey: arguments.survey,
        as_of: arguments.as_of.clone(),
        ..Options::default()
    };
    match arguments.specs.as_deref().map(write::holds) {
        Some(Ok(Holds::OneProduct(version))) => options.product = version,
        Some(Ok(Holds::Products)) | None => {}
        Some(Err(problem)) => diagnostics.push(problem),
    }
    let progress = Progress::new();
    let gathered = input::gather(&arguments.inputs, kind, &mut |documents| progress.read(documents), diagnostics);
    for document in &gathered.documents {
        sources.insert(&document.file, Arc::clone(&document.text));
    }
    let mut done = Done { left_out: gathered.left_out, ..Done::default() };
    if diagnostics.has_errors() {
        return done;
    }
    progress.understanding(gathered.documents.len());
    let mut imported = import::import(kind, &gathered.documents, &options);
    diagnostics.extend(std::mem::take(&mut imported.diagnostics));
    let reading = arguments.explain || arguments.survey;
    if let Some(specs) = arguments.specs.as_deref().filter(|_| !reading) {
        let whole = arguments.actions.is_empty() && !diagnostics.has_errors();
        let folders = write::folders(&imported, specs, diagnostics);
        let merged = folders.par_iter().map(|(folder, product)| {
            let mut problems = Diagnostics::new();
            let merged = write::merged(folder, product, &mut problems);
            if whole && merged.is_ok() {
                problems.extend(write::forgotten(folder, product));
            }
            (folder, merged, problems)
        });
        let mut ready = vec![];
        for (folder, merged, problems) in merged.collect::<Vec<_>>() {
            show(&problems, sources);
            diagnostics.extend(problems);
            match merged {
                Ok(product) => ready.push((folder, product)),
                Err(problem) => diagnostics.push(problem),
            }
        }
        done.untouched = arguments.dry_run || is_denied(arguments, diagnostics);
        let each = ready.par_iter().map(|(folder, product)| {
            let conflicts: Vec<_> = product.actions.values().flat_map(merge::conflicts).collect();
            (write::product(folder, product, done.untouched), conflicts)
        });
        for (files, found) in each.collect::<Vec<_>>() {
            imported.report.conflicts.extend(found);
            match files {
                Ok(files) => done.files.extend(files),
                Err(problem) => diagnostics.push(problem),
            }
        }
    }
    done.report = imported.report;
    done
}

/// Reads the files that problems are in and that nobody has read yet, so that their lines can be shown.
fn show(problems: &Diagnostics, sources: &mut Sources) {
    for file in problems.iter().filter_map(|problem| problem.origin.as_ref()).map(|origin| &origin.file) {
        if let Ok(text) = std::fs::read_to_string(&**file) {
            sources.insert(file, text.into());
        }
    }
}

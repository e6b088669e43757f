//! `bindery update`: an import whose consequences a person sees before the files are touched.
//!
//! The import goes into a copy of the spec folder; the copy is read, linted and compared with the folder. Only if nothing
//! speaks against it is the folder itself written.

use super::changes::{Deny, Format, Upstream, ignores, print, upstream, weigh};
use super::report::{report, said, told};
use crate::diag::{Diagnostic, Diagnostics, Level, Sources};
use crate::diff::{self, Change, Parts};
use crate::import::write::{self, Holds, Outcome};
use crate::import::{ImportedProduct, Options};
use crate::model::Api;
use crate::pipeline;
use crate::spec::Texts;
use crate::stage::check;
use crate::stage::read::shown;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Import upstream's documents, and see what that changes before anything is written.
///
/// Shows what becomes of each file, what has changed and what that means, what `lint` finds that it did not find
/// before, and which overlay entries no longer apply. Then it writes, unless something is denied or an overlay would break
/// the specification and has to be mended first. What upstream says about an action in a document that is refused stays as it was. Judgement (overlays/
/// and product.json) is never touched.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  bindery update openapi-meta api-docs.json --specs my-specs --dry-run
  bindery update cli-meta metadata.tar.gz --specs my-specs --deny breaking
  bindery update openapi-meta api-docs.json --specs my-specs --format markdown > CHANGES.md

Exit codes: 0 done, or with --dry-run: it would be; 1 a document was refused, an overlay has to be looked at again, or
nothing was written: stderr says why; 2 bad usage.")]
pub struct Args {
    /// What the documents are
    #[arg(value_enum, value_name = "KIND")]
    kind: Upstream,
    /// Files, folders, globs, archives (.tar.gz, .zip), or - for stdin
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// The folder of a product's version, or of several products: DIR/PRODUCT/VERSION
    #[arg(long, value_name = "DIR")]
    specs: PathBuf,
    /// Import this action only; may be given several times
    #[arg(long, value_name = "ACTION")]
    action: Vec<String>,
    /// Carry the documents' own sentences over; mind whose they are before you publish them
    #[arg(long)]
    with_text: bool,
    /// The date of the documents, such as 2024-06-25: of two that disagree, the newer one is right
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
    /// Writes nothing if there are such changes
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Writes nothing; says all that it would say
    #[arg(long)]
    dry_run: bool,
    /// The changes that are let pass [default: diff-ignore.toml in the spec folder]
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// How the changes are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Runs the command. Exit codes: 0 done, 1 there are errors or nothing was written.
pub fn run(args: &Args) -> ExitCode {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let Some(update) = Update::prepare(args, &mut sources, &mut diagnostics) else {
        told("nothing was written\n");
        report(&diagnostics, &sources);
        return ExitCode::FAILURE;
    };
    let folders: Vec<PathBuf> = update.staged.iter().map(|staged| staged.folder.clone()).collect();
    let entries = ignores(args.ignore.as_deref(), &folders, &mut sources, &mut diagnostics);
    let changes = update.staged.iter().flat_map(Staged::changes).collect();
    let weighed = weigh(changes, &entries, args.action.is_empty(), &mut diagnostics);
    if args.format == Format::Human {
        said(&update.files());
    }
    print(&weighed, &sources, args.format);
    report(&update.beside, &sources);
    report(&diagnostics, &sources);
    let denied = args.deny.is_some_and(|deny| deny.denies(&weighed));
    if diagnostics.has_errors() || denied {
        let why = if denied { "there are changes that are denied" } else { "the errors have to be mended first" };
        told(&format!("nothing was written: {why}\n"));
        return ExitCode::FAILURE;
    }
    let outcome = if update.beside.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    if update.staged.is_empty() {
        told("nothing was written: no document was taken\n");
        return outcome;
    }
    if args.dry_run {
        told("nothing was written: a dry run\n");
        return outcome;
    }
    match update.write() {
        Ok(count) => {
            told(&format!("{count} files were written\n"));
            outcome
        }
        Err(problem) => {
            diagnostics = Diagnostics::new();
            diagnostics.push(problem);
            report(&diagnostics, &sources)
        }
    }
}

/// An import that has not touched the folders yet.
struct Update {
    staged: Vec<Staged>,
    /// Errors that keep nothing else from being written: documents that were refused, whose actions stay as they are, and
    /// entries of overlays that upstream's change has overtaken.
    beside: Diagnostics,
}

/// What an import would make of one folder.
struct Staged {
    folder: PathBuf,
    /// What upstream says now, merged with what the folder knows from other sources.
    product: ImportedProduct,
    outcomes: Vec<(PathBuf, Outcome)>,
    old: Option<Api>,
    new: Option<Api>,
}

impl Update {
    /// Imports into copies. `None`: an error was pushed.
    fn prepare(args: &Args, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Update> {
        let product = write::holds(&args.specs).map_err(|problem| diagnostics.push(problem)).ok()?;
        let options = Options {
            actions: args.action.clone(),
            with_text: args.with_text,
            as_of: args.as_of.map(|date| date.to_string()),
            product: match product {
                Holds::OneProduct(version) => version,
                Holds::Products => None,
            },
            ..Options::default()
        };
        let mut imported = upstream(args.kind, &args.inputs, &options, sources, diagnostics)?;
        // What the documents do not say well is for `import` to tell; here it counts which of them are refused.
        let mut beside = Diagnostics::new();
        let problems = std::mem::take(&mut imported.diagnostics);
        beside.extend(problems.into_iter().filter(|problem| problem.level == Level::Error));
        let folders = write::folders(&imported, &args.specs, diagnostics);
        if diagnostics.has_errors() {
            return None;
        }
        let whole = args.action.is_empty() && !beside.has_errors();
        let stage = |(folder, product): (PathBuf, &ImportedProduct)| {
            if whole {
                diagnostics.extend(write::forgotten(&folder, product));
            }
            let product = write::merged(&folder, product, &mut beside).map_err(|problem| diagnostics.push(problem))?;
            let staged = stage(folder.clone(), product, sources, diagnostics);
            staged.map_err(|error| {
                diagnostics.push(Diagnostic::placeless("file", format!("{}: {error}", shown(&folder))))
            })
        };
        let staged: Vec<Staged> = folders.into_iter().map(stage).collect::<Result<_, ()>>().ok()?;
        Some(Update { staged, beside })
    }

    /// Writes what was staged. How many files that were.
    fn write(&self) -> Result<usize, Diagnostic> {
        let mut count = 0;
        for Staged { folder, product, .. } in &self.staged {
            let outcomes = write::product(folder, product, false)?;
            count += outcomes.iter().filter(|(_, outcome)| *outcome != Outcome::Same).count();
        }
        Ok(count)
    }

    /// What becomes of the files, in a line, and which they are.
    fn files(&self) -> String {
        let all = || self.staged.iter().flat_map(|staged| &staged.outcomes);
        let count = |wanted| all().filter(|(_, outcome)| *outcome == wanted).count();
        let (new, changed, same) = (count(Outcome::New), count(Outcome::Changed), count(Outcome::Same));
        let word = |outcome| if outcome == Outcome::New { "new" } else { "changed" };
        let files = all().filter(|(_, outcome)| *outcome != Outcome::Same);
        let lines: String = files.map(|(path, outcome)| format!("{}: {}\n", shown(path), word(*outcome))).collect();
        format!("{lines}{new} files new, {changed} changed, {same} unchanged\n\n")
    }
}

impl Staged {
    fn changes(&self) -> Vec<Change> {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => diff::compare(old, new, Parts::ALL),
            (None, Some(new)) => vec![diff::alone(new, true)],
            _ => Vec::new(),
        }
    }
}

/// Imports into a copy of a folder and looks at what comes of it: pushes its errors and what `lint` finds only there.
fn stage(
    folder: PathBuf,
    product: ImportedProduct,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> io::Result<Staged> {
    let staging = tempfile::tempdir()?;
    let copy = staging.path().join("specs");
    let before = texts(&folder)?;
    for (path, text) in &before.files {
        let file = copy.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&copy))?;
        fs::write(file, text.as_bytes())?;
    }
    let outcomes = match write::product(&copy, &product, false) {
        Ok(outcomes) => outcomes,
        Err(problem) => return Err(io::Error::other(problem.message)),
    };
    let there = |path: PathBuf| path.strip_prefix(&copy).map(|path| folder.join(path)).unwrap_or(path);
    let outcomes = outcomes.into_iter().map(|(path, outcome)| (there(path), outcome)).collect();
    let after = Texts { shown: before.shown.clone(), ..texts(&copy)? };
    let is_there = before.files.keys().any(|path| path.starts_with("actions/"));
    let old = if is_there { pipeline::load_beside_overlays(&before) } else { pipeline::Loaded::default() };
    let new = pipeline::load_beside_overlays(&after);
    diagnostics.extend(new.diagnostics);
    sources.extend(new.sources);
    let known: BTreeSet<(&str, String)> = found(old.api.as_ref()).iter().map(|f| (f.code, f.message.clone())).collect();
    let fresh = found(new.api.as_ref()).into_iter().filter(|f| !known.contains(&(f.code, f.message.clone())));
    diagnostics.extend(fresh);
    Ok(Staged { folder, product, outcomes, old: old.api, new: new.api })
}

/// What `lint` finds.
fn found(api: Option<&Api>) -> Vec<Diagnostic> {
    let mut findings = Diagnostics::new();
    if let Some(api) = api {
        check::run(api, &mut findings);
    }
    findings.into_iter().collect()
}

/// The files of a spec folder that a comparison looks at.
fn texts(folder: &Path) -> io::Result<Texts> {
    let mut texts = Texts { shown: shown(folder).to_string(), ..Texts::default() };
    let mut take = |path: String| match fs::read_to_string(folder.join(&path)) {
        Ok(text) => {
            texts.files.insert(path, Arc::from(text));
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    };
    for name in ["product.json", "upstream.json"] {
        take(name.to_owned())?;
    }
    for name in ["actions", "overlays"] {
        let entries = match fs::read_dir(folder.join(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let file = entry?.file_name();
            if let Some(file) = file.to_str().filter(|file| file.ends_with(".json")) {
                take(format!("{name}/{file}"))?;
            }
        }
    }
    Ok(texts)
}

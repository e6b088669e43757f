//! `bindery diff`: what has changed between two specifications, and what that does to those who use the old one.

mod git;
mod sides;

use super::changes::{Deny, Format, Upstream, ignores, print, weigh};
use super::report::{misused, report, said};
use crate::diag::{Diagnostic, Diagnostics, Sources, did_you_mean};
use crate::diff::{Change, Kind, Level, Parts};
use clap::ValueEnum;
use sides::Side;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what has changed between two specifications: on the wire, in generated code, in the docs.
///
/// Compares two spec folders, two revisions of one, or two sets of upstream's documents, on what they mean: order, ids
/// of rules and how a rule is cut into several do not count. Rules are compared by the requests that they refuse.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  bindery diff old-specs new-specs
  bindery diff --git HEAD --specs api-specs/thing/2020-01-01
                                            the last commit against the working tree
  bindery diff --git v1.2.0 --git v1.3.0 --specs api-specs --format markdown
  bindery diff --from openapi-meta old/api-docs.json new/api-docs.json --only requests --declared
  bindery diff old-specs new-specs --deny breaking
  bindery diff --explain value-removed

Changes that somebody has looked at are let pass by `diff-ignore.toml` in the new spec folder, or --ignore FILE:
  [[ignore]]
  fingerprint = \"1f2e3d4c5b6a7988\"    # or id = \"value-removed\" and place = \"SendThing request Colour\"
  reason = \"nobody ever sent it\"
  until = 2026-12-31                  # needed beside id and place

Exit codes: 0 compared; 1 something is denied, cannot be read or understood, or is ignored without need; 2 bad usage.")]
pub struct Args {
    /// The old one: a folder of specs, or with --from a document, a folder or an archive of upstream's
    #[arg(required_unless_present_any = ["git", "list", "explain"], requires = "new")]
    old: Option<PathBuf>,
    /// The new one
    #[arg(conflicts_with = "git")]
    new: Option<PathBuf>,
    /// A revision of --specs; one: against the files as they are now; two: the first against the second
    #[arg(long, value_name = "REV", requires = "specs")]
    git: Vec<String>,
    /// The folder that is compared across revisions
    #[arg(long, value_name = "DIR", requires = "git")]
    specs: Option<PathBuf>,
    /// OLD and NEW are documents of upstream's of this kind
    #[arg(long, value_name = "KIND", value_enum, conflicts_with = "git")]
    from: Option<Upstream>,
    /// Compares what the documents declare, and does not read their prose: for documents that were stripped of it
    #[arg(long, requires = "from")]
    declared: bool,
    /// Compares this part only; may be given several times
    #[arg(long, value_name = "PART", value_enum)]
    only: Vec<Part>,
    /// Looks at this action only; may be given several times
    #[arg(long, value_name = "ACTION")]
    action: Vec<String>,
    /// Shows changes of this level and graver ones
    #[arg(long, value_name = "LEVEL", value_enum)]
    level: Option<Shown>,
    /// The changes that are let pass [default: diff-ignore.toml in the new spec folder]
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// How the changes are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fails if there are such changes
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Lists every kind of change and leaves
    #[arg(long, exclusive = true)]
    list: bool,
    /// Says what a kind of change means and leaves
    #[arg(long, value_name = "ID", exclusive = true)]
    explain: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Actions, their parameters and rules
    Requests,
    /// What comes back
    Responses,
    /// Error codes
    Errors,
    /// Endpoints, protocol, waiters
    Service,
    /// What people read
    Docs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// What breaks
    Breaking,
    /// What may surprise
    Dangerous,
    /// What is new or allowed now
    Compatible,
    /// What people read: everything
    Docs,
}

impl Args {
    fn parts(&self) -> Parts {
        if self.only.is_empty() {
            return Parts::ALL;
        }
        let has = |part| self.only.contains(&part);
        Parts {
            requests: has(Part::Requests),
            responses: has(Part::Responses),
            errors: has(Part::Errors),
            service: has(Part::Service),
            docs: has(Part::Docs),
        }
    }

    fn shows(&self, change: &Change) -> bool {
        let most = match self.level {
            Some(Shown::Breaking) => Level::Breaking,
            Some(Shown::Dangerous) => Level::Dangerous,
            Some(Shown::Compatible) => Level::Compatible,
            Some(Shown::Docs) | None => Level::Docs,
        };
        change.kind.level <= most
    }
}

/// Runs the command. Exit codes: 0 compared, 1 something is denied or wrong, 2 bad usage.
pub fn run(args: &Args) -> ExitCode {
    if args.list {
        return said(&list());
    }
    if let Some(code) = &args.explain {
        return match Kind::named(code) {
            Some(kind) => said(&kind.explained()),
            None => unknown("change", code, Kind::all().map(|kind| kind.code)),
        };
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let sides = match sides::both(args, &mut sources, &mut diagnostics) {
        Ok(sides) => sides,
        Err(problem) => return misused(problem),
    };
    // Of upstream's documents, what can be understood is compared, and the rest told; specs have to be right.
    let Some((old, new)) = sides.filter(|_| args.from.is_some() || !diagnostics.has_errors()) else {
        return report(&diagnostics, &sources);
    };
    let names: Vec<&str> = [&old, &new].into_iter().flat_map(Side::actions).collect();
    if let Some(asked) = args.action.iter().find(|asked| !names.contains(&asked.as_str())) {
        return unknown("action", asked, names);
    }
    let entries = ignores(args.ignore.as_deref(), &new.folders, &mut sources, &mut diagnostics);
    let mut changes = sides::compare(&old, &new, args.parts());
    changes.retain(|change| {
        args.action.is_empty() || change.action.as_ref().is_some_and(|action| args.action.contains(action))
    });
    let is_whole = args.action.is_empty() && args.only.is_empty();
    let mut weighed = weigh(changes, &entries, is_whole, &mut diagnostics);
    let denied = args.deny.is_some_and(|deny| deny.denies(&weighed));
    weighed.changes.retain(|change| args.shows(change));
    print(&weighed, &sources, args.format);
    let outcome = report(&diagnostics, &sources);
    if denied { ExitCode::FAILURE } else { outcome }
}

fn list() -> String {
    let width = Kind::all().map(|kind| kind.code.len()).max().unwrap_or_default();
    let row = |kind: &Kind| {
        format!("{:width$}  {:10}  {:5}  {}\n", kind.code, kind.level.as_str(), kind.step.as_str(), kind.summary)
    };
    Kind::all().map(row).collect()
}

fn unknown<'a>(what: &str, written: &str, known: impl IntoIterator<Item = &'a str>) -> ExitCode {
    let help = did_you_mean(written, known).map(|near| format!("did you mean `{near}`?"));
    misused(Diagnostic::placeless("usage", format!("there is no {what} `{written}`")).maybe_help(help))
}

//! Puts trees of files in place, whole or not at all, and touches nothing that it does not own.
//!
//! A manifest in the output folder says which files are the generator's and how they were left. The new tree is built
//! beside the output folder, files that stay as hard links, and takes its place in one exchange; then whatever a person
//! or a build put there moves over. Nothing here may know what a target is or what the files say.

mod drift;
mod exchange;
mod lock;
mod manifest;
mod plan;

pub use drift::{Difference, Drift};
pub use manifest::hash as digest;
pub use plan::Kind;

use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics, Origin};
use exchange::Location;
use manifest::Manifest;
use plan::Plan;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, io};

/// What happens to the files of targets that no tree was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The trees are all that there is to be: files of other targets go.
    Everything,
    /// The trees are some of all: files of other targets stay as they are.
    GivenTargets,
}

/// What a run did, in files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Were not there before.
    pub created: usize,
    /// Have other content than before.
    pub changed: usize,
    /// Are gone.
    pub removed: usize,
    /// Were not touched: same inode, same time.
    pub unchanged: usize,
}

impl Report {
    fn new(plan: &Plan<'_>) -> Report {
        let count = |kind| plan.changes.iter().filter(|change| change.kind == kind).count();
        Report {
            created: count(Kind::Created),
            changed: count(Kind::Changed),
            removed: count(Kind::Removed),
            unchanged: plan.unchanged,
        }
    }
}

/// One line for people.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { created, changed, removed, unchanged } = self;
        if created + changed + removed == 0 {
            write!(f, "up to date ({unchanged} files)")
        } else {
            write!(f, "{created} created, {changed} changed, {removed} removed, {unchanged} unchanged")
        }
    }
}

/// Makes the folder `out` hold these trees, by target. With `force`, files that were edited by hand or are not the
/// generator's are replaced where they are in the way.
///
/// `None`: an error was pushed. Then the folder is as it was before, or, if a file of a person could not be moved
/// over, wholly new, and the next run goes on with the move.
pub fn run(
    out: &Path,
    trees: &BTreeMap<String, Tree>,
    scope: Scope,
    force: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let location = Location::new(out, diagnostics)?;
    let _lock = lock::acquire(&location.lock).or_push(diagnostics)?;
    exchange::recover(&location).or_push(diagnostics)?;
    let plan = plan::plan(out, trees, scope, force, diagnostics)?;
    if !plan.is_up_to_date() {
        exchange::apply(&location, &plan).or_push(diagnostics)?;
    }
    Some(Report::new(&plan))
}

/// Compares the folder `out` with these trees and writes nothing. `None`: an error was pushed.
pub fn check(out: &Path, trees: &BTreeMap<String, Tree>, scope: Scope, diagnostics: &mut Diagnostics) -> Option<Drift> {
    let location = Location::new(out, diagnostics)?;
    if location.is_unfinished() {
        let message = "an earlier run was interrupted while it put the files in place";
        diagnostics.push(
            Diagnostic::warning("output-unfinished", origin(out), message)
                .help("run `bindery generate`: it first finishes or undoes that run"),
        );
    }
    // What a person edited is drift here, not a conflict.
    let plan = plan::plan(out, trees, scope, true, diagnostics)?;
    Some(Drift::new(out, plan))
}

/// The bytes of the folder's manifest and the number of files that it lists, if each of them is there and holds what the
/// generator left in it.
pub fn intact(out: &Path) -> Option<(Vec<u8>, usize)> {
    if Location::new(out, &mut Diagnostics::new())?.is_unfinished() {
        return None;
    }
    let (bytes, manifest) = Manifest::on_disk(out).ok()??;
    let owned = manifest.owned();
    owned.par_iter().all(|(path, hash)| plan::holds(out, path, hash)).then_some((bytes, owned.len()))
}

/// Why the disk did not do what was asked of it.
#[derive(Debug)]
enum Failure {
    Io { doing: &'static str, path: PathBuf, error: io::Error },
    Symlink(PathBuf),
    Locked { path: PathBuf, owner: Option<u32> },
    Manifest { path: PathBuf, why: String },
}

type Outcome<T> = Result<T, Failure>;

/// Names what was being done, and to what, when the system said no.
trait Doing<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Outcome<T>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Outcome<T> {
        self.map_err(|error| Failure::Io { doing, path: path.to_owned(), error })
    }
}

trait OrPush<T> {
    fn or_push(self, diagnostics: &mut Diagnostics) -> Option<T>;
}

impl<T> OrPush<T> for Outcome<T> {
    fn or_push(self, diagnostics: &mut Diagnostics) -> Option<T> {
        self.map_err(|failure| diagnostics.push(failure.into())).ok()
    }
}

impl From<Failure> for Diagnostic {
    fn from(failure: Failure) -> Diagnostic {
        match failure {
            Failure::Io { doing, path, error } => {
                Diagnostic::error("output-io", origin(&path), format!("cannot {doing}: {error}"))
                    .help("mend what the system complains about and run the command again: it goes on from any state")
            }
            Failure::Symlink(path) => {
                Diagnostic::error("output-symlink", origin(&path), "a symbolic link is where generated files are to be")
                    .help("generated files are never written through links: remove it, or generate into another folder")
            }
            Failure::Locked { path, owner } => {
                let by = owner.map_or(String::new(), |process| format!(" (process {process})"));
                Diagnostic::error("output-locked", origin(&path), format!("another run is writing this output{by}"))
                    .help("wait until it is done; the lock goes with the process that holds it, however that ends")
            }
            Failure::Manifest { path, why } => {
                Diagnostic::error("output-manifest", origin(&path), format!("the manifest cannot be read: {why}"))
                    .help("restore it from version control, or delete it and run `bindery generate --force`")
            }
        }
    }
}

/// The file as a whole, as it is shown to people.
fn origin(path: &Path) -> Origin {
    Origin::file(&Arc::from(path.display().to_string().replace('\\', "/")))
}

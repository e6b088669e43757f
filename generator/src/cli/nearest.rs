//! The project that a subcommand works on, and the spec folders in it, where the command line names none.

use crate::diag::{Diagnostic, Diagnostics, Sources};
use crate::project::{FILE_NAME, Project};
use std::path::{Path, PathBuf};

/// The project of a file, or of the nearest one from the working directory upward. `None`: an error was pushed, which
/// ends with what to do `instead`.
pub(super) fn project(
    file: Option<&Path>,
    instead: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Project> {
    let Some(file) = file.map(Path::to_owned).or_else(nearest) else {
        let message = format!("there is no {FILE_NAME} here or in a folder above");
        diagnostics.push(Diagnostic::placeless("project", message).help(format!("write one, or {instead}")));
        return None;
    };
    Project::load(&file, sources, diagnostics)
}

/// The spec folders of the nearest project. `None`: an error was pushed, which ends with what to do `instead`.
pub(super) fn specs(instead: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Vec<PathBuf>> {
    let project = project(None, instead, sources, diagnostics)?;
    Some(project.packages.into_iter().map(|package| package.specs).collect())
}

fn nearest() -> Option<PathBuf> {
    std::env::current_dir().ok().and_then(|folder| Project::find(&folder))
}

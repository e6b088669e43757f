//! What every subcommand says, and with which exit code: problems on stderr, results on stdout.

use crate::diag::{self, Diagnostic, Diagnostics, Level, Sources};
use clap::ValueEnum;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// Shows problems on stderr, in colour on a terminal; the exit code says whether one of them is an error.
pub(super) fn report(diagnostics: &Diagnostics, sources: &Sources) -> ExitCode {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    told(&diag::human(diagnostics, sources, colour));
    if diagnostics.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What fails beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
}

impl Deny {
    /// Whether something was found that is denied.
    pub fn denies(self, diagnostics: &Diagnostics) -> bool {
        match self {
            Deny::Warnings => diagnostics.count(Level::Warning) > 0,
        }
    }
}

/// Writes to stderr.
pub(super) fn told(text: &str) {
    // Nobody is left to be told that stderr is closed.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Shows what is wrong with how the command was called.
pub(super) fn misused(problem: Diagnostic) -> ExitCode {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(problem);
    report(&diagnostics, &Sources::default());
    ExitCode::from(2)
}

/// Writes a result to stdout. A reader that went away, as `head` does, has what it wanted.
pub(super) fn said(text: &str) -> ExitCode {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

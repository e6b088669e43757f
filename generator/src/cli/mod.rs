//! The command line: one file a subcommand, none of which knows another. Exit codes: 0 done, 1 problems that are shown
//! on stderr, 2 bad usage.

mod export;
mod generate;
mod import;
mod lint;
mod schema;
mod specs;
mod validate;

use crate::diag::{self, Diagnostic, Diagnostics, Sources};
use crate::model;
use clap::{Parser, Subcommand, ValueEnum};
use std::io::IsTerminal;
use std::process::ExitCode;

/// API reference in, trustworthy clients out.
///
/// Bindery reads what a vendor says about an API, keeps it as reviewed data, and generates bindings that know the rules.
#[derive(Debug, Parser)]
#[command(name = "bindery", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Export(export::Args),
    Generate(generate::Generate),
    Import(import::Import),
    Lint(lint::Args),
    Schema(schema::Args),
    Validate(validate::Args),
}

/// Runs the command line that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Validate(args) => validate::run(&args),
    }
}

/// A language that people read.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<Language> for model::Language {
    fn from(language: Language) -> model::Language {
        match language {
            Language::En => model::Language::En,
            Language::Zh => model::Language::Zh,
        }
    }
}

/// Shows problems on stderr; the exit code says whether one of them is an error.
fn report(diagnostics: &Diagnostics, sources: &Sources) -> ExitCode {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    eprint!("{}", diag::human(diagnostics, sources, colour));
    if diagnostics.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Shows what is wrong with how the command was called.
fn misused(problem: Diagnostic) -> ExitCode {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(problem);
    report(&diagnostics, &Sources::default());
    ExitCode::from(2)
}

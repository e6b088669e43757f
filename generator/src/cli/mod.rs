//! The command line: one file a subcommand, none of which knows another. Exit codes: 0 done, 1 problems that are shown
//! on stderr, 2 bad usage.

mod generate;
mod import;
mod lint;

use clap::{Parser, Subcommand};
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
    Generate(generate::Generate),
    Import(import::Import),
    Lint(lint::Args),
}

/// Runs the command line that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
    }
}

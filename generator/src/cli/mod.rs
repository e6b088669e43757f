//! The command line: one file a subcommand, none of which knows another. Exit codes: 0 done, 1 problems that are shown
//! on stderr, 2 bad usage.

pub mod generate;

use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics, Sources};
use crate::project::Project;
use clap::{Parser, Subcommand};
use std::collections::BTreeMap;
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
}

/// Runs the command line that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Generate(arguments) => generate::run(&arguments, unjoined),
    }
}

/// Stands where the joined stages from the specs to the trees are to be.
fn unjoined(_: &Project, _: &mut Sources, diagnostics: &mut Diagnostics) -> Option<BTreeMap<String, Tree>> {
    diagnostics.push(Diagnostic::placeless("pipeline", "the stages from the specs to the trees are not joined yet"));
    None
}

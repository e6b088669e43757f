//! The command line: one file a subcommand, none of which knows another. Exit codes: 0 done, 1 problems that are shown
//! on stderr, 2 bad usage; a call has more of them.

mod assign;
mod call;
mod changes;
mod client;
mod completions;
mod curl;
mod diff;
mod export;
mod generate;
mod given;
mod import;
mod lint;
mod mock;
mod nearest;
mod new_target;
mod report;
mod request;
mod sample;
mod schema;
mod sheet;
mod show;
mod specs;
mod targets;
mod unchanged;
mod update;
mod validate;
mod verdict;

use crate::model;
use clap::{Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// API reference in, trustworthy clients out.
///
/// Bindery reads what a vendor says about an API, keeps it as reviewed data, and generates bindings that know the rules.
#[derive(Debug, Parser)]
#[command(name = "bindery", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  bindery import markdown page.md --specs api-specs/dts/2020-01-01
                                            a page of a reference becomes facts
  bindery lint                              look over what bindery.toml names
  bindery generate                          make what bindery.toml asks for
  bindery sample ConfigureSynchronizationJob
                                            print the smallest correct request
  bindery validate ConfigureSynchronizationJob request.json
                                            say what a request does wrong
  bindery request ConfigureSynchronizationJob request.json --region cn-hangzhou
                                            show what would be sent
  bindery call DescribeSynchronizationJobs --region cn-hangzhou --output table
                                            send it, and show the answer

Exit codes: 0 done; 1 problems, shown on stderr; 2 bad usage. `bindery call` has more: see its help.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Call(call::Args),
    Completions(completions::Args),
    Diff(diff::Args),
    Export(export::Args),
    Generate(generate::Generate),
    Import(import::Import),
    Lint(lint::Args),
    Mock(mock::Args),
    NewTarget(new_target::Args),
    Request(request::Args),
    Sample(sample::Args),
    Schema(schema::Args),
    Show(show::Args),
    Targets(targets::Args),
    Update(update::Args),
    Validate(validate::Args),
}

/// Runs the command line that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Call(args) => call::run(&args),
        Command::Completions(args) => completions::run::<Cli>(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Mock(args) => mock::run(&args),
        Command::NewTarget(args) => new_target::run(&args),
        Command::Request(args) => request::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Targets(args) => targets::run(&args),
        Command::Update(args) => update::run(&args),
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

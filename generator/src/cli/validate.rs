//! `bindery validate`: what a request does wrong, by the reference evaluation.

use super::report::misused;
use super::specs::Specs;
use super::{Language, given, verdict};
use crate::model::Severity;
use crate::rules::{Violation, check};
use clap::ValueEnum;
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what a request does wrong, before the service does
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The request is a JSON object. Its keys are wire names, flat (`\"SourceEndpoint.IP\"`), nested or both; a JSON-valued
parameter is given as JSON or as the text that holds it.

Exit codes: 0 no error (advice is shown), 1 an error, 2 bad usage.

Examples:
  bindery validate ConfigureSynchronizationJob request.json
  bindery validate dts.ConfigureSynchronizationJob - --format json < request.json
  bindery validate ConfigureSynchronizationJob request.json --language zh --deny advice")]
pub(super) struct Args {
    /// The action, as ACTION or PRODUCT.ACTION
    action: String,
    /// The request; `-` reads it from stdin
    request: PathBuf,
    /// A folder with a product.json, or one that holds such folders [default: those of the nearest bindery.toml]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// How violations are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// The language of the messages
    #[arg(long, value_enum, default_value = "en")]
    language: Language,
    /// Fail on advice too
    #[arg(long, value_enum)]
    deny: Option<Deny>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people: a paragraph a violation
    Human,
    /// One array of `{code, path, rule?, severity, message}`
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Deny {
    /// Advice
    Advice,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let specs = match Specs::load(args.specs.as_deref()) {
        Ok(specs) => specs,
        Err(outcome) => return outcome,
    };
    let (api, action) = match specs.action(&args.action) {
        Ok(found) => found,
        Err(problem) => return misused(problem),
    };
    let request = match given::file(&args.request) {
        Ok(request) => request,
        Err(outcome) => return outcome,
    };
    let violations = check(api, action, &request, args.language.into());
    match args.format {
        Format::Json => println!("{:#}", violations.iter().map(Violation::to_json).collect::<Value>()),
        Format::Human => print!("{}", verdict::human(&violations)),
    }
    let denied = |violation: &Violation| violation.severity == Severity::Error || args.deny.is_some();
    if violations.iter().any(denied) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

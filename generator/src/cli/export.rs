//! `bindery export`: requests as JSON Schema, APIs as OpenAPI.

use super::Language;
use super::report::misused;
use super::specs::Specs;
use crate::diag::Diagnostic;
use crate::export::{Standard, text};
use crate::model::{Action, Api};
use crate::stage::read::shown;
use clap::ValueEnum;
use serde_json::Value;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write requests as JSON Schema 2020-12 or an API as OpenAPI 3.1
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bindery export openapi > openapi.json
  bindery export json-schema --action ConfigureSynchronizationJob
  bindery export json-schema --out schemas/           a file an action
  bindery export openapi --specs api-specs/dts/2020-01-01 --language zh --out dts.openapi.json")]
pub(super) struct Args {
    /// What to write
    #[arg(value_enum)]
    format: Format,
    /// A folder with a product.json, or one that holds such folders [default: those of the nearest bindery.toml]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Only this action, as ACTION or PRODUCT.ACTION; may be repeated
    #[arg(long = "action", value_name = "ACTION")]
    actions: Vec<String>,
    /// A `.json` file, or a folder for a file each; without it, the one document goes to stdout
    #[arg(long, value_name = "FILE|DIR")]
    out: Option<PathBuf>,
    /// The language of titles and descriptions
    #[arg(long, value_enum, default_value = "en")]
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The schema of each action's request, for any JSON Schema validator
    JsonSchema,
    /// A document of each product's version
    Openapi,
}

/// A file's name and what is to stand in it.
type Document = (String, Value);

pub(super) fn run(args: &Args) -> ExitCode {
    let specs = match Specs::load(args.specs.as_deref()) {
        Ok(specs) => specs,
        Err(outcome) => return outcome,
    };
    let documents = match documents(&specs, args) {
        Ok(documents) => documents,
        Err(problem) => return misused(problem),
    };
    let is_file = |out: &Path| out.extension().is_some_and(|extension| extension == "json");
    let written = match (documents.as_slice(), &args.out) {
        ([(_, document)], None) => io::stdout().write_all(text(document).as_bytes()),
        ([(_, document)], Some(file)) if is_file(file) => write(file, &text(document)),
        (several, Some(dir)) if !is_file(dir) => {
            several.iter().try_for_each(|(name, document)| write(&dir.join(name), &text(document)))
        }
        (others, _) => {
            let message = format!("{} documents do not fit into one", others.len());
            let help = "choose with `--action`, or give a folder with `--out`";
            return misused(Diagnostic::placeless("usage", message).help(help));
        }
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            misused(Diagnostic::placeless("unwritable", error.to_string()));
            ExitCode::FAILURE
        }
    }
}

fn documents(specs: &Specs, args: &Args) -> Result<Vec<Document>, Diagnostic> {
    let named: Vec<(&Api, &Action)> = args.actions.iter().map(|name| specs.action(name)).collect::<Result<_, _>>()?;
    let all = || specs.apis.iter().flat_map(|api| api.actions.iter().map(move |action| (api, action)));
    let wanted: Vec<(&Api, &Action)> = if named.is_empty() { all().collect() } else { named };
    let standard = match args.format {
        Format::JsonSchema => Standard::JsonSchema,
        Format::Openapi => Standard::OpenApi,
    };
    let mut apis = specs.apis.clone();
    for api in &mut apis {
        api.actions.retain(|action| wanted.iter().any(|(_, wanted)| wanted.origin == action.origin));
    }
    apis.retain(|api| !api.actions.is_empty());
    Ok(apis.iter().flat_map(|api| standard.documents(api, args.language.into())).collect())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written = folder.and_then(|()| fs::write(path, text));
    written.map_err(|error| io::Error::new(error.kind(), format!("{} cannot be written: {error}", shown(path))))
}

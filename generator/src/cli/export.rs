//! `bindery export`: requests as JSON Schema, APIs as OpenAPI.

use super::specs::Specs;
use super::{Language, fail};
use crate::diag::{Diagnostic, Origin};
use crate::export::{json_schema, openapi};
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
    /// A folder with a product.json, or one that holds such folders
    #[arg(long, value_name = "DIR", default_value = "api-specs")]
    specs: PathBuf,
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
    let specs = match Specs::load(&args.specs) {
        Ok(specs) => specs,
        Err(outcome) => return outcome,
    };
    match documents(&specs, args).and_then(|documents| put(&documents, args.out.as_deref())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(problem),
    }
}

fn documents(specs: &Specs, args: &Args) -> Result<Vec<Document>, Diagnostic> {
    let named: Vec<(&Api, &Action)> = args.actions.iter().map(|name| specs.action(name)).collect::<Result<_, _>>()?;
    let all = || specs.apis.iter().flat_map(|api| api.actions.iter().map(move |action| (api, action)));
    let wanted: Vec<(&Api, &Action)> = if named.is_empty() { all().collect() } else { named };
    let language = args.language.into();
    Ok(match args.format {
        Format::JsonSchema => {
            let file = |action: &Action| format!("{}.schema.json", action.name);
            wanted.into_iter().map(|(api, action)| (file(action), json_schema(api, action, language))).collect()
        }
        Format::Openapi => {
            let mut apis = specs.apis.clone();
            for api in &mut apis {
                let kept = |action: &Action| wanted.iter().any(|(_, wanted)| wanted.origin == action.origin);
                api.actions.retain(kept);
            }
            apis.retain(|api| !api.actions.is_empty());
            let file = |api: &Api| format!("{}-{}.openapi.json", api.product, api.version);
            apis.iter().map(|api| (file(api), openapi(api, language))).collect()
        }
    })
}

fn put(documents: &[Document], out: Option<&Path>) -> Result<(), Diagnostic> {
    let text = |document: &Value| format!("{document:#}\n");
    let one_file = out.is_none_or(|out| out.extension().is_some_and(|extension| extension == "json"));
    match (documents, out) {
        ([(_, document)], None) => io::stdout()
            .write_all(text(document).as_bytes())
            .map_err(|error| Diagnostic::placeless("unwritable", format!("stdout cannot be written: {error}"))),
        ([(_, document)], Some(file)) if one_file => write(file, &text(document)),
        ([], _) => Err(Diagnostic::placeless("nothing", "the specs have no action")),
        (several, _) if one_file => {
            let message = format!("{} documents do not fit into one file", several.len());
            Err(Diagnostic::placeless("usage", message).help("choose with `--action`, or give a folder with `--out`"))
        }
        (several, Some(dir)) => several.iter().try_for_each(|(name, document)| write(&dir.join(name), &text(document))),
        (_, None) => Ok(()),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, text)).map_err(|error| {
        Diagnostic::error("unwritable", Origin::file(&shown(path)), format!("cannot be written: {error}"))
    })
}

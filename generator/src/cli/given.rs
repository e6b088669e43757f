//! The request that a command line gives: a file, `key=value` assignments, or both. It knows the types of values; what is
//! wrong with them is for the validation to say.

use super::assign;
use super::report::{misused, report, told};
use super::verdict;
use crate::diag::{Diagnostic, Diagnostics, Origin, Sources};
use crate::model::{Action, Api, Language, Severity};
use crate::rules;
use crate::stage::read;
use serde_json::Value;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// How requests are given; for the help of the commands that take them so.
pub(super) const HOW: &str = "The request is a JSON file (`-` is stdin), `key=value` assignments, or both; an assignment \
takes the place of what the file says. Keys are wire names. Values are read by their types: Endpoint.IP=10.0.0.1, \
Enabled=true, Tag.1.Key=team; lists, objects and JSON as JSON text. key=@FILE takes the value from a file (key=@- from \
stdin) without the line end, so that a password stays out of the list of processes; key=@@text is a text that begins \
with @.";

/// The request, with what is wrong with it shown on stderr; then whether one of that is an error.
pub(super) fn request(api: &Api, action: &Action, given: &[String]) -> Result<(Value, bool), ExitCode> {
    let mut request = None;
    let mut assignments = Vec::new();
    for argument in given {
        match argument.split_once('=') {
            Some((key, text)) if !key.contains(['/', '\\']) => assignments.push((key, text)),
            _ if request.is_none() => request = Some(file(Path::new(argument))?),
            _ => {
                let message = format!("`{argument}` is a second file with a request");
                return Err(misused(Diagnostic::placeless("usage", message).help("one file, and key=value beside it")));
            }
        }
    }
    let mut request = request.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
    assign::all(api, action, &mut request, &assignments, given.iter().any(|argument| argument == "-"))
        .map_err(misused)?;
    let violations = rules::check(api, action, &request, Language::En);
    let is_wrong = violations.iter().any(|violation| violation.severity == Severity::Error);
    if !violations.is_empty() {
        told(&verdict::human(&violations));
    }
    Ok((request, is_wrong))
}

/// The JSON of a file; `-` is stdin.
pub(super) fn file(path: &Path) -> Result<Value, ExitCode> {
    let mut text = String::new();
    let (file, outcome) = if path == Path::new("-") {
        (Arc::from("<stdin>"), io::stdin().read_to_string(&mut text).map(drop))
    } else {
        (read::shown(path), fs::read_to_string(path).map(|read| text = read))
    };
    if let Err(error) = outcome {
        return Err(misused(Diagnostic::error("unreadable", Origin::file(&file), format!("cannot be read: {error}"))));
    }
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::new();
    read::parse(&file, &text, &mut sources, &mut diagnostics).ok_or_else(|| report(&diagnostics, &sources))
}

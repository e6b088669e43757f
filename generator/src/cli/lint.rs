//! `bindery lint`: what a spec says about itself.

use super::nearest;
use super::report::{Deny, misused, report, said};
use crate::diag::{self, Diagnostic, Diagnostics, Level, Sources, did_you_mean};
use crate::pipeline;
use crate::stage::check::{self, LINTS, Lint};
use clap::ValueEnum;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what a person should look at in a spec: contradictions, slips of the pen, what was left out.
///
/// People read the findings on stderr, programs on stdout.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  bindery lint
  bindery lint api-specs/dts/2020-01-01
  bindery lint api-specs/dts/2020-01-01 --action ConfigureSynchronizationJob
  bindery lint api-specs/dts/2020-01-01 --deny warnings --format sarif > lint.sarif
  bindery lint --explain sibling-differs")]
pub struct Args {
    /// Folders that hold a `product.json` each [default: those of the nearest bindery.toml]
    dirs: Vec<PathBuf>,
    /// Looks at this action only; may be given several times
    #[arg(long, value_name = "ACTION")]
    action: Vec<String>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fails on warnings too, not only on errors
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Lists every lint and leaves
    #[arg(long, exclusive = true)]
    list: bool,
    /// Says what a finding of a code means, why it matters and what to do, and leaves
    #[arg(long, value_name = "CODE", exclusive = true)]
    explain: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the message, the source line, the cure
    Human,
    /// One JSON array
    Json,
    /// SARIF 2.1.0, for code scanners
    Sarif,
}

/// Runs the command. Exit codes: 0 nothing to complain about, 1 findings that fail, 2 bad usage.
pub fn run(args: &Args) -> ExitCode {
    if args.list {
        return said(&list());
    }
    if let Some(code) = &args.explain {
        return match Lint::named(code) {
            Some(lint) => said(&explain(lint)),
            None => unknown("lint", code, LINTS.iter().map(|lint| lint.code)),
        };
    }
    let mut diagnostics = Diagnostics::new();
    let mut sources = Sources::default();
    let mut actions: Vec<String> = Vec::new();
    let dirs = match args.dirs.as_slice() {
        [] => nearest::specs("name the folders", &mut sources, &mut diagnostics).unwrap_or_default(),
        named => named.to_vec(),
    };
    let mut whole = !diagnostics.has_errors();
    for dir in dirs {
        let loaded = pipeline::load(&dir);
        diagnostics.extend(loaded.diagnostics);
        sources.extend(loaded.sources);
        let Some(api) = &loaded.api else {
            whole = false;
            continue;
        };
        for action in &api.actions {
            let name = action.name.as_str();
            if args.action.is_empty() || args.action.iter().any(|asked| asked == name) {
                check::action(api, action, &mut diagnostics);
            }
            actions.push(name.to_owned());
        }
    }
    if let Some(asked) = args.action.iter().find(|asked| whole && !actions.contains(asked)) {
        return unknown("action", asked, actions.iter().map(String::as_str));
    }
    print(&diagnostics, &sources, args.format);
    let denied = args.deny.is_some_and(|deny| deny.denies(&diagnostics));
    if denied || diagnostics.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn print(diagnostics: &Diagnostics, sources: &Sources, format: Format) {
    match format {
        Format::Human => {
            report(diagnostics, sources);
            // Nobody is left to be told that stderr is closed.
            let _ = writeln!(io::stderr(), "{}", summary(diagnostics));
        }
        Format::Json => {
            said(&format!("{:#}\n", diag::json(diagnostics, sources)));
        }
        Format::Sarif => {
            let mut log = diag::sarif(diagnostics, sources);
            document_rules(&mut log);
            said(&format!("{log:#}\n"));
        }
    }
}

/// The last line: `2 errors, 1 warning, 0 notes`.
fn summary(diagnostics: &Diagnostics) -> String {
    let count = |level: Level, word: &str| {
        let count = diagnostics.count(level);
        format!("{count} {word}{}", if count == 1 { "" } else { "s" })
    };
    format!("{}, {}, {}", count(Level::Error, "error"), count(Level::Warning, "warning"), count(Level::Note, "note"))
}

/// Tells a code scanner what the codes mean.
fn document_rules(log: &mut Value) {
    let rules = log.pointer_mut("/runs/0/tool/driver/rules").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten() {
        let Some(lint) = rule.get("id").and_then(Value::as_str).and_then(Lint::named) else { continue };
        *rule = json!({
            "id": lint.code,
            "shortDescription": {"text": lint.summary},
            "fullDescription": {"text": format!("{} {}", lint.summary, lint.why)},
            "help": {"text": sentence(lint.cure)},
            "defaultConfiguration": {"level": lint.level.as_str()},
        });
    }
}

fn list() -> String {
    let width = LINTS.iter().map(|lint| lint.code.len()).max().unwrap_or_default();
    LINTS.iter().map(|lint| format!("{:width$}  {:7}  {}\n", lint.code, lint.level.as_str(), lint.summary)).collect()
}

fn explain(lint: &Lint) -> String {
    let Lint { code, level, summary, why, cure } = lint;
    let allow = match level {
        Level::Error => String::new(),
        _ => format!(
            "\nTo let one stand, say why in the action's overlay:\n  \"allow\": {{\"{code}\": {{\"SUBJECT\": \"reason\"}}}}\n"
        ),
    };
    format!("{code} ({})\n\n{summary}\n{why}\n\nWhat to do: {cure}.\n{allow}", level.as_str())
}

/// A cure as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| format!("{}{}.", first.to_uppercase(), rest.as_str())).unwrap_or_default()
}

fn unknown<'a>(what: &str, written: &str, known: impl IntoIterator<Item = &'a str>) -> ExitCode {
    let help = did_you_mean(written, known).map(|near| format!("did you mean `{near}`?"));
    let message = format!("there is no {what} `{written}`");
    misused(Diagnostic::placeless("usage", message).maybe_help(help))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diag::Origin;
    use clap::Parser;
    use std::sync::Arc;

    #[test]
    fn sarif_has_what_code_scanners_demand() {
        let file: Arc<str> = Arc::from("actions/A.json");
        let mut sources = Sources::default();
        sources.insert(&file, Arc::from("{\n  \"action\": \"A\"\n}"));
        let mut diagnostics = Diagnostics::new();
        let place = Origin::key(&file, "/action");
        diagnostics.extend(LINTS.iter().map(|lint| Diagnostic::warning(lint.code, place.clone(), "something")));
        let mut log = diag::sarif(&diagnostics, &sources);
        document_rules(&mut log);
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), LINTS.len());
        for rule in rules {
            for text in ["/shortDescription/text", "/fullDescription/text", "/help/text"] {
                assert!(rule.pointer(text).is_some_and(|text| text.as_str().unwrap().ends_with('.')), "{rule}");
            }
            let level = rule.pointer("/defaultConfiguration/level").unwrap().as_str().unwrap();
            assert!(["error", "warning", "note"].contains(&level), "{rule}");
        }
        for result in run["results"].as_array().unwrap() {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
            assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "{result}");
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], "actions/A.json");
            assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&json!(2), &json!(3)));
        }
    }

    #[test]
    fn every_lint_is_listed_and_explained() {
        let list = list();
        assert_eq!(list.lines().count(), LINTS.len());
        for lint in LINTS {
            assert!(list.contains(lint.code));
            let text = explain(lint);
            assert!([lint.summary, lint.why, lint.cure].iter().all(|part| text.contains(part)), "{text}");
        }
    }

    #[derive(Debug, clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn exit_codes_tell_findings_from_bad_usage() {
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/lint");
        let cases: [(&str, &[&str], u8); 8] = [
            ("value-case/api-specs", &[], 0),
            ("value-case/api-specs", &["--deny", "warnings"], 1),
            ("value-case/api-specs", &["--deny", "warnings", "--action", "Right"], 0),
            ("value-case/api-specs", &["--action", "Rigth"], 2),
            ("unused-allowance/api-specs", &[], 1),
            ("unused-allowance/api-specs", &["--action", "Right", "--format", "json"], 0),
            ("unused-allowance/api-specs", &["--format", "sarif"], 1),
            ("no-such-folder", &[], 1),
        ];
        for (dir, more, code) in cases {
            let dir = format!("{examples}/{dir}");
            let line = Line::try_parse_from(["lint", &dir].iter().chain(more)).unwrap();
            let got = run(&line.args);
            assert_eq!(format!("{got:?}"), format!("{:?}", ExitCode::from(code)), "{dir} {more:?}");
        }
        assert!(Line::try_parse_from(["lint", "--list", "dir"]).is_err());
    }

    #[test]
    fn the_summary_counts() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::placeless("a", "b"));
        assert_eq!(summary(&diagnostics), "1 error, 0 warnings, 0 notes");
    }
}

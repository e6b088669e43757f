//! `bindery targets`: what can be made, and what a project has to say for it.

use super::report::{report, said};
use crate::diag::{Diagnostics, Sources};
use crate::export::Standard;
use crate::pipeline::{Known, Options};
use crate::target::{self, Manifest, Target};
use clap::ValueEnum;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// List the targets: what they make, and what `--set` or a project file says to them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bindery targets                        those that are built in
  bindery targets --templates my-own     those of a folder, too
  bindery targets --format json          for programs

Exit codes: 0 done, 1 a target whose target.toml cannot be read, 2 bad usage.")]
pub(super) struct Args {
    /// A folder of targets: one of a built-in target's name stands in its place
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// How to show them
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Human,
    /// A list of objects
    Json,
}

/// A target as it is listed.
struct Listed {
    name: String,
    place: String,
    summary: String,
    settings: Vec<Known>,
    verify: Vec<String>,
}

impl From<Target> for Listed {
    fn from(target: Target) -> Listed {
        let settings = Options::known(&target.manifest);
        let Manifest { summary, verify, .. } = target.manifest;
        Listed { name: target.name, place: target.place, summary, settings, verify }
    }
}

/// A document of a public standard needs no templates.
impl From<Standard> for Listed {
    fn from(standard: Standard) -> Listed {
        Listed {
            name: standard.name().to_owned(),
            place: "built in".to_owned(),
            summary: standard.summary().to_owned(),
            settings: Options::known_to_standards(),
            verify: Vec::new(),
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &Args) -> ExitCode {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let listed = list(args, &mut sources, &mut diagnostics);
    let text = match args.format {
        Format::Human => human(&listed),
        Format::Json => format!("{:#}\n", Value::from_iter(listed.iter().map(object))),
    };
    let outcome = report(&diagnostics, &sources);
    if said(&text) == ExitCode::SUCCESS { outcome } else { ExitCode::FAILURE }
}

/// All of them, by name.
fn list(args: &Args, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Vec<Listed> {
    let own = args.templates.as_deref().map(|dir| (dir, target::names_in(dir, diagnostics)));
    let mut found = Vec::new();
    for (dir, name) in own.iter().flat_map(|(dir, names)| names.iter().map(move |name| (dir, name))) {
        found.extend(target::load(dir, name, sources, diagnostics));
    }
    for name in target::builtin_names() {
        if !own.iter().any(|(_, names)| names.iter().any(|own| own == name)) {
            found.extend(target::builtin(name, sources, diagnostics));
        }
    }
    let mut listed: Vec<Listed> = found.into_iter().map(Listed::from).collect();
    let standards = Standard::ALL.into_iter().map(Listed::from);
    let others: Vec<Listed> = standards.filter(|one| !listed.iter().any(|other| other.name == one.name)).collect();
    listed.extend(others);
    listed.sort_by(|a, b| a.name.cmp(&b.name));
    listed
}

/// A line each, and its settings below.
fn human(listed: &[Listed]) -> String {
    let width = listed.iter().map(|target| target.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for target in listed {
        let _ = writeln!(text, "{:width$}  {}", target.name, target.summary);
        for setting in &target.settings {
            let default = setting.default.as_ref().map_or("required", String::as_str);
            let _ = writeln!(text, "{:width$}    --set {}=…  {} [{default}]", "", setting.name, setting.help);
        }
    }
    text
}

fn object(target: &Listed) -> Value {
    let settings = target
        .settings
        .iter()
        .map(|setting| (setting.name.clone(), json!({"help": setting.help, "default": setting.default})));
    json!({
        "name": target.name,
        "summary": target.summary,
        "place": target.place,
        "settings": settings.collect::<Map<_, _>>(),
        "verify": target.verify,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diag::Origin;
    use crate::project::{Placed, Setting, Settings};
    use std::collections::BTreeMap;
    use std::fs;

    fn listed(templates: Option<PathBuf>) -> (Vec<Listed>, Diagnostics) {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
        let listed = list(&Args { templates, format: Format::Human }, &mut sources, &mut diagnostics);
        (listed, diagnostics)
    }

    #[test]
    fn every_target_and_standard_is_listed_with_what_it_must_be_told() {
        let (all, diagnostics) = listed(None);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let names: Vec<&str> = all.iter().map(|target| target.name.as_str()).collect();
        for name in target::builtin_names().into_iter().chain(Standard::ALL.map(Standard::name)) {
            assert_eq!(names.iter().filter(|listed| **listed == name).count(), 1, "{name}");
        }
        let text = human(&all);
        for target in &all {
            assert!(text.contains(&target.summary), "{}", target.name);
            let object = object(target);
            assert!(!target.settings.is_empty(), "{}", target.name);
            for Known { name, help, default } in &target.settings {
                assert!(text.contains(&format!("--set {name}=…  {help} [")), "{}", target.name);
                assert_eq!(object["settings"][name]["default"].as_str(), default.as_deref());
            }
        }
    }

    /// What the list says is what the target understands: a slip is answered with the settings that there are.
    #[test]
    fn the_settings_listed_are_those_that_are_read() {
        let origin = Origin::file(&"bindery.toml".into());
        let placed = |text: &str| Placed { value: Setting::Text(text.to_owned()), origin: origin.clone() };
        for name in target::builtin_names() {
            let target = target::builtin(name, &mut Sources::default(), &mut Diagnostics::new()).unwrap();
            let options = BTreeMap::from([("~".to_owned(), placed(""))]);
            let settings = Settings { origin: origin.clone(), path: String::new(), options };
            let mut diagnostics = Diagnostics::new();
            Options::read(&target, &settings, &mut diagnostics);
            let help =
                diagnostics.iter().find_map(|problem| problem.help.as_deref()?.strip_prefix("this target knows: "));
            let mut read: Vec<&str> = help.unwrap().split(", ").collect();
            let listed = Listed::from(target.clone());
            let mut known: Vec<&str> = listed.settings.iter().map(|setting| setting.name.as_str()).collect();
            read.sort_unstable();
            known.sort_unstable();
            assert_eq!(read, known, "{name}");
        }
    }

    #[test]
    fn a_folder_of_ones_own_comes_first_and_a_broken_target_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let own = target::builtin_names().first().copied().unwrap();
        for (name, text) in [(own, "summary = \"Mine\"\nspelling = \"code\"\nfile = []\n"), ("broken", "summary = 1\n")]
        {
            fs::create_dir(dir.path().join(name)).unwrap();
            fs::write(dir.path().join(name).join("target.toml"), text).unwrap();
        }
        let (all, diagnostics) = listed(Some(dir.path().to_owned()));
        let mine = all.iter().find(|target| target.name == own).unwrap();
        assert_eq!(mine.summary, "Mine");
        assert_eq!(diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["target"]);
        let (_, diagnostics) = listed(Some(dir.path().join("nowhere")));
        assert!(diagnostics.has_errors());
    }
}

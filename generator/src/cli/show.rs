//! `bindery show`: what one action is at any stage of the pipeline, so that nobody debugs by guessing.

use super::nearest;
use super::report::{misused, report, said};
use crate::diag::{Diagnostic, Diagnostics, Origin, Sources};
use crate::model::Api;
use crate::pipeline;
use crate::project::{Package, Project};
use crate::spec::{Amended, AmendedAction};
use clap::ValueEnum;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// Show one action as any stage of the pipeline sees it
///
/// Views and files are made as if the specs had this action alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bindery show ConfigureSynchronizationJob                      facts and judgement, merged
  bindery show dts.ConfigureSynchronizationJob --stage spec     the facts alone
  bindery show ConfigureSynchronizationJob --stage model        as everything behind it reads it
  bindery show ConfigureSynchronizationJob --stage view --target docs
                                                                what the templates see
  bindery show ConfigureSynchronizationJob --stage tree         the files

Exit codes: 0 done, 1 problems in the specs, 2 bad usage.")]
pub(super) struct Args {
    /// The action, as ACTION or PRODUCT.ACTION
    action: String,
    /// What to show
    #[arg(long, value_enum, default_value = "amended")]
    stage: Stage,
    /// For which target, at the stages that have one
    #[arg(long, value_name = "TARGET", default_value = "rust")]
    target: String,
    /// The folder that holds product.json [default: those of the nearest bindery.toml]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// The facts, as given: JSON
    Spec,
    /// The facts with the judgement merged in, and under `$judged` where that stands: JSON
    Amended,
    /// As meant: the typed model
    Model,
    /// As spelled for a target: what its templates see, as JSON
    View,
    /// As poured for a target: every file
    Tree,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> ExitCode {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let shown = show(args, &mut sources, &mut diagnostics);
    let outcome = report(&diagnostics, &sources);
    match shown {
        Ok(Some(text)) if said(&text) != ExitCode::SUCCESS => ExitCode::FAILURE,
        Ok(_) => outcome,
        Err(problem) => misused(problem),
    }
}

/// What there is to show; nothing if errors were pushed that keep it from being made.
fn show(args: &Args, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Option<String>, Diagnostic> {
    let project = match &args.specs {
        Some(dir) => Some(Project::of_specs(dir)),
        None => nearest::project(None, "name the folder with `--specs DIR`", sources, diagnostics),
    };
    let Some(project) = project else { return Ok(None) };
    let Some((package, amended, name)) = find(&args.action, &project, sources, diagnostics)? else { return Ok(None) };
    let at_hand = || amended.actions.iter().find(|action| action.base.stem == name);
    Ok(match args.stage {
        Stage::Spec => at_hand().map(|action| pretty(&action.base.value)),
        Stage::Amended => at_hand().map(|action| pretty(&marked(action, sources))),
        Stage::Model | Stage::View | Stage::Tree => {
            let Some(mut api) = pipeline::resolved(&amended, diagnostics) else { return Ok(None) };
            pipeline::keep_actions(&mut api, &[name], diagnostics);
            match args.stage {
                Stage::Model => Some(api.actions.iter().map(|action| format!("{action:#?}\n")).collect()),
                _ => spelled(args, &project, package, &api, sources, diagnostics),
            }
        }
    })
}

/// The package of an action, its specs and the action's name. `None`: an error was pushed.
fn find<'p>(
    written: &str,
    project: &'p Project,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<(&'p Package, Amended, String)>, Diagnostic> {
    let (product, name) = written.split_once('.').map_or((None, written), |(product, name)| (Some(product), name));
    let mut known = Vec::new();
    for package in &project.packages {
        let Some(amended) = pipeline::amended(&package.specs, sources, diagnostics) else { return Ok(None) };
        let code = amended.product.value.get("product").and_then(Value::as_str).unwrap_or_default();
        let fits = product.is_none_or(|product| product == package.name || product.eq_ignore_ascii_case(code));
        if fits && amended.actions.iter().any(|action| action.base.stem == name) {
            return Ok(Some((package, amended, name.to_owned())));
        }
        let stems = amended.actions.into_iter().map(|action| action.base.stem);
        known.extend(stems.map(|stem| if product.is_some() { format!("{code}.{stem}") } else { stem }));
    }
    Err(pipeline::unknown_action(written, known.iter().map(String::as_str)))
}

/// What the target's templates see, or the files that come of it.
fn spelled(
    args: &Args,
    project: &Project,
    package: &Package,
    api: &Api,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let bound = match package.targets.get(&args.target) {
        Some(settings) => pipeline::bind(project, &args.target, settings, sources, diagnostics)?,
        None => pipeline::builtin(&args.target, sources, diagnostics)?,
    };
    let view = pipeline::lowered(api, &bound, diagnostics)?;
    if args.stage == Stage::View {
        let units = view.units.into_iter().map(|unit| json!({"each": unit.each, "data": unit.data}));
        return Some(pretty(&units.collect()));
    }
    let tree = pipeline::poured(api, &bound, view, diagnostics);
    Some(tree.iter().map(|(path, content)| format!("==> {path} <==\n{content}\n")).collect())
}

/// The action, and under `$judged` each place that the overlay decides, with where it does so.
fn marked(action: &AmendedAction, sources: &Sources) -> Value {
    let mut value = action.value.clone();
    if let (Some(members), Some(overlay)) = (value.as_object_mut(), &action.overlay) {
        let place = |pointer: String| {
            let at = sources.locate(&Origin::key(&overlay.file, pointer.as_str()));
            let at = at.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
            (pointer, Value::from(format!("{}{at}", overlay.file)))
        };
        members.insert("$judged".to_owned(), action.judged().into_iter().map(place).collect());
    }
    value
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use clap::Parser;

    #[derive(Debug, clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn shown(line: &str) -> Result<Option<String>, Diagnostic> {
        let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/parcels/api-specs");
        let line = line.split_whitespace().chain(["--specs", specs]);
        let args = Line::try_parse_from(["show"].into_iter().chain(line)).unwrap().args;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
        let shown = show(&args, &mut sources, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        shown
    }

    #[test]
    fn every_stage_shows_the_action_and_no_other() {
        let marks = [
            ("spec", "\"action\": \"SendParcel\""),
            ("amended", "\"action\": \"SendParcel\""),
            ("model", "ActionName(\n        \"SendParcel\""),
            ("view", "\"request\": \"SendParcel\""),
            ("tree", "pub struct SendParcel"),
            ("view --target docs", "\"name\": \"SendParcel\""),
            ("tree --target docs", "==> src/en/SendParcel.md <=="),
        ];
        for (stage, mark) in marks {
            let text = shown(&format!("SendParcel --stage {stage}")).unwrap().unwrap();
            assert!(text.contains(mark), "{stage}: {text}");
            assert!(!text.contains("Readme"), "{stage}: {text}");
        }
    }

    #[test]
    fn names_may_have_a_product_and_slips_are_understood() {
        assert!(shown("parcels.SendParcel").unwrap().is_some());
        let slips = [
            ("SendParcels", "did you mean `SendParcel`?"),
            ("parcel.SendParcel", "did you mean `Parcels.SendParcel`?"),
            ("parcels.Nothing", "known actions: Parcels.ListParcels, Parcels.Readme, Parcels.SendParcel"),
        ];
        for (slip, help) in slips {
            let problem = shown(slip).unwrap_err();
            assert_eq!((problem.code, problem.help.as_deref()), ("unknown-action", Some(help)), "{slip}");
        }
    }
}

//! `bindery generate`: everything that the project file asks for, put in place or compared.

use super::nearest;
use super::report::{report, said};
use super::unchanged::{self, Run};
use crate::artifact::Tree;
use crate::diag::{Diagnostics, Origin, Sources};
use crate::pipeline;
use crate::project::{Placed, Project, Setting, Settings};
use crate::stage::write::{self, Report, Scope};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// The stages before `write`: [`pipeline::generate`], or a test's own.
type Pipeline = fn(&Project, &mut Sources, &mut Diagnostics) -> Option<BTreeMap<String, Tree>>;

/// Generate what bindery.toml asks for.
///
/// Reads the nearest bindery.toml, here or in a folder above, and makes the output folder hold what the specs give.
/// Files that are right already are not touched. Files whose action or target is gone go too, but only if the
/// generator wrote them and nobody edited them. The output changes as a whole or not at all, and whatever else lies
/// in its folder stays.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  bindery generate                          everything, in place
  bindery generate --check                  show what would change; for continuous integration
  bindery generate --target rust            one target; the files of others stay
  bindery generate --action DescribeThing --out ../try
                                            one action, somewhere else
  bindery generate --templates my-templates with templates of your own
  bindery generate --force                  replace files that were edited by hand
  bindery generate --specs my-specs --target rust --set name=my-client --out my-client
                                            without a project file

Exit codes: 0 done or nothing to do; 1 problems, or with --check a difference; 2 bad usage.")]
pub struct Generate {
    /// The project file [default: the nearest bindery.toml, from here upward]
    #[arg(long, value_name = "FILE")]
    project: Option<PathBuf>,
    /// Work without a project file: the folder of a product's version
    #[arg(long, value_name = "DIR", conflicts_with_all = ["project", "check"], requires_all = ["targets", "out"])]
    specs: Option<PathBuf>,
    /// A setting of the target, as a project file would have it: with --specs; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE", requires = "specs", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// Generate this target only; may be repeated
    #[arg(long = "target", value_name = "TARGET")]
    targets: Vec<String>,
    /// Generate as if the project listed this action only; may be repeated
    ///
    /// The targets then hold no other action, so this is best used with --out. Where the project has several packages,
    /// write PACKAGE.ACTION.
    #[arg(long = "action", value_name = "ACTION")]
    actions: Vec<String>,
    /// Generate into this folder, not into the project's
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Take templates from this folder, one folder a target; a target that it lacks is the built-in one
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Write nothing; show how the files on the disk differ, and fail if they do
    #[arg(long, conflicts_with = "force")]
    check: bool,
    /// Replace files that were edited by hand or that are not the generator's, where they are in the way
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub fn run(arguments: &Generate) -> ExitCode {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let cache = unchanged::cache();
    let done = generate(arguments, pipeline::generate, cache.as_deref(), &mut sources, &mut diagnostics);
    let outcome = report(&diagnostics, &sources);
    let Some(done) = done.filter(|_| !diagnostics.has_errors()) else { return outcome };
    let _ = said(&done.text);
    done.code
}

/// What is said on stdout, and with which code.
struct Done {
    text: String,
    code: ExitCode,
}

fn generate(
    arguments: &Generate,
    pipeline: Pipeline,
    cache: Option<&Path>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Done> {
    let instead =
        "name it with `--project FILE`, or name specs, a target and a folder with `--specs`, `--target` and `--out`";
    let mut project = match &arguments.specs {
        Some(specs) => of_specs(specs, arguments),
        None => nearest::project(arguments.project.as_deref(), instead, sources, diagnostics)?,
    };
    project.keep_targets(&arguments.targets, diagnostics);
    project.keep_actions(&arguments.actions, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    if let Some(out) = &arguments.out {
        project.out.clone_from(out);
    }
    if arguments.templates.is_some() {
        project.templates.clone_from(&arguments.templates);
    }
    let narrowed = arguments.specs.is_none() && !(arguments.targets.is_empty() && arguments.actions.is_empty());
    let scope = if narrowed { Scope::GivenTargets } else { Scope::Everything };
    // A check is to prove that the specs give these files, so it takes nobody's word for it.
    let cache = cache.filter(|_| !arguments.check && scope == Scope::Everything);
    let run = cache.and_then(|cache| Run::new(&project, cache));
    if let Some(unchanged) = run.as_ref().and_then(Run::changes_nothing) {
        let report = Report { unchanged, ..Report::default() };
        return Some(Done { text: format!("{}: {report}\n", project.out.display()), code: ExitCode::SUCCESS });
    }
    // Draws on a terminal alone, and is gone when it is dropped.
    let progress = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    progress.enable_steady_tick(Duration::from_millis(100));
    progress.set_message("generating");
    let trees = pipeline(&project, sources, diagnostics)?;
    if diagnostics.has_errors() {
        return None;
    }
    progress.set_message(format!("writing {}", project.out.display()));
    let done = if arguments.check {
        let drift = write::check(&project.out, &trees, scope, diagnostics)?;
        match drift.is_empty() {
            true => Done { text: format!("{}: up to date\n", project.out.display()), code: ExitCode::SUCCESS },
            false => Done { text: drift.render(), code: ExitCode::FAILURE },
        }
    } else {
        let report = write::run(&project.out, &trees, scope, arguments.force, diagnostics)?;
        // What there was to say would not be said again.
        if let Some(run) = run.filter(|_| diagnostics.is_empty()) {
            run.keep();
        }
        Done { text: format!("{}: {report}\n", project.out.display()), code: ExitCode::SUCCESS }
    };
    progress.finish_and_clear();
    Some(done)
}

fn setting(written: &str) -> Result<(String, String), String> {
    let (key, value) = written.split_once('=').ok_or("write KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// A project of the command line alone. One target has the output folder for itself; several have a folder each in it.
fn of_specs(specs: &Path, arguments: &Generate) -> Project {
    let mut project = Project::of_specs(specs);
    let origin = Origin::file(&Arc::from("the command line"));
    let place = |value: &String| Placed { value: Setting::Text(value.clone()), origin: origin.clone() };
    let options: BTreeMap<String, Placed<Setting>> =
        arguments.settings.iter().map(|(key, value)| (key.clone(), place(value))).collect();
    let alone = arguments.targets.len() == 1;
    for package in &mut project.packages {
        package.targets.extend(arguments.targets.iter().map(|target| {
            let path = if alone { String::new() } else { target.clone() };
            (target.clone(), Settings { origin: origin.clone(), path, options: options.clone() })
        }));
    }
    project
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diag;
    use crate::project::FILE_NAME;
    use clap::Parser;
    use std::fs;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        generate: Generate,
    }

    /// One file a target, which lists the actions.
    fn pipeline(project: &Project, _: &mut Sources, _: &mut Diagnostics) -> Option<BTreeMap<String, Tree>> {
        let trees = project.packages.iter().flat_map(|package| {
            package.targets.iter().map(|(target, settings)| {
                let actions = package.actions.iter().flatten().map(|action| action.value.as_str());
                let mut tree = Tree::new();
                tree.insert(&settings.file("actions"), actions.collect::<Vec<_>>().join("\n") + "\n").unwrap();
                (package.key(target), tree)
            })
        });
        Some(trees.collect())
    }

    fn command(folder: &Path, line: &str) -> (bool, String) {
        let file = folder.join(FILE_NAME);
        let line = format!("generate --project {} {line}", file.display());
        let arguments = Line::try_parse_from(line.split_whitespace()).unwrap().generate;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
        match generate(&arguments, pipeline, None, &mut sources, &mut diagnostics) {
            Some(done) => (done.code == ExitCode::SUCCESS, done.text.replace(&*folder.to_string_lossy(), "")),
            None => (false, diag::human(&diagnostics, &sources, false)),
        }
    }

    #[test]
    fn generates_checks_and_narrows() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let text = "out = \"gen\"\n[[package]]\nspecs = \"p/v\"\nactions = [\"A\", \"B\"]\n\
                    [package.targets.rust]\n[package.targets.docs]\npath = \"manual\"\n";
        fs::write(folder.join(FILE_NAME), text).unwrap();
        let (good, shown) = command(folder, "--check");
        assert!(
            !good && shown.ends_with("2 files differ from what the specs give; run `bindery generate`\n"),
            "{shown}"
        );
        let created = "/gen: 2 created, 0 changed, 0 removed, 0 unchanged\n";
        assert_eq!(command(folder, ""), (true, created.to_owned()));
        assert_eq!(command(folder, ""), (true, "/gen: up to date (2 files)\n".to_owned()));
        assert_eq!(command(folder, "--check"), (true, "/gen: up to date\n".to_owned()));
        let changed = "/gen: 0 created, 1 changed, 0 removed, 0 unchanged\n";
        assert_eq!(command(folder, "--target rust --action A"), (true, changed.to_owned()));
        assert_eq!(fs::read_to_string(folder.join("gen/rust/actions")).unwrap(), "A\n");
        assert_eq!(fs::read_to_string(folder.join("gen/manual/actions")).unwrap(), "A\nB\n");
        let elsewhere = format!("--target docs --out {}", folder.join("try").display());
        assert!(command(folder, &elsewhere).1.starts_with("/try: 1 created"));
        assert!(!folder.join("try/rust").exists());
    }

    #[test]
    fn works_without_a_project_file() {
        let folder = tempfile::tempdir().unwrap();
        let run = |line: &str| {
            let line = format!("generate --specs p/v --out {} {line}", folder.path().display());
            let arguments = Line::try_parse_from(line.split_whitespace()).map_err(|error| error.to_string())?.generate;
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
            let done = generate(&arguments, pipeline, None, &mut sources, &mut diagnostics).unwrap();
            Ok::<_, String>(done.text.replace(&*folder.path().to_string_lossy(), ""))
        };
        assert!(run("").unwrap_err().contains("--target"));
        assert!(run("--target rust --set name").unwrap_err().contains("write KEY=VALUE"));
        assert!(run("--target rust --set name=x").unwrap().contains("1 created"));
        assert!(folder.path().join("actions").is_file());
        assert!(run("--target rust --target docs").unwrap().contains("2 created"));
        assert!(folder.path().join("docs/actions").is_file());
    }

    #[test]
    fn generates_nothing_again_unless_something_has_changed() {
        fn unasked(_: &Project, _: &mut Sources, diagnostics: &mut Diagnostics) -> Option<BTreeMap<String, Tree>> {
            diagnostics.push(diag::Diagnostic::placeless("asked", "is generated"));
            None
        }
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let write = |path: &str, text: &str| fs::write(folder.join(path), text).unwrap();
        fs::create_dir_all(folder.join("p/v/actions")).unwrap();
        write("p/v/actions/A.json", "{}");
        write(FILE_NAME, "out = \"gen\"\n[[package]]\nspecs = \"p/v\"\n[package.targets.rust]\n");
        let run = |pipeline, options: &str| {
            let line = format!("generate --project {} {options}", folder.join(FILE_NAME).display());
            let arguments = Line::try_parse_from(line.split_whitespace()).unwrap().generate;
            let cache = folder.join("cache");
            let done = generate(&arguments, pipeline, Some(&cache), &mut Sources::default(), &mut Diagnostics::new());
            done.map(|done| done.text.replace(&*folder.to_string_lossy(), ""))
        };
        let quiet = || run(unasked, "").as_deref() == Some("/gen: up to date (1 files)\n");
        assert!(!quiet());
        run(pipeline, "").unwrap();
        assert!(quiet() && quiet());
        assert!(run(unasked, "--check").is_none(), "a check is one");
        assert!(run(unasked, "--target rust").is_none());
        for (path, text, before) in [
            ("p/v/actions/A.json", "{ }", "{}"),
            ("p/v/actions/B.json", "{}", ""),
            ("gen/rust/actions", "edited", "\n"),
        ] {
            write(path, text);
            assert!(!quiet(), "{path}");
            if before.is_empty() {
                fs::remove_file(folder.join(path)).unwrap()
            } else {
                write(path, before)
            }
            assert!(quiet(), "{path}");
        }
        fs::remove_file(folder.join("gen/rust/actions")).unwrap();
        assert!(!quiet());
    }

    #[test]
    fn says_what_is_wrong_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join(FILE_NAME), "out = \"gen\"\n[[package]]\nspecs = \"p/v\"\n[package.targets.rust]\n")
            .unwrap();
        let (_, shown) = command(folder, "--target rsut");
        assert!(shown.contains("did you mean `rust`?"), "{shown}");
        fs::create_dir_all(folder.join("gen/rust")).unwrap();
        fs::write(folder.join("gen/rust/actions"), "mine").unwrap();
        let (good, shown) = command(folder, "");
        assert!(!good && shown.contains("output-unowned") && shown.contains("--force"), "{shown}");
        assert!(command(folder, "--force").0);
        fs::write(folder.join("gen/rust/actions"), "edited").unwrap();
        let (good, shown) = command(folder, "");
        assert!(!good && shown.contains("output-edited") && shown.contains("git diff"), "{shown}");
        fs::write(folder.join(FILE_NAME), "out = 1\n").unwrap();
        let (_, shown) = command(folder, "");
        assert!(shown.contains("bindery.toml:1:7"), "{shown}");
    }
}

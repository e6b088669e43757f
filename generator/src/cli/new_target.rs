//! `bindery new-target`: a folder of templates to start a language from.

use super::report::{misused, report, said};
use crate::diag::{Diagnostic, Diagnostics, Origin, Sources, did_you_mean};
use crate::stage::read::shown;
use crate::target;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Start a target of your own: a copy of one that is built in, to change
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bindery new-target my-language --from sample-javascript
  bindery new-target pages --from docs --templates my-own
  bindery generate --templates templates --target my-language --specs my-specs --out my-client --set name=…

The guide is templates/README.md in Bindery's repository; `bindery targets` lists what there is to start from.

Exit codes: 0 done, 1 it could not be written, 2 bad usage.")]
pub(super) struct Args {
    /// What it is called: lower-case letters, digits and `-`
    name: String,
    /// The built-in target that it begins as
    #[arg(long, value_name = "TARGET")]
    from: String,
    /// The folder that holds targets
    #[arg(long, value_name = "DIR", default_value = "templates")]
    templates: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> ExitCode {
    match begin(args) {
        Ok(count) => {
            let folder = shown(&args.templates.join(&args.name));
            said(&format!(
                "{folder}: {count} files\n\
                 Next: change target.toml and the templates, then\n  \
                 bindery generate --templates {} --target {} --specs SPECS --out OUT\n",
                shown(&args.templates),
                args.name
            ))
        }
        Err(Fault::Usage(problem)) => misused(problem),
        Err(Fault::Disk(problem)) => {
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(problem);
            report(&diagnostics, &Sources::default())
        }
    }
}

#[derive(Debug)]
enum Fault {
    Usage(Diagnostic),
    Disk(Diagnostic),
}

/// Copies the files; how many they are. The folder is there whole or not at all.
fn begin(args: &Args) -> Result<usize, Fault> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !args.name.starts_with(|c: char| c.is_ascii_lowercase()) || !args.name.chars().all(fits) {
        let message = format!("a target cannot be called `{}`", args.name.escape_debug());
        let problem = Diagnostic::placeless("target-name", message);
        return Err(Fault::Usage(problem.help("a lower-case letter, then lower-case letters, digits and `-`")));
    }
    let Some(texts) = target::builtin_texts(&args.from) else {
        let known = target::builtin_names();
        let help = match did_you_mean(&args.from, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("built in: {}", known.join(", ")),
        };
        let message = format!("there is no target `{}` to start from", args.from.escape_debug());
        return Err(Fault::Usage(Diagnostic::placeless("unknown-target", message).help(help)));
    };
    let folder = args.templates.join(&args.name);
    let refused = |path: &Path, error: &io::Error| {
        Fault::Disk(Diagnostic::error("unwritable", Origin::file(&shown(path)), format!("cannot be written: {error}")))
    };
    if folder.exists() {
        let problem = Diagnostic::error("exists", Origin::file(&shown(&folder)), "is there already");
        return Err(Fault::Disk(problem.help("choose another name, or remove it: nothing is overwritten")));
    }
    fs::create_dir_all(&args.templates).map_err(|error| refused(&args.templates, &error))?;
    let staged = tempfile::Builder::new().prefix(".new-target-").tempdir_in(&args.templates);
    let staged = staged.map_err(|error| refused(&args.templates, &error))?;
    let whole = staged.path().join(&args.name);
    for (path, text) in &texts {
        let file = whole.join(path);
        let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text));
        written.map_err(|error| refused(&folder.join(path), &error))?;
    }
    fs::rename(&whole, &folder).map_err(|error| refused(&folder, &error))?;
    Ok(texts.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pipeline;

    fn started(name: &str, from: &str, templates: &Path) -> Result<usize, Fault> {
        begin(&Args { name: name.to_owned(), from: from.to_owned(), templates: templates.to_owned() })
    }

    #[test]
    fn every_target_can_be_started_from_and_makes_what_its_model_makes() {
        let dir = tempfile::tempdir().unwrap();
        let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/parcels/api-specs");
        let api = pipeline::load(Path::new(specs)).api.unwrap();
        for (number, from) in target::builtin_names().into_iter().enumerate() {
            let name = format!("own-{number}");
            assert!(started(&name, from, dir.path()).unwrap() > 2, "{from}");
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
            let model = pipeline::builtin(from, &mut sources, &mut diagnostics).unwrap();
            let mut own = model.clone();
            own.target = target::load(dir.path(), &name, &mut sources, &mut diagnostics).unwrap();
            assert_eq!(own.target.templates, model.target.templates, "{from}");
            let view = pipeline::lowered(&api, &own, &mut diagnostics).unwrap();
            let made = |bound| pipeline::poured(&api, bound, view.clone(), &mut Diagnostics::new()).into_files();
            assert_eq!(made(&own), made(&model), "{from}");
        }
        assert!(
            fs::read_dir(dir.path()).unwrap().all(|entry| !entry
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with('.'))
        );
    }

    #[test]
    fn nothing_is_overwritten_and_slips_are_understood() {
        let dir = tempfile::tempdir().unwrap();
        let from = target::builtin_names().first().copied().unwrap();
        let code = |result: Result<usize, Fault>| match result.unwrap_err() {
            Fault::Usage(problem) => (2, problem.code),
            Fault::Disk(problem) => (1, problem.code),
        };
        for name in ["", "../up", "a/b", "A", "-a", "a b", "."] {
            assert_eq!(code(started(name, from, dir.path())), (2, "target-name"), "{name}");
        }
        assert_eq!(code(started("own", "nothing", dir.path())), (2, "unknown-target"));
        assert!(fs::read_dir(dir.path()).unwrap().next().is_none());
        started("own", from, dir.path()).unwrap();
        assert_eq!(code(started("own", from, dir.path())), (1, "exists"));
        fs::write(dir.path().join("file"), "").unwrap();
        assert_eq!(code(started("own", from, &dir.path().join("file"))), (1, "unwritable"));
    }
}

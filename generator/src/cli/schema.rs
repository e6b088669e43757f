//! `bindery schema`: the spec format's own JSON Schemas.

use super::report::report;
use crate::diag::{Diagnostic, Diagnostics, Origin, Sources};
use crate::spec::schema::FileKind;
use crate::stage::read::shown;
use clap::ValueEnum;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Print the JSON Schema of a kind of spec file, or keep the schemas in a folder up to date
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bindery schema action                      print one schema
  bindery schema --write api-specs/schema    write all of them
  bindery schema --check api-specs/schema    exit 1 if a file there is not what would be written")]
pub(super) struct Args {
    /// The kind of file; with --write or --check, all of them if none is named
    #[arg(value_enum, required_unless_present_any = ["write", "check"])]
    kind: Option<Kind>,
    /// Write `KIND.schema.json` files into this folder
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// Compare with the files of this folder; writes nothing
    #[arg(long, value_name = "DIR", conflicts_with = "write")]
    check: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// `product.json`
    Product,
    /// `actions/*.json`
    Action,
    /// `overlays/*.json`
    Overlay,
    /// `scenarios/*.json`
    Scenario,
}

impl From<Kind> for FileKind {
    fn from(kind: Kind) -> FileKind {
        match kind {
            Kind::Product => FileKind::Product,
            Kind::Action => FileKind::Action,
            Kind::Overlay => FileKind::Overlay,
            Kind::Scenario => FileKind::Scenario,
        }
    }
}

pub(super) fn run(args: &Args) -> ExitCode {
    let kinds: Vec<FileKind> = args.kind.map_or(FileKind::ALL.to_vec(), |kind| vec![kind.into()]);
    let mut diagnostics = Diagnostics::new();
    for kind in kinds {
        let text = text(kind);
        let file = format!("{}.schema.json", kind.stem());
        match (&args.write, &args.check) {
            (Some(dir), _) => diagnostics.extend(write(dir, &file, &text).err()),
            (None, Some(dir)) => diagnostics.extend(check(dir, &file, &text).err()),
            (None, None) => print!("{text}"),
        }
    }
    report(&diagnostics, &Sources::default())
}

/// As it stands in a file: indented, one newline at the end.
fn text(kind: FileKind) -> String {
    format!("{:#}\n", kind.schema())
}

fn write(dir: &Path, file: &str, text: &str) -> Result<(), Diagnostic> {
    let path = dir.join(file);
    if fs::read_to_string(&path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let written = fs::create_dir_all(dir).and_then(|()| fs::write(&path, text));
    written.map_err(|error| {
        Diagnostic::error("unwritable", Origin::file(&shown(&path)), format!("cannot be written: {error}"))
    })
}

fn check(dir: &Path, file: &str, text: &str) -> Result<(), Diagnostic> {
    let path = dir.join(file);
    let origin = Origin::file(&shown(&path));
    let message = match fs::read_to_string(&path) {
        Ok(known) if known == text => return Ok(()),
        Ok(known) if known.replace("\r\n", "\n") == text => "ends its lines with CRLF".to_owned(),
        Ok(_) => "is not the schema of the spec format as it is now".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => "is missing".to_owned(),
        Err(error) => format!("cannot be read: {error}"),
    };
    let help = format!("run `bindery schema --write {}`", shown(dir));
    Err(Diagnostic::error("drift", origin, message).help(help))
}

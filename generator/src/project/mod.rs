//! `bindery.toml`: what a repository generates, from which specs, for which targets.
//!
//! Paths in it are relative to the file. What a target's settings mean is the target's affair: here they are texts and
//! lists of texts, each with its place, so that whoever refuses one can point at it.

mod read;

use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file.
pub const FILE_NAME: &str = "bindery.toml";

/// What a repository generates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The folder that everything is generated into.
    pub out: PathBuf,
    /// A folder of templates that takes the place of the built-in ones, a folder a target.
    pub templates: Option<PathBuf>,
    /// What is generated, in the file's order.
    pub packages: Vec<Package>,
}

/// One spec folder and its targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Tells packages apart: the file says it, or else it is the name of the product's folder.
    pub name: String,
    /// Where the file speaks of it.
    pub origin: Origin,
    /// The folder of the specs.
    pub specs: PathBuf,
    /// The actions that are wanted; `None`: all.
    pub actions: Option<Vec<Placed<String>>>,
    /// The targets by name.
    pub targets: BTreeMap<String, Settings>,
}

/// What the file says about one target of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where it says so.
    pub origin: Origin,
    /// The target's folder below [`Project::out`], a safe path: the target's name unless the file says another.
    pub path: String,
    /// Everything else, for the target to understand.
    pub options: BTreeMap<String, Placed<Setting>>,
}

/// A value of a target's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// One text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

/// Something that was read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub origin: Origin,
}

impl Package {
    /// What the files of one of its targets are kept apart by: `package/target`.
    pub fn key(&self, target: &str) -> String {
        format!("{}/{target}", self.name)
    }
}

impl Project {
    /// The nearest project file, from a folder upward. The path is relative to the folder.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        let depth = folder.ancestors().position(|folder| folder.join(FILE_NAME).is_file())?;
        Some(std::iter::repeat_n("..", depth).chain([FILE_NAME]).collect())
    }

    /// Keeps these targets alone; an error for each that no package has. None given: keeps all.
    pub fn keep_targets(&mut self, wanted: &[String], diagnostics: &mut Diagnostics) {
        if wanted.is_empty() {
            return;
        }
        let known = || self.packages.iter().flat_map(|package| package.targets.keys().map(String::as_str));
        for target in wanted.iter().filter(|target| !known().any(|known| known == *target)) {
            let mut all: Vec<&str> = known().collect();
            all.sort_unstable();
            all.dedup();
            diagnostics.push(unknown("target", target, &all));
        }
        for package in &mut self.packages {
            package.targets.retain(|target, _| wanted.contains(target));
        }
        self.packages.retain(|package| !package.targets.is_empty());
    }

    /// Keeps these actions alone, as if the file listed them: `Action`, or `package.Action` where there are several
    /// packages. Whether a package's specs have them is not known here. None given: keeps what the file says.
    pub fn keep_actions(&mut self, wanted: &[String], diagnostics: &mut Diagnostics) {
        if wanted.is_empty() {
            return;
        }
        let mut kept: BTreeMap<String, Vec<Placed<String>>> = BTreeMap::new();
        for written in wanted {
            let (name, action) = match (written.split_once('.'), self.packages.as_slice()) {
                (Some((name, action)), _) => (name, action),
                (None, [only]) => (only.name.as_str(), written.as_str()),
                (None, _) => {
                    let message = format!("several packages may have the action `{written}`");
                    let help = format!("say which one is meant: `package.{written}`");
                    diagnostics.push(Diagnostic::placeless("project", message).help(help));
                    continue;
                }
            };
            match self.packages.iter().find(|package| package.name == name) {
                Some(package) => {
                    let action = Placed { value: action.to_owned(), origin: package.origin.clone() };
                    kept.entry(name.to_owned()).or_default().push(action);
                }
                None => {
                    let names: Vec<&str> = self.packages.iter().map(|package| package.name.as_str()).collect();
                    diagnostics.push(unknown("package", name, &names));
                }
            }
        }
        self.packages.retain_mut(|package| {
            package.actions = kept.remove(&package.name);
            package.actions.is_some()
        });
    }
}

fn unknown(what: &str, written: &str, known: &[&str]) -> Diagnostic {
    let help = match did_you_mean(written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the project has {}", known.join(", ")),
    };
    Diagnostic::placeless("project", format!("the project has no {what} `{written}`")).help(help)
}

#[cfg(test)]
mod tests;

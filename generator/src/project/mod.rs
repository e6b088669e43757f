//! `bindery.toml`: what a repository generates, from which specs, for which targets.
//!
//! Paths in it are relative to the file. What a target's settings mean is the target's affair: here they are texts and
//! lists of texts, each with its place, so that whoever refuses one can point at it.

mod read;

use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the file.
pub const FILE_NAME: &str = "bindery.toml";

/// What a repository generates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The folder that everything is generated into.
    pub out: PathBuf,
    /// A folder of templates, a folder a target; what it lacks is taken from the built-in ones.
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
    /// The target's folder below [`Project::out`], a safe path: the target's name unless the file says another. Empty:
    /// the target has the whole of it.
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

impl Settings {
    /// The path of one of the target's files below [`Project::out`].
    pub fn file(&self, path: &str) -> String {
        if self.path.is_empty() { path.to_owned() } else { format!("{}/{path}", self.path) }
    }
}

impl Package {
    /// What the files of one of its targets are kept apart by: `package/target`.
    pub fn key(&self, target: &str) -> String {
        format!("{}/{target}", self.name)
    }
}

impl Project {
    /// A spec folder by itself: a project without a file, that asks nothing of any target.
    pub fn of_specs(dir: &Path) -> Project {
        let package = Package {
            name: String::new(),
            origin: Origin::file(&Arc::from(dir.to_string_lossy())),
            specs: dir.to_owned(),
            actions: None,
            targets: BTreeMap::new(),
        };
        Project { out: PathBuf::new(), templates: None, packages: vec![package] }
    }

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
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const GOOD: &str = r#"
out = "generated"
[[package]]
specs = "api-specs/dts/2020-01-01"
actions = ["A", "B"]
[package.targets.rust]
name = "alibabacloud-dts"
[package.targets.docs]
path = "manual"
languages = ["en", "zh"]
"#;

    fn parse(text: &str) -> Result<Project, Vec<String>> {
        let mut diagnostics = Diagnostics::new();
        let project = Project::parse(&Arc::from("here/bindery.toml"), text, &mut diagnostics);
        assert_eq!(project.is_none(), diagnostics.has_errors());
        project.ok_or_else(|| diagnostics.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn reads_paths_relative_to_the_file() {
        let project = parse(GOOD).unwrap();
        assert_eq!((project.out.as_path(), &project.templates), (Path::new("here/generated"), &None));
        let [dts] = project.packages.as_slice() else { unreachable!() };
        assert_eq!(
            (dts.specs.as_path(), dts.key("rust")),
            (Path::new("here/api-specs/dts/2020-01-01"), "dts/rust".to_owned())
        );
        let actions: Vec<_> = dts.actions.iter().flatten().map(|action| action.value.as_str()).collect();
        assert_eq!(actions, ["A", "B"]);
        let paths: Vec<_> = dts.targets.values().map(|target| target.path.as_str()).collect();
        assert_eq!(paths, ["manual", "rust"]);
        let languages = &dts.targets["docs"].options["languages"];
        assert_eq!(languages.value, Setting::List(vec!["en".to_owned(), "zh".to_owned()]));
        assert_eq!(languages.origin, Origin::at(&Arc::from("here/bindery.toml"), 10, 13));
        assert_eq!(parse(&GOOD.replace("actions", "# actions")).unwrap().packages[0].actions, None);
    }

    #[test]
    fn reports_every_problem_with_its_place() {
        let text = r#"
ouy = "generated"
templates = "/tmp"
[[package]]
specs = 1
action = []
actions = ["A", 2, "A"]
[package.targets.rust]
path = "../.."
edition = 2024
[package.targets."a/b"]
[[package]]
name = "x.y"
specs = "p/v"
"#;
        let expected = [
            "1:1: error[project]: the key `out` is missing (write \"generated\")",
            "2:1: error[project]: a project file has no key `ouy` (did you mean `out`?)",
            "3:13: error[project]: `templates` cannot be \"/tmp\" (write a path relative to this file, with forward slashes)",
            "5:9: error[project]: `specs` is to be a text in quotes, not of type integer",
            "6:1: error[project]: a package has no key `action` (did you mean `actions`?)",
            "7:17: error[project]: `actions` is to be a text in quotes, not of type integer",
            "7:20: error[project]: `actions` lists \"A\" twice",
            "9:8: error[project]: the target's path \"../..\" is absolute, or has an empty, `.` or `..` part",
            "10:11: error[project]: `edition` is to be a text or a list of texts, not of type integer",
            "11:18: error[project]: \"a/b\" cannot name a target",
            "12:1: error[project]: the key `targets` is missing (write a `[package.targets.rust]` table)",
            "13:8: error[project]: \"x.y\" cannot name a package",
        ];
        let found = parse(text).unwrap_err();
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(&format!("here/bindery.toml:{expected}")), "{found}\nis not\n{expected}");
        }
        assert_eq!(found.len(), expected.len(), "{found:#?}");
    }

    #[test]
    fn reports_every_syntax_error_and_nothing_after_it() {
        let found = parse("out = \n[[package]\nspecs = 'a/b'\n").unwrap_err();
        assert!(found.len() >= 2 && found[0].starts_with("here/bindery.toml:1:"), "{found:#?}");
        assert!(!found.iter().any(|problem| problem.contains("missing (")), "{found:#?}");
    }

    #[test]
    fn keeps_packages_and_targets_apart() {
        let twice = format!("{GOOD}{}", GOOD.replace("out =", "#"));
        let found = parse(&twice).unwrap_err();
        let expected = ["two packages are called `dts`", "two targets are generated into `rust`", "into `manual`"];
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found}");
        }
    }

    #[test]
    fn keeps_what_is_asked_for() {
        let mut text = GOOD.to_owned();
        text += "[[package]]\nspecs = \"ecs/1\"\n[package.targets.go]\n";
        let kept = |targets: &[&str], actions: &[&str]| {
            let mut project = parse(&text).unwrap();
            let mut diagnostics = Diagnostics::new();
            project.keep_targets(&targets.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), &mut diagnostics);
            project.keep_actions(&actions.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), &mut diagnostics);
            let kept = project.packages.iter().map(|package| {
                let actions: Vec<_> = package.actions.iter().flatten().map(|action| action.value.as_str()).collect();
                let targets: Vec<_> = package.targets.keys().map(String::as_str).collect();
                format!("{} {} {}", package.name, targets.join(","), actions.join(","))
            });
            (kept.collect::<Vec<_>>(), diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(kept(&[], &[]), (vec!["dts docs,rust A,B".into(), "ecs go ".into()], none.clone()));
        assert_eq!(kept(&["go"], &["C"]), (vec!["ecs go C".into()], none.clone()));
        assert_eq!(kept(&[], &["dts.C", "dts.D"]), (vec!["dts docs,rust C,D".into()], none));
        let (_, errors) = kept(&["rst"], &["tds.A"]);
        assert_eq!(errors[0], "error[project]: the project has no target `rst` (did you mean `rust`?)");
        let (_, errors) = kept(&[], &["A"]);
        assert_eq!(
            errors[0],
            "error[project]: several packages may have the action `A` (say which one is meant: `package.A`)"
        );
    }

    #[test]
    fn finds_the_nearest_file_upward() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        assert_eq!(Project::find(&deep), None);
        std::fs::write(folder.path().join(FILE_NAME), "").unwrap();
        assert_eq!(Project::find(&deep).as_deref(), Some(Path::new("../../bindery.toml")));
        std::fs::write(deep.join(FILE_NAME), "").unwrap();
        assert_eq!(Project::find(&deep).as_deref(), Some(Path::new("bindery.toml")));
    }
}

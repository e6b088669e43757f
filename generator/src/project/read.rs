//! From text to [`Project`], with every problem of the file in one go.

use super::{Package, Placed, Project, Setting, Settings};
use crate::artifact::check_path;
use crate::diag::{Diagnostic, Diagnostics, Origin, Sources, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Value<'i> = Spanned<DeValue<'i>>;

impl Project {
    /// Reads a project file. `None`: an error was pushed.
    pub fn load(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Project> {
        let file: Arc<str> = Arc::from(path.to_string_lossy().replace('\\', "/"));
        match std::fs::read_to_string(path) {
            Ok(text) => {
                sources.insert(&file, Arc::from(text.as_str()));
                Project::parse(&file, &text, diagnostics)
            }
            Err(error) => {
                let message = format!("the project file cannot be read: {error}");
                let problem = Diagnostic::error("project", Origin::file(&file), message);
                diagnostics.push(problem.help("name a file with `--project FILE`, or write one"));
                None
            }
        }
    }

    /// Reads the text of a project file; `file` is its path. `None`: an error was pushed.
    pub fn parse(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Option<Project> {
        let mut reader = Reader { file, text, problems: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            reader.refuse(error.span().unwrap_or_default(), error.message().to_owned(), None);
        }
        // What the parser made of a broken file is not what its author meant: no more complaints about it.
        let project = if reader.problems.is_empty() { reader.project(&table) } else { None };
        let failed = !reader.problems.is_empty();
        reader.problems.sort_by(|a, b| a.origin.cmp(&b.origin));
        diagnostics.extend(reader.problems);
        project.filter(|_| !failed)
    }
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn project(&mut self, file: &Spanned<DeTable<'_>>) -> Option<Project> {
        let table = file.get_ref();
        self.only(table, &["out", "templates", "package"], "a project file");
        let out = self.needed(table, "out", 0..0, "\"generated\"").and_then(|value| self.path("out", value));
        let templates = table.get("templates").and_then(|value| self.path("templates", value));
        let packages = self.needed(table, "package", 0..0, "a `[[package]]` table")?;
        let Some(array) = packages.get_ref().as_array() else {
            self.refuse_type(packages, "package", "written as `[[package]]` tables");
            return None;
        };
        let packages: Vec<Package> = array.iter().filter_map(|value| self.package(value)).collect();
        self.apart(&packages);
        Some(Project { out: out?, templates, packages })
    }

    fn package(&mut self, value: &Value<'_>) -> Option<Package> {
        let table = self.table(value, "package")?;
        self.only(table, &["name", "specs", "actions", "targets"], "a package");
        let specs = self
            .needed(table, "specs", value.span(), "\"api-specs/product/version\"")
            .and_then(|value| self.path("specs", value));
        let name = self.name(table, value.span());
        let actions = table.get("actions").map(|value| self.texts("actions", value));
        let targets = self.needed(table, "targets", value.span(), "a `[package.targets.rust]` table");
        let targets = targets.and_then(|value| self.table(value, "targets")).map(|targets| {
            let settings = targets.iter().filter_map(|(name, value)| {
                let name_is_good = self.is_name(name.get_ref(), name.span(), "target");
                let settings = self.settings(name.get_ref(), value)?;
                name_is_good.then(|| (name.get_ref().to_string(), settings))
            });
            settings.collect::<BTreeMap<_, _>>()
        });
        let origin = self.origin(value.span());
        Some(Package {
            name: name?,
            origin,
            specs: specs?,
            actions: actions.map(Option::unwrap_or_default),
            targets: targets?,
        })
    }

    /// A spec folder is `product/version`, so the product's folder names the package, unless the file does.
    fn name(&mut self, package: &DeTable<'_>, at: Range<usize>) -> Option<String> {
        let (name, at) = match package.get("name") {
            Some(value) => (self.text("name", value)?, value.span()),
            None => {
                let specs = package.get("specs")?.get_ref().as_str()?;
                (specs.trim_end_matches('/').rsplit('/').nth(1).unwrap_or_default().to_owned(), at)
            }
        };
        self.is_name(&name, at, "package").then_some(name)
    }

    fn settings(&mut self, target: &str, value: &Value<'_>) -> Option<Settings> {
        let table = self.table(value, target)?;
        let mut settings =
            Settings { origin: self.origin(value.span()), path: target.to_owned(), options: BTreeMap::new() };
        for (key, value) in table {
            let key = key.get_ref().as_ref();
            if key == "path" {
                settings.path = self.text(key, value)?;
                if let Err(error) = check_path(&settings.path) {
                    self.refuse(value.span(), format!("the target's path {error}"), None);
                }
                continue;
            }
            let read = match value.get_ref() {
                DeValue::Array(_) => self
                    .texts(key, value)
                    .map(|texts| Setting::List(texts.into_iter().map(|text| text.value).collect())),
                DeValue::String(text) => Some(Setting::Text(text.to_string())),
                _ => {
                    self.refuse_type(value, key, "a text or a list of texts");
                    None
                }
            };
            let origin = self.origin(value.span());
            settings.options.extend(read.map(|value| (key.to_owned(), Placed { value, origin })));
        }
        Some(settings)
    }

    /// Two packages of one name, or two targets in one folder, would take each other's files for their own.
    fn apart(&mut self, packages: &[Package]) {
        let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
        for package in packages {
            if !names.insert(package.name.to_ascii_lowercase()) {
                let message = format!("two packages are called `{}`", package.name);
                let help = "give one of them another `name`";
                self.problems.push(Diagnostic::error("project", package.origin.clone(), message).help(help));
            }
            for settings in package.targets.values() {
                if !paths.insert(settings.path.to_ascii_lowercase()) {
                    let message = format!("two targets are generated into `{}`", settings.path);
                    let help = "give one of them another `path`";
                    self.problems.push(Diagnostic::error("project", settings.origin.clone(), message).help(help));
                }
            }
        }
    }

    fn only(&mut self, table: &DeTable<'_>, known: &[&str], whose: &str) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let help = match did_you_mean(key.get_ref(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{whose} has {}", known.join(", ")),
            };
            self.refuse(key.span(), format!("{whose} has no key `{}`", key.get_ref()), Some(help));
        }
    }

    fn needed<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        key: &str,
        at: Range<usize>,
        such_as: &str,
    ) -> Option<&'t Value<'i>> {
        let value = table.get(key);
        if value.is_none() {
            self.refuse(at, format!("the key `{key}` is missing"), Some(format!("write {such_as}")));
        }
        value
    }

    fn is_name(&mut self, name: &str, at: Range<usize>, what: &str) -> bool {
        let good = check_path(name).is_ok() && !name.contains(['/', '.']);
        if !good {
            let help = "a name has letters, digits, `_` and `-`; a package takes that of the folder above its specs, or its `name`".to_owned();
            self.refuse(at, format!("{name:?} cannot name a {what}"), Some(help));
        }
        good
    }

    /// A path relative to the file. Absolute ones would make a project work on one machine alone.
    fn path(&mut self, key: &str, value: &Value<'_>) -> Option<PathBuf> {
        let path = self.text(key, value)?;
        if path.is_empty() || path.starts_with('/') || path.contains(['\\', ':']) || path.chars().any(char::is_control)
        {
            let help = "write a path relative to this file, with forward slashes".to_owned();
            self.refuse(value.span(), format!("`{key}` cannot be {path:?}"), Some(help));
            return None;
        }
        Some(Path::new(&**self.file).with_file_name(path))
    }

    fn table<'t, 'i>(&mut self, value: &'t Value<'i>, key: &str) -> Option<&'t DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.refuse_type(value, key, "a table");
        }
        table
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.refuse_type(value, key, "a text in quotes");
        }
        text
    }

    fn texts(&mut self, key: &str, value: &Value<'_>) -> Option<Vec<Placed<String>>> {
        let Some(array) = value.get_ref().as_array() else {
            self.refuse_type(value, key, "a list of texts");
            return None;
        };
        let mut seen = BTreeSet::new();
        let mut texts = Vec::new();
        for value in array.iter() {
            let Some(text) = self.text(key, value) else { continue };
            if !seen.insert(text.clone()) {
                self.refuse(value.span(), format!("`{key}` lists {text:?} twice"), None);
            }
            texts.push(Placed { value: text, origin: self.origin(value.span()) });
        }
        Some(texts)
    }

    fn refuse_type(&mut self, value: &Value<'_>, key: &str, expected: &str) {
        let found = value.get_ref().type_str();
        self.refuse(value.span(), format!("`{key}` is to be {expected}, not of type {found}"), None);
    }

    fn refuse(&mut self, at: Range<usize>, message: String, help: Option<String>) {
        let problem = Diagnostic::error("project", self.origin(at), message).maybe_help(help);
        self.problems.push(problem);
    }

    fn origin(&self, at: Range<usize>) -> Origin {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Origin::at(self.file, before.matches('\n').count() + 1, column)
    }
}

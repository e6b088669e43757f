//! What a project file says about a target, as the target's spelling understands it.

use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use crate::model::Language;
use crate::project::{Placed, Setting, Settings};
use crate::stage::lower::rust::{Crate, Layout, Modules};
use crate::target::{Accepted, Language as Spelled, Manifest, SettingRule, Spelling, Target};
use crate::view::code;
use std::collections::BTreeMap;

const FIRST_VERSION: &str = "0.1.0";
const CODES: [(&str, Language); 2] = [("en", Language::En), ("zh", Language::Zh)];

/// A setting that a target knows, for people who list targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is called in a project file and after `--set`.
    pub name: String,
    /// What it is for, in one line.
    pub help: String,
    /// What holds if nothing is said; `None`: it has to be.
    pub default: Option<String>,
}

impl Known {
    fn language() -> Known {
        Known::new("language", "the language of the texts: en or zh", Some("en"))
    }

    fn new(name: &str, help: &str, default: Option<&str>) -> Known {
        Known { name: name.to_owned(), help: help.to_owned(), default: default.map(str::to_owned) }
    }
}

/// What the project file says about one target of one package.
#[derive(Debug, Clone)]
pub enum Options {
    /// Rust.
    Rust(Layout),
    /// Pages.
    Markdown(Pages),
    /// Code of a language that is data.
    Code(Code),
}

/// A language that is data, and what a project file says about the package.
#[derive(Debug, Clone)]
pub struct Code {
    /// The language.
    pub language: Spelled,
    /// By setting.
    pub settings: code::Settings,
    /// The language of the documentation.
    pub docs: Language,
}

/// What a project file says about pages.
#[derive(Debug, Clone)]
pub struct Pages {
    /// The languages that they are in.
    pub languages: Vec<Language>,
    /// The crate that examples in Rust use; `None`: there are none.
    pub crate_name: Option<String>,
}

impl Options {
    /// What is asked of a target if nothing is said: Rust as modules, pages in every language.
    ///
    /// # Errors
    /// What is wrong with the target's tables, a sentence each.
    pub fn plain(manifest: &Manifest) -> Result<Options, Vec<String>> {
        Ok(match manifest.spelling {
            Spelling::Rust => Options::Rust(Layout::Modules(Modules::default())),
            Spelling::Markdown => {
                Options::Markdown(Pages { languages: CODES.map(|(_, language)| language).to_vec(), crate_name: None })
            }
            Spelling::Code => {
                let language = Spelled::of(manifest)?;
                let mut settings = code::Settings::new();
                for (name, rule) in &manifest.setting {
                    let value = rule.default.as_deref().unwrap_or("example");
                    if let Ok(accepted) = rule.kind.accept(value, &language.quoting) {
                        put(&mut settings, name, rule, accepted);
                    }
                }
                Options::Code(Code { language, settings, docs: Language::En })
            }
        })
    }

    /// The settings of a target.
    pub fn known(manifest: &Manifest) -> Vec<Known> {
        match manifest.spelling {
            Spelling::Rust => vec![
                Known::new("name", "the crate's name", None),
                Known::new("version", "the crate's version", Some(FIRST_VERSION)),
                Known::new("runtime", "the path to bindery-runtime, from the crate", Some("the published one")),
                Known::new("default-actions", "a list: what is on unless turned off", Some("none")),
                Known::language(),
            ],
            Spelling::Markdown => vec![
                Known::new("languages", "a list of en, zh", Some("both")),
                Known::new("crate", "the crate that examples in Rust use", Some("no examples")),
            ],
            Spelling::Code => {
                let rules = manifest.setting.iter();
                let own = rules.map(|(name, rule)| Known::new(name, &rule.help, rule.default.as_deref()));
                own.chain([Known::language()]).collect()
            }
        }
    }

    /// The settings of a standard's documents.
    pub fn known_to_standards() -> Vec<Known> {
        vec![Known::language()]
    }

    /// The language that the settings of a standard's documents ask for; English if they say nothing. `None`: an error
    /// was pushed.
    pub(super) fn language(settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Language> {
        let mut reader = Reader { settings, left: settings.options.clone(), known: Vec::new(), diagnostics };
        let language = reader.language();
        reader.finish();
        language
    }

    /// Reads the settings of a target. `None`: an error was pushed.
    pub fn read(target: &Target, settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Options> {
        let mut reader = Reader { settings, left: settings.options.clone(), known: Vec::new(), diagnostics };
        let options = match target.manifest.spelling {
            Spelling::Rust => reader.rust(),
            Spelling::Markdown => reader.markdown(),
            Spelling::Code => reader.code(target),
        };
        reader.finish();
        options
    }
}

/// A setting as templates see it: what is dotted comes as a folder, too.
fn put(settings: &mut code::Settings, name: &str, rule: &SettingRule, accepted: Accepted) {
    if let Some(folder) = accepted.folder(rule.kind) {
        settings.insert(format!("{name}_folder"), folder);
    }
    settings.insert(name.to_owned(), accepted);
}

struct Reader<'a> {
    settings: &'a Settings,
    left: BTreeMap<String, Placed<Setting>>,
    known: Vec<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn rust(&mut self) -> Option<Options> {
        let name = self.text("name");
        let version = self.text("version").unwrap_or_else(|| FIRST_VERSION.to_owned());
        let runtime = self.text("runtime");
        let default_actions = self.list("default-actions");
        let language = self.language().unwrap_or(Language::En);
        if name.is_none() && !self.diagnostics.has_errors() {
            let problem = Diagnostic::error("project", self.settings.origin.clone(), "the crate has no name");
            self.diagnostics.push(problem.help("add `name = \"…\"`; on a command line, `--set name=…`"));
        }
        Some(Options::Rust(Layout::Crate(Crate { name: name?, version, runtime, default_actions, language })))
    }

    fn markdown(&mut self) -> Option<Options> {
        let origin =
            self.settings.options.get("languages").map_or(&self.settings.origin, |placed| &placed.origin).clone();
        let names = self.list("languages");
        let mut languages: Vec<Language> = names.iter().filter_map(|name| self.named(name, &origin)).collect();
        if names.is_empty() {
            languages.extend(CODES.map(|(_, language)| language));
        }
        let crate_name = self.text("crate");
        Some(Options::Markdown(Pages { languages, crate_name }))
    }

    fn code(&mut self, target: &Target) -> Option<Options> {
        let language = match Spelled::of(&target.manifest) {
            Ok(language) => language,
            Err(faults) => {
                self.diagnostics.extend(faults.into_iter().map(|fault| faulty(target, fault)));
                return None;
            }
        };
        let docs = self.language().unwrap_or(Language::En);
        let mut settings = code::Settings::new();
        for (name, rule) in &target.manifest.setting {
            let origin = self.settings.options.get(name).map_or(&self.settings.origin, |placed| &placed.origin).clone();
            let Some(value) = self.text(name).or_else(|| rule.default.clone()) else {
                let problem = Diagnostic::error("project", origin, format!("`{name}` is missing: {}", rule.help));
                self.diagnostics
                    .push(problem.help(format!("add `{name} = \"…\"`; on a command line, `--set {name}=…`")));
                continue;
            };
            match rule.kind.accept(&value, &language.quoting) {
                Ok(accepted) => put(&mut settings, name, rule, accepted),
                Err(like) => {
                    let message = format!("`{name}` cannot be `{}`", value.escape_debug());
                    self.diagnostics.push(Diagnostic::error("project", origin, message).help(format!("it is {like}")));
                }
            }
        }
        (!self.diagnostics.has_errors()).then_some(Options::Code(Code { language, settings, docs }))
    }

    fn named(&mut self, name: &str, origin: &Origin) -> Option<Language> {
        let language = CODES.into_iter().find_map(|(code, language)| (code == name).then_some(language));
        if language.is_none() {
            let message = format!("there are no texts in `{}`", name.escape_debug());
            self.diagnostics.push(Diagnostic::error("project", origin.clone(), message).help("one of: en, zh"));
        }
        language
    }

    /// The language of texts; English if nothing is said.
    fn language(&mut self) -> Option<Language> {
        let origin =
            self.settings.options.get("language").map_or(&self.settings.origin, |placed| &placed.origin).clone();
        let name = self.text("language");
        name.map_or(Some(Language::En), |name| self.named(&name, &origin))
    }

    fn text(&mut self, key: &str) -> Option<String> {
        self.known.push(key.to_owned());
        let placed = self.left.remove(key)?;
        match placed.value {
            Setting::Text(text) => Some(text),
            Setting::List(_) => {
                let message = format!("`{key}` is one text");
                self.diagnostics.push(Diagnostic::error("project", placed.origin, message).help("write it in quotes"));
                None
            }
        }
    }

    fn list(&mut self, key: &str) -> Vec<String> {
        self.known.push(key.to_owned());
        let Some(placed) = self.left.remove(key) else { return Vec::new() };
        match placed.value {
            Setting::List(list) => list,
            Setting::Text(_) => {
                let message = format!("`{key}` is a list");
                self.diagnostics.push(Diagnostic::error("project", placed.origin, message).help("write `[\"…\"]`"));
                Vec::new()
            }
        }
    }

    /// Whatever nobody asked for is a slip of the pen.
    fn finish(self) {
        for (key, placed) in self.left {
            let help = match did_you_mean(&key, self.known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("this target knows: {}", self.known.join(", ")),
            };
            let message = format!("unknown setting `{key}`");
            self.diagnostics.push(Diagnostic::error("project", placed.origin, message).help(help));
        }
    }
}

/// What is wrong with a target's tables.
pub(super) fn faulty(target: &Target, fault: String) -> Diagnostic {
    let file: std::sync::Arc<str> = std::sync::Arc::from(format!("{}/target.toml", target.place));
    Diagnostic::error("target", Origin::file(&file), fault).help("templates/README.md says what a target's tables hold")
}

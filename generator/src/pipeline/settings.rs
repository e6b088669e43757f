//! What a project file says about a target, as the target's spelling understands it.

use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use crate::model::Language;
use crate::project::{Placed, Setting, Settings};
use crate::stage::lower::rust::{Crate, Layout, Modules};
use crate::target::Spelling;
use std::collections::BTreeMap;

const CODES: [(&str, Language); 2] = [("en", Language::En), ("zh", Language::Zh)];

/// What the project file says about one target of one package.
#[derive(Debug, Clone)]
pub enum Options {
    /// Rust.
    Rust(Layout),
    /// Pages.
    Markdown(Pages),
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
    pub fn plain(spelling: Spelling) -> Options {
        match spelling {
            Spelling::Rust => Options::Rust(Layout::Modules(Modules::default())),
            Spelling::Markdown => {
                Options::Markdown(Pages { languages: CODES.map(|(_, language)| language).to_vec(), crate_name: None })
            }
        }
    }

    /// The language that the settings of a standard's documents ask for; English if they say nothing. `None`: an error
    /// was pushed.
    pub(super) fn language(settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Language> {
        let mut reader = Reader { settings, left: settings.options.clone(), known: Vec::new(), diagnostics };
        let name = reader.text("language");
        let origin = settings.options.get("language").map_or(&settings.origin, |placed| &placed.origin).clone();
        let language = name.map_or(Some(Language::En), |name| reader.named(&name, &origin));
        reader.finish();
        language
    }

    /// Reads the settings of a target. `None`: an error was pushed.
    pub fn read(spelling: Spelling, settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Options> {
        let mut reader = Reader { settings, left: settings.options.clone(), known: Vec::new(), diagnostics };
        let options = match spelling {
            Spelling::Rust => reader.rust(),
            Spelling::Markdown => reader.markdown(),
        };
        reader.finish();
        options
    }
}

struct Reader<'a> {
    settings: &'a Settings,
    left: BTreeMap<String, Placed<Setting>>,
    known: Vec<&'static str>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn rust(&mut self) -> Option<Options> {
        let name = self.text("name");
        let version = self.text("version").unwrap_or_else(|| "0.1.0".to_owned());
        let runtime = self.text("runtime");
        let default_actions = self.list("default-actions");
        if name.is_none() && !self.diagnostics.has_errors() {
            let problem = Diagnostic::error("project", self.settings.origin.clone(), "the crate has no name");
            self.diagnostics.push(problem.help("add `name = \"…\"`; on a command line, `--set name=…`"));
        }
        Some(Options::Rust(Layout::Crate(Crate { name: name?, version, runtime, default_actions })))
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

    fn named(&mut self, name: &str, origin: &Origin) -> Option<Language> {
        let language = CODES.into_iter().find_map(|(code, language)| (code == name).then_some(language));
        if language.is_none() {
            let message = format!("there are no texts in `{}`", name.escape_debug());
            self.diagnostics.push(Diagnostic::error("project", origin.clone(), message).help("one of: en, zh"));
        }
        language
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        self.known.push(key);
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

    fn list(&mut self, key: &'static str) -> Vec<String> {
        self.known.push(key);
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
            let help = match did_you_mean(&key, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("this target knows: {}", self.known.join(", ")),
            };
            let message = format!("unknown setting `{key}`");
            self.diagnostics.push(Diagnostic::error("project", placed.origin, message).help(help));
        }
    }
}

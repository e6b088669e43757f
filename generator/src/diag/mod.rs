//! Problems, and the places that they point at.
//!
//! A stage pushes what it finds and goes on; the pipeline stops between stages. A diagnostic holds a place, never a
//! rendered line: the line and column are looked up when it is printed ([`Sources::locate`]).

mod locate;
#[cfg(feature = "cli")]
mod render;
mod similar;

pub use locate::{LineColumn, Sources};
#[cfg(feature = "cli")]
pub(crate) use render::visible;
#[cfg(feature = "cli")]
pub use render::{human, json, sarif};
pub use similar::did_you_mean;

use std::fmt;
use std::sync::Arc;

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is produced.
    Error,
    /// Something is produced, but a person should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    Whole,
    /// A value in a JSON file, by JSON pointer.
    Value(String),
    /// A key in a JSON file: the JSON pointer of its value.
    Key(String),
    /// A place in any text, both from 1; columns count characters.
    At(LineColumn),
}

/// A step below a JSON pointer.
pub fn below(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// A file and a place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file as it is shown to people: relative to where the command runs if it lies below, with forward slashes.
    pub file: Arc<str>,
    /// Where in it.
    pub place: Place,
}

impl Origin {
    /// The file as a whole.
    pub fn file(file: &Arc<str>) -> Origin {
        Origin { file: Arc::clone(file), place: Place::Whole }
    }

    /// The value at a JSON pointer.
    pub fn value(file: &Arc<str>, pointer: impl Into<String>) -> Origin {
        Origin { file: Arc::clone(file), place: Place::Value(pointer.into()) }
    }

    /// The key whose value is at a JSON pointer.
    pub fn key(file: &Arc<str>, pointer: impl Into<String>) -> Origin {
        Origin { file: Arc::clone(file), place: Place::Key(pointer.into()) }
    }

    /// A line and column, from 1.
    pub fn at(file: &Arc<str>, line: usize, column: usize) -> Origin {
        Origin { file: Arc::clone(file), place: Place::At(LineColumn { line, column }) }
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code in kebab case, documented in the README of the command that reports it.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// Where it is; absent for what has no file (a bad setting, a lock that is held).
    pub origin: Option<Origin>,
    /// What is wrong, with the name of what it is wrong about.
    pub message: String,
    /// What would be right, or what to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, origin: Origin, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, level: Level::Error, origin: Some(origin), message: message.into(), help: None }
    }

    /// A warning.
    pub fn warning(code: &'static str, origin: Origin, message: impl Into<String>) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..Diagnostic::error(code, origin, message) }
    }

    /// An error that no file is to blame for.
    pub fn placeless(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, level: Level::Error, origin: None, message: message.into(), help: None }
    }

    /// Says what would be right, or what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Says what to do, if there is something to say.
    pub fn maybe_help(mut self, help: Option<String>) -> Diagnostic {
        self.help = help;
        self
    }
}

/// One line: `file: code: message`. For the place and the source line, see [`human`].
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{}", origin.file)?;
            match &origin.place {
                Place::Whole => {}
                Place::Value(pointer) | Place::Key(pointer) => write!(f, "#{pointer}")?,
                Place::At(at) => write!(f, ":{}:{}", at.line, at.column)?,
            }
            f.write_str(": ")?;
        }
        write!(f, "{}[{}]: {}", self.level.as_str(), self.code, self.message)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}

/// The problems found so far, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds many.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.items.extend(others);
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.level == Level::Error)
    }

    /// How many there are at a level.
    pub fn count(&self, level: Level) -> usize {
        self.items.iter().filter(|item| item.level == level).count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// In order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

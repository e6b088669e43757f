//! A language as data: what a folder of templates says about itself, and the templates.
//!
//! A target is `templates/<name>/`: `target.toml` (tables, no conditions), `*.hbs` (shapes), `part/*.hbs` (partials).
//! The targets that come with Bindery are embedded; `--templates DIR` reads a user's folder instead. Nothing here knows
//! what a language means.

mod load;
mod scope;

pub use load::{builtin, builtin_names, is_in, load};
pub use scope::Scope;

use serde::Deserialize;
use std::collections::BTreeMap;

/// A target: its tables and its templates.
#[derive(Debug, Clone)]
pub struct Target {
    /// The folder's name; the target is spoken of by it.
    pub name: String,
    /// Where its files are, as people see it: diagnostics about one of them begin with this.
    pub place: String,
    /// What `target.toml` says.
    pub manifest: Manifest,
    /// Templates by path below the folder, `part/…` included.
    pub templates: BTreeMap<String, String>,
}

/// What `target.toml` says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One line for people who list targets.
    pub summary: String,
    /// How the model is spelled for it.
    pub spelling: Spelling,
    /// What is poured into which file.
    pub file: Vec<FileRule>,
    /// The first line of every file, by extension; `{product}` and `{version}` stand for the API.
    #[serde(default)]
    pub banner: BTreeMap<String, String>,
    /// Words that no name may be, by what they would clash with.
    #[serde(default)]
    pub reserved: BTreeMap<String, Reserved>,
}

/// How the model is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// As Rust.
    Rust,
    /// As Markdown pages for people.
    Markdown,
}

/// What is poured into which file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// The kind of unit that gets a file each: `package`, `action`, …
    pub each: String,
    /// The file's path below the target's folder: a template over the unit.
    pub path: String,
    /// The template's path below the target's folder.
    pub template: String,
}

/// Words that no name may be.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    /// The document that lists them.
    pub source: String,
    /// The version of the language that the list is for.
    pub version: String,
    /// The words.
    pub words: Vec<String>,
}

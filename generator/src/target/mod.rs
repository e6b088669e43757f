//! A language as data: what a folder of templates says about itself, and the templates.
//!
//! A target is `templates/<name>/`: `target.toml` (tables, no conditions), `*.hbs` (shapes), `part/*.hbs` (partials).
//! The targets that come with Bindery are embedded; `--templates DIR` reads a user's folder instead. Nothing here knows
//! what a language means.

mod case;
mod comment;
mod language;
mod literal;
mod load;
mod name;
mod scope;
mod setting;
mod types;

pub use case::{Case, Cases};
pub use comment::{Comments, Docs, Line};
pub use language::{Language, NameRules, Part, TypeScope};
pub use literal::{Quotes, Quoting, Text};
pub use load::{builtin, builtin_names, builtin_texts, is_in, load, names_in};
pub use name::Name;
pub use scope::Scope;
pub use setting::{Accepted, SettingKind, SettingRule};
pub use types::{Facets, Type, Types};

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
    /// Folders of the target that are copied as they are.
    #[serde(default)]
    pub copy: Vec<CopyRule>,
    /// What a project may say of the package, for [`Spelling::Code`].
    #[serde(default)]
    pub setting: BTreeMap<String, SettingRule>,
    /// How names are spelled, for [`Spelling::Code`].
    pub case: Option<Cases>,
    /// What names are made like beside their case, for [`Spelling::Code`].
    pub names: Option<NameRules>,
    /// How texts are written, for [`Spelling::Code`].
    pub literal: Option<Quoting>,
    /// How documentation is written, for [`Spelling::Code`].
    pub comment: Option<CommentRule>,
    /// What types are called, for [`Spelling::Code`]: facets by kind.
    #[serde(default, rename = "type")]
    pub types: BTreeMap<String, BTreeMap<String, String>>,
    /// The most blank lines that stay in a row; 1 unless it says more.
    pub blank_lines: Option<usize>,
    /// The commands that verify what was made, run in the package's folder. Whoever generates runs none of them.
    #[serde(default)]
    pub verify: Vec<String>,
}

/// How documentation is written.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentRule {
    /// The kind of comment.
    pub writer: Comments,
}

/// A folder of the target that is copied as it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRule {
    /// The folder, below the target's.
    pub from: String,
    /// Where its files go: a template over the package.
    pub to: String,
}

/// How the model is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// As Rust.
    Rust,
    /// As Markdown pages for people.
    Markdown,
    /// As code of a language that the target's tables describe.
    Code,
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

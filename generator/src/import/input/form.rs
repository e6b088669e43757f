//! Which form a document has, by its name and by a look at its text: enough to tell a person which import fits.

use super::STDIN;
use crate::diag::{Diagnostic, Origin};
use crate::import::Kind;

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// What an import of this kind reads.
    Of(Kind),
    /// A pointer that a version control system left in the place of a large file.
    Pointer,
    /// A specs file, or something else.
    Other,
}

/// How the names of documents of a kind end.
pub(super) fn extension(kind: Kind) -> &'static str {
    match kind {
        Kind::Markdown => "md",
        Kind::OpenapiMeta | Kind::CliMeta => "json",
    }
}

/// The subcommand that reads a kind.
pub(super) fn subcommand(kind: Kind) -> &'static str {
    match kind {
        Kind::Markdown => "markdown",
        Kind::OpenapiMeta => "openapi-meta",
        Kind::CliMeta => "cli-meta",
    }
}

/// The subcommand of another kind whose documents' names end like these.
pub(super) fn fitting<'a>(mut ends: impl Iterator<Item = &'a str>, kind: Kind) -> Option<&'static str> {
    let other = if kind == Kind::Markdown { Kind::OpenapiMeta } else { Kind::Markdown };
    ends.any(|end| end == extension(other)).then_some(match other {
        Kind::Markdown => "markdown",
        Kind::OpenapiMeta | Kind::CliMeta => "openapi-meta` or `bindery import cli-meta",
    })
}

/// The form of a document.
pub(super) fn of(name: &str, text: &str) -> Form {
    let last = name.rsplit(['/', '!']).next().unwrap_or(name);
    let end = last.rsplit_once('.').map_or("", |(_, end)| end).to_lowercase();
    if text.starts_with("version https://git-lfs.") {
        return Form::Pointer;
    }
    let json = text.trim_start().starts_with(['{', '[']);
    let has = |key: &str| text.contains(&format!("\"{key}\""));
    match end.as_str() {
        "md" | "markdown" => Form::Of(Kind::Markdown),
        _ if !json && end != "json" => {
            if text.trim_start().starts_with('#') {
                Form::Of(Kind::Markdown)
            } else {
                Form::Other
            }
        }
        _ if last == "version.json" || last == "products.json" => Form::Of(Kind::CliMeta),
        _ if last == "api-docs.json" || has("info") && has("apis") => Form::Of(Kind::OpenapiMeta),
        _ if has("pathPattern") || has("parameters") && has("protocol") => Form::Of(Kind::CliMeta),
        _ => Form::Other,
    }
}

/// What is wrong with a document of this form where another is asked for. Documents that nobody named are no mistake,
/// whatever their form is, but a pointer is a document that is missing.
pub(super) fn problem(kind: Kind, form: Form, file: &str, named: bool) -> Option<Diagnostic> {
    let origin = || Origin::file(&file.into());
    match form {
        Form::Pointer => {
            let message = "the file is a pointer of Git LFS, not the document itself";
            Some(Diagnostic::error("lfs-pointer", origin(), message).help("run `git lfs pull` where it comes from"))
        }
        Form::Of(other) if other != kind && named => {
            let message = format!("the file is no document of this kind: it looks like {}", described(other));
            let named = if file == STDIN { "-" } else { file };
            let help = format!("bindery import {} {named} …", subcommand(other));
            Some(Diagnostic::error("other-kind", origin(), message).help(help))
        }
        _ => None,
    }
}

fn described(kind: Kind) -> &'static str {
    match kind {
        Kind::Markdown => "a Markdown page",
        Kind::OpenapiMeta => "a product's metadata (api-docs.json)",
        Kind::CliMeta => "metadata of a command line",
    }
}

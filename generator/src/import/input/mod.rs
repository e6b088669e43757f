//! What a person names on the command line, as documents: files, folders, globs, archives and stdin.
//!
//! What is named is hostile until proved otherwise: every size and count has a limit, links are not followed, and nothing
//! of an archive ever becomes a path. Only documents of the form that was asked for are taken out of folders and archives;
//! whatever else lies there is counted. Nothing here knows what a document says.

mod archive;
mod files;
mod form;
mod limits;

use super::{Input, Kind};
use crate::diag::{Diagnostic, Diagnostics, Origin};
use indexmap::IndexMap;
use limits::Budget;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// The documents that a person named, and what lay beside them.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// In the order in which they were named; what one folder or archive holds, by path.
    pub documents: Vec<Input>,
    /// What was left out of folders and archives.
    pub left_out: LeftOut,
}

/// What was left out of folders and archives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// Files that are no documents of the form asked for, by the end of their name.
    pub files: BTreeMap<String, usize>,
    /// Symbolic links and devices.
    pub links: usize,
}

/// Reads what is named: `-`, paths and globs. `told` hears now and then how many documents there are.
pub fn gather(named: &[String], kind: Kind, told: &mut dyn FnMut(usize), diagnostics: &mut Diagnostics) -> Gathered {
    let mut gatherer = Gatherer {
        kind,
        told,
        diagnostics,
        found: IndexMap::new(),
        left_out: LeftOut::default(),
        budget: Budget::default(),
        others: BTreeSet::new(),
    };
    for name in named {
        let before = (gatherer.found.len(), gatherer.diagnostics.count(crate::diag::Level::Error));
        gatherer.named(name);
        let errors = gatherer.diagnostics.count(crate::diag::Level::Error);
        if (gatherer.found.len(), errors) == before {
            gatherer.nothing_in(name);
        }
    }
    let Gatherer { found, left_out, .. } = gatherer;
    Gathered { documents: found.into_iter().map(|(file, text)| Input { file, text }).collect(), left_out }
}

/// What the document or the archive on stdin is called.
const STDIN: &str = "stdin";

/// Gathers documents, and every problem on the way.
struct Gatherer<'a> {
    kind: Kind,
    told: &'a mut dyn FnMut(usize),
    diagnostics: &'a mut Diagnostics,
    found: IndexMap<Arc<str>, Arc<str>>,
    left_out: LeftOut,
    budget: Budget,
    /// The subcommands that read what was left out.
    others: BTreeSet<&'static str>,
}

impl Gatherer<'_> {
    fn named(&mut self, name: &str) {
        let path = Path::new(name);
        if name == "-" {
            return self.stdin();
        }
        match std::fs::metadata(path) {
            Ok(about) if about.is_dir() => self.folder(path),
            Ok(_) => self.file(path),
            Err(_) if files::is_glob(name) => self.glob(name),
            Err(error) => {
                let near = files::near(path);
                let help = near.map_or_else(
                    || "give a file, a folder, a glob, an archive (.tar.gz, .zip), or - for stdin".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.problem("file", name, error, &help);
            }
        }
    }

    fn stdin(&mut self) {
        let mut bytes = vec![];
        let limit = self.budget.of_an_archive();
        match io::stdin().lock().take(limit + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > limit => self.too_large(STDIN, limit),
            Ok(_) => match archive::form(&bytes) {
                Some(form) => self.archive(STDIN, form, io::Cursor::new(bytes)),
                None => self.document(STDIN.to_owned(), bytes, true),
            },
            Err(error) => self.problem("file", STDIN, error, "pipe a document or an archive into it"),
        }
    }

    /// Takes a document. One that a person named is taken whatever it is called; one that only lies there must have the
    /// form that was asked for.
    fn document(&mut self, name: String, bytes: Vec<u8>, named: bool) {
        let file = shown(&name);
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
                let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
                let message = "the document is not UTF-8: the first wrong byte is on this line";
                let problem = Diagnostic::error("not-utf-8", Origin::at(&file.as_str().into(), line, 1), message);
                return self.diagnostics.push(problem.help("save it as UTF-8"));
            }
        };
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let form = form::of(&name, &text);
        if let Some(problem) = form::problem(self.kind, form, &file, named) {
            return self.diagnostics.push(problem);
        }
        if !named && form != form::Form::Of(self.kind) {
            if let form::Form::Of(other) = form {
                self.others.insert(form::subcommand(other));
            }
            return self.leave_out(&name);
        }
        // The same file by two names of a person's is one document.
        self.found.entry(file.into()).or_insert_with(|| text.into());
        (self.told)(self.found.len());
    }

    fn leave_out(&mut self, name: &str) {
        let last = name.rsplit('/').next().unwrap_or(name);
        let end = last.rsplit_once('.').map_or("", |(_, end)| end);
        *self.left_out.files.entry(shown(end)).or_default() += 1;
    }

    fn nothing_in(&mut self, name: &str) {
        let end = form::extension(self.kind);
        let other = self.others.first().copied();
        let elsewhere = other.or_else(|| form::fitting(self.left_out.files.keys().map(String::as_str), self.kind));
        let help = elsewhere.map_or_else(
            || format!("documents of this kind end in .{end}"),
            |other| {
                format!("documents of this kind end in .{end}; perhaps `bindery import {other}` fits what lies there")
            },
        );
        let problem =
            Diagnostic::placeless("no-documents", format!("{}: there is no document of this kind", shown(name)));
        self.diagnostics.push(problem.help(help));
    }

    fn too_large(&mut self, name: &str, limit: u64) {
        let message = format!("{}: larger than {} MiB, which is the limit", shown(name), limit >> 20);
        self.diagnostics.push(Diagnostic::placeless("too-large", message).help("import it in parts"));
    }

    fn problem(&mut self, code: &'static str, name: &str, error: impl std::fmt::Display, help: &str) {
        self.diagnostics.push(Diagnostic::placeless(code, format!("{}: {error}", shown(name))).help(help));
    }
}

/// A path as people are shown it: forward slashes, and nothing that moves a terminal's cursor.
fn shown(name: &str) -> String {
    name.replace('\\', "/")
        .chars()
        .flat_map(|c| {
            let hidden = c.is_control();
            let escaped = hidden.then(|| c.escape_default()).into_iter().flatten();
            escaped.chain((!hidden).then_some(c))
        })
        .collect()
}

#[cfg(test)]
mod tests;

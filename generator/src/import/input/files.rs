//! Files, folders and globs. Links inside folders are not followed: they lead out of what a person named.

use super::{Gatherer, archive, limits, shown};
use crate::diag::{Diagnostic, did_you_mean};
use globset::GlobBuilder;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// Whether a name that is no file's is meant as a pattern.
pub(super) fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

/// A file beside a missing one with almost its name.
pub(super) fn near(missing: &Path) -> Option<String> {
    let folder = missing.parent().filter(|folder| !folder.as_os_str().is_empty());
    let names = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names: Vec<String> = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    let near = did_you_mean(missing.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(shown(&missing.with_file_name(near).to_string_lossy()))
}

impl Gatherer<'_> {
    /// A file that a person named.
    pub(super) fn file(&mut self, path: &Path) {
        let name = path.to_string_lossy().into_owned();
        let mut head = [0; archive::HEAD];
        let opened = File::open(path).and_then(|mut file| {
            let read = file.read(&mut head)?;
            Ok((read, BufReader::new(File::open(path)?)))
        });
        match opened {
            Ok((read, file)) => match archive::form(head.get(..read).unwrap_or_default()) {
                Some(form) => self.archive(&name, form, file),
                None if archive::is_named(&name) => {
                    let help = "fetch it again: perhaps a page that tells of an error was saved in its place";
                    self.problem("archive", &name, "it is named like an archive and is none", help);
                }
                None => self.read(&name, file, true),
            },
            Err(error) => self.problem("file", &name, error, "see that it is a file that you may read"),
        }
    }

    /// Reads one document, as far as the limits go.
    pub(super) fn read(&mut self, name: &str, file: impl Read, named: bool) {
        let mut bytes = vec![];
        match file.take(limits::DOCUMENT + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > limits::DOCUMENT => self.too_large(name, limits::DOCUMENT),
            Ok(_) if !self.budget.take(bytes.len() as u64) => self.spent(name),
            Ok(_) => self.document(name.to_owned(), bytes, named),
            Err(error) => self.problem("file", name, error, "see that the file is whole and that you may read it"),
        }
    }

    /// The limits of the whole import are reached: said once, and nothing more is read.
    pub(super) fn spent(&mut self, name: &str) {
        if !self.diagnostics.iter().any(|problem| problem.code == "too-many") {
            let message = format!("{}: this is where the limits of an import are reached", shown(name));
            self.diagnostics.push(Diagnostic::placeless("too-many", message).help(limits::in_words()));
        }
    }

    /// Every document in a folder and in the folders in it.
    pub(super) fn folder(&mut self, folder: &Path) {
        self.walk(folder, &|_| true);
    }

    /// Every document whose path fits.
    pub(super) fn glob(&mut self, pattern: &str) {
        let pattern = pattern.replace('\\', "/");
        let written = pattern.strip_prefix("./").unwrap_or(&pattern);
        let glob = match GlobBuilder::new(written).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(error) => return self.problem("glob", &pattern, error.kind(), "put the glob right"),
        };
        // The folder above the first part that is a pattern.
        let fixed = Path::new(written).components().take_while(|part| !is_glob(&part.as_os_str().to_string_lossy()));
        let fixed: PathBuf = fixed.collect();
        if !fixed.as_os_str().is_empty() && !fixed.exists() {
            let message = format!("no folder `{}`, in which to look", shown(&fixed.to_string_lossy()));
            return self.problem("glob", &pattern, message, "put the glob right");
        }
        let root = if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed };
        self.walk(root, &|path| glob.is_match(path.strip_prefix(".").unwrap_or(path)));
    }

    fn walk(&mut self, root: &Path, fits: &dyn Fn(&Path) -> bool) {
        // The order of names, not of the disk: two machines import the same.
        for entry in WalkDir::new(root).max_depth(limits::DEPTH).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let name = error.path().unwrap_or(root).to_string_lossy().into_owned();
                    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    self.problem("file", &name, why, "see that it is there and that you may read it");
                    continue;
                }
            };
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if entry.file_type().is_dir() {
                if entry.depth() == limits::DEPTH {
                    self.spent(&name);
                }
                continue;
            }
            if !fits(path) {
                continue;
            }
            if !entry.file_type().is_file() {
                self.left_out.links += 1;
                continue;
            }
            let below = path.strip_prefix(root).unwrap_or(path);
            if !self.may_be_a_document(&below.to_string_lossy()) {
                self.leave_out(&name);
                continue;
            }
            match File::open(path) {
                Ok(file) => self.read(&name, file, false),
                Err(error) => self.problem("file", &name, error, "see that you may read it"),
            }
        }
    }

    /// By its path below what was named alone: nothing else is opened.
    pub(super) fn may_be_a_document(&self, name: &str) -> bool {
        let end = super::form::extension(self.kind);
        let path = Path::new(name);
        let hidden = path
            .components()
            .any(|part| matches!(part, Component::Normal(part) if part.to_string_lossy().starts_with('.')));
        !hidden && path.extension().is_some_and(|found| found.eq_ignore_ascii_case(end))
    }
}

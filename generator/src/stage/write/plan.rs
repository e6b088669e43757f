//! What is to be done to a folder so that it holds the trees. It reads the disk and changes nothing.

use super::manifest::{Hashes, MANIFEST, Manifest, hash, with_lf};
use super::{Doing, Failure, OrPush, Outcome, Scope, origin};
use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What the output folder is to hold, as far as the generator owns it.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// Every owned file.
    pub(super) files: BTreeMap<String, Source<'a>>,
    /// The text of the manifest.
    pub(super) manifest: String,
    /// Whether the manifest on the disk says something else.
    pub(super) manifest_changed: bool,
    /// What differs from the disk, by path.
    pub(super) changes: Vec<Change<'a>>,
    /// How many files of the trees are on the disk already.
    pub(super) unchanged: usize,
}

/// Where the content of a file comes from.
#[derive(Debug, Clone)]
pub(super) enum Source<'a> {
    /// From the file that is there.
    Kept,
    /// From the tree, with LF.
    New(Cow<'a, str>),
}

/// A file that differs from the disk.
#[derive(Debug)]
pub(super) struct Change<'a> {
    pub(super) path: String,
    pub(super) kind: Kind,
    /// As it is on the disk.
    pub(super) old: Vec<u8>,
    /// As it is to be.
    pub(super) new: Cow<'a, str>,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is not there yet.
    Created,
    /// It has other content.
    Changed,
    /// It is there no more.
    Removed,
}

impl Plan<'_> {
    /// Whether there is nothing to do.
    pub(super) fn is_up_to_date(&self) -> bool {
        self.changes.is_empty() && !self.manifest_changed
    }
}

/// Compares; pushes an error for every file that a person edited or put in the way, unless forced.
pub(super) fn plan<'a>(
    out: &Path,
    trees: &'a BTreeMap<String, Tree>,
    scope: Scope,
    force: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let before = Manifest::read(out).or_push(diagnostics)?;
    let kept = before.targets.iter().filter(|(target, _)| scope == Scope::GivenTargets && !trees.contains_key(*target));
    let mut after = Manifest { targets: kept.map(|(target, hashes)| (target.clone(), hashes.clone())).collect() };
    let stays: Vec<String> = after.owned().into_keys().map(str::to_owned).collect();
    let mut comparison =
        Comparison { out, force, owned: before.owned(), changes: Vec::new(), problems: Diagnostics::new() };
    let mut files = BTreeMap::new();
    for path in stays {
        // Whatever it holds now, it is not this run's to change.
        if comparison.on_disk(&path).is_some_and(|bytes| bytes.is_some()) {
            files.insert(path, Source::Kept);
        }
    }
    for (target, tree) in trees {
        let mut hashes = Hashes::new();
        for (path, content) in tree.iter() {
            let crlf = content.contains("\r\n");
            let content = if crlf { Cow::Owned(content.replace("\r\n", "\n")) } else { Cow::Borrowed(content) };
            hashes.insert(path.to_owned(), hash(content.as_bytes()));
            files.insert(path.to_owned(), comparison.new_file(path, content));
        }
        after.targets.insert(target.clone(), hashes);
    }
    refuse_twins(out, &after, &mut comparison.problems);
    for (path, hash) in before.owned() {
        if !after.targets.values().any(|hashes| hashes.contains_key(path)) {
            comparison.old_file(path, hash);
        }
    }
    let Comparison { mut changes, problems, .. } = comparison;
    let refused = problems.has_errors();
    diagnostics.extend(problems);
    if refused {
        return None;
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = after.text().or_push(diagnostics)?;
    let on_disk = fs::read(out.join(MANIFEST)).unwrap_or_default();
    let generated: usize = trees.values().map(Tree::len).sum();
    let written = changes.iter().filter(|change| change.kind != Kind::Removed).count();
    Some(Plan {
        files,
        manifest_changed: *with_lf(&on_disk) != *manifest.as_bytes(),
        manifest,
        unchanged: generated - written,
        changes,
    })
}

/// Two targets may not write one file, nor two that are one where case does not count, nor the generator's own.
fn refuse_twins(out: &Path, manifest: &Manifest, problems: &mut Diagnostics) {
    let mut all = Tree::new();
    let own = [MANIFEST, super::exchange::MARKER].map(str::to_owned);
    for path in own.iter().chain(manifest.targets.values().flat_map(BTreeMap::keys)) {
        if let Err(error) = all.insert(path, String::new()) {
            problems.push(
                Diagnostic::error("output-clash", origin(&out.join(path)), error.to_string())
                    .help("give each target a `path` of its own in bindery.toml"),
            );
        }
    }
}

struct Comparison<'a, 'm> {
    out: &'m Path,
    force: bool,
    owned: BTreeMap<&'m str, &'m str>,
    changes: Vec<Change<'a>>,
    problems: Diagnostics,
}

impl<'a> Comparison<'a, '_> {
    fn new_file(&mut self, path: &str, new: Cow<'a, str>) -> Source<'a> {
        let Some(old) = self.on_disk(path) else { return Source::Kept };
        let kind = if old.is_some() { Kind::Changed } else { Kind::Created };
        if let Some(old) = &old {
            if old == new.as_bytes() {
                return Source::Kept;
            }
            let unedited = match self.owned.get(path) {
                Some(hash) => is_unedited(old, hash),
                None => *with_lf(old) == *new.as_bytes(),
            };
            if !unedited && !self.force {
                self.refuse(path);
            }
        }
        self.changes.push(Change { path: path.to_owned(), kind, old: old.unwrap_or_default(), new: new.clone() });
        Source::New(new)
    }

    fn old_file(&mut self, path: &str, hash: &str) {
        let Some(Some(old)) = self.on_disk(path) else { return };
        if !is_unedited(&old, hash) && !self.force {
            self.refuse(path);
        }
        self.changes.push(Change { path: path.to_owned(), kind: Kind::Removed, old, new: Cow::Borrowed("") });
    }

    /// The bytes of a file, `Some(None)` if it is not there, `None` if its place cannot be used: that was reported.
    fn on_disk(&mut self, path: &str) -> Option<Option<Vec<u8>>> {
        match look(self.out, path) {
            Ok(Found::Nothing) => Some(None),
            Ok(Found::File(bytes)) => Some(Some(bytes)),
            Ok(Found::FileOnTheWay(file)) => {
                if !self.owned.contains_key(file.as_str()) && !self.force {
                    self.refuse(&file);
                }
                Some(None)
            }
            Ok(Found::Other) => {
                let origin = origin(&self.out.join(path));
                let message = "something that is no file is where a generated file is to be";
                let help = "move it out of the output folder, then generate again";
                self.problems.push(Diagnostic::error("output-unowned", origin, message).help(help));
                None
            }
            Err(failure) => {
                self.problems.push(failure.into());
                None
            }
        }
    }

    fn refuse(&mut self, path: &str) {
        let file = origin(&self.out.join(path));
        let (code, message, help) = if self.owned.contains_key(path) {
            (
                "output-edited",
                "this generated file was edited by hand, and the edit would be lost",
                "see it with `git diff`, move it to the spec, an overlay or a template, then run with `--force`",
            )
        } else {
            (
                "output-unowned",
                "this file is in the way of a generated one, and the generator did not write it",
                "move it out of the output folder, or let it be replaced with `--force`",
            )
        };
        self.problems.push(Diagnostic::error(code, file, message).help(help));
    }
}

fn is_unedited(bytes: &[u8], recorded: &str) -> bool {
    hash(bytes) == recorded || hash(&with_lf(bytes)) == recorded
}

/// Whether a file is there and holds exactly what was recorded of it.
pub(super) fn holds(out: &Path, path: &str, recorded: &str) -> bool {
    matches!(look(out, path), Ok(Found::File(bytes)) if hash(&bytes) == recorded)
}

enum Found {
    Nothing,
    File(Vec<u8>),
    /// A file where a folder is to be.
    FileOnTheWay(String),
    Other,
}

/// Looks without following a link, on any step of the way.
fn look(out: &Path, path: &str) -> Outcome<Found> {
    let steps = path.match_indices('/').map(|(end, _)| &path[..end]);
    for step in steps.chain([path]) {
        let place: PathBuf = out.join(step);
        let metadata = match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
            other => other.doing("look at the file", &place)?,
        };
        let last = step.len() == path.len();
        if metadata.is_symlink() {
            return Err(Failure::Symlink(place));
        } else if metadata.is_file() && last {
            return fs::read(&place).map(Found::File).doing("read the file", &place);
        } else if metadata.is_file() {
            return Ok(Found::FileOnTheWay(step.to_owned()));
        } else if last || !metadata.is_dir() {
            return Ok(Found::Other);
        }
    }
    Ok(Found::Nothing)
}

//! A spec folder as a revision of a git repository has it.
//!
//! The program `git` is asked, not a library: whoever has a repository has it, and it alone knows every form of
//! repository (worktrees, partial clones, other hashes, alternates). It is asked for objects only; nothing is checked
//! out, no hook, filter or pager of the repository is run, and a revision can never be read as an option.

use crate::diag::{Diagnostic, did_you_mean};
use crate::pipeline::{self, Loaded};
use crate::spec::Texts;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Seek, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// A file may be this long: what the reader of folders allows.
const MAX_BYTES: usize = 4 << 20;

/// Loads every product's version that lies in a folder at a revision.
pub(super) fn load(specs: &Path, revision: &str) -> Result<Vec<Loaded>, Diagnostic> {
    let repository = Repository { folder: specs };
    let commit = repository.commit(revision)?;
    let prefix = repository.ask(&["rev-parse", "--show-prefix"])?.trim_end_matches(['\n', '/']).to_owned();
    let files = repository.files(&commit, &prefix)?;
    let texts = repository.texts(&files)?;
    let folders = by_folder(texts, &prefix, revision);
    if folders.is_empty() {
        let message = format!("there is no product.json or upstream.json in `{prefix}` at `{revision}`");
        return Err(Diagnostic::placeless("git", message).help("name a revision that has the folder of the specs"));
    }
    Ok(folders.par_iter().map(pipeline::load_texts).collect())
}

struct Repository<'a> {
    folder: &'a Path,
}

/// A file of a revision: its object and its path.
type Entry = (String, String);

impl Repository<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(["--no-pager", "--literal-pathspecs"]);
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, Diagnostic> {
        let output = self.command().args(arguments).stdin(Stdio::null()).output().map_err(|error| absent(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said: String = said.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Err(Diagnostic::placeless("git", format!("git says: {said}")).help("name a folder inside a git repository"))
    }

    fn commit(&self, revision: &str) -> Result<String, Diagnostic> {
        let name = format!("{revision}^{{commit}}");
        match self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name]) {
            Ok(commit) => Ok(commit.trim().to_owned()),
            Err(problem) if problem.message.trim_end() != "git says:" => Err(problem),
            Err(_) => {
                let message = format!("there is no revision `{}`", revision.escape_debug());
                let names = self.ask(&["for-each-ref", "--format=%(refname:short)"]).unwrap_or_default();
                let help = did_you_mean(revision, names.lines()).map(|near| format!("did you mean `{near}`?"));
                let help = help.unwrap_or("name a commit, a branch or a tag".to_owned());
                Err(Diagnostic::placeless("git", message).help(help))
            }
        }
    }

    /// The JSON files below a folder. Links are passed over: what they lead to is not part of the revision.
    fn files(&self, commit: &str, prefix: &str) -> Result<Vec<Entry>, Diagnostic> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit];
        if !prefix.is_empty() {
            arguments.extend(["--", prefix]);
        }
        let listed = self.ask(&arguments)?;
        let entry = |line: &str| {
            let (head, path) = line.split_once('\t')?;
            let mut words = head.split(' ');
            let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
            let wanted = kind == "blob" && mode.starts_with("100") && path.ends_with(".json");
            wanted.then(|| (object.to_owned(), path.to_owned()))
        };
        Ok(listed.split('\0').filter_map(entry).collect())
    }

    /// What files hold, by path.
    fn texts(&self, files: &[Entry]) -> Result<BTreeMap<String, Arc<str>>, Diagnostic> {
        let failed = |error: &std::io::Error| Diagnostic::placeless("git", format!("git cannot be read: {error}"));
        // A file, not a pipe: nobody has to write while somebody reads.
        let mut wanted = tempfile::tempfile().map_err(|error| failed(&error))?;
        let list: String = files.iter().map(|(object, _)| format!("{object}\n")).collect();
        wanted.write_all(list.as_bytes()).and_then(|()| wanted.rewind()).map_err(|error| failed(&error))?;
        let mut child = self
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::from(wanted))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| absent(&error))?;
        let mut texts = BTreeMap::new();
        if let Some(output) = child.stdout.take() {
            let mut output = BufReader::new(output);
            for (_, path) in files {
                let text = object(&mut output).map_err(|error| failed(&error))?;
                let Some(text) = text else {
                    let message = format!("`{path}` is too long or not UTF-8 at that revision");
                    return Err(Diagnostic::placeless("git", message).help("name a revision whose specs can be read"));
                };
                texts.insert(path.clone(), Arc::from(text));
            }
        }
        child.wait().map_err(|error| failed(&error))?;
        Ok(texts)
    }
}

/// One object of what `cat-file --batch` prints: `HASH blob LENGTH`, a line end, so many bytes, a line end.
fn object(output: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut head = String::new();
    output.read_line(&mut head)?;
    let length = head.trim_end().rsplit(' ').next().and_then(|length| length.parse::<usize>().ok());
    let Some(length) = length else {
        return Err(std::io::Error::other(format!("no object: {}", head.trim_end())));
    };
    if length > MAX_BYTES {
        return Ok(None);
    }
    let mut content = vec![0; length];
    output.read_exact(&mut content)?;
    let mut end = [0];
    output.read_exact(&mut end)?;
    Ok(String::from_utf8(content).ok())
}

/// The files sorted into the folders that have a `product.json` or an `upstream.json`.
fn by_folder(texts: BTreeMap<String, Arc<str>>, prefix: &str, revision: &str) -> Vec<Texts> {
    let below = |path: &str| -> Option<String> {
        if prefix.is_empty() {
            Some(path.to_owned())
        } else {
            Some(path.strip_prefix(prefix)?.strip_prefix('/')?.to_owned())
        }
    };
    let mut folders: BTreeMap<String, Texts> = BTreeMap::new();
    for path in texts.keys().filter_map(|path| below(path)) {
        let folder = match path.rsplit_once('/') {
            Some((folder, name)) if is_product(name) => folder.to_owned(),
            None if is_product(&path) => String::new(),
            _ => continue,
        };
        let dot = if prefix.is_empty() || folder.is_empty() { "" } else { "/" };
        let shown = format!("{revision}:{prefix}{dot}{folder}");
        folders.insert(folder, Texts { shown, files: BTreeMap::new() });
    }
    for (path, text) in texts {
        let Some(path) = below(&path) else { continue };
        let place = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
        // A file lies in the folder of its product, or in a folder of that one.
        let (above, name) = place.0.rsplit_once('/').unwrap_or(("", place.0));
        let (folder, own) = match folders.contains_key(place.0) {
            true => (place.0, place.1.to_owned()),
            false => (above, format!("{name}/{}", place.1)),
        };
        if let Some(found) = folders.get_mut(folder) {
            found.files.insert(own, text);
        }
    }
    folders.into_values().collect()
}

fn is_product(name: &str) -> bool {
    ["product.json", "upstream.json"].contains(&name)
}

fn absent(error: &std::io::Error) -> Diagnostic {
    Diagnostic::placeless("git", format!("the program `git` cannot be run: {error}"))
        .help("install git, or compare two folders")
}

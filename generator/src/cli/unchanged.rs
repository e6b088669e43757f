//! Whether `generate` would change nothing, told without generating: this program, the project, its specs and templates
//! and what lies in the output are what they were when it was last found to be right.
//!
//! What was found is a digest in the user's cache, a file an output folder: it holds for this machine and this program
//! alone, so it has no place in the repository. Whatever cannot be told for sure is generated. Nothing here knows what a
//! spec or a template says.

use crate::project::Project;
use crate::stage::write::{self, digest};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

/// The user's folder for what can be made anew.
pub(super) fn cache() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let base = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else {
        set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")))
    };
    Some(base?.join("bindery"))
}

/// What a run is given, and where it is kept how that went before.
#[derive(Debug)]
pub(super) struct Run<'a> {
    project: &'a Project,
    given: String,
    file: PathBuf,
}

impl<'a> Run<'a> {
    /// A run with what is there now. `None`: that cannot be told.
    pub fn new(project: &'a Project, cache: &Path) -> Option<Run<'a>> {
        let out = std::path::absolute(&project.out).ok()?;
        let file = cache.join("generated").join(digest(out.as_os_str().as_encoded_bytes()));
        Some(Run { project, given: given(project)?, file })
    }

    /// How many files there are, if generating would change none of them.
    pub fn changes_nothing(&self) -> Option<usize> {
        let kept = fs::read_to_string(&self.file).ok()?;
        let (whole, files) = self.whole()?;
        (kept == whole).then_some(files)
    }

    /// Keeps that the output is right, unless something has changed meanwhile. Where it cannot be kept, the next run
    /// generates.
    pub fn keep(&self) {
        let Some((whole, _)) = self.whole().filter(|_| given(self.project).as_ref() == Some(&self.given)) else {
            return;
        };
        if fs::read_to_string(&self.file).is_ok_and(|kept| kept == whole) {
            return;
        }
        let _ = self.file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&self.file, whole));
    }

    /// A digest of what is given and what was made of it, and how many files that is.
    fn whole(&self) -> Option<(String, usize)> {
        let (manifest, files) = write::intact(&self.project.out)?;
        Some((digest(format!("{}\n{}", self.given, digest(&manifest)).as_bytes()), files))
    }
}

/// A digest of the program and of all that it reads.
fn given(project: &Project) -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let about = fs::metadata(&program).ok()?;
    let built = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let mut all = format!("{}\n{}\n{built:?}\n{project:?}\n", program.display(), about.len());
    for folder in project.packages.iter().map(|package| &package.specs).chain(&project.templates) {
        for (path, content) in contents(folder)? {
            all.push_str(&format!("{path:?} {content}\n"));
        }
    }
    Some(digest(all.as_bytes()))
}

/// The files of a folder in order, and a digest of each. `None`: one cannot be read, or is no file.
fn contents(folder: &Path) -> Option<Vec<(PathBuf, String)>> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().collect::<Result<Vec<_>, _>>().ok()?;
    let files: Vec<_> = entries.into_iter().filter(|entry| !entry.file_type().is_dir()).collect();
    let read = |entry: walkdir::DirEntry| {
        let content = entry.file_type().is_file().then(|| fs::read(entry.path()).ok()).flatten()?;
        Some((entry.into_path(), digest(&content)))
    };
    files.into_par_iter().map(read).collect()
}

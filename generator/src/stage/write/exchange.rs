//! One exchange of folders, and how to go on after it was cut off anywhere.
//!
//! The new tree is built in a folder beside the output, with a marker file inside, and the two folders change places in
//! one step. So the marker tells the states apart: while it lies in the staging folder, that folder is scrap; once it
//! lies in the output, the staging folder is the former output, and what the generator does not own there has still to
//! move over. The marker goes after the last move, which makes what is left scrap again.

use super::manifest::{MANIFEST, Manifest};
use super::plan::{Plan, Source};
use super::{Doing, Failure, Outcome, origin};
use crate::diag::{Diagnostic, Diagnostics};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The marker's name.
pub(super) const MARKER: &str = ".bindery-unfinished";

/// The output folder, and what may lie beside it.
#[derive(Debug)]
pub(super) struct Location {
    pub(super) out: PathBuf,
    pub(super) lock: PathBuf,
    staging: PathBuf,
    /// Where the output waits for a moment on systems that cannot exchange.
    former: PathBuf,
}

impl Location {
    /// `None`: this cannot be an output folder; an error was pushed.
    pub(super) fn new(out: &Path, diagnostics: &mut Diagnostics) -> Option<Location> {
        let Some(name) = out.file_name() else {
            diagnostics.push(
                Diagnostic::error("output-io", origin(out), "the output must be a folder with a name of its own")
                    .help("generate into a folder below this one, such as `generated`"),
            );
            return None;
        };
        match fs::symlink_metadata(out) {
            Ok(metadata) if metadata.is_symlink() => {
                diagnostics.push(Failure::Symlink(out.to_owned()).into());
                return None;
            }
            Ok(metadata) if !metadata.is_dir() => {
                let problem = Diagnostic::error("output-unowned", origin(out), "the output is to be a folder");
                diagnostics.push(problem.help("move the file away, or generate into another folder"));
                return None;
            }
            _ => {}
        }
        let beside = |suffix: &str| {
            let mut sibling = OsString::from(".");
            sibling.push(name);
            sibling.push(suffix);
            out.with_file_name(sibling)
        };
        Some(Location {
            out: out.to_owned(),
            lock: beside(".lock"),
            staging: beside(".bindery-staging"),
            former: beside(".bindery-former"),
        })
    }

    /// Whether a run was cut off before the last of its steps.
    pub(super) fn is_unfinished(&self) -> bool {
        [&self.staging, &self.former, &self.out.join(MARKER)].into_iter().any(|path| exists(path))
    }
}

/// Brings a run that was cut off to an end: forward if its tree was in place, back if not.
pub(super) fn recover(location: &Location) -> Outcome<()> {
    let Location { out, staging, former, .. } = location;
    for folder in [staging, former] {
        if fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(Failure::Symlink(folder.clone()));
        }
    }
    if exists(former) {
        let back_to = if exists(out) { staging } else { out };
        fs::rename(former, back_to).doing("move the former output back", former)?;
    }
    if exists(&out.join(MARKER)) { finish(location) } else { remove(staging) }
}

/// Builds the tree beside the output and puts it in its place.
pub(super) fn apply(location: &Location, plan: &Plan<'_>) -> Outcome<()> {
    if let Err(failure) = build(location, plan) {
        // The first failure is the one to report; the next run removes what is left.
        let _ = remove(&location.staging);
        return Err(failure);
    }
    put_in_place(location).doing("put the new files in place", &location.out)?;
    sync_folder(beside(&location.out))?;
    finish(location)
}

fn build(location: &Location, plan: &Plan<'_>) -> Outcome<()> {
    let Location { out, staging, .. } = location;
    fs::create_dir(staging).doing("create the folder", staging)?;
    if let Ok(metadata) = fs::metadata(out) {
        fs::set_permissions(staging, metadata.permissions()).doing("set the permissions", staging)?;
    }
    write(&staging.join(MARKER), "The generator is moving files here. Run `bindery generate` to finish.\n")?;
    let mut folders = BTreeSet::from([staging.clone()]);
    for (path, source) in &plan.files {
        let new = staging.join(path);
        if let Some(folder) = new.parent() {
            fs::create_dir_all(folder).doing("create the folder", folder)?;
            folders.extend(folder.ancestors().take_while(|folder| *folder != staging).map(Path::to_owned));
        }
        match source {
            Source::New(content) => write(&new, content)?,
            Source::Kept => link(&out.join(path), &new)?,
        }
    }
    write(&staging.join(MANIFEST), &plan.manifest)?;
    sync_tree(staging, plan, &folders)
}

/// Moves over what the generator does not own, and removes the rest of the former output.
fn finish(location: &Location) -> Outcome<()> {
    let Location { out, staging, .. } = location;
    if exists(staging) {
        let manifest = Manifest::read(staging)?;
        let mut owned: BTreeSet<&str> = manifest.owned().into_keys().collect();
        owned.insert(MANIFEST);
        move_over(staging, out, "", &owned)?;
    }
    sync_folder(out)?;
    let marker = out.join(MARKER);
    fs::remove_file(&marker).doing("remove the marker", &marker)?;
    remove(staging)
}

/// Moves what is not owned, keeping whatever already is in its new place.
fn move_over(from: &Path, to: &Path, prefix: &str, owned: &BTreeSet<&str>) -> Outcome<()> {
    for entry in fs::read_dir(from).doing("list the folder", from)? {
        let entry = entry.doing("list the folder", from)?;
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        // Owned paths are ASCII, so a name that is not Unicode cannot be mistaken for one.
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let below = format!("{path}/");
        let is_folder = entry.file_type().doing("look at the file", &old)?.is_dir();
        let holds_owned = owned.range(below.as_str()..).next().is_some_and(|path| path.starts_with(&below));
        let merges = is_folder && fs::symlink_metadata(&new).is_ok_and(|metadata| metadata.is_dir());
        if is_folder && (holds_owned || merges) {
            move_over(&old, &new, &below, owned)?;
        } else if !owned.contains(path.as_str()) && !exists(&new) {
            fs::create_dir_all(to).doing("create the folder", to)?;
            fs::rename(&old, &new).doing("move the file over", &old)?;
        }
    }
    Ok(())
}

fn put_in_place(location: &Location) -> io::Result<()> {
    let Location { out, staging, former, .. } = location;
    if !exists(out) {
        return fs::rename(staging, out);
    }
    if exchange(staging, out)? {
        return Ok(());
    }
    fs::rename(out, former)?;
    fs::rename(staging, out).inspect_err(|_| drop(fs::rename(former, out)))?;
    fs::rename(former, staging)
}

/// `false`: this system or file system cannot exchange.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

fn write(path: &Path, content: &str) -> Outcome<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| {
        file.write_all(content.as_bytes())?;
        // Whatever the umask: two machines make the same tree.
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        Ok(())
    })
    .doing("write the file", path)
}

/// The same file, or where there are no links, its copy with its time.
fn link(old: &Path, new: &Path) -> Outcome<()> {
    if fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    let copy = || {
        fs::copy(old, new)?;
        let file = OpenOptions::new().write(true).open(new)?;
        file.set_modified(fs::metadata(old)?.modified()?)?;
        file.sync_all()
    };
    copy().doing("copy the file", old)
}

fn remove(folder: &Path) -> Outcome<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other.doing("remove the folder", folder),
    }
}

/// Makes a tree last through a loss of power. One call for all: 60 files take 10 ms so, and 200 ms one by one.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_tree(root: &Path, _: &Plan<'_>, _: &BTreeSet<PathBuf>) -> Outcome<()> {
    let sync = File::open(root).and_then(|root| Ok(rustix::fs::syncfs(root)?));
    sync.doing("write out the new files", root)
}

/// Makes a tree last through a loss of power.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync_tree(root: &Path, plan: &Plan<'_>, folders: &BTreeSet<PathBuf>) -> Outcome<()> {
    let new = plan.files.iter().filter(|(_, source)| matches!(source, Source::New(_)));
    for path in new.map(|(path, _)| path.as_str()).chain([MANIFEST, MARKER]) {
        let path = root.join(path);
        let file = OpenOptions::new().write(true).open(&path);
        file.and_then(|file| file.sync_all()).doing("write out the file", &path)?;
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// Makes the names in a folder last through a loss of power, where a folder can be opened.
fn sync_folder(folder: &Path) -> Outcome<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).doing("sync the folder", folder)
    } else {
        Ok(())
    }
}

fn beside(out: &Path) -> &Path {
    out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::artifact::Tree;
    use crate::stage::write::{Scope, plan, run};
    use std::collections::BTreeMap;

    fn trees(files: &[(&str, &str)]) -> BTreeMap<String, Tree> {
        let mut tree = Tree::new();
        files.iter().for_each(|(path, content)| tree.insert(path, (*content).to_owned()).unwrap());
        BTreeMap::from([("t".to_owned(), tree)])
    }

    /// An output with two generated files and two of a person's, and where it lies.
    fn before(folder: &Path) -> Location {
        let out = folder.join("out");
        let mut diagnostics = Diagnostics::new();
        run(&out, &trees(&[("a", "1"), ("b/c", "1")]), Scope::Everything, false, &mut diagnostics).unwrap();
        fs::write(out.join("b/mine"), "mine").unwrap();
        fs::create_dir_all(out.join("target/debug")).unwrap();
        Location::new(&out, &mut diagnostics).unwrap()
    }

    fn build_next(location: &Location) {
        let (trees, mut diagnostics) = (trees(&[("a", "2"), ("d", "2")]), Diagnostics::new());
        let plan = plan::plan(&location.out, &trees, Scope::Everything, false, &mut diagnostics).unwrap();
        build(location, &plan).unwrap();
    }

    fn assert_holds(location: &Location, generated: &[(&str, &str)], gone: &[&str]) {
        assert!(!location.is_unfinished(), "{:?}", fs::read_dir(location.out.parent().unwrap()).unwrap());
        for (path, content) in generated.iter().chain(&[("b/mine", "mine")]) {
            assert_eq!(fs::read_to_string(location.out.join(path)).unwrap(), *content, "{path}");
        }
        gone.iter().for_each(|path| assert!(!exists(&location.out.join(path)), "{path}"));
        assert!(location.out.join("target/debug").is_dir());
    }

    const OLD: [(&str, &str); 2] = [("a", "1"), ("b/c", "1")];
    const NEW: [(&str, &str); 2] = [("a", "2"), ("d", "2")];

    #[test]
    fn goes_back_from_before_the_exchange() {
        let folder = tempfile::tempdir().unwrap();
        let location = before(folder.path());
        build_next(&location);
        assert!(location.is_unfinished());
        recover(&location).unwrap();
        assert_holds(&location, &OLD, &["d"]);
    }

    #[test]
    fn goes_on_from_behind_the_exchange() {
        let folder = tempfile::tempdir().unwrap();
        let location = before(folder.path());
        build_next(&location);
        put_in_place(&location).unwrap();
        // One of the moves was already made.
        fs::rename(location.staging.join("target"), location.out.join("target")).unwrap();
        recover(&location).unwrap();
        assert_holds(&location, &NEW, &["b/c"]);
    }

    #[test]
    fn removes_what_is_left_behind_the_last_move() {
        let folder = tempfile::tempdir().unwrap();
        let location = before(folder.path());
        fs::create_dir(&location.staging).unwrap();
        fs::write(location.staging.join("a"), "scrap").unwrap();
        recover(&location).unwrap();
        assert_holds(&location, &OLD, &[]);
    }

    #[test]
    fn recovers_from_every_step_of_two_renames() {
        for steps in 1..=3 {
            let folder = tempfile::tempdir().unwrap();
            let location = before(folder.path());
            build_next(&location);
            let Location { out, staging, former, .. } = &location;
            for (from, to) in [(out, former), (staging, out), (former, staging)].iter().take(steps) {
                fs::rename(from, to).unwrap();
            }
            recover(&location).unwrap();
            if steps == 1 {
                assert_holds(&location, &OLD, &["d"]);
            } else {
                assert_holds(&location, &NEW, &["b/c"]);
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_link_that_lies_beside_the_output() {
        let folder = tempfile::tempdir().unwrap();
        let location = before(folder.path());
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("x"), "x").unwrap();
        fs::write(location.out.join(MARKER), "").unwrap();
        std::os::unix::fs::symlink(&elsewhere, &location.staging).unwrap();
        assert!(matches!(recover(&location), Err(Failure::Symlink(_))));
        assert!(exists(&elsewhere.join("x")));
    }
}

//! What goes wrong outside of the program: a kill, a second run, a disk that is full, a strange umask.
//!
//! The process that it happens to is the test itself, started again with [`CHILD`] set.

use super::{Trees, errors, everything, place, report, run, trees, two_files};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const CHILD: &str = "BINDERY_TEST_WRITES_TO";

/// In the child: the folder to write to.
fn child() -> Option<PathBuf> {
    std::env::var_os(CHILD).map(PathBuf::from)
}

/// Starts a test of this file again, under what a line of shell sets up.
#[cfg(unix)]
fn under(setup: &str, test: &str, out: &Path) -> bool {
    let script = format!("{setup}; exec \"$0\" --exact faults::{test}");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(std::env::current_exe().unwrap()).env(CHILD, out);
    let done = shell.output().unwrap();
    let shown = String::from_utf8_lossy(&done.stdout);
    assert!(shown.contains("1 passed"), "{shown}{}", String::from_utf8_lossy(&done.stderr));
    done.status.success()
}

/// Sixty files of their own and one in common, all of one letter.
fn tree_of(letter: &str) -> Trees {
    let own = (0..60).map(|file| (format!("rust/src/f{file}_{letter}.rs"), letter.repeat(500 + file)));
    let files: Vec<(String, String)> = own.chain([("rust/lib.rs".to_owned(), letter.repeat(5000))]).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
    trees(&[("p/rust", &files)])
}

/// Whether the output holds one of the trees, whole, and nothing else of the generator's.
fn holds_one_of(out: &Path, trees: &[&Trees]) -> bool {
    let mut files = everything(out);
    files.retain(|path, _| path.extension().is_some_and(|extension| extension == "rs"));
    trees.iter().any(|trees| {
        let tree = &trees["p/rust"];
        files.len() == tree.len()
            && tree.iter().all(|(path, text)| files.get(Path::new(path)).is_some_and(|found| found == text.as_bytes()))
    })
}

/// Where a kill hit, by what it left.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Hit {
    NoRun,
    BeforeTheExchange,
    BehindTheExchange,
}

impl Hit {
    fn of(folder: &Path, out: &Path) -> Hit {
        if out.join(".bindery-unfinished").exists() {
            Hit::BehindTheExchange
        } else if folder.join(".generated.bindery-staging").exists() {
            Hit::BeforeTheExchange
        } else {
            Hit::NoRun
        }
    }
}

#[test]
fn a_kill_at_any_time_leaves_one_tree_or_the_other() {
    let (a, b) = (tree_of("a"), tree_of("b"));
    if let Some(out) = child() {
        for next in [&a, &b].iter().cycle() {
            run(&out, next).unwrap();
        }
    }
    let (folder, out) = place();
    run(&out, &a).unwrap();
    // So many that their move takes long enough to be hit.
    let notes: Vec<PathBuf> = (0..2_000).map(|note| out.join(format!("rust/note{note}.md"))).collect();
    notes.iter().for_each(|note| fs::write(note, "mine").unwrap());
    let mut hits = BTreeSet::new();
    for round in 0..500_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "faults::a_kill_at_any_time_leaves_one_tree_or_the_other"])
            .env(CHILD, &out)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Spread over some runs of the child, at no fixed step of any of them.
        std::thread::sleep(Duration::from_micros(5_000 + round * 7_919 % 90_000));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(holds_one_of(&out, &[&a, &b]), "a mixed tree");
        hits.insert(Hit::of(folder.path(), &out));
        let next = if round % 2 == 0 { &a } else { &b };
        run(&out, next).unwrap();
        assert!(holds_one_of(&out, &[next]), "not the tree that was written last");
        let left = notes.iter().filter(|note| fs::read(note).is_ok_and(|text| text == b"mine")).count();
        assert_eq!(left, notes.len(), "notes of a person are lost");
        let beside = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(beside, 1, "something is left beside the output");
        if round >= 50 && hits.contains(&Hit::BeforeTheExchange) && hits.contains(&Hit::BehindTheExchange) {
            return;
        }
    }
    panic!("500 kills, and not one on each side of the exchange");
}

#[test]
fn of_two_runs_at_once_one_is_refused() {
    let (_folder, out) = place();
    let (a, b) = (tree_of("a"), tree_of("b"));
    run(&out, &a).unwrap();
    let write_often = |trees: &Trees| {
        let refused = (0..40).filter_map(|_| run(&out, trees).err());
        refused.inspect(|errors| assert!(errors[0].starts_with("output-locked"), "{errors:?}")).count()
    };
    let refused = std::thread::scope(|scope| {
        let writers = [&a, &b].map(|trees| scope.spawn(move || write_often(trees)));
        writers.into_iter().map(|writer| writer.join().unwrap()).sum::<usize>()
    });
    assert!(refused > 0, "they never met");
    assert!(holds_one_of(&out, &[&a, &b]));
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_tree() {
    let big = "x".repeat(100_000);
    let next = trees(&[("p/rust", &[("rust/a.rs", "new\n"), ("rust/big.rs", &big)])]);
    if let Some(out) = child() {
        // The file that failed lay in the staging folder, beside the output.
        assert_eq!(run(&out, &next), errors(&["output-io beside it"]));
        return;
    }
    let (folder, out) = place();
    run(&out, &two_files()).unwrap();
    let before = everything(folder.path());
    // No file longer than a few KiB; without the signal, the system says so as a full disk does.
    assert!(under("trap '' XFSZ; ulimit -f 8", "a_full_disk_leaves_the_old_tree", &out));
    assert_eq!(everything(folder.path()), before);
    assert_eq!(run(&out, &next), report(1, 1, 1, 0));
}

#[cfg(unix)]
#[test]
fn the_umask_does_not_matter() {
    use std::os::unix::fs::PermissionsExt;
    if let Some(out) = child() {
        run(&out, &two_files()).unwrap();
        return;
    }
    let (_folder, out) = place();
    assert!(under("umask 077", "the_umask_does_not_matter", &out));
    for path in [".bindery.json", "rust/a.rs"] {
        assert_eq!(fs::metadata(out.join(path)).unwrap().permissions().mode() & 0o777, 0o644, "{path}");
    }
}

//! The command, seen from outside: what it makes depends on nothing but its input, and it asks nobody.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Every file below a folder, with its content.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => {
                    let path = entry.path();
                    files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
                }
            }
        }
    }
    files
}

/// A copy of the obstacle course that has not been run yet. Its files are made in another order if `backwards`, so that
/// the folder may list them in another one.
fn course(backwards: bool) -> TempDir {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/obstacle");
    let mut files: Vec<(PathBuf, Vec<u8>)> = everything(&original.join("api-specs")).into_iter().collect();
    if backwards {
        files.reverse();
    }
    let copy = tempfile::tempdir().unwrap();
    fs::copy(original.join("bindery.toml"), copy.path().join("bindery.toml")).unwrap();
    for (path, content) in files {
        let path = copy.path().join("api-specs").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    copy
}

/// Runs `generate` into `out` below the folder, and gives what it says.
fn generate(mut command: Command, folder: &Path) -> String {
    command.args(["generate", "--project"]).arg(folder.join("bindery.toml")).arg("--out").arg(folder.join("out"));
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    said
}

fn bindery() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
}

#[test]
fn output_is_the_same_wherever_it_is_made() {
    let mut made = Vec::new();
    for (backwards, zone, locale, columns) in
        [(false, "UTC", "C", "20"), (true, "Asia/Kathmandu", "zh_CN.GB18030", "200"), (true, "?", "tr_TR.UTF-8", "")]
    {
        let folder = course(backwards);
        let elsewhere = tempfile::tempdir().unwrap();
        let mut command = bindery();
        command.current_dir(if backwards { elsewhere.path() } else { folder.path() });
        command.envs([("TZ", zone), ("LANG", locale), ("LC_ALL", locale), ("COLUMNS", columns)]);
        generate(command, folder.path());
        made.push(everything(&folder.path().join("out")));
        let again = generate(bindery(), folder.path());
        assert!(again.contains("up to date"), "{again}");
        assert_eq!(Some(&everything(&folder.path().join("out"))), made.last());
    }
    assert!(made[0].len() > 60, "{:?}", made[0].keys());
    for other in &made[1..] {
        let differing: Vec<_> = made[0].iter().filter(|(path, content)| other.get(*path) != Some(content)).collect();
        assert!(differing.is_empty(), "{:?} differ", differing.iter().map(|(path, _)| path).collect::<Vec<_>>());
        assert_eq!(made[0].len(), other.len());
    }
}

#[test]
fn no_socket_is_opened_and_no_process_started() {
    let folder = course(false);
    let log = folder.path().join("calls");
    let traces = |log: &Path| {
        let mut command = Command::new("strace");
        command.args(["-f", "-e", "trace=network,process", "-o"]).arg(log);
        command
    };
    if !traces(&log).arg("true").output().is_ok_and(|output| output.status.success()) {
        println!("skipped: no strace");
        return;
    }
    let mut command = traces(&log);
    command.arg(env!("CARGO_BIN_EXE_bindery"));
    generate(command, folder.path());
    let calls = fs::read_to_string(&log).unwrap();
    // A thread is no process; the first call is strace's own.
    let harmless = ["exit", "wait", "+++", "---", "arch_prctl", "<... "];
    let others: Vec<&str> = calls
        .lines()
        .filter_map(|line| Some(line.split_once(' ')?.1.trim_start()))
        .filter(|call| !harmless.iter().any(|known| call.starts_with(known)) && !call.contains("CLONE_THREAD"))
        .collect();
    assert!(others.len() == 1 && others[0].starts_with("execve("), "{others:#?}");
}

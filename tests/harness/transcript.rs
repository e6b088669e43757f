//! Whole dialogues with the command line: a folder below `tests/transcript` holds `start`, the files that are there at
//! the beginning, and `transcript.txt`: commands, each with what it prints (`!` marks stderr; that something is not
//! described is left out), its exit code and what becomes of the files. Only the commands are given; `BINDERY_BLESS=1`
//! rewrites the rest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_tests::case::{copy, files, golden};
use bindery_tests::line;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn commands_do_and_say_what_their_transcripts_show() {
    let mut folders: Vec<PathBuf> = fs::read_dir("transcript").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 10, "{} transcripts", folders.len());
    let wrong: Vec<String> =
        folders.iter().filter_map(|folder| golden(&folder.join("transcript.txt"), &held(folder))).collect();
    assert!(wrong.is_empty(), "if it is right now, set BINDERY_BLESS=1 and read the diff:\n{}", wrong.join("\n"));
}

/// The dialogue that comes of the commands of a folder's transcript.
fn held(folder: &Path) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let place = scratch.path();
    if folder.join("start").is_dir() {
        copy(&folder.join("start"), place);
    }
    let transcript = fs::read_to_string(folder.join("transcript.txt")).unwrap();
    let commands: Vec<&str> = transcript.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    assert!(!commands.is_empty(), "{}: no command", folder.display());
    let mut told = String::new();
    for command in commands {
        let before = contents(place);
        writeln!(told, "$ {command}").unwrap();
        obey(command, place, &mut told);
        became(&before, &contents(place), &mut told);
        told.push('\n');
    }
    told
}

fn obey(command: &str, place: &Path, told: &mut String) {
    let (command, stdin) = command.split_once(" < ").unwrap_or((command, ""));
    let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["bindery", ref line @ ..] => {
            let stdin = if stdin.is_empty() { String::new() } else { fs::read_to_string(place.join(stdin)).unwrap() };
            let line: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
            let ran = line::run(env!("CARGO_BIN_EXE_bindery-under-test"), place, &line, &BTreeMap::new(), &stdin);
            told.push_str(&ran.stdout);
            let said = ran.stderr.split_inclusive("\n\n").filter(|said| !said.starts_with("note[missing-doc]"));
            let lines = said.flat_map(str::lines);
            lines.for_each(|line| writeln!(told, "{}", format!("! {line}").trim_end()).unwrap());
            if ran.exit != 0 {
                writeln!(told, "exit {}", ran.exit).unwrap();
            }
        }
        ["cp", from, to] => {
            fs::create_dir_all(place.join(to).parent().unwrap()).unwrap();
            fs::copy(place.join(from), place.join(to)).unwrap();
        }
        ["rm", path] => fs::remove_file(place.join(path)).unwrap(),
        ["cat", path] => told.push_str(&fs::read_to_string(place.join(path)).unwrap()),
        #[cfg(unix)]
        ["ln", "-s", target, path] => std::os::unix::fs::symlink(target, place.join(path)).unwrap(),
        _ => panic!("no command of a transcript: {command}"),
    }
}

fn contents(place: &Path) -> BTreeMap<String, Vec<u8>> {
    // What the program remembers in its user's home is no result.
    let results = files(place).into_iter().filter(|path| !path.starts_with("no-home/"));
    results.map(|path| (path.clone(), fs::read(place.join(path)).unwrap_or_default())).collect()
}

/// A line for every file that is new, changed or gone.
fn became(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>, told: &mut String) {
    for (path, content) in after {
        match before.get(path) {
            None => writeln!(told, "new: {path}").unwrap(),
            Some(old) if old != content => writeln!(told, "changed: {path}").unwrap(),
            Some(_) => {}
        }
    }
    before.keys().filter(|path| !after.contains_key(*path)).for_each(|path| writeln!(told, "gone: {path}").unwrap());
}

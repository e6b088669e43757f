//! House rules that a compiler does not know.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_tests::source::{code, files, none};

const OUR_FOLDERS: [&str; 4] = ["generator", "runtime", "templates", "tests/harness"];

#[test]
fn files_are_short_and_say_what_they_are_for() {
    const MOST_LINES: usize = 400;
    let banned = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "processor", "base", "info"];
    let mut offences = Vec::new();
    for file in OUR_FOLDERS.iter().flat_map(|folder| files(folder, &[".rs", ".hbs"])) {
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            offences.push(format!("{}: {lines} lines; split it by what its parts are for", file.path));
        }
        if file.path.split(['/', '.']).any(|part| banned.contains(&part)) {
            offences.push(format!("{}: name it after what it holds", file.path));
        }
        let is_module = file.name().ends_with(".rs") && !file.is_test() && file.name() != "main.rs";
        if is_module && !file.text.starts_with("//!") {
            offences.push(format!("{}: open it with `//!`: what it is for, and what it must never know", file.path));
        }
    }
    none(&offences, "see each line");
}

#[test]
fn nothing_that_panics_on_input() {
    let banned = ["unwrap", "expect", "panic", "todo", "unimplemented", "dbg", "unwrap_err", "expect_err"];
    let mut offences = Vec::new();
    let sources = ["generator/src", "runtime/src"].into_iter().flat_map(|folder| files(folder, &[".rs"]));
    for file in sources.filter(|file| !file.is_test()) {
        let calls = code(&file).calls;
        let found = calls.iter().filter(|call| banned.contains(&call.what.as_str()));
        offences.extend(found.map(|call| format!("{}:{}: `{}`", file.path, call.line, call.what)));
    }
    none(&offences, "push a diagnostic, return an error, or make the state impossible by a type");
}

#[test]
fn output_does_not_depend_on_a_hash() {
    let mut offences = Vec::new();
    for file in files("generator/src", &[".rs"]).iter().filter(|file| !file.is_test()) {
        let paths = code(file).paths;
        let found = paths.iter().filter(|path| path.what.iter().any(|step| step == "HashMap" || step == "HashSet"));
        offences.extend(found.map(|path| format!("{}:{}: {}", file.path, path.line, path.what.join("::"))));
    }
    none(&offences, "use BTreeMap, BTreeSet or IndexMap: their order is the same in every run");
}

#[test]
fn no_path_of_one_machine() {
    // Written in two parts, so that this file does not find itself.
    let places = [("/ho", "me/"), ("/Us", "ers/"), ("/ro", "ot/"), ("/wo", "rk/"), ("C:\\Us", "ers")];
    let kinds = [".rs", ".toml", ".json", ".md", ".hbs", ".txt", ".lock", ".yml", ".yaml", ".sh"];
    let mut offences = Vec::new();
    for file in files("", &kinds) {
        for (number, line) in file.text.lines().enumerate() {
            // A URL's path is no path of a machine.
            let before = |at: usize| line[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
            let found = places
                .iter()
                .find(|(head, tail)| line.match_indices(&format!("{head}{tail}")).any(|(at, _)| !before(at)));
            if found.is_some() {
                offences.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    none(&offences, "write a path relative to the file or to the workspace");
}

#[test]
fn locks_name_the_public_registry_alone() {
    const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let mut offences = Vec::new();
    for file in files("", &["Cargo.lock"]) {
        let sources = file.text.lines().enumerate().filter(|(_, line)| line.starts_with("source ="));
        let foreign = sources.filter(|(_, line)| *line != REGISTRY);
        offences.extend(foreign.map(|(number, line)| format!("{}:{}: {line}", file.path, number + 1)));
    }
    none(&offences, "take the crate from crates.io, and lock again without a mirror in Cargo's configuration");
}

#[test]
fn reserved_words_have_a_source_and_a_version() {
    let mut offences = Vec::new();
    for file in files("templates", &["target.toml"]) {
        let table: toml::Table = file.text.parse().unwrap();
        for (name, list) in table.get("reserved").and_then(toml::Value::as_table).into_iter().flatten() {
            let said = |key: &str| list.get(key).and_then(toml::Value::as_str).is_some_and(|text| !text.is_empty());
            let words = list.get("words").and_then(toml::Value::as_array).map_or(0, Vec::len);
            if !said("source") || !said("version") || words == 0 {
                offences.push(format!("{}: [reserved.{name}]", file.path));
            }
        }
    }
    none(&offences, "say which document lists the words (`source`), for which `version`, and list the `words`");
}

//! The import rules between the rooms of the generator: nouns below, verbs above, and what may be named where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_tests::source::{Code, File, code, files, none, root};
use std::collections::{BTreeMap, BTreeSet};

/// Rooms that hold types and do nothing.
const NOUNS: [&str; 10] =
    ["diag", "spec", "model", "rules", "view", "artifact", "target", "rust", "markdown", "project"];
/// Rooms that do something and own nothing.
const VERBS: [&str; 9] = ["stage", "import", "export", "diff", "pipeline", "tables", "mock", "cli", "builder"];
/// The only rooms that may know that stages have an order.
const ORDER: [&str; 3] = ["pipeline", "builder", "cli"];

struct Source {
    file: File,
    code: Code,
}

impl Source {
    /// The path below `src`, by which rooms and places are told.
    fn place(&self) -> &str {
        self.file.path.strip_prefix("generator/src/").unwrap()
    }

    fn room(&self) -> &str {
        self.place().split(['/', '.']).next().unwrap()
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.place().starts_with(place))
    }

    /// Every offence of this file: the lines whose path is `wrong`, with the reason it gives.
    fn offences(&self, wrong: impl Fn(&[String]) -> Option<String>) -> Vec<String> {
        let tell = |line: usize, reason: String| format!("{}:{line}: {reason}", self.file.path);
        self.code.paths.iter().filter_map(|path| Some(tell(path.line, wrong(&path.what)?))).collect()
    }
}

fn generator() -> Vec<Source> {
    let sources = files("generator/src", &[".rs"]).into_iter().filter(|file| !file.is_test());
    sources.map(|file| Source { code: code(&file), file }).collect()
}

/// The room that a path of this crate leads to.
fn room_of(path: &[String]) -> Option<&str> {
    let [first, room, ..] = path else { return None };
    let known = NOUNS.iter().chain(&VERBS).find(|known| *known == room);
    known.copied().filter(|_| first == "crate")
}

#[test]
fn every_room_is_a_noun_or_a_verb() {
    let rooms: BTreeSet<String> = generator().iter().map(|source| source.room().to_owned()).collect();
    let unknown = rooms.iter().filter(|room| !["lib", "main"].contains(&room.as_str()));
    let unknown = unknown.filter(|room| !NOUNS.contains(&room.as_str()) && !VERBS.contains(&room.as_str()));
    let offences: Vec<String> = unknown.map(|room| format!("generator/src/{room} is in no list")).collect();
    none(&offences, "say in tests/harness/layers.rs whether the room is a noun or a verb");
}

#[test]
fn nouns_never_import_verbs() {
    let sources = generator();
    let nouns = sources.iter().filter(|source| NOUNS.contains(&source.room()));
    let offences: Vec<String> = nouns
        .flat_map(|source| {
            source.offences(|path| {
                let room = room_of(path).filter(|room| VERBS.contains(room))?;
                Some(format!("the noun `{}` imports the verb `{room}`", source.room()))
            })
        })
        .collect();
    none(&offences, "move what both need into a room of nouns, or hand it in as an argument");
}

#[test]
fn no_stage_imports_another() {
    let sources = generator();
    let mut offences = Vec::new();
    for source in &sources {
        let own = source.place().strip_prefix("stage/").map(|rest| rest.split(['/', '.']).next().unwrap());
        let may = ORDER.contains(&source.room()) || own == Some("mod") || ["lib", "main"].contains(&source.room());
        if may {
            continue;
        }
        offences.extend(source.offences(|path| match path {
            [first, room, rest @ ..] if first == "crate" && room == "stage" => {
                let other = rest.first().map_or("stage", String::as_str);
                (own != Some(other)).then(|| format!("imports the stage `{other}`"))
            }
            _ => None,
        }));
    }
    none(&offences, "only pipeline, builder and cli know stages: let the pipeline hand over what the stage needs");
}

#[test]
fn there_is_no_cycle_between_rooms() {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in generator() {
        let found = source.code.paths.iter().filter_map(|path| room_of(&path.what)).map(str::to_owned);
        let own = source.room().to_owned();
        imports.entry(own.clone()).or_default().extend(found.filter(|room| *room != own));
    }
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 20, "few imports were found: {imports:?}");
    // Rooms that import nothing that is left are taken away until nothing is left, or until a cycle is.
    while let Some(free) = imports.iter().find(|(_, rooms)| rooms.is_empty()).map(|(room, _)| room.clone()) {
        imports.remove(&free);
        for rooms in imports.values_mut() {
            rooms.remove(&free);
        }
    }
    let offences: Vec<String> = imports.iter().map(|(room, on)| format!("{room} -> {on:?}")).collect();
    none(&offences, "these rooms import each other: move what both need below both");
}

#[test]
fn what_is_dangerous_is_named_in_few_places() {
    let places: [(&[&str], &[&str], &str); 5] = [
        (&["handlebars"], &["stage/render"], "templates are poured in stage/render"),
        (&["syn", "prettyplease"], &["stage/prove", "rust/", "stage/lower/rust/"], "Rust alone is built of tokens"),
        (&["std::fs"], &DISK, "only reading, writing and the loaders touch the disk"),
        (&["std::net", "tokio::net", "axum"], &["mock/", "cli/mock.rs"], "only the mock has sockets"),
        (
            &["std::process::Command", "tokio::process"],
            &["cli/mock.rs", "cli/diff/git.rs"],
            "only the mock runs a command, the user's, and only a comparison asks git",
        ),
    ];
    let mut offences = Vec::new();
    for source in generator() {
        for (names, allowed, rule) in &places {
            offences.extend(source.offences(|path| {
                let path = path.join("::");
                let below =
                    |name: &&str| path.strip_prefix(*name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
                (names.iter().any(below) && !source.is_in(allowed)).then(|| format!("names `{path}`: {rule}"))
            }));
        }
        let disk = ["exists", "try_exists", "is_file", "is_dir", "is_symlink", "canonicalize", "read_dir", "metadata"];
        let calls = source.code.calls.iter().filter(|call| disk.contains(&call.what.as_str()));
        offences.extend(
            calls
                .filter(|_| !source.is_in(&DISK))
                .map(|call| format!("{}:{}: `{}` asks the disk", source.file.path, call.line, call.what)),
        );
    }
    none(&offences, "move the code into the room that may, and pass on what it gives");
}

/// Where files may be read or written.
const DISK: [&str; 8] = [
    "stage/read/",
    "stage/write/",
    "target/load.rs",
    "project/",
    "import/write/",
    "import/input/",
    "builder.rs",
    "cli/",
];

#[test]
fn the_generator_knows_no_service_and_no_keywords() {
    let specs = files("api-specs", &[".json"]);
    let mut names: BTreeSet<String> = BTreeSet::from(["aliyun".to_owned(), "alibaba".to_owned()]);
    names.extend(specs.iter().filter(|file| file.path.contains("/actions/")).map(|file| file.stem().to_lowercase()));
    let services: BTreeSet<String> = specs
        .iter()
        .filter_map(|file| Some(file.path.split('/').nth(1)?.to_lowercase()))
        .filter(|n| n != "schema")
        .collect();
    assert!(names.len() > 5 && services.contains("dts"), "{names:?} {services:?}");
    let mut offences = Vec::new();
    for source in generator() {
        let idents = source.code.paths.iter().map(|path| (path.line, path.what.join("::")));
        let texts = source.code.texts.iter().map(|text| (text.line, text.what.clone()));
        for (line, text) in idents.chain(texts) {
            let lower = text.to_lowercase();
            let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
            if names.iter().any(|name| lower.contains(name.as_str())) || words.any(|word| services.contains(word)) {
                offences.push(format!("{}:{line}: {text}", source.file.path));
            }
        }
    }
    none(&offences, "a service or an action is data: say it in api-specs, or leave the name away");
    let reserved = reserved_words();
    let mut offences = Vec::new();
    for source in generator() {
        for list in &source.code.lists {
            let words: Vec<&String> = list.what.iter().filter(|word| reserved.contains(*word)).collect();
            // Words of a format may be words of a language, too; a list of them is not for that a list of reserved words.
            if words.len() > 2 && words.len() * 2 > list.what.len() {
                offences.push(format!("{}:{}: {words:?}", source.file.path, list.line));
            }
        }
    }
    none(&offences, "a list of reserved words belongs into a [reserved.*] table of the target's target.toml");
}

fn reserved_words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for file in files("templates", &["target.toml"]) {
        let table: toml::Table = file.text.parse().unwrap();
        let lists = table.get("reserved").and_then(toml::Value::as_table).into_iter().flatten();
        // Modules and files have names that file systems forbid, too: those are no words of a language.
        let lists = lists.filter(|(name, _)| !matches!(name.as_str(), "file" | "module"));
        // So are the names that a runtime of ours has: the public ones come from a document on the web.
        let public = |list: &&toml::Value| {
            list.get("source")
                .and_then(toml::Value::as_str)
                .is_some_and(|source| source.split(", ").all(|each| each.starts_with("https://")))
        };
        for word in
            lists.map(|(_, list)| list).filter(public).filter_map(|list| list.get("words")?.as_array()).flatten()
        {
            words.insert(word.as_str().unwrap().to_owned());
        }
    }
    assert!(words.contains("Vec"));
    words
}

#[test]
fn the_runtime_never_names_the_generator() {
    let manifest = std::fs::read_to_string(root().join("runtime/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let mut offences = Vec::new();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        if manifest.get(kind).and_then(|table| table.get("bindery")).is_some() {
            offences.push(format!("runtime/Cargo.toml: [{kind}] names bindery"));
        }
    }
    for file in files("runtime", &[".rs"]) {
        let paths = code(&file).paths;
        let named = paths.iter().filter(|path| path.what.first().is_some_and(|first| first == "bindery"));
        offences.extend(named.map(|path| format!("{}:{}: {}", file.path, path.line, path.what.join("::"))));
    }
    none(&offences, "generated crates stand on the runtime alone: move the test or the code to the generator's side");
}

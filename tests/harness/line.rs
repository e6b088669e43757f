//! Command lines as cases: folders with a `case.json` that says what to run and in which surroundings, and with what then
//! stands on stdout and stderr. `BINDERY_BLESS=1` rewrites the latter two.

use crate::stub::{Answer, Stub};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a case runs. In every text, `{port}` is where the stub listens, `{closed}` where nobody does, and `{specs}` the
/// folder of the specs of this project.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The arguments.
    pub line: Vec<String>,
    /// Every environment variable that there is.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// What stdin gives.
    #[serde(default)]
    pub stdin: String,
    /// What a service answers, one for each request.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// The exit code.
    pub exit: i32,
    /// Texts that must not be shown anywhere.
    #[serde(default)]
    pub secrets: Vec<String>,
    /// How many requests the service gets; else as many as it has answers for.
    pub requests: Option<usize>,
}

/// What a command line did.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub exit: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained of.
    pub stderr: String,
}

/// Runs a command line in a folder, with nothing in its environment but what is given.
///
/// # Panics
/// If it cannot be started.
pub fn run(program: &str, folder: &Path, line: &[String], environment: &BTreeMap<String, String>, stdin: &str) -> Ran {
    let mut command = Command::new(program);
    command.args(line).current_dir(folder).env_clear().envs(environment).env("HOME", folder.join("no-home"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who does not read it may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { exit: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The case of a folder.
///
/// # Panics
/// If there is none that can be read.
pub fn case(folder: &Path) -> Case {
    let text = fs::read_to_string(folder.join("case.json")).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// Runs every case below a folder; tells what differs.
///
/// # Panics
/// If something does, or if there are fewer cases than expected.
pub fn cases(program: &str, below: &str, least: usize) {
    let mut folders: Vec<PathBuf> = fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("case.json").is_file());
    folders.sort();
    assert!(folders.len() >= least, "{} cases", folders.len());
    // A case may wait for seconds: they run beside each other.
    let threads: Vec<_> = folders
        .into_iter()
        .map(|folder| {
            let program = program.to_owned();
            std::thread::spawn(move || check(&program, &folder))
        })
        .collect();
    let wrong: Vec<String> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(program: &str, folder: &Path) -> Vec<String> {
    let case = case(folder);
    let stub = Stub::start(case.answers.clone());
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    let places =
        [("{port}", stub.port().to_string()), ("{closed}", closed()), ("{specs}", specs.to_str().unwrap().to_owned())];
    let filled = |text: &String| places.iter().fold(text.clone(), |text, (name, value)| text.replace(name, value));
    let line: Vec<String> = case.line.iter().map(filled).collect();
    let environment = case.environment.iter().map(|(name, value)| (name.clone(), filled(value))).collect();
    let ran = run(program, folder, &line, &environment, &case.stdin);
    let named = |text: &str| places.iter().fold(text.to_owned(), |text, (name, value)| text.replace(value, name));
    let mut wrong = Vec::new();
    let received = stub.received();
    if ran.exit != case.exit {
        wrong.push(format!("{}: exit code {}\n{}", folder.display(), ran.exit, ran.stderr));
    }
    if received.len() != case.requests.unwrap_or(case.answers.len()) {
        wrong.push(format!("{}: {} requests came", folder.display(), received.len()));
    }
    for (name, text) in [("stdout.txt", &ran.stdout), ("stderr.txt", &ran.stderr)] {
        if let Some(secret) = case.secrets.iter().find(|secret| text.contains(*secret)) {
            wrong.push(format!("{}: {name} shows {secret}", folder.display()));
        }
        let (golden, text) = (folder.join(name), without_machine(&named(text)));
        if std::env::var_os("BINDERY_BLESS").is_some() {
            match text.as_str() {
                "" => drop(fs::remove_file(&golden)),
                text => fs::write(&golden, text).unwrap(),
            }
        } else if fs::read_to_string(&golden).unwrap_or_default() != text {
            wrong.push(format!("{} differs; BINDERY_BLESS=1 accepts it:\n{text}", golden.display()));
        }
    }
    wrong
}

/// A port that is nobody's.
fn closed() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port().to_string()
}

/// What clients call themselves says which machine they run on; how long something took, how busy that is.
fn without_machine(text: &str) -> String {
    let system = format!("({}; {})", std::env::consts::OS, std::env::consts::ARCH);
    let text = text.replace(&system, "(SYSTEM)");
    match text.split_once(" within ").and_then(|(before, rest)| Some((before, rest.split_once(" s. ")?))) {
        Some((before, (time, after))) if time.parse::<f64>().is_ok() => format!("{before} within TIME s. {after}"),
        _ => text,
    }
}

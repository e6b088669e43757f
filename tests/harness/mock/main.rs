//! The local service, over real sockets: what it says to whom, what it plays, how it starts and stops.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may")]

mod embedding;
mod http;
mod turn;
mod vendor;

use bindery::mock::{Builder, MockError};
use bindery_runtime::credentials::Credentials;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("mock")
}

fn specs(name: &str) -> PathBuf {
    folder().join("api-specs").join(name).join("2024-05-01")
}

fn dts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs/dts/2020-01-01")
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// The key `testid`, and one with a token that has ended.
fn builder() -> Builder {
    let ended = Credentials {
        expires: Some("2026-01-02T03:00:00Z".parse().unwrap()),
        ..Credentials::new("ended", "testsecret").with_token("token")
    };
    Builder::new()
        .credentials(Credentials::new("testid", "testsecret"))
        .credentials(Credentials::new("passing", "testsecret").with_token("token"))
        .credentials(ended)
        .at(turn::NOW)
}

#[test]
fn conversations() {
    let files = json_files(&folder().join("conversations"));
    assert!(files.len() >= 5, "{files:?}");
    for file in files {
        let conversation = read(&file);
        println!("{}", file.display());
        let mut builder = match conversation["verify"].as_bool() {
            Some(false) => builder().without_verification(),
            _ => builder(),
        };
        for name in conversation["specs"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()) {
            builder = builder.specs(if name == "dts" { dts() } else { specs(name) });
        }
        if let Some(scenario) = conversation["scenario"].as_str() {
            builder = builder.scenario(scenario);
        }
        let mock = builder.start().unwrap();
        for (number, turn) in conversation["turns"].as_array().unwrap().iter().enumerate() {
            turn::turn(mock.address(), turn, number);
        }
        let log = format!("{:?}", mock.requests());
        assert!(!log.contains("hunter2"), "{log}");
        mock.stop();
    }
}

#[test]
fn what_is_wrong_with_a_scenario_is_told_in_its_place() {
    for file in json_files(&folder().join("wrong")).iter().filter(|file| file.extension().unwrap() == "json") {
        let problem = Builder::new().specs(specs("post")).scenario(file.to_str().unwrap()).start().unwrap_err();
        let expected = fs::read_to_string(file.with_extension("txt")).unwrap_or_default();
        let told = told(&problem);
        if std::env::var_os("BLESS").is_some() {
            fs::write(file.with_extension("txt"), &told).unwrap();
            continue;
        }
        assert_eq!(told, expected, "{}", file.display());
    }
}

/// A line each: without the folder, which is another one on another machine.
fn told(problem: &MockError) -> String {
    let lines = problem.to_string();
    let lines = lines.lines().map(|line| {
        let (before, rest) = line.split_once(": ").unwrap_or(("", line));
        match rest.split_once("/wrong/") {
            Some((_, rest)) => format!("{before}: {rest}\n"),
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}

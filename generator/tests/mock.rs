//! `bindery mock`, as people run it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/mock")
}

fn bindery() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
}

fn mock(arguments: &[&str]) -> Command {
    let mut command = bindery();
    command.arg("mock").arg("--specs").arg(folder().join("api-specs")).args(arguments);
    command
}

#[test]
fn what_other_machines_can_reach_is_refused() {
    let output = mock(&["--listen", "0.0.0.0:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--dangerous-listen-anywhere"));
}

#[cfg(unix)]
#[test]
fn a_command_runs_inside_and_its_exit_code_comes_out() {
    let script = "test -n \"$ALIBABA_CLOUD_POST_ENDPOINT\" && test -n \"$ALIBABA_CLOUD_DEPOT_ENDPOINT\" \
        && test \"$ALIBABA_CLOUD_ACCESS_KEY_SECRET\" = hunter2 && test -z \"$ALIBABA_CLOUD_SECURITY_TOKEN\" && exit 7";
    let mut command = mock(&["--access-key-id", "me", "--access-key-secret", "hunter2", "--", "sh", "-c", script]);
    let output = command.env("ALIBABA_CLOUD_SECURITY_TOKEN", "left-over").output().unwrap();
    assert_eq!(output.status.code(), Some(7), "{output:?}");
    let told = [output.stdout, output.stderr].concat();
    assert!(!String::from_utf8(told).unwrap().contains("hunter2"));
    assert_eq!(mock(&["--", "sh", "-c", "kill -9 $$"]).status().unwrap().code(), Some(128 + 9));
    assert_eq!(mock(&["--", "no-such-command"]).output().unwrap().status.code(), Some(127));
}

#[cfg(unix)]
#[test]
fn it_says_where_it_is_and_stops_when_it_is_told() {
    for signal in ["-TERM", "-INT"] {
        let mut command = mock(&["--access-key-id", "me", "--access-key-secret", "hunter2"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let told: Vec<String> = lines.by_ref().take(7).collect();
        assert!(told[0].contains("Depot, Post on http://127.0.0.1:"), "{told:?}");
        assert!(told.iter().any(|line| line.starts_with("export ALIBABA_CLOUD_POST_ENDPOINT='http://")), "{told:?}");
        assert!(!told.concat().contains("hunter2"), "{told:?}");
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn problems_of_a_scenario_are_shown_in_their_place() {
    let file = folder().join("wrong/names.json");
    let mut command = bindery();
    command.args(["mock", "--specs"]).arg(folder().join("api-specs/post")).arg("--scenario").arg(file);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("names.json:") && told.contains("did you mean `SendParcel`?"), "{told}");
}

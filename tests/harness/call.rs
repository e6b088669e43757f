//! `bindery call`, as a process. Each folder of `tests/call` is a command line, what a service answers to it, and what a
//! person is then told, with which exit code. Then against the local service, which checks signatures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

use bindery::mock::{self, Mock};
use bindery::model::{Language, Severity};
use bindery::rules::check;
use bindery_tests::case::api;
use bindery_tests::line::{Ran, cases, run};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const PROGRAM: &str = env!("CARGO_BIN_EXE_bindery-under-test");
const SPECS: &str = "../api-specs/dts/2020-01-01";

#[test]
fn every_outcome_says_what_to_do() {
    cases(PROGRAM, "call", 50);
}

/// Runs `bindery call` with a request on stdin, in the environment that the service names and `more`.
fn call(mock: &Mock, action: &str, request: &Value, flags: &[&str], more: &[(&str, &str)]) -> Ran {
    let fixed = ["call", action, "-", "--specs", SPECS];
    let line = fixed.iter().chain(flags).map(|&word| word.to_owned());
    let mut environment: BTreeMap<String, String> = mock.environment().into_iter().collect();
    environment.extend(more.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
    run(PROGRAM, Path::new(env!("CARGO_MANIFEST_DIR")), &line.collect::<Vec<_>>(), &environment, &request.to_string())
}

#[test]
fn every_action_is_answered_however_it_is_signed() {
    let mock = mock::start(SPECS).unwrap();
    let mut answered = 0;
    let api = api(Path::new(SPECS));
    for action in &api.actions {
        let sample = Value::Object(action.samples.request.clone().unwrap_or_default());
        // Not every sample of the documentation is a request that its own rules allow.
        if check(&api, action, &sample, Language::En).iter().any(|found| found.severity == Severity::Error) {
            continue;
        }
        answered += 1;
        let flags: [&[&str]; 5] = [
            &[],
            &["--algorithm", "rpc1"],
            &["--algorithm", "acs3-sm3"],
            &["--format", "xml"],
            &["--format", "xml", "--algorithm", "rpc1"],
        ];
        // Each action in one way, and every eighth in all of them: what is signed how does not depend on the action.
        let all = answered % 8 == 0;
        for (_, flags) in flags.into_iter().enumerate().filter(|(way, _)| all || answered % 5 == *way) {
            let ran = call(&mock, action.name.as_str(), &sample, flags, &[]);
            assert_eq!(ran.exit, 0, "{} {flags:?}: {}", action.name, ran.stderr);
            let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
            assert!(answer["RequestId"].is_string(), "{} {flags:?}: {answer}", action.name);
        }
    }
    assert!(answered > 40, "{answered}");
}

#[test]
fn wrong_credentials_are_told_apart() {
    let mock = mock::start(SPECS).unwrap();
    let variable = |end: &str| {
        let names: Vec<String> = mock.environment().into_iter().map(|(name, _)| name).collect();
        names.into_iter().find(|name| name.ends_with(end)).unwrap()
    };
    let (id, secret) = (variable("_ACCESS_KEY_ID"), variable("_ACCESS_KEY_SECRET"));
    let request = serde_json::json!({"SynchronizationJobId": "dtsexample"});
    for (variable, said) in [
        (secret, ["SignatureDoesNotMatch", "Check the access key's secret"]),
        (id, ["InvalidAccessKeyId.NotFound", "Check the access key's ID"]),
    ] {
        for flags in [&[][..], &["--algorithm", "rpc1"]] {
            let ran = call(&mock, "StartSynchronizationJob", &request, flags, &[(&variable, "another-one")]);
            assert_eq!((ran.exit, ran.stdout.as_str()), (3, ""), "{}", ran.stderr);
            assert!(said.iter().all(|said| ran.stderr.contains(said)), "{}", ran.stderr);
            assert!(!ran.stderr.contains("mock-access-key-secret"), "{}", ran.stderr);
        }
    }
}

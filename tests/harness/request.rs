//! `bindery request`, as a process: goldens by folder, what the vendor's SDKs sent, and a shell as the judge of commands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may")]

use bindery_tests::line::{Ran, cases, run};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_bindery-under-test");

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `bindery request` with a request on stdin.
fn request(action: &str, specs: &str, request: &Value, more: &[&str]) -> Ran {
    let line = ["request", action, "-", "--no-validate", "--show-secrets", "--specs", specs];
    let line: Vec<String> = line.iter().chain(more).map(|&word| word.to_owned()).collect();
    run(PROGRAM, &folder(), &line, &BTreeMap::new(), &request.to_string())
}

#[test]
fn what_is_shown() {
    cases(PROGRAM, "request", 20);
}

/// The pairs of a query string as they are encoded, sorted: SDKs send them in the alphabet's order, which means nothing.
fn sorted(query: &str) -> Vec<&str> {
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    pairs
}

/// The parameters of a vector; a text with an awkward look is percent-encoded there.
fn given(vector: &Value) -> Value {
    let plain = |value: &Value| match value["encoded"].as_str() {
        Some(encoded) => Value::from(percent_decode_str(encoded).decode_utf8().unwrap()),
        None => value.clone(),
    };
    vector["request"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), plain(value))).collect()
}

#[test]
fn what_the_vendors_sdks_sent() {
    let mut count = 0;
    for entry in fs::read_dir("vectors/wire").unwrap() {
        let path = entry.unwrap().path();
        let vector: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let text = |pointer: &str| vector.pointer(pointer).and_then(Value::as_str).unwrap();
        let spec = format!("../api-specs/dts/2020-01-01/actions/{}.json", text("/action"));
        let Ok(spec) = fs::read_to_string(spec) else { continue };
        let spec: Value = serde_json::from_str(&spec).unwrap();
        let mut names = vector["request"].as_object().unwrap().keys();
        // The documentation that the spec is made of leaves some parameters out: those do not travel.
        if text("/client") == "py" || names.any(|name| spec["parameters"].get(name).is_none()) {
            continue;
        }
        let endpoint = format!("http://{}", text("/host"));
        let algorithm = if text("/algorithm") == "HMAC-SHA1" { "rpc1" } else { "acs3" };
        let mut more = vec!["--endpoint", &endpoint, "--algorithm", algorithm, "--sign"];
        more.extend(["--nonce", text("/nonce"), "--date", text("/date")]);
        more.extend(["--access-key-id", text("/credentials/AccessKeyId")]);
        more.extend(["--access-key-secret", text("/credentials/AccessKeySecret")]);
        if let Some(token) = vector["credentials"]["SecurityToken"].as_str() {
            more.extend(["--security-token", token]);
        }
        let ran = request(text("/action"), "../api-specs", &given(&vector), &more);
        assert_eq!(ran.exit, 0, "{}: {}", path.display(), ran.stderr);
        let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
        let header = |wanted: &str| {
            let mut headers = shown["headers"].as_array().unwrap().iter();
            headers.find(|header| header[0] == wanted).map_or(Value::Null, |header| header[1].clone())
        };
        let url = shown["url"].as_str().unwrap().strip_prefix(&endpoint).unwrap();
        let query = url.strip_prefix("/?").or(url.strip_prefix('/')).unwrap();
        assert_eq!(sorted(query), sorted(text("/expected/query")), "{}", path.display());
        assert_eq!(shown["body"], vector["expected"]["body"], "{}", path.display());
        assert_eq!(header("Authorization"), vector["expected"]["authorization"], "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 8);
}

/// What a command hands to `curl`, by the judgement of a shell; in a folder where whatever else it does would show.
fn handed_over(command: &str) -> Vec<String> {
    let place = tempfile::tempdir().unwrap();
    let program = place.path().join("curl");
    fs::write(&program, "#!/bin/sh\nfor word in \"$@\"; do printf '%s\\0' \"$word\"; done\n").unwrap();
    executable(&program);
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).current_dir(place.path()).env_clear().env("PATH", place.path());
    let output = shell.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let left = fs::read_dir(place.path()).unwrap().count();
    assert_eq!(left, 1, "the command left something behind: {command}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.strip_suffix('\0').unwrap().split('\0').map(str::to_owned).collect()
}

#[cfg(unix)]
fn executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_command_is_its_words_and_nothing_else() {
    let hostile = [
        "plain",
        "",
        "it's",
        "'; touch pwned; '",
        "$(touch pwned) `touch pwned` ${HOME} $HOME",
        "\"; touch pwned #",
        "a\\' b\\",
        "line\nbreak\ttab",
        "@/etc/passwd",
        "--output pwned",
        "{a,b}[1-3]",
        "中文 é 😀 & | > pwned < * ? ! ~",
        "%41%2F+ %",
    ];
    for (index, text) in hostile.iter().enumerate() {
        let in_header = if text.contains(['\n', '\t']) { "plain" } else { text };
        let asked = json!({
            "Topic": text, "Book": if text.is_empty() { "b" } else { text }, "Agent": in_header, "Text": text,
            "Password": text, "Pairs": [{"Key": text}], "Words": [text],
        });
        let ask = |more: &[&str]| {
            let more: Vec<&str> = ["--endpoint", "localhost"].iter().chain(more).copied().collect();
            let ran = request("AskQuestion", "export/places/api-specs", &asked, &more);
            assert_eq!(ran.exit, 0, "{text:?}: {}", ran.stderr);
            ran.stdout
        };
        let shown: Value = serde_json::from_str(&ask(&[])).unwrap();
        let mut expected = vec!["--globoff", "--request", shown["method"].as_str().unwrap()];
        expected.extend(["--url", shown["url"].as_str().unwrap()]);
        let headers: Vec<String> = shown["headers"].as_array().unwrap().iter().map(curled).collect();
        for header in &headers {
            expected.extend(["--header", header]);
        }
        expected.extend(["--data-raw", shown["body"].as_str().unwrap()]);
        assert_eq!(handed_over(&ask(&["--curl"])), expected, "{index}: {text:?}");
    }
}

/// A header as curl wants it: a semicolon stands for an empty value.
fn curled(header: &Value) -> String {
    match (header[0].as_str().unwrap(), header[1].as_str().unwrap()) {
        (name, "") => format!("{name};"),
        (name, value) => format!("{name}: {value}"),
    }
}

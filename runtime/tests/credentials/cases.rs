//! One world, one source, what it asks and what it gives: a file each in `cases`.
//!
//! `variables`, `files` (text, an object as JSON, or `{"fails": "denied"}`), `commands` and `answers` make the world;
//! `source` says who is asked; `gives` or `fails` is the whole outcome. Every request must be the next of `answers`,
//! and all of them must be asked. Whatever begins with `S3cret` in a case must be in no message, log or `Debug`.

use crate::secrecy;
use crate::server::{Asked, Loopback, Reply};
use crate::world::{World, full, outside};
use bindery_runtime::Json;
use bindery_runtime::credentials::{
    AssumeRole, Credentials, EcsRole, Environment, Ini, Oidc, Profile, ProvideCredentials, Uri, default_chain,
    profile_region,
};
use bindery_runtime::sign::rpc1;
use serde_json::json;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[tokio::test]
async fn every_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/credentials/cases");
    let mut files: Vec<PathBuf> = Vec::new();
    for group in std::fs::read_dir(folder).unwrap() {
        files.extend(std::fs::read_dir(group.unwrap().path()).unwrap().map(|file| file.unwrap().path()));
    }
    files.sort();
    assert!(files.len() > 60, "cases are missing");
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let case: Json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let problems = run(&case, &text).await;
        wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}", file.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn run(case: &Json, text: &str) -> Vec<String> {
    const KNOWN: [&str; 11] =
        ["about", "source", "variables", "files", "commands", "answers", "gives", "fails", "final", "region", "now"];
    let mut problems: Vec<String> = case
        .as_object()
        .unwrap()
        .keys()
        .filter(|key| !KNOWN.contains(&key.as_str()))
        .map(|key| format!("`{key}` means nothing"))
        .collect();
    let world = Arc::new(make_world(case));
    let script: VecDeque<Json> = case["answers"].as_array().cloned().unwrap_or_default().into();
    let script = Arc::new(Mutex::new(script));
    let complaints = Arc::new(Mutex::new(Vec::new()));
    let (next, complain) = (Arc::clone(&script), Arc::clone(&complaints));
    let http = Loopback::start(move |asked| match next.lock().unwrap().pop_front() {
        Some(expected) => {
            complain.lock().unwrap().extend(compare(&expected, asked));
            reply(&expected)
        }
        None => {
            complain.lock().unwrap().push(format!("nobody expects {}", asked.line));
            Reply::Refused
        }
    })
    .await;
    let outside = outside(&world, &http);
    let source = make_source(&case["source"]);
    let log = secrecy::Log::start();
    let outcome = source.provide(&outside).await;
    let shown = format!("{outcome:?} {source:?} {}", log.text());
    problems.extend(secrecy::leaks(text, &shown));
    problems.extend(complaints.lock().unwrap().drain(..));
    problems.extend(script.lock().unwrap().iter().map(|left| format!("is never asked: {}", left["to"])));
    let outcome = match outcome {
        Ok(found) => {
            problems.extend(found.check().err().map(|error| error.message));
            json!({"gives": plain(&found)})
        }
        Err(error) => {
            problems.extend(secrecy::leaks(text, &error.to_string()));
            json!({"fails": error.message, "final": error.is_final})
        }
    };
    let mut expected = json!({});
    for key in ["gives", "fails", "final"] {
        if let Some(value) = case.get(key) {
            expected[key] = value.clone();
        }
    }
    if outcome != expected {
        problems.push(format!("\n  expected {expected}\n  found    {outcome}"));
    }
    if let Some(region) = case.get("region") {
        let found = json!(profile_region(&outside));
        if found != *region {
            problems.push(format!("the region is {found}, not {region}"));
        }
    }
    problems
}

fn make_world(case: &Json) -> World {
    let mut world = World::new();
    if let Some(now) = case["now"].as_str() {
        *world.now.lock().unwrap() = now.parse().unwrap();
    }
    for (name, value) in case["variables"].as_object().into_iter().flatten() {
        world.set(name, value.as_str().unwrap());
    }
    for (path, content) in case["files"].as_object().into_iter().flatten() {
        let content = match (content.as_str(), content["fails"].as_str()) {
            (Some(text), _) => Ok(text.to_owned()),
            (_, Some("denied")) => Err(std::io::ErrorKind::PermissionDenied),
            (_, Some("binary")) => Err(std::io::ErrorKind::InvalidData),
            (_, Some(_)) => Err(std::io::ErrorKind::IsADirectory),
            _ => Ok(content.to_string()),
        };
        world.files.lock().unwrap().insert(full(path), content);
    }
    for command in case["commands"].as_array().into_iter().flatten() {
        let words = command["run"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        let outcome = match command["fails"].as_str() {
            Some(failure) => Err(failure.to_owned()),
            None => Ok(text_of(&command["prints"])),
        };
        world.commands.as_mut().unwrap().insert(words, outcome);
    }
    world
}

/// A text as it is, everything else as JSON.
fn text_of(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn reply(expected: &Json) -> Reply {
    match expected["fails"].as_str() {
        Some("refused") => Reply::Refused,
        Some(_) => Reply::Silence,
        None => {
            let status = expected["status"].as_u64().unwrap_or(200);
            Reply::Answer(u16::try_from(status).unwrap(), text_of(&expected["body"]))
        }
    }
}

fn compare(expected: &Json, asked: &Asked) -> Vec<String> {
    let mut problems = Vec::new();
    let mut same = |what: &str, found: Json, wanted: &Json| {
        if found != *wanted {
            problems.push(format!("{}: {what} is {found}, not {wanted}", asked.line));
        }
    };
    same("the line", json!(asked.line), &expected["to"]);
    same("direct", json!(asked.direct), &json!(expected["direct"] == true));
    let (connect, total) = if asked.line.contains("/latest/") { (1, 2) } else { (5, 10) };
    same("the limit to connect", json!(asked.limits.connect.as_secs()), &json!(connect));
    same("the limit in all", json!(asked.limits.total.as_secs()), &json!(total));
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        same(name, json!(asked.header(name)), value);
    }
    if let Some(body) = expected.get("json") {
        same("the body", serde_json::from_str(&asked.body).unwrap_or_default(), body);
    }
    if let Some(form) = expected.get("form") {
        let mut pairs = asked.form();
        let taken = |pairs: &mut Vec<(String, String)>, name: &str| {
            let index = pairs.iter().position(|(known, _)| known == name)?;
            Some(pairs.remove(index).1)
        };
        let signature = taken(&mut pairs, "Signature");
        let all: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let computed = expected["key"].as_str().map(|key| rpc1::signature(key, &rpc1::string_to_sign("POST", &all)));
        same("the signature", json!(signature), &json!(computed));
        let nonce = taken(&mut pairs, "SignatureNonce");
        same("the nonce's length", json!(nonce.map(|nonce| nonce.len())), &json!(computed.map(|_| 32)));
        let found: serde_json::Map<String, Json> =
            pairs.into_iter().map(|(name, value)| (name, json!(value))).collect();
        same("the form", Json::Object(found), form);
    }
    problems
}

fn plain(found: &Credentials) -> Json {
    let mut out = json!({"id": found.access_key_id, "secret": found.access_key_secret.expose(), "by": found.provider});
    if let Some(token) = &found.security_token {
        out["token"] = json!(token.expose());
    }
    if let Some(end) = found.expires {
        out["end"] = json!(end.to_string());
    }
    out
}

/// Sets what a case gives, by the setter's name.
macro_rules! set {
    ($source:ident, $given:ident, $($name:ident),*) => {$(
        if let Some(value) = $given[stringify!($name)].as_str() { $source = $source.$name(value); }
    )*};
}

fn make_source(given: &Json) -> Box<dyn ProvideCredentials> {
    if let Some(name) = given.as_str() {
        return match name {
            "chain" => Box::new(default_chain()),
            "environment" => Box::new(Environment),
            "oidc" => Box::new(Oidc::new()),
            "profile" => Box::new(Profile::new()),
            "ini" => Box::new(Ini::new()),
            "ecs" => Box::new(EcsRole::new()),
            "uri" => Box::new(Uri::new()),
            other => panic!("no source {other}"),
        };
    }
    let (name, given) = given.as_object().unwrap().iter().next().unwrap();
    let seconds = given["duration"].as_u64().map(Duration::from_secs);
    match name.as_str() {
        "static" => Box::new(key(given)),
        "profile" => Box::new(Profile::named(given.as_str().unwrap())),
        "assume_role" => {
            let mut role = AssumeRole::new(key(&given["source"]), given["role_arn"].as_str().unwrap());
            set!(role, given, session_name, policy, external_id, sts_region, endpoint);
            role = seconds.into_iter().fold(role, AssumeRole::duration);
            Box::new(given["vpc"].as_bool().into_iter().fold(role, AssumeRole::vpc))
        }
        "oidc" => {
            let mut oidc = Oidc::new();
            set!(oidc, given, role_arn, provider_arn, session_name, policy, sts_region, endpoint);
            oidc = given["token_file"].as_str().map(full).into_iter().fold(oidc, Oidc::token_file);
            oidc = seconds.into_iter().fold(oidc, Oidc::duration);
            Box::new(given["vpc"].as_bool().into_iter().fold(oidc, Oidc::vpc))
        }
        "ecs" => {
            let mut ecs = EcsRole::new();
            set!(ecs, given, role, endpoint);
            Box::new(given["allow_v1"].as_bool().into_iter().fold(ecs, EcsRole::allow_v1))
        }
        "uri" => {
            let uri = Uri::at(given["at"].as_str().unwrap());
            Box::new(if given["dangerous_allow_http"] == true { uri.dangerous_allow_http() } else { uri })
        }
        "ini" => {
            let mut ini = Ini::new();
            set!(ini, given, section);
            Box::new(given["path"].as_str().map(full).into_iter().fold(ini, Ini::path))
        }
        other => panic!("no source {other}"),
    }
}

fn key(given: &Json) -> Credentials {
    let key = Credentials::new(given["id"].as_str().unwrap(), given["secret"].as_str().unwrap());
    given["token"].as_str().into_iter().fold(key, Credentials::with_token)
}

//! The files of `cases`: what a server does, and what must come of it for what only reads, what changes something, what
//! costs money, and what costs money and carries a client token.

use crate::server::{Act, Server};
use crate::world::{self, call, client, of_kind};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_ends_as_it_must() {
    let _alone = crate::ALONE.lock().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    // So many at once that the pauses overlap, and so few that nobody waits for a processor.
    let (mut running, turns) = (Vec::new(), Arc::new(Semaphore::new(16)));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let case: Json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        for (kind, expected) in case["calls"].as_object().unwrap() {
            let title = format!("{name}, {kind}");
            let (case, kind, expected, turns) = (case.clone(), kind.clone(), expected.clone(), turns.clone());
            let one = tokio::spawn(async move {
                let _turn = turns.acquire().await.unwrap();
                run(&case, &kind, &expected).await
            });
            running.push((title, one));
        }
    }
    let mut wrong = String::new();
    assert!(running.len() > 100, "{} calls", running.len());
    for (name, one) in running {
        match one.await {
            Ok(Ok(())) => {}
            Ok(Err(message)) => wrong += &format!("\n{name}: {message}"),
            Err(panic) => wrong += &format!("\n{name}: {panic}"),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

async fn run(case: &Json, kind: &str, expected: &Json) -> Result<(), String> {
    let scripts: Vec<Vec<Act>> = case["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|acts| acts.as_array().unwrap().iter().map(Act::read).collect())
        .collect();
    let other = Server::playing(vec![vec![Act::good()]]).await;
    // A script may name the address of another server.
    let scripts = scripts.into_iter().map(|acts| acts.into_iter().map(|act| at(act, &other)).collect()).collect();
    let server = Server::playing(scripts).await;
    let setting = |name: &str| case["settings"][name].as_u64();
    let time = |name: &str, otherwise: u64| Duration::from_millis(setting(name).unwrap_or(otherwise));
    let mut builder =
        client(&server.url()).timeout(time("timeout_ms", 60_000)).attempt_timeout(time("attempt_timeout_ms", 30_000));
    if let Some(limit) = setting("body_limit") {
        builder = builder.body_limit(limit.try_into().unwrap());
    }
    if let Some(attempts) = setting("attempts") {
        builder = builder.attempts(attempts.try_into().unwrap());
    }
    let client = builder.build().unwrap();
    let begun = Instant::now();
    let result = call(&client, of_kind(kind)).await;
    let (took, seen) = (begun.elapsed(), server.seen());

    let wanted_requests = usize::try_from(expected["requests"].as_u64().unwrap()).unwrap();
    let (told, said) = match &result {
        Ok(body) => (format!("answer {body}"), String::new()),
        Err(error) => (world::kind(error), error.to_string()),
    };
    let wanted = match expected["error"].as_str() {
        Some(error) => error.to_owned(),
        None => format!("answer {}", expected["answer"]),
    };
    let mut wrong = Vec::new();
    if told != wanted {
        wrong.push(format!("{told} instead of {wanted} ({said})"));
    }
    // On a busy machine an attempt may be given up before the server has read it.
    let (least, most) = (if told.ends_with("timeout") { 0 } else { wanted_requests }, wanted_requests);
    if !(least..=most).contains(&seen.len()) {
        wrong.push(format!("{} requests ({said})", seen.len()));
    }
    for text in case["says"].as_array().into_iter().flatten() {
        let text = text.as_str().unwrap();
        if result.is_err() && !said.contains(text) {
            wrong.push(format!("does not say `{text}`: {said}"));
        }
    }
    if other.count() > 0 {
        wrong.push("another server was asked".to_owned());
    }
    let (least, most) = (time("at_least_ms", 0), time("at_most_ms", 60_000));
    if took < least || took > most {
        wrong.push(format!("took {took:?}"));
    }
    if !seen.iter().all(|seen| seen.is_signed_with(world::KEY_SECRET)) {
        wrong.push("a signature is wrong".to_owned());
    }
    let differ = |what: &dyn Fn(&world::Seen) -> String| seen.iter().map(what).collect::<BTreeSet<_>>().len();
    if differ(&|seen| seen.nonce()) != seen.len() || differ(&|seen| seen.signature()) != seen.len() {
        wrong.push("a nonce or a signature stands twice".to_owned());
    }
    let tokens = differ(&|seen| seen.query("ClientToken").unwrap_or_default().to_owned());
    let has_token = seen.iter().all(|seen| seen.query("ClientToken").is_some_and(|token| token.len() == 32));
    if !seen.is_empty() && (tokens != 1 || has_token != (kind == "token")) {
        wrong.push("not the same client token".to_owned());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

/// `{other}` in what is sent stands for the address of another server.
fn at(act: Act, other: &Server) -> Act {
    match act {
        Act::Send(bytes, times, pause) => match String::from_utf8(bytes) {
            Ok(text) => Act::Send(text.replace("{other}", &other.port.to_string()).into_bytes(), times, pause),
            Err(error) => Act::Send(error.into_bytes(), times, pause),
        },
        act => act,
    }
}

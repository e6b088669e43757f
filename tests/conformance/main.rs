//! Holds every language to the vectors and to random requests: `conformance [--random COUNT] [--seed SEED] LANGUAGE=COMMAND…`;
//! `conformance --small LANGUAGE=COMMAND…` to the vectors of the small spec, for which these programs are made.
//!
//! A command is a language's conformance program: JSON lines on stdin, a verdict a line on stdout. All of them, and the
//! reference evaluator, get the same lines; the table says who said the same. `tests/conformance/run` builds the programs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]

#[path = "../agreement/src/maker.rs"]
mod maker;
mod program;
mod sheet;
mod sign;
#[path = "../agreement/src/value.rs"]
mod value;
#[path = "../harness/vectors/wire.rs"]
mod wire;

use bindery::model::{Action, Api, Language};
use bindery::{pipeline, rules};
use bindery_tests::source::root;
use program::Program;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use sheet::Sheet;
use std::fs;
use std::process::ExitCode;

/// What a program is asked, what it is to answer, and how that is told of.
struct Question {
    kind: String,
    about: String,
    line: Value,
    expected: Value,
}

/// So many actions' random requests are asked about at once.
const AT_ONCE: usize = 16;

fn main() -> ExitCode {
    let (mut random, mut seed, mut small, mut programs) = (0_usize, 1_u64, false, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok()).expect("a number");
        match argument.as_str() {
            "--random" => random = number() as usize,
            "--seed" => seed = number(),
            "--small" => small = true,
            _ => programs.push(Program::of(&argument).expect("LANGUAGE=COMMAND")),
        }
    }
    let mut sheet = Sheet::new(programs.iter().map(|program| program.language.clone()).collect());
    match small {
        true => ask(&programs, &of_every_kind(), &mut sheet),
        false => everything(&programs, random, seed, &mut sheet),
    }
    let known = fs::read_to_string(root().join("tests/conformance/known-failures.txt")).expect("known-failures.txt");
    print!("{sheet}");
    if sheet.is_as_known(&known) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The vectors of the small spec, in both languages: people wrote what is to be said of them.
fn of_every_kind() -> Vec<Question> {
    let mut all = Vec::new();
    let mut files: Vec<_> = fs::read_dir(root().join("tests/vectors/rules/cases")).expect("cases").collect();
    files.sort_by_key(|file| file.as_ref().map(std::fs::DirEntry::path).ok());
    for file in files {
        let path = file.expect("a file").path();
        let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).expect("a text")).expect("JSON");
        for (case, language) in cases.iter().flat_map(|case| [(case, "en"), (case, "zh")]) {
            let mut expected = case["violations"].clone();
            for violation in expected.as_array_mut().into_iter().flatten() {
                violation["message"] = violation["message"][language].clone();
            }
            all.push(Question {
                kind: path.file_stem().expect("a name").to_string_lossy().into_owned(),
                about: format!("{} {language}", case["name"].as_str().unwrap_or_default()),
                line: json!({"action": "Order", "request": case["request"], "language": language}),
                expected: json!({"worded": expected}),
            });
        }
    }
    all
}

/// All actions: the vectors, their messages, signatures, and random requests.
fn everything(programs: &[Program], random: usize, seed: u64, sheet: &mut Sheet) {
    let loaded = pipeline::load(&root().join("api-specs/dts/2020-01-01"));
    let api = loaded.api.expect("sound specs");
    let vectors = vectors(&api);
    ask(programs, &vectors, sheet);
    ask(programs, &messages(&api, &vectors), sheet);
    ask(programs, &sign::published(), sheet);
    let each = random.div_ceil(api.actions.len());
    for (number, actions) in api.actions.chunks(AT_ONCE).enumerate().filter(|_| each > 0) {
        let at = number * AT_ONCE;
        let made: Vec<Question> = actions
            .par_iter()
            .enumerate()
            .flat_map(|(index, action)| requests(&api, action, each, seed + (at + index) as u64))
            .collect();
        ask(programs, &made, sheet);
        ask(programs, &sign::of_random(&api, &made), sheet);
        eprintln!("random requests: {} of {} actions", at + actions.len(), api.actions.len());
    }
}

/// Asks every program all of it.
fn ask(programs: &[Program], questions: &[Question], sheet: &mut Sheet) {
    for program in programs {
        let answers = program.ask(questions.iter().map(|question| &question.line));
        for (question, answer) in questions.iter().zip(answers) {
            sheet.enter(&program.language, question, &told(question, &answer), &answer);
        }
    }
}

/// The committed vectors.
fn vectors(api: &Api) -> Vec<Question> {
    let mut all = Vec::new();
    for action in &api.actions {
        let file = root().join(format!("tests/vectors/dts/{}.jsonl", action.name));
        for line in fs::read_to_string(file).expect("a file an action").lines() {
            let vector: Value = serde_json::from_str(line).expect("JSON");
            let is_answer = vector.get("decode").is_some();
            let expected = match is_answer {
                true => json!({"left": vector["left"], "same": vector["same"]}),
                false => json!({"violations": vector["violations"], "wire": vector["wire"]}),
            };
            let line = if is_answer { vector.clone() } else { asked(action, &vector["request"]) };
            let about = format!("{} {}", action.name, vector["about"].as_str().unwrap_or_default());
            let kind = vector["kind"].as_str().expect("a kind").to_owned();
            all.push(Question { kind, about, line, expected });
        }
    }
    all
}

fn asked(action: &Action, request: &Value) -> Value {
    json!({"action": action.name.as_str(), "request": request})
}

/// The same requests, with what is said in words, in both languages.
fn messages(api: &Api, vectors: &[Question]) -> Vec<Question> {
    let mut all = Vec::new();
    for vector in
        vectors.iter().filter(|vector| vector.expected["violations"].as_array().is_some_and(|all| !all.is_empty()))
    {
        let action = api.action(vector.line["action"].as_str().unwrap()).unwrap();
        for (language, name) in [(Language::En, "en"), (Language::Zh, "zh")] {
            let said = rules::check(api, action, &vector.line["request"], language);
            let mut line = vector.line.clone();
            line["language"] = json!(name);
            let expected = json!({"said": said.into_iter().map(|each| Value::from(each.message)).collect::<Value>()});
            all.push(Question {
                kind: "messages".to_owned(),
                about: format!("{} {name}", vector.about),
                line,
                expected,
            });
        }
    }
    all
}

/// Random requests, half of them near the rules' borders.
fn requests(api: &Api, action: &Action, count: usize, seed: u64) -> Vec<Question> {
    let mut maker = maker::Maker::new(api, action, seed);
    let question = |number: usize| {
        let request = maker.request();
        let violations = rules::check(api, action, &request, Language::En);
        let violations: Value = violations.iter().map(|each| wordless(&each.to_json())).collect();
        let wire = if request.is_object() { wire::wire(api, action, &request) } else { Value::Null };
        let about = format!("{} seed {seed} number {number}", action.name);
        let expected = json!({"violations": violations, "wire": wire});
        Question { kind: "random".to_owned(), about, line: asked(action, &request), expected }
    };
    (0..count).map(question).collect()
}

/// A violation without its words.
fn wordless(violation: &Value) -> Value {
    let mut violation = violation.as_object().cloned().unwrap_or_default();
    violation.shift_remove("message");
    violation.retain(|_, value| !value.is_null());
    Value::Object(violation)
}

/// What an answer says of what was asked.
fn told(question: &Question, answer: &Value) -> Value {
    if question.line.get("decode").is_some() {
        return json!({"left": answer["left"], "same": answer["same"]});
    }
    if question.line.get("sign").is_some() {
        let signed = answer.get("signed").or_else(|| answer.get("sign")).unwrap_or(answer);
        let names = question.expected.as_object().into_iter().flatten().map(|(name, _)| name);
        return names.map(|name| (name.clone(), signed[name].clone())).collect();
    }
    let troubles = ["error", "disagrees", "disagrees-on-wire", "differs"];
    if let Some(trouble) = troubles.iter().find(|trouble| answer.get(**trouble).is_some()) {
        return json!({*trouble: answer[*trouble]});
    }
    if question.expected.get("worded").is_some() {
        return json!({"worded": answer["violations"]});
    }
    let violations = answer["violations"].as_array().cloned().unwrap_or_default();
    if question.expected.get("said").is_some() {
        return json!({"said": violations.iter().map(|violation| violation["message"].clone()).collect::<Value>()});
    }
    // Languages name the places in their own way, and may leave empty ones out.
    let wire = answer["wire"].as_object().map_or(Value::Null, |places| {
        let given = places.iter().filter(|(_, pairs)| **pairs != json!([]));
        let place = |name: &str| name.trim_end_matches('s').to_owned();
        Value::Object(given.map(|(name, pairs)| (place(name), pairs.clone())).collect::<Map<_, _>>())
    });
    json!({"violations": violations.iter().map(wordless).collect::<Value>(), "wire": wire})
}

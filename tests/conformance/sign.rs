//! Signatures: the published ones, and those of random requests, which every language makes of the same nonce and date.

use super::Question;
use bindery::model::Api;
use bindery_runtime::sign::{Algorithm, acs3, encode, rpc1};
use bindery_tests::source::root;
use serde_json::{Value, json};
use std::fs;

/// Of so many random requests, one is signed, too.
const ONE_OF: usize = 20;
const ID: &str = "testid";
const SECRET: &str = "testsecret";

/// The vectors of `tests/vectors/signing`.
pub fn published() -> Vec<Question> {
    let text = fs::read_to_string(root().join("tests/vectors/signing/signing.json")).expect("signing.json");
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let question = |vector: Value| Question {
        kind: "signatures".to_owned(),
        about: vector["id"].as_str().unwrap_or_default().to_owned(),
        expected: vector["expected"].clone(),
        line: json!({"sign": vector}),
    };
    vectors.into_iter().map(question).collect()
}

/// Signatures of what travels for some random requests, by each algorithm in turn.
pub fn of_random(api: &Api, questions: &[Question]) -> Vec<Question> {
    let chosen = questions.iter().step_by(ONE_OF).filter(|question| question.expected["wire"].is_object());
    chosen.enumerate().map(|(number, question)| signed(api, question, number)).collect()
}

fn signed(api: &Api, question: &Question, number: usize) -> Question {
    let pairs = |place: &str| -> Vec<(&str, &str)> {
        let pairs = question.expected["wire"][place].as_array().into_iter().flatten();
        pairs.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect()
    };
    let encoded = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
    };
    let (query, form) = (pairs("query"), pairs("form"));
    let action = question.line["action"].as_str().unwrap();
    let (date, nonce) = ("2026-01-02T03:04:05Z", format!("{number:032x}"));
    let (kind, about) = ("random signed".to_owned(), question.about.clone());
    if number % 2 == 1 {
        let line = json!({"sign": {"id": about, "algorithm": "HMAC-SHA1", "method": "POST", "query": encoded(&query),
            "form": encoded(&form), "access_key_id": ID, "access_key_secret": SECRET}});
        let to_sign = rpc1::string_to_sign("POST", &query.iter().chain(&form).copied().collect::<Vec<_>>());
        let expected = json!({"string_to_sign": to_sign, "signature": rpc1::signature(SECRET, &to_sign)});
        return Question { kind, about, line, expected };
    }
    let body = encoded(&form);
    let version = api.version.as_str();
    let mut headers = vec![("host", "dts.example.com"), ("x-acs-version", version), ("x-acs-action", action)];
    headers.extend([("x-acs-date", date), ("x-acs-signature-nonce", nonce.as_str())]);
    let line = json!({"sign": {"id": about, "algorithm": "ACS3-HMAC-SHA256", "method": "POST", "path": "/",
        "query": encoded(&query), "headers": headers, "body": body, "access_key_id": ID, "access_key_secret": SECRET}});
    let algorithm = Algorithm::Acs3HmacSha256;
    let hash = acs3::payload_hash(algorithm, body.as_bytes());
    headers.push(("x-acs-content-sha256", &hash));
    let canonical = acs3::canonical_request("POST", "/", &query, &headers, &hash);
    let to_sign = acs3::string_to_sign(algorithm, &canonical);
    let signature = acs3::signature(algorithm, SECRET, &to_sign);
    let expected = json!({"payload_hash": hash, "canonical_request": canonical, "string_to_sign": to_sign,
        "signature": signature});
    Question { kind, about, line, expected }
}

//! One turn of a conversation: a request as data, signed here, and the answer that is expected.

use super::http::{Answer, exchange};
use bindery_runtime::sign::{Algorithm, acs3, encode, rpc1};
use serde_json::Value;
use std::net::SocketAddr;

/// The time in all conversations.
pub const NOW: &str = "2026-01-02T03:04:05Z";

/// Sends what a turn says and compares the answer. `number`: makes nonces.
pub fn turn(address: SocketAddr, turn: &Value, number: usize) {
    let answer = send(address, &turn["send"], number);
    let expected = turn["expect"].as_object().unwrap();
    if expected.get("broken").is_some_and(|broken| broken == "reset") {
        let error = answer.err().unwrap_or_else(|| panic!("an answer came: {turn}"));
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{turn}");
        return;
    }
    let answer = answer.unwrap_or_else(|error| panic!("{error}: {turn}"));
    let shown = format!("{turn:#}\n{} {:?}\n{}", answer.status, answer.headers, answer.body);
    for (what, wanted) in expected {
        match what.as_str() {
            "status" => assert_eq!(wanted.as_u64(), Some(answer.status.into()), "{shown}"),
            "broken" => assert!(!answer.is_whole, "{shown}"),
            "headers" => {
                for (name, value) in wanted.as_object().unwrap() {
                    assert_eq!(answer.header(name), value.as_str(), "{name}: {shown}");
                }
            }
            "body" => {
                let body = serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {shown}"));
                assert!(holds(&body, wanted), "{shown}");
                assert!(!body["RequestId"].as_str().unwrap_or_default().is_empty(), "{shown}");
                assert_eq!(body["RequestId"].as_str(), answer.header("x-acs-request-id"), "{shown}");
            }
            "whole" => assert_eq!(Some(answer.body.as_str()), wanted.as_str(), "{shown}"),
            "contains" => {
                for text in wanted.as_array().unwrap() {
                    assert!(answer.body.contains(text.as_str().unwrap()), "{text}: {shown}");
                }
            }
            "lacks" => {
                for text in wanted.as_array().unwrap() {
                    assert!(!answer.body.contains(text.as_str().unwrap()), "{text}: {shown}");
                }
            }
            other => panic!("unknown expectation {other}"),
        }
    }
    assert!(expected.contains_key("broken") || answer.is_whole, "{shown}");
}

/// Whether a value holds all that is wanted: of objects, members; everything else is equal.
fn holds(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(value), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| value.get(name).is_some_and(|value| holds(value, wanted)))
        }
        (Value::Array(value), Value::Array(wanted)) => {
            value.len() == wanted.len() && value.iter().zip(wanted).all(|(value, wanted)| holds(value, wanted))
        }
        _ => value == wanted,
    }
}

fn pairs(value: &Value) -> Vec<(String, String)> {
    let each = value.as_object().into_iter().flatten();
    each.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

fn joined(pairs: &[(String, String)]) -> String {
    let each = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    each.collect::<Vec<_>>().join("&")
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn send(address: SocketAddr, send: &Value, number: usize) -> std::io::Result<Answer> {
    let known = [
        "action", "version", "method", "path", "query", "form", "json", "headers", "sign", "key", "secret", "token",
        "date", "nonce", "without", "after", "hash",
    ];
    let unknown = send.as_object().unwrap().keys().find(|key| !known.contains(&key.as_str()));
    assert!(unknown.is_none(), "{unknown:?}");
    let text = |name: &str, usual: &str| send[name].as_str().unwrap_or(usual).to_owned();
    let (method, path) = (text("method", "POST"), text("path", "/"));
    let (mut query, form) = (pairs(&send["query"]), pairs(&send["form"]));
    let (key, secret) = (text("key", "testid"), text("secret", "testsecret"));
    let (date, nonce) = (text("date", NOW), text("nonce", &format!("nonce-{number}")));
    let body = match &send["json"] {
        Value::Null => joined(&form),
        json => json.to_string(),
    };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut headers = vec![pair("host", &address.to_string())];
    if send["form"].is_object() {
        headers.push(pair("content-type", "application/x-www-form-urlencoded"));
    }
    if send["json"] != Value::Null {
        headers.push(pair("content-type", "application/json"));
    }
    let sign = text("sign", "acs3");
    let (action, version) = (send["action"].as_str(), text("version", "2024-05-01"));
    if sign == "rpc1" || sign == "none" {
        query.extend(action.map(|action| pair("Action", action)));
        query.push(pair("Version", &version));
    } else {
        headers.extend(action.map(|action| pair("x-acs-action", action)));
        headers.push(pair("x-acs-version", &version));
    }
    // What the signature covers is left away before signing, what breaks it is put in after.
    let without: Vec<&str> = send["without"].as_array().into_iter().flatten().map(|v| v.as_str().unwrap()).collect();
    match sign.as_str() {
        "none" => {}
        "rpc1" => {
            query.extend([
                pair("AccessKeyId", &key),
                pair("SignatureMethod", "HMAC-SHA1"),
                pair("SignatureVersion", "1.0"),
                pair("Timestamp", &date),
                pair("SignatureNonce", &nonce),
            ]);
            query.extend(send["token"].as_str().map(|token| pair("SecurityToken", token)));
            query.retain(|(name, _)| !without.contains(&name.as_str()));
            let all: Vec<_> = query.iter().chain(&form).cloned().collect();
            let signature = rpc1::signature(&secret, &rpc1::string_to_sign(&method, &borrowed(&all)));
            query.push(pair("Signature", &signature));
        }
        _ => {
            let algorithm = if sign == "sm3" { Algorithm::Acs3HmacSm3 } else { Algorithm::Acs3HmacSha256 };
            let hash = acs3::payload_hash(algorithm, body.as_bytes());
            let hash = text("hash", &hash);
            headers.extend([
                pair("x-acs-date", &date),
                pair("x-acs-signature-nonce", &nonce),
                pair("x-acs-content-sha256", &hash),
            ]);
            headers.extend(send["token"].as_str().map(|token| pair("x-acs-security-token", token)));
            headers.retain(|(name, _)| !without.contains(&name.as_str()));
            let canonical = acs3::canonical_request(&method, &path, &borrowed(&query), &borrowed(&headers), &hash);
            let to_sign = acs3::string_to_sign(algorithm, &canonical);
            let signature = acs3::signature(algorithm, &secret, &to_sign);
            let names = acs3::signed_headers(&borrowed(&headers));
            headers.push(pair("authorization", &acs3::authorization(algorithm, &key, &names, &signature)));
        }
    }
    query.retain(|(name, _)| !without.contains(&name.as_str()));
    headers.retain(|(name, _)| !without.contains(&name.as_str()));
    headers.extend(pairs(&send["headers"]));
    query.extend(pairs(&send["after"]));
    let target = if query.is_empty() { path } else { format!("{path}?{}", joined(&query)) };
    exchange(address, &method, &target, &headers, body.as_bytes())
}

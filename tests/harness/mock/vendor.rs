//! What the vendor's own SDKs sent: their signatures are accepted, and their parameters are understood.

use super::http::exchange;
use super::{builder, dts, read, turn};
use bindery::mock::Place;
use bindery_runtime::credentials::Credentials;
use bindery_runtime::sign::Algorithm;
use serde_json::Value;
use std::path::Path;

/// What the SDK for Python signs beyond others.
const PYTHON: &str = "AlibabaCloud (Linux; x86_64) Python/3.11.7 Core/0.4.3 TeaDSL/2";

#[test]
fn what_the_vendors_sdks_sent_is_accepted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/wire");
    let mut accepted = 0;
    for file in super::json_files(&folder) {
        let vector = read(&file);
        let token = vector["credentials"]["SecurityToken"].as_str();
        let credentials = Credentials::new("testid", "testsecret");
        let mock = match token {
            Some(token) => bindery::mock::Builder::new().credentials(credentials.with_token(token)).at(turn::NOW),
            None => builder(),
        };
        let mock = mock.specs(dts()).start().unwrap();
        let (target, headers, body) = request(&vector, token);
        let answer = exchange(mock.address(), "POST", &target, &headers, body.as_bytes()).unwrap();
        let received = mock.requests().pop().unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let shown = format!("{name}: {} {received:?}", answer.body);
        match (vector["action"].as_str().unwrap(), name) {
            // Signed as it should be, and not what the action wants.
            ("ConfigureDtsJob", _)
            | (_, "py-configuresynchronizationjob-full" | "ts-configuresynchronizationjob-full") => {
                assert_eq!(received.code.as_deref(), Some("InvalidParameter"), "{shown}");
            }
            (_, "ts-configuresynchronizationjob-empty") => {
                assert_eq!(received.code.as_deref(), Some("MissingParameter"), "{shown}");
            }
            _ => assert_eq!(answer.status, 200, "{shown}"),
        }
        accepted += 1;
        let is_rpc = vector["algorithm"] == "HMAC-SHA1";
        let algorithm = if is_rpc { Algorithm::Rpc1HmacSha1 } else { Algorithm::Acs3HmacSha256 };
        assert_eq!(received.signature, Some(algorithm), "{shown}");
        // The SDKs know parameters that the reference does not list.
        let unknown: Vec<&str> = received.unknown().collect();
        assert!(unknown.iter().all(|name| ["OwnerId", "ResourceGroupId"].contains(name)), "{shown}");
        if name.ends_with("configuresynchronizationjob-full") {
            assert_eq!(received.parameter("SourceEndpoint.Password"), Some("***"), "{shown}");
            let objects = received.parameters.iter().find(|sent| sent.name == "SynchronizationObjects").unwrap();
            assert_eq!(objects.place, Place::Form, "{shown}");
        }
        // Nothing of it may be changed.
        let answer = exchange(mock.address(), "POST", &format!("{target}&Other=1"), &headers, body.as_bytes()).unwrap();
        assert!(answer.body.contains("SignatureDoesNotMatch"), "{name}: {}", answer.body);
        let answer = exchange(mock.address(), "POST", &target, &headers, body.as_bytes()).unwrap();
        assert!(answer.body.contains("SignatureNonceUsed"), "{name}: {}", answer.body);
    }
    assert_eq!(accepted, 10);
}

/// Target, headers and body as they were captured.
fn request(vector: &Value, token: Option<&str>) -> (String, Vec<(String, String)>, String) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let expected = &vector["expected"];
    let target = format!("/?{}", text(&expected["query"]));
    let mut headers = vec![("host".to_owned(), text(&vector["host"]))];
    headers.push(("x-acs-version".to_owned(), text(&vector["version"])));
    headers.push(("x-acs-action".to_owned(), text(&vector["action"])));
    let provider = if token.is_some() { "static_sts" } else { "static_ak" };
    headers.push(("x-acs-credentials-provider".to_owned(), provider.to_owned()));
    if vector["client"] == "py" {
        headers.push(("user-agent".to_owned(), PYTHON.to_owned()));
        headers.push(("accept".to_owned(), "application/json".to_owned()));
    }
    if let Some(kind) = expected["contentType"].as_str() {
        headers.push(("content-type".to_owned(), kind.to_owned()));
    }
    if let Some(authorization) = expected["authorization"].as_str() {
        headers.push(("authorization".to_owned(), authorization.to_owned()));
        headers.push(("x-acs-date".to_owned(), text(&vector["date"])));
        headers.push(("x-acs-signature-nonce".to_owned(), text(&vector["nonce"])));
        headers.push(("x-acs-content-sha256".to_owned(), text(&expected["sha256"])));
        if let Some(token) = token {
            headers.push(("x-acs-accesskey-id".to_owned(), text(&vector["credentials"]["AccessKeyId"])));
            headers.push(("x-acs-security-token".to_owned(), token.to_owned()));
        }
    }
    (target, headers, text(&expected["body"]))
}

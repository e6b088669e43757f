//! Answers as they come, and what is read from them: the files in `answers`, the samples of the specifications, and
//! bytes that mean nothing.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_runtime::Json;
use bindery_runtime::decode::{Answer, Received};
use bindery_runtime::error::{Error, ServiceError};
use bindery_runtime::http::HeaderMap;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;
use std::path::PathBuf;

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read_file(path: PathBuf) -> Json {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn read(status: u16, headers: &HeaderMap, body: &[u8], secrets: &[&str]) -> Result<Answer, Error> {
    let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    Received { action: "CreateJob", status, headers, body, at, secrets }.read()
}

fn headers(case: &Json) -> HeaderMap {
    let given = case["headers"].as_object().into_iter().flatten();
    given
        .map(|(name, value)| {
            let name = bindery_runtime::http::header::HeaderName::from_bytes(name.as_bytes()).unwrap();
            (name, value.as_str().unwrap().parse().unwrap())
        })
        .collect()
}

/// A result as the files write it: without what is not there.
fn told(result: Result<Answer, Error>) -> Json {
    let service = |kind: &str, cause: ServiceError| {
        assert_eq!(cause.action, "CreateJob");
        json!({"error": kind, "status": cause.status, "code": cause.code, "message": cause.message,
            "request_id": cause.request_id, "recommendation": cause.recommendation,
            "access_denied": Some(cause.access_denied).filter(|details| !details.is_empty()),
            "clock_ahead": cause.clock_ahead})
    };
    let mut told = match result {
        Ok(answer) => json!({"answer": answer.body, "request_id": answer.request_id}),
        Err(Error::Service(cause)) => service("service", *cause),
        Err(Error::Throttled { cause, retry_after }) => {
            let mut told = service("throttled", *cause);
            told["retry_after"] = json!(retry_after.map(|after| after.as_secs_f64()));
            told
        }
        Err(Error::Decode { request_id, message, .. }) => {
            json!({"error": "decode", "message": message, "request_id": request_id})
        }
        Err(other) => panic!("{other:?}"),
    };
    told.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    told
}

fn check(file: &str) {
    for case in read_file(folder(file)).as_array().unwrap() {
        let secrets: Vec<&str> = case["secrets"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
        let result = read(status, &headers(case), case["body"].as_str().unwrap().as_bytes(), &secrets);
        let shown = format!("{result:?} {}", result.as_ref().err().map(ToString::to_string).unwrap_or_default());
        assert!(!shown.contains("S3cret"), "{}: {shown}", case["name"]);
        assert_eq!(told(result), case["expect"], "{}", case["name"]);
    }
}

#[test]
fn answers_in_json() {
    check("tests/answers/json.json");
}

#[cfg(feature = "xml")]
#[test]
fn answers_in_xml() {
    check("tests/answers/xml.json");
}

#[cfg(not(feature = "xml"))]
#[test]
fn xml_asks_for_its_feature() {
    let message = "it is XML: turn on the feature `xml`, or ask for JSON";
    let xml = b"<Error><Code>A</Code></Error>";
    assert_eq!(told(read(200, &HeaderMap::new(), xml, &[])), json!({"error": "decode", "message": message}));
    let Err(Error::Service(cause)) = read(400, &HeaderMap::new(), xml, &[]) else { panic!() };
    assert_eq!(
        (cause.code.as_str(), cause.message.as_str()),
        ("HTTP400", &*format!("the answer cannot be read: {message}"))
    );
}

#[test]
fn bytes_that_are_no_text() {
    for body in [&b"{\"A\": \"\xff\"}"[..], b"\xff\xfe{\0}\0", b"\x1f\x8b\x08"] {
        assert_eq!(told(read(200, &HeaderMap::new(), body, &[]))["message"], "it is not UTF-8");
        assert_eq!(told(read(502, &HeaderMap::new(), body, &[]))["code"], "HTTP502");
    }
}

#[test]
fn depth_is_bounded() {
    let deep = |open: &str, close: &str, levels: usize| format!("{}{}", open.repeat(levels), close.repeat(levels));
    for (body, message) in [
        (deep("[", "]", 100_000), "it is not JSON: recursion limit exceeded at line 1 column 128"),
        ("{\"a\":".repeat(100_000), "it is not JSON: recursion limit exceeded at line 1 column 636"),
    ] {
        assert_eq!(told(read(200, &HeaderMap::new(), body.as_bytes(), &[]))["message"], message);
    }
    assert!(read(200, &HeaderMap::new(), deep("[", "]", 127).as_bytes(), &[]).is_ok());
    if cfg!(feature = "xml") {
        for levels in [129, 100_000] {
            let result = read(200, &HeaderMap::new(), deep("<a>", "</a>", levels).as_bytes(), &[]);
            assert_eq!(told(result)["message"], "it is XML of more than 128 levels");
        }
        assert!(read(200, &HeaderMap::new(), deep("<a>", "</a>", 128).as_bytes(), &[]).is_ok());
    }
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..8),
        proptest::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\u",
            "null",
            "1e9",
            "\"Success\":",
            "false",
            "\"Code\":",
            "\u{feff}",
            "<",
            "</",
            "/>",
            ">",
            "<a>",
            "</a>",
            "<!DOCTYPE",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?",
            "?>",
            "&#",
            "&lt;",
            ";",
            "=",
            " ",
            "\n",
            "中",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn anything_is_an_answer_or_an_error(body in pieces(), status in 100_u16..600, media in "(text/xml|text/html|.{0,4})") {
        let mut headers = HeaderMap::new();
        if let Ok(media) = media.parse() {
            headers.insert("content-type", media);
        }
        match read(status, &headers, &body, &["aaa", "中", "false"]) {
            Ok(answer) => prop_assert!((200..300).contains(&answer.status)),
            Err(Error::Decode { status, .. }) => prop_assert!((200..300).contains(&status)),
            Err(Error::Service(cause) | Error::Throttled { cause, .. }) => prop_assert_eq!(cause.status, status),
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_secret_never_comes_back(
        secret in "[!-)+-~中 ]{3,12}", before in "[a-z=&%]{0,3}", after in "[a-z=&%]{0,3}", manner in 0..4,
    ) {
        let once = bindery_runtime::sign::encode(&secret).into_owned();
        let echo = match manner {
            0 => secret.clone(),
            1 => once,
            2 => bindery_runtime::sign::encode(&once).into_owned(),
            _ => once.replace("%20", "+"),
        };
        let body = json!({"Code": "A", "Message": format!("({before}{echo}{after})")}).to_string();
        let Err(Error::Service(cause)) = read(400, &HeaderMap::new(), body.as_bytes(), &[&secret]) else { panic!() };
        prop_assert!(cause.message.contains("***"), "{} {}", secret, cause.message);
        prop_assert!(!cause.message.contains(&echo), "{}", cause.message);
    }
}

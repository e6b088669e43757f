//! What the vendor's own SDKs sent, as data: the same parameters give the same pairs, the same body and the same
//! signature. Booleans of the Python SDK are spelled otherwise, and it signs more headers: there, pairs alone compare.
#![allow(clippy::unwrap_used, missing_docs)]

use bindery_runtime::Json;
use bindery_runtime::credentials::Credentials;
use bindery_runtime::endpoint::Endpoint;
use bindery_runtime::operation::{Api, Effect, Endpoints, Operation, Protocol};
use bindery_runtime::prepare::{Format, Manner, Outgoing, Signed};
use bindery_runtime::sign::{Algorithm, Stamp};
use bindery_runtime::table::{Kind, Parameter, Place, Shape, Table};
use percent_encoding::percent_decode_str;
use std::path::Path;

static ANY: Shape = Shape::of(Kind::Any);

fn text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// An operation with just the parameters of a vector; tests make few of them.
fn operation(vector: &Json) -> &'static Operation {
    let form: Vec<&str> = vector["form"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let names = vector["request"].as_object().unwrap().keys().map(String::as_str);
    let absent = form.iter().copied().filter(|name| vector["request"].get(name).is_none());
    let parameter = |name: &str| Parameter {
        place: if form.contains(&name) { Place::Form } else { Place::Query },
        ..Parameter::of(text(name), &ANY)
    };
    let parameters: Vec<Parameter> = names.chain(absent).map(parameter).collect();
    let table = Table {
        action: text(vector["action"].as_str().unwrap()),
        parameters: Box::leak(parameters.into_boxed_slice()),
        rules: &[],
    };
    let api = Api {
        product: "Any",
        version: text(vector["version"].as_str().unwrap()),
        protocol: Protocol::Rpc,
        endpoints: Endpoints { pattern: None, regions: &[] },
    };
    Box::leak(Box::new(Operation {
        api: Box::leak(Box::new(api)),
        table: Box::leak(Box::new(table)),
        method: "POST",
        path: "/",
        effect: Effect::Write,
        token: None,
    }))
}

/// The parameters; a text with an awkward look is percent-encoded in the vector.
fn request(vector: &Json) -> Json {
    let plain = |value: &Json| match value["encoded"].as_str() {
        Some(encoded) => Json::from(percent_decode_str(encoded).decode_utf8().unwrap()),
        None => value.clone(),
    };
    vector["request"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), plain(value))).collect()
}

fn signed(vector: &Json) -> Signed {
    let algorithm = match vector["algorithm"].as_str().unwrap() {
        "HMAC-SHA1" => Algorithm::Rpc1HmacSha1,
        _ => Algorithm::Acs3HmacSha256,
    };
    let manner = Manner {
        endpoint: Endpoint::parse(&format!("http://{}", vector["host"].as_str().unwrap())).unwrap(),
        user_agent: "test".to_owned(),
        algorithm,
        format: Format::Json,
        secrets_in_form: false,
    };
    let operation = operation(vector);
    let wire = operation.table.json_to_wire(&request(vector));
    let held = |name: &str| vector["credentials"][name].as_str();
    let mut credentials = Credentials::new(held("AccessKeyId").unwrap(), held("AccessKeySecret").unwrap());
    if let Some(token) = held("SecurityToken") {
        credentials = credentials.with_token(token);
    }
    let stamp = Stamp {
        nonce: vector["nonce"].as_str().unwrap().to_owned(),
        date: vector["date"].as_str().unwrap().to_owned(),
    };
    let outgoing = Outgoing::new(operation, wire, &manner).unwrap();
    let signed = outgoing.sign(&credentials, &stamp).unwrap();
    // What is sent is what is shown.
    let (shown, sent) = (signed.clone().into_http().unwrap(), outgoing.sign_http(&credentials, &stamp).unwrap());
    assert_eq!((shown.method(), shown.uri(), shown.body()), (sent.method(), sent.uri(), sent.body()));
    assert_eq!(shown.headers(), sent.headers());
    signed
}

/// `name=value&…`, percent-encoded, in order of the names.
fn sorted_pairs(query: &Json) -> Vec<(String, String)> {
    let text = |text| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pairs = query.as_str().unwrap().split('&').filter_map(|pair| pair.split_once('='));
    let mut pairs: Vec<_> = pairs.map(|(name, value)| (text(name), text(value))).collect();
    pairs.sort();
    pairs
}

#[test]
fn what_the_vendors_sdks_sent() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/wire");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let vector: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let expected = &vector["expected"];
        let signed = signed(&vector);
        let mut query: Vec<_> =
            signed.query.iter().map(|field| (field.name.to_string(), field.value.clone())).collect();
        query.sort();
        let name = path.display();
        let header = |wanted: &str| {
            let found = signed.headers.iter().find(|field| field.name.eq_ignore_ascii_case(wanted));
            found.map_or(Json::Null, |field| Json::from(field.value.as_str()))
        };
        assert_eq!(Json::from(std::str::from_utf8(&signed.body).unwrap()), expected["body"], "{name}");
        count += 1;
        if vector["client"] == "py" {
            let lower = |(name, value): (String, String)| match value.as_str() {
                "True" | "False" => (name, value.to_lowercase()),
                _ => (name, value),
            };
            assert_eq!(query, sorted_pairs(&expected["query"]).into_iter().map(lower).collect::<Vec<_>>(), "{name}");
            continue;
        }
        assert_eq!(query, sorted_pairs(&expected["query"]), "{name}");
        assert_eq!(header("authorization"), expected["authorization"], "{name}");
        if vector["algorithm"] != "HMAC-SHA1" {
            assert_eq!(header("content-type"), expected["contentType"], "{name}");
            assert_eq!(header("x-acs-content-sha256"), expected["sha256"], "{name}");
        }
        let request = signed.into_http().unwrap();
        assert_eq!(request.headers()["host"].to_str().unwrap(), vector["host"].as_str().unwrap());
    }
    assert_eq!(count, 10);
}

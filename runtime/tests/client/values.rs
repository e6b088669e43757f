//! Values of every kind arrive as they are, under both signatures and in both places; names that a signature needs for
//! itself are never overwritten.

use crate::server::{Act, Server};
use crate::world::{KEY_SECRET, PASSWORD, TEXT, client, kind, operation_of, reading};
use bindery_runtime::operation::Effect;
use bindery_runtime::sign::Algorithm;
use bindery_runtime::table::{Parameter, Place};
use serde_json::json;

const BOTH: [Algorithm; 2] = [Algorithm::Acs3HmacSha256, Algorithm::Rpc1HmacSha1];

/// What encoders disagree about.
fn values() -> Vec<String> {
    let mut values: Vec<String> = (0..=255_u8).map(|byte| char::from(byte).to_string()).collect();
    values.extend((0..8).map(|part| (part * 16..part * 16 + 16).map(char::from).collect()));
    let texts = [
        "",
        " ",
        "  two  ",
        "+",
        "%",
        "%2B",
        "%25",
        "%zz",
        "a+b c%20d",
        "~*!'()-_.",
        "&=?#/:;@[]",
        "\u{e9}",
        "e\u{301}",
        "\u{1f600}\u{10ffff}",
        "\u{202e}\u{feff}\u{200b}",
        "\u{fffd}\u{ffff}",
        "a\r\nX-Injected: 1",
        "\0",
        "{\"a\": [1, \"\\u00e9\"]}",
        "'; --",
    ];
    values.extend(texts.map(str::to_owned));
    values.push("x".repeat(20_000));
    values
}

#[tokio::test]
async fn every_value_arrives() {
    let parameters = values().len();
    let names: Vec<&'static str> = (0..parameters).map(|index| &*format!("P.{index}").leak()).collect();
    for place in [Place::Query, Place::Form] {
        let all = names.iter().map(|name| Parameter { place, ..Parameter::of(name, &TEXT) }).collect();
        let action = operation_of("SetThings", all, Effect::Read, None);
        for algorithm in BOTH {
            let server = Server::playing(vec![vec![Act::good()]]).await;
            let client = client(&server.url()).algorithm(algorithm).build().unwrap();
            let given = names.iter().zip(values()).map(|(name, value)| ((*name).to_owned(), value.into()));
            let wire = action.table.json_to_wire(&serde_json::Value::Object(given.collect()));
            client.call(action, wire, &Default::default()).await.unwrap();
            let seen = &server.seen()[0];
            assert!(seen.is_signed_with(KEY_SECRET), "{algorithm:?} {place:?}");
            assert!(!seen.is_signed_with("another"));
            let came = if place == Place::Form { seen.form() } else { seen.query.clone() };
            for (name, value) in names.iter().zip(values()) {
                let found: Vec<_> = came.iter().filter(|(known, _)| known == name).collect();
                assert_eq!(found, [&((*name).to_owned(), value)], "{algorithm:?} {place:?}");
            }
        }
    }
}

/// With the signature in a header such a parameter is one like any other; with the other one it is refused.
#[tokio::test]
async fn names_of_the_signature_are_not_overwritten() {
    for name in
        ["Signature", "Action", "Version", "Format", "Timestamp", "SignatureNonce", "AccessKeyId", "SecurityToken"]
    {
        for place in [Place::Query, Place::Form] {
            let parameters = vec![Parameter { place, ..Parameter::of(name, &TEXT) }];
            let action = operation_of("SetThing", parameters, Effect::Read, None);
            let server = Server::playing(vec![vec![Act::good()]]).await;
            let wire = action.table.json_to_wire(&json!({name: "stolen"}));
            let v3 = client(&server.url()).build().unwrap();
            v3.call(action, wire.clone(), &Default::default()).await.unwrap();
            let seen = &server.seen()[0];
            let came = if place == Place::Form { seen.form() } else { seen.query.clone() };
            assert_eq!(came, [(name.to_owned(), "stolen".to_owned())]);
            assert_eq!((seen.header("x-acs-action"), seen.header("x-acs-version")), ("SetThing", "2024-01-01"));

            let v1 = client(&server.url()).algorithm(Algorithm::Rpc1HmacSha1).build().unwrap();
            let error = v1.call(action, wire, &Default::default()).await.unwrap_err();
            assert_eq!((kind(&error).as_str(), server.count()), ("configuration", 1), "{name}");
            assert!(error.to_string().contains(name) && error.to_string().contains("ACS3"), "{error}");
        }
    }
}

/// Where passwords travel: in the URL only if nobody asked otherwise and the service documents it so.
#[tokio::test]
async fn secrets_travel_in_the_form_on_demand() {
    for algorithm in BOTH {
        let server = Server::playing(vec![vec![Act::good()]]).await;
        let asked = client(&server.url()).algorithm(algorithm).secrets_in_form().build().unwrap();
        crate::world::call(&asked, reading()).await.unwrap();
        let usual = client(&server.url()).algorithm(algorithm).build().unwrap();
        crate::world::call(&usual, reading()).await.unwrap();
        let seen = server.seen();
        assert!(seen.iter().all(|seen| seen.is_signed_with(KEY_SECRET)));
        assert_eq!(seen[0].form(), [("Password".to_owned(), PASSWORD.to_owned())]);
        assert_eq!(seen[0].query("Password"), None);
        assert_eq!(seen[0].header("content-type"), "application/x-www-form-urlencoded");
        // What is no secret stays where it is.
        assert_eq!(seen[0].query("RegionId"), Some("cn-hangzhou"));
        assert_eq!((seen[1].query("Password"), seen[1].body.len()), (Some(PASSWORD), 0));
    }
}

/// What no URL can hold is said before anything is sent.
#[tokio::test]
async fn a_request_that_is_too_long_is_refused() {
    let action = reading();
    let server = Server::playing(vec![vec![Act::good()]]).await;
    let client = client(&server.url()).build().unwrap();
    let wire = action.table.json_to_wire(&json!({"RegionId": "x".repeat(70_000)}));
    let error = client.call(action, wire, &Default::default()).await.unwrap_err();
    assert_eq!((kind(&error).as_str(), server.connections()), ("configuration", 0));
    assert!(error.to_string().len() < 400, "{error}");
}

//! Signatures, held to published vectors.
#![allow(clippy::unwrap_used, missing_docs)]

use bindery_runtime::sign::{Algorithm, Stamp, acs3, canonical_query, date, encode, rpc1};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// `name=value&…`, percent-encoded.
fn decoded(query: &str) -> Vec<(String, String)> {
    let text = |text| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (text(name), text(value))).collect()
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The same vectors run in every language.
#[test]
fn every_vector_gives_its_signature() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/signing/signing.json");
    let vectors: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(vectors.len(), 5);
    for vector in &vectors {
        let text = |name: &str| vector[name].as_str().unwrap();
        let expected = |name: &str| vector["expected"][name].as_str().unwrap();
        let secret = text("access_key_secret");
        let algorithm = match text("algorithm") {
            "ACS3-HMAC-SHA256" => Algorithm::Acs3HmacSha256,
            "ACS3-HMAC-SM3" => Algorithm::Acs3HmacSm3,
            _ => Algorithm::Rpc1HmacSha1,
        };
        let query = decoded(text("query"));
        let query = borrowed(&query);
        if algorithm == Algorithm::Rpc1HmacSha1 {
            let form = decoded(vector["form"].as_str().unwrap_or_default());
            let all: Vec<_> = query.into_iter().chain(borrowed(&form)).collect();
            let to_sign = rpc1::string_to_sign(text("method"), &all);
            assert_eq!(to_sign, expected("string_to_sign"), "{}", text("id"));
            assert_eq!(rpc1::signature(secret, &to_sign), expected("signature"), "{}", text("id"));
            continue;
        }
        let hash = acs3::payload_hash(algorithm, text("body").as_bytes());
        assert_eq!(hash, expected("payload_hash"), "{}", text("id"));
        let given = vector["headers"].as_array().unwrap().iter();
        let mut headers: Vec<_> = given.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect();
        headers.push(("x-acs-content-sha256", &hash));
        headers.retain(|(name, _)| acs3::is_signed(name));
        let canonical = acs3::canonical_request(text("method"), text("path"), &query, &headers, &hash);
        assert_eq!(canonical, expected("canonical_request"), "{}", text("id"));
        let to_sign = acs3::string_to_sign(algorithm, &canonical);
        assert_eq!(to_sign, expected("string_to_sign"), "{}", text("id"));
        let signature = acs3::signature(algorithm, secret, &to_sign);
        assert_eq!(signature, expected("signature"), "{}", text("id"));
        let signed = acs3::signed_headers(&headers);
        assert_eq!(signed, expected("signed_headers"), "{}", text("id"));
        let authorization = acs3::authorization(algorithm, text("access_key_id"), &signed, &signature);
        assert_eq!(authorization, expected("authorization"), "{}", text("id"));
    }
}

#[test]
fn encodes_all_but_what_rfc_3986_leaves_alone() {
    assert_eq!(encode("AZaz09-_.~"), "AZaz09-_.~");
    assert_eq!(encode(" *+!'()/%=&\u{e9}\u{1f600}\n"), "%20%2A%2B%21%27%28%29%2F%25%3D%26%C3%A9%F0%9F%98%80%0A");
}

#[test]
fn sorts_by_code_unit_and_keeps_what_is_empty() {
    let pairs = [("networkType", "x"), ("Tag.2.Key", "b"), ("Tag.10.Key", "a"), ("Empty", "")];
    assert_eq!(canonical_query(&pairs), "Empty=&Tag.10.Key=a&Tag.2.Key=b&networkType=x");
}

#[test]
fn headers_that_stand_twice_are_joined() {
    let headers = [("X-Acs-B", " 2 "), ("x-acs-b", "1"), ("Host", "h")];
    let canonical = acs3::canonical_request("POST", "/", &[], &headers, "hash");
    assert_eq!(canonical, "POST\n/\n\nhost:h\nx-acs-b:1,2\n\nhost;x-acs-b\nhash");
    assert!(acs3::is_signed("X-ACS-Date") && acs3::is_signed("Host") && !acs3::is_signed("accept"));
}

#[test]
fn a_stamp_is_fresh_and_ascii() {
    let now: Timestamp = "2026-01-02T03:04:05.678Z".parse().unwrap();
    let (one, other) = (Stamp::fresh(now).unwrap(), Stamp::fresh(now).unwrap());
    assert_eq!((one.date.as_str(), one.nonce.len()), ("2026-01-02T03:04:05Z", 32));
    assert_ne!(one.nonce, other.nonce);
    for (time, written) in [(0, "1970-01-01T00:00:00Z"), (4_102_444_800, "2100-01-01T00:00:00Z")] {
        assert_eq!(date(Timestamp::from_second(time).unwrap()), written);
    }
}

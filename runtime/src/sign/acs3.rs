//! The signature of version 3: in the `Authorization` header, over method, path, query, headers and body.

use super::{Algorithm, Query, hex, hmac, push_hex};
use sha2::{Digest, Sha256};
use sm3::Sm3;
use std::borrow::Cow;

/// The headers that are signed, as TypeScript's and Go's SDKs do: `host`, `content-type` and every `x-acs-*`.
pub fn is_signed(name: &str) -> bool {
    name.eq_ignore_ascii_case("host")
        || name.eq_ignore_ascii_case("content-type")
        || name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("x-acs-"))
}

/// The hash of the body, as it stands in `x-acs-content-sha256`.
pub fn payload_hash(algorithm: Algorithm, body: &[u8]) -> String {
    let mut out = String::with_capacity(HASH);
    push_hash(algorithm, body, &mut out);
    out
}

/// A request as it is signed, and which of its headers are.
#[derive(Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The request.
    pub request: String,
    /// The names of the headers, as the `Authorization` header lists them.
    pub signed_headers: String,
}

/// The request as it is signed. `query`: decoded; `headers`: those to sign, in any order and case; names that stand twice
/// are joined by commas.
pub fn canonical(
    method: &str,
    path: &str,
    query: &[(&str, &str)],
    headers: &[(&str, &str)],
    payload_hash: &str,
) -> Canonical {
    canonical_of(method, path, &mut Query::of(query.iter().copied()), headers, payload_hash)
}

/// The same for a query that is encoded already.
pub(crate) fn canonical_of(
    method: &str,
    path: &str,
    query: &mut Query<'_>,
    headers: &[(&str, &str)],
    payload_hash: &str,
) -> Canonical {
    let headers = sorted(headers);
    let signed_headers = names(&headers);
    let room: usize = headers.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let rest = method.len() + path.len() + signed_headers.len() + payload_hash.len() + 5;
    let mut request = String::with_capacity(query.len() + room + rest);
    for part in [method, "\n", path, "\n"] {
        request.push_str(part);
    }
    query.push_sorted(&mut request);
    request.push('\n');
    for (name, value) in &headers {
        for part in [name, ":", value, "\n"] {
            request.push_str(part);
        }
    }
    for part in ["\n", &signed_headers, "\n", payload_hash] {
        request.push_str(part);
    }
    Canonical { request, signed_headers }
}

/// [`canonical`]'s request.
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &[(&str, &str)],
    headers: &[(&str, &str)],
    payload_hash: &str,
) -> String {
    canonical(method, path, query, headers, payload_hash).request
}

/// The names of signed headers, as the `Authorization` header lists them.
pub fn signed_headers(headers: &[(&str, &str)]) -> String {
    names(&sorted(headers))
}

/// What is signed: the algorithm and the hash of the canonical request.
pub fn string_to_sign(algorithm: Algorithm, canonical_request: &str) -> String {
    let mut out = String::with_capacity(algorithm.name().len() + 1 + HASH);
    out.push_str(algorithm.name());
    out.push('\n');
    push_hash(algorithm, canonical_request.as_bytes(), &mut out);
    out
}

/// The signature.
pub fn signature(algorithm: Algorithm, secret: &str, string_to_sign: &str) -> String {
    let (key, message) = (secret.as_bytes(), string_to_sign.as_bytes());
    match algorithm {
        Algorithm::Acs3HmacSm3 => hex(&hmac!(Sm3, key, message)),
        Algorithm::Acs3HmacSha256 | Algorithm::Rpc1HmacSha1 => hex(&hmac!(Sha256, key, message)),
    }
}

/// The value of the `Authorization` header.
pub fn authorization(algorithm: Algorithm, access_key_id: &str, signed_headers: &str, signature: &str) -> String {
    let name = algorithm.name();
    [name, " Credential=", access_key_id, ",SignedHeaders=", signed_headers, ",Signature=", signature].concat()
}

/// Digits of a hash in hexadecimal: both functions give 256 bits.
const HASH: usize = 64;

fn push_hash(algorithm: Algorithm, bytes: &[u8], out: &mut String) {
    match algorithm {
        Algorithm::Acs3HmacSm3 => push_hex(&Sm3::digest(bytes), out),
        Algorithm::Acs3HmacSha256 | Algorithm::Rpc1HmacSha1 => push_hex(&Sha256::digest(bytes), out),
    }
}

/// Lower-case names with trimmed values, sorted; values of one name sorted and joined.
fn sorted<'a>(headers: &[(&'a str, &'a str)]) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
    let lower = |name: &'a str| {
        let has_capitals = name.bytes().any(|byte| byte.is_ascii_uppercase());
        if has_capitals { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) }
    };
    let mut all: Vec<_> = headers.iter().map(|(name, value)| (lower(name), Cow::Borrowed(value.trim()))).collect();
    all.sort_unstable();
    all.dedup_by(|(name, value), (before, values)| {
        let is_same = name == before;
        if is_same {
            let values = values.to_mut();
            values.push(',');
            values.push_str(value);
        }
        is_same
    });
    all
}

fn names(headers: &[(Cow<'_, str>, Cow<'_, str>)]) -> String {
    let mut out = String::with_capacity(headers.iter().map(|(name, _)| name.len() + 1).sum());
    for (index, (name, _)) in headers.iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        out.push_str(name);
    }
    out
}

//! The signature of version 3: in the `Authorization` header, over method, path, query, headers and body.

use super::{Algorithm, canonical_query, hex, hmac};
use sha2::{Digest, Sha256};
use sm3::Sm3;

/// The headers that are signed, as TypeScript's and Go's SDKs do: `host`, `content-type` and every `x-acs-*`.
pub fn is_signed(name: &str) -> bool {
    name.eq_ignore_ascii_case("host")
        || name.eq_ignore_ascii_case("content-type")
        || name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("x-acs-"))
}

/// The hash of the body, as it stands in `x-acs-content-sha256`.
pub fn payload_hash(algorithm: Algorithm, body: &[u8]) -> String {
    hash(algorithm, body)
}

/// The request as it is signed. `query`: decoded; `headers`: those to sign, in any order and case; names that stand twice
/// are joined by commas.
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &[(&str, &str)],
    headers: &[(&str, &str)],
    payload_hash: &str,
) -> String {
    let headers = sorted(headers);
    let query = canonical_query(query);
    let room: usize = headers.iter().map(|(name, value)| 2 * name.len() + value.len() + 3).sum();
    let mut out = String::with_capacity(method.len() + path.len() + query.len() + room + payload_hash.len() + 8);
    for part in [method, "\n", path, "\n", &query, "\n"] {
        out.push_str(part);
    }
    for (name, value) in &headers {
        for part in [name.as_str(), ":", value, "\n"] {
            out.push_str(part);
        }
    }
    out.push('\n');
    push_names(&headers, &mut out);
    out.push('\n');
    out.push_str(payload_hash);
    out
}

/// The names of signed headers, as the `Authorization` header lists them.
pub fn signed_headers(headers: &[(&str, &str)]) -> String {
    let mut out = String::new();
    push_names(&sorted(headers), &mut out);
    out
}

/// What is signed: the algorithm and the hash of the canonical request.
pub fn string_to_sign(algorithm: Algorithm, canonical_request: &str) -> String {
    format!("{}\n{}", algorithm.name(), hash(algorithm, canonical_request.as_bytes()))
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
    format!("{name} Credential={access_key_id},SignedHeaders={signed_headers},Signature={signature}")
}

fn hash(algorithm: Algorithm, bytes: &[u8]) -> String {
    match algorithm {
        Algorithm::Acs3HmacSm3 => hex(&Sm3::digest(bytes)),
        Algorithm::Acs3HmacSha256 | Algorithm::Rpc1HmacSha1 => hex(&Sha256::digest(bytes)),
    }
}

/// Lower-case names with trimmed values, sorted; values of one name sorted and joined.
fn sorted(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, &str)> =
        headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.trim())).collect();
    all.sort_unstable();
    let mut joined: Vec<(String, String)> = Vec::with_capacity(all.len());
    for (name, value) in all {
        match joined.last_mut() {
            Some((last, values)) if *last == name => {
                values.push(',');
                values.push_str(value);
            }
            _ => joined.push((name, value.to_owned())),
        }
    }
    joined
}

fn push_names(headers: &[(String, String)], out: &mut String) {
    for (index, (name, _)) in headers.iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        out.push_str(name);
    }
}

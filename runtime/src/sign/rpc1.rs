//! The older signature, 1.0 with HMAC-SHA1: in the query string, over the parameters of query and form. The service for
//! temporary credentials still wants it.

use super::{canonical_query, encode, hmac};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;

/// Names that the signature needs for itself: a parameter of the service that is called so cannot travel beside it.
pub const RESERVED: [&str; 10] = [
    "AccessKeyId",
    "Action",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// What is signed. `pairs`: the decoded parameters of query and form, without `Signature`.
pub fn string_to_sign(method: &str, pairs: &[(&str, &str)]) -> String {
    let canonical = canonical_query(pairs);
    format!("{method}&%2F&{}", encode(&canonical))
}

/// The signature, in Base64.
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let key = format!("{secret}&");
    STANDARD.encode(hmac!(Sha1, key.as_bytes(), string_to_sign.as_bytes()))
}

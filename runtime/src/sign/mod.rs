//! Signatures: what proves to the service who asks. Pure functions of texts, so that a service can check with the same
//! code what a client signs; where the texts come from is [`crate::prepare`]'s affair.

pub mod acs3;
pub mod rpc1;

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;

/// How a request is signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// The signature in a header, over the whole request: what the vendor's SDKs use.
    #[default]
    Acs3HmacSha256,
    /// The same with the hash function SM3.
    Acs3HmacSm3,
    /// The older signature in the query string, over the parameters alone.
    Rpc1HmacSha1,
}

impl Algorithm {
    /// What the service calls it.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Acs3HmacSha256 => "ACS3-HMAC-SHA256",
            Algorithm::Acs3HmacSm3 => "ACS3-HMAC-SM3",
            Algorithm::Rpc1HmacSha1 => "HMAC-SHA1",
        }
    }
}

/// What makes every attempt another request: a number that is used once, and the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// At most 64 letters and digits, never used before.
    pub nonce: String,
    /// `2006-01-02T15:04:05Z`.
    pub date: String,
}

impl Stamp {
    /// A fresh nonce of 128 bits from the operating system, at a time.
    ///
    /// # Errors
    /// If the operating system has no randomness to give: a nonce from anywhere else might repeat.
    pub fn fresh(now: Timestamp) -> Result<Stamp, crate::error::ConfigurationError> {
        Ok(Stamp { nonce: random_hex()?, date: date(now) })
    }
}

/// 128 bits of the operating system's randomness, in hexadecimal.
pub(crate) fn random_hex() -> Result<String, crate::error::ConfigurationError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        crate::error::ConfigurationError::new(format!("the operating system gives no random bytes: {error}"))
    })?;
    Ok(hex(&bytes))
}

/// A time as signatures want it: UTC, whole seconds, ASCII.
pub fn date(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Percent-encodes a text as signatures want it (RFC 3986): all but letters, digits and `-_.~`.
pub fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// `name=value` pairs, sorted by name, encoded and joined by `&`. An empty value keeps its `=`.
pub fn canonical_query(pairs: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(query_room(pairs));
    push_query(pairs, &mut out);
    out
}

/// How long a canonical query is, nearly.
fn query_room(pairs: &[(&str, &str)]) -> usize {
    pairs.iter().map(|(name, value)| name.len() + value.len() * 3 / 2 + 2).sum()
}

fn push_query(pairs: &[(&str, &str)], out: &mut String) {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.extend(utf8_percent_encode(name, RESERVED));
        out.push('=');
        out.extend(utf8_percent_encode(value, RESERVED));
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(*byte));
    }
    out
}

/// The HMAC of a message; generic over the hash function.
macro_rules! hmac {
    ($hash:ty, $key:expr, $message:expr) => {{
        use ::hmac::{Hmac, KeyInit, Mac};
        // A key of any length is welcome: there is nothing to go wrong.
        let mut mac = <Hmac<$hash>>::new_from_slice($key).unwrap_or_else(|_| <Hmac<$hash>>::new(&Default::default()));
        mac.update($message);
        mac.finalize().into_bytes()
    }};
}
use hmac;

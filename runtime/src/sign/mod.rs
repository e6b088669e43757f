//! Signatures: what proves to the service who asks. Pure functions of texts, so that a service can check with the same
//! code what a client signs; where the texts come from is [`crate::prepare`]'s affair.

pub mod acs3;
pub(crate) mod encode;
pub mod rpc1;

use encode::{COMPONENT, STRICT, is_loose};
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use std::borrow::Cow;
use std::ops::Range;

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
    const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(0));
    PRINTER.timestamp_to_string(&time)
}

/// Percent-encodes a text as signatures want it (RFC 3986): all but letters, digits and `-_.~`.
pub fn encode(text: &str) -> Cow<'_, str> {
    let encoded = STRICT.text(text);
    if encoded.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(encoded) }
}

/// `name=value` pairs, sorted by name, encoded and joined by `&`. An empty value keeps its `=`.
pub fn canonical_query(pairs: &[(&str, &str)]) -> String {
    let mut query = Query::of(pairs.iter().copied());
    let mut out = String::with_capacity(query.len());
    query.push_sorted(&mut out);
    out
}

/// `name=value` pairs that are encoded once, for the URL and for the signature: few are encoded otherwise there.
pub(crate) struct Query<'a> {
    text: String,
    pairs: Vec<Pair<'a>>,
}

/// A pair, and where it stands in the text.
struct Pair<'a> {
    name: &'a str,
    value: &'a str,
    place: Range<usize>,
}

impl<'a> Query<'a> {
    pub(crate) fn of(given: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Query<'a> {
        let (mut written, mut pairs) = (COMPONENT.pairs(given.clone()), Vec::with_capacity(given.size_hint().0));
        for (name, value) in given {
            let place = written.push_pair(name, value);
            pairs.push(Pair { name, value, place });
        }
        Query { text: written.into_text(), pairs }
    }

    /// As a URL has them, in the order in which they were given.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Bytes of the text.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Sorted by name and value, as they are before they are encoded.
    fn push_sorted(&mut self, out: &mut String) {
        self.pairs.sort_unstable_by(|one, other| (one.name, one.value).cmp(&(other.name, other.value)));
        let is_any_loose = is_loose(&self.text);
        for (index, pair) in self.pairs.iter().enumerate() {
            if index > 0 {
                out.push('&');
            }
            if is_any_loose {
                for part in [&*encode(pair.name), "=", &*encode(pair.value)] {
                    out.push_str(part);
                }
            } else {
                out.push_str(self.text.get(pair.place.clone()).unwrap_or_default());
            }
        }
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    push_hex(bytes, &mut out);
    out
}

fn push_hex(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(*byte));
    }
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

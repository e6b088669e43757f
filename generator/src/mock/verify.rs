//! Who asks: signatures of both kinds, computed again from the decoded request, and what they need: keys, clock, numbers
//! that are used once.

use super::incoming::Incoming;
use super::nonces::Nonces;
use super::refusal::Refusal;
use bindery_runtime::credentials::Credentials;
use bindery_runtime::sign::{Algorithm, acs3, rpc1};
use jiff::Timestamp;
use subtle::ConstantTimeEq;

/// A date may be this far off, in seconds.
const SKEW: i64 = 15 * 60;
/// What proves a request, in words.
const HOW: &str = "sign as ACS3-HMAC-SHA256, ACS3-HMAC-SM3 or RPC 1.0 with HMAC-SHA1";

/// Checks signatures.
#[derive(Debug)]
pub(super) struct Verifier {
    pub keys: Vec<Credentials>,
    /// The time that is believed; `None`: the clock's.
    pub time: Option<Timestamp>,
    pub nonces: Nonces,
}

/// What a request says of its signature.
struct Claim<'r> {
    key: &'r str,
    signature: &'r str,
    date: &'r str,
    nonce: &'r str,
    token: Option<&'r str>,
}

impl Verifier {
    /// The time.
    pub fn now(&self) -> Timestamp {
        self.time.unwrap_or_else(Timestamp::now)
    }

    /// Refuses a request that is not signed as it should be.
    pub fn verify(&self, incoming: &Incoming) -> Result<(), Refusal> {
        match incoming.algorithm {
            Some(Algorithm::Rpc1HmacSha1) => self.verify_query(incoming),
            Some(algorithm) => self.verify_header(incoming, algorithm),
            None => Err(Refusal::new(400, "MissingSignature", "the request is not signed", HOW)),
        }
    }

    fn verify_header(&self, incoming: &Incoming, algorithm: Algorithm) -> Result<(), Refusal> {
        let header = |name: &str, code: &str| {
            let value = incoming.header(name).filter(|value| !value.is_empty());
            value.ok_or_else(|| Refusal::missing(code, &format!("the header `{name}`")))
        };
        let given = header("authorization", "Signature")?;
        let Some(authorization) = Authorization::parse(given, algorithm) else {
            let form = "ALGORITHM Credential=KEY,SignedHeaders=NAME;NAME,Signature=HEX";
            let message = format!(
                "the header `Authorization` is not of the form `{form}`, with ACS3-HMAC-SHA256 or \
                ACS3-HMAC-SM3 for the algorithm"
            );
            return Err(Refusal::new(400, "IncompleteSignature", message, HOW));
        };
        let claim = Claim {
            key: authorization.key,
            signature: authorization.signature,
            date: header("x-acs-date", "Timestamp")?,
            nonce: header("x-acs-signature-nonce", "SignatureNonce")?,
            token: incoming.header("x-acs-security-token"),
        };
        let claimed_hash = header("x-acs-content-sha256", "ContentHash")?;
        let key = self.key(&claim)?;
        self.on_time(&claim)?;
        let listed: Vec<&str> = authorization.signed_headers.split(';').collect();
        let must = incoming.headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("x-acs-"));
        if let Some(name) = std::iter::once("host").chain(must).find(|name| !listed.contains(name)) {
            let message = format!("the header `{name}` is not among the signed ones");
            let recommend = "sign `host` and every `x-acs-*` header";
            return Err(Refusal::new(400, "IncompleteSignature", message, recommend));
        }
        let hash = acs3::payload_hash(algorithm, &incoming.body);
        if !same(claimed_hash, &hash) {
            let message = format!("`x-acs-content-sha256` is not the hash of the body that came, which is {hash}");
            return Err(Refusal::new(400, "SignatureDoesNotMatch", message, "hash exactly the bytes that are sent"));
        }
        let query: Vec<(&str, &str)> = incoming.query.iter().collect();
        let mut headers = Vec::with_capacity(listed.len());
        for name in &listed {
            let before = headers.len();
            let values = incoming.headers.get_all(*name).iter();
            headers.extend(values.filter_map(|value| Some((*name, std::str::from_utf8(value.as_bytes()).ok()?))));
            if headers.len() == before {
                let message = format!("the header `{}` is said to be signed and did not come", visible(name));
                return Err(Refusal::new(400, "IncompleteSignature", message, "sign the headers that are sent"));
            }
        }
        let canonical = acs3::canonical_request(incoming.method.as_str(), &incoming.path, &query, &headers, &hash);
        let string_to_sign = acs3::string_to_sign(algorithm, &canonical);
        let signature = acs3::signature(algorithm, key.access_key_secret.expose(), &string_to_sign);
        self.decide(&claim, key, &signature, &string_to_sign)
    }

    fn verify_query(&self, incoming: &Incoming) -> Result<(), Refusal> {
        let parameter = |name: &str| {
            let value = incoming.parameter(name).filter(|value| !value.is_empty());
            value.ok_or_else(|| Refusal::missing(name, &format!("the parameter `{name}`")))
        };
        let claim = Claim {
            key: parameter("AccessKeyId")?,
            signature: parameter("Signature")?,
            date: parameter("Timestamp")?,
            nonce: parameter("SignatureNonce")?,
            token: incoming.parameter("SecurityToken"),
        };
        for (name, value) in [("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0")] {
            if !parameter(name)?.eq_ignore_ascii_case(value) {
                let message = format!("`{name}` must be `{value}`");
                return Err(Refusal::new(400, format!("Invalid{name}"), message, HOW));
            }
        }
        let key = self.key(&claim)?;
        self.on_time(&claim)?;
        let signed: Vec<(&str, &str)> = incoming.pairs().filter(|(name, _)| *name != "Signature").collect();
        let string_to_sign = rpc1::string_to_sign(incoming.method.as_str(), &signed);
        let signature = rpc1::signature(key.access_key_secret.expose(), &string_to_sign);
        self.decide(&claim, key, &signature, &string_to_sign)
    }

    fn key(&self, claim: &Claim<'_>) -> Result<&Credentials, Refusal> {
        let known = self.keys.iter().find(|key| key.access_key_id == claim.key);
        known.ok_or_else(|| {
            let message = "the access key ID is not known";
            let recommend = "use the access key that the service was started with";
            Refusal::new(404, "InvalidAccessKeyId.NotFound", message, recommend)
        })
    }

    fn on_time(&self, claim: &Claim<'_>) -> Result<(), Refusal> {
        let bytes = claim.date.as_bytes();
        // The parser takes more forms of the standard than the service.
        let is_whole = bytes.len() == 20 && bytes.get(10) == Some(&b'T') && bytes.last() == Some(&b'Z');
        let date: Option<Timestamp> = claim.date.parse().ok().filter(|_| is_whole);
        let Some(date) = date else {
            let message = "the date is not of the form `2006-01-02T15:04:05Z`";
            return Err(Refusal::new(400, "InvalidTimeStamp.Format", message, "send UTC with whole seconds"));
        };
        let off = self.now().as_second() - date.as_second();
        if off.abs() > SKEW {
            let word = if off > 0 { "behind" } else { "ahead" };
            let message = format!("the date is {} seconds {word}: the limit is {SKEW}", off.abs());
            return Err(Refusal::new(
                400,
                "InvalidTimeStamp.Expired",
                message,
                "set the clock of the machine that asks",
            ));
        }
        Ok(())
    }

    /// The verdict, once the signature is computed. Only who has the secret learns anything of tokens and numbers.
    fn decide(&self, claim: &Claim<'_>, key: &Credentials, signature: &str, signed: &str) -> Result<(), Refusal> {
        if !same(claim.signature, signature) {
            let message = format!("the signature is not the one computed here; server string to sign is: {signed}");
            let recommend = "compare it with the client's string to sign; if they are the same, the secret is wrong";
            return Err(Refusal::new(400, "SignatureDoesNotMatch", message, recommend));
        }
        match (&key.security_token, claim.token.filter(|token| !token.is_empty())) {
            (Some(_), None) => {
                return Err(Refusal::new(
                    400,
                    "MissingSecurityToken",
                    "the access key is a temporary one and its security token is missing",
                    "send the token that came with the key",
                ));
            }
            (None, Some(_)) => return Err(other_token()),
            (Some(token), Some(given)) if !same(given, token.expose()) => return Err(other_token()),
            _ => {}
        }
        if key.expires.is_some_and(|end| end <= self.now()) {
            let (code, message) = ("InvalidSecurityToken.Expired", "the security token has expired");
            return Err(Refusal::new(403, code, message, "get new temporary credentials"));
        }
        if !self.nonces.take(claim.key, claim.nonce) {
            let (code, message) = ("SignatureNonceUsed", "the nonce has been used before");
            return Err(Refusal::new(400, code, message, "make a new nonce for every attempt, and sign again"));
        }
        Ok(())
    }
}

fn other_token() -> Refusal {
    let (code, message) = ("InvalidSecurityToken.MismatchWithAccessKey", "the security token is not that of the key");
    Refusal::new(400, code, message, "send the token that came with the key, and none with a lasting key")
}

/// Compared in the same time wherever they differ.
fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

fn visible(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(100).collect()
}

/// What the header holds.
struct Authorization<'r> {
    key: &'r str,
    signed_headers: &'r str,
    signature: &'r str,
}

impl Authorization<'_> {
    fn parse(text: &str, algorithm: Algorithm) -> Option<Authorization<'_>> {
        let rest = text.strip_prefix(algorithm.name())?.strip_prefix(' ')?;
        let part = |name: &str| {
            rest.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('=')).filter(|v| !v.is_empty())
        };
        Some(Authorization {
            key: part("Credential")?,
            signed_headers: part("SignedHeaders")?,
            signature: part("Signature")?,
        })
    }
}

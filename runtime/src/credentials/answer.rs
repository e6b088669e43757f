//! What sources answer: JSON with the parts of credentials, in two spellings. Nothing of an answer's text ever gets
//! into an error, for it may be a secret.

use super::{Credentials, CredentialsError};
use crate::http::{BoxFuture, Bytes, Direct, Limits, Request, Response, TransportError, header};
use crate::surroundings::Outside;
use crate::{Json, Secret};
use jiff::Timestamp;
use std::borrow::Cow;
use std::time::Duration;

/// What the parts are called.
pub(super) struct Names {
    pub(super) id: &'static str,
    pub(super) secret: &'static str,
    pub(super) token: &'static str,
    pub(super) end: &'static str,
}

/// As the vendor's services call them.
pub(super) const SERVICE: Names =
    Names { id: "AccessKeyId", secret: "AccessKeySecret", token: "SecurityToken", end: "Expiration" };
/// As the vendor's command line calls them.
pub(super) const COMMAND_LINE: Names =
    Names { id: "access_key_id", secret: "access_key_secret", token: "sts_token", end: "expiration" };

/// For services of the vendor.
pub(super) const REMOTE: Limits =
    Limits { connect: Duration::from_secs(5), total: Duration::from_secs(10), body: 256 * 1024 };

/// Reads JSON.
pub(super) fn json(text: &[u8]) -> Result<Json, CredentialsError> {
    serde_json::from_slice(text).map_err(|error| {
        CredentialsError::failed(format!("is no JSON (line {}, column {})", error.line(), error.column()))
    })
}

/// A member that is a text and not empty.
pub(super) fn text<'a>(object: &'a Json, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Json::as_str).filter(|text| !text.is_empty())
}

/// The credentials in an answer.
pub(super) fn credentials(
    object: &Json,
    names: &Names,
    provider: impl Into<Cow<'static, str>>,
) -> Result<Credentials, CredentialsError> {
    let part = |name| text(object, name).ok_or_else(|| CredentialsError::failed(format!("lacks `{name}`")));
    let end = text(object, names.end)
        .map(str::parse::<Timestamp>)
        .transpose()
        .map_err(|_| CredentialsError::failed(format!("has in `{}` no time like 2006-01-02T15:04:05Z", names.end)))?;
    let found = Credentials {
        access_key_id: part(names.id)?.to_owned(),
        access_key_secret: Secret::from(part(names.secret)?),
        security_token: text(object, names.token).map(Secret::from),
        expires: end,
        provider: provider.into(),
    };
    found.check().map_err(|error| CredentialsError::failed(format!("cannot be used: {error}")))?;
    Ok(found)
}

/// The credentials in a service's answer: they are temporary, so that token and end belong to them.
pub(super) fn temporary(
    object: &Json,
    provider: impl Into<Cow<'static, str>>,
) -> Result<Credentials, CredentialsError> {
    for name in [SERVICE.token, SERVICE.end] {
        text(object, name).ok_or_else(|| CredentialsError::failed(format!("lacks `{name}`")))?;
    }
    credentials(object, &SERVICE, provider)
}

/// A word of an answer that can be shown: a code, an ID. Anything else might be more than that.
pub(super) fn word<'a>(object: &'a Json, name: &str) -> Option<&'a str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    text(object, name).filter(|word| word.len() <= 80 && word.bytes().all(fits))
}

/// What a service says about its refusal: `NoPermission, HTTP 403; request 4C1D-…`. Its sentence is left out, as it can
/// repeat what it was sent.
pub(super) fn refusal(answer: &Response<Bytes>) -> String {
    let said = serde_json::from_slice::<Json>(answer.body()).unwrap_or_default();
    let status = answer.status().as_u16();
    let code = ["Code", "code", "error", "ErrorCode"].iter().find_map(|name| word(&said, name));
    let request = ["RequestId", "requestId"].iter().find_map(|name| word(&said, name));
    let mut out = code.map_or_else(String::new, |code| format!("{code}, "));
    out.push_str(&format!("HTTP {status}"));
    if let Some(id) = request {
        out.push_str("; request ");
        out.push_str(id);
    }
    out
}

/// A request with a body of a type, made from parts that are known to fit.
pub(super) fn post(url: &str, kind: &str, body: String) -> Result<Request<Bytes>, CredentialsError> {
    Request::post(url)
        .header(header::CONTENT_TYPE, kind)
        .header(header::ACCEPT, "application/json")
        .body(Bytes::from(body))
        .map_err(|_| CredentialsError::failed("the request cannot be built"))
}

/// Sends a request through the seam. Without encryption it goes past every proxy, which could read the keys.
pub(super) fn send(
    outside: &Outside,
    mut request: Request<Bytes>,
    limits: Limits,
) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
    if request.uri().scheme_str() == Some("http") {
        request.extensions_mut().insert(Direct);
    }
    outside.http.send(request, limits)
}

/// What an error of the network means to who waits for credentials.
pub(super) fn unreachable(host: &str, error: &TransportError) -> CredentialsError {
    CredentialsError::failed(format!("no answer from {host}: {error}. Check the network and the proxy settings"))
}

//! What an answer says about a failure: which error it is, with what the service tells about it.
//!
//! Services spell the same members in several ways, and gateways in front of them spell nothing: then the HTTP status is
//! what is left.

use super::Decode;
use super::answer::Received;
use super::redact::Redaction;
use crate::Json;
use crate::error::{Error, ServiceError};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;

/// Members that hold the code of a failure, and nothing else.
const CODES: [&str; 2] = ["ErrCode", "DynamicCode"];

/// Members that say more about that code.
const MESSAGES: [&str; 2] = ["ErrMessage", "DynamicMessage"];

/// Members that hold the status of an answer, a failure's or not.
const STATUSES: [&str; 2] = ["HttpStatusCode", "Code"];

/// Seconds from which on a clock that is wrong is worth a word: services allow minutes.
const SKEW: i64 = 60;

/// Details of a refused permission at most.
const DETAILS: usize = 32;

/// The error for a status that is no success, whatever the body is.
pub(super) fn of_status(received: &Received<'_>, parsed: Result<Json, String>) -> Error {
    let status = received.status;
    let synthesized = || format!("HTTP{status}");
    let (code, message, body) = match parsed {
        _ if status < 400 => {
            let message = "redirects are refused: check the endpoint and the proxy settings".to_owned();
            (synthesized(), message, None)
        }
        Ok(body) => {
            let code = text(&body, &["Code", "ErrCode", "ErrorCode"]).unwrap_or_else(synthesized);
            (code, text(&body, &["Message", "ErrMessage", "ErrorMessage"]).unwrap_or_default(), Some(body))
        }
        Err(message) => (synthesized(), format!("the answer cannot be read: {message}"), None),
    };
    error(received, code, &message, body.as_ref())
}

/// The error for an answer that comes as a success and says that it is none.
pub(super) fn of_answer(received: &Received<'_>, body: &Json) -> Option<Error> {
    if member(body, "Success").and_then(bool::decode) != Some(false) {
        return None;
    }
    let code = text(body, &["ErrCode", "Code", "DynamicCode"]).unwrap_or_else(|| format!("HTTP{}", received.status));
    let dynamic = text(body, &["DynamicMessage"]);
    let message = match (text(body, &["ErrMessage", "Message"]), dynamic) {
        // The message is a sentence with a gap, and the other one is what belongs there. One gap: an answer of nothing
        // but gaps would grow beyond every limit.
        (Some(message), Some(part)) => message.replacen("%s", &part, 1),
        (message, dynamic) => message.or(dynamic).unwrap_or_else(|| "it says `Success: false`".to_owned()),
    };
    Some(error(received, code, &message, Some(body)))
}

/// An answer as one of a success: samples are written to show every member, and so show what only a failure has.
pub fn success(mut answer: serde_json::Map<String, Json>) -> serde_json::Map<String, Json> {
    let said = |name: &&str| answer.get(*name).and_then(String::decode).is_some_and(|text| !text.trim().is_empty());
    if CODES.iter().any(said) {
        answer.retain(|name, _| !CODES.contains(&name.as_str()) && !MESSAGES.contains(&name.as_str()));
    }
    let failed = |value: &Json| i64::decode(value).is_some_and(|status| (400..600).contains(&status));
    answer.retain(|name, value| !(STATUSES.contains(&name.as_str()) && failed(value)));
    answer
}

/// The status of a failure that an answer tells under a status of success.
fn told_status(body: &Json) -> Option<u16> {
    let told = member(body, "HttpStatusCode").and_then(i64::decode)?;
    u16::try_from(told).ok().filter(|told| (400..600).contains(told))
}

/// The request's ID: from the body, else from a header.
pub(super) fn request_id(received: &Received<'_>, body: Option<&Json>) -> Option<String> {
    let id = body.and_then(|body| text(body, &["RequestId"])).or_else(|| header(received, "x-acs-request-id"));
    id.map(|id| Redaction::of(received.secrets).apply(&id))
}

fn error(received: &Received<'_>, code: String, message: &str, body: Option<&Json>) -> Error {
    let redaction = Redaction::of(received.secrets);
    let lower = code.to_ascii_lowercase();
    let busy =
        header(received, "x-acs-retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_millis);
    let later = header(received, "retry-after").and_then(|text| moment(text.trim(), received.at));
    let throttled = received.status == 429
        || busy.is_some()
        || lower.contains("throttling")
        || (received.status == 503 && later.is_some());
    let details = body.and_then(|body| member(body, "AccessDeniedDetail"));
    let cause = Box::new(ServiceError {
        action: received.action.to_owned(),
        status: received.status,
        told_status: body.filter(|_| received.status < 300).and_then(told_status),
        code: redaction.apply(&code),
        message: redaction.apply(message.trim()),
        request_id: request_id(received, body),
        recommendation: body.and_then(|body| text(body, &["Recommend"])).map(|url| redaction.apply(&url)),
        access_denied: details.map(|details| pairs(details, &redaction)).unwrap_or_default(),
        clock_ahead: clock_ahead(received, &lower),
    });
    if throttled { Error::Throttled { cause, retry_after: busy.or(later) } } else { Error::Service(cause) }
}

/// How long a `Retry-After` asks to wait: in seconds, or until a date.
fn moment(text: &str, now: Timestamp) -> Option<Duration> {
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let until = date(text)?.as_second().checked_sub(now.as_second())?;
            Some(Duration::from_secs(u64::try_from(until).unwrap_or_default()))
        }
    }
}

/// How far this machine's clock is ahead, if the service complains about the time and the difference is the reason.
fn clock_ahead(received: &Received<'_>, code: &str) -> Option<i64> {
    let about_time = code.contains("timestamp") || code.contains("timetooskewed");
    let there = header(received, "date").filter(|_| about_time).and_then(|text| date(&text))?;
    let ahead = received.at.as_second().checked_sub(there.as_second())?;
    Some(ahead).filter(|ahead| ahead.unsigned_abs() >= SKEW.unsigned_abs())
}

/// A date as HTTP writes it.
fn date(text: &str) -> Option<Timestamp> {
    const PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(text).ok()
}

fn header(received: &Received<'_>, name: &str) -> Option<String> {
    let text = received.headers.get(name)?.to_str().ok()?;
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// The first of these members that says something.
fn text(json: &Json, names: &[&str]) -> Option<String> {
    let texts = names.iter().filter_map(|name| String::decode(member(json, name)?));
    texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
}

/// A member, under its name in any spelling: `RequestId`, `requestId`, `request_id`.
fn member<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    let members = json.as_object()?;
    members.get(name).or_else(|| {
        let same = |other: &str| {
            let letters = other.bytes().filter(|byte| *byte != b'_');
            letters.map(|byte| byte.to_ascii_lowercase()).eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
        };
        members.iter().find(|(other, _)| same(other)).map(|(_, value)| value)
    })
}

/// The members of an object as texts, in its order.
fn pairs(details: &Json, redaction: &Redaction<'_>) -> Vec<(String, String)> {
    let members = details.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let texts = members.map(|(name, value)| {
        let value = String::decode(value).unwrap_or_else(|| value.to_string());
        (redaction.apply(name), redaction.apply(&value))
    });
    texts.filter(|(_, value)| !value.is_empty()).take(DETAILS).collect()
}

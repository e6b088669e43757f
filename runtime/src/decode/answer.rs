//! From the bytes of an answer to its JSON, or to the error that it stands for.
//!
//! The bytes come from outside: whatever they are, there is an [`Error`] for them. No error holds their text, except what
//! the service says about a failure, and of that no secret of the request.

use super::{Decode, fault, unique, xml};
use crate::Json;
use crate::error::Error;
use crate::http::{HeaderMap, header};
use jiff::Timestamp;
use std::fmt;

/// An answer that is no failure. `Debug` does not show the body: it may hold what nobody should see.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The request's ID.
    pub request_id: Option<String>,
    /// What the service says; an answer in XML reads as the one in JSON does.
    pub body: Json,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// The answer as a type.
    ///
    /// # Errors
    /// [`Error::Decode`] if it is something else altogether: a list or a text where an object belongs. A field that does
    /// not fit is no error: it is kept beside the fields.
    pub fn typed<T: Decode>(&self, action: &str) -> Result<T, Error> {
        T::decode(&self.body).ok_or_else(|| self.unreadable(action, "it is not what the action is known to answer"))
    }

    /// The error for an answer that is well-formed and still makes no sense.
    pub(crate) fn unreadable(&self, action: &str, message: impl Into<String>) -> Error {
        Error::Decode {
            action: action.to_owned(),
            status: self.status,
            request_id: self.request_id.clone(),
            message: message.into(),
        }
    }
}

/// What came back for a request, before anybody has read it.
#[derive(Clone, Copy)]
pub struct Received<'a> {
    /// The action that was called.
    pub action: &'a str,
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, whole and decompressed.
    pub body: &'a [u8],
    /// When it came, by this machine's clock.
    pub at: Timestamp,
    /// What must not be seen in an error, since services repeat what they were given: the values of sensitive parameters,
    /// the secrets that the request was signed with. Those of less than three characters are not looked for.
    pub secrets: &'a [&'a str],
}

impl Received<'_> {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Service`] or [`Error::Throttled`] if the service, or something on the way to it, says that the request
    /// failed, under whatever status; [`Error::Decode`] if it claims success and cannot be read.
    pub fn read(&self) -> Result<Answer, Error> {
        let parsed = self.parse();
        if !(200..300).contains(&self.status) {
            return Err(fault::of_status(self, parsed));
        }
        let body = parsed.map_err(|message| Error::Decode {
            action: self.action.to_owned(),
            status: self.status,
            request_id: fault::request_id(self, None),
            message,
        })?;
        match fault::of_answer(self, &body) {
            Some(error) => Err(error),
            None => Ok(Answer { status: self.status, request_id: fault::request_id(self, Some(&body)), body }),
        }
    }

    /// The body as JSON, or what is wrong with it in words of ours.
    fn parse(&self) -> Result<Json, String> {
        const ENCODING: &str = "it is not UTF-8";
        let text = std::str::from_utf8(self.body).map_err(|_| ENCODING.to_owned())?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
        if text.is_empty() {
            // Success without content is what some statuses are for.
            let meant = matches!(self.status, 202 | 204 | 205);
            return if meant { Ok(Json::Object(serde_json::Map::new())) } else { Err("it is empty".to_owned()) };
        }
        if !text.starts_with('<') {
            return unique::parse(text);
        }
        let media = self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if media.to_ascii_lowercase().contains("html") || is_page(text) {
            return Err(PAGE.to_owned());
        }
        xml::parse(text)
    }
}

/// What is wrong with the answer of a gateway.
pub(super) const PAGE: &str = "it is a web page: a gateway or a proxy wrote it, not the service";

/// Whether markup that nobody declares is a web page.
fn is_page(text: &str) -> bool {
    ["<!doctype html", "<html"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

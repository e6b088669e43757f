//! A request as it came: decoded, and not yet believed.

use super::answer::Format;
use super::pairs::Pairs;
use super::refusal::Refusal;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderMap, Method, Request, header};
use bindery_runtime::sign::Algorithm;
use std::time::Duration;

/// A client has this long to send its body.
const BODY_TIME: Duration = Duration::from_secs(30);

/// A request as it came.
#[derive(Debug)]
pub(super) struct Incoming {
    pub method: Method,
    /// As it came, percent-encoded.
    pub path: String,
    /// Decoded, in order.
    pub query: Pairs,
    /// The parameters in the path; filled once the action is known.
    pub in_path: Pairs,
    /// Decoded, in order; empty if the body is no form.
    pub form: Pairs,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// How it says that it is signed; `None`: not at all.
    pub algorithm: Option<Algorithm>,
}

impl Incoming {
    /// Reads a request and decodes it. `limit`: bytes of its body.
    pub async fn read(request: Request<Body>, limit: usize) -> Result<Incoming, (Format, Refusal)> {
        let (parts, body) = request.into_parts();
        let query = parts.uri.query().map(|query| Pairs::parse(query.as_bytes())).unwrap_or_default();
        let mut incoming = Incoming {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query,
            in_path: Pairs::default(),
            form: Pairs::default(),
            headers: parts.headers,
            body: Bytes::new(),
            algorithm: None,
        };
        if !body.is_end_stream() {
            incoming.body = match tokio::time::timeout(BODY_TIME, to_bytes(body, limit)).await {
                Ok(Ok(bytes)) => bytes,
                Ok(Err(_)) => {
                    let message = format!("the body is longer than {limit} bytes, or breaks off");
                    let refusal = Refusal::new(413, "RequestEntityTooLarge", message, "send less");
                    return Err((incoming.format(), refusal));
                }
                Err(_) => {
                    let message = format!("the body did not come within {} seconds", BODY_TIME.as_secs());
                    let refusal = Refusal::new(408, "RequestTimeout", message, "send it at once");
                    return Err((incoming.format(), refusal));
                }
            };
        }
        let form = "application/x-www-form-urlencoded";
        let kind = incoming.header("content-type").unwrap_or_default();
        if kind.get(..form.len()).is_some_and(|start| start.eq_ignore_ascii_case(form)) {
            incoming.form = Pairs::parse(&incoming.body);
        }
        incoming.algorithm = incoming.signed_with();
        Ok(incoming)
    }

    /// A header; `None` if it is absent or not ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A parameter of the query or else of the form.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name).or_else(|| self.form.get(name))
    }

    /// A parameter of the query, the form or the path.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.parameter(name).or_else(|| self.in_path.get(name))
    }

    /// All parameters of query and form, in this order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().chain(self.form.iter())
    }

    /// The form in which the answer is wanted. The older signature wants XML unless the request says otherwise, as the
    /// service documents it.
    pub fn format(&self) -> Format {
        match self.parameter("Format") {
            Some(format) if format.eq_ignore_ascii_case("xml") => Format::Xml,
            Some(_) => Format::Json,
            None if self.algorithm == Some(Algorithm::Rpc1HmacSha1) => Format::Xml,
            None if self.header("x-acs-action").is_none() && self.parameter("Action").is_some() => Format::Xml,
            None => {
                let accept = self.header(header::ACCEPT.as_str()).unwrap_or_default();
                if accept.contains("xml") && !accept.contains("json") { Format::Xml } else { Format::Json }
            }
        }
    }

    fn signed_with(&self) -> Option<Algorithm> {
        match self.header(header::AUTHORIZATION.as_str()) {
            Some(text) if text.starts_with("ACS3-HMAC-SM3 ") => Some(Algorithm::Acs3HmacSm3),
            Some(_) => Some(Algorithm::Acs3HmacSha256),
            None if self.parameter("Signature").is_some() || self.parameter("AccessKeyId").is_some() => {
                Some(Algorithm::Rpc1HmacSha1)
            }
            None => None,
        }
    }
}

//! How bytes get to a server and back: one small trait, and what can go wrong on the way.
//!
//! Whoever implements [`HttpClient`] never follows a redirect, never repeats a request, and never puts a URL's query, a
//! header's value or a body into an error.

mod reqwest;

pub use self::reqwest::{HttpOptions, Reqwest};
pub use ::http::{HeaderMap, Request, Response, StatusCode, Uri, header};
pub use bytes::Bytes;

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

/// A future that can be stored and sent.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request, once.
///
/// Dropping the future gives the request up. Clones of a client share the value behind an `Arc`.
pub trait HttpClient: Send + Sync {
    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// If there is no whole answer within the limits.
    fn send(&self, request: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

/// A mark among a request's extensions: it must not go through a proxy, and may be `http://…`. What it asks for is of
/// this machine, and a proxy would give the keys of another one, or see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direct;

/// How much one request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For making a connection, TLS included. A shared connection pool may know a fixed one only: then the smaller counts.
    pub connect: Duration,
    /// For everything, from the first byte to the last.
    pub total: Duration,
    /// Bytes of an answer's body, after decompression.
    pub body: usize,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError {
    /// What kind of failure it is.
    pub kind: TransportErrorKind,
    /// The cause in words: never a URL's query, a header's value or a body.
    pub message: String,
}

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request cannot be built or sent as it is.
    Request,
    /// No connection: the service has seen nothing of the request.
    Connect,
    /// No encrypted connection that can be trusted: the service has seen nothing of the request.
    Tls,
    /// The time was over. Whether the service has acted is not known.
    Timeout,
    /// The connection broke. Whether the service has acted is not known.
    Interrupted,
    /// The answer is larger than allowed, or cannot be read as HTTP.
    Answer,
}

impl TransportErrorKind {
    /// Whether it is certain that the service has not seen the request.
    pub fn is_before_sending(self) -> bool {
        matches!(self, TransportErrorKind::Request | TransportErrorKind::Connect | TransportErrorKind::Tls)
    }
}

impl TransportError {
    /// An error of a kind.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> TransportError {
        TransportError { kind, message: message.into() }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {}

//! The HTTP client that is used unless another one is given: `reqwest` with `rustls`.

use super::{BoxFuture, Bytes, HttpClient, Limits, Request, Response, TransportError};

/// What to trust beside the machine's own certificates.
#[derive(Debug, Clone, Default)]
pub struct TlsOptions {
    /// Certificates of authorities, in PEM.
    pub extra_roots: Vec<Vec<u8>>,
}

/// `reqwest`, set up to follow no redirect, to use the machine's proxies, and to keep connections.
#[derive(Debug, Clone)]
pub struct Reqwest {
    client: reqwest::Client,
}

impl HttpClient for Reqwest {
    fn send(
        &self,
        _request: Request<Bytes>,
        _limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let _ = &self.client;
        Box::pin(async { Err(TransportError::new(super::TransportErrorKind::Request, "not there yet")) })
    }
}

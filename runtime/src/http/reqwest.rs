//! The HTTP client that is used unless another one is given: `reqwest` with `rustls`.

use super::{
    BoxFuture, Bytes, Direct, HttpClient, Limits, Request, Response, TransportError, TransportErrorKind as Kind,
};
use crate::error::ConfigurationError;
use reqwest::{Certificate, redirect};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use std::error::Error;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

/// How connections are made.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// For making a connection, TLS included.
    pub connect_timeout: Duration,
    /// Certificates of authorities to trust beside the machine's own, in PEM.
    pub extra_roots: Vec<Vec<u8>>,
    /// Dangerous: URLs may be `http://…`.
    pub allow_http: bool,
}

impl Default for HttpOptions {
    fn default() -> HttpOptions {
        HttpOptions { connect_timeout: Duration::from_secs(5), extra_roots: Vec::new(), allow_http: false }
    }
}

/// `reqwest`, set up to follow no redirect, to repeat nothing, to check certificates against the machine's trusted
/// authorities, to use the proxies that the environment names, and to keep connections.
#[derive(Debug, Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    /// For requests that are marked [`Direct`]: the metadata service and its like, which know no TLS.
    direct: reqwest::Client,
}

impl Reqwest {
    /// A client.
    ///
    /// # Errors
    /// If a certificate cannot be read, or if the machine's trusted authorities or proxies cannot be used.
    pub fn new(options: &HttpOptions) -> Result<Reqwest, ConfigurationError> {
        let tls = tls(options)?;
        let made = |builder: reqwest::ClientBuilder, connect: Duration| {
            builder
                .tls_backend_preconfigured(tls.clone())
                .redirect(redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .connect_timeout(connect)
                .build()
                .map_err(|error| {
                    ConfigurationError::new(format!("no HTTP client can be made here: {}", causes(&error)))
                })
        };
        let connect = options.connect_timeout;
        let client = made(reqwest::Client::builder().https_only(!options.allow_http), connect)?;
        let direct = made(reqwest::Client::builder().no_proxy(), connect.min(Duration::from_secs(1)))?;
        Ok(Reqwest { client, direct })
    }
}

fn tls(options: &HttpOptions) -> Result<ClientConfig, ConfigurationError> {
    let refused = |what: &str, error: &dyn Error| ConfigurationError::new(format!("{what}: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = Vec::new();
    for pem in &options.extra_roots {
        // Read here for the error's sake: a text that is no certificate would be passed over.
        let read = Certificate::from_pem_bundle(pem).map_err(|error| refused("a certificate is no PEM", &error))?;
        if read.is_empty() {
            return Err(ConfigurationError::new("a certificate is no PEM: nothing stands between BEGIN and END"));
        }
        use rustls::pki_types::{CertificateDer, pem::PemObject};
        roots.extend(CertificateDer::pem_slice_iter(pem).filter_map(Result::ok));
    }
    let config = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let config = config.map_err(|error| refused("TLS cannot be used", &error))?;
    let verifier = match Verifier::new_with_extra_roots(roots, provider) {
        Ok(verifier) => verifier,
        // A service on this machine needs none; whoever else is called is then not trusted.
        Err(_) if options.allow_http && options.extra_roots.is_empty() => {
            return Ok(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
        }
        Err(error) => {
            return Err(refused("the machine has no trusted authorities (on Linux: install ca-certificates)", &error));
        }
    };
    // Not dangerous: it is the operating system's own verifier, or its trusted authorities.
    Ok(config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

impl HttpClient for Reqwest {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let whole = tokio::time::timeout(limits.total, self.exchange(request, limits.body));
            whole.await.unwrap_or_else(|_| {
                Err(TransportError::new(Kind::Timeout, format!("no answer within {} ms", limits.total.as_millis())))
            })
        })
    }
}

impl Reqwest {
    async fn exchange(&self, request: Request<Bytes>, most: usize) -> Result<Response<Bytes>, TransportError> {
        let client = if request.extensions().get::<Direct>().is_some() { &self.direct } else { &self.client };
        let request = reqwest::Request::try_from(request).map_err(|error| transport(Kind::Request, &error))?;
        let mut answer = client.execute(request).await.map_err(|error| {
            let kind = match &error {
                error if error.is_builder() => Kind::Request,
                error if error.is_connect() && is_tls(error) => Kind::Tls,
                error if error.is_connect() => Kind::Connect,
                error if error.is_timeout() => Kind::Timeout,
                error => broken(error),
            };
            transport(kind, &error)
        })?;
        let too_large = || TransportError::new(Kind::Answer, format!("the answer is larger than {most} bytes"));
        if answer.content_length().is_some_and(|length| length > most as u64) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        loop {
            let chunk = answer.chunk().await.map_err(|error| transport(broken(&error), &error))?;
            let Some(chunk) = chunk else { break };
            if body.len() + chunk.len() > most {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = Response::new(Bytes::from(body));
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(whole)
    }
}

fn is_tls(error: &reqwest::Error) -> bool {
    chain(error).iter().any(|cause| cause.is::<rustls::Error>())
}

/// Whether the connection broke, so that the next one may do better, or the server speaks no HTTP.
fn broken(error: &reqwest::Error) -> Kind {
    let causes = chain(error);
    let is_malformed = |cause: &&(dyn Error + 'static)| {
        let said = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        matches!(said, Some(ErrorKind::InvalidData | ErrorKind::InvalidInput))
    };
    match causes.iter().find_map(|cause| cause.downcast_ref::<hyper::Error>()) {
        Some(error) if error.is_parse() || causes.iter().any(is_malformed) => Kind::Answer,
        // Nothing was wrong with the connection, but with what came over it: it cannot be decompressed.
        None if error.is_decode() => Kind::Answer,
        _ => Kind::Interrupted,
    }
}

/// The causes of an error, from the last to the first. What an I/O error holds is not the source of it.
fn chain(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut causes = Vec::new();
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = cause {
        causes.push(error);
        let held = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = held.map_or_else(|| error.source(), |held| Some(held));
    }
    causes
}

fn transport(kind: Kind, error: &reqwest::Error) -> TransportError {
    TransportError::new(kind, causes(error))
}

/// What the causes say. The error itself, which may show a URL, is left out.
fn causes(error: &reqwest::Error) -> String {
    let mut said = Vec::new();
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !said.iter().any(|known: &String| known.contains(&text)) && !text.contains("://") {
            said.push(text);
        }
        cause = error.source();
    }
    if said.is_empty() { "the connection failed".to_owned() } else { said.join(": ") }
}

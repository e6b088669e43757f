//! One attempt: the signature and all that it needs, as data for showing and as a request for an HTTP client.

use super::{Outgoing, harmless};
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::ConfigurationError;
use crate::http::header::{self, HeaderName, HeaderValue};
use crate::http::{Bytes, Request, Uri};
use crate::operation::Protocol;
use crate::sign::{Algorithm, Query, Stamp, acs3, rpc1};
use crate::wire::Field;
use std::fmt;

/// A request as it goes out. `Debug` shows neither the body nor what was signed.
#[derive(Clone)]
pub struct Signed {
    /// The method.
    pub method: &'static str,
    /// Where it goes.
    pub endpoint: Endpoint,
    /// The path, percent-encoded.
    pub path: String,
    /// The parameters in the URL, decoded.
    pub query: Vec<Field>,
    /// The headers, in order.
    pub headers: Vec<Field>,
    /// The body.
    pub body: Bytes,
    /// What was signed. It holds the parameters of an RPC 1.0 request: not for showing.
    pub string_to_sign: String,
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field("method", &self.method)
            .field("endpoint", &self.endpoint)
            .field("query", &self.query)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// What a signature adds to a request.
struct Signature {
    /// Parameters in the URL before those of the action.
    before: Vec<Field>,
    /// And behind them.
    behind: Vec<Field>,
    headers: Vec<Field>,
    /// All parameters in the URL, encoded.
    query: String,
    string_to_sign: String,
}

impl Outgoing {
    /// Signs one attempt.
    ///
    /// # Errors
    /// If the credentials cannot stand in a header, or if a parameter has a name that the signature needs for itself.
    pub fn sign(&self, credentials: &Credentials, stamp: &Stamp) -> Result<Signed, ConfigurationError> {
        let Signature { before, behind, headers, string_to_sign, .. } = self.signature(credentials, stamp)?;
        Ok(Signed {
            method: self.operation.method,
            endpoint: self.endpoint.clone(),
            path: self.path.clone(),
            query: before.into_iter().chain(self.query.iter().cloned()).chain(behind).collect(),
            headers: self.headers.iter().cloned().chain(headers).collect(),
            body: self.body.clone(),
            string_to_sign,
        })
    }

    /// Signs one attempt for an HTTP client: what [`Outgoing::sign`] and [`Signed::into_http`] give, in one go.
    ///
    /// # Errors
    /// As there.
    pub fn sign_http(&self, credentials: &Credentials, stamp: &Stamp) -> Result<Request<Bytes>, ConfigurationError> {
        let Signature { headers, query, .. } = self.signature(credentials, stamp)?;
        let url = url(&self.endpoint, &self.path, &query);
        request(self.operation.method, url, self.headers.iter().cloned().chain(headers), self.body.clone())
    }

    fn signature(&self, credentials: &Credentials, stamp: &Stamp) -> Result<Signature, ConfigurationError> {
        let signature = match self.algorithm {
            Algorithm::Rpc1HmacSha1 => self.in_query(credentials, stamp)?,
            algorithm => self.in_header(credentials, stamp, algorithm),
        };
        signature.headers.iter().try_for_each(harmless)?;
        Ok(signature)
    }

    fn in_header(&self, credentials: &Credentials, stamp: &Stamp, algorithm: Algorithm) -> Signature {
        let mut headers = Vec::with_capacity(7);
        headers.push(Field::plain("x-acs-date", stamp.date.as_str()));
        headers.push(Field::plain("x-acs-signature-nonce", stamp.nonce.as_str()));
        headers.push(Field::plain(HASH, acs3::payload_hash(algorithm, &self.body)));
        headers.push(Field::plain("x-acs-credentials-provider", credentials.provider.as_ref()));
        if let Some(token) = &credentials.security_token {
            headers.push(Field::plain("x-acs-accesskey-id", credentials.access_key_id.as_str()));
            headers.push(Field::secret("x-acs-security-token", token.expose()));
        }
        let mut query = Query::of(self.query.iter().map(Field::pair));
        let all = self.headers.iter().chain(&headers).map(Field::pair);
        let signed: Vec<_> = all.filter(|(name, _)| acs3::is_signed(name)).collect();
        let hash = headers.iter().find(|field| field.name == HASH).map_or("", |field| &field.value);
        let canonical = acs3::canonical_of(self.operation.method, &self.path, &mut query, &signed, hash);
        let string_to_sign = acs3::string_to_sign(algorithm, &canonical.request);
        let signature = acs3::signature(algorithm, credentials.access_key_secret.expose(), &string_to_sign);
        let id = &credentials.access_key_id;
        let authorization = acs3::authorization(algorithm, id, &canonical.signed_headers, &signature);
        let query = query.into_text();
        headers.push(Field::plain("Authorization", authorization));
        Signature { before: Vec::new(), behind: Vec::new(), headers, query, string_to_sign }
    }

    fn in_query(&self, credentials: &Credentials, stamp: &Stamp) -> Result<Signature, ConfigurationError> {
        if self.operation.api.protocol == Protocol::Roa {
            return Err(ConfigurationError::new(format!(
                "{}: the signature RPC 1.0 is for APIs with one path: use ACS3",
                self.operation.action()
            )));
        }
        if let Some(field) = self.query.iter().chain(&self.form).find(|field| rpc1::RESERVED.contains(&&*field.name)) {
            return Err(ConfigurationError::new(format!(
                "{}: the parameter `{}` cannot travel beside an RPC 1.0 signature, which has one of that name: use ACS3",
                self.operation.action(),
                field.name
            )));
        }
        let is_xml = self.headers.iter().any(|field| field.name == "accept" && field.value == "application/xml");
        let mut before = vec![
            Field::plain("Action", self.operation.action()),
            Field::plain("Format", if is_xml { "XML" } else { "json" }),
            Field::plain("Version", self.operation.api.version),
            Field::plain("Timestamp", stamp.date.as_str()),
            Field::plain("SignatureNonce", stamp.nonce.as_str()),
        ];
        before.extend(credentials.security_token.iter().map(|token| Field::secret("SecurityToken", token.expose())));
        let mut behind = vec![
            Field::plain("SignatureMethod", self.algorithm.name()),
            Field::plain("SignatureVersion", "1.0"),
            Field::plain("AccessKeyId", credentials.access_key_id.as_str()),
        ];
        let all = before.iter().chain(&self.query).chain(&behind).chain(&self.form);
        let pairs: Vec<_> = all.map(Field::pair).collect();
        let string_to_sign = rpc1::string_to_sign(self.operation.method, &pairs);
        let signature = rpc1::signature(credentials.access_key_secret.expose(), &string_to_sign);
        behind.push(Field::plain("Signature", signature));
        let headers = vec![Field::plain("x-acs-credentials-provider", credentials.provider.as_ref())];
        let all = before.iter().chain(&self.query).chain(&behind).map(Field::pair);
        let query = Query::of(all).into_text();
        Ok(Signature { before, behind, headers, query, string_to_sign })
    }
}

impl Signed {
    /// The whole URL. It holds every parameter of the query, passwords included: not for showing.
    pub fn url(&self) -> String {
        url(&self.endpoint, &self.path, &Query::of(self.query.iter().map(Field::pair)).into_text())
    }

    /// For an HTTP client.
    ///
    /// # Errors
    /// If it is no HTTP request: the URL is too long.
    pub fn into_http(self) -> Result<Request<Bytes>, ConfigurationError> {
        request(self.method, self.url(), self.headers, self.body)
    }
}

fn url(endpoint: &Endpoint, path: &str, query: &str) -> String {
    let mark = if query.is_empty() { "" } else { "?" };
    [endpoint.scheme(), "://", endpoint.authority(), path, mark, query].concat()
}

fn request(
    method: &str,
    url: String,
    headers: impl IntoIterator<Item = Field>,
    body: Bytes,
) -> Result<Request<Bytes>, ConfigurationError> {
    let refused = |what: &str| ConfigurationError::new(format!("the request cannot be sent: {what}"));
    let mut request = Request::new(body);
    let uri = Uri::from_maybe_shared(Bytes::from(url));
    *request.uri_mut() = uri.map_err(|_| refused("its URL is longer than 65,534 bytes"))?;
    *request.method_mut() = method.parse().map_err(|_| refused("its method is none of HTTP's"))?;
    let headers = headers.into_iter();
    let map = request.headers_mut();
    map.reserve(headers.size_hint().0);
    for field in headers {
        let refused = || refused(&format!("the header `{}` is malformed", field.name));
        let name = match OURS.iter().find(|name| name.as_str().eq_ignore_ascii_case(&field.name)) {
            Some(name) => name.clone(),
            None => field.name.parse().map_err(|_| refused())?,
        };
        let is_sensitive = field.is_sensitive();
        let mut value = HeaderValue::from_maybe_shared(Bytes::from(field.value)).map_err(|_| refused())?;
        // Whoever looks at the headers on their way does not see what is marked.
        value.set_sensitive(is_sensitive);
        map.append(name, value);
    }
    Ok(request)
}

/// The header that holds the hash of the body.
const HASH: &str = "x-acs-content-sha256";

/// Names that need not be looked at again for every request.
static OURS: [HeaderName; 13] = [
    header::HOST,
    HeaderName::from_static("x-acs-version"),
    HeaderName::from_static("x-acs-action"),
    header::USER_AGENT,
    header::ACCEPT,
    header::CONTENT_TYPE,
    HeaderName::from_static("x-acs-date"),
    HeaderName::from_static("x-acs-signature-nonce"),
    HeaderName::from_static(HASH),
    HeaderName::from_static("x-acs-credentials-provider"),
    HeaderName::from_static("x-acs-accesskey-id"),
    HeaderName::from_static("x-acs-security-token"),
    header::AUTHORIZATION,
];

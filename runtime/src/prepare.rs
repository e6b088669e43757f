//! From the wire form to bytes: a request as it goes out, and its signature.
//!
//! [`Outgoing`] is what stays the same for every attempt; [`Outgoing::sign`] adds what does not. Both are data, so that a
//! command can show them; neither is ever sent from here.

use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::ConfigurationError;
use crate::http::header::{HeaderName, HeaderValue};
use crate::http::{Bytes, Request, Uri};
use crate::operation::{Operation, Protocol};
use crate::sign::{Algorithm, Stamp, acs3, encode, rpc1};
use crate::table::Place;
use crate::wire::{Field, Wire};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// The form in which answers are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

/// What a client says about all its requests.
#[derive(Debug, Clone)]
pub struct Manner {
    /// Where they go.
    pub endpoint: Endpoint,
    /// What the client calls itself.
    pub user_agent: String,
    /// How they are signed.
    pub algorithm: Algorithm,
    /// How the answer is wanted.
    pub format: Format,
    /// Sensitive parameters travel in the form, and not in the URL.
    pub secrets_in_form: bool,
}

/// A request, but for the signature and what it needs. `Debug` does not show the body.
#[derive(Clone)]
pub struct Outgoing {
    /// What is called.
    pub operation: &'static Operation,
    /// Where it goes.
    pub endpoint: Endpoint,
    /// The path, percent-encoded.
    pub path: String,
    /// The parameters in the URL, decoded.
    pub query: Vec<Field>,
    /// Headers that do not depend on the signature, in the order in which they are sent.
    pub headers: Vec<Field>,
    /// The parameters in the form, decoded.
    pub form: Vec<Field>,
    /// The body, as it is sent.
    pub body: Bytes,
    /// How it is signed.
    pub algorithm: Algorithm,
}

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

/// What a browser's `encodeURIComponent` leaves alone, and the vendor's TypeScript SDK with it.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'!')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

const FORM: &str = "application/x-www-form-urlencoded";

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("action", &self.operation.action())
            .field("endpoint", &self.endpoint)
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
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

impl Outgoing {
    /// A request of an action.
    ///
    /// # Errors
    /// If the wire form cannot travel: a header with control characters, a placeholder in the path without a value, a
    /// parameter in the host name, a name that the signature needs for itself.
    pub fn new(operation: &'static Operation, wire: Wire, manner: &Manner) -> Result<Outgoing, ConfigurationError> {
        let Wire { mut query, mut form, headers: given, path, host, body } = wire;
        if let Some(field) = host.first() {
            return Err(ConfigurationError::new(format!(
                "{}: `{}` travels in the host name, which this client cannot fill: name the whole host with `endpoint`",
                operation.action(),
                field.name
            )));
        }
        if manner.secrets_in_form && operation.method != "GET" && body.is_empty() {
            let (secrets, others) = query.into_iter().partition(Field::is_sensitive);
            query = others;
            form.extend::<Vec<Field>>(secrets);
        }
        let is_xml = manner.format == Format::Xml;
        // An action with a parameter of that name has it for a purpose of its own: then the header has to do.
        let is_taken = operation.table.parameters.iter().any(|parameter| parameter.name == "Format");
        if is_xml && manner.algorithm != Algorithm::Rpc1HmacSha1 && !is_taken {
            query.push(Field::plain("Format", "XML"));
        }
        let bodied = |place| operation.table.parameters.iter().any(|parameter| parameter.place == place);
        let (body, content_type) = match body.into_iter().next() {
            Some(_) if !form.is_empty() => {
                return Err(ConfigurationError::new(format!(
                    "{}: a request cannot have both a form and another body",
                    operation.action()
                )));
            }
            Some(field) => (Bytes::from(field.value), Some("application/json; charset=utf-8")),
            None if bodied(Place::Body) => (Bytes::new(), Some("application/json; charset=utf-8")),
            None if bodied(Place::Form) || !form.is_empty() => (Bytes::from(joined(&form)), Some(FORM)),
            None => (Bytes::new(), None),
        };
        let mut headers = Vec::with_capacity(16);
        headers.push(Field::plain("host", manner.endpoint.authority()));
        headers.push(Field::plain("x-acs-version", operation.api.version));
        headers.push(Field::plain("x-acs-action", operation.action()));
        headers.push(Field::plain("user-agent", manner.user_agent.as_str()));
        headers.push(Field::plain("accept", if is_xml { "application/xml" } else { "application/json" }));
        headers.extend(content_type.map(|kind| Field::plain("content-type", kind)));
        headers.extend(given);
        headers.iter().try_for_each(harmless)?;
        Ok(Outgoing {
            operation,
            endpoint: manner.endpoint.clone(),
            path: filled(operation, &path)?,
            query,
            headers,
            form,
            body,
            algorithm: manner.algorithm,
        })
    }

    /// Signs one attempt.
    ///
    /// # Errors
    /// If the credentials cannot stand in a header, or if a parameter has a name that the signature needs for itself.
    pub fn sign(&self, credentials: &Credentials, stamp: &Stamp) -> Result<Signed, ConfigurationError> {
        match self.algorithm {
            Algorithm::Rpc1HmacSha1 => self.sign_query(credentials, stamp),
            algorithm => self.sign_header(credentials, stamp, algorithm),
        }
    }

    fn sign_header(
        &self,
        credentials: &Credentials,
        stamp: &Stamp,
        algorithm: Algorithm,
    ) -> Result<Signed, ConfigurationError> {
        let hash = acs3::payload_hash(algorithm, &self.body);
        let mut headers = self.headers.clone();
        headers.push(Field::plain("x-acs-date", stamp.date.as_str()));
        headers.push(Field::plain("x-acs-signature-nonce", stamp.nonce.as_str()));
        headers.push(Field::plain("x-acs-content-sha256", hash.as_str()));
        headers.push(Field::plain("x-acs-credentials-provider", credentials.provider.as_ref()));
        if let Some(token) = &credentials.security_token {
            headers.push(Field::plain("x-acs-accesskey-id", credentials.access_key_id.as_str()));
            headers.push(Field::secret("x-acs-security-token", token.expose()));
        }
        let query: Vec<(&str, &str)> = self.query.iter().map(Field::pair).collect();
        let signed: Vec<_> = headers.iter().map(Field::pair).filter(|(name, _)| acs3::is_signed(name)).collect();
        let canonical = acs3::canonical_request(self.operation.method, &self.path, &query, &signed, &hash);
        let string_to_sign = acs3::string_to_sign(algorithm, &canonical);
        let signature = acs3::signature(algorithm, credentials.access_key_secret.expose(), &string_to_sign);
        let names = acs3::signed_headers(&signed);
        let authorization = acs3::authorization(algorithm, &credentials.access_key_id, &names, &signature);
        headers.push(Field::plain("Authorization", authorization));
        self.signed(self.query.clone(), headers, string_to_sign)
    }

    fn sign_query(&self, credentials: &Credentials, stamp: &Stamp) -> Result<Signed, ConfigurationError> {
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
        let mut query = vec![
            Field::plain("Action", self.operation.action()),
            Field::plain(
                "Format",
                if self.headers.iter().any(|field| field.value == "application/xml") { "XML" } else { "json" },
            ),
            Field::plain("Version", self.operation.api.version),
            Field::plain("Timestamp", stamp.date.as_str()),
            Field::plain("SignatureNonce", stamp.nonce.as_str()),
        ];
        query.extend(credentials.security_token.iter().map(|token| Field::secret("SecurityToken", token.expose())));
        query.extend(self.query.iter().cloned());
        query.push(Field::plain("SignatureMethod", self.algorithm.name()));
        query.push(Field::plain("SignatureVersion", "1.0"));
        query.push(Field::plain("AccessKeyId", credentials.access_key_id.as_str()));
        let pairs: Vec<_> = query.iter().chain(&self.form).map(Field::pair).collect();
        let string_to_sign = rpc1::string_to_sign(self.operation.method, &pairs);
        let signature = rpc1::signature(credentials.access_key_secret.expose(), &string_to_sign);
        query.push(Field::plain("Signature", signature));
        let mut headers = self.headers.clone();
        headers.push(Field::plain("x-acs-credentials-provider", credentials.provider.as_ref()));
        self.signed(query, headers, string_to_sign)
    }

    fn signed(
        &self,
        query: Vec<Field>,
        headers: Vec<Field>,
        string_to_sign: String,
    ) -> Result<Signed, ConfigurationError> {
        headers.iter().try_for_each(harmless)?;
        Ok(Signed {
            method: self.operation.method,
            endpoint: self.endpoint.clone(),
            path: self.path.clone(),
            query,
            headers,
            body: self.body.clone(),
            string_to_sign,
        })
    }
}

impl Signed {
    /// The whole URL. It holds every parameter of the query, passwords included: not for showing.
    pub fn url(&self) -> String {
        let query = joined(&self.query);
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}://{}{}{mark}{query}", self.endpoint.scheme(), self.endpoint.authority(), self.path)
    }

    /// For an HTTP client.
    ///
    /// # Errors
    /// If it is no HTTP request: the URL is too long.
    pub fn into_http(self) -> Result<Request<Bytes>, ConfigurationError> {
        let refused = |what: &str| ConfigurationError::new(format!("the request cannot be sent: {what}"));
        let uri = Uri::from_maybe_shared(Bytes::from(self.url()));
        let mut request = Request::new(self.body);
        *request.uri_mut() = uri.map_err(|_| refused("its URL is longer than 65,534 bytes"))?;
        *request.method_mut() = self.method.parse().map_err(|_| refused("its method is none of HTTP's"))?;
        let headers = request.headers_mut();
        headers.reserve(self.headers.len());
        for field in self.headers {
            let refused = |_| refused(&format!("the header `{}` is malformed", field.name));
            let name: HeaderName = field.name.parse().map_err(|_| refused(()))?;
            let is_sensitive = field.is_sensitive();
            let mut value = HeaderValue::from_maybe_shared(Bytes::from(field.value)).map_err(|_| refused(()))?;
            // Whoever looks at the headers on their way does not see what is marked.
            value.set_sensitive(is_sensitive);
            headers.append(name, value);
        }
        Ok(request)
    }
}

/// `name=value` pairs as they stand in a URL or a form.
fn joined(fields: &[Field]) -> String {
    let mut out =
        String::with_capacity(fields.iter().map(|field| field.name.len() + field.value.len() * 3 / 2 + 2).sum());
    for field in fields {
        if !out.is_empty() {
            out.push('&');
        }
        out.extend(utf8_percent_encode(&field.name, COMPONENT));
        out.push('=');
        out.extend(utf8_percent_encode(&field.value, COMPONENT));
    }
    out
}

/// The path with its placeholders filled. A value that a URL parser would take for a step up is refused.
fn filled(operation: &Operation, given: &[Field]) -> Result<String, ConfigurationError> {
    let mut path = operation.path.to_owned();
    for field in given {
        if matches!(field.value.as_str(), "" | "." | "..") {
            return Err(ConfigurationError::new(format!(
                "{}: `{}` is a part of the path: it cannot be empty, `.` or `..`",
                operation.action(),
                field.name
            )));
        }
        path = path.replace(&format!("{{{}}}", field.name), &encode(&field.value));
    }
    match path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        Some((name, _)) if operation.path.contains(&format!("{{{name}}}")) => Err(ConfigurationError::new(format!(
            "{}: `{name}` is a part of the path and is missing",
            operation.action()
        ))),
        _ => Ok(path),
    }
}

/// A header with a control character could smuggle in another one. Its value is not shown.
fn harmless(field: &Field) -> Result<(), ConfigurationError> {
    if field.value.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err(ConfigurationError::new(format!(
            "the header `{}` would hold a control character: take it out of the value",
            field.name
        )));
    }
    Ok(())
}

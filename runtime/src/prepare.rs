//! From the wire form to bytes: a request as it goes out, and its signature.
//!
//! [`Outgoing`] is what stays the same for every attempt; [`Outgoing::sign`] adds what does not. Both are data, so that a
//! command can show them; neither is ever sent from here.

mod signed;

pub use signed::Signed;

use crate::endpoint::Endpoint;
use crate::error::ConfigurationError;
use crate::http::Bytes;
use crate::operation::Operation;
use crate::sign::encode::COMPONENT;
use crate::sign::{Algorithm, encode};
use crate::table::{Parameter, Place, Style};
use crate::wire::{Field, Wire};
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
        let in_xml = |parameter: &&Parameter| parameter.style == Style::Xml;
        if let Some(parameter) = operation.table.parameters.iter().find(in_xml).filter(|_| !body.is_empty()) {
            return Err(ConfigurationError::new(format!(
                "{}: `{}` travels as XML, which this client cannot write",
                operation.action(),
                parameter.name
            )));
        }
        let bodied = |place| operation.table.parameters.iter().any(|parameter| parameter.place == place);
        if manner.secrets_in_form && operation.method != "GET" && !bodied(Place::Body) {
            let (secrets, others) = query.into_iter().partition(Field::is_sensitive);
            query = others;
            form.extend::<Vec<Field>>(secrets);
        }
        // Some paths end in a query that is always the same.
        let always = operation.path.split_once('?').map_or("", |(_, query)| query);
        query.extend(always.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Field::plain(name, value)
        }));
        let is_xml = manner.format == Format::Xml;
        // An action with a parameter of that name has it for a purpose of its own: then the header has to do.
        let is_taken = operation.table.parameters.iter().any(|parameter| parameter.name == "Format");
        if is_xml && manner.algorithm != Algorithm::Rpc1HmacSha1 && !is_taken {
            query.push(Field::plain("Format", "XML"));
        }
        let (body, content_type) = match body.into_iter().next() {
            Some(_) if !form.is_empty() => {
                return Err(ConfigurationError::new(format!(
                    "{}: a request cannot have both a form and another body",
                    operation.action()
                )));
            }
            Some(field) => (Bytes::from(field.value), Some("application/json; charset=utf-8")),
            None if !form.is_empty() => (Bytes::from(joined(&form)), Some(FORM)),
            None if bodied(Place::Body) => (Bytes::new(), Some("application/json; charset=utf-8")),
            None if bodied(Place::Form) => (Bytes::new(), Some(FORM)),
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
}

/// `name=value` pairs as they stand in a form.
fn joined(fields: &[Field]) -> String {
    let mut written = COMPONENT.pairs(fields.iter().map(Field::pair));
    for field in fields {
        written.push_pair(&field.name, &field.value);
    }
    written.into_text()
}

/// The path with its placeholders filled. A value that a URL parser would take for a step up is refused.
fn filled(operation: &Operation, given: &[Field]) -> Result<String, ConfigurationError> {
    let mut path = operation.path.split('?').next().unwrap_or_default().to_owned();
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

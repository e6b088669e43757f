//! An API and its actions.

use super::{ActionName, Doc, Kind, Paging, ProductCode, Rule, Shape, UrlPath, Waiter, WireName};
use crate::diag::Origin;
use serde_json::Value;

/// One version of one product's API.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The product's code (`Dts`).
    pub product: ProductCode,
    /// The version (`2020-01-01`): letters, digits, `.`, `-`.
    pub version: String,
    /// The product's name.
    pub title: Doc,
    /// A few sentences.
    pub doc: Doc,
    /// How its actions are addressed.
    pub protocol: Protocol,
    /// Where the service answers.
    pub endpoints: Endpoints,
    /// Shapes that actions share, by name; a name fits [`ActionName`].
    pub schemas: Vec<(String, Shape)>,
    /// Errors that every action may answer with.
    pub errors: Vec<Error>,
    /// Sorted by name.
    pub actions: Vec<Action>,
    /// What one can wait for, in the specification's order.
    pub waiters: Vec<Waiter>,
}

impl Api {
    /// The shape that a name stands for.
    pub fn schema(&self, name: &str) -> Option<&Shape> {
        self.schemas.iter().find(|(known, _)| known == name).map(|(_, shape)| shape)
    }

    /// The shape that is meant: the one behind a name, else the shape itself. A name never stands for a name.
    pub fn meant<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        match &shape.kind {
            Kind::Named(name) => self.schema(name).unwrap_or(shape),
            _ => shape,
        }
    }

    /// The action of a name.
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name.as_str() == name)
    }

    /// The waiters that ask an action.
    pub fn waiters_of<'a>(&'a self, action: &'a Action) -> impl Iterator<Item = &'a Waiter> {
        self.waiters.iter().filter(|waiter| waiter.action == action.name)
    }
}

/// How actions are addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// One path; the action is named in a header or a parameter.
    Rpc,
    /// The path names the resource.
    Roa,
}

/// Where the service answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// The host for a region that is not listed; `{region}` stands for the region, `{network}` for nothing or for a
    /// hyphen and the name of a network (`-vpc`).
    pub pattern: Option<String>,
    /// Region and host.
    pub regions: Vec<(String, String)>,
}

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Its name.
    pub name: ActionName,
    /// One sentence.
    pub summary: Doc,
    /// What a caller should know beyond it.
    pub doc: Doc,
    /// What calling it does to the world.
    pub effect: ActionEffect,
    /// The HTTP method to use.
    pub method: Method,
    /// The path: `/` unless the API's protocol is [`Protocol::Roa`]. A placeholder for each parameter that travels there.
    pub path: UrlPath,
    /// The service wants callers to stop using it.
    pub deprecated: bool,
    /// Actions of the same task.
    pub related: Vec<ActionName>,
    /// In the specification's order.
    pub parameters: Vec<Parameter>,
    /// In the specification's order.
    pub rules: Vec<Rule>,
    /// What comes back: an object; `None` if that is not known.
    pub response: Option<Shape>,
    /// How that is cut into pages.
    pub paging: Option<Paging>,
    /// Its own errors, then those that all actions share.
    pub errors: Vec<Error>,
    /// A request and its answer.
    pub samples: Samples,
    /// What its sources leave in doubt, and nobody has settled.
    pub disputes: Vec<Dispute>,
    /// Findings that a person lets stand: code, subject, reason, and where that is said.
    pub allow: Vec<(String, String, String, Origin)>,
    /// Where it stands in the spec.
    pub origin: Origin,
}

impl Action {
    /// The index of a parameter.
    pub fn parameter(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name.as_str() == name)
    }
}

/// Something that the sources of an action leave in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The parameters or fields, or the action. There is one at least.
    pub subjects: Vec<String>,
    /// What is in doubt.
    pub doubt: Doubt,
    /// Where the word stands that does not count.
    pub origin: Origin,
}

/// Why something is in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Sources say different things, and one of them counts.
    Sources {
        /// What is said.
        keyword: String,
        /// Whose word does not count.
        others: Vec<String>,
    },
    /// A source declares one thing and says another, or declares what cannot be.
    Declared {
        /// What is declared.
        keyword: String,
        /// Its value, as JSON.
        declared: String,
        /// What counts, as JSON; `None` if nothing does.
        taken: Option<String>,
    },
    /// Older sources know the subjects, and the newest does not.
    Lost {
        /// Who knows them.
        known: Vec<String>,
        /// Who does not.
        newest: Vec<String>,
    },
}

/// What calling an action does to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionEffect {
    /// Only reads.
    Read,
    /// Changes something. Also what is assumed if the spec does not say.
    Write,
    /// Changes something that costs money.
    Spend,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
    /// HEAD.
    Head,
}

/// One request parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub name: WireName,
    /// The service rejects a request without it.
    pub required: bool,
    /// Where it travels.
    pub place: Place,
    /// How a list or an object travels.
    pub style: Style,
    /// What it may hold, and what is said about it.
    pub shape: Shape,
    /// Makes a repeated call harmless.
    pub idempotency_token: bool,
    /// Actions that one calls to learn the value.
    pub lookup: Vec<ActionName>,
    /// What the source says that a request alone cannot settle.
    pub preconditions: Vec<Precondition>,
    /// Where it stands in the spec.
    pub origin: Origin,
}

impl Parameter {
    /// The service's default as it would travel.
    pub fn default_wire(&self) -> Option<String> {
        self.shape.default.as_ref().map(wire_text)
    }
}

/// A scalar as it travels; lists and objects as compact JSON.
pub(crate) fn wire_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // 1.0 and 1 are the same number, and travel alike.
        Value::Number(number) => match number.as_f64() {
            Some(float) if !number.is_i64() && float.fract() == 0.0 && float.abs() < 9e15 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the URL's query string.
    Query,
    /// In a form body.
    Form,
    /// It is the body.
    Body,
    /// In the URL's path.
    Path,
    /// As an HTTP header.
    Header,
    /// In the host name.
    Host,
}

/// How a list or an object travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `Tag.1.Key=…`; also what is assumed if the spec does not say.
    Repeat,
    /// `Tag.Key=…`.
    Flat,
    /// Comma-joined.
    Simple,
    /// One compact JSON text.
    Json,
    /// One XML document.
    Xml,
}

/// A statement that is shown, not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precondition {
    /// Its id: kebab case, unique in the parameter.
    pub id: String,
    /// The one value that it is about.
    pub value: Option<String>,
    /// What it says; empty if nobody has put it in words yet.
    pub doc: Doc,
}

/// One error code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The code: printable ASCII without blanks.
    pub code: String,
    /// The HTTP status.
    pub status: Option<u16>,
    /// What it means.
    pub doc: Doc,
    /// The same request may succeed later.
    pub retryable: bool,
}

/// A request and its answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Samples {
    /// Request parameters, flat.
    pub request: Option<serde_json::Map<String, Value>>,
    /// The answer in JSON.
    pub json: Option<Value>,
    /// The answer in XML.
    pub xml: Option<String>,
}

//! What templates see of the package and of how its actions are called.

use super::{Field, Settings, Word};
use crate::target::{Docs, Facets, Line, Name, Text};
use crate::view::View;
use serde::Serialize;

/// The package as a whole.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct Package {
    /// What the project says of the package.
    pub settings: Settings,
    /// What is said about the API.
    pub docs: Docs,
    /// One line: the API's name and version.
    pub title: Line,
    /// That line as a literal.
    pub description: Text,
    /// The product's code.
    pub product: Text,
    /// The API's version.
    pub version: Text,
    /// Whether all actions share one path.
    pub is_rpc: bool,
    /// Where the service answers.
    pub endpoints: Endpoints,
    /// Sorted by name.
    pub actions: Vec<ActionRef>,
    /// How many there are.
    pub action_count: usize,
    /// Whether requests share shapes.
    pub has_schemas: bool,
    /// The types of those.
    pub schemas: Vec<Word<Name>>,
    /// Whether answers share shapes.
    pub has_answer_schemas: bool,
    /// What one can wait for.
    pub waiters: Vec<Waiter>,
    /// Whether there is anything.
    pub has_waiters: bool,
}

/// Where the service answers.
#[derive(Debug, Clone, Serialize)]
pub struct Endpoints {
    /// Whether there is a pattern.
    pub has_pattern: bool,
    /// The host for a region that is not listed, with `{region}` and perhaps `{network}` in it.
    pub pattern: Text,
    /// The others.
    pub regions: Vec<Region>,
}

/// The host of a region.
#[derive(Debug, Clone, Serialize)]
pub struct Region {
    /// The region.
    pub region: Text,
    /// Its host.
    pub host: Text,
    /// Whether it is the last one.
    pub last: bool,
}

/// An action, as the package sees it.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct ActionRef {
    /// Its name on the wire.
    pub wire: Text,
    /// The module, where a language has modules: the file's stem as an identifier.
    pub module: Name,
    /// The file's stem.
    pub stem: Name,
    /// The request's type.
    pub request: Name,
    /// The answer's type.
    pub response: Name,
    /// Whether it has one; without one the answer is any JSON.
    pub has_response: bool,
    /// The method that calls it.
    pub method: Name,
    /// What is said about it.
    pub docs: Docs,
    /// Whether the service wants callers to stop using it.
    pub deprecated: bool,
    /// Whether it only reads.
    pub reads: bool,
    /// Whether it costs money.
    pub spends: bool,
    /// What its request cannot do without, flags last.
    pub required: Vec<Field>,
    /// Whether there is anything.
    pub has_required: bool,
    /// How it is called.
    pub operation: Operation,
    /// Whether its answer comes in pages.
    pub has_paging: bool,
    /// How they are cut.
    pub paging: Paging,
    /// Parameters in all.
    pub parameter_count: usize,
    /// Whether it is the last one.
    pub last: bool,
}

/// How an action is called.
#[derive(Debug, Clone, Serialize)]
pub struct Operation {
    /// The HTTP method.
    pub method: Text,
    /// The path, with placeholders.
    pub path: Text,
    /// `read`, `write` or `spend`.
    pub effect: &'static str,
    /// Whether a parameter makes a repeated call harmless.
    pub has_token: bool,
    /// That parameter's place in the table, or 0.
    pub token: usize,
}

/// How the answers of an action are cut into pages. Without pages, everything in it is empty.
#[derive(Debug, Clone, Serialize)]
pub struct Paging {
    /// The method that gives the pages.
    pub pages: Name,
    /// The method that gives what they list.
    pub items: Name,
    /// By the number of the page.
    pub is_number: bool,
    /// By a token in the answer.
    pub is_token: bool,
    /// The parameter that takes it: its place in the table.
    pub parameter: usize,
    /// The same parameter: its field of the request.
    pub field: Name,
    /// Where the answer says how many items there are.
    pub total: Text,
    /// Where the answer has the token.
    pub token: Text,
    /// Where the answer has the list.
    pub list: Text,
    /// The type of its elements.
    pub item: Facets,
}

/// What one can wait for.
#[derive(Debug, Clone, Serialize)]
pub struct Waiter {
    /// Its name.
    pub wire: Text,
    /// The method that waits.
    pub method: Name,
    /// The constant that describes it.
    pub constant: Name,
    /// The module of the action that it asks.
    pub module: Name,
    /// The request's type.
    pub request: Name,
    /// The answer's type.
    pub response: Name,
    /// Whether it has one.
    pub has_response: bool,
    /// What is said about it.
    pub docs: Docs,
    /// Seconds between two calls.
    pub delay: u32,
    /// Calls at most.
    pub attempts: u32,
    /// The first that fits decides.
    pub acceptors: Vec<WaiterAcceptor>,
    /// Whether an answer says why something failed.
    pub has_reasons: bool,
    /// Where.
    pub reasons: Reasons,
    /// Whether it is the last one.
    pub last: bool,
}

/// What an answer means for a waiter.
#[derive(Debug, Clone, Serialize)]
pub struct WaiterAcceptor {
    /// `success`, `failure` or `retry`.
    pub state: Text,
    /// Whether a field is looked at, not an error's code.
    pub is_field: bool,
    /// That field.
    pub field: Text,
    /// The texts that fit.
    pub values: Vec<Word<Text>>,
    /// Whether it is the last one.
    pub last: bool,
}

/// Where an answer says why something failed.
#[derive(Debug, Clone, Serialize)]
pub struct Reasons {
    /// The list.
    pub items: Text,
    /// Whether only some elements count.
    pub has_only: bool,
    /// The field that tells which.
    pub only_field: Text,
    /// Its values.
    pub only_values: Vec<Word<Text>>,
    /// The fields that tell what a person should know.
    pub show: Vec<Word<Text>>,
}

impl View for Package {
    const EACH: &'static str = "package";
}

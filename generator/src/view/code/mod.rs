//! What the templates of a language see whose target describes it ([`crate::target::Spelling::Code`]): the package, an
//! action's request and answer, the shapes that actions share.
//!
//! Every text is safe where it is for: [`Name`]s are identifiers, [`Text`]s literals, [`Docs`] lines of comments. What
//! separates the elements of a list is the template's: an element says whether it is the `last`.

mod call;
mod table;

pub use call::{ActionRef, Endpoints, Operation, Package, Paging, Reasons, Region, Waiter, WaiterAcceptor};
pub use table::{Cond, Demand, Index, Limit, Member, Row, Rule, Shape, Table, Word};

use super::View;
use crate::target::{Accepted, Docs, Facets, Name, Text};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a project says of the package, by setting.
pub type Settings = BTreeMap<String, Accepted>;

/// One action: its request and what is demanded of it.
#[derive(Debug, Clone, Serialize)]
pub struct Action {
    /// What the project says of the package.
    pub settings: Settings,
    /// The action, as the package sees it.
    #[serde(flatten)]
    pub own: ActionRef,
    /// The request, then the groups and objects that it is made of.
    pub structs: Vec<Struct>,
    /// Documented values.
    pub enums: Vec<Enum>,
    /// Types that other actions reach, too.
    pub imports: Vec<Word<Name>>,
    /// Whether there are any.
    pub has_imports: bool,
    /// What the service demands of a request.
    pub table: Table,
}

/// The types of one action's answer.
#[derive(Debug, Clone, Serialize)]
pub struct Response {
    /// What the project says of the package.
    pub settings: Settings,
    /// The action, as the package sees it.
    #[serde(flatten)]
    pub own: ActionRef,
    /// The answer, then the objects in it.
    pub answers: Vec<Answer>,
    /// Documented values.
    pub enums: Vec<Enum>,
    /// Types that other answers reach, too.
    pub imports: Vec<Word<Name>>,
    /// Whether there are any.
    pub has_imports: bool,
}

/// The shapes that requests share.
#[derive(Debug, Clone, Serialize)]
pub struct Schemas {
    /// What the project says of the package.
    pub settings: Settings,
    /// Objects.
    pub structs: Vec<Struct>,
    /// Documented values.
    pub enums: Vec<Enum>,
    /// What each shape demands.
    pub tables: Vec<Static>,
}

/// The shapes that answers share.
#[derive(Debug, Clone, Serialize)]
pub struct SchemasResponse {
    /// What the project says of the package.
    pub settings: Settings,
    /// Objects.
    pub answers: Vec<Answer>,
    /// Documented values.
    pub enums: Vec<Enum>,
}

/// What a shared shape demands.
#[derive(Debug, Clone, Serialize)]
pub struct Static {
    /// What it is called.
    pub constant: Name,
    /// What it demands.
    pub shape: Shape,
    /// Whether it is the last one.
    pub last: bool,
}

/// A request, a group of parameters, or an object.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct Struct {
    /// What it is called.
    pub name: Name,
    /// What is said about it.
    pub docs: Docs,
    /// Whether it is the request.
    pub is_request: bool,
    /// Whether it holds parameters whose names begin alike.
    pub is_group: bool,
    /// Whether it is an object of its own on the wire.
    pub is_object: bool,
    /// A group's part of its parameters' names, dots included; else empty.
    pub wire: Text,
    /// Whether a value in it must not be shown.
    pub has_secret: bool,
    /// Its fields, in the specification's order.
    pub fields: Vec<Field>,
    /// Whether there are any.
    pub has_fields: bool,
    /// Those that cannot be left out, flags last.
    pub required: Vec<Field>,
    /// Whether there are any.
    pub has_required: bool,
    /// The others.
    pub optional: Vec<Field>,
    /// Whether there are any.
    pub has_optional: bool,
    /// What makes one for each value that decides what else is needed.
    pub constructors: Vec<Constructor>,
    /// Whether there are any.
    pub has_constructors: bool,
    /// Whether it keeps members that are not declared.
    pub has_others: bool,
    /// Whether it is the last one.
    pub last: bool,
}

/// What a type is, for templates that ask.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct Is {
    /// Text.
    pub is_text: bool,
    /// Text that must not be shown.
    pub is_secret: bool,
    /// `true` or `false`.
    pub is_boolean: bool,
    /// A whole number.
    pub is_integer: bool,
    /// A number.
    pub is_number: bool,
    /// Any JSON.
    pub is_any: bool,
    /// A list.
    pub is_list: bool,
    /// Values by any names.
    pub is_map: bool,
    /// A generated object.
    pub is_struct: bool,
    /// Documented values.
    pub is_enum: bool,
    /// Text that holds JSON.
    pub is_content: bool,
}

/// A field of a request, a group or an object.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct Field {
    /// What it is called.
    pub name: Name,
    /// What an argument that fills it is called.
    pub argument: Name,
    /// The last part of its name on the wire.
    pub wire: Text,
    /// Its key where a request is given as nested JSON: `wire`, or `Disk.*` for a group beside a parameter of its name.
    pub key: Text,
    /// Its type, as the target's table has it.
    #[serde(rename = "type")]
    pub ty: Facets,
    /// What that is.
    #[serde(flatten)]
    pub is: Is,
    /// What is said about it.
    pub docs: Docs,
    /// Whether it cannot be left out.
    pub required: bool,
    /// Whether it can.
    pub optional: bool,
    /// Whether it is a parameter.
    pub is_parameter: bool,
    /// Whether it holds parameters whose names begin alike.
    pub is_group: bool,
    /// Whether it is a member of an object.
    pub is_member: bool,
    /// The parameter's place in the table; 0 for everything else.
    pub index: usize,
    /// Whether it must not be shown.
    pub sensitive: bool,
    /// Whether the service wants callers to stop using it.
    pub deprecated: bool,
    /// Whether it is the last one.
    pub last: bool,
}

/// What makes a struct whose deciding parameter has one value.
#[derive(Debug, Clone, Serialize)]
pub struct Constructor {
    /// What it is called.
    pub name: Name,
    /// What is said about it.
    pub docs: Docs,
    /// The type of the value.
    #[serde(rename = "enum")]
    pub enumeration: Name,
    /// The value.
    pub value: Name,
    /// The value as it travels.
    pub wire: Text,
    /// The parameter that has it.
    pub decider: Field,
    /// What is needed beside it, flags last.
    pub arguments: Vec<Field>,
    /// Whether anything is.
    pub has_arguments: bool,
    /// Whether it is the last one.
    pub last: bool,
}

/// Documented values.
#[derive(Debug, Clone, Serialize)]
pub struct Enum {
    /// What it is called.
    pub name: Name,
    /// What is said about it.
    pub docs: Docs,
    /// Whether other values are advised against and not refused.
    pub is_open: bool,
    /// In the specification's order.
    pub values: Vec<EnumValue>,
    /// Whether it is the last one.
    pub last: bool,
}

/// A documented value.
#[derive(Debug, Clone, Serialize)]
pub struct EnumValue {
    /// What it is called.
    pub name: Name,
    /// As it travels.
    pub wire: Text,
    /// What is said about it.
    pub docs: Docs,
    /// Whether the service wants callers to stop using it.
    pub deprecated: bool,
    /// Whether it is the last one.
    pub last: bool,
}

/// An object of an answer. Every field of it may be absent.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// What it is called.
    pub name: Name,
    /// What is said about it.
    pub docs: Docs,
    /// In the specification's order.
    pub fields: Vec<AnswerField>,
    /// Whether there are any.
    pub has_fields: bool,
    /// Whether it is the answer as a whole.
    pub is_response: bool,
    /// Whether it is the last one.
    pub last: bool,
}

/// A field of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerField {
    /// What it is called.
    pub name: Name,
    /// The name on the wire.
    pub wire: Text,
    /// Its type, as the target's table has it.
    #[serde(rename = "type")]
    pub ty: Facets,
    /// What that is.
    #[serde(flatten)]
    pub is: Is,
    /// What is said about it.
    pub docs: Docs,
    /// Whether it must not be shown.
    pub sensitive: bool,
    /// Whether the service wants callers to stop using it.
    pub deprecated: bool,
    /// Whether it is the last one.
    pub last: bool,
}

impl View for Action {
    const EACH: &'static str = "action";
}

impl View for Response {
    const EACH: &'static str = "response";
}

impl View for Schemas {
    const EACH: &'static str = "schemas";
}

impl View for SchemasResponse {
    const EACH: &'static str = "schemas-response";
}

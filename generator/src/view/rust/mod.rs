//! What Rust templates see: the crate, requests and shared shapes here, what calls beside it.

mod call;

pub use call::{Answer, AnswerField, Api, Blocking, Call, Client, Pages, Response, Wait, Waiters, Wrapper};

use super::View;
use crate::rust::{Code, Docs, Ident, Stem, Text};
use serde::Serialize;

/// The crate as a whole.
#[derive(Debug, Clone, Serialize)]
pub struct Crate {
    /// Documentation of the crate.
    pub docs: Docs,
    /// The part of it that shows a call.
    pub call_docs: Docs,
    /// The crate's name, as a TOML string.
    pub name: Text,
    /// The crate's version, as a TOML string.
    pub version: Text,
    /// What the crate is, as a TOML string.
    pub description: Text,
    /// Where `bindery-runtime` lies, as a TOML inline table.
    pub runtime: Code,
    /// Features that are on unless turned off, as TOML strings.
    pub default_features: Vec<Text>,
    /// One an action, sorted.
    pub actions: Vec<Module>,
    /// Whether there are shapes that actions share.
    pub has_schemas: bool,
    /// The features that need shared shapes.
    pub schema_gate: Code,
    /// Whether there is something to wait for.
    pub has_waiters: bool,
}

/// An action, seen from the crate.
#[derive(Debug, Clone, Serialize)]
pub struct Module {
    /// The module.
    pub module: Ident,
    /// The feature, as a string literal.
    pub feature: Text,
    /// The request's type.
    pub request: Ident,
    /// One line of documentation.
    pub docs: Docs,
    /// Whether its answer has a type of its own.
    pub has_response: bool,
    /// That type; the request's where there is none.
    pub response: Ident,
}

/// One action's module.
#[derive(Debug, Clone, Serialize)]
pub struct Action {
    /// The file's stem.
    pub stem: Stem,
    /// Documentation of the module.
    pub docs: Docs,
    /// Shared shapes that the module reaches, to be exported from it.
    pub reexports: Vec<Ident>,
    /// Whether there are any.
    pub has_reexports: bool,
    /// The request's type.
    pub request: Ident,
    /// The request, then the groups and objects that it is made of.
    pub structs: Vec<Struct>,
    /// Enums of documented values.
    pub enums: Vec<Enum>,
    /// How each parameter is reached: a statement each, in the table's order.
    pub visits: Vec<Code>,
    /// The static table.
    pub table: Code,
    /// The statics of its patterns.
    pub patterns: Code,
    /// How the action is called.
    pub operation: Code,
    /// Whether there is code that calls.
    pub has_client: bool,
    /// What that code stands behind: an attribute, or nothing.
    pub client_gate: Code,
    /// Where the module of the answer's types stands: an item, or nothing where there is no module or others put it in.
    pub response_module: Code,
    /// The type of the answer.
    pub response: Code,
    /// Whether the answer comes in pages.
    pub has_paging: bool,
    /// The type of what the pages list, or nothing.
    pub item: Code,
    /// How they are cut, or nothing.
    pub paging: Code,
}

/// The shapes that actions share.
#[derive(Debug, Clone, Serialize)]
pub struct Schemas {
    /// Structs.
    pub structs: Vec<Struct>,
    /// Enums.
    pub enums: Vec<Enum>,
    /// Lists that have a name.
    pub lists: Vec<List>,
    /// The static table of each shape.
    pub statics: Vec<Static>,
    /// The statics of their patterns.
    pub patterns: Code,
    /// Where the module of shapes in answers stands: an item, or nothing where there is no module or others put it in.
    pub response_module: Code,
}

/// A struct.
#[derive(Debug, Clone, Serialize)]
pub struct Struct {
    /// Documentation.
    pub docs: Docs,
    /// The features that reach it: an attribute, or nothing.
    pub gate: Code,
    /// Derives beside `Clone`, `Debug` and `PartialEq`: `Default`, where nothing is required.
    pub derives: Code,
    /// Whether it can be written as JSON with serde: only what cannot hold a secret.
    pub serializes: bool,
    /// Its name.
    pub name: Ident,
    /// Whether it is an object of its own on the wire, and not a request or a group of parameters.
    pub is_object: bool,
    /// Fields in order.
    pub fields: Vec<Field>,
    /// Whether it keeps members that it does not know, in a field of that name.
    pub has_others: bool,
    /// The constructor that takes what is required.
    pub new: Constructor,
    /// A constructor for each value that decides what else is needed.
    pub constructors: Vec<Constructor>,
    /// One for each field that is not required.
    pub setters: Vec<Setter>,
    /// How each member is reached, for an object.
    pub members: Vec<Code>,
}

/// A field of a struct.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Documentation.
    pub docs: Docs,
    /// The name on the wire, or a group's part of it, as a string literal.
    pub wire: Text,
    /// Its name.
    pub name: Ident,
    /// Its type, `Option` included.
    pub ty: Code,
    /// Whether it may be left out.
    pub optional: bool,
}

/// A function that makes a struct.
#[derive(Debug, Clone, Serialize)]
pub struct Constructor {
    /// Documentation.
    pub docs: Docs,
    /// Its name.
    pub name: Ident,
    /// `name: type, …`
    pub arguments: Code,
    /// What it returns.
    pub body: Code,
}

/// A method that fills a field.
#[derive(Debug, Clone, Serialize)]
pub struct Setter {
    /// Documentation.
    pub docs: Docs,
    /// Its name: the field's.
    pub name: Ident,
    /// What it takes.
    pub argument: Code,
    /// What the field then holds.
    pub value: Code,
}

/// An enum of documented values that keeps unknown ones.
#[derive(Debug, Clone, Serialize)]
pub struct Enum {
    /// Documentation.
    pub docs: Docs,
    /// The features that reach it: an attribute, or nothing.
    pub gate: Code,
    /// Its name.
    pub name: Ident,
    /// The variant for what is not documented.
    pub other: Ident,
    /// In the specification's order.
    pub variants: Vec<Variant>,
}

/// One documented value.
#[derive(Debug, Clone, Serialize)]
pub struct Variant {
    /// Documentation.
    pub docs: Docs,
    /// Its name.
    pub name: Ident,
    /// As it travels, as a string literal.
    pub wire: Text,
}

/// A list that has a name.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    /// Documentation.
    pub docs: Docs,
    /// The features that reach it: an attribute, or nothing.
    pub gate: Code,
    /// Whether it can be written as JSON with serde: only what cannot hold a secret.
    pub serializes: bool,
    /// Its name.
    pub name: Ident,
    /// What it holds.
    pub item: Code,
    /// What its constructor takes.
    pub argument: Code,
    /// From what the constructor takes, `items`, to a `Vec`.
    pub convert: Code,
}

/// The static table of a shape, or what one can wait for.
#[derive(Debug, Clone, Serialize)]
pub struct Static {
    /// Documentation, or nothing.
    pub docs: Docs,
    /// The features that reach it: an attribute, or nothing.
    pub gate: Code,
    /// Its name.
    pub name: Ident,
    /// A shape, or a waiter.
    pub table: Code,
}

impl View for Crate {
    const EACH: &'static str = "package";
}

impl View for Action {
    const EACH: &'static str = "action";
}

impl View for Schemas {
    const EACH: &'static str = "schemas";
}

//! What Rust templates see of calling: answers, the client, what one can wait for.

use super::{Enum, Static};
use crate::rust::{Code, Docs, Ident, Stem, Text};
use crate::view::View;
use serde::Serialize;

/// How the API is reached.
#[derive(Debug, Clone, Serialize)]
pub struct Api {
    /// A static.
    pub table: Code,
}

/// The types of an action's answer, or of the answers' shared shapes.
#[derive(Debug, Clone, Serialize)]
pub struct Response {
    /// The stem of the file that the module belongs to.
    pub stem: Stem,
    /// Documentation of the module.
    pub docs: Docs,
    /// Whether it speaks of the shapes that answers share.
    pub has_shared: bool,
    /// Objects; the answer first.
    pub structs: Vec<Answer>,
    /// Types around others.
    pub wrappers: Vec<Wrapper>,
    /// Enums of documented values.
    pub enums: Vec<Enum>,
}

/// An object of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// Documentation.
    pub docs: Docs,
    /// The features that reach it: an attribute, or nothing.
    pub gate: Code,
    /// Its name.
    pub name: Ident,
    /// Fields in order.
    pub fields: Vec<AnswerField>,
}

/// A field of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerField {
    /// Documentation.
    pub docs: Docs,
    /// Its name.
    pub name: Ident,
    /// Its type, `Option` included.
    pub ty: Code,
    /// The expression that reads it from `fields`.
    pub read: Code,
    /// The name on the wire, as a string literal.
    pub wire: Text,
}

/// A type around another one.
#[derive(Debug, Clone, Serialize)]
pub struct Wrapper {
    /// Documentation.
    pub docs: Docs,
    /// The features that reach it: an attribute, or nothing.
    pub gate: Code,
    /// Its name.
    pub name: Ident,
    /// What it holds.
    pub content: Code,
}

/// What one can wait for.
#[derive(Debug, Clone, Serialize)]
pub struct Waiters {
    /// In the specification's order.
    pub waiters: Vec<Static>,
}

/// What sends requests.
#[derive(Debug, Clone, Serialize)]
pub struct Client {
    /// The product's name, as documentation says it.
    pub docs: Docs,
    /// One an action.
    pub calls: Vec<Call>,
    /// One an action whose answer comes in pages.
    pub pages: Vec<Pages>,
    /// One a waiter.
    pub waits: Vec<Wait>,
}

/// A method that calls an action.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    /// Documentation.
    pub docs: Docs,
    /// The feature that it needs: an attribute, or nothing.
    pub gate: Code,
    /// Its name.
    pub name: Ident,
    /// The type of the request.
    pub request: Code,
    /// The type of the answer.
    pub response: Code,
}

/// Two methods that ask for page after page.
#[derive(Debug, Clone, Serialize)]
pub struct Pages {
    /// Documentation of the one that gives pages.
    pub pages_docs: Docs,
    /// Documentation of the one that gives what is listed.
    pub items_docs: Docs,
    /// The feature that they need: an attribute, or nothing.
    pub gate: Code,
    /// The name of the one.
    pub pages: Ident,
    /// The name of the other.
    pub items: Ident,
    /// The type of the request.
    pub request: Code,
    /// The type of a page.
    pub response: Code,
    /// The type of what is listed.
    pub item: Code,
}

/// A method that waits.
#[derive(Debug, Clone, Serialize)]
pub struct Wait {
    /// Documentation.
    pub docs: Docs,
    /// The feature that it needs: an attribute, or nothing.
    pub gate: Code,
    /// Its name.
    pub name: Ident,
    /// The static of what to wait for.
    pub waiter: Ident,
    /// The type of the request.
    pub request: Code,
    /// The type of the answer.
    pub response: Code,
}

/// The same for code that is not async.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Blocking(pub Client);

impl View for Api {
    const EACH: &'static str = "api";
}

impl View for Response {
    const EACH: &'static str = "response";
}

impl View for Waiters {
    const EACH: &'static str = "waiters";
}

impl View for Client {
    const EACH: &'static str = "client";
}

impl View for Blocking {
    const EACH: &'static str = "blocking";
}

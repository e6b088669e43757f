//! What is known of calling an action beyond one request: how its answer is cut into pages, and what one can wait for.

use super::{ActionName, Doc, FieldPath};
use crate::diag::Origin;

/// How an answer is cut into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for.
    pub next: Next,
    /// The field of the answer that holds the list. It is a list, and no other list is on the way.
    pub items: FieldPath,
}

/// How the next page is asked for. Parameters are indices into [`super::Action::parameters`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// By its number, from 1, until as many items have come as the answer says there are.
    Number {
        /// The parameter that takes the number.
        parameter: usize,
        /// The field of the answer that says how many items there are in all.
        total: FieldPath,
    },
    /// By a token that the answer holds, until it holds none.
    Token {
        /// The parameter that takes the token.
        parameter: usize,
        /// The field of the answer that holds it.
        token: FieldPath,
    },
}

/// What one can wait for: ask again until an answer says yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiter {
    /// Its name.
    pub name: ActionName,
    /// The action to ask; always one of the API's.
    pub action: ActionName,
    /// Seconds between two calls; never 0.
    pub delay: u32,
    /// Calls at most; never 0.
    pub attempts: u32,
    /// The first that fits an answer decides; none: ask again. Never empty.
    pub acceptors: Vec<Acceptor>,
    /// What an answer says of a failure.
    pub reasons: Option<Reasons>,
    /// What is waited for, in words that follow "Waits until".
    pub doc: Doc,
    /// Where it stands in the spec.
    pub origin: Origin,
}

/// What an answer means for a waiter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptor {
    /// What it means.
    pub state: WaitState,
    /// Where to look.
    pub look: Look,
    /// The texts that fit, compared without regard to ASCII case. Never empty.
    pub values: Vec<String>,
}

/// Where an acceptor looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// At a field of the answer. Of a list on the way, any element may fit.
    Field(FieldPath),
    /// At the code of an error.
    Error,
}

/// What an answer means for a waiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitState {
    /// What was waited for is there.
    Success,
    /// It will not come.
    Failure,
    /// Not yet.
    Retry,
}

/// Where an answer says why something failed: the elements of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasons {
    /// The list. No other list is on the way.
    pub items: FieldPath,
    /// Only elements whose field has one of these values, compared without regard to ASCII case; `None`: all.
    pub only: Option<(FieldPath, Vec<String>)>,
    /// The fields of an element that tell what a person should know, in order. Never empty.
    pub show: Vec<FieldPath>,
}

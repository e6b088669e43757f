//! What came: the latest requests, with nothing in them that must not be seen.

use super::pairs::Pairs;
use bindery_runtime::sign::Algorithm;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// A request that came, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The action; empty if none is named.
    pub action: String,
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The action's parameters as they travelled, decoded. What is sensitive, and what the action does not know, has the
    /// value `***`.
    pub parameters: Vec<Sent>,
    /// How it says that it is signed; `None`: not at all.
    pub signature: Option<Algorithm>,
    /// The number that is used once, if one came.
    pub nonce: Option<String>,
    /// The HTTP status that was answered.
    pub status: u16,
    /// The code of the error that was answered.
    pub code: Option<String>,
    /// The ID under which it was answered.
    pub request_id: String,
}

/// A parameter as it travelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The name on the wire.
    pub name: String,
    /// The value, or `***`.
    pub value: String,
    /// Where it travelled.
    pub place: Place,
    /// The action has such a parameter.
    pub is_known: bool,
}

/// Where a parameter travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the URL's query.
    Query,
    /// In a form.
    Form,
    /// In the URL's path.
    Path,
}

impl Received {
    /// The value of a parameter, or `***`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|sent| sent.name == name).map(|sent| sent.value.as_str())
    }

    /// The names of parameters that the action does not have.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().filter(|sent| !sent.is_known).map(|sent| sent.name.as_str())
    }
}

/// A request as it is remembered.
#[derive(Debug)]
pub(super) struct Kept {
    /// All but the parameters.
    pub received: Received,
    pub sent: Pairs,
    /// Of each parameter: where it travelled, and whether the action has it.
    pub marks: Vec<(Place, bool)>,
}

impl Kept {
    fn bytes(&self) -> usize {
        size_of::<Kept>()
            + self.received.path.len()
            + self.received.action.len()
            + self.received.nonce.as_ref().map_or(0, String::len)
            + self.sent.bytes()
            + self.marks.capacity() * size_of::<(Place, bool)>()
    }

    fn shown(&self) -> Received {
        let sent = |((name, value), (place, is_known)): ((&str, &str), &(Place, bool))| Sent {
            name: name.to_owned(),
            value: value.to_owned(),
            place: *place,
            is_known: *is_known,
        };
        let parameters = self.sent.iter().zip(&self.marks).map(sent).collect();
        Received { parameters, ..self.received.clone() }
    }
}

/// The latest requests.
#[derive(Debug)]
pub(super) struct Log {
    most: usize,
    ring: Mutex<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    latest: VecDeque<Kept>,
    /// Of all of them.
    bytes: usize,
}

/// What is remembered takes at most so many bytes, however large the requests are.
const MOST_BYTES: usize = 64 << 20;

impl Log {
    pub fn new(most: usize) -> Log {
        Log { most, ring: Mutex::default() }
    }

    pub fn push(&self, kept: Kept) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.bytes += kept.bytes();
        ring.latest.push_back(kept);
        let mut dropped = Vec::new();
        while ring.latest.len() > self.most || ring.bytes > MOST_BYTES {
            let Some(oldest) = ring.latest.pop_front() else { break };
            ring.bytes = ring.bytes.saturating_sub(oldest.bytes());
            dropped.push(oldest);
        }
        // Freed without the lock.
        drop(ring);
    }

    pub fn all(&self) -> Vec<Received> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner).latest.iter().map(Kept::shown).collect()
    }

    pub fn clear(&self) {
        *self.ring.lock().unwrap_or_else(PoisonError::into_inner) = Ring::default();
    }
}

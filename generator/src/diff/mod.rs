//! Two specifications to the changes between them, and what each does to those who use the old one.
//!
//! What is compared is the model, never text: the order of keys, the file that something stands in and the words of a
//! rule's id do not count, nor how a rule is cut into several. Everything here is pure: no file is read or written, and
//! nothing knows from where the two sides come.

mod action;
mod change;
pub mod ignore;
mod kind;
mod limits;
mod pair;
mod place;
pub mod report;
mod request;
mod rule;
mod service;
mod shape;
mod words;

pub use change::{Change, Service};
pub use kind::{Kind, Level, Step};

use crate::model::{ActionName, Api};
use kind::Kind as Row;
use place::At;
use rayon::prelude::*;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Actions, their parameters and rules.
    pub requests: bool,
    /// What comes back, and how it is cut into pages.
    pub responses: bool,
    /// Error codes.
    pub errors: bool,
    /// Endpoints, protocol, waiters.
    pub service: bool,
    /// What people read.
    pub docs: bool,
}

impl Parts {
    /// Everything.
    pub const ALL: Parts = Parts { requests: true, responses: true, errors: true, service: true, docs: true };
    /// Nothing.
    pub const NONE: Parts = Parts { requests: false, responses: false, errors: false, service: false, docs: false };
}

/// The changes from one API to another: the service first, then the actions by name.
pub fn compare(old: &Api, new: &Api, parts: Parts) -> Vec<Change> {
    let schemas = service::renamed_schemas(old, new);
    let mut changes = service::compare(old, new, parts, &schemas);
    let pairs = action::pairs(old, new);
    for (name, row, side) in action::lone(old, new, &pairs) {
        let mut found = Finder::new(old, new, parts, Some(name), &schemas);
        found.action_alone(row, side);
        changes.extend(found.changes);
    }
    let both: Vec<(usize, usize)> = pairs.both().collect();
    let found: Vec<Vec<Change>> = both
        .par_iter()
        .filter_map(|(index, other)| Some((old.actions.get(*index)?, new.actions.get(*other)?)))
        .map(|(ours, theirs)| {
            let mut found = Finder::new(old, new, parts, Some(&theirs.name), &schemas);
            found.action(ours, theirs);
            found.changes
        })
        .collect();
    changes.extend(found.into_iter().flatten());
    changes.sort_by(|a, b| a.action.cmp(&b.action));
    changes
}

/// The changes of services of which only one side knows.
pub fn alone(api: &Api, is_new: bool) -> Change {
    let found = Finder::new(api, api, Parts::ALL, None, &[]);
    let text = format!("{} {} with {} actions", api.product, api.version, api.actions.len());
    let (row, sides) = if is_new {
        (&kind::SERVICE_ADDED, [None, Some(text.clone())])
    } else {
        (&kind::SERVICE_REMOVED, [Some(text.clone()), None])
    };
    let word = if is_new { "new" } else { "gone" };
    found.service_change(row, "", sides, format!("{text} is {word}"))
}

/// Collects the changes of one action, or of the service.
struct Finder<'a> {
    old: &'a Api,
    new: &'a Api,
    parts: Parts,
    service: Service,
    action: Option<String>,
    changes: Vec<Change>,
    /// Shapes that the API names otherwise than before: old and new name.
    renamed_schemas: &'a [(String, String)],
    /// The names behind which the comparison has looked, old and new, where they differ.
    followed: Vec<(String, String)>,
    /// Where the words that people read differ, and a digest of what they are.
    reworded: Vec<(String, String)>,
}

impl<'a> Finder<'a> {
    fn new(
        old: &'a Api,
        new: &'a Api,
        parts: Parts,
        action: Option<&ActionName>,
        renamed_schemas: &'a [(String, String)],
    ) -> Finder<'a> {
        let action = action.map(ToString::to_string);
        Finder {
            old,
            new,
            parts,
            service: Service::of(new),
            action,
            changes: Vec::new(),
            renamed_schemas,
            followed: Vec::new(),
            reworded: Vec::new(),
        }
    }

    /// Adds a change at a place. What is `None` on one side has no origin there.
    fn add(&mut self, row: &'static Row, at: &At<'_>, sides: [Option<String>; 2], message: impl Into<String>) {
        let [old_origin, new_origin] = at.origins();
        let [old, new] = sides;
        let gone = row.code.ends_with("-removed") && new.is_none();
        let fresh = row.code.ends_with("-added") && old.is_none();
        let mut change = Change {
            kind: row,
            service: self.service.clone(),
            action: self.action.clone(),
            path: at.path(),
            old,
            new,
            message: message.into(),
            old_origin: old_origin.filter(|_| !fresh),
            new_origin: new_origin.filter(|_| !gone),
            digest: [0; 8],
        };
        change.digest = change.digest("");
        self.changes.push(change);
    }

    /// A change of something that no file of an action holds.
    fn service_change(&self, row: &'static Row, path: &str, sides: [Option<String>; 2], message: String) -> Change {
        let [old, new] = sides;
        let mut change = Change {
            kind: row,
            service: self.service.clone(),
            action: None,
            path: path.to_owned(),
            old,
            new,
            message,
            old_origin: None,
            new_origin: None,
            digest: [0; 8],
        };
        change.digest = change.digest("");
        change
    }
}

//! What all actions of a service share, on both sides: endpoints, errors, shapes with a name, waiters.

use super::change::Change;
use super::kind;
use super::pair::{Pairs, likeness, renamed};
use super::place::At;
use super::shape::Side;
use super::{Finder, Parts};
use crate::model::{Api, Error, Kind, Others, Protocol, Shape, Waiter};
use crate::rules::words::code as quoted;
use std::collections::{BTreeMap, BTreeSet};

/// The changes of what the actions share.
pub(super) fn compare(old: &Api, new: &Api, parts: Parts, renamed: &[(String, String)]) -> Vec<Change> {
    let mut finder = Finder::new(old, new, parts, None, renamed);
    let at = At::whole("", "", [None, None]);
    if parts.service {
        finder.identity(&at);
        finder.endpoints();
        finder.waiters();
    }
    if parts.errors {
        finder.errors(&at, &old.errors, &new.errors);
    }
    finder.words(&at, &[(&old.title, &new.title), (&old.doc, &new.doc)], &[]);
    finder.schemas();
    finder.docs(&at);
    finder.changes
}

/// A few places by name, the rest by their number.
pub(super) fn shown(places: &[&str]) -> String {
    const MOST: usize = 3;
    let few: Vec<String> = places.iter().take(MOST).map(|place| format!("`{place}`")).collect();
    match places.len().checked_sub(MOST) {
        Some(more) if more > 0 => format!("{} and {more} more", few.join(", ")),
        _ => few.join(", "),
    }
}

/// The shapes that have another name than before.
pub(super) fn renamed_schemas(old: &Api, new: &Api) -> Vec<(String, String)> {
    let found = schema_pairs(old, new);
    let names = found.renamed.iter().filter_map(|(a, b)| Some((&old.schemas.get(*a)?.0, &new.schemas.get(*b)?.0)));
    names.map(|(old, new)| (old.clone(), new.clone())).collect()
}

fn schema_pairs(old: &Api, new: &Api) -> Pairs {
    let names = |api: &'_ Api| -> Vec<String> { api.schemas.iter().map(|(name, _)| name.clone()).collect() };
    let (ours, theirs) = (names(old), names(new));
    let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
    let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
    Pairs::of(&ours, &theirs, |a, b| {
        renamed([&ours, &theirs], [a, b], [&old.schemas.get(a)?.1, &new.schemas.get(b)?.1])
    })
}

impl Finder<'_> {
    fn identity(&mut self, at: &At<'_>) {
        let name = |api: &Api| format!("{} {}", api.product, api.version);
        if name(self.old) != name(self.new) {
            let sides = [name(self.old), name(self.new)];
            let message = format!("{} is now {}", sides[0], sides[1]);
            self.add(&kind::VERSION_CHANGED, at, sides.map(Some), message);
        }
        let word = |protocol| match protocol {
            Protocol::Rpc => "rpc",
            Protocol::Roa => "roa",
        };
        let sides = [word(self.old.protocol), word(self.new.protocol)];
        if sides[0] != sides[1] {
            let message = format!("actions were addressed by {}, and are by {}", sides[0], sides[1]);
            self.add(&kind::PROTOCOL_CHANGED, at, sides.map(|word| Some(word.to_owned())), message);
        }
    }

    fn endpoints(&mut self) {
        let hosts = |api: &Api| -> BTreeMap<String, String> {
            let regions = api.endpoints.regions.iter().cloned();
            let pattern = api.endpoints.pattern.iter().map(|host| ("every other region".to_owned(), host.clone()));
            regions.chain(pattern).collect()
        };
        let (old, new) = (hosts(self.old), hosts(self.new));
        for region in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let sides = [old.get(region).cloned(), new.get(region).cloned()];
            let name = quoted(region);
            let (row, message) = match &sides {
                [None, Some(host)] => (&kind::ENDPOINT_ADDED, format!("{name} is answered at {}", quoted(host))),
                [Some(host), None] => {
                    (&kind::ENDPOINT_REMOVED, format!("{name} is no longer answered at {}", quoted(host)))
                }
                [Some(was), Some(is)] if was != is => (
                    &kind::ENDPOINT_CHANGED,
                    format!("{name} was answered at {}, and is at {}", quoted(was), quoted(is)),
                ),
                _ => continue,
            };
            let label = format!("endpoint {region}");
            let at = At::whole(&label, "", [None, None]);
            self.add(row, &at, sides, message);
        }
    }

    /// Compares lists of error codes.
    pub(super) fn errors(&mut self, at: &At<'_>, old: &[Error], new: &[Error]) {
        let by_code = |errors: &[Error]| -> BTreeMap<String, Error> {
            errors.iter().map(|error| (error.code.clone(), error.clone())).collect()
        };
        let (old, new) = (by_code(old), by_code(new));
        let text = |error: &Error| {
            let status = error.status.map_or("any status".to_owned(), |status| status.to_string());
            format!("{status}{}", if error.retryable { ", to be tried again" } else { "" })
        };
        for code in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let (was, is) = (old.get(code), new.get(code));
            if let (Some(was), Some(is)) = (was, is) {
                self.words(at, &[(&was.doc, &is.doc)], &[]);
            }
            let (name, sides) = (quoted(code), [was.map(text), is.map(text)]);
            let (row, message) = match &sides {
                [None, Some(is)] => (&kind::ERROR_ADDED, format!("the error {name} ({is}) is new")),
                [Some(was), None] => (&kind::ERROR_REMOVED, format!("the error {name} ({was}) is gone")),
                [Some(was), Some(is)] if was != is => {
                    (&kind::ERROR_CHANGED, format!("the error {name} was {was}, and is {is}"))
                }
                _ => continue,
            };
            let label = format!("error {code}");
            let pointer = crate::diag::below("/errors", code);
            let [old_origin, new_origin] = at.origins().map(|origin| origin.map(|origin| origin.file));
            let at = At::whole(&label, &pointer, [old_origin.as_ref(), new_origin.as_ref()]);
            self.add(row, &at, sides, message);
        }
    }

    fn waiters(&mut self) {
        let names =
            |api: &'_ Api| -> Vec<String> { api.waiters.iter().map(|waiter| waiter.name.to_string()).collect() };
        let (ours, theirs) = (names(self.old), names(self.new));
        let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
        let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
        let (old, new) = (&self.old.waiters, &self.new.waiters);
        let pairs = Pairs::of(&ours, &theirs, |a, b| {
            let (old, new) = (old.get(a)?, new.get(b)?);
            let same = same_wait(old, new) && old.action == new.action;
            Some(likeness(old.name.as_str(), new.name.as_str())).filter(|like| same && *like >= 0.5)
        });
        let text = |waiter: &Waiter| format!("asks `{}`", waiter.action);
        for (is_new, waiters, indices) in [(false, old, &pairs.removed), (true, new, &pairs.added)] {
            for waiter in indices.iter().filter_map(|index| waiters.get(*index)) {
                let row = if is_new { &kind::WAITER_ADDED } else { &kind::WAITER_REMOVED };
                let message = format!("the waiter `{}` is {}", waiter.name, if is_new { "new" } else { "gone" });
                let sides = if is_new { [None, Some(text(waiter))] } else { [Some(text(waiter)), None] };
                self.waiter_change(row, waiter, waiter, sides, message);
            }
        }
        for (was, is) in pairs.both().filter_map(|(a, b)| Some((old.get(a)?, new.get(b)?))) {
            if was.name != is.name {
                let sides = [Some(format!("`{}`", was.name)), Some(format!("`{}`", is.name))];
                let message = format!("the waiter `{}` is called `{}`", was.name, is.name);
                self.waiter_change(&kind::WAITER_RENAMED, was, is, sides, message);
            }
            if was.action != is.action || !same_wait(was, is) {
                let text =
                    |w: &Waiter| format!("{:?} {} {} {:?} {:?}", w.action, w.delay, w.attempts, w.acceptors, w.reasons);
                let message = format!("the waiter `{}` asks, decides or gives up otherwise", is.name);
                self.waiter_change(&kind::WAITER_CHANGED, was, is, [Some(text(was)), Some(text(is))], message);
                if let Some(change) = self.changes.last_mut() {
                    (change.old, change.new) = (None, None);
                }
            }
        }
    }

    fn waiter_change(
        &mut self,
        row: &'static kind::Kind,
        old: &Waiter,
        new: &Waiter,
        sides: [Option<String>; 2],
        message: String,
    ) {
        let label = format!("waiter {}", new.name);
        let at = At::whole(&label, "", [None, None]);
        self.add(row, &at, sides, message);
        if let Some(change) = self.changes.last_mut() {
            change.old_origin = change.old.as_ref().map(|_| old.origin.clone());
            change.new_origin = change.new.as_ref().map(|_| new.origin.clone());
        }
    }

    /// Compares the shapes that have names, as requests and as answers, whichever use them.
    fn schemas(&mut self) {
        let (old, new) = (self.old, self.new);
        if old.schemas.is_empty() && new.schemas.is_empty() {
            return;
        }
        let sides = [
            (Side::Request, self.parts.requests, reached(old, Side::Request), reached(new, Side::Request)),
            (Side::Response, self.parts.responses, reached(old, Side::Response), reached(new, Side::Response)),
        ];
        for (a, b) in schema_pairs(old, new).both() {
            let (Some((name, ours)), Some((new_name, theirs))) = (old.schemas.get(a), new.schemas.get(b)) else {
                continue;
            };
            let mut told = false;
            for (side, wanted, old_names, new_names) in &sides {
                if !wanted || !old_names.contains(name.as_str()) || !new_names.contains(new_name.as_str()) {
                    continue;
                }
                let word = if *side == Side::Request { "(in requests)" } else { "(in responses)" };
                let label = format!("schema {new_name} {word}");
                let pointer = crate::diag::below("/schemas", new_name);
                let at = At::whole(&label, &pointer, [None, None]);
                if name != new_name && !told {
                    told = true;
                    let sides = [Some(format!("`{name}`")), Some(format!("`{new_name}`"))];
                    self.add(&kind::SCHEMA_RENAMED, &at, sides, format!("the shape `{name}` is called `{new_name}`"));
                }
                self.shape(&at, ours, theirs, *side);
            }
        }
    }
}

fn same_wait(old: &Waiter, new: &Waiter) -> bool {
    (old.delay, old.attempts, &old.acceptors, &old.reasons) == (new.delay, new.attempts, &new.acceptors, &new.reasons)
}

/// The named shapes that requests or answers are made of.
fn reached(api: &Api, side: Side) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for action in &api.actions {
        match side {
            Side::Request => action.parameters.iter().for_each(|parameter| reach(api, &parameter.shape, &mut found)),
            Side::Response => action.response.iter().for_each(|shape| reach(api, shape, &mut found)),
        }
    }
    found
}

fn reach<'a>(api: &'a Api, shape: &'a Shape, found: &mut BTreeSet<&'a str>) {
    match &shape.kind {
        Kind::List(inner) | Kind::Json(inner) => reach(api, inner, found),
        Kind::Object(members, others) => {
            members.iter().for_each(|member| reach(api, &member.shape, found));
            if let Others::Of(inner) = others {
                reach(api, inner, found);
            }
        }
        Kind::Named(name) if found.insert(name) => {
            if let Some(shape) = api.schema(name) {
                reach(api, shape, found);
            }
        }
        Kind::Named(_) | Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => {}
    }
}

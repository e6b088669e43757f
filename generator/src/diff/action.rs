//! One action against another.

use super::kind::{self, Kind as Row};
use super::pair::{Pairs, likeness};
use super::place::At;
use super::shape::Side;
use super::{Finder, request, service};
use crate::model::{Action, ActionEffect, ActionName, Api, FieldPath, Method, Next, Paging};
use sha2::{Digest, Sha256};

/// Which of the old actions is which of the new ones. Two are one under another name if their names are like each
/// other, and so are most of their parameters.
pub(super) fn pairs(old: &Api, new: &Api) -> Pairs {
    let names = |api: &Api| -> Vec<String> { api.actions.iter().map(|action| action.name.to_string()).collect() };
    let (ours, theirs) = (names(old), names(new));
    let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
    let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
    Pairs::of(&ours, &theirs, |a, b| same_action(old.actions.get(a)?, new.actions.get(b)?))
}

fn same_action(old: &Action, new: &Action) -> Option<f64> {
    let names = likeness(old.name.as_str(), new.name.as_str());
    // What one does to a thing is its first word: `ModifyThing` is not `DeleteThing`.
    let verb = |name: &str| name.chars().skip(1).position(char::is_uppercase).map_or(name.len(), |at| at + 1);
    let verbs = [old, new].map(|action| action.name.as_str().get(..verb(action.name.as_str())));
    if names < 0.6 || verbs[0] != verbs[1] || old.parameters.len().min(new.parameters.len()) < 2 {
        return None;
    }
    let shared = old.parameters.iter().filter(|parameter| new.parameter(parameter.name.as_str()).is_some()).count();
    let all = old.parameters.len() + new.parameters.len() - shared;
    (shared * 5 >= all * 4).then_some(names)
}

/// The actions that one side alone has.
pub(super) fn lone<'a>(old: &'a Api, new: &'a Api, pairs: &Pairs) -> Vec<(&'a ActionName, &'static Row, bool)> {
    let name = |api: &'a Api, index: &usize| api.actions.get(*index).map(|action| &action.name);
    let removed = pairs.removed.iter().filter_map(|index| Some((name(old, index)?, &kind::ACTION_REMOVED, false)));
    let added = pairs.added.iter().filter_map(|index| Some((name(new, index)?, &kind::ACTION_ADDED, true)));
    removed.chain(added).collect()
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
        Method::Head => "HEAD",
    }
}

fn effect(effect: ActionEffect) -> &'static str {
    match effect {
        ActionEffect::Read => "reads",
        ActionEffect::Write => "writes",
        ActionEffect::Spend => "spends money",
    }
}

fn paging(paging: &Paging, action: &Action) -> String {
    let name = |index: usize| action.parameters.get(index).map_or("", |parameter| parameter.name.as_str());
    let (parameter, word, field): (usize, &str, &FieldPath) = match &paging.next {
        Next::Number { parameter, total } => (*parameter, "until", total),
        Next::Token { parameter, token } => (*parameter, "from", token),
    };
    format!("`{}` by `{}` {word} `{}`", paging.items.as_str(), name(parameter), field.as_str())
}

impl Finder<'_> {
    /// An action that one side alone has.
    pub(super) fn action_alone(&mut self, row: &'static Row, is_new: bool) {
        let api = if is_new { self.new } else { self.old };
        let Some(action) = self.action.as_ref().and_then(|name| api.action(name)) else { return };
        let text = format!("{} parameters", action.parameters.len());
        let message = format!("the action `{}` is {}", action.name, if is_new { "new" } else { "gone" });
        let at = At::whole("", "/action", [Some(&action.origin.file), Some(&action.origin.file)]);
        if self.parts.requests {
            self.add(row, &at, if is_new { [None, Some(text)] } else { [Some(text), None] }, message);
        }
    }

    /// Compares two actions.
    pub(super) fn action(&mut self, old: &Action, new: &Action) {
        let files = [Some(&old.origin.file), Some(&new.origin.file)];
        let at = At::whole("", "/action", files);
        self.words(&at, &[(&old.summary, &new.summary), (&old.doc, &new.doc)], &[]);
        if self.parts.docs && (old.related != new.related || old.samples != new.samples) {
            self.reworded.push(("samples and links".to_owned(), format!("{:?}\0{:?}", old.samples, new.samples)));
        }
        if self.parts.requests {
            self.head(&at, old, new);
            let pairs = request::pairs(old, new);
            self.parameters(old, new, &pairs);
            self.rules(old, new, &pairs);
        }
        if self.parts.responses {
            self.answer(old, new);
        }
        if self.parts.errors {
            let own = |action: &Action, api: &Api| {
                action.errors.iter().filter(|error| !api.errors.contains(error)).cloned().collect::<Vec<_>>()
            };
            self.errors(&at, &own(old, self.old), &own(new, self.new));
        }
        self.docs(&at);
    }

    fn head(&mut self, at: &At<'_>, old: &Action, new: &Action) {
        let name = &new.name;
        if old.name != new.name {
            let sides = [Some(format!("`{}`", old.name)), Some(format!("`{name}`"))];
            self.add(&kind::ACTION_RENAMED, at, sides, format!("the action `{}` is called `{name}`", old.name));
        }
        let rows = (&kind::ACTION_DEPRECATED, &kind::ACTION_NO_LONGER_DEPRECATED);
        match (old.deprecated, new.deprecated) {
            (false, true) => self.add(rows.0, at, [None, None], format!("the action `{name}` is deprecated")),
            (true, false) => self.add(rows.1, at, [None, None], format!("the action `{name}` is no longer deprecated")),
            _ => {}
        }
        let facts = [
            (&kind::ACTION_EFFECT_CHANGED, effect(old.effect), effect(new.effect), "effect"),
            (&kind::ACTION_METHOD_CHANGED, method(old.method), method(new.method), "HTTP method"),
            (&kind::ACTION_PATH_CHANGED, old.path.as_str(), new.path.as_str(), "path"),
        ];
        for (row, was, is, what) in facts.into_iter().filter(|(_, was, is, _)| was != is) {
            let message = format!("the {what} of `{name}` was `{was}`, and is `{is}`");
            self.add(row, at, [Some(was.to_owned()), Some(is.to_owned())], message);
        }
    }

    fn answer(&mut self, old: &Action, new: &Action) {
        let at = At::whole("response", "/response", [Some(&old.origin.file), Some(&new.origin.file)]);
        let name = &new.name;
        match (&old.response, &new.response) {
            (Some(old), Some(new)) => self.shape(&at, old, new, Side::Response),
            (None, Some(_)) => {
                let message = format!("what `{name}` answers is known now");
                self.add(&kind::RESPONSE_DESCRIBED, &at, [None, Some("object".to_owned())], message);
            }
            (Some(_), None) => {
                let message = format!("what `{name}` answers is no longer known");
                self.add(&kind::RESPONSE_UNDESCRIBED, &at, [Some("object".to_owned()), None], message);
            }
            (None, None) => {}
        }
        let sides = [old.paging.as_ref().map(|p| paging(p, old)), new.paging.as_ref().map(|p| paging(p, new))];
        let (row, message) = match &sides {
            [None, Some(is)] => (&kind::PAGINATION_ADDED, format!("`{name}` lists {is}")),
            [Some(was), None] => (&kind::PAGINATION_REMOVED, format!("`{name}` no longer lists {was}")),
            [Some(was), Some(is)] if was != is => {
                (&kind::PAGINATION_CHANGED, format!("`{name}` listed {was}, and lists {is}"))
            }
            _ => return,
        };
        self.add(row, &at, sides, message);
    }

    /// One change for all words of an action that differ: nobody reviews them one by one here.
    pub(super) fn docs(&mut self, at: &At<'_>) {
        if self.reworded.is_empty() {
            return;
        }
        let mut places: Vec<&str> = Vec::new();
        let mut content = Sha256::new();
        for (place, words) in &self.reworded {
            let place = if place.is_empty() { "itself" } else { place };
            if !places.contains(&place) {
                places.push(place);
            }
            content.update(place);
            content.update([0]);
            content.update(words);
            content.update([0]);
        }
        let shown = service::shown(&places);
        let message = format!("other words about {shown}");
        self.add(&kind::DOCS_CHANGED, at, [None, None], message);
        if let Some(change) = self.changes.last_mut() {
            change.digest = change.digest(&format!("{:?}", content.finalize().as_slice()));
        }
    }
}

//! The parameters of one action against those of another.

use super::kind;
use super::pair::{Pairs, renamed};
use super::place::{At, Step};
use super::shape::Side;
use super::{Finder, words};
use crate::model::{Action, Kind, Parameter};
use crate::rules;
use std::collections::BTreeMap;

/// Something that a constructor may take.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Its new name.
    pub key: String,
    pub required: bool,
    pub boolean: bool,
}

/// What of the old parameters is what of the new ones.
pub(super) fn pairs(old: &Action, new: &Action) -> Pairs {
    let (ours, theirs) = (names(old), names(new));
    Pairs::of(&ours, &theirs, |a, b| {
        let (ours_of, theirs_of) = (old.parameters.get(a)?, new.parameters.get(b)?);
        let same = ours_of.required == theirs_of.required
            && (ours_of.place, ours_of.style) == (theirs_of.place, theirs_of.style);
        same.then(|| renamed([&ours, &theirs], [a, b], [&ours_of.shape, &theirs_of.shape])).flatten()
    })
}

fn names(action: &Action) -> Vec<&str> {
    action.parameters.iter().map(|parameter| parameter.name.as_str()).collect()
}

impl Finder<'_> {
    /// Compares the parameters.
    pub(super) fn parameters(&mut self, old: &Action, new: &Action, pairs: &Pairs) {
        let whole = |at: Option<&Parameter>, other: Option<&Parameter>| {
            [at.or(other).map(|p| p.origin.file.clone()), other.or(at).map(|p| p.origin.file.clone())]
        };
        let lone = |index: &usize, from: &Action| from.parameters.get(*index).cloned();
        for (is_new, from, other, indices) in [(false, old, new, &pairs.removed), (true, new, old, &pairs.added)] {
            for parameter in indices.iter().filter_map(|index| lone(index, from)) {
                let name = parameter.name.as_str();
                let (here, there) = (&parameter.origin.file, &other.origin.file);
                let files = if is_new { [Some(there), Some(here)] } else { [Some(here), Some(there)] };
                let root = At::whole("request", "/parameters", files);
                let at = root.down(Step::Parameter(name, name));
                self.lone(&at, parameter.required, &parameter.shape, Side::Request, is_new);
            }
        }
        for (ours, theirs) in
            pairs.both().filter_map(|(a, b)| Some((old.parameters.get(a)?, new.parameters.get(b)?))).collect::<Vec<_>>()
        {
            let files = whole(Some(ours), Some(theirs));
            let root = At::whole("request", "/parameters", [files[0].as_ref(), files[1].as_ref()]);
            let at = root.down(Step::Parameter(ours.name.as_str(), theirs.name.as_str()));
            self.parameter(&at, ours, theirs);
        }
        self.signatures(old, new, pairs);
    }

    fn parameter(&mut self, at: &At<'_>, old: &Parameter, new: &Parameter) {
        self.renamed(at, old.name.as_str(), new.name.as_str(), Side::Request);
        self.required(at, old.required, new.required);
        let name = &new.name;
        if old.place != new.place {
            let [was, is] = [old.place, new.place].map(words::place);
            let message = format!("`{name}` travelled in the {was}, and travels in the {is}");
            self.add(&kind::PARAMETER_MOVED, at, [Some(was.to_owned()), Some(is.to_owned())], message);
        }
        let has_style = |parameter: &Parameter, api: &crate::model::Api| {
            matches!(api.meant(&parameter.shape).kind, Kind::List(_) | Kind::Object(..) | Kind::Any)
        };
        if old.style != new.style && (has_style(old, self.old) || has_style(new, self.new)) {
            let [was, is] = [old.style, new.style].map(words::style);
            let message = format!("`{name}` travelled as {was}, and travels as {is}");
            self.add(&kind::PARAMETER_STYLE_CHANGED, at, [Some(was.to_owned()), Some(is.to_owned())], message);
        }
        let rows = (&kind::PARAMETER_NOW_TOKEN, &kind::PARAMETER_NO_LONGER_TOKEN);
        let tokens = [old.idempotency_token, new.idempotency_token];
        self.flag(at, rows, tokens, ["a token that makes a repeated call harmless", "no longer such a token"]);
        self.preconditions(at, &old.preconditions, &new.preconditions);
        if self.parts.docs && old.lookup != new.lookup {
            self.reworded.push((at.path(), format!("{:?}\0{:?}", old.lookup, new.lookup)));
        }
        self.shape(at, &old.shape, &new.shape, Side::Request);
    }

    /// What becomes of the constructors of the request and its groups.
    fn signatures(&mut self, old: &Action, new: &Action, pairs: &Pairs) {
        let opposite = |index: usize| pairs.both().find(|(old, _)| *old == index).map(|(_, new)| new);
        let kept = slots(old, &|index| opposite(index).and_then(|new_index| new.parameters.get(new_index)));
        let there = slots(new, &|index| new.parameters.get(index));
        let root = At::whole("request", "/parameters", [Some(&old.origin.file), Some(&new.origin.file)]);
        for (group, slots) in &kept {
            let Some(others) = there.get(group) else { continue };
            match group.as_str() {
                "" => self.reordered(&root, slots, others),
                group => self.reordered(&root.down(Step::Parameter(group, group)), slots, others),
            }
        }
        self.constructors(old, new, &root);
    }

    /// Whether what is required in both stands in another order. A generated constructor takes flags last.
    pub(super) fn reordered(&mut self, at: &At<'_>, old: &[Slot], new: &[Slot]) {
        let order = |slots: &[Slot], others: &[Slot]| {
            let needed =
                |slot: &&Slot| slot.required && others.iter().any(|other| other.key == slot.key && other.required);
            let mut slots: Vec<&Slot> = slots.iter().filter(needed).collect();
            slots.sort_by_key(|slot| slot.boolean);
            slots.iter().map(|slot| format!("`{}`", slot.key)).collect::<Vec<_>>().join(", ")
        };
        let [was, is] = [order(old, new), order(new, old)];
        if was != is {
            let message = format!("the required parameters come in another order: {is}");
            self.add(&kind::ARGUMENTS_REORDERED, at, [Some(was), Some(is)], message);
        }
    }

    fn constructors(&mut self, old: &Action, new: &Action, root: &At<'_>) {
        let (ours, theirs) = (needs(old), needs(new));
        let quoted = |names: &Vec<String>| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        let known = |action: &Action, decider: &str, value: &str| {
            let shape = action.parameter(decider).and_then(|index| action.parameters.get(index)).map(|p| &p.shape);
            shape.is_some_and(|shape| shape.values.iter().any(|choice| choice.wire == value))
        };
        let keys: std::collections::BTreeSet<&(String, String)> = ours.keys().chain(theirs.keys()).collect();
        for key in keys {
            let (decider, value) = key;
            // A value or a parameter that comes or goes takes its constructor along.
            if !known(old, decider, value) || !known(new, decider, value) {
                continue;
            }
            let at = root.down(Step::Parameter(decider, decider));
            let (was, is) = (ours.get(key), theirs.get(key));
            let row = match (was, is) {
                (None, Some(_)) => &kind::CONSTRUCTOR_ADDED,
                (Some(_), None) => &kind::CONSTRUCTOR_REMOVED,
                (Some(was), Some(is)) if was != is => &kind::CONSTRUCTOR_CHANGED,
                _ => continue,
            };
            let said = |names: &Vec<String>| {
                format!(
                    "{} with {}",
                    rules::words::code(value),
                    words::some(quoted(names)).unwrap_or("nothing".to_owned())
                )
            };
            let (was, is) = (was.map(said), is.map(said));
            let message = match (&was, &is) {
                (_, Some(is)) => format!("`{decider}` {is}: what the value needs beside it"),
                (was, None) => format!("`{decider}` no longer {}", was.clone().unwrap_or_default()),
            };
            self.add(row, &at, [was, is], message);
        }
    }
}

/// What the constructors of a request and of its groups may take, by the group's name; empty: the request itself.
fn slots<'a>(action: &Action, named: &dyn Fn(usize) -> Option<&'a Parameter>) -> BTreeMap<String, Vec<Slot>> {
    let mut groups: BTreeMap<String, Vec<Slot>> = BTreeMap::new();
    for (index, parameter) in action.parameters.iter().enumerate() {
        let Some(counterpart) = named(index) else { continue };
        let name = counterpart.name.as_str();
        let mut above = String::new();
        let dots = name.match_indices('.').map(|(at, _)| at);
        for end in dots.chain([name.len()]) {
            let (key, is_last) = (name.get(..end).unwrap_or(name), end == name.len());
            let key = if is_last { key.to_owned() } else { format!("{key}.") };
            let slots = groups.entry(above).or_default();
            match slots.iter_mut().find(|slot| slot.key == key) {
                Some(slot) => slot.required |= parameter.required,
                None => slots.push(Slot {
                    key: key.clone(),
                    required: parameter.required,
                    boolean: is_last && parameter.shape.kind == Kind::Boolean,
                }),
            }
            above = name.get(..end).unwrap_or(name).to_owned();
        }
    }
    groups
}

/// By parameter and value: what the value needs beside it, for every value that has a constructor of its own.
fn needs(action: &Action) -> BTreeMap<(String, String), Vec<String>> {
    let mut found = BTreeMap::new();
    if action.rules.is_empty() {
        return found;
    }
    let group = |parameter: &Parameter| parameter.name.as_str().rsplit_once('.').map(|(group, _)| group.to_owned());
    for (decider, parameter) in action.parameters.iter().enumerate() {
        let own = group(parameter);
        let decides = parameter.shape.kind == Kind::Text
            && !parameter.shape.sensitive
            && (parameter.required || own.is_some())
            && !parameter.shape.values.is_empty();
        if !decides {
            continue;
        }
        let needed = |value: &str| -> Vec<String> {
            let members = action.parameters.iter().enumerate().filter(|(_, member)| group(member) == own);
            let needed = members.filter(|(index, _)| rules::needs(action, decider, value, *index));
            needed.map(|(_, member)| member.name.to_string()).collect()
        };
        let all: Vec<(String, Vec<String>)> =
            parameter.shape.values.iter().map(|choice| (choice.wire.clone(), needed(&choice.wire))).collect();
        if all.iter().any(|(_, needed)| !needed.is_empty()) {
            let name = parameter.name.to_string();
            found.extend(all.into_iter().map(|(value, needed)| ((name.clone(), value), needed)));
        }
    }
    found
}

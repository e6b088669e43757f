//! A scenario, proved against the API that it plays: names are indices, answers are ready.

use super::answer::{COUNT, ITEMS, PAGE, TOTAL, Template};
use super::catalog::{Catalog, Known};
use super::prepared::{Manner, Prepared, Prover, is_bare};
use crate::diag::{Diagnostics, below, did_you_mean};
use crate::spec::Map;
use crate::spec::scenario::{Answer, Fault, List, Scenario};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// What a service plays. Actions by their index in the catalog, states by their position.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub resource: Option<Resource>,
    pub states: Vec<State>,
    /// Answers where the state has none.
    pub answers: BTreeMap<usize, Prepared>,
    pub lists: BTreeMap<usize, Listing>,
    pub faults: Vec<Trouble>,
}

#[derive(Debug)]
pub(super) struct Resource {
    pub key: String,
    pub start: usize,
    pub creates: Vec<usize>,
    /// What stands before and after the number.
    pub name: (String, String),
    pub known: Vec<(String, usize)>,
    /// By action.
    pub unknown: Option<BTreeMap<usize, Prepared>>,
}

#[derive(Debug)]
pub(super) struct State {
    pub name: String,
    pub on: BTreeMap<usize, usize>,
    /// The action, how often, and the state after that.
    pub polls: Option<(usize, u32, usize)>,
    pub after: Option<(Duration, usize)>,
    pub answers: BTreeMap<usize, Prepared>,
}

#[derive(Debug)]
pub(super) struct Listing {
    pub answer: Prepared,
    pub item: Template,
    /// The parameters for the page's number and size, and the usual size.
    pub pages: Option<(String, String, usize)>,
}

#[derive(Debug)]
pub(super) struct Trouble {
    /// By action: what is answered, or how the usual answer is sent.
    pub actions: BTreeMap<usize, Result<Prepared, Manner>>,
    pub skip: u64,
    pub times: Option<u64>,
    pub applies: bool,
}

/// Proves a scenario; what is wrong is pushed. `api`: the position of the API that it plays.
pub(super) fn plan(
    scenario: &Scenario,
    file: &Arc<str>,
    catalog: &Catalog,
    api: usize,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let key = scenario.resource.as_ref().map(|resource| resource.key.clone());
    Planner { scenario, catalog, api, key, prover: Prover { file, diagnostics } }.plan()
}

struct Planner<'a> {
    scenario: &'a Scenario,
    catalog: &'a Catalog,
    api: usize,
    key: Option<String>,
    prover: Prover<'a>,
}

impl<'a> Planner<'a> {
    fn plan(mut self) -> Plan {
        let scenario = self.scenario;
        let mut plan = Plan { resource: self.resource(), answers: self.usual(), ..Plan::default() };
        plan.answers.extend(self.answers(&scenario.answers, "/answers"));
        for (name, state) in &scenario.states {
            let at = below("/states", name);
            let mut on = BTreeMap::new();
            for (action, to) in &state.on {
                let at = below(&below(&at, "on"), action);
                if let (Some(action), Some(to)) = (self.action(action, &at), self.state(to, &at)) {
                    on.insert(action, to);
                }
            }
            let polls = state.polls.as_ref().and_then(|polls| {
                let at = below(&at, "polls");
                let action = self.action(&polls.action, &below(&at, "action"));
                let to = self.state(&polls.to, &below(&at, "to"));
                Some((action?, polls.count, to?))
            });
            let after = state.after.as_ref().and_then(|after| {
                let to = self.state(&after.to, &below(&below(&at, "after"), "to"))?;
                Some((Duration::from_millis(after.milliseconds), to))
            });
            let answers = self.answers(&state.answers, &below(&at, "answers"));
            plan.states.push(State { name: name.clone(), on, polls, after, answers });
        }
        if scenario.resource.is_none() && !(scenario.states.is_empty() && scenario.lists.is_empty()) {
            let help = "say with `resource` what has states";
            self.prover.error::<()>("resource", "", "there are states or lists and no resource", help);
        }
        for (name, list) in &scenario.lists {
            let at = below("/lists", name);
            if let Some(index) = self.action(name, &at) {
                plan.lists.extend(self.list(list, index, &at).map(|list| (index, list)));
            }
        }
        plan.faults = scenario.faults.iter().enumerate().map(|(i, fault)| self.fault(fault, i)).collect();
        plan
    }

    fn resource(&mut self) -> Option<Resource> {
        let given = self.scenario.resource.as_ref()?;
        let at = "/resource";
        let start = self.state(&given.start, "/resource/start");
        let creates = given.creates.iter().enumerate();
        let creates: Vec<usize> =
            creates.filter_map(|(i, name)| self.action(name, &format!("{at}/creates/{i}"))).collect();
        let known = given.known.iter();
        let known: Vec<(String, usize)> = known
            .filter_map(|(name, state)| Some((name.clone(), self.state(state, &below("/resource/known", name))?)))
            .collect();
        let pattern = given.name.as_deref().unwrap_or("resource-{Number}");
        let Some((before, after)) = pattern.split_once("{Number}") else {
            let help = "put {Number} where the number shall stand";
            return self.prover.error("hole", "/resource/name", "every resource would have the same name", help);
        };
        let unknown = given.unknown.as_ref().map(|answer| {
            let mut answers = BTreeMap::new();
            for index in self.own() {
                match self.prepared(answer, index, "/resource/unknown") {
                    Some(answer) => answers.insert(index, answer),
                    // It would be wrong for every other action as well.
                    None => break,
                };
            }
            answers
        });
        let name = (before.to_owned(), after.to_owned());
        Some(Resource { key: given.key.clone(), start: start?, creates, name, known, unknown })
    }

    /// The answers of actions that a file says nothing of: where they name the resource, it is the one that is meant.
    fn usual(&mut self) -> BTreeMap<usize, Prepared> {
        let own = self.own();
        own.into_iter()
            .filter_map(|index| {
                let known = self.catalog.known(index)?;
                Some((index, Prepared::of(known, &self.sample(index, known))?))
            })
            .collect()
    }

    fn answers(&mut self, answers: &'a Map<Answer>, at: &str) -> BTreeMap<usize, Prepared> {
        let mut prepared = BTreeMap::new();
        for (name, answer) in answers {
            let at = below(at, name);
            if let Some(index) = self.action(name, &at) {
                prepared.extend(self.prepared(answer, index, &at).map(|answer| (index, answer)));
            }
        }
        prepared
    }

    fn prepared(&mut self, answer: &Answer, index: usize, at: &str) -> Option<Prepared> {
        let known = self.catalog.known(index)?;
        let sample = self.sample(index, known);
        self.prover.prepared(answer, known, &sample, at)
    }

    fn sample(&self, index: usize, known: &Known) -> Value {
        let mut sample = known.sample.clone();
        if let (Some(key), Value::Object(members)) = (&self.key, &mut sample) {
            let creates = self.scenario.resource.iter().flat_map(|resource| &resource.creates);
            let makes = creates.into_iter().any(|name| self.index(name) == Some(index));
            if makes || members.contains_key(key) {
                members.insert(key.clone(), "{Resource}".into());
            }
        }
        sample
    }

    fn list(&mut self, list: &List, index: usize, at: &str) -> Option<Listing> {
        let known = self.catalog.known(index)?;
        let mut body = self.sample(index, known);
        let mut item = body.get(&list.items).and_then(|items| items.get(0)).cloned().unwrap_or(Value::Null);
        json_patch::merge(&mut item, &list.item);
        let item = self.prover.template(&list.items, &item, known, &below(at, "item"))?;
        let members = body.as_object_mut()?;
        members.insert(list.items.clone(), ITEMS.into());
        if let Some(pages) = &list.pages {
            let fields = [(Some(&pages.total), TOTAL), (pages.count.as_ref(), COUNT), (pages.page.as_ref(), PAGE)];
            for (field, hole) in fields {
                members.extend(field.map(|field| (field.clone(), hole.into())));
            }
            for name in [&pages.number, &pages.size] {
                if known.names.find(name).is_none() {
                    let message = format!("`{}` has no parameter `{name}`", known.operation.action());
                    return self.prover.error("parameter", &below(at, "pages"), &message, "name one that it has");
                }
            }
        }
        let pages = list.pages.as_ref();
        let pages = pages.map(|pages| (pages.number.clone(), pages.size.clone(), pages.usual.max(1) as usize));
        Some(Listing { answer: Prepared::of(known, &body)?, item, pages })
    }

    fn fault(&mut self, fault: &Fault, position: usize) -> Trouble {
        let at = format!("/faults/{position}");
        let named = fault.actions.iter().enumerate();
        let named: Vec<_> = named.filter_map(|(i, name)| self.action(name, &format!("{at}/actions/{i}"))).collect();
        let mut actions = BTreeMap::new();
        for index in if fault.actions.is_empty() { self.own() } else { named } {
            let at = below(&at, "answer");
            let what = match is_bare(&fault.answer) {
                true => self.prover.manner(&fault.answer, &at).map(Err),
                false => self.prepared(&fault.answer, index, &at).map(Ok),
            };
            match what {
                Some(what) => actions.insert(index, what),
                // It would be wrong for every other action as well.
                None => break,
            };
        }
        Trouble { actions, skip: fault.skip.into(), times: fault.times.map(u64::from), applies: fault.applies }
    }

    /// The actions of the API.
    fn own(&self) -> Vec<usize> {
        let all = self.catalog.actions.iter().enumerate();
        all.filter(|(_, known)| known.api == self.api).map(|(index, _)| index).collect()
    }

    fn index(&self, name: &str) -> Option<usize> {
        let fits = |known: &Known| known.api == self.api && known.operation.action() == name;
        self.catalog.actions.iter().position(fits)
    }

    fn action(&mut self, name: &str, at: &str) -> Option<usize> {
        self.index(name).or_else(|| {
            let own = self.catalog.actions.iter().filter(|known| known.api == self.api);
            let near = did_you_mean(name, own.map(|known| known.operation.action()));
            let help = near.map_or("name one of the API's".to_owned(), |near| format!("did you mean `{near}`?"));
            self.prover.error("unknown-action", at, &format!("there is no action `{name}`"), &help)
        })
    }

    fn state(&mut self, name: &str, at: &str) -> Option<usize> {
        self.scenario.states.get_index_of(name).or_else(|| {
            let near = did_you_mean(name, self.scenario.states.keys().map(String::as_str));
            let help = near.map_or("name one of `states`".to_owned(), |near| format!("did you mean `{near}`?"));
            self.prover.error("unknown-state", at, &format!("there is no state `{name}`"), &help)
        })
    }
}

//! The search: what stands in the way of a request is put right in every way there is, the smallest requests first.
//!
//! A request starts as small as it can be. As long as a demand is not met, one of the parameters that it is about must
//! change: each of them is tried, with each of its states, and stays as it is while later ones are tried. So every request
//! over the states comes up once at most, and where nothing is left to try, there is none.

use super::super::request::Request;
use super::super::space::{bound, mentioned};
use super::super::{effect, holds, message::Writer};
use super::states::{State, states};
use super::{Demand, Wish};
use crate::model::{Action, Api, Condition, Effect, Language, Rule, Severity};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// So many requests are tried in order of their size. If there is none among them, the first that turns up is taken and
/// made as small as it gets.
const IN_ORDER: usize = 3_000;
/// And so many in search of that one.
const AT_ALL: usize = 30_000;

/// How a search ends.
pub(super) enum Outcome {
    /// The state of each parameter, by its number.
    Found(Vec<usize>),
    /// There is no such request; these demands stood in the way of those that were tried.
    None(BTreeSet<Demand>),
    /// Nobody knows.
    TooMany,
}

/// All that requests may say, and what they must do.
pub(super) struct Search<'a> {
    api: &'a Api,
    writer: Writer<'a>,
    wish: &'a Wish,
    /// Advice counts, too.
    strict: bool,
    states: Vec<Vec<State>>,
}

/// Some parameters decided, the others as they were.
#[derive(Clone)]
struct Node {
    picks: Vec<usize>,
    decided: Vec<bool>,
    depth: usize,
}

/// What is not as it must be, and the parameters of which one must change.
struct Conflict {
    demand: Option<Demand>,
    about: Vec<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(api: &'a Api, action: &'a Action, wish: &'a Wish, strict: bool) -> Search<'a> {
        let writer = Writer { action, language: Language::En };
        let states = (0..action.parameters.len()).map(|index| states(api, action, wish, index)).collect();
        Search { api, writer, wish, strict, states }
    }

    pub(super) fn run(&self) -> Outcome {
        match self.tried(IN_ORDER, |node, weight| (self.size(node), weight)) {
            Outcome::TooMany => match self.tried(AT_ALL, |node, _| (usize::MAX - node.depth, 0)) {
                Outcome::Found(picks) => Outcome::Found(self.smaller(picks)),
                other => other,
            },
            other => other,
        }
    }

    /// The request of some states.
    pub(super) fn request(&self, picks: &[usize]) -> Map<String, Value> {
        let parameters = self.writer.action.parameters.iter().zip(self.normal(picks).values);
        parameters.filter_map(|(parameter, value)| Some((parameter.name.to_string(), value?))).collect()
    }

    /// Tries what is first by a rank; of equals, what came up first.
    fn tried(&self, most: usize, rank: impl Fn(&Node, usize) -> (usize, usize)) -> Outcome {
        let count = self.states.len();
        let first = Node { picks: vec![0; count], decided: vec![false; count], depth: 0 };
        let mut waiting = BTreeMap::from([(((0, 0), 0), first)]);
        let mut blamed = BTreeSet::new();
        let mut number = 0;
        for _ in 0..most {
            let Some((_, mut node)) = waiting.pop_first() else { return Outcome::None(blamed) };
            let Some(conflict) = self.conflict(&node.picks) else { return Outcome::Found(node.picks) };
            blamed.extend(self.blamed(&conflict));
            node.depth += 1;
            for index in conflict.about {
                let (Some(states), Some(pick)) = (self.states.get(index), node.picks.get(index).copied()) else {
                    continue;
                };
                match node.decided.get_mut(index) {
                    Some(decided) if !*decided => *decided = true,
                    _ => continue,
                }
                for state in (0..states.len()).filter(|state| *state != pick) {
                    let mut child = node.clone();
                    if let Some(pick) = child.picks.get_mut(index) {
                        *pick = state;
                    }
                    number += 1;
                    waiting.insert((rank(&child, self.weight(&child)), number), child);
                }
            }
        }
        Outcome::TooMany
    }

    /// The demands without which there would be another way out of a conflict.
    fn blamed(&self, conflict: &Conflict) -> Vec<Demand> {
        let parameters = &self.writer.action.parameters;
        let required = |index: &&usize| parameters.get(**index).is_some_and(|parameter| parameter.required);
        let gives = conflict.about.iter().filter(required).map(|index| Demand::Gives(*index));
        // What is wished may be had with values that do not fit.
        let fits = conflict.about.iter().filter(|_| conflict.demand.is_none()).map(|index| Demand::Fits(*index));
        let all = conflict.demand.into_iter().chain(gives).chain(fits);
        all.filter(|demand| !self.wish.waived.contains(demand)).collect()
    }

    /// How many parameters are given.
    fn size(&self, node: &Node) -> usize {
        self.picked(&node.picks).filter(|state| state.value.is_some()).count()
    }

    /// How far the values are from those that one would choose first.
    fn weight(&self, node: &Node) -> usize {
        node.picks.iter().sum()
    }

    fn picked<'s>(&'s self, picks: &'s [usize]) -> impl Iterator<Item = &'s State> {
        self.states.iter().zip(picks).filter_map(|(states, pick)| states.get(*pick))
    }

    fn normal(&self, picks: &[usize]) -> Request {
        Request { values: self.picked(picks).map(|state| state.value.clone()).collect(), faults: Vec::new() }
    }

    /// The same request without what it can do without.
    fn smaller(&self, mut picks: Vec<usize>) -> Vec<usize> {
        for index in (0..picks.len()).rev() {
            let absent =
                self.states.get(index).and_then(|states| states.iter().position(|state| state.value.is_none()));
            if let (Some(absent), Some(pick)) = (absent, picks.get_mut(index)) {
                let before = std::mem::replace(pick, absent);
                if self.conflict(&picks).is_some()
                    && let Some(pick) = picks.get_mut(index)
                {
                    *pick = before;
                }
            }
        }
        picks
    }

    /// The first thing that is wrong with a request: what is wished comes first.
    fn conflict(&self, picks: &[usize]) -> Option<Conflict> {
        let request = self.normal(picks);
        let action = self.writer.action;
        let unmet = self.wish.holds.iter().find(|condition| !holds(action, condition, &request));
        if let Some(condition) = unmet {
            return Some(Conflict { demand: None, about: asked(condition) });
        }
        if let Some(rule) = self.wish.broken.and_then(|rule| action.rules.get(rule)) {
            if !holds(action, &rule.when, &request) {
                return Some(Conflict { demand: None, about: asked(&rule.when) });
            }
            if effect::check(self.api, self.writer, rule, &request).is_empty() {
                return Some(Conflict { demand: None, about: bound(&rule.effect) });
            }
        }
        let counts = |demand: &Demand| !self.wish.waived.contains(demand);
        let unfit = self.picked(picks).enumerate().find(|(index, state)| {
            let wrong = if self.strict { state.advised } else { state.wrong };
            wrong && counts(&state.demand(*index))
        });
        if let Some((index, state)) = unfit {
            return Some(Conflict { demand: Some(state.demand(index)), about: vec![index] });
        }
        let rules = action.rules.iter().enumerate().filter(|(index, rule)| {
            (self.strict || rule.severity == Severity::Error)
                && self.wish.broken != Some(*index)
                && counts(&Demand::Keeps(*index))
        });
        for (index, rule) in rules {
            if holds(action, &rule.when, &request) && !effect::check(self.api, self.writer, rule, &request).is_empty() {
                return Some(Conflict { demand: Some(Demand::Keeps(index)), about: to_change(rule, &request) });
            }
        }
        None
    }
}

/// The parameters of which one must change for a rule to be kept: what it binds comes before what it depends on.
fn to_change(rule: &Rule, request: &Request) -> Vec<usize> {
    let given = |index: &&usize| request.value(**index).is_some();
    let mut about = match &rule.effect {
        Effect::Require(listed) => listed.iter().find(|index| !given(index)).copied().into_iter().collect(),
        Effect::Forbid(listed) | Effect::Ignore(listed) => listed.iter().find(given).copied().into_iter().collect(),
        effect => bound(effect),
    };
    mentioned(&rule.when, &mut about);
    about
}

fn asked(condition: &Condition) -> Vec<usize> {
    let mut about = Vec::new();
    mentioned(condition, &mut about);
    about
}

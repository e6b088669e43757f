//! Playing a scenario: which resources there are, in which states, and what has gone wrong so far. One lock, held while
//! an answer is chosen and not while it is sent.

use super::answer::Listed;
use super::incoming::Incoming;
use super::plan::{Plan, Resource, Trouble};
use super::prepared::{Manner, Prepared};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// More resources than this are not remembered: the oldest go first.
const MOST_RESOURCES: usize = 10_000;

/// Names that are longer are not remembered.
const LONGEST_NAME: usize = 1024;

/// A scenario that is played.
#[derive(Debug)]
pub(super) struct Play {
    plan: Plan,
    world: Mutex<World>,
}

#[derive(Debug, Default)]
struct World {
    things: BTreeMap<String, Thing>,
    /// Names of things, in the order in which they were made.
    order: VecDeque<String>,
    /// What an action made for a token: the name.
    tokens: BTreeMap<(usize, String), String>,
    made: u64,
    /// By fault: how many requests it could have befallen.
    troubles: Vec<u64>,
}

#[derive(Debug)]
struct Thing {
    state: usize,
    since: Instant,
    polls: u32,
}

/// What is answered, and what it is about.
#[derive(Debug)]
pub(super) struct Turn<'p> {
    pub answer: Option<&'p Prepared>,
    /// How it is sent, instead of how it says.
    pub manner: Option<&'p Manner>,
    pub resource: String,
    pub state: &'p str,
    pub listed: Option<Listed<'p>>,
}

impl Play {
    pub fn new(plan: Plan) -> Play {
        let mut world = World { troubles: vec![0; plan.faults.len()], ..World::default() };
        for (name, state) in plan.resource.iter().flat_map(|resource| &resource.known) {
            world.put(name, *state);
        }
        Play { plan, world: Mutex::new(world) }
    }

    /// One request of an action, which is in order.
    pub fn turn(&self, action: usize, incoming: &Incoming, token: Option<&str>) -> Turn<'_> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let trouble = self.trouble(&mut world, action);
        let mut turn = Turn { answer: None, manner: None, resource: String::new(), state: "", listed: None };
        let what = trouble.and_then(|trouble| Some((trouble, trouble.actions.get(&action)?)));
        if what.is_none_or(|(trouble, what)| trouble.applies || what.is_err()) {
            let applies = what.is_none_or(|(trouble, _)| trouble.applies);
            self.usual(&mut world, action, incoming, token, applies, &mut turn);
        }
        match what {
            Some((_, Ok(answer))) => (turn.answer, turn.listed) = (Some(answer), None),
            Some((_, Err(manner))) => turn.manner = Some(manner),
            None => {}
        }
        turn
    }

    /// The fault that befalls a request.
    fn trouble(&self, world: &mut World, action: usize) -> Option<&Trouble> {
        self.plan.faults.iter().zip(&mut world.troubles).find_map(|(trouble, seen)| {
            trouble.actions.get(&action)?;
            *seen += 1;
            let number = seen.checked_sub(trouble.skip).filter(|number| *number > 0)?;
            trouble.times.is_none_or(|times| number <= times).then_some(trouble)
        })
    }

    /// What is answered where nothing goes wrong. `applies`: the request has its effect.
    fn usual<'p>(
        &'p self,
        world: &mut World,
        action: usize,
        incoming: &Incoming,
        token: Option<&str>,
        applies: bool,
        turn: &mut Turn<'p>,
    ) {
        turn.answer = self.plan.answers.get(&action);
        let Some(resource) = &self.plan.resource else { return };
        if let Some(list) = self.plan.lists.get(&action) {
            let number = |name: &str| incoming.value(name).and_then(|text| text.parse::<usize>().ok());
            let (page, size) = match &list.pages {
                Some((page, size, usual)) => {
                    (number(page).unwrap_or(1).max(1), number(size).unwrap_or(*usual).clamp(1, 1000))
                }
                None => (1, usize::MAX),
            };
            self.pass_time(world);
            let all = world.order.iter().filter_map(|name| Some((name, world.things.get(name)?)));
            let shown = all.skip((page - 1).saturating_mul(size)).take(size);
            let items = shown.map(|(name, thing)| (name.clone(), self.state_name(thing.state))).collect();
            turn.listed = Some(Listed { item: &list.item, items, total: world.things.len(), page });
            turn.answer = Some(&list.answer);
            return;
        }
        let Some(name) = self.name(world, resource, action, incoming, token, applies) else { return };
        self.pass_time(world);
        let start = self.plan.states.get(resource.start);
        match world.things.get_mut(&name) {
            Some(thing) => {
                let state = self.plan.states.get(thing.state);
                turn.answer = state.and_then(|state| state.answers.get(&action)).or(turn.answer);
                turn.state = self.state_name(thing.state);
                if applies && turn.answer.is_none_or(|answer| !answer.is_error()) {
                    self.step(thing, action);
                }
            }
            None if resource.creates.contains(&action) => turn.state = self.state_name(resource.start),
            None => match &resource.unknown {
                Some(unknown) => turn.answer = unknown.get(&action),
                None => {
                    turn.answer = start.and_then(|state| state.answers.get(&action)).or(turn.answer);
                    turn.state = self.state_name(resource.start);
                    let remembered = applies && name.len() <= LONGEST_NAME;
                    if remembered && turn.answer.is_none_or(|answer| !answer.is_error()) {
                        self.step(world.put(&name, resource.start), action);
                    }
                }
            },
        }
        turn.resource = name;
    }

    /// The name of the thing that a request is about; a request that makes one makes it.
    fn name(
        &self,
        world: &mut World,
        resource: &Resource,
        action: usize,
        incoming: &Incoming,
        token: Option<&str>,
        applies: bool,
    ) -> Option<String> {
        if !resource.creates.contains(&action) {
            return incoming.value(&resource.key).map(str::to_owned);
        }
        let token =
            token.filter(|token| (1..=LONGEST_NAME).contains(&token.len())).map(|token| (action, token.to_owned()));
        if let Some(name) = token.as_ref().and_then(|token| world.tokens.get(token)) {
            return Some(name.clone());
        }
        let name = format!("{}{:08}{}", resource.name.0, world.made + 1, resource.name.1);
        if applies {
            world.made += 1;
            world.put(&name, resource.start);
            if world.tokens.len() >= MOST_RESOURCES {
                world.tokens.pop_first();
            }
            world.tokens.extend(token.map(|token| (token, name.clone())));
        }
        Some(name)
    }

    /// Moves every thing on whose state has lasted long enough.
    fn pass_time(&self, world: &mut World) {
        if self.plan.states.iter().all(|state| state.after.is_none()) {
            return;
        }
        let now = Instant::now();
        for thing in world.things.values_mut() {
            // No more steps than there are states: a circle of states that last no time would have no end.
            for _ in 0..self.plan.states.len() {
                let after = self.plan.states.get(thing.state).and_then(|state| state.after);
                let Some((lasts, to)) = after.filter(|(lasts, _)| now.duration_since(thing.since) >= *lasts) else {
                    break;
                };
                *thing = Thing { state: to, since: thing.since + lasts, polls: 0 };
            }
        }
    }

    fn step(&self, thing: &mut Thing, action: usize) {
        let Some(state) = self.plan.states.get(thing.state) else { return };
        let mut to = state.on.get(&action).copied();
        if let Some((_, count, next)) = state.polls.filter(|(counted, ..)| *counted == action) {
            thing.polls += 1;
            to = to.or((thing.polls >= count).then_some(next));
        }
        if let Some(state) = to {
            *thing = Thing { state, since: Instant::now(), polls: 0 };
        }
    }

    fn state_name(&self, state: usize) -> &str {
        self.plan.states.get(state).map_or("", |state| state.name.as_str())
    }
}

impl World {
    fn put(&mut self, name: &str, state: usize) -> &mut Thing {
        if !self.things.contains_key(name) {
            if self.order.len() >= MOST_RESOURCES
                && let Some(oldest) = self.order.pop_front()
            {
                self.things.remove(&oldest);
            }
            self.order.push_back(name.to_owned());
        }
        let fresh = Thing { state, since: Instant::now(), polls: 0 };
        let thing = self.things.entry(name.to_owned()).or_insert_with(|| Thing { state, since: fresh.since, polls: 0 });
        *thing = fresh;
        thing
    }
}

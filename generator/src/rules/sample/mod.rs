//! Sample requests: the smallest ones that keep every rule, or that break just one.
//!
//! The rules decide what a request must hold, the documentation what its values look like: examples, documented values and
//! defaults come before what is made up, and what is sensitive is a placeholder. The same question has the same answer in
//! every run. Nothing here judges: the reference evaluator does.

mod border;
mod search;
mod states;
mod text;
mod value;

pub use border::{Border, borders};
pub use value::{literal, preferred};

use crate::model::{Action, Api, Condition};
use search::{Outcome, Search};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What a request has to be, beside correct.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Parameters and the values that they have, right or wrong.
    pub given: Vec<(usize, Value)>,
    /// Conditions that hold.
    pub holds: Vec<Condition>,
    /// A rule that is broken, by its index.
    pub broken: Option<usize>,
    /// What may be disregarded.
    pub waived: BTreeSet<Demand>,
}

/// Something that a request has to do to be correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// It gives a required parameter.
    Gives(usize),
    /// The value of a parameter is what the parameter may hold.
    Fits(usize),
    /// It keeps a rule.
    Keeps(usize),
}

/// Why there is no sample.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// No request does all of this and what is wished; without any one of these demands, one does. Empty: the wish
    /// contradicts itself.
    Conflict(Vec<Demand>),
    /// Too many requests would have to be tried.
    TooMany,
}

/// The smallest request that is as wished and correct: with flat keys, in the action's order. Where it can be had without
/// advice, there is none.
pub fn sample(api: &Api, action: &Action, wish: &Wish) -> Result<Map<String, Value>, Refusal> {
    let (strict, lenient) = (Search::new(api, action, wish, true), Search::new(api, action, wish, false));
    let found = match strict.run() {
        Outcome::Found(picks) => strict.request(&picks),
        Outcome::None(_) | Outcome::TooMany => match lenient.run() {
            Outcome::Found(picks) => lenient.request(&picks),
            Outcome::TooMany => return Err(Refusal::TooMany),
            Outcome::None(blamed) => return Err(Refusal::Conflict(core(api, action, wish, blamed))),
        },
    };
    Ok(found)
}

/// What of the demands that stood in the way is enough to do so: each is tried without.
fn core(api: &Api, action: &Action, wish: &Wish, blamed: BTreeSet<Demand>) -> Vec<Demand> {
    let mut wish = wish.clone();
    let mut core = Vec::new();
    for demand in blamed {
        wish.waived.insert(demand);
        if !matches!(Search::new(api, action, &wish, false).run(), Outcome::None(_)) {
            wish.waived.remove(&demand);
            core.push(demand);
        }
    }
    core
}

/// The smallest request that is as wished and as correct as it then can be: what is waived beside what the wish waives. As
/// little is as can be found. `None` if nothing can be as wished.
pub fn nearest(api: &Api, action: &Action, mut wish: Wish) -> Option<(Map<String, Value>, BTreeSet<Demand>)> {
    let wished = wish.waived.clone();
    loop {
        match sample(api, action, &wish) {
            Ok(request) => return Some((request, wish.waived.difference(&wished).copied().collect())),
            Err(Refusal::TooMany) => return None,
            Err(Refusal::Conflict(core)) => {
                // Another rule broken tells less than a parameter that is missing or no value at all.
                let next = core.iter().find(|demand| matches!(demand, Demand::Keeps(_))).or(core.first());
                wish.waived.insert(*next?);
            }
        }
    }
}

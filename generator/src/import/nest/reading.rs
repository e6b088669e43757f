//! One reading of the rows so far: which containers are open, and what speaks against it.
//!
//! Readings branch off each other at every row, so they share what they have in common: a step knows the step before it.

use super::levels::{Found, LevelId, Levels};
use super::{Field, Marks, Place};
use crate::import::markdown::Children;
use indexmap::IndexMap;

/// A sum of what speaks against a reading.
pub(super) type Cost = f64;

/// A name that comes before its elder sibling's.
const OUT_OF_ORDER: Cost = 1.0;
/// The sample has the place, but not the name.
const MISSING: Cost = 1.2;
/// The sample does not have the place.
const UNKNOWN: Cost = 1.0;
/// The sample does not have the place, but has the name further out.
const KNOWN_OUTSIDE: Cost = 0.8;
/// What stands beside the answer's own fields as a rule, inside one of them.
const ENVELOPE_INSIDE: Cost = 0.6;
/// What is certain elsewhere: no reading without it is possible.
const IMPOSSIBLE: Cost = 100.0;
/// No answer is known to be nested so deep; what claims to be is not followed any further.
const DEEPEST: usize = 24;

/// What answers say beside their own fields, whatever the action: which request it was, which page of a list it is.
const ENVELOPE: [&str; 8] =
    ["RequestId", "TotalCount", "PageNumber", "PageSize", "NextToken", "Success", "Code", "Message"];

/// Every step of every reading.
#[derive(Debug, Default)]
pub(super) struct Steps<'a> {
    steps: Vec<Step<'a>>,
    /// Whether a step or one of its elder siblings has a name, as far as it was asked.
    known: IndexMap<(usize, &'a str), bool>,
}

/// One row at its place.
#[derive(Debug)]
struct Step<'a> {
    row: usize,
    name: &'a str,
    parent: Option<usize>,
    level: LevelId,
    /// The step of the row before.
    before: Option<usize>,
    /// The step of its elder sibling.
    elder: Option<usize>,
}

impl<'a> Steps<'a> {
    fn last_to_first(&self, last: Option<usize>) -> impl Iterator<Item = &Step<'a>> {
        std::iter::successors(last.and_then(|at| self.steps.get(at)), |step| self.steps.get(step.before?))
    }

    /// The places of a reading, in the order of the rows.
    pub fn places(&self, last: Option<usize>) -> Vec<Place> {
        let mut places: Vec<Place> =
            self.last_to_first(last).map(|step| Place { parent: step.parent, wrapper: None }).collect();
        places.reverse();
        places
    }

    /// Where the sample may have a wrapper around each row, in the order of the rows.
    pub fn wrappers(&self, last: Option<usize>) -> Vec<Option<(LevelId, &'a str)>> {
        let mut places: Vec<_> = self.last_to_first(last).map(|step| Some((step.level, step.name))).collect();
        places.reverse();
        places
    }

    /// Whether a sibling has this name, which no row before `first` has.
    fn has(&mut self, youngest: Option<usize>, name: &'a str, first: usize) -> bool {
        let Some(youngest) = youngest else { return false };
        let mut next = Some(youngest);
        let mut found = false;
        // The walk goes back to what is known already: a level that grows is not walked again and again.
        while let Some(step) = next.and_then(|at| self.steps.get(at)).filter(|step| step.row >= first) {
            if let Some(known) = next.and_then(|at| self.known.get(&(at, name))) {
                found = *known;
                break;
            }
            if step.name == name {
                found = true;
                break;
            }
            next = step.elder;
        }
        self.known.insert((youngest, name), found);
        found
    }
}

/// A container that rows can still be put into.
#[derive(Debug, Clone, Copy)]
struct Open {
    row: Option<usize>,
    level: LevelId,
    /// The step of the last row in it.
    youngest: Option<usize>,
}

/// The rows so far, and what speaks against reading them so.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    total: Cost,
    last: Option<usize>,
    open: Vec<Open>,
    /// The last row is a container, and still without a child.
    hungry: bool,
}

impl Reading {
    pub fn new(root: LevelId) -> Reading {
        Reading { total: 0.0, last: None, open: vec![Open { row: None, level: root, youngest: None }], hungry: false }
    }

    /// In how many places the next row may stand.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    pub fn total(&self) -> Cost {
        self.total
    }

    pub fn last(&self) -> Option<usize> {
        self.last
    }

    /// What speaks against this reading once the next row stands at a depth; `first` is the first row of its name.
    pub fn cost<'a>(
        &self,
        field: &Field<'a>,
        depth: usize,
        marks: &Marks,
        first: Option<usize>,
        levels: &mut Levels<'a>,
        steps: &mut Steps<'a>,
    ) -> Cost {
        let Some(open) = self.open.get(depth) else { return self.total + IMPOSSIBLE };
        let certain = (!self.hungry || depth + 1 == self.open.len()) && marks.allow(field, depth);
        let unique = first.is_none_or(|first| !steps.has(open.youngest, field.name, first));
        let elder = open.youngest.and_then(|at| steps.steps.get(at));
        let ordered = elder.is_none_or(|elder| elder.name <= field.name);
        let found = levels.find(open.level, field.name);
        let mut outside = || {
            let mut outer = self.open.iter().take(depth);
            outer.any(|open| matches!(levels.find(open.level, field.name), Found::Here(_)))
        };
        let shown = match found {
            Found::Here(_) => 0.0,
            Found::Missing => MISSING,
            Found::Unknown if outside() => UNKNOWN + KNOWN_OUTSIDE,
            Found::Unknown => UNKNOWN,
        };
        let inside = depth > 0 && shown > 0.0 && ENVELOPE.contains(&field.name);
        let against = [(!certain || !unique, IMPOSSIBLE), (!ordered, OUT_OF_ORDER), (inside, ENVELOPE_INSIDE)];
        self.total + shown + against.iter().filter(|(speaks, _)| *speaks).map(|(_, cost)| cost).sum::<Cost>()
    }

    /// The reading with the next row at a depth, and what it costs so far; `marked`: the row after it is marked as a member of it.
    pub fn placed<'a>(
        &self,
        (row, field): (usize, &Field<'a>),
        (depth, total): (usize, Cost),
        marked: bool,
        levels: &mut Levels<'a>,
        steps: &mut Steps<'a>,
    ) -> Reading {
        let mut open: Vec<Open> = self.open.iter().take(depth + 1).copied().collect();
        let step = steps.steps.len();
        let mut inner = None;
        if let Some(level) = open.last_mut() {
            steps.steps.push(Step {
                row,
                name: field.name,
                parent: level.row,
                level: level.level,
                before: self.last,
                elder: level.youngest,
            });
            level.youngest = Some(step);
            inner = Some(levels.below(level.level, field.name));
        }
        let room = depth < DEEPEST;
        if let Some(level) = inner.filter(|_| room) {
            let holds = marked
                || match field.children {
                    // The table calls it a plain value; the sample knows better.
                    Children::None => levels.has_members(level),
                    Children::Maybe => !levels.is_plain(level),
                    Children::Some => true,
                };
            if holds {
                open.push(Open { row: Some(row), level, youngest: None });
            }
        }
        Reading { total, last: Some(step), open, hungry: (marked || field.children == Children::Some) && room }
    }
}

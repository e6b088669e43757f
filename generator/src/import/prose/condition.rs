//! The grammar of conditions: a head, clauses with "and" or "or" between them, a tail. What the words are, the phrases
//! say. A condition that no clause understands is prose, and only accepted where the reader asks for that.

use super::matcher::{Bound, Cond, Matcher, Reading, Then, comma};
use super::names::Folded;
use super::phrases::Means;
use crate::spec::Map;
use std::rc::Rc;
use std::sync::Arc;

impl Matcher<'_> {
    /// Every reading of a condition that begins at a token.
    pub(super) fn condition(&self, at: usize, bound: &Bound, only: bool, then: Then<'_>) -> bool {
        let known = self.known.borrow().get(&(at, only)).cloned();
        let readings = known.unwrap_or_else(|| {
            let readings: Rc<[Reading]> = self.readings(at, only).into();
            self.known.borrow_mut().insert((at, only), Rc::clone(&readings));
            readings
        });
        readings.iter().any(|reading| {
            let mended = bound.mended.iter().chain(&reading.mended).map(|(name, how)| (name.clone(), how.clone()));
            let condition = Some(Arc::clone(&reading.condition));
            then(reading.end, &Bound { condition, mended: mended.collect(), ..bound.clone() })
        })
    }

    /// The first reading for every place where a condition may end.
    fn readings(&self, at: usize, only: bool) -> Vec<Reading> {
        let mut found: Vec<Reading> = vec![];
        let mut take = |end: usize, condition: &Cond, mended: &Map<String>| {
            if !found.iter().any(|reading| reading.end == end) {
                found.push(Reading { end, condition: Arc::new(condition.clone()), mended: mended.clone() });
            }
            false
        };
        let start = &Bound::default();
        if self.prose {
            self.prose(at, only, &mut |end| take(end, &Cond::Prose, &start.mended));
            return found;
        }
        let grammar = &self.phrases.grammar;
        if let (Some(explained), Some(value), false) = (&grammar.explained, self.value, only) {
            let own = self.context.own;
            let condition = Cond::Is(own.to_owned(), self.folded(own, &[value.to_owned()]));
            self.run(explained, at, start, &mut |end, _| take(end, &condition, &start.mended));
        }
        let mut with_head = |head: bool, at: usize| {
            self.clauses(at, start, vec![], None, &mut |end, inner, condition| {
                if let Some(tail) = &grammar.tail {
                    self.run(tail, end, start, &mut |end, _| take(end, &condition, &inner.mended));
                }
                let concluded = || !head && grammar.then.as_ref().is_some_and(|then| self.stands(then, end));
                (head && self.closes(end) || concluded()) && take(end, &condition, &inner.mended)
            })
        };
        let mut heads = vec![&grammar.only];
        if !only {
            heads.push(&grammar.head);
        }
        for head in heads {
            self.run(head, at, start, &mut |end, _| with_head(true, end));
        }
        if !only {
            with_head(false, at);
        }
        if let Some(unless) = grammar.unless.as_ref().filter(|_| !only) {
            self.run(unless, at, start, &mut |end, _| {
                self.clauses(end, start, vec![], None, &mut |end, inner, condition| {
                    self.closes(end) && take(end, &Cond::Not(Box::new(condition)), &inner.mended)
                })
            });
        }
        if let Some(name) = self.context.items_of.filter(|_| at == 0 && !only) {
            let subject = Bound { params: vec![name.to_owned()], ..Bound::default() };
            self.values(at, &subject, false, &mut |end, inner| {
                let condition = Cond::Is(name.to_owned(), self.folded(name, &inner.values));
                self.token(end).is_some_and(comma) && take(end, &condition, &inner.mended)
            });
        }
        found
    }

    /// The condition that the sentence is, if it is nothing else.
    pub(super) fn whole(&self) -> Option<Reading> {
        let mut found = None;
        self.refill();
        self.clauses(0, &Bound::default(), vec![], None, &mut |end, inner, condition| {
            let all = end == self.tokens.len();
            if all {
                found = Some(Reading { end, condition: Arc::new(condition), mended: inner.mended.clone() });
            }
            all
        });
        found
    }

    fn folded(&self, name: &str, values: &[String]) -> Vec<Folded> {
        values.iter().map(|value| self.context.names.fold(name, value)).collect()
    }

    /// Whether a condition without a tail may end here: at a comma or the end, and with no further clause behind it.
    fn closes(&self, end: usize) -> bool {
        let grammar = &self.phrases.grammar;
        self.token(end).is_none_or(comma) && !self.stands(&grammar.and, end) && !self.stands(&grammar.or, end)
    }

    /// Clauses that all hold, or of which one holds; a mixture has no agreed reading and is refused.
    fn clauses(
        &self,
        at: usize,
        bound: &Bound,
        before: Vec<Cond>,
        join: Option<bool>,
        then: &mut dyn FnMut(usize, &Bound, Cond) -> bool,
    ) -> bool {
        let grammar = &self.phrases.grammar;
        grammar.clauses.iter().any(|(means, pattern)| {
            let start = Bound { mended: bound.mended.clone(), ..Bound::default() };
            self.run(pattern, at, &start, &mut |end, inner| {
                let Some(clause) = self.clause(*means, inner) else {
                    return false;
                };
                let mut all = before.clone();
                all.push(clause);
                let between = grammar.between.iter().map(|between| (true, between));
                let mut joins = [(true, &grammar.and), (false, &grammar.or)].into_iter().chain(between);
                let more =
                    joins.by_ref().filter(|(and, _)| join.is_none_or(|join| join == *and)).any(|(and, pattern)| {
                        self.run(pattern, end, inner, &mut |next, inner| {
                            self.clauses(next, inner, all.clone(), Some(and), then)
                        })
                    });
                more || then(end, inner, joined(all, join.unwrap_or(true)))
            })
        })
    }

    fn clause(&self, means: Means, bound: &Bound) -> Option<Cond> {
        let mut params: Vec<&str> = bound.params.iter().chain(&bound.targets).map(String::as_str).collect();
        if params.is_empty() {
            let own = self.context.own;
            let lists = |name: &str| {
                !bound.values.is_empty() && bound.values.iter().all(|value| self.context.names.lists(name, value))
            };
            // What only this parameter lists is said of it, whatever the sentence before was about.
            let subject = self.context.subject.filter(|subject| lists(subject) || !lists(own));
            params.push(subject.or_else(|| lists(own).then_some(own))?);
        }
        let number = bound.numbers.first();
        let one = |name: &str| {
            Some(match means {
                Means::Is | Means::IsNot => {
                    // A noun is no proof that this parameter is meant; a value that it lists is.
                    let sure = !bound.mended.contains_key(name)
                        || bound.values.iter().any(|value| self.context.names.lists(name, value));
                    let is = sure.then(|| Cond::Is(name.to_owned(), self.folded(name, &bound.values)))?;
                    if means == Means::Is { is } else { Cond::Not(Box::new(is)) }
                }
                Means::Present => Cond::Present(vec![name.to_owned()]),
                Means::Absent | Means::Neither => Cond::Not(Box::new(Cond::Present(vec![name.to_owned()]))),
                Means::Above => Cond::Above(name.to_owned(), number?.clone()),
                Means::Below => Cond::Below(name.to_owned(), number?.clone()),
            })
        };
        let conditions: Vec<Cond> = params.into_iter().map(one).collect::<Option<_>>()?;
        Some(joined(conditions, !bound.any || means == Means::Neither))
    }

    /// With a head, up to a comma or a tail; without one, up to a tail and without a comma.
    fn prose(&self, at: usize, only: bool, then: &mut dyn FnMut(usize) -> bool) -> bool {
        let grammar = &self.phrases.grammar;
        let start = &Bound::default();
        let heads = [(true, &grammar.only), (!only, &grammar.head)];
        let mut up_to = |from: usize, head: bool| {
            for end in from + 1..=self.tokens.len() {
                if let Some(tail) = &grammar.tail
                    && self.run(tail, end, start, &mut |end, _| then(end))
                {
                    return true;
                }
                let stops = self.token(end).is_none_or(comma);
                if stops && (!head || then(end)) {
                    return head;
                }
                if heads.iter().any(|(_, head)| self.stands(head, end)) {
                    return false;
                }
            }
            false
        };
        let headed = heads
            .iter()
            .filter(|(may, _)| *may)
            .any(|(_, head)| self.run(head, at, start, &mut |end, _| up_to(end, true)));
        headed || (!only && grammar.tail.is_some() && up_to(at, false))
    }
}

fn joined(mut conditions: Vec<Cond>, all: bool) -> Cond {
    match (conditions.len(), all) {
        (1, _) => conditions.remove(0),
        (_, true) => Cond::All(conditions),
        (_, false) => Cond::Any(conditions),
    }
}

//! The grammar of conditions: a head, clauses with "and" or "or" between them, a tail. What the words are, the phrases
//! say. A condition that no clause understands is prose, and only accepted where the reader asks for that.

use super::matcher::{Bound, Cond, Matcher, Then, comma};
use super::phrases::Means;

impl Matcher<'_> {
    /// Every reading of a condition that begins at a token.
    pub(super) fn condition(&self, at: usize, bound: &Bound, only: bool, then: Then<'_>) -> bool {
        let grammar = &self.phrases.grammar;
        let accept = &mut |end: usize, inner: &Bound, condition: Cond| {
            let mended =
                bound.mended.iter().chain(&inner.mended).map(|(name, written)| (name.clone(), written.clone()));
            then(end, &Bound { condition: Some(condition), mended: mended.collect(), ..bound.clone() })
        };
        if self.prose {
            return self.prose(at, only, &mut |end| accept(end, &Bound::default(), Cond::Prose));
        }
        let start = &Bound::default();
        let mut with_head = |head: bool, at: usize| {
            self.clauses(at, start, vec![], None, &mut |end, inner, condition| {
                let tail = grammar.tail.as_ref();
                tail.is_some_and(|tail| self.run(tail, end, start, &mut |end, _| accept(end, inner, condition.clone())))
                    || (head && self.closes(end) && accept(end, inner, condition))
            })
        };
        let mut heads = vec![&grammar.only];
        if !only {
            heads.push(&grammar.head);
        }
        let headed = heads.into_iter().any(|head| self.run(head, at, start, &mut |end, _| with_head(true, end)));
        headed || (!only && with_head(false, at))
    }

    /// Whether a condition without a tail may end here: at a comma or the end, and with no further clause behind it.
    fn closes(&self, end: usize) -> bool {
        let grammar = &self.phrases.grammar;
        let goes_on = |join| self.run(join, end, &Bound::default(), &mut |_, _| true);
        self.token(end).is_none_or(comma) && !goes_on(&grammar.and) && !goes_on(&grammar.or)
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
                let joins = [(true, &grammar.and), (false, &grammar.or)];
                let more =
                    joins.iter().filter(|(and, _)| join.is_none_or(|join| join == *and)).any(|(and, pattern)| {
                        self.run(pattern, end, inner, &mut |next, inner| {
                            self.clauses(next, inner, all.clone(), Some(*and), then)
                        })
                    });
                more || then(end, inner, joined(all, join.unwrap_or(true)))
            })
        })
    }

    fn clause(&self, means: Means, bound: &Bound) -> Option<Cond> {
        let mut params: Vec<&str> = bound.params.iter().chain(&bound.targets).map(String::as_str).collect();
        if params.is_empty() {
            params.push(self.subject?);
        }
        let number = bound.numbers.first();
        let one = |name: &str| {
            Some(match means {
                Means::Is | Means::IsNot => {
                    let values = bound.values.iter().map(|value| self.names.fold(name, value)).collect();
                    // A noun is no proof that this parameter is meant; a value that it lists is.
                    let sure = !bound.mended.contains_key(name)
                        || bound.values.iter().any(|value| self.names.lists(name, value));
                    let is = sure.then(|| Cond::Is(name.to_owned(), values))?;
                    if means == Means::Is { is } else { Cond::Not(Box::new(is)) }
                }
                Means::Present => Cond::Present(vec![name.to_owned()]),
                Means::Absent => Cond::Not(Box::new(Cond::Present(vec![name.to_owned()]))),
                Means::Above => Cond::Above(name.to_owned(), number?.clone()),
                Means::Below => Cond::Below(name.to_owned(), number?.clone()),
            })
        };
        let conditions: Vec<Cond> = params.into_iter().map(one).collect::<Option<_>>()?;
        Some(joined(conditions, !bound.any))
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
                let another = heads.iter().any(|(_, head)| self.run(head, end, start, &mut |_, _| true));
                if another {
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

//! Reads a description sentence by sentence: which phrases it holds, what they say, and what is left over.

use super::matcher::{Bound, Cond, Matcher, comma};
use super::names::Names;
use super::pattern::Node;
use super::phrases::{Effect, Family, Phrases};
use super::sentence::{Sentence, sentences};
use super::token::tokens;
use super::values::Listed;
use crate::import::description::Description;
use std::cell::Cell;

/// What a phrase says.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The family of phrases.
    pub family: String,
    /// What it says.
    pub effect: Effect,
    /// The names, values, numbers and the condition that it says it with.
    pub bound: Bound,
    /// It holds under a condition that a request does not show, or that was understood only in part.
    pub doubtful: bool,
    /// The value that the sentence explains.
    pub value: Option<String>,
    /// The sentence.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// A sentence that looks like a rule and was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The sentence.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// In order.
    pub facts: Vec<Fact>,
    /// Sentences that were not understood.
    pub missed: Vec<Missed>,
}

/// Reads a description.
pub fn read(own: &str, description: &Description, listed: &[Listed], names: &Names, phrases: &Phrases) -> Reading {
    let mut reading = Reading::default();
    let mut subject: Option<String> = None;
    for (index, block) in description.blocks.iter().enumerate() {
        let item = listed.iter().find(|listed| listed.block == index);
        let text = item.map_or(block.text.as_str(), |item| item.meaning.as_str());
        for sentence in sentences(tokens(text), item.map(|item| item.value.as_str())) {
            let found = facts(&sentence, own, names, subject.as_deref(), phrases);
            let span =
                |sentence: &Sentence| Some(sentence.tokens.first()?.span.start..sentence.tokens.last()?.span.end);
            let written = span(&sentence).and_then(|span| text.get(span)).unwrap_or_default();
            subject = found.facts.iter().find_map(|fact| subject_of(fact.bound.condition.as_ref()?)).or(subject);
            let place = |fact: Fact| Fact { text: written.to_owned(), line: block.line, ..fact };
            reading.facts.extend(found.facts.into_iter().map(place));
            if !found.missed.is_empty() {
                reading.missed.push(Missed { text: written.to_owned(), line: block.line });
            }
        }
    }
    reading
}

/// What one sentence says. Its text and line are for the caller to fill in.
pub(super) fn facts(
    sentence: &Sentence,
    own: &str,
    names: &Names,
    subject: Option<&str>,
    phrases: &Phrases,
) -> Reading {
    let tokens = &sentence.tokens;
    let mut covered = vec![false; tokens.len()];
    let mut facts = vec![];
    // Conditions that a clause understands come first, lest prose swallow them.
    for prose in [false, true] {
        let matcher = Matcher { phrases, names, own, subject, tokens, prose, budget: Cell::new(0) };
        let mut at = 0;
        while at < tokens.len() {
            let Some((family, end, bound)) = first_match(&matcher, at, &covered, sentence.value.is_some()) else {
                at += 1;
                continue;
            };
            if let Some(covered) = covered.get_mut(at..end) {
                covered.fill(true);
            }
            facts.extend(family.effects.iter().map(|effect| Fact {
                family: family.id.clone(),
                effect: effect.clone(),
                bound: bound.clone(),
                doubtful: prose && bound.condition.is_some(),
                value: sentence.value.clone(),
                text: String::new(),
                line: 0,
            }));
            at = end.max(at + 1);
        }
    }
    let matcher = Matcher { phrases, names, own, subject, tokens, prose: false, budget: Cell::new(0) };
    if left_over(&matcher, &phrases.conditional, &covered) {
        for fact in &mut facts {
            fact.doubtful = true;
        }
    }
    let missed = left_over(&matcher, &phrases.rule_like, &covered) && !facts.iter().any(|fact| fact.doubtful);
    let missed = if missed { vec![Missed { text: String::new(), line: 0 }] } else { vec![] };
    Reading { facts, missed }
}

/// The first family that has a phrase here.
fn first_match<'a>(
    matcher: &Matcher<'a>,
    at: usize,
    covered: &[bool],
    explains: bool,
) -> Option<(&'a Family, usize, Bound)> {
    let before = at.checked_sub(1);
    let begins =
        before.is_none_or(|before| covered.get(before) == Some(&true) || matcher.token(before).is_some_and(comma));
    let grammar = &matcher.phrases.grammar;
    let begins = begins || [&grammar.head, &grammar.only].iter().any(|head| matcher.at(head, at).is_some());
    if covered.get(at) == Some(&true) {
        return None;
    }
    let families = matcher.phrases.families.iter().filter(|family| begins || family.anywhere);
    let families = families.filter(|family| explains || !family.effects.contains(&Effect::ValueDefault));
    families.into_iter().find_map(|family| {
        family.patterns.iter().find_map(|pattern| {
            let (end, bound) = matcher.at(pattern, at)?;
            let free = end > at && covered.get(at..end)?.iter().all(|covered| !covered);
            free.then_some((family, end, bound))
        })
    })
}

/// Whether a pattern stands among the tokens that no phrase covers.
fn left_over(matcher: &Matcher<'_>, pattern: &[Node], covered: &[bool]) -> bool {
    let mut at = 0;
    while at < covered.len() {
        if let Some((end, _)) = matcher.at(&matcher.phrases.innocent, at) {
            at = end.max(at + 1);
            continue;
        }
        if covered.get(at) == Some(&false) && matcher.at(pattern, at).is_some() {
            return true;
        }
        at += 1;
    }
    false
}

/// The parameter that a condition is about.
fn subject_of(condition: &Cond) -> Option<String> {
    match condition {
        Cond::Is(name, _) | Cond::Above(name, _) | Cond::Below(name, _) => Some(name.clone()),
        Cond::Not(inner) => subject_of(inner),
        Cond::All(all) | Cond::Any(all) => all.first().and_then(subject_of),
        Cond::Present(_) | Cond::Prose => None,
    }
}

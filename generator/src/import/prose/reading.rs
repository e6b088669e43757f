//! Reads a description sentence by sentence: which phrases it holds, what they say, and what is left over.

use super::matcher::{Bound, Cond, Matcher, comma};
use super::names::Names;
use super::pattern::Node;
use super::phrases::{Effect, Family, Phrases};
use super::sentence::{Sentence, sentences};
use super::token::tokens;
use super::values::Listed;
use crate::import::description::{BlockKind, Description};
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
    /// The only site that the sentence is for, if it is not for all.
    pub site: Option<String>,
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
        if block.kind == BlockKind::Code {
            continue;
        }
        let item = listed.iter().find(|listed| listed.block == index);
        let text = item.map_or(block.text.as_str(), |item| item.meaning.as_str());
        for sentence in sentences(tokens(text), item.map(|item| item.value.as_str())) {
            let found = facts(&sentence, own, names, subject.as_deref(), phrases);
            let span =
                |sentence: &Sentence| Some(sentence.tokens.first()?.span.start..sentence.tokens.last()?.span.end);
            let written = span(&sentence).and_then(|span| text.get(span)).unwrap_or_default();
            subject = found.facts.iter().find_map(|fact| subject_of(fact.bound.condition.as_ref()?)).or(subject);
            // What is true for one site is no rule.
            let place = |fact: Fact| Fact {
                doubtful: fact.doubtful || block.site.is_some(),
                site: block.site.clone(),
                text: written.to_owned(),
                line: block.line,
                ..fact
            };
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
                site: None,
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::names::{Folded, Name};
    use super::*;
    use crate::import::Language;

    fn names() -> Names {
        let name = |wire: &str, values: &[&str]| Name {
            wire: wire.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            nouns: vec![],
        };
        Names {
            all: vec![name("Me", &["a", "b"]), name("Kind", &["Big", "small"]), name("Other", &[]), name("Size", &[])],
        }
    }

    /// Effect, whether it is doubtful, the condition, the targets; and the number of sentences that were missed.
    type Read = (Vec<(Effect, bool, Option<Cond>, Vec<String>)>, usize);

    fn read(language: Language, text: &str) -> Read {
        let phrases = Phrases::embedded(language).unwrap();
        let reading = super::read("Me", &Description::parse(text, 1), &[], &names(), &phrases);
        let facts = reading.facts.into_iter();
        let facts = facts.map(|fact| (fact.effect, fact.doubtful, fact.bound.condition, fact.bound.targets));
        (facts.collect(), reading.missed.len())
    }

    fn kind(value: &str, written: Option<&str>) -> Option<Cond> {
        let value = Folded { taken: value.to_owned(), written: written.map(str::to_owned) };
        Some(Cond::Is("Kind".to_owned(), vec![value]))
    }

    #[test]
    fn one_sentence_may_say_two_things() {
        let expected = |targets: &[&str]| {
            let targets: Vec<String> = targets.iter().map(|name| (*name).to_owned()).collect();
            let fact = |effect| (effect, false, kind("Big", None), targets.clone());
            (vec![fact(Effect::Available), fact(Effect::Require)], 0)
        };
        assert_eq!(read(Language::Zh, "仅当**Kind**的值为**Big**时，该参数有效且必填。"), expected(&["Me"]));
        assert_eq!(read(Language::Zh, "在**Kind**为**Big**时必填且有效"), expected(&[]));
        let english = "This parameter is valid and required only if **Kind** is set to **Big**.";
        assert_eq!(read(Language::En, english), expected(&["Me"]));
    }

    #[test]
    fn values_fold_and_the_spelling_is_kept() {
        let fact = (Effect::Require, false, kind("Big", Some("BIG")), vec!["Me".to_owned()]);
        assert_eq!(read(Language::Zh, "若`Kind`=BIG，该参数必填"), (vec![fact], 0));
    }

    #[test]
    fn a_condition_that_is_understood_in_part_is_doubtful_and_never_a_rule() {
        for (language, text) in [
            (Language::Zh, "若**Kind**为Big并且月亮是圆的，无需设置该参数。"),
            (Language::Zh, "月亮圆的时候，若**Kind**为Big，无需设置该参数。"),
            (
                Language::En,
                "If **Kind** is set to **Big** and the moon is full, you do not need to specify this parameter.",
            ),
            (
                Language::En,
                "You do not need to specify this parameter if **Kind** is set to **Big** or the moon is full.",
            ),
        ] {
            let (facts, missed) = read(language, text);
            assert_eq!(missed, 0, "{text}");
            assert!(facts.iter().any(|(effect, ..)| *effect == Effect::Ignore), "{text}");
            assert!(facts.iter().all(|(_, doubtful, ..)| *doubtful), "{text}");
        }
    }

    #[test]
    fn a_list_of_values_after_a_copula_is_a_condition_only_below_a_head() {
        let (facts, _) = read(Language::Zh, "取值：**x**、**y**。");
        assert!(matches!(facts.as_slice(), [(Effect::Values, false, None, _)]));
        let (facts, _) =
            read(Language::Zh, "当**Kind**取值为**Big**时，该参数可用。取值为**small**时，不能设置该参数。");
        let conditions: Vec<_> = facts.into_iter().map(|(effect, _, condition, _)| (effect, condition)).collect();
        assert_eq!(conditions, [(Effect::Available, kind("Big", None)), (Effect::Forbid, kind("small", None))]);
    }

    #[test]
    fn what_looks_like_a_rule_and_is_none_that_is_known_is_missed() {
        assert_eq!(read(Language::Zh, "月圆之夜必须先祭天。"), (vec![], 1));
        assert_eq!(read(Language::En, "The moon must be full."), (vec![], 1));
        assert_eq!(read(Language::Zh, "当前是夜里。"), (vec![], 0));
    }
}

//! What no pattern shows of what it found: that the text goes on behind it, or says otherwise elsewhere. It knows tokens
//! and facts, and no word of any language.

use super::matcher::{Bound, Matcher};
use super::phrases::Effect;
use super::reading::Fact;
use super::sentence::Sentence;
use serde_json::Number;

/// Whether values or a range are not all: the list goes on, brackets hold the value of what stands before them, or what
/// was taken for a value is a list itself.
pub(super) fn goes_on(matcher: &Matcher<'_>, sentence: &Sentence, effect: &Effect, bound: &Bound, end: usize) -> bool {
    let list = |value: &String| value.contains([',', '[', '{']);
    match effect {
        Effect::Values => {
            (sentence.aside && bound.values.len() == 1) || bound.values.iter().any(list) || matcher.goes_on(end)
        }
        Effect::Range => matcher.numbers_go_on(end),
        _ => false,
    }
}

/// Two facts of one make that differ under one condition are about two kinds of things, which nothing that was understood
/// tells apart.
pub(super) fn torn(facts: &mut [Fact]) {
    let sure: Vec<Fact> = facts.iter().filter(|fact| of_the_value(&fact.effect) && !fact.doubtful).cloned().collect();
    let alike = |a: &Fact, b: &Fact| {
        // A default is that of the parameter, whatever value is explained beside it.
        let make = a.effect == Effect::Default || (a.family == b.family && a.value == b.value);
        make && a.effect == b.effect && a.bound.condition == b.bound.condition
    };
    for fact in facts.iter_mut().filter(|fact| of_the_value(&fact.effect)) {
        fact.doubtful |= sure.iter().any(|other| alike(fact, other) && told(fact) != told(other));
    }
}

fn told(fact: &Fact) -> (Vec<String>, &[String], &[Number]) {
    let mut values: Vec<String> = fact.bound.values.iter().map(|value| value.to_lowercase()).collect();
    values.sort();
    (values, &fact.bound.targets, &fact.bound.numbers)
}

fn of_the_value(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Default
            | Effect::Values
            | Effect::Range
            | Effect::Minimum
            | Effect::Maximum
            | Effect::Length
            | Effect::MaxLength
            | Effect::Items
            | Effect::MaxItems
    )
}

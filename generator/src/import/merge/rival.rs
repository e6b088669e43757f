//! Rules of two languages that tell of the same sentence. A translation that splits one rule into several says the same;
//! one that says more, less or another thing of the same parameters, where the same condition holds, contradicts.

use crate::import::rules::{conditioned, same};
use crate::spec::{Condition, Map, Rule};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a rule is about: two rules of one kind about the same parameters may be translations of each other.
fn about(rule: &Rule) -> (&'static str, BTreeSet<&String>) {
    let presence = [&rule.require, &rule.forbid, &rule.ignore];
    let groups = [&rule.exactly_one, &rule.at_least_one, &rule.at_most_one, &rule.all_or_none];
    let kinds = [
        ("presence", presence.into_iter().flatten().collect()),
        ("value", rule.constrain.keys().chain(&rule.equal).collect()),
        ("group", groups.into_iter().flatten().collect()),
    ];
    let mut kinds = kinds.into_iter().filter(|(_, about): &(_, BTreeSet<_>)| !about.is_empty());
    kinds.next().unwrap_or_default()
}

/// Whether two rules, each in its own language, cannot both be what the sentence says.
pub fn rivals(a: &Rule, b: &Rule) -> bool {
    let ((kind, of_a), (other, of_b)) = (about(a), about(b));
    let shared = || conditioned(a).intersection(&conditioned(b)).next().is_some();
    let always = a.when.is_none() && b.when.is_none();
    let meet = || match (stated(a), stated(b)) {
        (Some(a), Some(b)) => shared() && !apart(a, b),
        _ => always,
    };
    kind == other && !of_a.is_disjoint(&of_b) && meet()
}

/// The condition that the sentence names, be it that the rule holds where it does or where it does not.
fn stated(rule: &Rule) -> Option<&Condition> {
    let when = rule.when.as_ref()?;
    Some(when.not.as_deref().unwrap_or(when))
}

/// Whether a parameter must have one value for the one condition and another for the other.
fn apart(a: &Condition, b: &Condition) -> bool {
    let differ = |own: &[Value], others: &[Value]| own.iter().all(|value| !others.contains(value));
    a.is.iter().any(|(name, own)| b.is.get(name).is_some_and(|others| differ(own, others)))
}

/// Rules that differ in their conditions alone, as the one rule that they are together.
pub fn together(rules: &[&Rule]) -> Option<Rule> {
    let (first, rest) = rules.split_first()?;
    let bare = |rule: &Rule| Rule { when: None, ..rule.clone() };
    let conditions: Option<Vec<Condition>> = rules.iter().map(|rule| rule.when.clone()).collect();
    let positive = |condition: &Condition| condition.not.is_none();
    let any = conditions.filter(|all| all.len() > 1 && all.iter().all(positive))?;
    let alike = rest.iter().all(|rule| same(&bare(first), &bare(rule)));
    let when = Condition { any, ..Condition::default() };
    alike.then(|| Rule { when: Some(when), conflicts: Map::new(), ..bare(first) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Rule {
        serde_json::from_str(text).unwrap_or_default()
    }

    #[test]
    fn translations_of_one_sentence_contradict_and_rules_of_two_sentences_do_not() {
        let own = rule(r#"{"when": {"Kind": ["a", "b"]}, "require": ["Port"]}"#);
        for text in [
            r#"{"when": {"not": {"Kind": ["a", "b"]}}, "forbid": ["Port"]}"#,
            r#"{"when": {"Kind": ["a"]}, "require": ["Port"]}"#,
            r#"{"when": {"Kind": ["b"], "Mode": ["x"]}, "ignore": ["Port", "Host"]}"#,
        ] {
            assert!(rivals(&own, &rule(text)), "{text}");
        }
        for text in [
            r#"{"when": {"Kind": ["c"]}, "ignore": ["Port"]}"#,
            r#"{"when": {"Mode": ["a"]}, "require": ["Port"]}"#,
            r#"{"when": {"Kind": ["a"]}, "require": ["Host"]}"#,
            r#"{"when": {"Kind": ["a"]}, "constrain": {"Port": {"maximum": 9}}}"#,
            r#"{"require": ["Port"]}"#,
        ] {
            assert!(!rivals(&own, &rule(text)), "{text}");
        }
    }

    #[test]
    fn rules_that_differ_in_their_conditions_are_one() {
        let (a, b) =
            (r#"{"when": {"Kind": ["a"]}, "require": ["Port"]}"#, r#"{"when": {"Mode": ["x"]}, "require": ["Port"]}"#);
        let both = rule(r#"{"when": {"any": [{"Mode": ["x"]}, {"Kind": ["a"]}]}, "require": ["Port"]}"#);
        let joined = together(&[&rule(a), &rule(b)]);
        assert!(joined.is_some_and(|joined| same(&joined, &both)));
        let other = rule(r#"{"when": {"Mode": ["x"]}, "require": ["Host"]}"#);
        assert!(together(&[&rule(a), &other]).is_none());
        assert!(together(&[&rule(a)]).is_none());
    }
}

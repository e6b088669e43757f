//! Rules against rules, by the requests that they refuse: what they are called, how they are ordered and whether one
//! sentence says it or three does not count.
//!
//! For each kind of demand and each parameter, all old rules together are compared with all new ones together.

mod align;
mod relation;

use super::Finder;
use super::kind::{self, Kind as Row};
use super::pair::Pairs;
use super::place::{At, Step};
use super::words;
use crate::model::{Action, Effect, Language, Rule};
use crate::rules::space::{bound, mentioned};
use crate::rules::words as rule_words;
use align::Aligned;
use relation::{Found, Relation};
use std::collections::BTreeMap;

/// What rules demand, and of what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Require(usize),
    Forbid(usize),
    Ignore(usize),
    Constrain(usize),
    Equal(usize, usize),
    /// Of parameters that rules about a number have in common, directly or through others.
    Count(Vec<usize>),
}

impl Family {
    /// The rows for what was found.
    fn row(&self, found: Relation) -> Option<&'static Row> {
        let rows: [&'static Row; 5] = match self {
            Family::Require(_) => [
                &kind::REQUIRE_ADDED,
                &kind::REQUIRE_REMOVED,
                &kind::REQUIRE_WIDENED,
                &kind::REQUIRE_NARROWED,
                &kind::REQUIRE_CHANGED,
            ],
            Family::Forbid(_) => [
                &kind::FORBID_ADDED,
                &kind::FORBID_REMOVED,
                &kind::FORBID_WIDENED,
                &kind::FORBID_NARROWED,
                &kind::FORBID_CHANGED,
            ],
            Family::Constrain(_) => [
                &kind::CONSTRAIN_ADDED,
                &kind::CONSTRAIN_REMOVED,
                &kind::CONSTRAIN_WIDENED,
                &kind::CONSTRAIN_NARROWED,
                &kind::CONSTRAIN_CHANGED,
            ],
            Family::Count(_) => [
                &kind::COUNT_ADDED,
                &kind::COUNT_REMOVED,
                &kind::COUNT_WIDENED,
                &kind::COUNT_NARROWED,
                &kind::COUNT_CHANGED,
            ],
            Family::Equal(..) => [
                &kind::EQUAL_ADDED,
                &kind::EQUAL_REMOVED,
                &kind::EQUAL_WIDENED,
                &kind::EQUAL_NARROWED,
                &kind::EQUAL_CHANGED,
            ],
            // It refuses nothing.
            Family::Ignore(_) => return None,
        };
        let [added, removed, widened, narrowed, changed] = rows;
        Some(match found {
            Relation::Same => return None,
            Relation::Added => added,
            Relation::Removed => removed,
            Relation::Widened => widened,
            Relation::Narrowed => narrowed,
            Relation::Changed => changed,
        })
    }

    fn parameters(&self) -> Vec<usize> {
        match self {
            Family::Require(index) | Family::Forbid(index) | Family::Ignore(index) | Family::Constrain(index) => {
                vec![*index]
            }
            Family::Equal(one, other) => vec![*one, *other],
            Family::Count(indices) => indices.clone(),
        }
    }
}

/// The rules of both sides, by what they demand.
type Families<'a> = BTreeMap<Family, [Vec<&'a Rule>; 2]>;

impl Finder<'_> {
    /// Compares the rules of two actions.
    pub(super) fn rules(&mut self, old: &Action, new: &Action, pairs: &Pairs) {
        if old.rules.is_empty() && new.rules.is_empty() || untouched(old, new, pairs) {
            return;
        }
        let aligned = Aligned::of(old, new, pairs);
        let root = At::whole("request", "/parameters", [Some(&old.origin.file), Some(&new.origin.file)]);
        for (family, [old_rules, new_rules]) in families(&aligned) {
            let parameter = |action: &Action, index: usize| action.parameters.get(index).is_some_and(|p| p.required);
            let skipped = match &family {
                // That it is required at all is told as a change of the parameter.
                Family::Require(index) => parameter(&aligned.old, *index) || parameter(&aligned.new, *index),
                Family::Forbid(index) | Family::Ignore(index) | Family::Constrain(index) => {
                    aligned.lone.contains(index)
                }
                Family::Equal(one, other) => aligned.lone.contains(one) || aligned.lone.contains(other),
                Family::Count(_) => false,
            };
            if !skipped {
                self.family(&root, &aligned, &family, &old_rules, &new_rules);
            }
        }
    }

    fn family(&mut self, root: &At<'_>, aligned: &Aligned, family: &Family, old: &[&Rule], new: &[&Rule]) {
        let same = |one: &Rule, other: &Rule| {
            (&one.when, &one.effect, one.severity) == (&other.when, &other.effect, other.severity)
        };
        let rest = |rules: &[&Rule], others: &[&Rule]| -> Vec<Rule> {
            let fresh = rules.iter().filter(|rule| !others.iter().any(|other| same(rule, other)));
            fresh.map(|rule| (*rule).clone()).collect()
        };
        let (own, others) = (rest(old, new), rest(new, old));
        if own.is_empty() && others.is_empty() && !defaults_differ(aligned, old) {
            return;
        }
        let found = relation::relate(aligned, family, old, new).or_else(|_| {
            // With fewer rules there may be few enough cases: those that are on both sides refuse the same on both.
            relation::relate(aligned, family, &own.iter().collect::<Vec<_>>(), &others.iter().collect::<Vec<_>>())
        });
        let Ok(Found { errors, advice, example }) = found else {
            return self.rule_change(root, aligned, family, &kind::RULES_NOT_COMPARED, [old, new], None);
        };
        let row = family.row(errors).or(match advice {
            _ if errors != Relation::Same && !matches!(family, Family::Ignore(_)) => None,
            Relation::Same => None,
            Relation::Added => Some(&kind::ADVICE_ADDED),
            Relation::Removed => Some(&kind::ADVICE_REMOVED),
            Relation::Widened | Relation::Narrowed | Relation::Changed => Some(&kind::ADVICE_CHANGED),
        });
        if let Some(row) = row {
            self.rule_change(root, aligned, family, row, [old, new], example);
        }
    }

    fn rule_change(
        &mut self,
        root: &At<'_>,
        aligned: &Aligned,
        family: &Family,
        row: &'static Row,
        [old, new]: [&[&Rule]; 2],
        example: Option<String>,
    ) {
        let names: Vec<&str> = family
            .parameters()
            .iter()
            .filter_map(|index| aligned.new.parameters.get(*index))
            .map(|parameter| parameter.name.as_str())
            .collect();
        let said = |action: &Action, rules: &[&Rule]| {
            let mut texts: Vec<String> = rules.iter().map(|rule| in_words(action, family, rule)).collect();
            texts.sort_unstable();
            texts.dedup();
            words::some(texts.join("; "))
        };
        let sides = [said(&aligned.old, old), said(&aligned.new, new)];
        let quoted = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let text = |side: &Option<String>| side.clone().unwrap_or_else(|| "no rule".to_owned());
        let such = example.map(|example| format!("; they differ when {example}")).unwrap_or_default();
        let message = format!("{quoted}: {} → {}{such}", text(&sides[0]), text(&sides[1]));
        let name = names.join(", ");
        self.add(row, &root.down(Step::Parameter(&name, &name)), sides, message);
        if let Some(change) = self.changes.last_mut() {
            change.old_origin = old.first().map(|rule| rule.origin.clone());
            change.new_origin = new.first().map(|rule| rule.origin.clone());
        }
    }
}

/// A rule as far as it is about a family.
fn in_words(action: &Action, family: &Family, rule: &Rule) -> String {
    let text = match family {
        Family::Require(index) | Family::Forbid(index) | Family::Ignore(index) | Family::Constrain(index) => {
            rule_words::for_parameter(action, rule, *index, Language::En)
        }
        Family::Equal(..) | Family::Count(_) => None,
    };
    let text = text.unwrap_or_else(|| rule_words::rule(action, rule, Language::En));
    let mut letters = text.chars();
    letters.next().map(|first| format!("{}{}", first.to_lowercase(), letters.as_str())).unwrap_or_default()
}

/// Whether nothing that rules look at differs: by far the most common case.
fn untouched(old: &Action, new: &Action, pairs: &Pairs) -> bool {
    let same_numbers = pairs.removed.is_empty() && pairs.added.is_empty() && pairs.both().all(|(old, new)| old == new);
    same_numbers
        && old.rules.len() == new.rules.len()
        && old
            .rules
            .iter()
            .zip(&new.rules)
            .all(|(old, new)| (&old.when, &old.effect, old.severity) == (&new.when, &new.effect, new.severity))
        && old.parameters.iter().zip(&new.parameters).all(|(old, new)| old.shape.default == new.shape.default)
}

/// Whether conditions of rules may see an absent parameter otherwise than before.
fn defaults_differ(aligned: &Aligned, rules: &[&Rule]) -> bool {
    let mut seen = Vec::new();
    rules.iter().for_each(|rule| mentioned(&rule.when, &mut seen));
    let default = |action: &Action, index: usize| action.parameters.get(index).and_then(|p| p.default_wire());
    seen.into_iter().any(|index| default(&aligned.old, index) != default(&aligned.new, index))
}

fn families(aligned: &Aligned) -> Families<'_> {
    let mut found: Families<'_> = BTreeMap::new();
    let counts = components(aligned);
    for (side, action) in [&aligned.old, &aligned.new].into_iter().enumerate() {
        for rule in &action.rules {
            let keys: Vec<Family> = match &rule.effect {
                Effect::Require(indices) => indices.iter().map(|index| Family::Require(*index)).collect(),
                Effect::Forbid(indices) => indices.iter().map(|index| Family::Forbid(*index)).collect(),
                Effect::Ignore(indices) => indices.iter().map(|index| Family::Ignore(*index)).collect(),
                Effect::Constrain(limits) => limits.iter().map(|(index, _)| Family::Constrain(*index)).collect(),
                Effect::Equal(one, other) => vec![Family::Equal(*one.min(other), *one.max(other))],
                Effect::ExactlyOne(_) | Effect::AtLeastOne(_) | Effect::AtMostOne(_) | Effect::AllOrNone(_) => {
                    let members = bound(&rule.effect);
                    let own = counts.iter().find(|component| members.iter().any(|member| component.contains(member)));
                    own.map(|component| Family::Count(component.clone())).into_iter().collect()
                }
            };
            for key in keys {
                if let Some(rules) = found.entry(key).or_default().get_mut(side) {
                    rules.push(rule);
                }
            }
        }
    }
    found
}

/// The sets of parameters that rules about a number tie together.
fn components(aligned: &Aligned) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for rule in aligned.old.rules.iter().chain(&aligned.new.rules) {
        let counts = matches!(
            rule.effect,
            Effect::ExactlyOne(_) | Effect::AtLeastOne(_) | Effect::AtMostOne(_) | Effect::AllOrNone(_)
        );
        if !counts {
            continue;
        }
        let mut joined = bound(&rule.effect);
        sets.retain(|set| {
            let apart = !set.iter().any(|member| joined.contains(member));
            if !apart {
                joined.extend(set);
            }
            apart
        });
        joined.sort_unstable();
        joined.dedup();
        sets.push(joined);
    }
    sets
}

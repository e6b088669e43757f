//! Two actions with one numbering of their parameters, so that the rules of both speak of the same ones.

use super::super::pair::Pairs;
use crate::model::{Action, Condition, Effect, Parameter, Rule};

/// Two actions as far as rules see them. Their parameters are the new ones, then those that only the old one has; what
/// one side lacks stands there as the other side has it, and no rule of its own speaks of it.
pub(super) struct Aligned {
    pub old: Action,
    pub new: Action,
    /// What one side alone has.
    pub lone: Vec<usize>,
}

impl Aligned {
    pub fn of(old: &Action, new: &Action, pairs: &Pairs) -> Aligned {
        let mut numbers = vec![usize::MAX; old.parameters.len()];
        let mut set = |index: usize, number: usize| {
            if let Some(slot) = numbers.get_mut(index) {
                *slot = number;
            }
        };
        let mut old_parameters: Vec<Parameter> = new.parameters.clone();
        let mut new_parameters: Vec<Parameter> = new.parameters.clone();
        let mut lone = pairs.added.clone();
        for (index, number) in pairs.both() {
            set(index, number);
            if let (Some(slot), Some(parameter)) = (old_parameters.get_mut(number), old.parameters.get(index)) {
                *slot = Parameter { name: slot.name.clone(), ..parameter.clone() };
            }
        }
        for index in &pairs.removed {
            let Some(parameter) = old.parameters.get(*index) else { continue };
            set(*index, new_parameters.len());
            lone.push(new_parameters.len());
            old_parameters.push(parameter.clone());
            new_parameters.push(parameter.clone());
        }
        let number = |index: usize| numbers.get(index).copied().unwrap_or(index);
        let rules = old.rules.iter().map(|rule| renumbered(rule, &number)).collect();
        let with = |action: &Action, parameters: Vec<Parameter>, rules: Vec<Rule>| Action {
            parameters,
            rules,
            response: None,
            samples: crate::model::Samples::default(),
            ..action.clone()
        };
        Aligned { old: with(old, old_parameters, rules), new: with(new, new_parameters, new.rules.clone()), lone }
    }
}

fn renumbered(rule: &Rule, number: &dyn Fn(usize) -> usize) -> Rule {
    let all = |indices: &[usize]| indices.iter().map(|index| number(*index)).collect::<Vec<usize>>();
    let effect = match &rule.effect {
        Effect::Require(indices) => Effect::Require(all(indices)),
        Effect::Forbid(indices) => Effect::Forbid(all(indices)),
        Effect::Ignore(indices) => Effect::Ignore(all(indices)),
        Effect::Constrain(limits) => {
            Effect::Constrain(limits.iter().map(|(index, limit)| (number(*index), limit.clone())).collect())
        }
        Effect::ExactlyOne(indices) => Effect::ExactlyOne(all(indices)),
        Effect::AtLeastOne(indices) => Effect::AtLeastOne(all(indices)),
        Effect::AtMostOne(indices) => Effect::AtMostOne(all(indices)),
        Effect::AllOrNone(indices) => Effect::AllOrNone(all(indices)),
        Effect::Equal(one, other) => Effect::Equal(number(*one), number(*other)),
    };
    Rule { when: condition(&rule.when, number), effect, ..rule.clone() }
}

fn condition(given: &Condition, number: &dyn Fn(usize) -> usize) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| condition(part, number)).collect();
    match given {
        Condition::Always => Condition::Always,
        Condition::Is(index, values) => Condition::Is(number(*index), values.clone()),
        Condition::Present(indices) => Condition::Present(indices.iter().map(|index| number(*index)).collect()),
        Condition::Above(index, bound) => Condition::Above(number(*index), *bound),
        Condition::Below(index, bound) => Condition::Below(number(*index), *bound),
        Condition::Not(inner) => Condition::Not(Box::new(condition(inner, number))),
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
    }
}

//! Rules: what one parameter says about another.

use super::shape::limited;
use super::{index, list, text, texts};
use crate::model::{self, Action, Language};
use crate::rules::words;
use bindery_runtime::table::{Condition, Effect, Kind, Rule, Severity, Shape};

pub(super) fn rule(action: &Action, given: &model::Rule) -> Rule {
    Rule {
        id: text(&given.id),
        when: condition(&given.when),
        effect: effect(&given.effect),
        severity: match given.severity {
            model::Severity::Error => Severity::Error,
            model::Severity::Advice => Severity::Advice,
        },
        when_en: text(&words::condition(action, &given.when, Language::En)),
        when_zh: text(&words::condition(action, &given.when, Language::Zh)),
    }
}

fn condition(given: &model::Condition) -> Condition {
    let several = |parts: &[model::Condition]| list(parts.iter().map(condition));
    match given {
        model::Condition::Always => Condition::Always,
        model::Condition::Is(parameter, values) => Condition::Is(index(*parameter), texts(values)),
        model::Condition::Present(parameters) => Condition::Present(indices(parameters)),
        model::Condition::Above(parameter, bound) => Condition::Above(index(*parameter), *bound),
        model::Condition::Below(parameter, bound) => Condition::Below(index(*parameter), *bound),
        model::Condition::Not(inner) => Condition::Not(Box::leak(Box::new(condition(inner)))),
        model::Condition::All(parts) => Condition::All(several(parts)),
        model::Condition::Any(parts) => Condition::Any(several(parts)),
    }
}

fn effect(given: &model::Effect) -> Effect {
    match given {
        model::Effect::Require(listed) => Effect::Require(indices(listed)),
        model::Effect::Forbid(listed) => Effect::Forbid(indices(listed)),
        model::Effect::Ignore(listed) => Effect::Ignore(indices(listed)),
        model::Effect::Constrain(limits) => Effect::Constrain(list(limits.iter().map(|(parameter, limit)| {
            let shape = Shape { values: texts(&limit.values), ..limited(Kind::Any, &limit.limits) };
            (index(*parameter), &*Box::leak(Box::new(shape)))
        }))),
        model::Effect::ExactlyOne(listed) => Effect::ExactlyOne(indices(listed)),
        model::Effect::AtLeastOne(listed) => Effect::AtLeastOne(indices(listed)),
        model::Effect::AtMostOne(listed) => Effect::AtMostOne(indices(listed)),
        model::Effect::AllOrNone(listed) => Effect::AllOrNone(indices(listed)),
        model::Effect::Equal(one, other) => Effect::Equal(index(*one), index(*other)),
    }
}

fn indices(parameters: &[usize]) -> &'static [u16] {
    list(parameters.iter().map(|parameter| index(*parameter)))
}

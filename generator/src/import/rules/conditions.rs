//! Conditions as read become conditions of the spec format.

use super::RuleBook;
use crate::import::example::typed;
use crate::import::prose::{Cond, as_written};
use crate::import::repeated::addressed;
use crate::spec::{Condition, Map, Parameter, Rule};
use serde_json::Number;
use std::collections::BTreeSet;

impl RuleBook<'_> {
    /// A condition of the spec format.
    pub(super) fn condition(&self, condition: &Cond) -> Condition {
        let mut made = Condition::default();
        match condition {
            Cond::Is(name, values) => {
                return self.is(name, values.iter().map(|value| value.taken.as_str()));
            }
            Cond::Present(names) => made.present.clone_from(names),
            Cond::Above(name, number) => made.above = bound(name, number),
            Cond::Below(name, number) => made.below = bound(name, number),
            Cond::Not(inner) => made.not = Some(Box::new(self.condition(inner))),
            Cond::All(all) => {
                return conjunction(all.iter().map(|part| self.condition(part)).collect());
            }
            Cond::Any(any) => made.any = any.iter().map(|part| self.condition(part)).collect(),
            Cond::Prose => {}
        }
        made
    }

    /// That a condition does not hold.
    pub(super) fn unless(&self, condition: &Cond) -> Condition {
        match condition {
            Cond::Not(inner) => self.condition(inner),
            other => Condition { not: Some(Box::new(self.condition(other))), ..Condition::default() },
        }
    }

    /// A parameter has one of these values, each typed as the parameter is.
    pub(super) fn is<'v>(&self, name: &str, values: impl IntoIterator<Item = &'v str>) -> Condition {
        let field = self.fields.iter().find(|field| addressed(&field.name) == name);
        let unknown = Parameter::default();
        let shape = field.map_or(&unknown, |field| &field.declared);
        let values = values.into_iter().map(|value| typed(value, shape)).collect();
        Condition { is: Map::from([(name.to_owned(), values)]), ..Condition::default() }
    }
}

fn bound(name: &str, number: &Number) -> Map<f64> {
    number.as_f64().map(|number| (name.to_owned(), number)).into_iter().collect()
}

/// One object where the parts do not collide, as a person would write it; a list of conditions otherwise.
fn conjunction(parts: Vec<Condition>) -> Condition {
    let plain = |part: &Condition| {
        *part == Condition { is: part.is.clone(), present: part.present.clone(), ..Condition::default() }
    };
    let mut merged = Condition::default();
    for part in &parts {
        if !plain(part) || part.is.keys().any(|name| merged.is.contains_key(name)) {
            return Condition { all: parts, ..Condition::default() };
        }
        merged.is.extend(part.is.clone());
        merged.present.extend(part.present.iter().cloned());
    }
    merged
}

/// Every parameter that a condition names.
pub(super) fn parameters(condition: &Condition) -> Vec<&String> {
    let inner = condition.not.iter().map(AsRef::as_ref).chain(&condition.all).chain(&condition.any);
    let own =
        condition.present.iter().chain(condition.is.keys()).chain(condition.above.keys()).chain(condition.below.keys());
    own.chain(inner.flat_map(parameters)).collect()
}

/// Whether every value and every number that a condition compares a parameter with is one that the parameter can have.
pub(super) fn compares(condition: &Condition, fits: &impl Fn(&str, &str) -> bool) -> bool {
    let mut is = condition.is.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
    let mut bounds = condition.above.iter().chain(&condition.below);
    let mut inner = condition.not.iter().map(AsRef::as_ref).chain(&condition.all).chain(&condition.any);
    // A bound is for numbers, and all that is no number is a text, too.
    let number = |name: &str| fits(name, "0") && !fits(name, "-");
    is.all(|(name, value)| fits(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        && bounds.all(|(name, _)| number(name))
        && inner.all(|inner| compares(inner, fits))
}

/// The condition without that this parameter is given, if that is one of several things that must hold.
pub(super) fn without(condition: &Cond, own: &str) -> Option<Cond> {
    let Cond::All(parts) = condition else {
        return None;
    };
    let mut rest = parts.clone();
    rest.retain(|part| !matches!(part, Cond::Present(names) if names.iter().all(|name| name == own)));
    let fewer = !rest.is_empty() && rest.len() < parts.len();
    fewer.then(|| if rest.len() == 1 { rest.remove(0) } else { Cond::All(rest) })
}

/// The parameters that must be given for a condition as read to hold.
pub(super) fn given(condition: &Cond) -> Vec<&str> {
    match condition {
        Cond::Present(names) => names.iter().map(String::as_str).collect(),
        Cond::All(parts) | Cond::Any(parts) => parts.iter().flat_map(given).collect(),
        Cond::Is(..) | Cond::Above(..) | Cond::Below(..) | Cond::Not(_) | Cond::Prose => vec![],
    }
}

/// Every parameter that a condition as read names.
pub(super) fn named(condition: &Cond) -> Vec<&str> {
    match condition {
        Cond::Is(name, _) | Cond::Above(name, _) | Cond::Below(name, _) => vec![name.as_str()],
        Cond::Present(names) => names.iter().map(String::as_str).collect(),
        Cond::Not(inner) => named(inner),
        Cond::All(parts) | Cond::Any(parts) => parts.iter().flat_map(named).collect(),
        Cond::Prose => vec![],
    }
}

/// The parameters on which it depends whether a rule holds, in the order of their names.
pub fn conditioned(rule: &Rule) -> BTreeSet<&String> {
    rule.when.iter().flat_map(parameters).collect()
}

/// The values whose spelling was mended, as the source spells them.
pub(super) fn spellings(condition: &Cond) -> Map<String> {
    match condition {
        Cond::Is(_, values) => as_written(values),
        Cond::Not(inner) => spellings(inner),
        Cond::All(parts) | Cond::Any(parts) => parts.iter().flat_map(spellings).collect(),
        Cond::Present(_) | Cond::Above(..) | Cond::Below(..) | Cond::Prose => Map::new(),
    }
}

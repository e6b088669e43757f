//! Whether a condition holds, when one parameter is known and the others are not.

use crate::model::{Action, Condition, Parameter};

/// What a parameter may be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Case {
    Value(String),
    /// A value that no condition names.
    Other,
    /// Whatever value: no condition asks which.
    Given,
    Absent,
}

/// Whether a condition holds in a case, if that alone decides it.
pub(super) fn holds(condition: &Condition, action: &Action, parameter: usize, case: &Case) -> Option<bool> {
    let default = || action.parameters.get(parameter).and_then(Parameter::default_wire);
    let value = match case {
        Case::Value(value) => Some(value.clone()),
        Case::Absent => default(),
        Case::Other | Case::Given => None,
    };
    let number = |compare: &dyn Fn(f64) -> bool| match case {
        Case::Other | Case::Given => None,
        _ => Some(value.as_deref().and_then(|value| value.parse().ok()).is_some_and(compare)),
    };
    match condition {
        Condition::Always => Some(true),
        Condition::Is(about, wanted) if *about == parameter => Some(value.is_some_and(|value| wanted.contains(&value))),
        Condition::Above(about, bound) if *about == parameter => number(&|value| value > *bound),
        Condition::Below(about, bound) if *about == parameter => number(&|value| value < *bound),
        Condition::Present(parameters) if parameters.contains(&parameter) => {
            let given = *case != Case::Absent;
            (!given || parameters.len() == 1).then_some(given)
        }
        Condition::Is(..) | Condition::Above(..) | Condition::Below(..) | Condition::Present(_) => None,
        Condition::Not(inner) => holds(inner, action, parameter, case).map(|truth| !truth),
        Condition::All(parts) => every(parts.iter().map(|part| holds(part, action, parameter, case))),
        Condition::Any(parts) => {
            every(parts.iter().map(|part| holds(part, action, parameter, case).map(|truth| !truth))).map(|none| !none)
        }
    }
}

/// Three-valued "and": one `false` settles it, one unknown leaves it open.
fn every(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

/// Adds the values that a condition names for a parameter.
pub(super) fn named_values(condition: &Condition, parameter: usize, values: &mut Vec<String>) {
    match condition {
        Condition::Is(about, wanted) if *about == parameter => {
            for value in wanted {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
        Condition::Not(inner) => named_values(inner, parameter, values),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| named_values(part, parameter, values));
        }
        _ => {}
    }
}

/// Whether a condition asks anything of a parameter.
pub(super) fn mentions(condition: &Condition, parameter: usize) -> bool {
    match condition {
        Condition::Present(parameters) => parameters.contains(&parameter),
        Condition::Not(inner) => mentions(inner, parameter),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| mentions(part, parameter)),
        other => mentions_value(other, parameter),
    }
}

/// Whether a condition asks for a parameter's value.
pub(super) fn mentions_value(condition: &Condition, parameter: usize) -> bool {
    match condition {
        Condition::Always | Condition::Present(_) => false,
        Condition::Is(about, _) | Condition::Above(about, _) | Condition::Below(about, _) => *about == parameter,
        Condition::Not(inner) => mentions_value(inner, parameter),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| mentions_value(part, parameter)),
    }
}

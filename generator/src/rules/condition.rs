//! When a rule applies.

use super::request::{Request, wire_text};
use crate::model::{Action, Condition};

/// Whether a condition holds for a request.
pub fn holds(action: &Action, condition: &Condition, request: &Request) -> bool {
    match condition {
        Condition::Always => true,
        Condition::Is(index, values) => text(action, request, *index).is_some_and(|text| values.contains(&text)),
        Condition::Present(indices) => indices.iter().all(|index| request.value(*index).is_some()),
        Condition::Above(index, bound) => number(action, request, *index).is_some_and(|number| number > *bound),
        Condition::Below(index, bound) => number(action, request, *index).is_some_and(|number| number < *bound),
        Condition::Not(inner) => !holds(action, inner, request),
        Condition::All(all) => all.iter().all(|inner| holds(action, inner, request)),
        Condition::Any(any) => any.iter().any(|inner| holds(action, inner, request)),
    }
}

/// The value as it travels; of what is absent, the default.
fn text(action: &Action, request: &Request, index: usize) -> Option<String> {
    match request.value(index) {
        Some(value) => Some(wire_text(value)),
        None => action.parameters.get(index)?.default_wire(),
    }
}

/// The value or default, if it is a number or a text that reads as one.
fn number(action: &Action, request: &Request, index: usize) -> Option<f64> {
    if request.value(index).is_some_and(|value| !value.is_number() && !value.is_string()) {
        return None;
    }
    text(action, request, index)?.parse().ok().filter(|number: &f64| number.is_finite())
}

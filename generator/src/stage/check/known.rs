//! Values that a spec speaks of, against the values that it lists.

use super::place::{below, compared, step};
use super::report::{Report, listed};
use super::{Lint, space};
use crate::diag::{Level, Origin, did_you_mean};
use crate::model::{Effect, Kind};

pub(super) const UNKNOWN_VALUE: Lint = Lint {
    code: "unknown-value",
    level: Level::Warning,
    summary: "A rule, a default or a precondition speaks of a value that the parameter does not list.",
    why: "Either the list is incomplete, and callers are warned of a value that works, or the rule never applies.",
    cure: "add the value to the parameter's `values`, or mend the place that speaks of it",
};

pub(super) const VALUE_CASE: Lint = Lint {
    code: "value-case",
    level: Level::Warning,
    summary: "A rule, a default or a precondition spells a value in another case than the parameter's list.",
    why: "Values are compared as they are written: the rule never applies to the listed spelling.",
    cure: "use one spelling, the one that the service takes",
};

pub(super) fn check(report: &mut Report<'_>) {
    for rule in report.rules() {
        space::each_comparison(&rule.when, &mut |parameter, values| {
            for (index, value) in values.iter().enumerate() {
                let origin = compared(rule, report.name(parameter), index);
                value_of(report, parameter, value, origin, Some(&rule.id));
            }
        });
        if let Effect::Constrain(limits) = &rule.effect {
            for (parameter, limit) in limits {
                for value in &limit.values {
                    let path = format!("/constrain{}/values{}", step(report.name(*parameter)), step(value));
                    value_of(report, *parameter, value, below(&rule.origin, &path), Some(&rule.id));
                }
            }
        }
    }
    for (index, parameter) in report.action.parameters.iter().enumerate() {
        if let Some(default) = parameter.default_wire() {
            value_of(report, index, &default, below(&parameter.origin, "/default"), None);
        }
        for precondition in &parameter.preconditions {
            if let Some(value) = &precondition.value {
                let path = format!("/preconditions{}/value", step(&precondition.id));
                value_of(report, index, value, below(&parameter.origin, &path), None);
            }
        }
    }
}

fn value_of(report: &mut Report<'_>, parameter: usize, value: &str, origin: Origin, rule: Option<&str>) {
    let Some(shape) = report.action.parameters.get(parameter).map(|parameter| &parameter.shape) else { return };
    let known: Vec<&str> = match shape.kind {
        Kind::Boolean => vec!["true", "false"],
        _ => shape.values.iter().map(|choice| choice.wire.as_str()).collect(),
    };
    if known.is_empty() || known.contains(&value) {
        return;
    }
    let name = report.name(parameter);
    let subjects: Vec<&str> = [name].into_iter().chain(rule).collect();
    if let Some(spelling) = known.iter().find(|known| known.eq_ignore_ascii_case(value)) {
        let message = format!("`{name}` lists `{spelling}`, not `{value}`");
        let cure = format!("did you mean `{spelling}`? {}", VALUE_CASE.cure);
        report.add_with(&VALUE_CASE, &subjects, origin, message, cure);
    } else {
        let message = format!("`{name}` does not list `{value}`");
        let hint = match did_you_mean(value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.len() <= 12 => format!("it lists {}.", listed(known)),
            None => format!("it lists {} others.", known.len()),
        };
        report.add_with(&UNKNOWN_VALUE, &subjects, origin, message, format!("{hint} {}", UNKNOWN_VALUE.cure));
    }
}

//! Values that a spec speaks of, against the values that it lists.

use super::Lint;
use super::place::{below, compared, key_below, step};
use super::report::Report;
use crate::diag::{Level, Origin, did_you_mean};
use crate::model::{Effect, Kind};
use crate::rules::space;

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

/// A value that is spoken of, wherever that is.
struct Mention<'a> {
    parameter: usize,
    value: String,
    origin: Origin,
    rules: Vec<&'a str>,
}

pub(super) fn check(report: &mut Report<'_>) {
    for mention in mentions(report) {
        unlisted(report, &mention);
    }
}

/// Everything that is said of values, one entry a value, placed where it stands first.
fn mentions<'a>(report: &Report<'a>) -> Vec<Mention<'a>> {
    let mut out: Vec<Mention<'a>> = Vec::new();
    let mut mention = |parameter: usize, value: &str, rule: Option<&'a str>, origin: Origin| match out
        .iter_mut()
        .find(|known| known.parameter == parameter && known.value == value)
    {
        Some(known) => known.rules.extend(rule),
        None => out.push(Mention { parameter, value: value.to_owned(), origin, rules: rule.into_iter().collect() }),
    };
    for rule in report.rules() {
        space::each_comparison(&rule.when, &mut |parameter, values| {
            for (index, value) in values.iter().enumerate() {
                mention(parameter, value, Some(&rule.id), compared(rule, report.name(parameter), index));
            }
        });
        if let Effect::Constrain(limits) = &rule.effect {
            for (parameter, limit) in limits {
                for value in &limit.values {
                    let path = format!("/constrain{}/values{}", step(report.name(*parameter)), step(value));
                    mention(*parameter, value, Some(&rule.id), key_below(&rule.origin, &path));
                }
            }
        }
    }
    for (index, parameter) in report.action.parameters.iter().enumerate() {
        if let Some(default) = parameter.default_wire() {
            mention(index, &default, None, below(&parameter.origin, "/default"));
        }
        for precondition in &parameter.preconditions {
            if let Some(value) = &precondition.value {
                let path = format!("/preconditions{}/value", step(&precondition.id));
                mention(index, value, None, below(&parameter.origin, &path));
            }
        }
    }
    out
}

fn unlisted(report: &mut Report<'_>, mention: &Mention<'_>) {
    let Mention { parameter, value, origin, rules } = mention;
    let Some(shape) = report.action.parameters.get(*parameter).map(|parameter| &parameter.shape) else { return };
    let known: Vec<&str> = match shape.kind {
        Kind::Boolean => vec!["true", "false"],
        _ => shape.values.iter().map(|choice| choice.wire.as_str()).collect(),
    };
    if known.is_empty() || known.contains(&value.as_str()) {
        return;
    }
    let name = report.name(*parameter);
    let subjects: Vec<&str> = [name].into_iter().chain(rules.iter().copied()).collect();
    let by = match rules.len() {
        0 | 1 => String::new(),
        several => format!(", which {several} rules speak of"),
    };
    if let Some(spelling) = known.iter().find(|known| known.eq_ignore_ascii_case(value)) {
        let message = format!("`{name}` lists `{spelling}`, not `{value}`{by}");
        let cure = format!("did you mean `{spelling}`? {}", VALUE_CASE.cure);
        report.add_with(&VALUE_CASE, &subjects, origin.clone(), message, cure);
    } else {
        let hint = match did_you_mean(value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? "),
            None => String::new(),
        };
        let message = format!("`{name}` does not list `{value}`{by}");
        report.add_with(&UNKNOWN_VALUE, &subjects, origin.clone(), message, format!("{hint}{}", UNKNOWN_VALUE.cure));
    }
}

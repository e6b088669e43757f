//! What a rule demands, once its condition holds.

use super::limit::broken;
use super::message::{Subject, Writer};
use super::request::{Request, wire_text};
use super::shape::{held, is_sensitive};
use super::{Violation, words};
use crate::model::{Api, Effect, Rule};

/// What a request does wrong by a rule that applies to it.
pub(super) fn check(api: &Api, writer: Writer<'_>, rule: &Rule, request: &Request) -> Vec<Violation> {
    let name = |index: usize| words::name(writer.action, index);
    let names = |indices: &[usize]| indices.iter().map(|index| name(*index)).collect::<Vec<&str>>();
    let is_given = |index: &usize| request.value(*index).is_some();
    let given = |indices: &[usize]| names(&indices.iter().copied().filter(is_given).collect::<Vec<_>>());
    let missing =
        |indices: &[usize]| names(&indices.iter().copied().filter(|index| !is_given(index)).collect::<Vec<_>>());
    let when = words::condition(writer.action, &rule.when, writer.language);
    let violation = |code, path: &str, message| Violation {
        code,
        path: path.to_owned(),
        rule: Some(rule.id.clone()),
        severity: rule.severity,
        message,
    };

    match &rule.effect {
        Effect::Require(listed) => missing(listed)
            .into_iter()
            .map(|name| violation("required-when", name, writer.missing(name, &when)))
            .collect(),
        Effect::Forbid(listed) => given(listed)
            .into_iter()
            .map(|name| violation("forbidden-when", name, writer.forbidden(name, &when)))
            .collect(),
        Effect::Ignore(listed) => {
            given(listed).into_iter().map(|name| violation("ignored-when", name, writer.ignored(name, &when))).collect()
        }
        Effect::Constrain(limited) => {
            let mut violations = Vec::new();
            for (index, limit) in limited {
                let Some(parameter) = writer.action.parameters.get(*index) else { continue };
                let value = request.value(*index).and_then(|value| held(value, &api.meant(&parameter.shape).kind).ok());
                if let Some(value) = &value {
                    let hidden = is_sensitive(api, &parameter.shape);
                    let subject = Subject { path: name(*index), value, hidden, when: when.clone() };
                    if !limit.values.is_empty() && !limit.values.contains(&wire_text(value)) {
                        violations.push(violation("value", name(*index), writer.value(&subject, &limit.values, true)));
                    }
                    for (code, message) in broken(value, &limit.limits, &subject, writer) {
                        violations.push(violation(code, name(*index), message));
                    }
                }
            }
            violations
        }
        Effect::ExactlyOne(listed) => {
            let message = || writer.exactly_one(&names(listed), &given(listed), &when);
            match (given(listed).as_slice(), names(listed).first()) {
                ([], Some(first)) => vec![violation("exactly-one", first, message())],
                ([_, second, ..], _) => vec![violation("exactly-one", second, message())],
                _ => Vec::new(),
            }
        }
        Effect::AtLeastOne(listed) => match (given(listed).as_slice(), names(listed).first()) {
            ([], Some(first)) => vec![violation("at-least-one", first, writer.at_least_one(&names(listed), &when))],
            _ => Vec::new(),
        },
        Effect::AtMostOne(listed) => match given(listed).as_slice() {
            [_, second, ..] => {
                let message = writer.at_most_one(&names(listed), &given(listed), &when);
                vec![violation("at-most-one", second, message)]
            }
            _ => Vec::new(),
        },
        Effect::AllOrNone(listed) => match (given(listed).first(), missing(listed).first()) {
            (Some(_), Some(at)) => vec![violation("all-or-none", at, writer.all_or_none(at, &names(listed), &when))],
            _ => Vec::new(),
        },
        Effect::Equal(first, second) => match (request.value(*first), request.value(*second)) {
            (Some(one), Some(other)) if wire_text(one) != wire_text(other) => {
                vec![violation("equal", name(*second), writer.equal(name(*first), name(*second), &when))]
            }
            _ => Vec::new(),
        },
    }
}

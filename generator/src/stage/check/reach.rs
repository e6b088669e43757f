//! What no request can reach: rules that never apply, parameters that are never or always given.

use super::Lint;
use super::place::below;
use super::report::{Report, TOO_MANY_CASES};
use crate::diag::Level;
use crate::model::{Condition, Effect, Limit, Limits, Parameter, Rule, Severity};
use crate::rules::space::{Space, TooMany, bound, within};

pub(super) const IMPOSSIBLE_RULE: Lint = Lint {
    code: "impossible-rule",
    level: Level::Warning,
    summary: "No request meets a rule's condition, or none that meets it can satisfy the rule.",
    why: "The rule says nothing, or refuses more than its author meant; most likely a value or a `not` is wrong.",
    cure: "mend the rule or remove it",
};

pub(super) const NEVER_GIVEN: Lint = Lint {
    code: "never-given",
    level: Level::Warning,
    summary: "Every request that gives the parameter breaks a rule.",
    why: "The parameter is useless, so one of the rules that forbid it forbids too much.",
    cure: "narrow the rules that forbid it, or remove the parameter",
};

pub(super) const ALWAYS_REQUIRED: Lint = Lint {
    code: "always-required",
    level: Level::Warning,
    summary: "The parameter is not marked required, but rules require it in every case.",
    why: "Generated constructors do not ask for it, so that every request made without it is refused.",
    cure: "mark it `\"required\": true` and remove the rules, or narrow them",
};

pub(super) const RULE_ON_REQUIRED: Lint = Lint {
    code: "rule-on-required",
    level: Level::Warning,
    summary: "A rule requires a parameter that is required anyway.",
    why: "Either the rule is needless, or the parameter is required only where the rule says so.",
    cure: "remove the parameter from the rule, or its `required` mark",
};

pub(super) fn check(report: &mut Report<'_>) {
    for rule in report.rules() {
        applies(report, rule);
        satisfiable(report, rule);
        on_required(report, rule);
    }
    for (index, parameter) in report.action.parameters.iter().enumerate() {
        if !parameter.required && (never_given(report, index).is_err() || always_required(report, index).is_err()) {
            let message = format!("the rules about `{}` are too many to try", parameter.name);
            report.add(&TOO_MANY_CASES, &[parameter.name.as_str()], parameter.origin.clone(), message);
        }
    }
}

fn applies(report: &mut Report<'_>, rule: &Rule) {
    match Space::over(report.action, &[&rule.when], &[]) {
        Ok(space) if space.requests().any(|request| request.holds(&rule.when)) => {}
        Ok(_) => {
            let message = format!("no request meets the condition of `{}`", rule.id);
            report.add(&IMPOSSIBLE_RULE, &[&rule.id], below(&rule.origin, "/when"), message);
        }
        Err(TooMany) => {
            let message = format!("the condition of `{}` has too many cases to try", rule.id);
            report.add(&TOO_MANY_CASES, &[&rule.id], below(&rule.origin, "/when"), message);
        }
    }
}

fn satisfiable(report: &mut Report<'_>, rule: &Rule) {
    let required = |index: &&usize| report.action.parameters.get(**index).is_some_and(|parameter| parameter.required);
    let problem = match &rule.effect {
        Effect::ExactlyOne(parameters) | Effect::AtMostOne(parameters)
            if parameters.iter().filter(required).count() > 1 =>
        {
            Some("allows one of several parameters that are all required".to_owned())
        }
        Effect::Constrain(limits) => limits.iter().find_map(|(index, limit)| {
            let parameter = report.action.parameters.get(*index)?;
            (!some_value(parameter, limit)).then(|| format!("leaves no value for `{}`", parameter.name))
        }),
        _ => None,
    };
    if let Some(problem) = problem {
        report.add(&IMPOSSIBLE_RULE, &[&rule.id], rule.origin.clone(), format!("`{}` {problem}", rule.id));
    }
}

/// Whether a limit leaves a value of those that the parameter may have.
fn some_value(parameter: &Parameter, limit: &Limit) -> bool {
    let shape = &parameter.shape;
    let choices: Vec<&String> = shape.values.iter().map(|choice| &choice.wire).collect();
    let open = !shape.closed || choices.is_empty();
    let values: Vec<&String> = match limit.values.is_empty() {
        true => choices,
        false => limit.values.iter().filter(|value| open || choices.contains(value)).collect(),
    };
    let keeps = |value: &String| {
        let number = value.parse::<f64>().ok();
        number.is_none_or(|number| within(&limit.limits, number) && within(&shape.limits, number))
    };
    if open && limit.values.is_empty() { room(&limit.limits, &shape.limits) } else { values.into_iter().any(keeps) }
}

/// Whether two sets of bounds leave room between the lowest and the highest.
fn room(first: &Limits, second: &Limits) -> bool {
    let low = |limits: &Limits| [limits.minimum, limits.exclusive_minimum];
    let high = |limits: &Limits| [limits.maximum, limits.exclusive_maximum];
    let lowest = low(first).into_iter().chain(low(second)).flatten().fold(f64::NEG_INFINITY, f64::max);
    let highest = high(first).into_iter().chain(high(second)).flatten().fold(f64::INFINITY, f64::min);
    let numbers = lowest < highest || (within(first, lowest) && within(second, lowest) && lowest <= highest);
    let counts = |least: [Option<u64>; 2], most: [Option<u64>; 2]| {
        let least = least.into_iter().flatten().max().unwrap_or(0);
        most.into_iter().flatten().all(|most| least <= most)
    };
    numbers
        && counts([first.min_length, second.min_length], [first.max_length, second.max_length])
        && counts([first.min_items, second.min_items], [first.max_items, second.max_items])
}

fn on_required(report: &mut Report<'_>, rule: &Rule) {
    let Effect::Require(parameters) = &rule.effect else { return };
    for (place, index) in parameters.iter().enumerate() {
        let Some(parameter) = report.action.parameters.get(*index).filter(|parameter| parameter.required) else {
            continue;
        };
        let message = format!("`{}` requires `{}`, which is required anyway", rule.id, parameter.name);
        let origin = below(&rule.origin, &format!("/require/{place}"));
        report.add(&RULE_ON_REQUIRED, &[&rule.id, parameter.name.as_str()], origin, message);
    }
}

fn never_given(report: &mut Report<'_>, parameter: usize) -> Result<(), TooMany> {
    let Some(cases) = cases(report, parameter, |effect| matches!(effect, Effect::Forbid(_)))? else { return Ok(()) };
    if cases.absent && !cases.given {
        let name = report.name(parameter);
        let message = format!("every request that gives `{name}` breaks a rule: see {}", cases.rules);
        report.add(&NEVER_GIVEN, &[name], report.place(parameter), message);
    }
    Ok(())
}

fn always_required(report: &mut Report<'_>, parameter: usize) -> Result<(), TooMany> {
    let Some(cases) = cases(report, parameter, |effect| matches!(effect, Effect::Require(_)))? else { return Ok(()) };
    if cases.given && !cases.absent {
        let name = report.name(parameter);
        let message = format!("`{name}` is not marked required, but rules always require it: see {}", cases.rules);
        report.add(&ALWAYS_REQUIRED, &[name], report.place(parameter), message);
    }
    Ok(())
}

/// What the requests that break no rule do with a parameter.
struct Cases {
    given: bool,
    absent: bool,
    rules: String,
}

/// Tries the requests that matter to the rules of a kind about a parameter; `None` if there is no such rule.
fn cases(report: &Report<'_>, parameter: usize, kind: fn(&Effect) -> bool) -> Result<Option<Cases>, TooMany> {
    let binds = |rule: &&Rule| {
        rule.severity == Severity::Error && kind(&rule.effect) && bound(&rule.effect).contains(&parameter)
    };
    let rules: Vec<&Rule> = report.rules().iter().filter(binds).collect();
    if rules.is_empty() {
        return Ok(None);
    }
    let conditions: Vec<&Condition> = rules.iter().map(|rule| &rule.when).collect();
    let space = Space::over(report.action, &conditions, &[parameter])?;
    Ok(Some(Cases {
        given: space.lawful(&[]).any(|request| request.gives(parameter)),
        absent: space.lawful(&[]).any(|request| !request.gives(parameter)),
        rules: super::report::listed(rules.iter().map(|rule| rule.id.as_str())),
    }))
}

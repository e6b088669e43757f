//! Pairs of rules: those that contradict, and those of which one says nothing new.

use super::Lint;
use super::report::{Report, TOO_MANY_CASES, listed};
use crate::diag::Level;
use crate::model::{Effect, Limit, Limits, Rule, Severity};
use crate::rules::space::{Space, TooMany};

pub(super) const CONTRADICTION: Lint = Lint {
    code: "contradiction",
    level: Level::Warning,
    summary: "Two rules, or a rule and a `required` mark, demand and refuse the same parameter in the same request.",
    why: "No such request can be right, although nothing says that it must not be made.",
    cure: "narrow the condition of one, or forbid the combination by a rule of its own",
};

pub(super) const IMPLIED: Lint = Lint {
    code: "implied",
    level: Level::Warning,
    summary: "Whatever a rule refuses, another rule refuses already.",
    why: "The rule is needless, and callers get two messages for one mistake.",
    cure: "remove the rule, or narrow the other one",
};

pub(super) fn check(report: &mut Report<'_>) {
    let rules = report.rules();
    rules.iter().for_each(|rule| required_yet_forbidden(report, rule));
    for (index, second) in rules.iter().enumerate() {
        for first in rules.iter().take(index) {
            if contradict(report, first, second).is_err() || imply(report, first, second).is_err() {
                let message = format!("`{}` and `{}` have too many cases in common to try", first.id, second.id);
                report.add(&TOO_MANY_CASES, &[&first.id, &second.id], second.origin.clone(), message);
            }
        }
    }
}

fn required_yet_forbidden(report: &mut Report<'_>, rule: &Rule) {
    let Effect::Forbid(parameters) = &rule.effect else { return };
    if rule.severity != Severity::Error {
        return;
    }
    for parameter in parameters.iter().filter_map(|index| report.action.parameters.get(*index)) {
        if parameter.required {
            let message = format!("`{}` forbids `{}`, which is required", rule.id, parameter.name);
            report.add(&CONTRADICTION, &[&rule.id, parameter.name.as_str()], rule.origin.clone(), message);
        }
    }
}

fn contradict(report: &mut Report<'_>, first: &Rule, second: &Rule) -> Result<(), TooMany> {
    let clash = clash(&first.effect, &second.effect);
    if clash.is_empty() {
        return Ok(());
    }
    let space = Space::over(report.action, &[&first.when, &second.when], &[])?;
    let except = [first.id.as_str(), second.id.as_str()];
    let both = space.lawful(&except).find(|request| request.holds(&first.when) && request.holds(&second.when));
    let Some(request) = both else { return Ok(()) };
    let names: Vec<&str> = clash.iter().map(|parameter| report.name(*parameter)).collect();
    let case = match request.in_words() {
        words if words.is_empty() => "always".to_owned(),
        words => format!("when {words}"),
    };
    let message = format!(
        "`{}` and `{}` contradict each other about {}: {case}",
        first.id,
        second.id,
        listed(names.iter().copied())
    );
    let subjects: Vec<&str> = except.into_iter().chain(names).collect();
    report.add(&CONTRADICTION, &subjects, second.origin.clone(), message);
    Ok(())
}

/// The parameters about which two effects cannot both have their way.
fn clash(first: &Effect, second: &Effect) -> Vec<usize> {
    let shared = |first: &[usize], second: &[usize]| -> Vec<usize> {
        first.iter().copied().filter(|parameter| second.contains(parameter)).collect()
    };
    match (first, second) {
        (Effect::Require(demanded), Effect::Forbid(refused) | Effect::Ignore(refused))
        | (Effect::Forbid(refused) | Effect::Ignore(refused), Effect::Require(demanded)) => shared(demanded, refused),
        (Effect::Constrain(first), Effect::Constrain(second)) => first
            .iter()
            .filter(|(parameter, limit)| {
                second.iter().any(|(other, against)| other == parameter && disjoint(limit, against))
            })
            .map(|(parameter, _)| *parameter)
            .collect(),
        _ => Vec::new(),
    }
}

fn disjoint(first: &Limit, second: &Limit) -> bool {
    let listed = !first.values.is_empty() && !second.values.is_empty();
    let beyond = |low: &Limits, high: &Limits| low.minimum.zip(high.maximum).is_some_and(|(low, high)| low > high);
    (listed && !first.values.iter().any(|value| second.values.contains(value)))
        || beyond(&first.limits, &second.limits)
        || beyond(&second.limits, &first.limits)
}

/// Reports one of two rules, the later one if each implies the other.
fn imply(report: &mut Report<'_>, first: &Rule, second: &Rule) -> Result<(), TooMany> {
    for (general, special) in [(first, second), (second, first)] {
        let graver = general.severity == Severity::Error || special.severity == Severity::Advice;
        if !graver || !covers(&general.effect, &special.effect) {
            continue;
        }
        let space = Space::over(report.action, &[&general.when, &special.when], &[])?;
        let mut met = space.requests().filter(|request| request.holds(&special.when)).peekable();
        // A rule that never applies is another lint's finding.
        if met.peek().is_some() && met.all(|request| request.holds(&general.when)) {
            let message = format!("`{}` says nothing that `{}` does not say", special.id, general.id);
            report.add(&IMPLIED, &[&special.id], special.origin.clone(), message);
            return Ok(());
        }
    }
    Ok(())
}

/// Whether the first effect refuses all that the second one refuses.
fn covers(general: &Effect, special: &Effect) -> bool {
    let within = |few: &[usize], many: &[usize]| few.iter().all(|parameter| many.contains(parameter));
    match (general, special) {
        (Effect::Require(many), Effect::Require(few))
        | (Effect::Forbid(many), Effect::Forbid(few) | Effect::Ignore(few))
        | (Effect::Ignore(many), Effect::Ignore(few))
        | (Effect::ExactlyOne(many) | Effect::AtMostOne(many), Effect::AtMostOne(few))
        | (Effect::AllOrNone(many), Effect::AllOrNone(few))
        | (Effect::ExactlyOne(few) | Effect::AtLeastOne(few), Effect::AtLeastOne(many)) => within(few, many),
        (Effect::Require(all), Effect::AtLeastOne(some)) => some.iter().any(|parameter| all.contains(parameter)),
        (Effect::ExactlyOne(many), Effect::ExactlyOne(few)) => within(few, many) && within(many, few),
        (Effect::Constrain(many), Effect::Constrain(few)) => few
            .iter()
            .all(|(parameter, loose)| many.iter().any(|(other, tight)| other == parameter && tighter(tight, loose))),
        (Effect::Equal(a, b), Effect::Equal(c, d)) => (a, b) == (c, d) || (a, b) == (d, c),
        _ => false,
    }
}

/// Whether whatever keeps the first limit keeps the second one.
fn tighter(tight: &Limit, loose: &Limit) -> bool {
    let listed = loose.values.is_empty()
        || !tight.values.is_empty() && tight.values.iter().all(|value| loose.values.contains(value));
    let Limits {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        min_length,
        max_length,
        min_items,
        max_items,
        pattern,
        format,
    } = &loose.limits;
    let limits = &tight.limits;
    listed
        && at_least(limits.minimum, *minimum)
        && at_least(limits.exclusive_minimum, *exclusive_minimum)
        && at_least(limits.min_length, *min_length)
        && at_least(limits.min_items, *min_items)
        && at_most(limits.maximum, *maximum)
        && at_most(limits.exclusive_maximum, *exclusive_maximum)
        && at_most(limits.max_length, *max_length)
        && at_most(limits.max_items, *max_items)
        && (pattern.is_none() || limits.pattern == *pattern)
        && (format.is_none() || limits.format == *format)
}

fn at_least<T: PartialOrd>(tight: Option<T>, loose: Option<T>) -> bool {
    loose.is_none_or(|loose| tight.is_some_and(|tight| tight >= loose))
}

fn at_most<T: PartialOrd>(tight: Option<T>, loose: Option<T>) -> bool {
    loose.is_none_or(|loose| tight.is_some_and(|tight| tight <= loose))
}

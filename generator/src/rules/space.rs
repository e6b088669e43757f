//! Finite reasoning: all the requests that differ in the eyes of a few conditions.
//!
//! A condition can only tell a parameter's listed values apart, so one request stands for all that it cannot
//! distinguish. What a parameter documents is taken to be all there is: a rule that only an undocumented value could
//! meet says nothing to a caller.

use crate::model::{Action, Condition, Effect, Kind, Limit, Limits, Parameter, Rule, Severity};

/// The most requests that are tried for one question.
const LIMIT: usize = 20_000;

/// There are more than `LIMIT` requests to try.
pub struct TooMany;

/// What a request says about one parameter, as far as conditions can tell.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Absent,
    Given(String),
    /// A value that no condition in question mentions.
    Unmentioned,
}

/// A parameter and all that requests may say about it.
struct Axis {
    parameter: usize,
    default: Option<String>,
    states: Vec<State>,
}

/// All the requests over a few parameters.
pub struct Space<'a> {
    action: &'a Action,
    axes: Vec<Axis>,
    rules: Vec<&'a Rule>,
    size: usize,
}

/// One of them.
pub struct Request<'a> {
    action: &'a Action,
    picks: Vec<(&'a Axis, &'a State)>,
}

impl<'a> Space<'a> {
    /// The requests over some parameters and those that some conditions speak of.
    pub fn over(action: &'a Action, conditions: &[&Condition], more: &[usize]) -> Result<Space<'a>, TooMany> {
        let parameters = asked(conditions, more);
        let rules: Vec<&Rule> = action.rules.iter().filter(|rule| settled(rule, &parameters)).collect();
        let all: Vec<&Condition> = conditions.iter().copied().chain(rules.iter().map(|rule| &rule.when)).collect();
        let axes: Vec<Axis> = parameters
            .iter()
            .filter_map(|index| action.parameters.get(*index).map(|parameter| (*index, parameter)))
            .map(|(index, parameter)| Axis {
                parameter: index,
                default: parameter.default_wire(),
                states: states(index, parameter, &all, &rules),
            })
            .collect();
        Space::of(action, axes, rules)
    }

    /// The same requests in the eyes of two readings of one action, whose parameters have the same indices: each number
    /// stands for the same request in both spaces, and only what is assumed of an absent value may differ.
    pub fn pair(
        old: &'a Action,
        new: &'a Action,
        conditions: &[&Condition],
        more: &[usize],
    ) -> Result<(Space<'a>, Space<'a>), TooMany> {
        let parameters = asked(conditions, more);
        let readings = [old, new].map(|action| {
            let readable = parameters.iter().filter_map(|index| action.parameters.get(*index).map(|p| (*index, p)));
            readable.map(|(index, parameter)| states(index, parameter, conditions, &[])).collect::<Vec<_>>()
        });
        let [ours, theirs] = &readings;
        let both: Vec<Vec<State>> = ours
            .iter()
            .zip(theirs)
            .map(|(ours, theirs)| {
                let fresh = theirs.iter().filter(|state| !ours.contains(state));
                ours.iter().chain(fresh).cloned().collect()
            })
            .collect();
        let space = |action: &'a Action| {
            let axes = parameters.iter().zip(&both).filter_map(|(index, states)| {
                let default = action.parameters.get(*index)?.default_wire();
                Some(Axis { parameter: *index, default, states: states.clone() })
            });
            Space::of(action, axes.collect(), Vec::new())
        };
        Ok((space(old)?, space(new)?))
    }

    fn of(action: &'a Action, axes: Vec<Axis>, rules: Vec<&'a Rule>) -> Result<Space<'a>, TooMany> {
        let size = axes.iter().try_fold(1_usize, |size, axis| size.checked_mul(axis.states.len()));
        let size = size.filter(|size| *size <= LIMIT).ok_or(TooMany)?;
        Ok(Space { action, axes, rules, size })
    }

    /// Every request, whether or not rules refuse it.
    pub fn requests(&self) -> impl Iterator<Item = Request<'_>> {
        (0..self.size).map(|number| {
            let mut rest = number;
            let mut picks = Vec::with_capacity(self.axes.len());
            for axis in &self.axes {
                if let Some(state) = axis.states.get(rest % axis.states.len()) {
                    picks.push((axis, state));
                }
                rest /= axis.states.len();
            }
            Request { action: self.action, picks }
        })
    }

    /// Every request that no rule refuses, but for the rules that are in question.
    pub fn lawful(&self, except: &[&str]) -> impl Iterator<Item = Request<'_>> {
        let rules: Vec<&Rule> = self.rules.iter().copied().filter(|rule| !except.contains(&rule.id.as_str())).collect();
        self.requests().filter(move |request| !rules.iter().any(|rule| request.breaks(rule)))
    }
}

impl Request<'_> {
    /// Whether the request gives a parameter.
    pub fn gives(&self, parameter: usize) -> bool {
        self.state(parameter).is_some_and(|(_, state)| *state != State::Absent)
    }

    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition) -> bool {
        let number = |parameter| self.value(parameter).and_then(|value| value.parse::<f64>().ok());
        match condition {
            Condition::Always => true,
            Condition::Is(parameter, values) => {
                self.value(*parameter).is_some_and(|value| values.iter().any(|known| known == value))
            }
            Condition::Present(parameters) => parameters.iter().all(|parameter| self.gives(*parameter)),
            Condition::Above(parameter, bound) => number(*parameter).is_some_and(|value| value > *bound),
            Condition::Below(parameter, bound) => number(*parameter).is_some_and(|value| value < *bound),
            Condition::Not(inner) => !self.holds(inner),
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
        }
    }

    /// The request in words, as far as conditions see it.
    pub fn in_words(&self) -> String {
        let words = self.picks.iter().map(|(axis, state)| {
            let name = self.action.parameters.get(axis.parameter).map_or("", |parameter| parameter.name.as_str());
            match state {
                State::Absent => format!("`{name}` is absent"),
                State::Given(value) => format!("`{name}` is `{value}`"),
                State::Unmentioned => format!("`{name}` is given"),
            }
        });
        words.collect::<Vec<_>>().join(" and ")
    }

    /// Whether the request certainly breaks a rule, whatever it says about parameters outside of the space.
    fn breaks(&self, rule: &Rule) -> bool {
        let given = |parameters: &[usize]| parameters.iter().filter(|parameter| self.gives(**parameter)).count();
        let absent = |parameter: &usize| self.state(*parameter).is_some_and(|(_, state)| *state == State::Absent);
        self.holds(&rule.when)
            && match &rule.effect {
                Effect::Require(parameters) => parameters.iter().any(absent),
                Effect::Forbid(parameters) => given(parameters) > 0,
                Effect::Ignore(_) => false,
                Effect::Constrain(limits) => limits.iter().any(|(parameter, limit)| self.exceeds(*parameter, limit)),
                Effect::ExactlyOne(parameters) => given(parameters) > 1 || parameters.iter().all(absent),
                Effect::AtLeastOne(parameters) => parameters.iter().all(absent),
                Effect::AtMostOne(parameters) => given(parameters) > 1,
                Effect::AllOrNone(parameters) => given(parameters) > 0 && parameters.iter().any(absent),
                Effect::Equal(first, second) => {
                    let values = (self.state(*first), self.state(*second));
                    matches!(values, (Some((_, State::Given(a))), Some((_, State::Given(b)))) if a != b)
                }
            }
    }

    fn exceeds(&self, parameter: usize, limit: &Limit) -> bool {
        match self.state(parameter) {
            Some((_, State::Given(value))) => {
                let listed = limit.values.is_empty() || limit.values.contains(value);
                !listed || value.parse::<f64>().is_ok_and(|number| !within(&limit.limits, number))
            }
            Some((_, State::Unmentioned)) => !limit.values.is_empty(),
            Some((_, State::Absent)) | None => false,
        }
    }

    fn state(&self, parameter: usize) -> Option<(&Axis, &State)> {
        self.picks.iter().copied().find(|(axis, _)| axis.parameter == parameter)
    }

    /// What conditions compare: the value given, or the default.
    fn value(&self, parameter: usize) -> Option<&str> {
        match self.state(parameter)? {
            (axis, State::Absent) => axis.default.as_deref(),
            (_, State::Given(value)) => Some(value),
            (_, State::Unmentioned) => None,
        }
    }
}

/// Some parameters and those that some conditions speak of.
fn asked(conditions: &[&Condition], more: &[usize]) -> Vec<usize> {
    let mut parameters = more.to_vec();
    conditions.iter().for_each(|condition| mentioned(condition, &mut parameters));
    parameters.sort_unstable();
    parameters.dedup();
    parameters
}

/// Whether some parameters are enough to tell when a rule applies and to tell some of the requests that break it.
fn settled(rule: &Rule, parameters: &[usize]) -> bool {
    let mut needed = Vec::new();
    mentioned(&rule.when, &mut needed);
    let bound = bound(&rule.effect);
    rule.severity == Severity::Error
        && needed.iter().all(|parameter| parameters.contains(parameter))
        && bound.iter().any(|parameter| parameters.contains(parameter))
}

/// The parameters that an effect binds.
pub fn bound(effect: &Effect) -> Vec<usize> {
    match effect {
        Effect::Require(parameters)
        | Effect::Forbid(parameters)
        | Effect::Ignore(parameters)
        | Effect::ExactlyOne(parameters)
        | Effect::AtLeastOne(parameters)
        | Effect::AtMostOne(parameters)
        | Effect::AllOrNone(parameters) => parameters.clone(),
        Effect::Constrain(limits) => limits.iter().map(|(parameter, _)| *parameter).collect(),
        Effect::Equal(first, second) => vec![*first, *second],
    }
}

/// The parameters that a condition speaks of.
pub fn mentioned(condition: &Condition, out: &mut Vec<usize>) {
    match condition {
        Condition::Always => {}
        Condition::Is(parameter, _) | Condition::Above(parameter, _) | Condition::Below(parameter, _) => {
            out.push(*parameter);
        }
        Condition::Present(parameters) => out.extend(parameters),
        Condition::Not(inner) => mentioned(inner, out),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| mentioned(part, out)),
    }
}

/// Calls back for each list of values that a condition compares a parameter with.
pub fn each_comparison<'c>(condition: &'c Condition, visit: &mut impl FnMut(usize, &'c [String])) {
    match condition {
        Condition::Is(parameter, values) => visit(*parameter, values),
        Condition::Not(inner) => each_comparison(inner, visit),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| each_comparison(part, visit)),
        Condition::Always | Condition::Present(_) | Condition::Above(..) | Condition::Below(..) => {}
    }
}

pub(super) fn each_bound(condition: &Condition, visit: &mut impl FnMut(usize, f64)) {
    match condition {
        Condition::Above(parameter, bound) | Condition::Below(parameter, bound) => visit(*parameter, *bound),
        Condition::Not(inner) => each_bound(inner, visit),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| each_bound(part, visit)),
        Condition::Always | Condition::Is(..) | Condition::Present(_) => {}
    }
}

/// All that requests may say about a parameter, in the eyes of some conditions and rules.
fn states(index: usize, parameter: &Parameter, conditions: &[&Condition], rules: &[&Rule]) -> Vec<State> {
    let shape = &parameter.shape;
    let mut values: Vec<String> = Vec::new();
    let mut bounds: Vec<f64> = Vec::new();
    for condition in conditions {
        each_comparison(condition, &mut |compared, with| {
            if compared == index {
                values.extend_from_slice(with);
            }
        });
        each_bound(condition, &mut |compared, bound| {
            if compared == index {
                bounds.push(bound);
            }
        });
    }
    for rule in rules {
        if let Effect::Constrain(limits) = &rule.effect {
            values.extend(limits.iter().filter(|(at, _)| *at == index).flat_map(|(_, limit)| limit.values.clone()));
        }
    }
    values.extend(parameter.default_wire());
    if shape.kind == Kind::Boolean {
        values = vec!["true".to_owned(), "false".to_owned()];
    }
    // Numbers at, between and beyond all bounds leave none that a bound tells apart.
    let sampled = matches!(shape.kind, Kind::Integer | Kind::Number) && !bounds.is_empty();
    values.extend(samples(bounds, &shape.kind));
    values.sort_unstable();
    values.dedup();
    values.retain(|value| {
        let listed =
            !shape.closed || shape.values.is_empty() || shape.values.iter().any(|choice| choice.wire == *value);
        listed && value.parse::<f64>().map_or(true, |number| within(&shape.limits, number))
    });
    let more = match shape.kind {
        Kind::Boolean => false,
        _ if sampled => false,
        _ => shape.values.is_empty() || shape.values.iter().any(|choice| !values.contains(&choice.wire)),
    };
    let absent = (!parameter.required).then_some(State::Absent);
    let other = more.then_some(State::Unmentioned);
    absent.into_iter().chain(values.into_iter().map(State::Given)).chain(other).collect()
}

/// A number at, between and beyond each of some bounds.
fn samples(mut bounds: Vec<f64>, kind: &Kind) -> Vec<String> {
    bounds.sort_unstable_by(f64::total_cmp);
    let between = bounds.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(f64::midpoint(*low, *high)),
        _ => None,
    });
    let beyond = [bounds.first().map(|low| low - 1.0), bounds.last().map(|high| high + 1.0)];
    let all = bounds.iter().copied().chain(between).chain(beyond.into_iter().flatten());
    match kind {
        Kind::Integer => all.flat_map(|number| [number.floor(), number.ceil()]).map(|n| n.to_string()).collect(),
        _ => all.map(|number| number.to_string()).collect(),
    }
}

/// Whether a number keeps its bounds.
pub fn within(limits: &Limits, number: f64) -> bool {
    limits.minimum.is_none_or(|bound| number >= bound)
        && limits.maximum.is_none_or(|bound| number <= bound)
        && limits.exclusive_minimum.is_none_or(|bound| number > bound)
        && limits.exclusive_maximum.is_none_or(|bound| number < bound)
}

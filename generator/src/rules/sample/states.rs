//! What a request may say about one parameter, as far as it makes a difference to rules.

use super::super::message::Writer;
use super::super::request::wire_text;
use super::super::shape::{Checker, Path};
use super::super::space::{each_bound, each_comparison};
use super::border;
use super::value::{literal, preferred};
use super::{Demand, Wish};
use crate::model::{Action, Api, Condition, Effect, Kind, Language, Limit, Severity, Shape};
use serde_json::{Value, json};

/// One of them. The first of a parameter's states is the one that a request starts with.
pub(super) struct State {
    /// `None`: absent.
    pub value: Option<Value>,
    /// The value does not fit, or the parameter must not be absent.
    pub wrong: bool,
    /// Or there is at least something to be said about it.
    pub advised: bool,
}

impl State {
    /// What is not done by a wrong state of a parameter.
    pub(super) fn demand(&self, index: usize) -> Demand {
        if self.value.is_some() { Demand::Fits(index) } else { Demand::Gives(index) }
    }
}

/// All states of a parameter.
pub(super) fn states(api: &Api, action: &Action, wish: &Wish, index: usize) -> Vec<State> {
    let Some(parameter) = action.parameters.get(index) else { return Vec::new() };
    let state = |value: Value| {
        let checker = Checker { api, writer: Writer { action, language: Language::En }, hidden: false };
        let violations = checker.check(&value, &parameter.shape, &Path::wire(parameter.name.as_str()));
        let wrong = violations.iter().any(|violation| violation.severity == Severity::Error);
        State { value: Some(value), wrong, advised: !violations.is_empty() }
    };
    if let Some((_, value)) = wish.given.iter().find(|(given, _)| *given == index) {
        return vec![state(value.clone())];
    }
    let absent = State { value: None, wrong: parameter.required, advised: parameter.required };
    let misfits = wish.waived.contains(&Demand::Fits(index));
    let mut values: Vec<State> = values(api, action, wish, index).into_iter().map(state).collect();
    let usable = |state: &State| misfits || !state.wrong;
    match values.iter().any(usable) {
        true => values.retain(usable),
        // The demand that cannot be met is one that can be named.
        false => values.truncate(1),
    }
    let may_lack = !parameter.required || wish.waived.contains(&Demand::Gives(index));
    match (parameter.required, may_lack) {
        (false, _) => values.insert(0, absent),
        (true, true) => values.push(absent),
        (true, false) => {}
    }
    values
}

/// The values that conditions and rules can tell apart, the likeliest first.
fn values(api: &Api, action: &Action, wish: &Wish, index: usize) -> Vec<Value> {
    let Some(parameter) = action.parameters.get(index) else { return Vec::new() };
    let shape = api.meant(&parameter.shape);
    let kind = &shape.kind;
    let mut values = vec![preferred(api, action, index)];
    if *kind == Kind::Boolean {
        values.extend([json!(true), json!(false)]);
    }
    let conditions = action.rules.iter().map(|rule| &rule.when).chain(&wish.holds);
    for condition in conditions {
        compared(condition, index, kind, &mut values);
    }
    for (number, rule) in action.rules.iter().enumerate() {
        match &rule.effect {
            Effect::Constrain(limits) => {
                for (_, limit) in limits.iter().filter(|(limited, _)| *limited == index) {
                    values.extend(of_limit(shape, limit, wish.broken == Some(number), &values));
                }
            }
            Effect::Equal(one, other) if [*one, *other].contains(&index) => {
                let (first, second) = (preferred(api, action, *one), preferred(api, action, *other));
                values.extend(another(&first));
                values.extend([first, second]);
            }
            _ => {}
        }
    }
    // One that no condition speaks of.
    let unmentioned = shape.values.iter().map(|choice| literal(kind, &choice.wire));
    values.extend(unmentioned.into_iter().find(|value| !values.contains(value)));
    let mut distinct: Vec<Value> = Vec::new();
    for value in values {
        if !distinct.iter().any(|known| wire_text(known) == wire_text(&value)) {
            distinct.push(value);
        }
    }
    distinct
}

fn compared(condition: &Condition, index: usize, kind: &Kind, values: &mut Vec<Value>) {
    each_comparison(condition, &mut |parameter, texts| {
        if parameter == index {
            values.extend(texts.iter().map(|text| literal(kind, text)));
        }
    });
    each_bound(condition, &mut |parameter, bound| {
        if parameter == index {
            values.extend([bound, bound - 1.0, bound + 1.0].map(|number| number_of(kind, number)));
        }
    });
}

fn number_of(kind: &Kind, number: f64) -> Value {
    match kind {
        Kind::Text => json!(number.to_string()),
        _ if number.fract() == 0.0 => json!(number as i64),
        _ => json!(number),
    }
}

/// Values that keep a limit, and if it is to be broken, such as break it.
fn of_limit(shape: &Shape, limit: &Limit, is_broken: bool, known: &[Value]) -> Vec<Value> {
    let mut values: Vec<Value> = limit.values.iter().map(|text| literal(&shape.kind, text)).collect();
    let base = known.first().cloned().unwrap_or_default();
    for border in border::of_limits(&shape.kind, &limit.limits, &base) {
        if is_broken || border.is_good {
            values.push(border.value);
        }
    }
    if is_broken && !limit.values.is_empty() {
        values.extend(shape.values.iter().map(|choice| literal(&shape.kind, &choice.wire)));
        values.extend(another(&base));
        let most = limit.values.iter().filter_map(|text| text.parse::<f64>().ok()).reduce(f64::max);
        values.extend(most.map(|most| number_of(&shape.kind, most + 1.0)));
    }
    values
}

/// A value that differs from another one.
fn another(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(json!(format!("{text}-2"))),
        Value::Number(number) => number.as_i64().and_then(|number| number.checked_add(1)).map(Value::from),
        _ => None,
    }
}

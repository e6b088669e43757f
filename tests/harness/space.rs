//! The few choices that an action's rules turn on: which parameters conditions look at, and which of their values make a
//! difference.

use bindery::model::{Action, Condition, Kind};
use bindery::rules::Request;
use serde_json::Value;

/// A conditioning parameter and the values that may make a difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The parameter's index.
    pub parameter: usize,
    /// The values, in the type of the parameter where they have it; `None`, which comes first: absent.
    pub values: Vec<Option<Value>>,
}

/// One axis for each parameter that a condition of the action looks at, in the parameters' order.
pub fn axes(action: &Action) -> Vec<Axis> {
    let mut axes: Vec<Axis> = Vec::new();
    for rule in &action.rules {
        collect(action, &rule.when, &mut axes);
    }
    for axis in &mut axes {
        complete(action, axis);
    }
    axes.sort_by_key(|axis| axis.parameter);
    axes
}

/// How many choices there are; as many as fit into the type if there are more.
pub fn size(axes: &[Axis]) -> usize {
    axes.iter().fold(1, |size: usize, axis| size.saturating_mul(axis.values.len()))
}

/// The first choices, at most `most`, as requests that give the conditioning parameters and nothing else. The last
/// axis turns fastest.
pub fn assignments<'a>(action: &'a Action, axes: &'a [Axis], most: usize) -> impl Iterator<Item = Request> + 'a {
    (0..size(axes).min(most)).map(move |number| {
        let mut request = Request { values: vec![None; action.parameters.len()], ..Request::default() };
        let mut rest = number;
        for axis in axes.iter().rev() {
            let chosen = axis.values.get(rest % axis.values.len().max(1)).cloned().flatten();
            rest /= axis.values.len().max(1);
            if let Some(slot) = request.values.get_mut(axis.parameter) {
                *slot = chosen;
            }
        }
        request
    })
}

/// Adds the parameters of a condition and the values that it names.
fn collect(action: &Action, condition: &Condition, axes: &mut Vec<Axis>) {
    match condition {
        Condition::Always => {}
        Condition::Is(index, values) => {
            for value in values {
                add(action, axes, *index, value);
            }
        }
        Condition::Present(indices) => {
            for index in indices {
                axis(axes, *index);
            }
        }
        Condition::Above(index, bound) | Condition::Below(index, bound) => {
            for value in [bound - 1.0, *bound, bound + 1.0] {
                add(action, axes, *index, &value.to_string());
            }
        }
        Condition::Not(inner) => collect(action, inner, axes),
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                collect(action, part, axes);
            }
        }
    }
}

/// Adds what the parameter itself documents, and one value that nobody speaks of.
fn complete(action: &Action, axis: &mut Axis) {
    let Some(parameter) = action.parameters.get(axis.parameter) else { return };
    let documented: Vec<String> = parameter.shape.values.iter().map(|choice| choice.wire.clone()).collect();
    let other = match &parameter.shape.kind {
        Kind::Boolean => vec!["true".to_owned(), "false".to_owned()],
        _ if parameter.shape.closed => Vec::new(),
        Kind::Integer | Kind::Number => vec!["7".to_owned()],
        _ => vec!["another".to_owned()],
    };
    for wire in documented.iter().chain(&other) {
        let value = Some(typed(&parameter.shape.kind, wire));
        if !axis.values.contains(&value) {
            axis.values.push(value);
        }
    }
}

fn add(action: &Action, axes: &mut Vec<Axis>, index: usize, wire: &str) {
    let Some(parameter) = action.parameters.get(index) else { return };
    let value = Some(typed(&parameter.shape.kind, wire));
    if let Some(axis) = axis(axes, index)
        && !axis.values.contains(&value)
    {
        axis.values.push(value);
    }
}

fn axis(axes: &mut Vec<Axis>, parameter: usize) -> Option<&mut Axis> {
    if !axes.iter().any(|axis| axis.parameter == parameter) {
        axes.push(Axis { parameter, values: vec![None] });
    }
    axes.iter_mut().find(|axis| axis.parameter == parameter)
}

/// A value that travels as this text, of the parameter's type if there is one.
fn typed(kind: &Kind, wire: &str) -> Value {
    let text = || Value::from(wire);
    match kind {
        Kind::Boolean | Kind::Integer | Kind::Number => {
            serde_json::from_str(wire).ok().filter(|value: &Value| !value.is_null()).unwrap_or_else(text)
        }
        _ => text(),
    }
}

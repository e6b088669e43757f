//! Random requests for one action, half of them near the rules' borders.

use crate::value::{Values, literal, swapped};
use bindery::model::{Action, Api, Choice, Condition, Doc, Effect, Language, Severity, Shape};
use bindery::rules;
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Makes requests: the same ones from the same seed.
pub struct Maker<'a> {
    api: &'a Api,
    action: &'a Action,
    values: Values<'a>,
    /// By parameter, its own shape and the ones that rules make of it.
    shapes: Vec<Vec<Shape>>,
    /// By parameter, the values that conditions speak of and their neighbours.
    hints: Vec<Vec<Value>>,
    /// Requests that break no rule, as far as they could be found.
    sound: Vec<Map<String, Value>>,
    /// How many times likelier each mistake is: where few can be made, each is.
    wild: u32,
}

/// So many sound requests are looked for at the start.
const SOUND: usize = 400;

impl<'a> Maker<'a> {
    /// For an action's requests.
    pub fn new(api: &'a Api, action: &'a Action, seed: u64) -> Maker<'a> {
        let mut hints = vec![Vec::new(); action.parameters.len()];
        let mut shapes: Vec<_> = action.parameters.iter().map(|parameter| vec![parameter.shape.clone()]).collect();
        for rule in &action.rules {
            hints_of(&rule.when, action, &mut hints);
            let Effect::Constrain(limits) = &rule.effect else { continue };
            for (index, limit) in limits {
                let Some(shapes) = shapes.get_mut(*index) else { continue };
                let choice = |wire: &String| Choice { wire: wire.clone(), doc: Doc::default(), deprecated: false };
                let values = limit.values.iter().map(choice).collect();
                let constrained =
                    shapes.first().map(|own| Shape { limits: limit.limits.clone(), values, ..own.clone() });
                shapes.extend(constrained);
            }
        }
        let wild = 1 + 6 / u32::try_from(action.parameters.len()).unwrap_or(u32::MAX).max(1);
        let values = Values { api, rng: Rng::with_seed(seed), chaos: 0 };
        let mut maker = Maker { api, action, values, shapes, hints, sound: Vec::new(), wild };
        maker.sound = (0..SOUND).map(|_| maker.sound()).collect();
        maker
    }

    /// The next request.
    pub fn request(&mut self) -> Value {
        let mut request = if self.values.rng.bool() { self.near_a_border() } else { self.anywhere() };
        self.disguise(&mut request);
        Value::Object(request)
    }

    fn near_a_border(&mut self) -> Map<String, Value> {
        let index = self.values.rng.usize(..SOUND);
        let mut request = self.sound.get(index).cloned().unwrap_or_default();
        self.values.chaos = if self.values.rng.bool() { 0 } else { 100 * self.wild };
        for _ in 0..self.values.rng.usize(..=2) {
            self.alter(&mut request);
        }
        request
    }

    fn anywhere(&mut self) -> Map<String, Value> {
        self.values.chaos = self.values.pick(&[0, 5, 20, 100]).map_or(0, |chaos| chaos * self.wild);
        let density = self.values.pick(&[50, 200, 500, 900]).copied().unwrap_or(0);
        let mut request = Map::new();
        for (index, parameter) in self.action.parameters.iter().enumerate() {
            let likely = if parameter.required { 950 } else { density };
            if self.values.chance(likely) {
                request.insert(parameter.name.to_string(), self.value(index));
            }
        }
        request
    }

    /// Adds, removes or changes one parameter.
    fn alter(&mut self, request: &mut Map<String, Value>) {
        if self.action.parameters.is_empty() {
            return;
        }
        let index = self.values.rng.usize(..self.action.parameters.len());
        let Some(parameter) = self.action.parameters.get(index) else { return };
        let name = parameter.name.as_str();
        match request.get(name) {
            Some(Value::String(text)) if self.values.rng.u32(..6) == 0 => {
                let text = swapped(text);
                request.insert(name.to_owned(), json!(text));
            }
            Some(_) if self.values.rng.bool() => {
                request.shift_remove(name);
            }
            _ => {
                let value = self.value(index);
                request.insert(name.to_owned(), value);
            }
        }
    }

    fn value(&mut self, index: usize) -> Value {
        let hints = self.hints.get(index).map_or(&[][..], Vec::as_slice);
        let shapes = self.shapes.get(index).map_or(&[][..], Vec::as_slice);
        match self.values.pick(shapes) {
            Some(shape) => self.values.value(shape, hints, 0),
            None => Value::Null,
        }
    }

    /// A request without an error: what the reference complains about is put right until it is silent.
    fn sound(&mut self) -> Map<String, Value> {
        let mut request = self.anywhere();
        self.values.chaos = 0;
        for _ in 0..40 {
            let whole = Value::Object(request.clone());
            let violations = rules::check(self.api, self.action, &whole, Language::En);
            let Some(violation) = violations.into_iter().find(|violation| violation.severity == Severity::Error) else {
                break;
            };
            let end = violation.path.find('#').unwrap_or(violation.path.len());
            let path = violation.path.get(..end).unwrap_or_default();
            let owner = self.action.parameters.iter().rposition(|parameter| {
                let rest = path.strip_prefix(parameter.name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            });
            let Some(index) = owner else {
                request.shift_remove(path);
                continue;
            };
            let Some(parameter) = self.action.parameters.get(index) else { break };
            let name = parameter.name.as_str();
            let needless = matches!(violation.code, "forbidden-when" | "at-most-one")
                || violation.code == "exactly-one" && request.contains_key(name);
            if needless || request.contains_key(name) && !parameter.required && self.values.rng.u32(..3) == 0 {
                request.shift_remove(name);
            } else {
                let value = self.value(index);
                request.insert(name.to_owned(), value);
            }
        }
        request
    }

    /// The same request in other clothes (nested groups, nulls, another order), and sometimes with a name that nobody
    /// knows.
    fn disguise(&mut self, request: &mut Map<String, Value>) {
        if self.values.rng.u32(..10) == 0 {
            *request = std::mem::take(request).into_iter().rev().collect();
        }
        if self.values.rng.u32(..3) == 0 {
            let flat = std::mem::take(request);
            for (name, value) in flat {
                match name.split_once('.') {
                    Some((group, member)) if self.values.rng.u32(..4) > 0 => {
                        let group = request.entry(group).or_insert_with(|| json!({}));
                        if let Value::Object(group) = group {
                            group.insert(member.to_owned(), value);
                        }
                    }
                    _ => {
                        request.insert(name, value);
                    }
                }
            }
        }
        if self.values.rng.u32(..40) == 0 {
            let index = self.values.rng.usize(..self.action.parameters.len().max(1));
            let Some(parameter) = self.action.parameters.get(index) else { return };
            let name = parameter.name.as_str();
            let group = name.split('.').next().unwrap_or(name);
            let value = self.values.wrong();
            let (name, value) = match self.values.rng.u32(..6) {
                0 => ("Unheard".to_owned(), value),
                1 => (swapped(name), value),
                2 => (format!("{name}.Unheard"), value),
                3 => (group.to_owned(), value),
                4 => (group.to_owned(), json!({"Unheard": value})),
                _ => (name.to_owned(), Value::Null),
            };
            request.entry(name).or_insert(value);
        }
    }
}

fn hints_of(condition: &Condition, action: &Action, hints: &mut [Vec<Value>]) {
    let mut add = |index: usize, values: Vec<Value>| {
        if let Some(hints) = hints.get_mut(index) {
            hints.extend(values);
        }
    };
    match condition {
        Condition::Always | Condition::Present(_) => {}
        Condition::Is(index, texts) => {
            if let Some(parameter) = action.parameters.get(*index) {
                add(*index, texts.iter().map(|text| literal(&parameter.shape.kind, text)).collect());
            }
        }
        Condition::Above(index, bound) | Condition::Below(index, bound) => add(*index, neighbours(*bound)),
        Condition::Not(inner) => hints_of(inner, action, hints),
        Condition::All(several) | Condition::Any(several) => {
            for condition in several {
                hints_of(condition, action, hints);
            }
        }
    }
}

fn neighbours(bound: f64) -> Vec<Value> {
    [bound - 1.0, bound, bound + 1.0]
        .map(|near| if near.fract() == 0.0 { json!(near as i64) } else { json!(near) })
        .to_vec()
}

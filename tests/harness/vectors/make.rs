//! The vectors of an action: requests, each with what the reference says of it.

use super::wire::wire;
use bindery::model::{Action, Api, Condition, Effect, Language, Rule};
use bindery::rules::sample::{Demand, Wish, borders, nearest, sample};
use bindery::rules::{self, Violation, space};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A request and why it is one.
pub struct Vector {
    /// `smallest`, `form`, `kept`, `broken`, `missing` or `border`.
    pub kind: &'static str,
    /// What it shows: a rule's id, a parameter and what of it.
    pub about: String,
    /// The request.
    pub request: Value,
    /// What else is wrong with it, because that cannot be helped.
    pub beside: BTreeSet<Demand>,
}

/// All of an action.
pub fn vectors(api: &Api, action: &Action) -> Vec<Vector> {
    let mut all = Vec::new();
    let (smallest, beside) = nearest(api, action, Wish::default()).unwrap_or_default();
    all.push(Vector { kind: "smallest", about: String::new(), request: json!(smallest), beside });
    all.extend(forms(action, &smallest));
    for (index, rule) in action.rules.iter().enumerate() {
        let kept = Wish { holds: shown(rule), ..Wish::default() };
        all.extend(of(api, action, "kept", rule.id.clone(), kept));
        let broken = Wish { broken: Some(index), ..Wish::default() };
        all.extend(of(api, action, "broken", rule.id.clone(), broken));
    }
    for (index, parameter) in action.parameters.iter().enumerate() {
        let name = parameter.name.as_str();
        if parameter.required {
            let mut request = smallest.clone();
            request.shift_remove(name);
            let (request, beside) = (json!(request), BTreeSet::from([Demand::Gives(index)]));
            all.push(Vector { kind: "missing", about: name.to_owned(), request, beside });
        }
        for border in borders(api, action, index) {
            let side = if border.is_good { "good" } else { "bad" };
            let about = format!("{name}{} {} {side}", border.at, border.keyword);
            let waived = BTreeSet::from([Demand::Fits(index)]);
            let wish = Wish { given: vec![(index, border.value)], waived, ..Wish::default() };
            all.extend(of(api, action, "border", about, wish));
        }
    }
    all
}

fn of(api: &Api, action: &Action, kind: &'static str, about: String, wish: Wish) -> Option<Vector> {
    let (request, beside) = nearest(api, action, wish)?;
    Some(Vector { kind, about, request: json!(request), beside })
}

/// Where a rule shows that it is kept: its condition holds, and what it limits is there.
fn shown(rule: &Rule) -> Vec<Condition> {
    let limits = matches!(rule.effect, Effect::Constrain(_) | Effect::Equal(..));
    let present = limits.then(|| Condition::Present(space::bound(&rule.effect)));
    [rule.when.clone()].into_iter().chain(present).collect()
}

/// The smallest request in other clothes, and requests that are none.
fn forms(action: &Action, smallest: &Map<String, Value>) -> Vec<Vector> {
    let form =
        |about: &str, request| Vector { kind: "form", about: about.to_owned(), request, beside: BTreeSet::new() };
    let mut nested = Map::new();
    for (name, value) in smallest {
        match name.split_once('.') {
            Some((group, member)) => {
                let group = nested.entry(group).or_insert_with(|| json!({}));
                group
                    .as_object_mut()
                    .into_iter()
                    .for_each(|group| drop(group.insert(member.to_owned(), value.clone())));
            }
            None => drop(nested.insert(name.clone(), value.clone())),
        }
    }
    let mut forms = vec![form("no object", json!([])), form("nothing", json!({}))];
    if nested != *smallest {
        forms.push(form("groups", json!(nested)));
    }
    let reversed: Map<String, Value> = smallest.clone().into_iter().rev().collect();
    forms.push(form("the other way round", json!(reversed)));
    let mut with = smallest.clone();
    with.insert("Unheard.Of".to_owned(), json!({"A": [1, null]}));
    forms.push(form("a name that nobody knows", json!(with)));
    if let Some(absent) = action.parameters.iter().find(|parameter| !smallest.contains_key(parameter.name.as_str())) {
        let mut with = smallest.clone();
        with.insert(absent.name.to_string(), Value::Null);
        forms.push(form("null is absent", json!(with)));
    }
    forms
}

/// A vector as it is written: one line of JSON.
pub fn line(api: &Api, action: &Action, vector: &Vector) -> String {
    let violations = rules::check(api, action, &vector.request, Language::En);
    let mut line = Map::new();
    line.insert("action".to_owned(), json!(action.name.as_str()));
    line.insert("kind".to_owned(), json!(vector.kind));
    line.insert("about".to_owned(), json!(vector.about));
    if !vector.beside.is_empty() {
        let beside: Vec<String> = vector.beside.iter().map(|demand| name(action, *demand)).collect();
        line.insert("beside".to_owned(), json!(beside));
    }
    line.insert("request".to_owned(), vector.request.clone());
    line.insert("violations".to_owned(), violations.iter().map(wordless).collect());
    let wire = if vector.request.is_object() { wire(api, action, &vector.request) } else { Value::Null };
    line.insert("wire".to_owned(), wire);
    Value::Object(line).to_string()
}

/// What is broken beside: a rule's id or a parameter's name.
fn name(action: &Action, demand: Demand) -> String {
    match demand {
        Demand::Keeps(index) => action.rules[index].id.clone(),
        Demand::Gives(index) | Demand::Fits(index) => action.parameters[index].name.to_string(),
    }
}

/// A violation without its message, which has vectors of its own.
pub fn wordless(violation: &Violation) -> Value {
    let mut json = violation.to_json();
    json.as_object_mut().unwrap().shift_remove("message");
    json
}

/// The smallest requests for every value that a rule's condition names.
pub fn smallest_is_correct(api: &Api, action: &Action) -> bool {
    sample(api, action, &Wish::default()).is_ok()
}

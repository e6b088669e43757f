//! How an answer is read, written down a second time: leniently, and nothing is lost. Vectors of the answers that the
//! specs show, as they are and as services may write them.

use bindery::model::{Action, Api, Format, Kind, Others, Shape};
use serde_json::{Map, Value, json};

/// The vectors of an action's answers, a line of JSON each: what is to be read (`decode`), with what it is compared
/// (`as`), in how many objects something is left over that no field takes (`left`), and whether both read the same.
pub fn lines(api: &Api, action: &Action) -> Vec<String> {
    let (Some(shape), Some(sample)) = (&action.response, &action.samples.json) else { return Vec::new() };
    let variants = [
        ("as the sample has it", sample.clone()),
        ("scalars as texts, lists of one as their element", as_texts(sample)),
        ("members that nobody knows", strange(sample)),
        ("null for every scalar", nulls(sample)),
        ("objects for scalars", misfits(sample)),
        ("a text", json!(" ")),
        ("a list", json!([])),
    ];
    let read = |value: &Value| read(api, shape, value);
    let line = |(about, variant): (&str, Value)| {
        let (one, other) = (read(&variant), read(sample));
        let left = one.as_ref().map(left_over);
        json!({"action": action.name.as_str(), "kind": "answer", "about": about, "decode": variant, "as": sample,
            "left": left, "same": one.is_some() && one == other})
        .to_string()
    };
    variants.into_iter().map(line).collect()
}

fn each(value: &Value, scalar: &impl Fn(&Value) -> Value, object: &impl Fn(&mut Map<String, Value>)) -> Value {
    match value {
        Value::Object(members) => {
            let inner = members.iter().map(|(name, value)| (name.clone(), each(value, scalar, object)));
            let mut members: Map<String, Value> = inner.collect();
            object(&mut members);
            Value::Object(members)
        }
        Value::Array(items) => items.iter().map(|item| each(item, scalar, object)).collect(),
        other => scalar(other),
    }
}

fn as_texts(value: &Value) -> Value {
    let text = |value: &Value| match value {
        Value::Bool(_) | Value::Number(_) => json!(value.to_string()),
        other => other.clone(),
    };
    let alone = |members: &mut Map<String, Value>| {
        for value in members.values_mut() {
            if let Value::Array(items) = value
                && items.len() == 1
            {
                *value = items.remove(0);
            }
        }
    };
    each(value, &text, &alone)
}

fn strange(value: &Value) -> Value {
    each(value, &Value::clone, &|members| drop(members.insert("Strange~/".to_owned(), json!([1, {"a": null}]))))
}

fn nulls(value: &Value) -> Value {
    each(value, &|_| Value::Null, &|_| {})
}

fn misfits(value: &Value) -> Value {
    each(value, &|_| json!({"no": ["scalar"]}), &|_| {})
}

/// A value as it is understood: a struct is `{"fields": …, "others": …}`. `None`: it makes no sense.
fn read(api: &Api, shape: &Shape, value: &Value) -> Option<Value> {
    let (outer, shape) = (shape, api.meant(shape));
    if value.is_null() {
        return None;
    }
    let blank = value.as_str().is_some_and(|text| text.trim().is_empty());
    match &shape.kind {
        Kind::Text | Kind::Json(_) if outer.sensitive || shape.sensitive => {
            Some(value.as_str().map_or_else(|| json!(value.to_string()), Value::from))
        }
        Kind::Text => text(value).map(|text| json!(nearest(shape, &text))),
        Kind::Boolean => boolean(value).map(Value::from),
        Kind::Integer => {
            let whole = number(value).filter(|number| number.fract() == 0.0)?;
            let exact = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok()).unwrap_or(whole as i64);
            let narrow = shape.limits.format == Some(Format::Int32);
            (!narrow || i32::try_from(exact).is_ok()).then(|| json!(exact))
        }
        Kind::Number => number(value).map(Value::from),
        Kind::List(_) if blank => Some(json!([])),
        Kind::List(item) => match value {
            Value::Array(items) => {
                items.iter().filter(|item| !item.is_null()).map(|value| read(api, item, value)).collect()
            }
            one => read(api, item, one).map(|one| json!([one])),
        },
        Kind::Json(inner) => match value {
            Value::String(held) => {
                let typed = serde_json::from_str(held).ok().and_then(|held: Value| read(api, inner, &held));
                Some(typed.unwrap_or_else(|| value.clone()))
            }
            other => read(api, inner, other),
        },
        Kind::Object(members, others) if members.is_empty() => match others {
            Others::Of(inner) => {
                let given = value.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
                let read = given.map(|(name, value)| Some((name.clone(), read(api, inner, value)?)));
                (blank || value.is_object()).then(|| read.collect::<Option<Map<_, _>>>().map(Value::Object))?
            }
            Others::Welcome | Others::Refused => Some(value.clone()),
        },
        Kind::Object(members, _) => {
            let given = value.as_object().cloned().or_else(|| blank.then(Map::new))?;
            let (mut fields, mut others) = (Map::new(), Map::new());
            for (name, value) in given {
                let member = members.iter().find(|member| member.name.as_str() == name);
                match member.map(|member| read(api, &member.shape, &value)) {
                    Some(_) if value.is_null() => {}
                    Some(Some(value)) if value == json!([]) => {}
                    Some(Some(value)) => drop(fields.insert(name, value)),
                    Some(None) | None => drop(others.insert(name, value)),
                }
            }
            Some(json!({"fields": fields, "others": others}))
        }
        Kind::Named(_) | Kind::Any => Some(value.clone()),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

fn boolean(value: &Value) -> Option<bool> {
    let text = text(value)?.trim().to_ascii_lowercase();
    match text.as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

/// The documented value that a text means: the same, or the only one that differs in case.
fn nearest<'a>(shape: &'a Shape, text: &'a str) -> &'a str {
    let known = || shape.values.iter().map(|choice| choice.wire.as_str());
    let mut alike = known().filter(|value| value.eq_ignore_ascii_case(text));
    match (known().any(|value| value == text), alike.next(), alike.next()) {
        (false, Some(one), None) => one,
        _ => text,
    }
}

/// In how many structs something is left over.
fn left_over(value: &Value) -> usize {
    match value {
        Value::Object(members) => match (members.get("fields"), members.get("others")) {
            (Some(Value::Object(fields)), Some(Value::Object(others))) if members.len() == 2 => {
                usize::from(!others.is_empty()) + fields.values().map(left_over).sum::<usize>()
            }
            _ => members.values().map(left_over).sum(),
        },
        Value::Array(items) => items.iter().map(left_over).sum(),
        _ => 0,
    }
}

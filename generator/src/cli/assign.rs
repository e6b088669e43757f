//! `key=value`: puts what is typed into a request, as the type that the spec gives the parameter. What does not fit stays
//! the text that it is, so that the validation says what would.

use crate::diag::Diagnostic;
use crate::model::{Action, Api, Kind, Others, Parameter, Shape, Style};
use serde_json::{Map, Value};
use std::fs;
use std::io::Read;

/// The largest index of a list's element that one can type. Nobody types more, and a slip must not fill the memory.
const LAST_INDEX: usize = 1000;

/// Puts all of them into the request. What they say of a parameter takes the place of what the request said.
/// `stdin_is_used`: the request has come from there.
pub(super) fn all(
    api: &Api,
    action: &Action,
    request: &mut Value,
    assignments: &[(&str, &str)],
    mut stdin_is_used: bool,
) -> Result<(), Diagnostic> {
    let Value::Object(members) = request else { return Ok(()) };
    let mut replaced: Vec<&str> = Vec::new();
    for (key, text) in assignments {
        let found = parameter(action, key);
        let text = read(key, text, &mut stdin_is_used)?;
        let Some((parameter, rest)) = found else {
            // The validation knows which name is near.
            members.insert((*key).to_owned(), Value::String(text));
            continue;
        };
        let name = parameter.name.as_str();
        if !replaced.contains(&name) {
            remove(members, name);
            replaced.push(name);
        }
        let slot = members.entry(name).or_insert(Value::Null);
        put(api, parameter, slot, rest, text).map_err(|problem| {
            let help =
                "a list's elements are KEY.1, KEY.2, …; an object's members KEY.MEMBER; or give the whole as JSON";
            Diagnostic::placeless("usage", format!("`{key}` {problem}")).help(help)
        })?;
    }
    Ok(())
}

/// The parameter that a key means, and what is left of the key: a parameter's name may hold dots itself.
fn parameter<'a, 'k>(action: &'a Action, key: &'k str) -> Option<(&'a Parameter, &'k str)> {
    let known = action.parameters.iter().filter_map(|parameter| {
        let rest = key.strip_prefix(parameter.name.as_str())?;
        Some((parameter, if rest.is_empty() { rest } else { rest.strip_prefix('.')? }))
    });
    known.max_by_key(|(parameter, _)| parameter.name.as_str().len())
}

/// The text that is meant. An error never shows what stands after the `@`: a slip of the hand may have put a secret there.
fn read(key: &str, text: &str, stdin_is_used: &mut bool) -> Result<String, Diagnostic> {
    let Some(path) = text.strip_prefix('@') else { return Ok(text.to_owned()) };
    if path.starts_with('@') {
        return Ok(path.to_owned());
    }
    let read = match path {
        "-" if *stdin_is_used => {
            return Err(Diagnostic::placeless("usage", "stdin can be read once only").help("put the rest into files"));
        }
        "-" => {
            *stdin_is_used = true;
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
        path => fs::read_to_string(path),
    };
    let mut read = read.map_err(|error| {
        let message = format!("the file that holds the value of `{key}` cannot be read: {error}");
        Diagnostic::placeless("unreadable", message).help("a text that itself begins with @ is given as @@…")
    })?;
    let line = read.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line).len());
    read.truncate(line.unwrap_or(read.len()));
    Ok(read)
}

/// Takes a parameter out, whether its name is a key or leads through groups.
fn remove(members: &mut Map<String, Value>, name: &str) {
    members.shift_remove(name);
    for (at, _) in name.match_indices('.') {
        let (group, rest) = (name.get(..at).unwrap_or_default(), name.get(at + 1..).unwrap_or_default());
        if let Some(Value::Object(inner)) = members.get_mut(group) {
            remove(inner, rest);
        }
    }
}

/// What a request says of a parameter, whether its name is a key or leads through groups.
pub(super) fn lookup<'a>(request: &'a Value, name: &str) -> Option<&'a Value> {
    let members = request.as_object()?;
    let in_group = |(at, _)| lookup(members.get(name.get(..at)?)?, name.get(at + 1..)?);
    members.get(name).or_else(|| name.match_indices('.').find_map(in_group))
}

fn put(api: &Api, parameter: &Parameter, slot: &mut Value, rest: &str, text: String) -> Result<(), String> {
    let shape = api.meant(&parameter.shape);
    match &shape.kind {
        Kind::List(item) if rest.is_empty() && parameter.style == Style::Simple && !text.starts_with('[') => {
            given_once(slot, text.split(',').map(|text| typed(api, item, text.to_owned())).collect())
        }
        _ => place(api, shape, slot, rest, text),
    }
}

/// Goes on to where the rest of a key leads, and makes what is not there yet.
fn place(api: &Api, shape: &Shape, slot: &mut Value, rest: &str, text: String) -> Result<(), String> {
    let shape = api.meant(shape);
    if rest.is_empty() {
        return given_once(slot, typed(api, shape, text));
    }
    match &shape.kind {
        Kind::Json(inner) => place(api, inner, slot, rest, text),
        Kind::List(item) => {
            let (index, rest) = rest.split_once('.').unwrap_or((rest, ""));
            let index = index.parse().ok().filter(|index| (1..=LAST_INDEX).contains(index));
            let index: usize = index.ok_or(format!("goes into a list: a number from 1 to {LAST_INDEX} comes next"))?;
            let items = slot_as(slot, Value::Array(Vec::new()), Value::as_array_mut)?;
            if items.len() < index {
                items.resize(index, Value::Null);
            }
            items.get_mut(index - 1).map_or(Ok(()), |slot| place(api, item, slot, rest, text))
        }
        Kind::Object(known, others) => {
            let known = known.iter().filter_map(|member| {
                let rest = rest.strip_prefix(member.name.as_str())?;
                let rest = if rest.is_empty() { rest } else { rest.strip_prefix('.')? };
                Some((member.name.as_str(), rest, &member.shape))
            });
            let (name, inner, shape) = match (known.max_by_key(|(name, ..)| name.len()), others) {
                (Some((name, rest, shape)), _) => (name, rest, Some(shape)),
                (None, Others::Of(shape)) => {
                    let (name, rest) = rest.split_once('.').unwrap_or((rest, ""));
                    (name, rest, Some(&**shape))
                }
                (None, Others::Refused | Others::Welcome) => (rest, "", None),
            };
            let members = slot_as(slot, Value::Object(Map::new()), Value::as_object_mut)?;
            let slot = members.entry(name).or_insert(Value::Null);
            match shape {
                Some(shape) => place(api, shape, slot, inner, text),
                None => given_once(slot, Value::String(text)),
            }
        }
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Named(_) | Kind::Any => {
            Err("leads into a value that has no parts".to_owned())
        }
    }
}

fn given_once(slot: &mut Value, value: Value) -> Result<(), String> {
    if !slot.is_null() {
        return Err("is given twice".to_owned());
    }
    *slot = value;
    Ok(())
}

/// What a place holds, which is nothing yet or of the kind that is wanted.
fn slot_as<'a, T>(
    slot: &'a mut Value,
    empty: Value,
    part: impl FnOnce(&'a mut Value) -> Option<&'a mut T>,
) -> Result<&'a mut T, String> {
    if slot.is_null() {
        *slot = empty;
    }
    part(slot).ok_or_else(|| "is given as a whole and in parts".to_owned())
}

/// A text as the type that a shape is of; as it is, if it is none of that.
fn typed(api: &Api, shape: &Shape, text: String) -> Value {
    let json = || serde_json::from_str::<Value>(&text).ok();
    let read = match &api.meant(shape).kind {
        Kind::Boolean => json().filter(Value::is_boolean),
        Kind::Integer | Kind::Number => json().filter(Value::is_number),
        Kind::List(_) => json().filter(Value::is_array),
        Kind::Object(..) => json().filter(Value::is_object),
        Kind::Text | Kind::Json(_) | Kind::Named(_) | Kind::Any => None,
    };
    read.unwrap_or(Value::String(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pipeline;
    use serde_json::json;
    use std::path::Path;

    fn assigned(mut request: Value, assignments: &[(&str, &str)]) -> Result<Value, Diagnostic> {
        let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/rules/spec");
        let api = pipeline::load(Path::new(specs)).api.unwrap();
        all(&api, api.action("Order").unwrap(), &mut request, assignments, false)?;
        Ok(request)
    }

    #[test]
    fn values_get_the_types_of_their_parameters() {
        let cases: [(&[(&str, &str)], Value); 8] = [
            (&[("Id", "12"), ("Flag", "true"), ("Count", "3")], json!({"Id": "12", "Flag": true, "Count": 3})),
            (
                &[("Price", "0.5"), ("Flag", "True"), ("Count", "3x")],
                json!({"Price": 0.5, "Flag": "True", "Count": "3x"}),
            ),
            (
                &[("Tag.1.Key", "a=b"), ("Tag.1.Value", ""), ("Tag.2.Key", "c")],
                json!({"Tag": [{"Key": "a=b", "Value": ""}, {"Key": "c"}]}),
            ),
            (&[("Tag", r#"[{"Key": "a"}]"#)], json!({"Tag": [{"Key": "a"}]})),
            (&[("Tag", "[")], json!({"Tag": "["})),
            (&[("Objects", r#"[ {"Name":1} ]"#)], json!({"Objects": r#"[ {"Name":1} ]"#})),
            (&[("Wrap.Password", "@@x")], json!({"Wrap.Password": "@x"})),
            (&[("Nothing", "1")], json!({"Nothing": "1"})),
        ];
        for (assignments, request) in cases {
            assert_eq!(assigned(json!({}), assignments).unwrap(), request);
        }
    }

    #[test]
    fn they_take_the_place_of_the_file() {
        let file = json!({"Wrap": {"Password": "old", "Paper": "x"}, "Id": "a", "Tag": [{"Key": "k"}]});
        let request = assigned(file, &[("Wrap.Password", "new"), ("Id", "b"), ("Tag.1.Value", "v")]).unwrap();
        let expected = json!({"Wrap": {"Paper": "x"}, "Wrap.Password": "new", "Id": "b", "Tag": [{"Value": "v"}]});
        assert_eq!(request, expected);
    }

    #[test]
    fn slips_are_refused_without_showing_a_secret() {
        let cases: [(&[(&str, &str)], &str); 6] = [
            (&[("Id", "a"), ("Id", "b")], "`Id` is given twice"),
            (&[("Tag.0.Key", "a")], "goes into a list"),
            (&[("Tag.99999999999.Key", "a")], "goes into a list"),
            (&[("Id.Part", "a")], "has no parts"),
            (&[("Tag", "[]"), ("Tag.Key", "a")], "a number from 1"),
            (&[("Wrap.Password", "@hunter2")], "the file that holds the value of `Wrap.Password` cannot be read"),
        ];
        for (assignments, said) in cases {
            let problem = assigned(json!({}), assignments).unwrap_err();
            assert!(problem.message.contains(said), "{problem}");
            assert!(problem.help.is_some() && !problem.to_string().contains("hunter2"), "{problem}");
        }
    }
}

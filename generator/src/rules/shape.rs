//! A value against its shape.

use super::limit::{broken, documented};
use super::message::{Subject, Writer};
use super::request::{is_whole, wire_text};
use super::{Violation, error};
use crate::model::{Api, Kind, Member, Others, Severity, Shape};
use serde_json::{Map, Value};

/// Where something stands in a request.
#[derive(Clone)]
pub(super) struct Path {
    text: String,
    in_json: bool,
}

impl Path {
    /// A parameter.
    pub(super) fn wire(name: &str) -> Path {
        Path { text: name.to_owned(), in_json: false }
    }

    fn json(&self) -> Path {
        Path { text: format!("{}#", self.text), in_json: true }
    }

    fn item(&self, index: usize) -> Path {
        let text = if self.in_json { format!("{}/{index}", self.text) } else { format!("{}.{}", self.text, index + 1) };
        Path { text, ..*self }
    }

    fn member(&self, name: &str) -> Path {
        let text = if self.in_json {
            format!("{}/{}", self.text, name.replace('~', "~0").replace('/', "~1"))
        } else {
            format!("{}.{name}", self.text)
        };
        Path { text, ..*self }
    }
}

/// Checks values of one request.
#[derive(Clone, Copy)]
pub(super) struct Checker<'a> {
    pub(super) api: &'a Api,
    pub(super) writer: Writer<'a>,
    /// What is looked at is part of something sensitive.
    pub(super) hidden: bool,
}

impl Checker<'_> {
    /// What a value and everything in it does wrong. After a wrong type nothing else is said of the value.
    pub(super) fn check(self, value: &Value, shape: &Shape, path: &Path) -> Vec<Violation> {
        let hidden = self.hidden || is_sensitive(self.api, shape);
        let all_hidden = self.hidden || shape.sensitive;
        let shape = self.api.meant(shape);
        let subject = Subject { path: &path.text, value, hidden, when: String::new() };
        if !fits(value, &shape.kind) {
            return vec![error("type", &path.text, self.writer.kind(&subject, &shape.kind))];
        }
        let held = match held(value, &shape.kind) {
            Ok(held) => held,
            Err(reason) => return vec![error("json", &path.text, self.writer.json(&path.text, &reason))],
        };
        let value = &held;
        let subject = Subject { value, ..subject };

        let mut violations = Vec::new();
        let known = documented(shape);
        if !known.is_empty() && !known.contains(&wire_text(value)) {
            let severity = if shape.closed { Severity::Error } else { Severity::Advice };
            let message = self.writer.value(&subject, &known, shape.closed);
            violations.push(Violation { severity, ..error("value", &path.text, message) });
        }
        for (code, message) in broken(value, &shape.limits, &subject, self.writer) {
            violations.push(error(code, &path.text, message));
        }

        let inside = Checker { hidden: all_hidden || shape.sensitive, ..self };
        match (&shape.kind, value) {
            (Kind::List(item), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    violations.extend(inside.check(value, item, &path.item(index)));
                }
            }
            (Kind::Object(members, others), Value::Object(given)) => {
                violations.extend(inside.check_members(given, members, others, path));
            }
            (Kind::Json(inner), _) => violations.extend(inside.check(value, inner, &path.json())),
            _ => {}
        }
        violations
    }

    fn check_members(
        self,
        given: &Map<String, Value>,
        members: &[Member],
        others: &Others,
        path: &Path,
    ) -> Vec<Violation> {
        let mut violations = Vec::new();
        for member in members {
            let path = path.member(member.name.as_str());
            match given.get(member.name.as_str()).filter(|value| !value.is_null()) {
                Some(value) => violations.extend(self.check(value, &member.shape, &path)),
                None if member.required => {
                    violations.push(error("missing", &path.text, self.writer.missing(&path.text, "")));
                }
                None => {}
            }
        }
        for (name, value) in given {
            let path = path.member(name);
            if value.is_null() || members.iter().any(|member| member.name.as_str() == name) {
                continue;
            }
            match others {
                Others::Welcome => {}
                Others::Of(shape) => violations.extend(self.check(value, shape, &path)),
                Others::Refused => {
                    let message = self.writer.unknown_member(&path.text, name, members);
                    violations.push(error("unknown-parameter", &path.text, message));
                }
            }
        }
        violations
    }
}

/// Whether a value of this shape, or something in it, must not be shown.
pub(super) fn is_sensitive(api: &Api, shape: &Shape) -> bool {
    fn holds_secrets<'a>(api: &'a Api, shape: &'a Shape, seen: &mut Vec<&'a str>) -> bool {
        shape.sensitive
            || match &shape.kind {
                Kind::List(inner) | Kind::Json(inner) => holds_secrets(api, inner, seen),
                Kind::Object(members, others) => {
                    members.iter().any(|member| holds_secrets(api, &member.shape, seen))
                        || matches!(others, Others::Of(inner) if holds_secrets(api, inner, seen))
                }
                Kind::Named(name) if !seen.contains(&name.as_str()) => {
                    seen.push(name);
                    api.schema(name).is_some_and(|shape| holds_secrets(api, shape, seen))
                }
                Kind::Named(_) | Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => false,
            }
    }
    holds_secrets(api, shape, &mut Vec::new())
}

/// The value itself, or the JSON in a text that is there to hold JSON.
pub(super) fn held(value: &Value, kind: &Kind) -> serde_json::Result<Value> {
    match (kind, value) {
        (Kind::Json(_), Value::String(text)) => serde_json::from_str(text),
        _ => Ok(value.clone()),
    }
}

fn fits(value: &Value, kind: &Kind) -> bool {
    match kind {
        Kind::Text => value.is_string(),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => value.is_i64() || value.is_f64() && value.as_f64().is_some_and(is_whole),
        Kind::Number => value.is_number(),
        Kind::List(_) => value.is_array(),
        Kind::Object(..) => value.is_object(),
        // What JSON holds is up to the shape inside.
        Kind::Json(_) | Kind::Named(_) | Kind::Any => true,
    }
}

//! A value against its shape.

use crate::json::whole;
use crate::message::{self, Reason, Subject};
use crate::path::Path;
use crate::table::{Kind, Member, Others, Rule, Severity, Shape};
use crate::{Code, Json, List, Object, Value, Violation, Violations};

/// Checks values and everything in them.
pub(super) struct Checker<'v> {
    pub(super) violations: &'v mut Violations,
    /// What is looked at is part of something sensitive.
    pub(super) hidden: bool,
}

impl Checker<'_> {
    pub(super) fn check(&mut self, value: Value<'_>, shape: &'static Shape, path: &Path<'_>) {
        let subject = Subject { path, value, shape, hidden: self.hidden, reason: Reason::ALWAYS };
        let value = value.plain();
        if !fits(value, &shape.kind) {
            self.report(Code::Type, path, subject.kind(&shape.kind));
            return;
        }
        let parsed = match parsed(value, &shape.kind) {
            Ok(parsed) => parsed,
            Err(error) => {
                self.report(Code::Json, path, message::json(path, &error));
                return;
            }
        };
        let held = parsed.as_ref().map_or(subject.value, Value::Json);
        limits(Subject { value: held, ..subject }, shape, None, self.violations);
        let mut inside = Checker { violations: self.violations, hidden: self.hidden || shape.sensitive };
        match (&shape.kind, value) {
            (Kind::List(item), Value::List(list)) => inside.check_items(list, item, path),
            (Kind::Object(members, others), Value::Object(object)) => {
                inside.check_members(object, members, *others, path);
            }
            (Kind::Json(inner), _) => inside.check(held, inner, &Path::Json(path)),
            _ => {}
        }
    }

    fn check_items(&mut self, list: &dyn List, item: &'static Shape, path: &Path<'_>) {
        for index in 0..list.len() {
            if let Some(value) = list.item(index) {
                self.check(value, item, &Path::Item(path, index));
            }
        }
    }

    fn check_members(&mut self, object: &dyn Object, members: &'static [Member], others: Others, path: &Path<'_>) {
        super::with_slots(members.len(), |slots| {
            let mut unknown = Vec::new();
            // Members mostly come in the table's order, so that the next one is mostly the right one.
            let mut next = 0;
            object.members(&mut |name, value| {
                let known = || (next..members.len()).chain(0..next);
                let index = known().find(|&index| members.get(index).is_some_and(|member| member.name == name));
                match index.and_then(|index| slots.get_mut(index).map(|slot| (index, slot))) {
                    _ if value.is_null() => {}
                    Some((index, slot)) => {
                        *slot = Some(value);
                        next = index + 1;
                    }
                    None => unknown.push((name, value)),
                }
            });
            for (member, slot) in members.iter().zip(slots) {
                let path = Path::Member(path, member.name);
                match slot {
                    Some(value) => self.check(*value, member.shape, &path),
                    None if member.required => self.missing(&path),
                    None => {}
                }
            }
            for (name, value) in unknown {
                let path = Path::Member(path, name);
                match others {
                    Others::Refused => {
                        let known = members.iter().map(|member| member.name);
                        self.report(Code::UnknownParameter, &path, message::unknown_member(&path, name, known));
                    }
                    Others::Of(shape) => self.check(value, shape, &path),
                    Others::Welcome => {}
                }
            }
        });
    }

    pub(super) fn missing(&mut self, path: &Path<'_>) {
        self.report(Code::Missing, path, message::missing(path, Reason::ALWAYS));
    }

    fn report(&mut self, code: Code, path: &Path<'_>, message: message::Message) {
        self.violations.push(Violation::new(code, path, Severity::Error, message));
    }
}

/// The JSON in a text that is there to hold JSON.
pub(super) fn parsed(value: Value<'_>, kind: &Kind) -> serde_json::Result<Option<Json>> {
    match (kind, value.plain()) {
        (Kind::Json(_), Value::Text(text)) => serde_json::from_str(text).map(Some),
        _ => Ok(None),
    }
}

fn fits(value: Value<'_>, kind: &Kind) -> bool {
    match kind {
        Kind::Text => matches!(value, Value::Text(_)),
        Kind::Boolean => matches!(value, Value::Boolean(_)),
        Kind::Integer => match value {
            Value::Integer(_) => true,
            Value::Number(number) => whole(number).is_some(),
            _ => false,
        },
        Kind::Number => match value {
            Value::Integer(_) => true,
            Value::Number(number) => number.is_finite(),
            _ => false,
        },
        Kind::List(_) => matches!(value, Value::List(_)),
        Kind::Object(..) => matches!(value, Value::Object(_)),
        // What JSON holds is up to the shape inside.
        Kind::Json(_) | Kind::Any => true,
    }
}

/// Checks what a shape (the value's own, or that of a rule) says beside types: of the value, not of what is in it.
pub(super) fn limits(subject: Subject<'_>, shape: &Shape, rule: Option<&'static Rule>, violations: &mut Violations) {
    let path = subject.path;
    let mut violate = |code, message| {
        violations.push(match rule {
            Some(rule) => Violation::of(rule, code, path, message),
            None if code == Code::Value && !shape.closed => Violation::new(code, path, Severity::Advice, message),
            None => Violation::new(code, path, Severity::Error, message),
        });
    };
    if !shape.values.is_empty() && !shape.values.contains(&&*subject.value.text()) {
        violate(Code::Value, subject.value(shape.values, shape.closed || rule.is_some()));
    }
    match subject.value.plain() {
        value @ (Value::Integer(_) | Value::Number(_)) if out_of_range(value, shape) => {
            violate(Code::Range, subject.range(shape));
        }
        Value::Text(text) => {
            if shape.min_length.is_some() || shape.max_length.is_some() {
                let length = text.chars().count();
                if beyond(length, shape.min_length, shape.max_length) {
                    violate(Code::Length, subject.length(length, shape));
                }
            }
            if let Some(pattern) = shape.pattern.filter(|pattern| !pattern.matches(text)) {
                violate(Code::Pattern, subject.pattern(pattern.name));
            }
            if let Some(format) = shape.format.filter(|format| !format.matches(text)) {
                violate(Code::Format, subject.format(format.name));
            }
        }
        Value::List(list) if beyond(list.len(), shape.min_items, shape.max_items) => {
            violate(Code::Items, subject.items(list.len(), shape));
        }
        _ => {}
    }
}

fn out_of_range(value: Value<'_>, shape: &Shape) -> bool {
    value.number().is_some_and(|number| {
        shape.minimum.is_some_and(|bound| number < bound)
            || shape.exclusive_minimum.is_some_and(|bound| number <= bound)
            || shape.maximum.is_some_and(|bound| number > bound)
            || shape.exclusive_maximum.is_some_and(|bound| number >= bound)
    })
}

fn beyond(count: usize, least: Option<usize>, most: Option<usize>) -> bool {
    least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most)
}

//! Where a finding stands: the one module of this stage that knows how a spec file is laid out.

use crate::diag::{Origin, Place};
use crate::model::{Condition, Kind, Others, Rule, Shape};

/// The value at a path below a place.
pub(super) fn below(origin: &Origin, path: &str) -> Origin {
    match &origin.place {
        Place::Key(pointer) | Place::Value(pointer) => Origin::value(&origin.file, format!("{pointer}{path}")),
        Place::Whole => Origin::value(&origin.file, path),
        Place::At(_) => origin.clone(),
    }
}

/// The key at a path below a place: for what is long, or lacks something, its name is the place to show.
pub(super) fn key_below(origin: &Origin, path: &str) -> Origin {
    match below(origin, path) {
        Origin { file, place: Place::Value(pointer) } => Origin { file, place: Place::Key(pointer) },
        other => other,
    }
}

/// The root of the file that holds a place.
pub(super) fn root(origin: &Origin) -> Origin {
    Origin::file(&origin.file)
}

/// A key as a step of a JSON pointer.
pub(super) fn step(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// A value that a rule's condition compares a parameter with. Below `all` and `any` the model no longer knows the way;
/// then the nearest place above it is shown.
pub(super) fn compared(rule: &Rule, name: &str, index: usize) -> Origin {
    let mut path = "/when".to_owned();
    let mut condition = &rule.when;
    while let Condition::Not(inner) = condition {
        path.push_str("/not");
        condition = inner;
    }
    below(&rule.origin, &format!("{path}{}/{index}", step(name)))
}

/// Something nested in a shape.
pub(super) struct Nested<'a> {
    /// What it may hold.
    pub shape: &'a Shape,
    /// Its own name; empty for the elements of a list.
    pub name: &'a str,
    /// Its name as people write it: `Tag.Key`.
    pub path: String,
    /// Its JSON pointer.
    pub pointer: String,
}

/// A shape and everything in it, outermost first. Shapes that the API names are not entered: they are no action's own.
pub(super) fn nested<'a>(shape: &'a Shape, name: &'a str, pointer: &str) -> Vec<Nested<'a>> {
    let mut out = vec![Nested { shape, name, path: name.to_owned(), pointer: pointer.to_owned() }];
    let mut next = 0;
    while let Some(Nested { shape, path, pointer, .. }) = out.get(next) {
        let inner = |shape, name: &'a str, step: &str| {
            let dot = if path.is_empty() || name.is_empty() { "" } else { "." };
            Nested { shape, name, path: format!("{path}{dot}{name}"), pointer: format!("{pointer}{step}") }
        };
        let mut found = Vec::new();
        match &shape.kind {
            Kind::List(items) => found.push(inner(items, "", "/items")),
            Kind::Json(content) => found.push(inner(content, "", "/contentSchema")),
            Kind::Object(members, others) => {
                found.extend(members.iter().map(|member| {
                    let name = member.name.as_str();
                    inner(&member.shape, name, &format!("/properties{}", step(name)))
                }));
                if let Others::Of(shape) = others {
                    found.push(inner(shape, "", "/additionalProperties"));
                }
            }
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Named(_) | Kind::Any => {}
        }
        out.extend(found);
        next += 1;
    }
    out
}

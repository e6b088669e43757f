//! Shapes that hold themselves: Rust wants to know where a box or a type of its own ends the spiral.

use crate::model::{Api, Kind, Others, Shape};

/// Whether a value of a shape holds one of a named shape without a list between, and so would have no size.
pub fn holds(api: &Api, shape: &Shape, inner: &str) -> bool {
    holds_in(api, shape, inner, &mut Vec::new())
}

fn holds_in<'a>(api: &'a Api, shape: &'a Shape, inner: &str, seen: &mut Vec<&'a str>) -> bool {
    match &shape.kind {
        Kind::Named(name) if name == inner => true,
        Kind::Named(name) if seen.contains(&name.as_str()) => false,
        Kind::Named(name) => {
            seen.push(name);
            api.schema(name).is_some_and(|shape| holds_in(api, shape, inner, seen))
        }
        Kind::Json(content) => holds_in(api, content, inner, seen),
        Kind::Object(members, _) => members.iter().any(|member| holds_in(api, &member.shape, inner, seen)),
        _ => false,
    }
}

/// Whether a named shape is made of itself with nothing but lists, maps and texts of JSON around it. Then it is a type
/// of its own, for a type without a name cannot speak of itself.
pub fn is_made_of_itself(api: &Api, name: &str) -> bool {
    let mut seen = Vec::new();
    let mut next = name;
    while let Some(reached) = api.schema(next).and_then(innermost) {
        if reached == name {
            return true;
        }
        if seen.contains(&reached) {
            return false;
        }
        seen.push(reached);
        next = reached;
    }
    false
}

/// The name at the bottom of lists, maps and texts of JSON.
fn innermost(shape: &Shape) -> Option<&str> {
    match &shape.kind {
        Kind::Named(name) => Some(name),
        Kind::List(inner) | Kind::Json(inner) => innermost(inner),
        Kind::Object(..) => map_of(shape).and_then(innermost),
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => None,
    }
}

/// What an object holds that has no members of its own but any number of one shape.
pub fn map_of(shape: &Shape) -> Option<&Shape> {
    match &shape.kind {
        Kind::Object(members, Others::Of(inner)) if members.is_empty() => Some(inner),
        _ => None,
    }
}

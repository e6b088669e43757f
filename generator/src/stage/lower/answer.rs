//! What in an answer needs a type of its own, and the words that its name is made of.

use super::recursion::map_of;
use crate::model::{Kind, Member, Shape};
use crate::rust::singular;

/// The path of an answer; no parameter and no shape can be called so. What lies below follows after a slash, elements
/// after `[]`.
pub const ROOT: &str = "response:";

/// What the path of a shared shape begins with.
pub const SCHEMA: &str = "schema:";

/// The words that a type's name is made of.
#[derive(Clone, Default)]
pub struct Words {
    /// In the singular, where it is the type of a list's elements.
    pub one: String,
    /// The list's, if they differ: for where somebody else has the name.
    pub many: Option<String>,
}

impl Words {
    fn of_elements(&self) -> Words {
        let one = singular(&self.one);
        let many = self.many.clone().or_else(|| (one != self.one).then(|| self.one.clone()));
        Words { one, many }
    }

    fn of_member(&self, member: &Member) -> Words {
        Words { one: format!("{} {}", self.one, member.name), many: None }
    }
}

/// Visits what needs a type of its own in a shape, with its path and the words that its name is made of; what has a
/// name in the API is not entered, what is sensitive has no type but a secret.
pub fn walk<'s>(shape: &'s Shape, path: &str, words: &Words, visit: &mut dyn FnMut(&'s Shape, &str, &Words)) {
    match &shape.kind {
        _ if shape.sensitive => {}
        Kind::List(inner) => walk(inner, &element(path), &words.of_elements(), visit),
        Kind::Text if !shape.values.is_empty() => visit(shape, path, words),
        Kind::Json(inner) => walk(inner, path, words, visit),
        Kind::Object(members, _) => match map_of(shape) {
            Some(inner) => walk(inner, &element(path), &words.of_elements(), visit),
            None => {
                visit(shape, path, words);
                for member in members {
                    walk(&member.shape, &below(path, member), &words.of_member(member), visit);
                }
            }
        },
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Named(_) | Kind::Any => {}
    }
}

/// The path of a list's elements, or of what a map holds.
pub fn element(path: &str) -> String {
    format!("{path}[]")
}

/// The path of an object's member.
pub fn below(path: &str, member: &Member) -> String {
    format!("{path}/{}", member.name)
}

//! JSON, strictly: serde_json alone keeps the last of two equal keys in silence.

use crate::diag::{Diagnostic, Origin, below};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

/// Deeper than this is refused.
pub const MAX_DEPTH: usize = 64;
/// What the parser then says.
const TOO_DEEP: &str = "too many levels";
/// What is said instead of a parser's words of a text that ends too early.
const EMPTY: &str = "nothing is in it";
const CUT_OFF: &str = "it ends in the middle";

/// What is wrong with a text.
pub enum Problem {
    /// It is not JSON.
    Syntax {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the parser says, without the place.
        message: String,
    },
    /// It has too many levels; what is below them was not looked at.
    Depth {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A key stands twice in one object.
    Duplicate {
        /// The JSON pointer of the second one's value.
        pointer: String,
        /// The key.
        key: String,
    },
}

/// A problem as people read it, and the JSON pointer of what stands twice.
pub fn diagnostic(file: &Arc<str>, problem: Problem) -> (Diagnostic, Option<String>) {
    match problem {
        Problem::Syntax { line, column, message } => {
            let told = Diagnostic::error("syntax", Origin::at(file, line, column), format!("is not JSON: {message}"));
            let cut = [EMPTY, CUT_OFF].contains(&message.as_str());
            let help = if cut { "give the file as a whole" } else { "comments and trailing commas are not allowed" };
            (told.help(help), None)
        }
        Problem::Depth { line, column } => {
            let message = format!("is more than {MAX_DEPTH} levels deep");
            let told = Diagnostic::error("too-deep", Origin::at(file, line, column), message);
            (told.help("give what lies deep a name among the schemas of product.json"), None)
        }
        Problem::Duplicate { pointer, key } => {
            let message = format!("the key `{}` stands twice", key.escape_debug());
            let told = Diagnostic::error("duplicate-key", Origin::key(file, pointer.clone()), message);
            (told.help("keep one of the two"), Some(pointer))
        }
    }
}

/// The value, and every problem; the value is missing only if the text is not JSON at all.
pub fn parse(text: &str) -> (Option<Value>, Vec<Problem>) {
    let problems = RefCell::new(Vec::new());
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Node { place: Place::Root, depth: 0, problems: &problems }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    let mut problems = problems.into_inner();
    match parsed {
        Ok(value) => (Some(value), problems),
        Err(error) => {
            let message = error.to_string();
            let message = match message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message) {
                _ if text.trim().is_empty() => EMPTY,
                _ if error.is_eof() => CUT_OFF,
                message => message,
            };
            let message = message.to_owned();
            let (line, column) = (error.line().max(1), error.column().max(1));
            problems.push(match message == TOO_DEEP {
                true => Problem::Depth { line, column },
                false => Problem::Syntax { line, column, message },
            });
            (None, problems)
        }
    }
}

/// Where the parser is. A pointer is written only for what is wrong.
#[derive(Clone, Copy)]
enum Place<'a> {
    Root,
    Item(&'a Place<'a>, usize),
    Member(&'a Place<'a>, &'a str),
}

impl Place<'_> {
    fn pointer(self) -> String {
        match self {
            Place::Root => String::new(),
            Place::Item(parent, index) => below(&parent.pointer(), &index.to_string()),
            Place::Member(parent, key) => below(&parent.pointer(), key),
        }
    }
}

struct Node<'a> {
    place: Place<'a>,
    depth: usize,
    problems: &'a RefCell<Vec<Problem>>,
}

impl<'a> Node<'a> {
    fn child<E: Error>(&self, place: Place<'a>) -> Result<Node<'a>, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(TOO_DEEP));
        }
        Ok(Node { place, depth: self.depth + 1, problems: self.problems })
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = access.next_element_seed(self.child(Place::Item(&self.place, list.len()))?)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            let place = Place::Member(&self.place, &key);
            let value = access.next_value_seed(self.child(place)?)?;
            if map.contains_key(&key) {
                let duplicate = Problem::Duplicate { pointer: place.pointer(), key: key.clone() };
                self.problems.borrow_mut().push(duplicate);
            }
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reports_every_duplicate_and_the_depth() {
        let (value, problems) = parse(r#"{"a": 1, "b": {"c/d": 1, "c/d": 2}, "a": 3}"#);
        assert!(value.is_some());
        let pointers: Vec<&str> = problems
            .iter()
            .filter_map(|problem| match problem {
                Problem::Duplicate { pointer, .. } => Some(pointer.as_str()),
                Problem::Syntax { .. } | Problem::Depth { .. } => None,
            })
            .collect();
        assert_eq!(pointers, ["/b/c~1d", "/a"]);
        for depth in [64, 65, 100_000] {
            let (value, problems) = parse(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            assert_eq!(value.is_some(), depth == 64, "{depth}");
            assert_eq!(problems.is_empty(), depth == 64, "{depth}");
        }
        assert!(parse("{} x").0.is_none());
        assert!(parse("").0.is_none());
    }
}

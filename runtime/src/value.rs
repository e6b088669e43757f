//! A value as it is looked at: borrowed, whatever type holds it.

use crate::Json;

/// A value of a request, or a part of one.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// Text. Also a JSON-valued parameter that is given as the text that holds the JSON.
    Text(&'a str),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A list.
    List(&'a dyn List),
    /// Named members.
    Object(&'a dyn Object),
    /// Any JSON.
    Json(&'a Json),
}

/// Something that holds values by position.
pub trait List {
    /// How many there are.
    fn len(&self) -> usize;

    /// The value at a position, from 0.
    fn item(&self, index: usize) -> Option<Value<'_>>;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Something that holds values by name.
pub trait Object {
    /// Shows every member that is given, by wire name.
    fn members<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Value<'a>));
}

//! A value as it is looked at: borrowed, whatever type holds it.

use crate::{Json, Secret};
use std::collections::BTreeMap;

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

/// Something that can be looked at as a value: the types of generated fields.
pub trait AsValue {
    /// The value.
    fn as_value(&self) -> Value<'_>;
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

impl AsValue for str {
    fn as_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl AsValue for String {
    fn as_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl AsValue for Secret {
    fn as_value(&self) -> Value<'_> {
        Value::Text(self.expose())
    }
}

impl AsValue for bool {
    fn as_value(&self) -> Value<'_> {
        Value::Boolean(*self)
    }
}

impl AsValue for i32 {
    fn as_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl AsValue for i64 {
    fn as_value(&self) -> Value<'_> {
        Value::Integer(*self)
    }
}

impl AsValue for f64 {
    fn as_value(&self) -> Value<'_> {
        Value::Number(*self)
    }
}

impl AsValue for Json {
    fn as_value(&self) -> Value<'_> {
        Value::Json(self)
    }
}

impl<T: AsValue + ?Sized> AsValue for &T {
    fn as_value(&self) -> Value<'_> {
        (**self).as_value()
    }
}

impl<T: AsValue + ?Sized> AsValue for Box<T> {
    fn as_value(&self) -> Value<'_> {
        (**self).as_value()
    }
}

impl<T: AsValue> AsValue for Vec<T> {
    fn as_value(&self) -> Value<'_> {
        Value::List(self)
    }
}

impl<T: AsValue> AsValue for BTreeMap<String, T> {
    fn as_value(&self) -> Value<'_> {
        Value::Object(self)
    }
}

impl<T: AsValue> List for [T] {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<Value<'_>> {
        self.get(index).map(AsValue::as_value)
    }
}

impl<T: AsValue> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<Value<'_>> {
        self.get(index).map(AsValue::as_value)
    }
}

impl<T: AsValue> Object for BTreeMap<String, T> {
    fn members<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Value<'a>)) {
        for (name, value) in self {
            visit(name, value.as_value());
        }
    }
}

impl Object for serde_json::Map<String, Json> {
    fn members<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Value<'a>)) {
        for (name, value) in self {
            visit(name, Value::Json(value));
        }
    }
}

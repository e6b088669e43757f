//! JSON that travels as text: typed, or the text itself.

use crate::{AsValue, Value};

/// A parameter's JSON: typed, or as the text that holds it. The text is passed on as it is, so nothing that the types
/// cannot say is out of reach.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<T> {
    /// Typed.
    Typed(T),
    /// The JSON text.
    Text(String),
}

impl<T> Content<T> {
    /// JSON that is already text.
    pub fn text(json: impl Into<String>) -> Content<T> {
        Content::Text(json.into())
    }
}

impl<T> From<T> for Content<T> {
    fn from(typed: T) -> Content<T> {
        Content::Typed(typed)
    }
}

impl<T: AsValue> AsValue for Content<T> {
    fn as_value(&self) -> Value<'_> {
        match self {
            Content::Typed(typed) => typed.as_value(),
            Content::Text(text) => Value::Text(text),
        }
    }
}

/// Text is taken for the JSON text, anything else for the typed form.
#[cfg(feature = "serde")]
impl<'de, T: serde::de::DeserializeOwned> serde::Deserialize<'de> for Content<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Content<T>, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Ok(Content::Text(text)),
            other => T::deserialize(other).map(Content::Typed).map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Content<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Content::Typed(typed) => typed.serialize(serializer),
            Content::Text(text) => serializer.serialize_str(text),
        }
    }
}

//! How the types of generated fields are read.

use super::Decode;
use crate::{Json, Secret};
use std::collections::BTreeMap;

impl Decode for String {
    fn decode(json: &Json) -> Option<String> {
        match json {
            Json::String(text) => Some(text.clone()),
            Json::Bool(_) | Json::Number(_) => Some(json.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

impl Decode for Secret {
    fn decode(json: &Json) -> Option<Secret> {
        String::decode(json).map(Secret::from)
    }
}

impl Decode for bool {
    fn decode(json: &Json) -> Option<bool> {
        match json {
            Json::Bool(truth) => Some(*truth),
            Json::String(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
            Json::String(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
}

impl Decode for i64 {
    fn decode(json: &Json) -> Option<i64> {
        match json {
            Json::Number(number) => number.as_i64().or_else(|| crate::json::whole(number.as_f64()?)),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

impl Decode for i32 {
    fn decode(json: &Json) -> Option<i32> {
        i64::decode(json).and_then(|whole| i32::try_from(whole).ok())
    }
}

impl Decode for f64 {
    fn decode(json: &Json) -> Option<f64> {
        match json {
            Json::Number(number) => number.as_f64(),
            Json::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }
}

impl Decode for Json {
    fn decode(json: &Json) -> Option<Json> {
        Some(json.clone())
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: &Json) -> Option<Box<T>> {
        T::decode(json).map(Box::new)
    }
}

/// A list, or one element without a list around it. An empty text, which XML has for an empty element, is an empty list.
/// One element that does not fit and none of the list does: nothing is dropped in silence.
impl<T: Decode> Decode for Vec<T> {
    fn decode(json: &Json) -> Option<Vec<T>> {
        match json {
            Json::Array(items) => items.iter().map(T::decode).collect(),
            Json::String(text) if text.trim().is_empty() => Some(Vec::new()),
            one => T::decode(one).map(|item| vec![item]),
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(json: &Json) -> Option<BTreeMap<String, T>> {
        let members = json.as_object()?;
        members.iter().map(|(name, value)| Some((name.clone(), T::decode(value)?))).collect()
    }
}

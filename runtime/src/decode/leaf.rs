//! How the types of generated fields are read.

use super::{Decode, unique};
use crate::{Content, Json, Secret};
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

/// Whatever it is, a list or an object as its JSON text: what does not fit its field is kept where everybody sees it.
impl Decode for Secret {
    fn decode(json: &Json) -> Option<Secret> {
        match json {
            Json::Null => None,
            Json::String(text) => Some(Secret::from(text.as_str())),
            other => Some(Secret::from(other.to_string())),
        }
    }
}

impl Decode for bool {
    fn decode(json: &Json) -> Option<bool> {
        match json {
            Json::Bool(truth) => Some(*truth),
            Json::String(text) => match text.trim() {
                "1" => Some(true),
                "0" => Some(false),
                text if text.eq_ignore_ascii_case("true") => Some(true),
                text if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            },
            Json::Number(number) => match number.as_u64() {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

impl Decode for i64 {
    fn decode(json: &Json) -> Option<i64> {
        match json {
            Json::Number(number) => number.as_i64().or_else(|| crate::json::whole(number.as_f64()?)),
            Json::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| crate::json::whole(text.parse().ok()?))
            }
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

/// A list, or one element without a list around it. An empty text, which XML has for an empty element, is an empty list;
/// a `null` in a list is nothing. One element that does not fit and none of the list does: nothing is dropped in silence.
impl<T: Decode> Decode for Vec<T> {
    fn decode(json: &Json) -> Option<Vec<T>> {
        match json {
            Json::Array(items) => items.iter().filter(|item| !item.is_null()).map(T::decode).collect(),
            Json::String(text) if text.trim().is_empty() => Some(Vec::new()),
            one => T::decode(one).map(|item| vec![item]),
        }
    }
}

/// Members with values of one type. An empty text is an empty object, a `null` is nothing, as for lists.
impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(json: &Json) -> Option<BTreeMap<String, T>> {
        match json {
            Json::Object(members) => {
                let given = members.iter().filter(|(_, value)| !value.is_null());
                given.map(|(name, value)| Some((name.clone(), T::decode(value)?))).collect()
            }
            Json::String(text) if text.trim().is_empty() => Some(BTreeMap::new()),
            _ => None,
        }
    }
}

/// Typed, if it is of the type or a text that holds JSON of the type; else the text.
impl<T: Decode> Decode for Content<T> {
    fn decode(json: &Json) -> Option<Content<T>> {
        let Json::String(text) = json else { return T::decode(json).map(Content::Typed) };
        // As many levels as an answer may have, so that this is no way around that.
        let typed = unique::parse(text).ok().and_then(|inner| T::decode(&inner));
        Some(typed.map_or_else(|| Content::Text(text.clone()), Content::Typed))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::decode::Decode;
    use crate::{Content, Json, Secret};
    use serde_json::json;
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    fn reads<T: Decode + PartialEq + Debug>(good: &[(Json, T)], bad: &[Json]) {
        for (json, value) in good {
            assert_eq!(T::decode(json).as_ref(), Some(value), "{json}");
        }
        for json in bad {
            assert_eq!(T::decode(json), None, "{json}");
        }
    }

    #[test]
    fn scalars_are_read_from_what_services_write_for_them() {
        let text = |text: &str| text.to_owned();
        reads(
            &[(json!("a "), text("a ")), (json!(true), text("true")), (json!(1.5), text("1.5")), (json!(""), text(""))],
            &[json!(null), json!([]), json!({})],
        );
        reads(&[(json!(7), Secret::from("7")), (json!({"a": ["b"]}), Secret::from(r#"{"a":["b"]}"#))], &[json!(null)]);
        reads(
            &[
                (json!(" True "), true),
                (json!("FALSE"), false),
                (json!(1), true),
                (json!(0), false),
                (json!("0"), false),
            ],
            &[json!("yes"), json!(2), json!(""), json!(null), json!([true])],
        );
        reads(
            &[(json!("9223372036854775807"), i64::MAX), (json!(" -3 "), -3), (json!(3.0), 3), (json!("3.0"), 3)],
            &[json!("9223372036854775808"), json!(1.5), json!("1.5"), json!(""), json!("NaN"), json!(u64::MAX)],
        );
        reads(&[(json!("2147483647"), i32::MAX)], &[json!(2_147_483_648_u32)]);
        reads(&[(json!("1e3"), 1000.0), (json!(1), 1.0)], &[json!("inf"), json!("NaN"), json!("")]);
    }

    #[test]
    fn lists_and_objects_are_read_as_a_whole_or_not_at_all() {
        reads(
            &[(json!(["1", null, 2]), vec![1, 2]), (json!("3"), vec![3]), (json!(" \n "), vec![]), (json!([]), vec![])],
            &[json!([1, "x"]), json!("x"), json!(null)],
        );
        let one = BTreeMap::from([("a".to_owned(), 1_i64)]);
        reads(
            &[(json!({"a": "1", "b": null}), one), (json!(""), BTreeMap::new())],
            &[json!({"a": []}), json!("a"), json!([])],
        );
    }

    #[test]
    fn json_in_text_is_read_through() {
        let list = || Content::Typed(vec![1_i64, 2]);
        let text = |text: &str| Content::text(text);
        reads(
            &[
                (json!([1, 2]), list()),
                (json!("[1, \"2\"]"), list()),
                (json!("[1, {}]"), text("[1, {}]")),
                (json!("no JSON"), text("no JSON")),
                (json!(""), text("")),
            ],
            &[json!({}), json!(null)],
        );
    }
}

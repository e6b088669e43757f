//! JSON in which no key occurs twice: which of two values counts is a question that two readers answer differently.

use crate::Json;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::collections::HashSet;
use std::fmt;

/// Parses a text; says what is wrong with it without showing anything of it. Deeper than 128 levels is wrong.
pub(super) fn parse(text: &str) -> Result<Json, String> {
    // Twice, since only serde_json itself reads its numbers right under every set of its features.
    let checked = serde_json::from_str::<Unique>(text);
    checked.and_then(|Unique| serde_json::from_str(text)).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Eof => "it is JSON that ends in the middle".to_owned(),
            Category::Data => format!("it is JSON that says a key twice, at line {line}, column {column}"),
            // serde_json's own words for these are fixed texts.
            Category::Syntax | Category::Io => format!("it is not JSON: {error}"),
        }
    })
}

/// Nothing but the proof.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Unique, D::Error> {
        deserializer.deserialize_any(Unique)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Unique;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Unique, A::Error> {
        while items.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Unique, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a key occurs twice"));
            }
            members.next_value::<Unique>()?;
        }
        Ok(Unique)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::parse;

    #[test]
    fn what_is_wrong_is_said_without_the_text() {
        for (text, message) in [
            (r#"{"Secret": 1, "Secret": 2}"#, "it is JSON that says a key twice, at line 1, column 22"),
            (r#"[{"a": {"b": 1, "\u0062": 1}}]"#, "it is JSON that says a key twice, at line 1, column 24"),
            (r#"{"Secret": "#, "it is JSON that ends in the middle"),
            (r#""Secret"#, "it is JSON that ends in the middle"),
            ("Secret", "it is not JSON: expected value at line 1 column 1"),
            (r#"{"a": NaN}"#, "it is not JSON: expected value at line 1 column 7"),
            (r#"{"a": 1e999}"#, "it is not JSON: number out of range at line 1 column 11"),
            (r#""\ud800""#, "it is not JSON: unexpected end of hex escape at line 1 column 8"),
            ("{} {}", "it is not JSON: trailing characters at line 1 column 4"),
        ] {
            assert_eq!(parse(text).unwrap_err(), message, "{text}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(parse(&deep).unwrap_err(), "it is not JSON: recursion limit exceeded at line 1 column 128");
    }

    #[test]
    fn what_is_right_is_read_as_serde_json_reads_it() {
        for text in [r#"{"b": [1, -1, 1.5, 18446744073709551615, true, null, "é"], "a": {"b": {}}}"#, "null", "1e3"] {
            assert_eq!(parse(text).unwrap(), serde_json::from_str::<crate::Json>(text).unwrap());
        }
        let (open, close) = ("[".repeat(127), "]".repeat(127));
        assert!(parse(&format!("{open}{close}")).is_ok());
    }
}

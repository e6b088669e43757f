//! Examples as values of their parameter's type, and without the document's sentences.

use crate::spec::{Parameter, Style, Type};
use serde_json::Value;

/// The value that a text stands for; the text itself if it does not fit the type, since that too is what the page says.
pub fn typed(text: &str, parameter: &Parameter) -> Value {
    let json = || serde_json::from_str::<Value>(text).ok();
    let value = match parameter.kind {
        Some(Type::Boolean) => text.to_lowercase().parse().ok().map(Value::Bool),
        Some(Type::Integer) => json().filter(|value| value.is_i64() || value.is_u64()),
        Some(Type::Number) => json().filter(Value::is_number),
        Some(Type::Array) if parameter.style == Some(Style::Simple) && !text.starts_with('[') => {
            Some(text.split(',').map(|part| Value::from(part.trim())).collect())
        }
        Some(Type::Array) => json().filter(Value::is_array),
        Some(Type::Object) => json().filter(Value::is_object),
        Some(Type::String) if parameter.content_media_type.is_some() => {
            json().filter(|value| value.is_array() || value.is_object())
        }
        _ => None,
    };
    value.unwrap_or_else(|| Value::from(text))
}

/// Whether a text can stand for a value of the type.
pub fn fits(text: &str, kind: Option<Type>) -> bool {
    match kind {
        Some(Type::Boolean) => matches!(text, "true" | "false"),
        Some(Type::Integer) => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        Some(Type::Number) => text.parse::<f64>().is_ok_and(f64::is_finite),
        Some(Type::Array | Type::Object) => false,
        Some(Type::String | Type::Any) | None => true,
    }
}

/// Whether a text belongs to the document's author: words in a row, or whatever is as long as a sentence. What is said
/// in few characters any writer would say so.
pub fn is_authors(text: &str) -> bool {
    const LONG: usize = 60;
    const WORDS: usize = 5;
    const WIDE: usize = 8;
    if text.chars().count() >= LONG {
        return true;
    }
    if serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_array() || value.is_object()) {
        return false;
    }
    let words = text.split_whitespace().count();
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    words > WORDS || wide > WIDE || (words > 2 && text.trim_end().ends_with(['.', '。']))
}

/// A sample whose long texts are left out: a text that holds JSON still holds JSON, any other is an ellipsis.
pub fn without_text(value: Value) -> Value {
    match value {
        Value::String(text) if is_authors(&text) => match text.trim_start().chars().next() {
            Some('{') => "{}".into(),
            Some('[') => "[]".into(),
            _ => "…".into(),
        },
        Value::Array(items) => items.into_iter().map(without_text).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, without_text(value))).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(kind: Type) -> Parameter {
        Parameter { kind: Some(kind), ..Parameter::default() }
    }

    #[test]
    fn examples_take_their_type_where_they_can() {
        assert_eq!(typed("True", &of(Type::Boolean)), json!(true));
        assert_eq!(typed("12", &of(Type::Integer)), json!(12));
        assert_eq!(typed("12****", &of(Type::Integer)), json!("12****"));
        assert_eq!(typed("3306", &of(Type::String)), json!("3306"));
        let parameter = Parameter { content_media_type: Some("application/json".to_owned()), ..of(Type::String) };
        assert_eq!(typed("[{\"a\": 1}]", &parameter), json!([{"a": 1}]));
    }

    #[test]
    fn what_an_author_wrote_is_told_from_values() {
        assert!(is_authors("Nothing could be done about that."));
        assert!(is_authors("one two three four five six"));
        assert!(is_authors(&format!("https://example.com/{}", "a".repeat(40))));
        assert!(!is_authors("{ \"a\": \"none\", \"b\": 2, \"c\": 3, \"d\": 4 }"));
        assert!(!is_authors("MySQL同步") && !is_authors("rm-bp1i99e8l7913****"));
        assert_eq!(without_text(json!({"a": ["it is all gone now.", 1]})), json!({"a": ["…", 1]}));
        let held = format!("{{\"a\": \"{}\"}}", "b".repeat(60));
        assert_eq!(without_text(json!([held, "{\"a\": 1}"])), json!(["{}", "{\"a\": 1}"]));
    }
}

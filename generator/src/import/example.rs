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

/// Whether a text is prose: words in a row, which belong to the document's author, and no value.
pub fn is_prose(text: &str) -> bool {
    const WORDS: usize = 5;
    const CHARACTERS: usize = 8;
    if serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_array() || value.is_object()) {
        return false;
    }
    let words = text.split_whitespace().count();
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    words > WORDS || wide > CHARACTERS || (words > 2 && text.trim_end().ends_with(['.', '。']))
}

/// JSON whose prose is an ellipsis.
pub fn without_prose(value: Value) -> Value {
    match value {
        Value::String(text) if is_prose(&text) => Value::from(ELLIPSIS),
        Value::Array(items) => items.into_iter().map(without_prose).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, without_prose(value))).collect(),
        other => other,
    }
}

/// XML whose prose is an ellipsis.
pub fn xml_without_prose(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    for piece in xml.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.rfind('<').unwrap_or(0));
        out.push_str(if is_prose(text) { ELLIPSIS } else { text });
        out.push_str(tag);
    }
    out
}

const ELLIPSIS: &str = "…";

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
    fn prose_is_told_from_values() {
        assert!(is_prose("Nothing could be done about that."));
        assert!(is_prose("one two three four five six"));
        assert!(!is_prose("{ \"a\": \"none\", \"b\": 2, \"c\": 3, \"d\": 4 }"));
        assert!(!is_prose("MySQL同步") && !is_prose("rm-bp1i99e8l7913****"));
        assert_eq!(xml_without_prose("<A>\n <B>it is all gone now.</B><C>x</C></A>"), "<A>\n <B>…</B><C>x</C></A>");
        assert_eq!(without_prose(json!({"a": ["it is all gone now.", 1]})), json!({"a": ["…", 1]}));
    }
}

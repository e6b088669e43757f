//! Between values and JSON: JSON seen as a value, a value written as JSON or as the text that travels.

use crate::{Json, Value};
use std::borrow::Cow;
use std::fmt::Write;

impl<'a> Value<'a> {
    /// The same value with JSON seen through, so that where it came from makes no difference. Only JSON's `null`,
    /// which no other variant can say, stays as it is.
    pub fn plain(self) -> Value<'a> {
        let Value::Json(json) = self else { return self };
        match json {
            Json::Null => self,
            Json::Bool(truth) => Value::Boolean(*truth),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => Value::Integer(whole),
                None => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::String(text) => Value::Text(text),
            Json::Array(items) => Value::List(items),
            Json::Object(members) => Value::Object(members),
        }
    }

    /// Whether this is JSON's `null`.
    pub fn is_null(self) -> bool {
        matches!(self, Value::Json(Json::Null))
    }

    /// The number that this is, if it is one.
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "bounds are floats too")]
            Value::Integer(whole) => Some(whole as f64),
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The text that travels, and that values are compared by: `true`, `30`, `1.5` (and `1` for 1.0); lists and
    /// objects as compact JSON.
    pub fn text(self) -> Cow<'a, str> {
        match self.plain() {
            Value::Text(text) => Cow::Borrowed(text),
            Value::Boolean(true) => Cow::Borrowed("true"),
            Value::Boolean(false) => Cow::Borrowed("false"),
            plain => {
                let is_long = matches!(plain, Value::List(_) | Value::Object(_));
                let mut text = String::with_capacity(if is_long { 256 } else { 0 });
                self.write_json(&mut text);
                Cow::Owned(text)
            }
        }
    }

    /// Appends the value as compact JSON. A number that JSON cannot say becomes `null`.
    pub fn write_json(self, out: &mut String) {
        if let Value::Json(Json::Number(number)) = self
            && number.is_u64()
        {
            // Beyond 64 signed bits: the detour over a float would change it.
            append(out, format_args!("{number}"));
            return;
        }
        match self.plain() {
            Value::Text(text) => write_text(text, out),
            Value::Boolean(truth) => out.push_str(if truth { "true" } else { "false" }),
            Value::Integer(whole) => append(out, format_args!("{whole}")),
            Value::Number(number) => match whole(number) {
                Some(whole) => append(out, format_args!("{whole}")),
                None if number.is_finite() => append(out, format_args!("{number}")),
                None => out.push_str("null"),
            },
            Value::Json(_) => out.push_str("null"),
            Value::List(list) => {
                out.push('[');
                for index in 0..list.len() {
                    if index > 0 {
                        out.push(',');
                    }
                    if let Some(item) = list.item(index) {
                        item.write_json(out);
                    }
                }
                out.push(']');
            }
            Value::Object(object) => {
                let mut separator = '{';
                object.members(&mut |name, value| {
                    out.push(separator);
                    separator = ',';
                    write_text(name, out);
                    out.push(':');
                    value.write_json(out);
                });
                if separator == '{' {
                    out.push('{');
                }
                out.push('}');
            }
        }
    }
}

/// The whole number of 64 bits that a number is, if it is one.
pub(crate) fn whole(number: f64) -> Option<i64> {
    // Both bounds are powers of two, hence exact; `i64::MAX` itself is not a float.
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    #[allow(clippy::cast_possible_truncation, reason = "the guard leaves only what fits")]
    (number.fract() == 0.0 && (-BOUND..BOUND).contains(&number)).then_some(number as i64)
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    // By bytes, not by characters: what is escaped is ASCII, and most texts have nothing of it.
    while let Some((clean, tail)) = rest
        .bytes()
        .position(|byte| byte < b' ' || byte == b'"' || byte == b'\\')
        .and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(clean);
        let mut tail = tail.chars();
        match tail.next() {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(special @ ('"' | '\\')) => out.extend(['\\', special]),
            Some(control) => append(out, format_args!("\\u{:04x}", u32::from(control))),
            None => {}
        }
        rest = tail.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn append(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::{AsValue, Json, Value};
    use serde_json::json;

    #[test]
    fn what_is_written_reads_back_as_what_it_was() {
        let value = json!({"text": "a \"b\" \\ \n\r\t\u{1}\u{7f} é 中 😀", "list": [1, -2, 1.5, true, null, [], {}],
            "big": 18_446_744_073_709_551_615_u64, "least": i64::MIN, "a\nb": "", "empty": {}});
        let mut text = String::new();
        Value::Json(&value).write_json(&mut text);
        assert_eq!(text, value.to_string());
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), value);
    }

    #[test]
    fn texts_that_travel() {
        for (value, text) in [
            (Value::Boolean(true), "true"),
            (Value::Integer(30), "30"),
            (Value::Number(1.0), "1"),
            (Value::Number(-0.0), "0"),
            (Value::Number(1.5), "1.5"),
            (Value::Json(&json!(1.0)), "1"),
            (Value::Json(&json!("a\"b")), "a\"b"),
            (Value::Json(&json!([1.0, "a\"b"])), r#"[1,"a\"b"]"#),
            (vec!["a", ""].as_value(), r#"["a",""]"#),
        ] {
            assert_eq!(value.text(), text);
        }
        assert_eq!(super::whole(9_223_372_036_854_775_807.0), None);
        assert_eq!(super::whole(-9_223_372_036_854_775_808.0), Some(i64::MIN));
        assert_eq!(super::whole(f64::NAN), None);
    }
}

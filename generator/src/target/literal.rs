//! A text as a string literal of a language. Whatever a spec's text holds, it stays inside its quotes.
//!
//! A small set of writers, each proved against its language's own reader; a target names one. Everything that a reader of
//! the source does not see, or that means something outside ASCII letters, is escaped.

use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// A string literal, quotes included. Only a [`Quoting`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Text(String);

impl Text {
    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a language writes a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quoting {
    /// Who writes it.
    pub writer: Quotes,
    /// Characters that mean something in this language's strings beside the usual ones: `$` where it begins an
    /// interpolation.
    #[serde(default)]
    pub also: String,
}

/// Writers of string literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quotes {
    /// Python: double quotes, or single ones where that spares escapes, as its formatters would have it.
    Python,
    /// JavaScript and TypeScript: the same choice of quotes.
    Javascript,
    /// Go: an interpreted string.
    Go,
    /// Java: no escape of the kind that is read before anything else stands for ASCII.
    Java,
    /// JSON, and whatever reads JSON's strings: TOML's basic strings, YAML's double-quoted ones, C#, Kotlin.
    Json,
    /// Double quotes, and `\u{2028}` for what cannot stand for itself: Ruby, PHP, Swift, Dart, Lua.
    Braced,
}

impl Quoting {
    /// A writer, for a language in whose strings nothing else is special.
    pub fn by(writer: Quotes) -> Quoting {
        Quoting { writer, also: String::new() }
    }

    /// The literal of a text.
    pub fn write(&self, text: &str) -> Text {
        let choice = matches!(self.writer, Quotes::Python | Quotes::Javascript);
        let single = choice && text.matches('"').count() > text.matches('\'').count();
        let quote = if single { '\'' } else { '"' };
        let mut out = String::with_capacity(text.len() + 2);
        out.push(quote);
        for c in text.chars() {
            match c {
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if c == quote => out.extend(['\\', c]),
                c if (matches!(c, ' '..='~') || is_plain(c)) && !self.also.contains(c) => out.push(c),
                c => self.writer.escape(c, &mut out),
            }
        }
        out.push(quote);
        Text(out)
    }
}

impl Quotes {
    fn escape(self, c: char, out: &mut String) {
        let code = u32::from(c);
        // Writing to a String cannot fail.
        let _ = match (self, code) {
            // What `\u` stands for is read first, and would end the literal or the line.
            (Quotes::Java, 0..=0x7F) => write!(out, "\\{code:03o}"),
            (Quotes::Braced, _) => write!(out, "\\u{{{code:x}}}"),
            (Quotes::Python | Quotes::Go, 0x1_0000..) => write!(out, "\\U{code:08x}"),
            (_, 0x1_0000..) => {
                let mut units = [0; 2];
                c.encode_utf16(&mut units).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
            }
            _ => write!(out, "\\u{code:04x}"),
        };
    }
}

/// Letters and digits of any script, and the punctuation of Chinese.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() && u32::from(c) >= 0x80 && !matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
        || matches!(
            c,
            '、' | '。'
                | '《'
                | '》'
                | '「'
                | '」'
                | '『'
                | '』'
                | '【'
                | '】'
                | '（'
                | '）'
                | '，'
                | '：'
                | '；'
                | '？'
                | '！'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_in_their_quotes() {
        for (text, python, java, json) in [
            ("a", r#""a""#, r#""a""#, r#""a""#),
            (r#"say "hi""#, r#"'say "hi"'"#, r#""say \"hi\"""#, r#""say \"hi\"""#),
            ("\\u0022", r#""\\u0022""#, r#""\\u0022""#, r#""\\u0022""#),
            ("a\nb\0", r#""a\nb\u0000""#, r#""a\nb\000""#, r#""a\nb\u0000""#),
            ("数，\u{2028}\u{202E}", r#""数，\u2028\u202e""#, r#""数，\u2028\u202e""#, r#""数，\u2028\u202e""#),
            ("\u{1F600}", r#""\U0001f600""#, r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
        ] {
            assert_eq!(Quoting::by(Quotes::Python).write(text).as_str(), python);
            assert_eq!(Quoting::by(Quotes::Java).write(text).as_str(), java);
            assert_eq!(Quoting::by(Quotes::Json).write(text).as_str(), json);
        }
    }

    #[test]
    fn what_is_special_to_one_language_is_escaped() {
        let ruby = Quoting { writer: Quotes::Braced, also: "#".to_owned() };
        assert_eq!(ruby.write("#{x} \u{2028}").as_str(), r#""\u{23}{x} \u{2028}""#);
    }

    proptest::proptest! {
        #[test]
        fn json_reads_what_was_written(text: String) {
            let read: Option<String> = serde_json::from_str(Quoting::by(Quotes::Json).write(&text).as_str()).ok();
            proptest::prop_assert_eq!(read, Some(text));
        }

        #[test]
        fn nothing_leaves_a_line_or_its_quotes(text: String) {
            for quotes in [Quotes::Python, Quotes::Javascript, Quotes::Go, Quotes::Java, Quotes::Braced] {
                let written = Quoting { writer: quotes, also: "$#".to_owned() }.write(&text);
                proptest::prop_assert!(!written.as_str().contains(['$', '#']));
                let quote = written.as_str().chars().next().unwrap_or_default();
                let inner: Vec<char> = written.as_str().chars().collect();
                let mut escaped = false;
                for (at, c) in inner.iter().enumerate().skip(1) {
                    proptest::prop_assert!(!c.is_control());
                    proptest::prop_assert!(escaped || *c != quote || at + 1 == inner.len());
                    escaped = *c == '\\' && !escaped;
                }
                proptest::prop_assert!(!escaped);
            }
        }
    }
}

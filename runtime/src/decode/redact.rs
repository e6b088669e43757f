//! Texts of a service as an error may show them: without secrets, on one line, of bounded length.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::borrow::Cow;

/// Bytes of a text that is shown; enough for an encoded diagnosis of a refused permission.
const LONGEST: usize = 8192;

/// Characters from which on a secret is looked for: shorter ones would tear holes into every text.
const SHORTEST: usize = 3;

/// What must not be seen, longest first, so that no part of one is left behind by another.
pub(super) struct Redaction<'a>(Vec<Cow<'a, str>>);

impl<'a> Redaction<'a> {
    pub(super) fn of(secrets: &[&'a str]) -> Redaction<'a> {
        let mut all = Vec::with_capacity(secrets.len() * 5);
        for secret in secrets.iter().copied().filter(|secret| secret.chars().count() >= SHORTEST) {
            let hex = crate::sign::hex(secret.as_bytes());
            // Without what fills up the last group: it may be there or not.
            let encoded = [STANDARD_NO_PAD.encode(secret), URL_SAFE_NO_PAD.encode(secret), hex.to_uppercase(), hex];
            all.push(Cow::Borrowed(secret));
            all.extend(encoded.map(Cow::Owned));
        }
        all.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
        Redaction(all)
    }

    /// The text with `***` for each secret, plain or encoded in whatever way, and a blank for each control character.
    pub(super) fn apply(&self, text: &str) -> String {
        let (mut shown, mut rest) = (String::new(), text);
        while let Some(letter) = rest.chars().next() {
            if shown.len() >= LONGEST {
                shown.push('…');
                break;
            }
            let found = self.0.iter().find_map(|secret| rest.get(stretch(rest, secret)?..));
            if let Some(tail) = found {
                shown.push_str("***");
                rest = tail;
            } else {
                shown.push(if letter.is_control() { ' ' } else { letter });
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
        shown
    }
}

/// How a text may have been written into another one.
const MANNERS: [Manner; 3] = [Manner::Escaped, Manner::Percent("%"), Manner::Percent("%25")];

#[derive(Clone, Copy)]
enum Manner {
    /// As it is, or as JSON and XML escape it.
    Escaped,
    /// Percent-encoded, once or twice, each byte after this.
    Percent(&'static str),
}

/// How often, within one secret, something may be read in two ways: `&amp;` is an `&`, or stands there as it is.
const FORKS: u32 = 4;

/// How many bytes at the start of a text are the secret, in whatever way it is encoded.
fn stretch(text: &str, secret: &str) -> Option<usize> {
    MANNERS.iter().find_map(|manner| manner.stretch(text.as_bytes(), secret.as_bytes(), FORKS))
}

impl Manner {
    fn stretch(self, text: &[u8], secret: &[u8], forks: u32) -> Option<usize> {
        let mut length = 0;
        for (index, byte) in secret.iter().enumerate() {
            let rest = text.get(length..)?;
            let plain = rest.first().filter(|first| *first == byte).map(|_| 1);
            length += match (self.encoded(rest, *byte), plain) {
                (Some(encoded), Some(plain)) if forks > 0 => {
                    let onward =
                        |unit| Some(unit + self.stretch(rest.get(unit..)?, secret.get(index + 1..)?, forks - 1)?);
                    return onward(encoded).or_else(|| onward(plain)).map(|onward| length + onward);
                }
                (encoded, plain) => encoded.or(plain)?,
            };
        }
        Some(length)
    }

    /// How many bytes at the start of a text are one byte that is encoded.
    fn encoded(self, text: &[u8], byte: u8) -> Option<usize> {
        match self {
            Manner::Escaped => escaped(text, byte),
            Manner::Percent(start) => match text.strip_prefix(start.as_bytes()) {
                Some([first, second, ..]) if [hex(*first), hex(*second)] == [Some(byte >> 4), Some(byte & 15)] => {
                    Some(start.len() + 2)
                }
                _ => text.first().filter(|first| byte == b' ' && **first == b'+').map(|_| 1),
            },
        }
    }
}

fn escaped(text: &[u8], byte: u8) -> Option<usize> {
    let escapes: &[&str] = match byte {
        b'"' => &["\\\"", "&quot;", "&#34;"],
        b'\'' => &["\\u0027", "\\'", "&apos;", "&#39;"],
        b'&' => &["\\u0026", "&amp;"],
        b'<' => &["\\u003c", "&lt;"],
        b'>' => &["\\u003e", "&gt;"],
        b'\\' => &["\\\\"],
        b'/' => &["\\/"],
        _ => &[],
    };
    let found = escapes
        .iter()
        .find(|escape| text.get(..escape.len()).is_some_and(|head| head.eq_ignore_ascii_case(escape.as_bytes())));
    found.map(|escape| escape.len())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Redaction};

    fn shown(text: &str, secrets: &[&str]) -> String {
        Redaction::of(secrets).apply(text)
    }

    #[test]
    fn secrets_are_hidden_in_every_encoding() {
        let secret = "p w/中+\"%25&";
        for echo in [
            secret,
            "p%20w%2F%E4%B8%AD%2B%22%2525%26",
            "p%20w%2f%e4%b8%ad%2b%22%2525%26",
            "p+w%2F%E4%B8%AD%2B%22%2525%26",
            "p%2520w%252F%25E4%25B8%25AD%252B%2522%252525%2526",
            "p w\\/中+\\\"%25\\u0026",
            "p w/中+&quot;%25&amp;",
        ] {
            assert_eq!(shown(&format!("<{echo}> no"), &["no such", secret]), "<***> no", "{echo}");
        }
    }

    #[test]
    fn secrets_that_look_encoded_are_hidden() {
        for secret in ["a&amp;<\"b", "a%22b%25\"c", "&amp;&amp;&amp;&amp;&amp;&amp;"] {
            let json = secret.replace('"', "\\\"");
            let xml = secret.replace('&', "&amp;").replace('"', "&quot;");
            for echo in [secret.to_owned(), json, xml, crate::sign::encode(secret).into_owned()] {
                assert_eq!(shown(&format!("<{echo}>"), &[secret]), "<***>", "{echo}");
            }
        }
    }

    #[test]
    fn longer_secrets_go_first_and_short_ones_stay() {
        assert_eq!(shown("hunter22 hunter2 ab a", &["hunter2", "hunter22", "ab", "", "a"]), "*** *** ab a");
        assert_eq!(shown("aaaa", &["aaa"]), "***a");
        assert_eq!(shown("密码是中文字 中文", &["中文字"]), "密码是*** 中文");
    }

    #[test]
    fn a_text_is_one_line_of_bounded_length() {
        assert_eq!(shown("a\r\nb\u{1b}[31mc\u{85}", &[]), "a  b [31mc ");
        let long = shown(&"é".repeat(LONGEST), &[]);
        assert!(long.ends_with("é…") && long.len() < LONGEST + 5, "{}", long.len());
        // A secret across the end is hidden before the text is cut.
        let edge = format!("{}hunter2hunter2", "x".repeat(LONGEST - 1));
        assert!(shown(&edge, &["hunter2"]).ends_with("x***…"));
    }
}

//! A sentence as tokens: Chinese characters one by one, words of letters and digits as a whole, and what is formatted or
//! quoted as one token. No token knows what it stands for; [`super::matcher`] asks that.

use std::ops::Range;

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A character, a word or a mark.
    Plain,
    /// Bold, code or quoted: a name or a value.
    Formatted,
    /// A link's text.
    Link,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// How it is written.
    pub form: Form,
    /// The text without marks and escapes.
    pub text: String,
    /// The text in lower case, to compare words with.
    pub lower: String,
    /// Blank stands before it.
    pub spaced: bool,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

impl Token {
    /// A plain token that is this mark or word.
    pub fn is(&self, text: &str) -> bool {
        self.form == Form::Plain && self.lower == text
    }

    /// It begins with an ASCII letter, digit or sign: it may be a name or a value.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    }
}

/// The tokens of a piece of inline Markdown.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut scanner = Scanner { text, at: 0, spaced: false, tokens: vec![] };
    while let Some(c) = scanner.rest().chars().next() {
        scanner.step(c);
    }
    scanner.tokens
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    spaced: bool,
    tokens: Vec<Token>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self, c: char) {
        let rest = self.rest();
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            self.spaced = true;
            self.at += c.len_utf8();
        } else if let Some(inner) = enclosed(rest, "**", "**") {
            self.marked(inner, 2);
        } else if let Some(inner) = enclosed(rest, "`", "`") {
            self.marked(inner, 1);
        } else if rest.starts_with("``") {
            self.at += rest.len() - rest.trim_start_matches('`').len();
        } else if let Some(inner) =
            enclosed(rest, "“", "”").or_else(|| enclosed(rest, "\"", "\"")).filter(|inner| quotable(inner))
        {
            let marks = if c == '"' { 2 } else { "“”".len() };
            self.formatted(inner, marks);
        } else if let Some((label, target, length)) = link(rest) {
            let label = unescape(label).replace("**", "");
            let target = target.trim_matches('~');
            // Where the target is an action, that is what the link says.
            let action = super::names_action(target) && !super::names_action(&label);
            self.push(Form::Link, if action { target.to_owned() } else { label }, length);
        } else if c == '*' {
            self.at += 1;
        } else if c.is_ascii_alphanumeric() || c == '_' {
            self.word();
        } else if c == '\\' {
            let length = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
            self.push(Form::Plain, rest.chars().skip(1).take(1).collect(), length);
        } else {
            self.push(Form::Plain, c.to_string(), c.len_utf8());
        }
    }

    fn push(&mut self, form: Form, text: String, length: usize) {
        let span = self.at..self.at + length;
        self.at = span.end;
        if !text.is_empty() {
            let lower = text.to_lowercase();
            self.tokens.push(Token { form, text, lower, spaced: std::mem::take(&mut self.spaced), span });
        }
    }

    /// Bold or code between marks of so many bytes. Words in a row are prose that happens to be bold; what cannot be one
    /// name or value is none.
    fn marked(&mut self, inner: &str, mark: usize) {
        if !is_prose(inner) {
            return self.formatted(inner, 2 * mark);
        }
        let start = self.at + mark;
        for mut token in tokens(inner) {
            token.span = token.span.start + start..token.span.end + start;
            token.spaced |= std::mem::take(&mut self.spaced);
            self.tokens.push(token);
        }
        self.at = start + inner.len() + mark;
    }

    /// Bold, code or a quotation. A range of numbers inside it becomes three tokens; marks at its end stand by themselves.
    fn formatted(&mut self, inner: &str, marks: usize) {
        let whole = unescape(inner);
        let text = whole.trim_end_matches(['：', ':', '。', '，', ',', '.']).trim();
        let end = self.at + inner.len() + marks;
        let trailing = whole
            .trim_end()
            .chars()
            .skip(whole.trim_end().trim_end_matches(['：', ':', '。', '，', ',', '.']).chars().count());
        let trailing: Vec<char> = trailing.collect();
        let mut pieces = match range(text) {
            Some((low, mark, high)) => vec![(Form::Formatted, low), (Form::Plain, mark), (Form::Formatted, high)],
            None => match equation(text) {
                Some((name, value)) => vec![
                    (Form::Formatted, name.to_owned()),
                    (Form::Plain, "=".to_owned()),
                    (Form::Formatted, value.to_owned()),
                ],
                None => vec![(Form::Formatted, text.to_owned())],
            },
        };
        pieces.extend(trailing.iter().map(|mark| (Form::Plain, mark.to_string())));
        let start = self.at;
        for (form, piece) in pieces {
            self.at = start;
            self.push(form, piece, end - start);
        }
        self.at = end;
    }

    fn word(&mut self) {
        let rest = self.rest();
        let mut text = String::new();
        let mut length = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((index, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            let inner = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let joins = match c {
                '.' | '-' => next.is_some_and(inner),
                '/' => next.is_some_and(|next| inner(next) || next == '/'),
                // `12:00` and `http://`; in `value:1` it ends the word.
                ':' => next == Some('/') || (digit(text.chars().last()) && digit(next)),
                // `100,000` is one number; `1,2` are two.
                ',' => grouped(&text, rest.get(index + 1..).unwrap_or_default()),
                _ => inner(c),
            };
            if joins {
                text.push(c);
                length = index + 1;
            } else if c == '\\' && matches!(next, Some('_' | '-' | '.')) {
                // The escape is dropped; what it protects is taken next.
                continue;
            } else {
                break;
            }
        }
        match range(&text) {
            Some((low, mark, high)) => {
                let total = length;
                let low_length = low.len();
                self.push(Form::Plain, low, low_length);
                let mark_length = mark.len();
                self.push(Form::Plain, mark, mark_length);
                self.push(Form::Plain, high, total - low_length - mark_length);
            }
            None => self.push(Form::Plain, text, length),
        }
    }
}

fn digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether a comma between these groups digits.
fn grouped(before: &str, after: &str) -> bool {
    let mut groups = before.split(',').rev();
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let whole = groups.all(digits) && before.split(',').next().is_some_and(|first| first.len() <= 3 && first != "0");
    let next = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    whole && next == 3
}

/// What stands between marks, if it is not empty and on one line.
fn enclosed<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (inner, _) = text.strip_prefix(open)?.split_once(close)?;
    (!inner.trim().is_empty() && !inner.contains('\n')).then_some(inner)
}

/// Whether several words stand here, and none of them is more than a word.
fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let plain = |c: char| c.is_alphanumeric() || " _-.,'()（）、，：:\\".contains(c);
    if !text.contains([' ', '、', '，', '（']) || !text.chars().all(plain) {
        return false;
    }
    let words: Vec<&str> = text.split([' ', '、', '，', '（']).filter(|word| !word.is_empty()).collect();
    let lower = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    text.contains([',', '、', '，', '(', '（', ':', '：'])
        || (words.len() > 1 && words.first().is_some_and(lower))
        || (words.len() > 2 && words.iter().any(lower))
}

fn quotable(text: &str) -> bool {
    text.len() <= 40 && text.is_ascii()
}

/// A link's text, its target, and the length of the whole link.
fn link(text: &str) -> Option<(&str, &str, usize)> {
    let rest = text.strip_prefix('[')?;
    let (label, target) = rest.split_once("](")?;
    let target = target.split_once(')')?.0;
    (!label.contains(['[', '\n']) && !target.contains('\n')).then(|| (label, target, label.len() + target.len() + 4))
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// `Kind=big` is a name, a sign and a value.
fn equation(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (name.trim(), value.trim_start_matches('=').trim());
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    (plain(name) && plain(value) && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((name, value))
}

/// `1~5` and `1-5` are two numbers and a mark between them.
fn range(text: &str) -> Option<(String, String, String)> {
    let mark = ['~', '～', '-'].into_iter().find(|mark| text.char_indices().skip(1).any(|(_, c)| c == *mark))?;
    let (low, high) = text.split_once(mark).filter(|(low, _)| !low.is_empty())?;
    let number = |text: &str| !text.trim().is_empty() && text.trim().chars().all(|c| c.is_ascii_digit());
    (number(low) && number(high)).then(|| (low.trim().to_owned(), mark.to_string(), high.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .map(|token| match token.form {
                Form::Plain => token.text,
                Form::Formatted => format!("<{}>", token.text),
                Form::Link => format!("[{}]", token.text),
            })
            .collect()
    }

    #[test]
    fn names_values_and_characters() {
        assert_eq!(texts("当**A.B\\_c**取值为`x`时。"), ["当", "<A.B_c>", "取", "值", "为", "<x>", "时", "。"]);
        assert_eq!(
            texts("see [the guide](~~12~~), e.g. cache\\_key."),
            ["see", "[the guide]", ",", "e.g", ".", "cache_key", "."]
        );
        assert_eq!(texts("**true：**是"), ["<true>", "：", "是"]);
    }

    #[test]
    fn ranges_are_numbers() {
        assert_eq!(texts("**1~5**"), ["<1>", "~", "<5>"]);
        assert_eq!(texts("1-5120, -1"), ["1", "-", "5120", ",", "-", "1"]);
        assert_eq!(texts("2018-01-01T00:00:00Z"), ["2018-01-01T00:00:00Z"]);
        assert_eq!(
            texts("value:1 at 12:00, 1,000,000 or 1,2"),
            "value : 1 at 12:00 , 1,000,000 or 1 , 2".split(' ').collect::<Vec<_>>()
        );
    }

    #[test]
    fn bold_prose_is_prose() {
        assert_eq!(
            texts("**1 to 60**, **Valid values:** **is set to**"),
            "1 to 60 , Valid values : is set to".split(' ').collect::<Vec<_>>()
        );
        assert_eq!(
            texts("**MS SQL**, `Open JDK 8`, **rds (default)**"),
            ["<MS SQL>", ",", "<Open JDK 8>", ",", "rds", "(", "default", ")"]
        );
    }

    #[test]
    fn italics_vanish() {
        assert_eq!(texts("*yyyy-MM-dd*T*HH:mm:ss*Z **"), ["yyyy-MM-dd", "T", "HH", ":", "mm", ":", "ss", "Z"]);
        assert_eq!(texts("“ab” and \"c\""), ["<ab>", "and", "<c>"]);
    }
}

//! Characters that a reader does not see, or that change what he sees, made visible.

use std::fmt::Write;

/// Folds every kind of line end to LF, and writes control, direction and zero-width characters as `<U+202E>`. Tabs
/// become blanks. The result is not yet Markdown: it still has to be escaped for its place.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            c if hidden(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// As [`visible`], on one line.
pub(super) fn visible_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Unicode's default-ignorable and format characters that texts have no use for, and all controls. The two variation
/// selectors that choose between text and emoji stay.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0D}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hides() {
        assert_eq!(visible("a\u{202E}b\u{200B}c\0d\u{FEFF}"), "a<U+202E>b<U+200B>c<U+0000>d<U+FEFF>");
        assert_eq!(visible("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\tg"), "a\nb\nc\nd\ne\nf    g");
        assert_eq!(visible("Grüße, 数据 ☎\u{FE0F}"), "Grüße, 数据 ☎\u{FE0F}");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(visible_line(" a \r\n\r\n b\u{85}"), "a b");
    }
}

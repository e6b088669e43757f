//! The text of a cell without its escapes, and the page's links. Never asks what the text is about.

/// The text without backslash escapes, marks for bold and code, and invisible blanks.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => out.extend(chars.next()),
            // No-break and zero-width spaces stand in more than a thousand cells and mean nothing.
            '\u{a0}' | '\u{200b}' | '\u{feff}' => {}
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
            }
            '`' => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// The texts of the links in a piece of Markdown, in order.
pub fn link_texts(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").filter_map(|before| before.rsplit_once('[').map(|(_, label)| label))
}

/// Whether a word can be the name of an action: two or more capitalised words in one, of ASCII letters and digits.
pub fn names_action(word: &str) -> bool {
    let humps =
        word.chars().zip(word.chars().skip(1)).filter(|(a, b)| a.is_ascii_uppercase() && b.is_ascii_lowercase());
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
        && humps.count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_marks_go() {
        assert_eq!(plain(" 172.16.\\*\\*\\*\u{a0}"), "172.16.***");
        assert_eq!(plain("\\[\\{\"a\\_b\": \"\\\\n\"\\}\\]"), "[{\"a_b\": \"\\n\"}]");
        assert_eq!(plain("**X**\u{200b}"), "X");
    }

    #[test]
    fn links_and_actions() {
        let links: Vec<_> = link_texts("call [DescribeThings](~~1~~) or [the guide](~2~)").collect();
        assert_eq!(links, ["DescribeThings", "the guide"]);
        assert!(names_action("DescribeThings"));
        assert!(!names_action("OpenAPI") && !names_action("MySQL同步Xy") && !names_action("Redis"));
    }
}

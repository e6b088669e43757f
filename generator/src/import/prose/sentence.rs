//! Cuts tokens into sentences, and takes what stands in brackets out of them. Knows marks, and no word of any language.

use super::token::{Form, Token};

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, without its final mark and without what stood in brackets.
    pub tokens: Vec<Token>,
    /// The value that it explains: it stands in the list item of that value, or in brackets after it.
    pub value: Option<String>,
    /// A list follows.
    pub leads: bool,
    /// It stood in brackets.
    pub aside: bool,
}

/// The most tokens of a sentence that is read: what is longer is no sentence that anybody wrote, and every pattern would
/// be tried at each of them.
const LONGEST: usize = 1000;

impl Sentence {
    /// Whether it is too long to be one.
    pub fn is_endless(&self) -> bool {
        self.tokens.len() > LONGEST
    }
}

/// Cuts tokens into sentences. What stands in brackets becomes a sentence of its own, after the one that it stood in.
pub fn sentences(tokens: Vec<Token>, value: Option<&str>) -> Vec<Sentence> {
    let mut found = vec![];
    let mut asides = vec![];
    let mut current: Vec<Token> = vec![];
    let mut open: Vec<Vec<Token>> = vec![];
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if token.is("（") || token.is("(") {
            open.push(vec![]);
        } else if token.is("）") || token.is(")") {
            let Some(inner) = open.pop() else { continue };
            let explained = open.last().unwrap_or(&current).last().filter(|before| before.form == Form::Formatted);
            let value = explained.map(|before| before.text.clone()).or_else(|| value.map(str::to_owned));
            asides.push(Sentence { tokens: inner, value, leads: false, aside: true });
        } else if let Some(inner) = open.last_mut() {
            inner.push(token);
        } else if ends(current.last(), &token, tokens.peek()) {
            push(&mut found, &mut current, value);
            found.append(&mut asides);
        } else {
            current.push(token);
        }
    }
    // A bracket that never closes hides nothing.
    current.extend(open.into_iter().flatten());
    push(&mut found, &mut current, value);
    found.append(&mut asides);
    found.retain(|sentence| !sentence.tokens.is_empty());
    found
}

fn ends(before: Option<&Token>, token: &Token, next: Option<&Token>) -> bool {
    // A full stop within a word before, or a small letter after a short one, tell an abbreviation.
    const SHORT: usize = 3;
    let small = |next: &Token| next.form == Form::Plain && next.text.starts_with(|c: char| c.is_ascii_lowercase());
    let short =
        |before: &Token| before.form == Form::Plain && (before.text.contains('.') || before.text.len() <= SHORT);
    let abbreviates = before.is_some_and(short) && next.is_some_and(small);
    let last = next.is_none_or(|next| next.spaced) && !abbreviates;
    ["。", "；", "！", "？", ";", "!"].iter().any(|mark| token.is(mark)) || (token.is(".") && last)
}

fn push(found: &mut Vec<Sentence>, tokens: &mut Vec<Token>, value: Option<&str>) {
    let mut tokens = std::mem::take(tokens);
    let leads = tokens.last().is_some_and(|last| last.is("：") || last.is(":"));
    if leads {
        tokens.pop();
    }
    found.push(Sentence { tokens, value: value.map(str::to_owned), leads, aside: false });
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>, bool)> {
        sentences(tokens(text), None)
            .into_iter()
            .map(|sentence| {
                let text: Vec<&str> = sentence.tokens.iter().map(|token| token.text.as_str()).collect();
                (text.join(" "), sentence.value, sentence.leads)
            })
            .collect()
    }

    #[test]
    fn marks_end_sentences_and_brackets_become_their_own() {
        assert_eq!(
            read("A is **x** (the default). Version 5.5, e.g. of it (short; odd) is: "),
            [
                ("A is x".to_owned(), None, false),
                ("the default".to_owned(), Some("x".to_owned()), false),
                ("Version 5.5 , e.g . of it is".to_owned(), None, true),
                ("short ; odd".to_owned(), None, false),
            ]
        );
    }
}

//! What a sentence is like: whether it looks like a rule, and its words without what is particular to it, so that sentences
//! of one make can be counted.

use super::matcher::{Context, Matcher};
use super::names::Names;
use super::phrases::Phrases;
use super::reading::{Heard, left_over};
use super::token::{Form, Token};

/// Whether a sentence has words that tell a rule.
pub fn looks_like_rule(heard: &Heard, phrases: &Phrases) -> bool {
    let names = Names::default();
    let words = phrases.lexicon.words(&heard.tokens);
    let context = Context {
        phrases,
        names: &names,
        own: "",
        subject: None,
        item: false,
        labelled: false,
        items_of: None,
        under: false,
    };
    let matcher = Matcher::new(context, &heard.tokens, &words, None);
    left_over(&matcher, &phrases.rule_like, &vec![false; heard.tokens.len()]).is_some()
}

/// The sentence with `P` for parameters, `V` for what is formatted and `N` for numbers.
pub fn skeleton(heard: &Heard, names: &Names) -> String {
    const LONGEST: usize = 40;
    let mut text = String::new();
    for token in heard.tokens.iter().take(LONGEST) {
        let piece = piece(token, names);
        let wide = piece.is_ascii() && text.ends_with(|c: char| c.is_ascii());
        if !text.is_empty() && wide {
            text.push(' ');
        }
        text.push_str(piece);
    }
    if heard.tokens.len() > LONGEST {
        text.push_str(" …");
    }
    text
}

fn piece<'t>(token: &'t Token, names: &Names) -> &'t str {
    if names.resolve(token).is_some() {
        return "P";
    }
    match token.form {
        Form::Formatted => "V",
        Form::Link => "L",
        Form::Plain if token.text.starts_with(|c: char| c.is_ascii_digit()) => "N",
        Form::Plain => &token.lower,
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::Name;
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn what_is_particular_is_left_out() {
        let names = Names::new(vec![Name { wire: "Kind".to_owned(), ..Name::default() }]);
        let of = |text: &str| {
            let heard = Heard { text: text.to_owned(), line: 1, missed: true, tokens: tokens(text) };
            skeleton(&heard, &names)
        };
        assert_eq!(of("If **Kind** is `big`, wait 5 days"), "if P is V , wait N days");
        assert_eq!(of("当**Kind**为5时"), "当P为N时");
    }
}

//! The parameters of an action, as sentences name them: by wire name, by the last part of it, by their own first noun.
//! An unknown name stays unknown: it is a finding, not a guess.

use super::token::{Form, Token};
use crate::spec::Map;

/// A parameter as the prose reader knows it.
#[derive(Debug, Clone, Default)]
pub struct Name {
    /// The wire name.
    pub wire: String,
    /// Its documented values.
    pub values: Vec<String>,
    /// Its first noun, as lower-case tokens, from the longest form to the shortest.
    pub nouns: Vec<Vec<String>>,
}

/// The parameters of an action.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// In order.
    pub all: Vec<Name>,
}

/// A value, or a name, and how the source spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// What it is taken for.
    pub taken: String,
    /// As written, where that differs.
    pub written: Option<String>,
}

impl Names {
    /// The parameter that a token names.
    pub fn resolve(&self, token: &Token) -> Option<&Name> {
        match token.form {
            // A bare word is a parameter only if it is spelt as one: `type` is also a word.
            Form::Plain => token.is_word().then(|| self.exact(&token.text)).flatten(),
            Form::Formatted => self.exact(&token.text).or_else(|| self.nearly(&token.text)),
            Form::Link => None,
        }
    }

    fn exact(&self, text: &str) -> Option<&Name> {
        let bare = text.strip_suffix(".N").unwrap_or(text);
        self.all.iter().find(|name| name.wire == text || name.wire == bare)
    }

    fn nearly(&self, text: &str) -> Option<&Name> {
        let bare = text.strip_suffix(".N").unwrap_or(text);
        let same = |name: &&Name| name.wire.eq_ignore_ascii_case(bare);
        let last = |name: &&Name| name.wire.rsplit_once('.').is_some_and(|(_, last)| last == bare);
        only(self.all.iter().filter(same)).or_else(|| only(self.all.iter().filter(last)))
    }

    /// The parameter whose own noun begins here, and the number of its tokens. A noun that two parameters share names none.
    pub fn by_noun(&self, tokens: &[Token]) -> Option<(&Name, usize)> {
        let plain = |token: &Token, word: &String| token.form == Form::Plain && token.lower == *word;
        let begins = |noun: &Vec<String>| {
            noun.len() <= tokens.len() && noun.iter().zip(tokens).all(|(word, token)| plain(token, word))
        };
        let found = self.all.iter().filter_map(|name| Some((name, name.nouns.iter().find(|noun| begins(noun))?.len())));
        let longest = found.clone().map(|(_, length)| length).max()?;
        only(found.filter(|(_, length)| *length == longest))
    }

    /// A value as the parameter lists it: exactly, else whatever the case, else whatever stands for a hyphen.
    pub fn fold(&self, parameter: &str, written: &str) -> Folded {
        let values = self.all.iter().find(|name| name.wire == parameter).map_or(&[][..], |name| &name.values);
        let same = values.iter().find(|value| *value == written);
        let near = |key: fn(&str) -> String| only(values.iter().filter(move |value| key(value) == key(written)));
        let taken = same.or_else(|| near(str::to_lowercase)).or_else(|| near(hyphenless));
        let taken = taken.cloned().unwrap_or_else(|| written.to_owned());
        Folded { written: (taken != written).then(|| written.to_owned()), taken }
    }

    /// Whether a parameter lists a value, whatever its case.
    pub fn lists(&self, parameter: &str, value: &str) -> bool {
        self.all
            .iter()
            .any(|name| name.wire == parameter && name.values.iter().any(|listed| listed.eq_ignore_ascii_case(value)))
    }
}

fn hyphenless(text: &str) -> String {
    text.to_lowercase().replace(['-', '_'], "")
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The first noun of a description: its first words up to a mark, whole and without what it belongs to.
pub fn nouns(tokens: &[Token], of: Option<&str>) -> Vec<Vec<String>> {
    const SHORTEST: usize = 2;
    const LONGEST: usize = 16;
    let words =
        tokens.iter().take_while(|token| token.form == Form::Plain && token.lower.chars().all(char::is_alphanumeric));
    let whole: Vec<String> = words.map(|token| token.lower.clone()).collect();
    let own = of
        .and_then(|of| whole.iter().rposition(|word| word == of))
        .map(|at| whole.iter().skip(at + 1).cloned().collect());
    let mut nouns = vec![whole];
    nouns.extend(own);
    // A noun of letters is an ordinary word; only those of Chinese characters are specific enough.
    nouns.retain(|noun: &Vec<String>| {
        (SHORTEST..=LONGEST).contains(&noun.len()) && noun.iter().all(|word| !word.is_ascii())
    });
    nouns
}

/// Values by how the source spells them, as a spec records it.
pub fn as_written(folded: &[Folded]) -> Map<String> {
    folded.iter().filter_map(|value| Some((value.taken.clone(), value.written.clone()?))).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn name(wire: &str, values: &[&str], description: &str) -> Name {
        Name {
            wire: wire.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            nouns: nouns(&tokens(description), Some("的")),
        }
    }

    #[test]
    fn names_resolve_by_spelling_by_last_part_and_by_noun() {
        let names = Names {
            all: vec![
                name("PayType", &["Pre-Paid"], "付费类型。"),
                name("Source.Kind", &["A"], "实例的计费方式，x"),
                name("Id", &[], "x"),
            ],
        };
        let resolve = |text: &str| names.resolve(tokens(text).first().unwrap()).map(|name| name.wire.clone());
        assert_eq!(resolve("**PayType**").as_deref(), Some("PayType"));
        assert_eq!(resolve("`paytype`").as_deref(), Some("PayType"));
        assert_eq!(resolve("paytype"), None);
        assert_eq!(resolve("**Kind**").as_deref(), Some("Source.Kind"));
        let noun = |text: &str| names.by_noun(&tokens(text)).map(|(name, length)| (name.wire.clone(), length));
        assert_eq!(noun("付费类型为"), Some(("PayType".to_owned(), 4)));
        assert_eq!(noun("计费方式为"), Some(("Source.Kind".to_owned(), 4)));
        assert_eq!(noun("费用"), None);
    }

    #[test]
    fn values_fold_to_the_list() {
        let names = Names { all: vec![name("P", &["MaxCompute", "pre-paid"], "")] };
        assert_eq!(
            names.fold("P", "Maxcompute"),
            Folded { taken: "MaxCompute".to_owned(), written: Some("Maxcompute".to_owned()) }
        );
        assert_eq!(names.fold("P", "PrePaid").taken, "pre-paid");
        assert_eq!(names.fold("P", "Other"), Folded { taken: "Other".to_owned(), written: None });
    }
}

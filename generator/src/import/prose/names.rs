//! The parameters of an action, as sentences name them: by wire name, by the last part of it, by their own first noun.
//! An unknown name stays unknown: it is a finding, not a guess.

use super::token::{Form, Token};
use crate::spec::Map;
use std::collections::BTreeMap;

/// A parameter as the prose reader knows it.
#[derive(Debug, Clone, Default)]
pub struct Name {
    /// The wire name.
    pub wire: String,
    /// Its documented values.
    pub values: Vec<String>,
    /// What values mean, as lower-case tokens.
    pub meanings: Vec<(String, Vec<String>)>,
    /// Its first noun, as lower-case tokens, from the longest form to the shortest.
    pub nouns: Vec<Vec<String>>,
}

/// The parameters of an action.
#[derive(Debug, Clone, Default)]
pub struct Names {
    all: Vec<Name>,
    /// By wire name; by wire name in lower case; by the last part; where that is one parameter's alone.
    wires: BTreeMap<String, usize>,
    folded: BTreeMap<String, Option<usize>>,
    lasts: BTreeMap<String, Option<usize>>,
    /// The parameters and their nouns, by the first word of the noun.
    nouns: BTreeMap<String, Vec<(usize, Vec<String>)>>,
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
    /// The parameters in order.
    pub fn new(all: Vec<Name>) -> Names {
        let mut names = Names::default();
        let alone = |map: &mut BTreeMap<String, Option<usize>>, key: String, at: usize| {
            map.entry(key).and_modify(|other| *other = None).or_insert(Some(at));
        };
        for (at, name) in all.iter().enumerate() {
            names.wires.entry(name.wire.clone()).or_insert(at);
            alone(&mut names.folded, name.wire.to_lowercase(), at);
            if let Some((_, last)) = name.wire.rsplit_once('.') {
                alone(&mut names.lasts, last.to_owned(), at);
            }
            for noun in &name.nouns {
                let first = noun.first().cloned().unwrap_or_default();
                names.nouns.entry(first).or_default().push((at, noun.clone()));
            }
        }
        Names { all, ..names }
    }

    /// The parameter that a token names.
    pub fn resolve(&self, token: &Token) -> Option<&Name> {
        let at = match token.form {
            Form::Plain if !token.is_word() => None,
            // A bare word is a parameter only if it is spelt as one: `type` is also a word.
            Form::Plain => self.exact(&token.text).or_else(|| self.nearly(&token.text).filter(|_| cased(&token.text))),
            Form::Formatted => self.exact(&token.text).or_else(|| self.nearly(&token.text)),
            Form::Link => None,
        };
        self.all.get(at?)
    }

    fn exact(&self, text: &str) -> Option<usize> {
        let bare = text.strip_suffix(".N").unwrap_or(text);
        self.wires.get(text).or_else(|| self.wires.get(bare)).copied()
    }

    fn nearly(&self, text: &str) -> Option<usize> {
        let bare = text.strip_suffix(".N").unwrap_or(text);
        let near = |text: &str| self.folded.get(&text.to_lowercase()).copied().flatten();
        let singular = || near(bare.strip_suffix("es")?).or_else(|| near(bare.strip_suffix('s')?));
        near(bare).or_else(|| self.lasts.get(bare).copied().flatten()).or_else(singular)
    }

    /// The parameter whose own noun begins here, and the number of its tokens. A noun that two parameters share names none.
    pub fn by_noun(&self, tokens: &[Token]) -> Option<(&Name, usize)> {
        let nouns = self.nouns.get(&tokens.first()?.lower)?;
        let found = || nouns.iter().filter(|(_, noun)| begins(tokens, noun)).map(|(at, noun)| (*at, noun.len()));
        let longest = found().map(|(_, length)| length).max()?;
        let (at, length) = only(found().filter(|(_, length)| *length == longest))?;
        Some((self.all.get(at)?, length))
    }

    fn called(&self, wire: &str) -> Option<&Name> {
        self.all.get(*self.wires.get(wire)?)
    }

    /// The number of tokens that say what one value of the parameter means, as its list explains it.
    pub fn meant(&self, parameter: &str, tokens: &[Token]) -> Option<usize> {
        let meanings = self.called(parameter)?.meanings.iter();
        meanings.filter(|(_, meaning)| begins(tokens, meaning)).map(|(_, meaning)| meaning.len()).max()
    }

    /// A value as the parameter lists it: exactly, else whatever the case, else whatever stands for a hyphen, else by
    /// what it means.
    pub fn fold(&self, parameter: &str, written: &str) -> Folded {
        let name = self.called(parameter);
        let values = name.map_or(&[][..], |name| &name.values);
        let same = values.iter().find(|value| *value == written);
        let near = |key: fn(&str) -> String| only(values.iter().filter(move |value| key(value) == key(written)));
        let means = || {
            let meanings = name?.meanings.iter();
            only(meanings.filter(|(_, meaning)| meaning.concat() == written.to_lowercase()).map(|(value, _)| value))
        };
        let taken = same.or_else(|| near(str::to_lowercase)).or_else(|| near(hyphenless)).or_else(means);
        let taken = taken.cloned().unwrap_or_else(|| written.to_owned());
        Folded { written: (taken != written).then(|| written.to_owned()), taken }
    }

    /// Whether a parameter lists a value, whatever its case, or something that means it.
    pub fn lists(&self, parameter: &str, value: &str) -> bool {
        self.called(parameter).is_some_and(|name| {
            name.values.iter().any(|listed| listed.eq_ignore_ascii_case(value))
                || name.meanings.iter().any(|(_, meaning)| meaning.concat() == value.to_lowercase())
        })
    }
}

fn begins(tokens: &[Token], words: &[String]) -> bool {
    let plain = |token: &Token, word: &String| token.form == Form::Plain && token.lower == *word;
    words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, token)| plain(token, word))
}

/// It is spelt as names are and as no word is: a capital follows a small letter.
fn cased(text: &str) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase())
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
    // A noun of letters is an ordinary word; only those with Chinese characters are specific enough.
    nouns.retain(|noun: &Vec<String>| {
        noun.len() <= LONGEST && noun.iter().filter(|word| !word.is_ascii()).count() >= SHORTEST
    });
    nouns.dedup();
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
            meanings: vec![],
            nouns: nouns(&tokens(description), Some("的")),
        }
    }

    #[test]
    fn names_resolve_by_spelling_by_last_part_and_by_noun() {
        let names = Names::new(vec![
            name("PayType", &["Pre-Paid"], "付费类型。"),
            name("Source.Kind", &["A"], "实例的计费方式，x"),
            name("Id", &[], "x"),
        ]);
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
        let mut listing = name("P", &["MaxCompute", "pre-paid"], "");
        listing.meanings = vec![("pre-paid".to_owned(), vec!["先".to_owned(), "付".to_owned()])];
        let names = Names::new(vec![listing]);
        assert_eq!(
            names.fold("P", "Maxcompute"),
            Folded { taken: "MaxCompute".to_owned(), written: Some("Maxcompute".to_owned()) }
        );
        assert_eq!(names.fold("P", "PrePaid").taken, "pre-paid");
        assert_eq!(names.fold("P", "先付").taken, "pre-paid");
        assert_eq!(names.meant("P", &tokens("先付时")), Some(2));
        assert_eq!(names.fold("P", "Other"), Folded { taken: "Other".to_owned(), written: None });
    }
}

//! The words of a language's patterns as small numbers, and sets of them: most sentences lack a word that a pattern needs,
//! and are done with it at once. It knows words by number only.

use super::pattern::Node;
use super::token::{Form, Token};
use std::collections::BTreeMap;

/// A word by number. No token of a sentence that is no word of a pattern has one.
pub type Word = u32;

/// A token that is no word of any pattern.
pub const UNKNOWN: Word = 0;

/// The words of all patterns of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    words: BTreeMap<String, Word>,
}

impl Lexicon {
    /// The number of a word, which it has from now on.
    pub fn learn(&mut self, word: String) -> Word {
        let next = Word::try_from(self.words.len() + 1).unwrap_or(UNKNOWN);
        *self.words.entry(word).or_insert(next)
    }

    /// The tokens of a sentence as words; what is formatted is none.
    pub fn words(&self, tokens: &[Token]) -> Vec<Word> {
        let word = |token: &Token| self.words.get(&token.lower).copied().filter(|_| token.form == Form::Plain);
        tokens.iter().map(|token| word(token).unwrap_or(UNKNOWN)).collect()
    }
}

/// A set of words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    bits: Vec<u64>,
}

impl Words {
    /// Whether a word is in it.
    pub fn has(&self, word: Word) -> bool {
        let (at, bit) = place(word);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether they have a word in common.
    pub fn meets(&self, other: &Words) -> bool {
        self.bits.iter().zip(&other.bits).any(|(a, b)| a & b != 0)
    }

    fn extend(&mut self, other: &Words) {
        self.bits.resize(self.bits.len().max(other.bits.len()), 0);
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a |= b);
    }
}

impl FromIterator<Word> for Words {
    fn from_iter<I: IntoIterator<Item = Word>>(words: I) -> Words {
        let mut set = Words::default();
        for (at, bit) in words.into_iter().map(place) {
            set.bits.resize(set.bits.len().max(at + 1), 0);
            if let Some(bits) = set.bits.get_mut(at) {
                *bits |= bit;
            }
        }
        set
    }
}

fn place(word: Word) -> (usize, u64) {
    ((word / u64::BITS) as usize, 1 << (word % u64::BITS))
}

/// The words that a match may begin with, unless it may begin with something else.
pub fn first(nodes: &[Node]) -> Option<Words> {
    let mut words = Words::default();
    for node in nodes {
        match node {
            Node::Word(word) => {
                words.extend(&[*word].into_iter().collect());
                return Some(words);
            }
            Node::Slot(_) => return None,
            Node::Choice(choices, optional) => {
                for choice in choices {
                    words.extend(&first(choice)?);
                }
                if !optional && !choices.iter().any(Vec::is_empty) {
                    return Some(words);
                }
            }
            Node::Repeat(inner) => words.extend(&first(inner)?),
        }
    }
    // Nothing needs to stand here.
    None
}

/// Sets of which every match needs a word each.
pub fn needs(nodes: &[Node]) -> Vec<Words> {
    let mut sets = vec![];
    for node in nodes {
        match node {
            Node::Word(word) => sets.push([*word].into_iter().collect()),
            Node::Choice(choices, false) => {
                let mut all = Words::default();
                let each = choices.iter().map(|choice| needs(choice).into_iter().next());
                if each.map(|set| set.map(|set| all.extend(&set))).collect::<Option<Vec<()>>>().is_some() {
                    sets.push(all);
                }
            }
            Node::Choice(_, true) | Node::Repeat(_) | Node::Slot(_) => {}
        }
    }
    sets
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::pattern::compile;
    use super::super::token::tokens;
    use super::*;
    use indexmap::IndexMap;

    #[test]
    fn what_a_pattern_begins_with_and_what_it_needs() {
        let mut lexicon = Lexicon::default();
        let nodes = compile("a?(b|c)d{number}", &IndexMap::new(), &mut lexicon).unwrap();
        let words = |text: &str| lexicon.words(&tokens(text)).into_iter().collect::<Words>();
        let begins = first(&nodes).unwrap();
        assert!(begins.meets(&words("a")) && begins.meets(&words("c")) && !begins.meets(&words("d")));
        let needed = needs(&nodes);
        assert!(needed.iter().all(|set| set.meets(&words("c d"))));
        assert!(!needed.iter().all(|set| set.meets(&words("a d"))));
        assert_eq!(first(&compile("a?", &IndexMap::new(), &mut lexicon).unwrap()), None);
    }
}

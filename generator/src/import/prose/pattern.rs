//! The small language that phrase patterns are written in.
//!
//! A pattern is words, `(a|b)` for alternatives, `?` after what may be absent, `*` after what may be absent or
//! stand many times, and `{name}`: a word list of the same file,
//! or a slot that the matcher fills. Words are cut by the tokenizer that cuts sentences, so that both agree in any
//! language.

use super::lexicon::{Lexicon, Word};
use super::token::tokens;
use indexmap::IndexMap;

/// A slot: what a pattern leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// "This parameter".
    Own,
    /// One or more named parameters.
    Params,
    /// "This parameter", named parameters, or both.
    Targets,
    /// A value.
    Value,
    /// One or more values.
    Values,
    /// One or more values where nothing else can stand, so that any word is one.
    Words,
    /// The format of a moment: a date and a time.
    Moment,
    /// A number.
    Number,
    /// A condition.
    Condition,
    /// A condition that says that it is the only one.
    Only,
    /// Any tokens, as few as possible.
    Text,
    /// Any tokens without a comma, as few as possible.
    Phrase,
    /// An action's name.
    Action,
    /// Nothing: the sentence ends here, or a comma follows.
    End,
}

const SLOTS: [(&str, Slot); 14] = [
    ("own", Slot::Own),
    ("params", Slot::Params),
    ("targets", Slot::Targets),
    ("value", Slot::Value),
    ("values", Slot::Values),
    ("words", Slot::Words),
    ("moment", Slot::Moment),
    ("number", Slot::Number),
    ("condition", Slot::Condition),
    ("only", Slot::Only),
    ("text", Slot::Text),
    ("phrase", Slot::Phrase),
    ("action", Slot::Action),
    ("end", Slot::End),
];

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word or a mark.
    Word(Word),
    /// A slot.
    Slot(Slot),
    /// One of these, or none if it is optional.
    Choice(Vec<Vec<Node>>, bool),
    /// Any number of this.
    Repeat(Vec<Node>),
}

/// Compiles a pattern.
///
/// # Errors
/// If brackets do not match or a name is unknown.
pub fn compile(pattern: &str, words: &IndexMap<String, String>, lexicon: &mut Lexicon) -> Result<Vec<Node>, String> {
    let mut parser = Parser { rest: pattern, words, lexicon, depth: 0 };
    let mut choices = parser.whole()?;
    Ok(if choices.len() == 1 { choices.remove(0) } else { vec![Node::Choice(choices, false)] })
}

struct Parser<'a> {
    rest: &'a str,
    words: &'a IndexMap<String, String>,
    lexicon: &'a mut Lexicon,
    depth: usize,
}

impl Parser<'_> {
    /// Alternatives up to the end.
    fn whole(&mut self) -> Result<Vec<Vec<Node>>, String> {
        let mut choices = vec![self.sequence()?];
        while let Some(rest) = self.rest.strip_prefix('|') {
            self.rest = rest;
            choices.push(self.sequence()?);
        }
        if self.rest.is_empty() { Ok(choices) } else { Err(format!("`{}` is left over", self.rest)) }
    }

    fn sequence(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = vec![];
        while let Some(c) = self.rest.chars().next() {
            match c {
                ')' | '|' => break,
                '(' => nodes.push(self.choice()?),
                '{' => nodes.push(self.name()?),
                '?' | '*' => {
                    self.rest = self.rest.get(1..).unwrap_or_default();
                    let last = nodes.pop();
                    nodes.push(match (last, c) {
                        (Some(node), '*') => Node::Repeat(vec![node]),
                        (Some(Node::Choice(choices, _)), _) => Node::Choice(choices, true),
                        (Some(node), _) => Node::Choice(vec![vec![node]], true),
                        (None, _) => return Err(format!("`{c}` follows nothing")),
                    });
                }
                _ => {
                    let end = self.rest.find(['(', ')', '|', '{', '?', '*']).unwrap_or(self.rest.len());
                    let (literal, rest) = self.rest.split_at(end);
                    nodes.extend(tokens(literal).into_iter().map(|token| Node::Word(self.lexicon.learn(token.lower))));
                    self.rest = rest;
                }
            }
        }
        Ok(nodes)
    }

    fn choice(&mut self) -> Result<Node, String> {
        let mut choices = vec![];
        loop {
            // The bracket, or the bar before the next alternative.
            self.rest = self.rest.get(1..).unwrap_or_default();
            choices.push(self.sequence()?);
            match self.rest.chars().next() {
                Some('|') => {}
                Some(_) => break,
                None => return Err("a bracket is not closed".to_owned()),
            }
        }
        self.rest = self.rest.get(1..).unwrap_or_default();
        Ok(Node::Choice(choices, false))
    }

    fn name(&mut self) -> Result<Node, String> {
        const DEEPEST: usize = 8;
        let (name, rest) = self.rest.trim_start_matches('{').split_once('}').ok_or("a brace is not closed")?;
        let (name, rest) = (name.to_owned(), rest);
        self.rest = rest;
        if let Some((_, slot)) = SLOTS.iter().find(|(known, _)| *known == name) {
            return Ok(Node::Slot(*slot));
        }
        let pattern = self.words.get(&name).ok_or_else(|| format!("nothing is called `{name}`"))?;
        if self.depth == DEEPEST {
            return Err(format!("`{name}` contains itself"));
        }
        let mut inner = Parser { rest: pattern, words: self.words, lexicon: self.lexicon, depth: self.depth + 1 };
        Ok(Node::Choice(inner.whole()?, false))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn words_alternatives_slots_and_lists() {
        let words = IndexMap::from([("verb".to_owned(), "give|pass in".to_owned())]);
        let mut lexicon = Lexicon::default();
        let nodes = compile("You must? {verb}({own}|it)?", &words, &mut lexicon).unwrap();
        let mut word = |text: &str| Node::Word(lexicon.learn(text.to_owned()));
        assert_eq!(
            nodes,
            [
                word("you"),
                Node::Choice(vec![vec![word("must")]], true),
                Node::Choice(vec![vec![word("give")], vec![word("pass"), word("in")]], false),
                Node::Choice(vec![vec![Node::Slot(Slot::Own)], vec![word("it")]], true),
            ]
        );
        assert_eq!(compile("才可用", &words, &mut lexicon).unwrap().len(), 3);
    }

    #[test]
    fn mistakes_are_told() {
        let words = IndexMap::from([("me".to_owned(), "{me}".to_owned())]);
        for wrong in ["(a", "a)", "{a", "{a}", "{me}", "?"] {
            assert!(compile(wrong, &words, &mut Lexicon::default()).is_err(), "{wrong}");
        }
    }
}

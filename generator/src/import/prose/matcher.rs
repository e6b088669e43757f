//! Matches patterns against the tokens of a sentence, and fills their slots. It backtracks, within a budget of steps, so
//! that no text can keep it busy.

use super::lexicon::Word;
use super::names::{Folded, Names};
use super::pattern::{Node, Slot};
use super::phrases::Phrases;
use super::token::{Form, Token};
use crate::spec::Map;
use serde_json::Number;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// A condition as read, before it becomes one of a spec.
#[derive(Debug, Clone, PartialEq)]
pub enum Cond {
    /// The parameter has one of these values.
    Is(String, Vec<Folded>),
    /// All of these are given.
    Present(Vec<String>),
    /// The number is larger.
    Above(String, Number),
    /// The number is smaller.
    Below(String, Number),
    /// It does not hold.
    Not(Box<Cond>),
    /// All hold.
    All(Vec<Cond>),
    /// One holds.
    Any(Vec<Cond>),
    /// It is about something else than the request.
    Prose,
}

/// What the slots of a pattern hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bound {
    /// The condition.
    pub condition: Option<Arc<Cond>>,
    /// Named parameters; "this parameter" by its name.
    pub params: Vec<String>,
    /// What the consequence is about, by name.
    pub targets: Vec<String>,
    /// Parameters in the list are alternatives.
    pub any: bool,
    /// Values.
    pub values: Vec<String>,
    /// Numbers.
    pub numbers: Vec<Number>,
    /// An action's name.
    pub action: Option<String>,
    /// Names that are not spelt as wire names, as they are written.
    pub mended: Map<String>,
}

/// What to do with a match that ends at a token; `true` if it is accepted.
pub(super) type Then<'t> = &'t mut dyn FnMut(usize, &Bound) -> bool;

/// Where a sentence stands: what is known before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The phrases of its language.
    pub phrases: &'a Phrases,
    /// The parameters of the action.
    pub names: &'a Names,
    /// The parameter in whose description it stands.
    pub own: &'a str,
    /// The parameter that the sentence before was conditioned on.
    pub subject: Option<&'a str>,
    /// It stands in an item that explains no value.
    pub item: bool,
    /// That item has a label, which says what the rest of it is about.
    pub labelled: bool,
    /// The parameter whose values the items of this list are conditions on.
    pub items_of: Option<&'a str>,
    /// It stands in a list of values.
    pub under: bool,
}

/// Matches patterns against one sentence.
pub struct Matcher<'a> {
    /// Where the sentence stands.
    pub context: Context<'a>,
    /// The phrases of the sentence's language.
    pub phrases: &'a Phrases,
    /// The sentence.
    pub tokens: &'a [Token],
    /// The sentence as words.
    pub words: &'a [Word],
    /// The value that it explains.
    pub value: Option<&'a str>,
    /// Whether a condition may be one that no clause understands.
    pub prose: bool,
    /// Steps that are left.
    budget: Cell<u32>,
    /// The conditions that begin at a token.
    pub(super) known: RefCell<Known>,
}

/// The readings of the conditions that begin at a token, and whether those may be no other than the only one.
pub(super) type Known = BTreeMap<(usize, bool), Rc<[Reading]>>;

/// A condition as it may be read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub end: usize,
    pub condition: Arc<Cond>,
    pub mended: Map<String>,
}

/// The fewest words of a noun that nobody takes for an ordinary one.
const LONG: usize = 4;

/// Steps that a match may take. The longest sentences of real documents take a tenth of it.
const BUDGET: u32 = 20_000;

impl<'a> Matcher<'a> {
    /// A matcher for a sentence.
    pub fn new(context: Context<'a>, tokens: &'a [Token], words: &'a [Word], value: Option<&'a str>) -> Matcher<'a> {
        Matcher {
            context,
            phrases: context.phrases,
            tokens,
            words,
            value,
            prose: false,
            budget: Cell::new(0),
            known: RefCell::default(),
        }
    }

    /// The same, but a condition is whatever stands where one is due.
    pub fn of_prose(self) -> Matcher<'a> {
        Matcher { prose: true, known: RefCell::default(), ..self }
    }

    /// The first way in which the nodes match at a token: where the match ends, and what the slots hold.
    pub fn at(&self, nodes: &[Node], at: usize) -> Option<(usize, Bound)> {
        let mut found = None;
        self.each(nodes, at, &mut |end, bound| {
            found = Some((end, bound.clone()));
            true
        });
        found
    }

    /// Every way in which the nodes match at a token, until one is accepted.
    pub fn each(&self, nodes: &[Node], at: usize, then: Then<'_>) {
        self.refill();
        self.run(nodes, at, &Bound::default(), then);
    }

    pub(super) fn refill(&self) {
        self.budget.set(BUDGET);
    }

    /// Whether the nodes match at a token.
    pub fn stands(&self, nodes: &[Node], at: usize) -> bool {
        self.run(nodes, at, &Bound::default(), &mut |_, _| true)
    }

    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    pub(super) fn run(&self, nodes: &[Node], at: usize, bound: &Bound, then: Then<'_>) -> bool {
        let Some(left) = self.budget.get().checked_sub(1) else {
            return false;
        };
        self.budget.set(left);
        let Some((node, rest)) = nodes.split_first() else {
            return then(at, bound);
        };
        match node {
            Node::Word(word) => self.words.get(at) == Some(word) && self.run(rest, at + 1, bound, then),
            Node::Choice(choices, optional) => {
                let may = |choice: &&Vec<Node>| match choice.first() {
                    Some(Node::Word(word)) => self.words.get(at) == Some(word),
                    _ => true,
                };
                let mut may = choices.iter().filter(may);
                may.any(|choice| self.run(choice, at, bound, &mut |end, bound| self.run(rest, end, bound, then)))
                    || (*optional && self.run(rest, at, bound, then))
            }
            Node::Repeat(inner) => {
                let more = |end: usize, bound: &Bound, then: Then<'_>| end > at && self.run(nodes, end, bound, then);
                self.run(inner, at, bound, &mut |end, bound| more(end, bound, then)) || self.run(rest, at, bound, then)
            }
            Node::Slot(slot) => self.slot(*slot, at, bound, &mut |end, bound| self.run(rest, end, bound, then)),
        }
    }

    fn slot(&self, slot: Slot, at: usize, bound: &Bound, then: Then<'_>) -> bool {
        match slot {
            Slot::Own => self.run(&self.phrases.own, at, bound, &mut |end, bound| {
                then(end, &Bound { targets: with(&bound.targets, self.context.own), ..bound.clone() })
            }),
            Slot::Params => self.list(at, bound, false, then),
            Slot::Targets => self.list(at, bound, true, then),
            Slot::Value => self.value(at, bound, false, then),
            Slot::Values => self.values(at, bound, false, then),
            Slot::Words => self.values(at, bound, true, then),
            Slot::Moment => self.moment(at, bound, then),
            Slot::Number => self.number(at, bound, then),
            Slot::Condition => self.condition(at, bound, false, then),
            Slot::Only => self.condition(at, bound, true, then),
            Slot::Text | Slot::Phrase => (at + 1..=self.tokens.len())
                .take_while(|end| slot == Slot::Text || !self.token(end - 1).is_some_and(comma))
                .any(|end| then(end, bound)),
            Slot::Action => self.token(at).is_some_and(|token| {
                super::names_action(&token.text)
                    && then(at + 1, &Bound { action: Some(token.text.clone()), ..bound.clone() })
            }),
            Slot::End => self.token(at).is_none_or(comma) && then(at, bound),
        }
    }

    /// Named parameters between separators; as targets, "this parameter" may be among them.
    fn list(&self, at: usize, bound: &Bound, targets: bool, then: Then<'_>) -> bool {
        self.parameter(at, bound, targets, &mut |end, bound| {
            let more = self.run(&self.phrases.separator, end, bound, &mut |next, bound| {
                let any = bound.any || self.run(&self.phrases.alternative, end, bound, &mut |_, _| true);
                self.list(next, &Bound { any, ..bound.clone() }, targets, then)
            });
            more || then(end, bound)
        })
    }

    fn parameter(&self, at: usize, bound: &Bound, targets: bool, then: Then<'_>) -> bool {
        let own = targets
            && self.run(&self.phrases.own, at, bound, &mut |end, bound| {
                then(end, &Bound { targets: with(&bound.targets, self.context.own), ..bound.clone() })
            });
        own || self.run(&self.phrases.before, at, bound, &mut |start, bound| {
            let Some((name, end, written)) = self.named(start, targets) else {
                return false;
            };
            let mut next = bound.clone();
            let list = if targets { &mut next.targets } else { &mut next.params };
            *list = with(list, name);
            if written.strip_suffix(".N").unwrap_or(&written) != name {
                next.mended.insert(name.to_owned(), written);
            }
            self.run(&self.phrases.after, end, &next, &mut *then)
        })
    }

    /// The parameter that is named here, where the name ends, and how it is written. A short noun is too weak for a target.
    fn named(&self, at: usize, target: bool) -> Option<(&str, usize, String)> {
        let token = self.token(at)?;
        if let Some(name) = self.context.names.resolve(token) {
            return Some((&name.wire, at + 1, token.text.clone()));
        }
        let (name, length) = self.context.names.by_noun(self.tokens.get(at..)?)?;
        if target && length < LONG && name.wire != self.context.own {
            return None;
        }
        let written = self.tokens.iter().skip(at).take(length).map(|token| token.text.as_str()).collect();
        Some((&name.wire, at + length, written))
    }

    /// Values between separators; what is formatted needs none. Where nothing but values can stand, a bare word is one.
    pub(super) fn values(&self, at: usize, bound: &Bound, bare: bool, then: Then<'_>) -> bool {
        self.value(at, bound, bare, &mut |end, bound| {
            let more =
                self.run(&self.phrases.separator, end, bound, &mut |next, bound| self.values(next, bound, bare, then));
            let formatted = |at: usize| self.token(at).is_some_and(|token| token.form == Form::Formatted);
            let adjacent = || formatted(end) && end.checked_sub(1).is_some_and(formatted);
            more || (adjacent() && self.values(end, bound, bare, then)) || then(end, bound)
        })
    }

    /// Formatted text or a bare word that names no parameter, unless a parameter of the clause lists it as a value, or
    /// what a value of that parameter means.
    fn value(&self, at: usize, bound: &Bound, bare: bool, then: Then<'_>) -> bool {
        let Some(token) = self.token(at).filter(|token| token.form != Form::Link) else {
            return false;
        };
        let subject = bound.params.last().map(String::as_str).or(self.context.subject);
        if let Some(length) = subject.and_then(|subject| self.context.names.meant(subject, self.tokens.get(at..)?)) {
            let meaning: String = self.tokens.iter().skip(at).take(length).map(|token| token.text.as_str()).collect();
            return then(at + length, &Bound { values: with(&bound.values, &meaning), ..bound.clone() });
        }
        let subject = subject.unwrap_or(self.context.own);
        let listed = self.context.names.lists(subject, &token.text);
        let looks_like_one = match token.form {
            Form::Formatted => token.text.is_ascii(),
            _ => token.is_word() && (bare || self.phrases.bare_values || !lowercase(&token.text)) && !self.no_value(at),
        };
        let negative = token.is("-") && self.token(at + 1).is_some_and(|next| digits(&next.text) && !next.spaced);
        if negative {
            let number = format!("-{}", self.token(at + 1).map_or("", |next| next.text.as_str()));
            return then(at + 2, &Bound { values: with(&bound.values, &number), ..bound.clone() });
        }
        let fits = listed || (looks_like_one && self.context.names.resolve(token).is_none());
        let next = || Bound { values: with(&bound.values, &token.text), ..bound.clone() };
        let unit = self.phrases.unit.as_ref().filter(|_| digits(&token.text));
        fits && (unit.is_some_and(|unit| self.run(unit, at + 1, &next(), &mut *then)) || then(at + 1, &next()))
    }

    /// A word that is no value. In capitals, it is a name like any other.
    fn no_value(&self, at: usize) -> bool {
        let capitals = |token: &Token| token.text.len() > 1 && token.text.chars().all(|c| c.is_ascii_uppercase());
        let none = self.phrases.no_value.as_ref().filter(|_| !self.token(at).is_some_and(capitals));
        none.is_some_and(|none| self.stands(none, at))
    }

    /// Whether a list of values that ends here goes on: what follows is another one, or says of the last what it means.
    pub(super) fn goes_on(&self, end: usize) -> bool {
        let another = |at: usize| {
            let value = |token: &Token| match token.form {
                Form::Formatted => token.text.is_ascii(),
                Form::Plain => token.is_word() && (self.phrases.bare_values || !lowercase(&token.text)),
                Form::Link => false,
            };
            let last = |token: &Token| token.is_word() && at + 1 == self.tokens.len();
            self.token(at).is_some_and(|token| value(token) || last(token))
        };
        let colon = |token: &Token| token.is("：") || token.is(":");
        self.token(end).is_some_and(colon)
            || self.run(&self.phrases.separator, end, &Bound::default(), &mut |next, _| another(next))
    }

    /// Whether a number follows what ends here, as one of several.
    pub(super) fn numbers_go_on(&self, end: usize) -> bool {
        let number = |at: usize| self.token(at).is_some_and(|token| digits(&token.text));
        self.run(&self.phrases.separator, end, &Bound::default(), &mut |next, _| number(next))
    }

    /// The format of a moment, however its parts are marked.
    fn moment(&self, at: usize, bound: &Bound, then: Then<'_>) -> bool {
        const LONGEST: usize = 8;
        let mut text = String::new();
        for (end, token) in self.tokens.iter().enumerate().skip(at).take(LONGEST) {
            text.push_str(&token.lower);
            if matches!(text.as_str(), "yyyy-mm-ddthh:mm:ssz" | "yyyy-mm-ddthh:mmz") {
                return then(end + 1, bound);
            }
        }
        false
    }

    fn number(&self, at: usize, bound: &Bound, then: Then<'_>) -> bool {
        let minus = self.token(at).is_some_and(|token| token.is("-"));
        let Some(token) = self.token(at + usize::from(minus)) else {
            return false;
        };
        let text = format!("{}{}", if minus { "-" } else { "" }, token.text.replace(',', ""));
        let Ok(number) = text.parse::<Number>() else {
            return false;
        };
        let mut next = bound.clone();
        next.numbers.push(number);
        then(at + 1 + usize::from(minus), &next)
    }
}

pub(super) fn comma(token: &Token) -> bool {
    ["，", ",", "：", ":"].iter().any(|mark| token.is(mark))
}

fn lowercase(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_lowercase())
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// The list with an item that it may have already: garbled sentences say a thing twice.
fn with(list: &[String], item: &str) -> Vec<String> {
    let mut list = list.to_vec();
    if !list.iter().any(|known| known == item) {
        list.push(item.to_owned());
    }
    list
}

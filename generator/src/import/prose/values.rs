//! The values that a description lists, as items or in a sentence.

use super::matcher::Matcher;
use super::names::{Name, Names, nouns};
use super::phrases::{Effect, Phrases};
use super::sentence::{Sentence, sentences};
use super::token::{Form, Token, tokens};
use crate::import::description::{Block, BlockKind, Description};
use std::cell::Cell;

/// A value in a list of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The value.
    pub value: String,
    /// The block that it is the head of.
    pub block: usize,
    /// What follows the head.
    pub meaning: String,
}

/// A parameter as other sentences may name it: its values and its own noun.
pub fn name(wire: &str, description: &Description, phrases: &Phrases) -> Name {
    let first = description.blocks.first().map(|block| tokens(&block.text)).unwrap_or_default();
    let mut values: Vec<String> = listed(wire, description, phrases).into_iter().map(|listed| listed.value).collect();
    if values.is_empty() {
        values = in_sentences(wire, description, phrases);
    }
    Name { wire: wire.to_owned(), values, nouns: nouns(&first, phrases.of.as_deref()) }
}

fn in_sentences(wire: &str, description: &Description, phrases: &Phrases) -> Vec<String> {
    let names = Names::default();
    let blocks = description.blocks.iter().filter(|block| block.site.is_none() && block.kind != BlockKind::Code);
    let blocks = blocks.flat_map(|block| sentences(tokens(&block.text), None));
    let reading = blocks.flat_map(|sentence| super::reading::facts(&sentence, wire, &names, None, phrases).facts);
    let mut found = reading.filter(|fact| fact.effect == Effect::Values && fact.bound.condition.is_none());
    found.next().map(|fact| fact.bound.values).unwrap_or_default()
}

/// The values that a description lists as items.
pub fn listed(own: &str, description: &Description, phrases: &Phrases) -> Vec<Listed> {
    let blocks = &description.blocks;
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let items: Vec<usize> =
            (at + 1..blocks.len()).take_while(|next| blocks.get(*next).is_some_and(is_item)).collect();
        if !is_item(block) && !items.is_empty() {
            let leads = lead(own, block, phrases);
            let found = heads(blocks, &items, leads.is_some());
            // Without words that announce values, only a list in which every item is headed by one is taken.
            let every = items.iter().all(|item| found.iter().any(|listed| listed.block == *item));
            if leads == Some(true) || (leads.is_none() && every && !block.note && found.len() > 1) {
                return found;
            }
        }
        at += 1 + items.len();
    }
    vec![]
}

fn is_item(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item(_))
}

/// Whether a block announces values: `Some(false)` if only under a condition.
fn lead(own: &str, block: &Block, phrases: &Phrases) -> Option<bool> {
    let names = Names::default();
    let sentences = sentences(tokens(&block.text), None);
    let last: &Sentence = sentences.iter().rev().find(|sentence| sentence.leads).or(sentences.last())?;
    let reading = super::reading::facts(last, own, &names, None, phrases);
    let fact = reading.facts.into_iter().find(|fact| fact.effect == Effect::ValuesFollow)?;
    let matcher = Matcher {
        phrases,
        names: &names,
        own,
        subject: None,
        tokens: &last.tokens,
        prose: false,
        budget: Cell::new(0),
    };
    let conditional = (0..last.tokens.len()).any(|at| matcher.at(&phrases.conditional, at).is_some());
    Some(fact.bound.condition.is_none() && !conditional)
}

/// The values that head the items. Items under a heading that is no value count as well; those under a value explain it.
fn heads(blocks: &[Block], items: &[usize], announced: bool) -> Vec<Listed> {
    let mut found: Vec<Listed> = vec![];
    let mut depth = None;
    for item in items {
        // A value of one site alone is no value of all.
        let Some(block) = blocks.get(*item).filter(|block| block.site.is_none()) else {
            continue;
        };
        let BlockKind::Item(own) = block.kind else {
            continue;
        };
        if depth.is_some_and(|depth| own > depth) {
            continue;
        }
        if let Some((value, meaning)) = head(&block.text, announced)
            && !found.iter().any(|listed| listed.value == value)
        {
            depth = Some(own);
            found.push(Listed { value, block: *item, meaning });
        }
    }
    found
}

/// The value at the beginning of an item, and what follows it.
fn head(text: &str, announced: bool) -> Option<(String, String)> {
    let tokens = tokens(text);
    let (first, rest) = tokens.split_first()?;
    let marked = rest.first().is_none_or(|next| ends_head(next, announced));
    let value = match first.form {
        Form::Formatted => first.text.is_ascii() && !first.text.contains(' '),
        Form::Plain => announced && first.is_word(),
        Form::Link => false,
    };
    let meaning = rest.first().map_or("", |next| {
        let from = if matches!(next.text.as_str(), "：" | ":") { next.span.end } else { first.span.end };
        text.get(from..).unwrap_or_default()
    });
    (marked && value).then(|| (first.text.clone(), meaning.trim().to_owned()))
}

fn ends_head(token: &Token, announced: bool) -> bool {
    let always = ["：", ":", "（", "("].iter().any(|mark| token.is(mark));
    always || (announced && ["，", ",", "。", ".", "-", "；", ";", "、"].iter().any(|mark| token.is(mark)))
}

//! The values that a description lists, as items or in a sentence.

use super::matcher::{Context, Matcher};
use super::names::{Name, Names, nouns};
use super::pattern::Node;
use super::phrases::{Effect, Phrases};
use super::reading::{Fact, facts, left_over};
use super::sentence::{Sentence, sentences};
use super::token::{Form, Token, tokens};
use crate::import::description::{Block, BlockKind, Description};
use crate::spec::Type;

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

/// The parameters of an action as sentences may name them: by wire name, by their own nouns, with their values.
pub fn names(fields: &[(&str, &Description, Type)], phrases: &Phrases) -> Names {
    let nothing = Names::default();
    let bare = |(wire, description, _): &(&str, &Description, Type)| {
        let first = description.blocks.first().map(|block| tokens(&block.text)).unwrap_or_default();
        // What announces values is no name of what they are values of.
        let announces = || {
            let length = nouns(&first, None).first().map_or(0, Vec::len);
            let noun = Sentence {
                tokens: first.iter().take(length).cloned().collect(),
                value: None,
                leads: false,
                aside: false,
            };
            !facts(&noun, context(wire, &nothing, phrases)).facts.is_empty()
        };
        let nouns = if announces() { vec![] } else { nouns(&first, phrases.of.as_deref()) };
        Name { wire: (*wire).to_owned(), nouns, ..Name::default() }
    };
    let mut all: Vec<Name> = fields.iter().map(bare).collect();
    // What a value list is conditioned on can be told from the names alone.
    let known = Names::new(all.clone());
    for (name, (_, description, kind)) in all.iter_mut().zip(fields) {
        let listed = listed(&name.wire, description, &known, phrases);
        name.meanings = listed.iter().filter_map(|listed| Some((listed.value.clone(), meaning(listed)?))).collect();
        name.values = listed.into_iter().map(|listed| listed.value).collect();
        if name.values.is_empty() {
            name.values = in_sentences(&name.wire, description, &known, phrases);
        }
        if name.values.is_empty() && *kind == Type::Boolean {
            name.values = ["true", "false"].map(str::to_owned).into();
        }
    }
    Names::new(all)
}

/// What a value means, if a sentence could say that in place of the value.
fn meaning(listed: &Listed) -> Option<Vec<String>> {
    nouns(&tokens(&listed.meaning), None).into_iter().next()
}

fn context<'a>(own: &'a str, names: &'a Names, phrases: &'a Phrases) -> Context<'a> {
    Context { phrases, names, own, subject: None, item: false, labelled: false, items_of: None, under: false }
}

fn in_sentences(own: &str, description: &Description, names: &Names, phrases: &Phrases) -> Vec<String> {
    let prose = description.blocks.iter().filter(|block| block.site.is_none() && block.kind != BlockKind::Code);
    let sentences = prose.flat_map(|block| sentences(tokens(&block.text), None));
    let reading = sentences.flat_map(|sentence| facts(&sentence, context(own, names, phrases)).facts);
    let mut found =
        reading.filter(|fact| fact.effect == Effect::Values && fact.bound.condition.is_none() && !fact.doubtful);
    found.next().map(|fact| fact.bound.values).unwrap_or_default()
}

/// How values are announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Announced {
    /// Not at all.
    No,
    /// For every request.
    Always,
    /// Where another parameter is given so.
    Sometimes,
    /// Something else is.
    Others,
}

/// The values that a description lists as items.
pub fn listed(own: &str, description: &Description, names: &Names, phrases: &Phrases) -> Vec<Listed> {
    let blocks = &description.blocks;
    let mut found: Vec<Listed> = vec![];
    let mut announced = Announced::No;
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let items = items_after(blocks, at);
        let own_words = lead(block, context(own, names, phrases));
        match own_words {
            // A heading between the announcement and the list, or between two lists, changes nothing.
            Announced::No if heading(block) => {}
            Announced::No if !found.is_empty() && !items.is_empty() => {}
            Announced::No => announced = Announced::No,
            told => announced = told,
        }
        if !items.is_empty() && !is_item(block) {
            let mut list = heads(blocks, &items, announced == Announced::Always);
            // What has a length of its own stands for a text, and with it among them the values are not all. Where several
            // have values of their own, they are members.
            let context = context(own, names, phrases);
            let members = list.iter().filter(|listed| describes(listed, context)).take(2).count();
            if members > 1 || list.iter().any(|listed| measured(listed, context)) {
                list.clear();
            }
            // Without words that announce values, only a list in which every item is headed by one is taken.
            let notes = blocks.get(at + 1).is_some_and(|item| item.note);
            let alike = items.iter().filter(|item| blocks.get(**item).is_some_and(|item| item.note == notes));
            let every = alike.clone().all(|item| list.iter().any(|listed| listed.block == *item));
            let taken = match announced {
                Announced::Always => true,
                // Dotted names are members of what the parameter holds, not values.
                Announced::No => {
                    let dotted = list.iter().any(|listed| listed.value.contains('.'));
                    every && !dotted && !block.note && !notes && list.len() > 1 && found.is_empty()
                }
                Announced::Sometimes | Announced::Others => false,
            };
            let goes_on = announced != Announced::Others
                && !found.is_empty()
                && list.first().map(|listed| listed.block) == Some(at + 1);
            if taken || goes_on {
                let new = list.into_iter().filter(|new| !found.iter().any(|old| old.value == new.value));
                found.extend(new.collect::<Vec<_>>());
            }
        }
        at += 1 + if is_item(block) { 0 } else { items.len() };
    }
    found
}

/// Whether an item says what values it has itself, as no value does.
fn describes(listed: &Listed, context: Context<'_>) -> bool {
    let says = |fact: &Fact| match fact.effect {
        Effect::Values | Effect::ValuesFollow | Effect::Range => true,
        Effect::Default => fact.bound.values.iter().any(|value| *value != listed.value),
        _ => false,
    };
    // Such words end in a colon, or hold a number.
    let may = listed.meaning.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '：'));
    let all = if may { sentences(tokens(&listed.meaning), None) } else { vec![] };
    all.iter()
        .any(|sentence| facts(sentence, context).facts.iter().any(|fact| fact.bound.condition.is_none() && says(fact)))
}

/// Whether an item says how long it is: it is no value, but stands for one.
fn measured(listed: &Listed, context: Context<'_>) -> bool {
    let numbers = listed.meaning.contains(|c: char| c.is_ascii_digit());
    let sentences = if numbers { sentences(tokens(&listed.meaning), None) } else { vec![] };
    let lengths = |fact: &Fact| {
        matches!(fact.effect, Effect::Length | Effect::MaxLength) && fact.bound.condition.is_none() && !fact.doubtful
    };
    sentences.iter().take(1).any(|sentence| facts(sentence, context).facts.iter().any(lengths))
}

/// The values that head the items below a line.
pub fn below(blocks: &[Block], at: usize) -> Vec<Listed> {
    heads(blocks, &items_after(blocks, at), true)
}

fn items_after(blocks: &[Block], at: usize) -> Vec<usize> {
    (at + 1..blocks.len()).take_while(|next| blocks.get(*next).is_some_and(is_item)).collect()
}

fn is_item(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item(_))
}

/// A line that only names what follows: it ends in a colon, or is bold.
fn heading(block: &Block) -> bool {
    let text = block.text.trim();
    let bold = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    text.ends_with(['：', ':']) || bold.is_some_and(|bold| !bold.contains("**"))
}

/// Whether a line announces values.
fn lead(block: &Block, context: Context<'_>) -> Announced {
    if is_item(block) || block.kind == BlockKind::Code {
        return Announced::No;
    }
    let sentences = sentences(tokens(&block.text), None);
    let facts = sentences.iter().flat_map(|sentence| facts(sentence, context).facts);
    let found = facts.filter(|fact| fact.effect == Effect::ValuesFollow).last();
    match found {
        None if sentences.last().is_some_and(|last| others(last, context)) => Announced::Others,
        None => Announced::No,
        // A condition that no parameter settles leaves the values as open as they are.
        Some(fact) if fact.bound.condition.is_none() || fact.doubtful => Announced::Always,
        Some(_) => Announced::Sometimes,
    }
}

/// Whether a sentence leads a list of something else than values: of members, of notes, of what holds under a condition.
fn others(sentence: &Sentence, context: Context<'_>) -> bool {
    let words = context.phrases.lexicon.words(&sentence.tokens);
    let matcher = Matcher::new(context, &sentence.tokens, &words, None);
    let to_the_end = |nodes: &[Node], at: usize| {
        let mut whole = false;
        matcher.each(nodes, at, &mut |end, _| {
            whole = end == sentence.tokens.len();
            whole
        });
        whole
    };
    let other = context.phrases.other_items.as_ref();
    let none = vec![false; sentence.tokens.len()];
    other.is_some_and(|other| (0..sentence.tokens.len()).any(|at| to_the_end(other, at)))
        || (sentence.leads && left_over(&matcher, &context.phrases.conditional, &none).is_some())
}

/// The values that head the items. Items under a heading that is no value count as well; those under a value explain it.
fn heads(blocks: &[Block], items: &[usize], announced: bool) -> Vec<Listed> {
    let mut found: Vec<Listed> = vec![];
    let mut depth = None;
    for (at, item) in items.iter().enumerate() {
        // Lists of values are open: one that a site alone knows is in it, too.
        let Some(block) = blocks.get(*item) else {
            continue;
        };
        let BlockKind::Item(own) = block.kind else {
            continue;
        };
        if depth.is_some_and(|depth| own > depth) {
            continue;
        }
        // Items that stand for ranges are no list of values, nor is what is headed like them; where one stands for
        // several values, those that stand alone are not all.
        if ranges(&block.text) || several(&block.text) {
            return vec![];
        }
        let below = || items.get(at + 1).and_then(|next| blocks.get(*next));
        if let Some((value, meaning)) = head(&block.text, announced)
            && !(meaning.is_empty() && below().is_some_and(|below| heads_values(block, below)))
            && !found.iter().any(|listed| listed.value == value)
        {
            depth = Some(own);
            found.push(Listed { value, block: *item, meaning });
        }
    }
    found
}

/// An item without a mark that only says what the marked values below it are for.
fn heads_values(item: &Block, below: &Block) -> bool {
    let marked = |block: &Block| tokens(&block.text).first().is_some_and(|first| first.form == Form::Formatted);
    matches!((&item.kind, &below.kind), (BlockKind::Item(own), BlockKind::Item(inner)) if inner > own)
        && !marked(item)
        && marked(below)
        && head(&below.text, true).is_some()
}

/// An item that is a range of numbers, or gives one to what it names: `1~5`, `small: 1~5`. Any word may stand between two
/// numbers, but none that lists them.
fn ranges(text: &str) -> bool {
    let tokens = tokens(text);
    let number = |at: usize| tokens.get(at).is_some_and(|token| token.text.chars().all(|c| c.is_ascii_digit()));
    let lists =
        |token: &Token| ["、", "，", ",", "/", "|", ".", "：", ":", "（", "("].iter().any(|mark| token.is(mark));
    let range = |at: usize| number(at) && number(at + 2) && tokens.get(at + 1).is_some_and(|mark| !lists(mark));
    let named = tokens.iter().position(|token| token.is("：") || token.is(":"));
    range(0) || named.is_some_and(|at| at <= 2 && range(at + 1))
}

/// An item that is a list of values: `a, b, and c`.
fn several(text: &str) -> bool {
    let tokens = tokens(text);
    let comma = |at: usize| tokens.get(at).is_some_and(|token| token.is(",") || token.is("、"));
    let word = |at: usize| tokens.get(at).is_some_and(Token::is_word);
    word(0) && comma(1) && word(2) && comma(3) && word(4)
}

/// The value at the beginning of an item, and what follows it.
fn head(text: &str, announced: bool) -> Option<(String, String)> {
    let tokens = tokens(text);
    let (first, rest) = tokens.split_first()?;
    // A sentence may follow what is marked.
    let sentence = |next: &Token| next.spaced && next.text.starts_with(|c: char| c.is_ascii_uppercase());
    let begins =
        |next: &Token| announced && first.form == Form::Formatted && next.form == Form::Plain && sentence(next);
    let marked = rest.first().is_none_or(|next| ends_head(next, announced) || begins(next));
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

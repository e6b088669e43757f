//! Reads a description sentence by sentence: which phrases it holds, what they say, and what is left over.

use super::doubt;
use super::lexicon::{UNKNOWN, Word, Words};
use super::matcher::{Bound, Cond, Context, Matcher, comma};
use super::names::Names;
use super::pattern::{Node, Slot};
use super::phrases::{Effect, Family, Pattern, Phrases};
use super::sentence::{Sentence, sentences};
use super::token::{Token, tokens};
use super::under;
use super::values::{Listed, below};
use crate::import::description::{Block, BlockKind, Description};
use std::ops::Range;
use std::sync::Arc;

/// What a phrase says.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The family of phrases.
    pub family: String,
    /// What it says.
    pub effect: Effect,
    /// The names, values, numbers and the condition that it says it with.
    pub bound: Bound,
    /// It holds under a condition that a request does not show, or that was understood only in part.
    pub doubtful: bool,
    /// The value that the sentence explains.
    pub value: Option<String>,
    /// The only site that the sentence is for, if it is not for all.
    pub site: Option<String>,
    /// The sentence.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
    /// Which of the sentences that were heard it is.
    pub heard: usize,
}

/// A sentence, whatever became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The sentence.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
    /// It looks like a rule and was not understood.
    pub missed: bool,
    /// Its tokens.
    pub tokens: Vec<Token>,
}

/// A sentence that looks like a rule and was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The sentence.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// In order.
    pub facts: Vec<Fact>,
    /// Sentences that were not understood.
    pub missed: Vec<Missed>,
    /// All sentences.
    pub heard: Vec<Heard>,
}

/// What the lines above say about a line.
#[derive(Debug, Clone, Default)]
struct Above {
    /// The parameter that the sentence before was conditioned on.
    subject: Option<String>,
    /// The parameter whose values the items are conditions on.
    items_of: Option<String>,
    /// The items are values.
    under: bool,
    /// What leads the list, down from the description's own lines: how deep it lies and the condition that it states,
    /// if that was understood.
    outer: Vec<(usize, Option<Arc<Cond>>)>,
    /// The item of a value, and how deep that lies.
    value: Option<(usize, String)>,
}

impl Above {
    /// A line at this depth ends what lies deeper. Items lie deeper than paragraphs.
    fn enter(&mut self, depth: usize) {
        self.outer.retain(|(outer, _)| *outer < depth);
        self.value.take_if(|(own, _)| *own >= depth);
        if depth == 0 {
            (self.items_of, self.under) = (None, false);
        }
    }
}

/// Reads a description.
pub fn read(own: &str, description: &Description, listed: &[Listed], names: &Names, phrases: &Phrases) -> Reading {
    let mut reading = Reading::default();
    let mut above = Above::default();
    let blocks = description.blocks.iter().enumerate();
    for (index, block) in blocks.filter(|(_, block)| block.kind != BlockKind::Code) {
        let item = listed.iter().find(|listed| listed.block == index);
        let text = item.map_or(block.text.as_str(), |item| item.meaning.as_str());
        let depth = if let BlockKind::Item(depth) = block.kind { depth + 1 } else { 0 };
        above.enter(depth);
        if let Some(item) = item {
            above.value = Some((depth, item.value.clone()));
        }
        let value = above.value.as_ref().map(|(_, value)| value.clone());
        let mut all = sentences(tokens(text), value.as_deref()).into_iter().peekable();
        let mut labelled = false;
        while let Some(sentence) = all.next() {
            let context = Context {
                phrases,
                names,
                own,
                subject: above.subject.as_deref(),
                item: depth > 0 && value.is_none(),
                labelled,
                items_of: above.items_of.as_deref().filter(|_| depth > 0),
                under: above.under && depth > 0,
            };
            let mut found = facts(&sentence, context);
            let lead = sentence.leads.then(|| leads(&sentence, context, &found));
            if let Some(aside) = all.peek().filter(|next| within_span(&sentence, next)) {
                explain(&mut found, aside, context);
            }
            labelled |= context.item && sentence.tokens.iter().any(colon);
            let written = span(&sentence).and_then(|span| text.get(span)).unwrap_or_default();
            let conditions = || found.facts.iter().filter_map(|fact| fact.bound.condition.as_deref());
            above.subject = conditions().find_map(subject_of).or(above.subject.take());
            for fact in &mut found.facts {
                fact.text = written.to_owned();
                fact.line = block.line;
                fact.heard = reading.heard.len();
                fact.site.clone_from(&block.site);
                // What a site says of all requests is not true for all.
                fact.doubtful |= block.site.is_some() && fact.bound.condition.is_none();
                within(fact, &above);
                follow(fact, &description.blocks, index);
            }
            reading.facts.append(&mut found.facts);
            if !found.missed.is_empty() {
                reading.missed.push(Missed { text: written.to_owned(), line: block.line });
            }
            let (text, missed) = (written.to_owned(), !found.missed.is_empty());
            reading.heard.push(Heard { text, line: block.line, missed, tokens: sentence.tokens });
            if let Some(lead) = lead {
                above.items_of = lead.items_of.or(above.items_of.take());
                above.under |= lead.under;
                above.outer.extend(lead.outer.map(|outer| (depth, outer)));
            }
        }
    }
    doubt::torn(&mut reading.facts);
    reading
}

fn span(sentence: &Sentence) -> Option<Range<usize>> {
    Some(sentence.tokens.first()?.span.start..sentence.tokens.last()?.span.end)
}

fn within_span(sentence: &Sentence, aside: &Sentence) -> bool {
    let (Some(outer), Some(inner)) = (span(sentence), span(aside)) else {
        return false;
    };
    outer.start < inner.start && inner.end < outer.end
}

/// A condition in words that the brackets after it state over parameters is that one.
fn explain(found: &mut Reading, aside: &Sentence, context: Context<'_>) {
    let prose = |fact: &&mut Fact| fact.doubtful && fact.bound.condition.as_deref() == Some(&Cond::Prose);
    if !found.facts.iter_mut().any(|fact| prose(&fact)) {
        return;
    }
    let words = context.phrases.lexicon.words(&aside.tokens);
    let Some(stated) = Matcher::new(context, &aside.tokens, &words, None).whole() else {
        return;
    };
    for fact in found.facts.iter_mut().filter(prose) {
        fact.doubtful = false;
        fact.bound.condition = Some(Arc::clone(&stated.condition));
        fact.bound.mended.extend(stated.mended.clone());
    }
}

/// What a sentence says about the list that it leads.
struct Lead {
    items_of: Option<String>,
    under: bool,
    /// It states a condition, and which, if it was understood.
    outer: Option<Option<Arc<Cond>>>,
}

fn leads(sentence: &Sentence, context: Context<'_>, found: &Reading) -> Lead {
    let words = context.phrases.lexicon.words(&sentence.tokens);
    let matcher = Matcher::new(context, &sentence.tokens, &words, sentence.value.as_deref());
    let last = sentence.tokens.len();
    let until_end = |nodes: &[Node], at: usize| {
        let mut end = None;
        matcher.each(nodes, at, &mut |to, bound| {
            end = Some(bound.clone()).filter(|_| to == last);
            end.is_some()
        });
        end
    };
    let of = context.phrases.items_of.as_ref();
    // Within a sentence, an ordinary noun names no parameter.
    let named = |at: usize, bound: &Bound| {
        bound.mended.is_empty() || at.checked_sub(1).and_then(|at| matcher.token(at)).is_none_or(comma)
    };
    let items_of = of.and_then(|of| (0..last).find_map(|at| until_end(of, at).filter(|bound| named(at, bound))));
    let items_of = items_of.and_then(|bound| bound.params.first().cloned());
    let follow = |fact: &&Fact| fact.effect == Effect::ValuesFollow;
    let under = found.facts.iter().any(|fact| follow(&fact) && fact.bound.condition.is_none());
    if items_of.is_some() || found.facts.iter().any(|fact| follow(&fact)) {
        return Lead { items_of, under, outer: None };
    }
    let whole = until_end(&[Node::Slot(Slot::Condition)], 0).and_then(|bound| bound.condition);
    let conditional = left_over(&matcher, &context.phrases.conditional, &vec![false; last]).is_some();
    // An item's label says what the items below it are about.
    Lead { items_of, under, outer: (whole.is_some() || conditional || context.item).then_some(whole) }
}

/// What holds within a list holds only under the conditions that lead to it.
fn within(fact: &mut Fact, above: &Above) {
    for (_, outer) in &above.outer {
        let Some(outer) = outer else {
            fact.doubtful = true;
            continue;
        };
        let both = |inner: &Arc<Cond>| Arc::new(Cond::All(vec![outer.as_ref().clone(), inner.as_ref().clone()]));
        let condition = fact.bound.condition.as_ref().map_or_else(|| Arc::clone(outer), both);
        fact.bound.condition = Some(condition);
    }
}

/// Values that follow under a condition are said here, under that condition.
fn follow(fact: &mut Fact, blocks: &[Block], index: usize) {
    if fact.effect == Effect::ValuesFollow && fact.bound.condition.is_some() && !fact.doubtful {
        fact.bound.values = below(blocks, index).into_iter().map(|listed| listed.value).collect();
        if !fact.bound.values.is_empty() {
            fact.effect = Effect::Values;
        }
    }
}

/// What one sentence says. Its text and line are for the caller to fill in.
pub(super) fn facts(sentence: &Sentence, context: Context<'_>) -> Reading {
    let (tokens, phrases) = (&sentence.tokens, context.phrases);
    if sentence.is_endless() {
        return Reading::default();
    }
    let words = phrases.lexicon.words(tokens);
    let all: Words = words.iter().copied().collect();
    let explains = sentence.value.is_some();
    let live: Vec<(&Family, &Pattern)> = (phrases.families.iter())
        .filter(|family| {
            (context.under || !family.under) && (explains || !family.effects.contains(&Effect::ValueDefault))
        })
        .flat_map(|family| family.patterns.iter().map(move |pattern| (family, pattern)))
        .filter(|(_, pattern)| pattern.needs.iter().all(|need| need.meets(&all)))
        .collect();
    let mut covered = vec![false; tokens.len()];
    let fact = |family: &Family, effect: &Effect, bound: Bound, doubtful: bool| Fact {
        family: family.id.clone(),
        effect: effect.clone(),
        bound,
        doubtful,
        value: sentence.value.clone(),
        site: None,
        text: String::new(),
        line: 0,
        heard: 0,
    };
    let mut facts = vec![];
    let mut ends = vec![];
    let mut matcher = Matcher::new(context, tokens, &words, sentence.value.as_deref());
    let mut whole = live.iter().filter(|(family, _)| family.whole);
    if let Some((family, _)) = whole.find(|(_, pattern)| matcher.at(&pattern.nodes, 0).is_some()) {
        let facts = family.effects.iter().map(|effect| fact(family, effect, Bound::default(), false)).collect();
        return Reading { facts, ..Reading::default() };
    }
    // Conditions that a clause understands come first, lest prose swallow them.
    for prose in [false, true] {
        if prose {
            matcher = matcher.of_prose();
        }
        let due = |(family, pattern): &&(&Family, &Pattern)| {
            if prose { pattern.conditional || family.alone } else { !family.alone }
        };
        let live: Vec<_> = live.iter().filter(due).copied().collect();
        let mut at = 0;
        while at < tokens.len() && !live.is_empty() {
            let Some((family, end, bound)) = first_match(&matcher, &live, at, &covered) else {
                at += 1;
                continue;
            };
            if let Some(covered) = covered.get_mut(at..end) {
                covered.fill(true);
            }
            // An item's label says what the rest of it is about.
            let labelled = context.labelled || (context.item && tokens.iter().take(at).any(colon));
            ends.extend(family.effects.iter().map(|_| end));
            facts.extend(family.effects.iter().map(|effect| {
                let doubtful = (prose && bound.condition.is_some())
                    || (labelled && bound.condition.is_none())
                    || doubt::goes_on(&matcher, sentence, effect, &bound, end);
                fact(family, effect, bound.clone(), doubtful)
            }));
            at = end.max(at + 1);
        }
    }
    if let Some(rest) = left_over(&matcher, &phrases.conditional, &covered) {
        // Where conditions come first, what is said of the value before one holds without it.
        let first = phrases.grammar.tail.is_some();
        for (fact, end) in facts.iter_mut().zip(&ends) {
            fact.doubtful |= !(first && *end < rest && fact.bound.condition.is_none() && of_value(&fact.effect));
        }
    }
    under::spread(&mut facts);
    let stated = facts.iter().any(|fact| fact.doubtful && fact.effect != Effect::Under);
    let missed = !stated && left_over(&matcher, &phrases.rule_like, &covered).is_some();
    let missed = if missed { vec![Missed { text: String::new(), line: 0 }] } else { vec![] };
    Reading { facts, missed, heard: vec![] }
}

/// The first family that has a phrase here.
fn first_match<'a>(
    matcher: &Matcher<'_>,
    live: &[(&'a Family, &Pattern)],
    at: usize,
    covered: &[bool],
) -> Option<(&'a Family, usize, Bound)> {
    if covered.get(at) == Some(&true) {
        return None;
    }
    let before = at.checked_sub(1);
    let grammar = &matcher.phrases.grammar;
    let begins = || {
        before.is_none_or(|before| covered.get(before) == Some(&true) || matcher.token(before).is_some_and(comma))
            || [&grammar.head, &grammar.only].iter().any(|head| matcher.at(head, at).is_some())
    };
    let begins = begins();
    let word = matcher.words.get(at).copied().unwrap_or(UNKNOWN);
    let may = |(family, pattern): &&(&Family, &Pattern)| {
        (begins || family.anywhere) && pattern.first.as_ref().is_none_or(|first| first.has(word))
    };
    live.iter().filter(may).find_map(|(family, pattern)| {
        let (end, bound) = matcher.at(&pattern.nodes, at)?;
        let free = end > at && covered.get(at..end)?.iter().all(|covered| !covered);
        free.then_some((*family, end, bound))
    })
}

fn colon(token: &Token) -> bool {
    token.is("：") || token.is(":")
}

/// Keywords that hold of every value.
fn of_value(effect: &Effect) -> bool {
    matches!(effect, Effect::Default | Effect::ValueDefault | Effect::Values | Effect::ValuesFollow | Effect::Range)
}

/// Where a pattern stands among the tokens that no phrase covers.
pub(super) fn left_over(matcher: &Matcher<'_>, pattern: &Pattern, covered: &[bool]) -> Option<usize> {
    let innocent = &matcher.phrases.innocent;
    let may = |pattern: &Pattern, word: &Word| pattern.first.as_ref().is_none_or(|first| first.has(*word));
    let mut at = 0;
    while let (Some(word), Some(covered)) = (matcher.words.get(at), covered.get(at)) {
        let known = may(innocent, word).then(|| matcher.at(&innocent.nodes, at)).flatten();
        if let Some((end, _)) = known {
            at = end.max(at + 1);
            continue;
        }
        if !covered && may(pattern, word) && matcher.at(&pattern.nodes, at).is_some() {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The parameter that a condition is about.
fn subject_of(condition: &Cond) -> Option<String> {
    match condition {
        Cond::Is(name, _) | Cond::Above(name, _) | Cond::Below(name, _) => Some(name.clone()),
        Cond::Not(inner) => subject_of(inner),
        Cond::All(all) | Cond::Any(all) => all.first().and_then(subject_of),
        Cond::Present(_) | Cond::Prose => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

//! Rules and preconditions of several sources. What two sources say alike is one rule that names both; where they say
//! the same thing of the same parameters and not alike, one counts, and the other stands beside it.

use super::rival::{rivals, together};
use super::sources::{Set, Sources};
use super::{Node, Said};
use crate::import::rules::{conditioned, free, same};
use crate::spec::{Confidence, Map, Rule, Severity, Source};
use serde_json::Value;
use std::collections::BTreeSet;

/// A rule, with everybody's word on it.
struct Entry {
    base: String,
    rule: Rule,
    /// Who says so, and where; the first counts most.
    speakers: Vec<(usize, Source)>,
    against: Vec<(usize, Rule)>,
}

/// Merges rules. An id is made anew from the effect, and a number where that does not suffice.
pub fn merged(sources: &Sources, said: &[Said<'_>]) -> serde_json::Result<Node> {
    let mut order: Vec<&Said<'_>> = said.iter().collect();
    order.sort_by_key(|said| sources.prose(said.by));
    let mut book: Vec<Entry> = vec![];
    for said in order {
        let Some(rules) = said.node.get("rules") else { continue };
        let rules: Map<Rule> = serde_json::from_value(rules.clone())?;
        let mut open = vec![];
        for (id, mut rule) in rules {
            let source = rule.source.take().unwrap_or_default();
            let alike = book.iter_mut().find(|entry| same(&entry.rule, &rule) && !entry.spoken(said.by));
            match alike {
                Some(entry) => entry.speakers.push((said.by, source)),
                None => open.push((base(&id), rule, source)),
            }
        }
        split(&mut book, &mut open, said.by);
        let mut more = vec![];
        for (base, mut rule, source) in open {
            let alike = |entry: &&mut Entry| {
                entry.base == base && !entry.spoken(said.by) && conditioned(&entry.rule) == conditioned(&rule)
            };
            let rival = |entry: &&mut Entry| {
                let translates = sources.language(entry.first()) != sources.language(said.by);
                translates && !entry.contradicted(said.by) && rivals(&entry.rule, &rule)
            };
            let other = match book.iter_mut().find(alike) {
                None => book.iter_mut().find(rival),
                found => found,
            };
            match other {
                Some(entry) => {
                    rule.source = Some(source);
                    entry.against.push((said.by, rule));
                }
                None => more.push(Entry { base, rule, speakers: vec![(said.by, source)], against: vec![] }),
            }
        }
        book.extend(more);
    }
    let mut all = Node::new();
    for entry in book {
        let id = free(&entry.base, |id| all.contains_key(id));
        all.insert(id, serde_json::to_value(entry.finished(sources))?);
    }
    Ok(all)
}

/// Takes out what a source says in several rules and another in one.
fn split(book: &mut [Entry], open: &mut Vec<(String, Rule, Source)>, by: usize) {
    let bases: BTreeSet<String> = open.iter().map(|(base, ..)| base.clone()).collect();
    for base in bases {
        let parts = || open.iter().filter(|(known, ..)| *known == base);
        let Some(whole) = together(&parts().map(|(_, rule, _)| rule).collect::<Vec<_>>()) else { continue };
        let source = parts().next().map(|(.., source)| source.clone()).unwrap_or_default();
        if let Some(entry) = book.iter_mut().find(|entry| same(&entry.rule, &whole) && !entry.spoken(by)) {
            entry.speakers.push((by, source));
            open.retain(|(known, ..)| *known != base);
        }
    }
}

impl Entry {
    fn spoken(&self, by: usize) -> bool {
        self.speakers.iter().any(|(known, _)| *known == by) || self.contradicted(by)
    }

    fn contradicted(&self, by: usize) -> bool {
        self.against.iter().any(|(known, _)| *known == by)
    }

    /// Whose word counts most.
    fn first(&self) -> usize {
        self.speakers.first().map_or(0, |(by, _)| *by)
    }

    fn finished(self, sources: &Sources) -> Rule {
        let Entry { mut rule, speakers, against, .. } = self;
        // One document's two languages disagree. That a newer document says another thing is no doubt about the new one.
        let doubt = against.iter().any(|(loser, _)| {
            let translates = |by: usize| {
                sources.kind(by) == sources.kind(*loser) && sources.language(by) != sources.language(*loser)
            };
            // Who says the same, and more, leaves no doubt about what both say.
            let agrees = speakers.iter().any(|(by, _)| by == loser);
            !agrees && speakers.iter().any(|(by, _)| translates(*by))
        });
        let certain = speakers.iter().any(|(_, source)| source.confidence == Some(Confidence::Exact));
        let mut source = joined(sources, speakers);
        source.confidence = if doubt {
            Some(Confidence::Conflicting)
        } else if certain {
            Some(Confidence::Exact)
        } else {
            source.confidence
        };
        // Only what stands there word for word is sure enough to refuse a request.
        let sure = source.confidence.is_none_or(|confidence| confidence == Confidence::Exact);
        rule.severity = (!sure && rule.ignore.is_empty()).then_some(Severity::Advice);
        rule.source = (source != Source::default()).then_some(source);
        rule.conflicts = against.into_iter().map(|(by, rule)| (sources.id(by).to_owned(), rule)).collect();
        rule
    }
}

/// Where several sources say a thing: the first, and what is different at the others.
fn joined(sources: &Sources, speakers: Vec<(usize, Source)>) -> Source {
    let mut speakers = speakers.into_iter();
    let Some((by, mut first)) = speakers.next() else { return Source::default() };
    let mut also = Map::new();
    for (other, mut source) in speakers {
        for (own, known) in [(&mut source.parameter, &first.parameter), (&mut source.pattern, &first.pattern)] {
            if own == known {
                *own = None;
            }
        }
        // It is told by whether something was mended.
        source.confidence = None;
        also.insert(sources.id(other).to_owned(), source);
    }
    first.from = (by > 0).then(|| sources.id(by).to_owned());
    first.also = also;
    first
}

/// Everybody's own word on where a thing is said.
fn parted(sources: &Sources, joined: &Source) -> Vec<(usize, Source)> {
    let confidence = |written: &Map<String>| {
        Some(if written.is_empty() { Confidence::Exact } else { Confidence::Normalized })
            .filter(|_| joined.confidence.is_some())
    };
    let first = Source { from: None, also: Map::new(), confidence: confidence(&joined.as_written), ..joined.clone() };
    let by = joined.from.as_ref().map_or(Some(0), |id| sources.by(id));
    let others = joined.also.iter().filter_map(|(id, own)| {
        let own = Source {
            parameter: own.parameter.clone().or_else(|| first.parameter.clone()),
            pattern: own.pattern.clone().or_else(|| first.pattern.clone()),
            confidence: confidence(&own.as_written),
            ..own.clone()
        };
        Some((sources.by(id)?, own))
    });
    by.map(|by| (by, first.clone())).into_iter().chain(others).collect()
}

/// Takes rules apart: each source's own.
pub fn apart(sources: &Sources, rules: &Map<Rule>) -> serde_json::Result<Vec<(usize, Node)>> {
    let mut lists: Vec<(usize, Node)> = vec![];
    for (id, rule) in rules {
        let bare = Rule { source: None, severity: None, conflicts: Map::new(), ..rule.clone() };
        let speakers = parted(sources, &rule.source.clone().unwrap_or_default());
        let own = speakers.into_iter().map(|(by, source)| (by, Rule { source: Some(source), ..bare.clone() }));
        let others = rule.conflicts.iter().filter_map(|(id, rule)| Some((sources.by(id)?, rule.clone())));
        for (by, rule) in own.chain(others) {
            add(&mut lists, by, id, serde_json::to_value(rule)?);
        }
    }
    Ok(lists)
}

fn add(lists: &mut Vec<(usize, Node)>, by: usize, id: &str, value: Value) {
    match lists.iter_mut().find(|(known, _)| *known == by) {
        Some((_, list)) => {
            let id = free(&base(id), |id| list.contains_key(id));
            list.insert(id, value);
        }
        None => lists.push((by, Node::from_iter([(id.to_owned(), value)]))),
    }
}

/// An id without the number that told it from others.
fn base(id: &str) -> String {
    let end = id.trim_end_matches(|c: char| c.is_ascii_digit());
    end.strip_suffix('-').filter(|_| end.len() < id.len()).unwrap_or(id).to_owned()
}

/// Merges the preconditions of a parameter: the same effect on the same value is the same statement.
pub fn preconditions(sources: &Sources, said: &[Said<'_>]) -> Node {
    let mut order: Vec<&Said<'_>> = said.iter().collect();
    order.sort_by_key(|said| sources.prose(said.by));
    type Statement = (String, Node, Vec<(usize, Source)>);
    let mut book: Vec<Statement> = vec![];
    for said in order {
        for (id, statement) in said.node.get("preconditions").and_then(Value::as_object).into_iter().flatten() {
            let Some(mut statement) = statement.as_object().cloned() else { continue };
            let source = statement.remove("source").and_then(|source| serde_json::from_value(source).ok());
            let (base, source): (String, Source) = (base(id), source.unwrap_or_default());
            let found = book.iter_mut().find(|(known, other, speakers)| {
                let spoken = speakers.iter().any(|(by, _)| *by == said.by);
                *known == base && other.get("value") == statement.get("value") && !spoken
            });
            let Some((_, other, speakers)) = found else {
                book.push((base, statement, vec![(said.by, source)]));
                continue;
            };
            speakers.push((said.by, source));
            for (language, text) in statement.get("doc").and_then(Value::as_object).into_iter().flatten() {
                if let Value::Object(doc) = other.entry("doc").or_insert_with(|| Node::new().into()) {
                    doc.entry(language.clone()).or_insert_with(|| text.clone());
                }
            }
        }
    }
    let mut all = Node::new();
    for (base, mut statement, speakers) in book {
        let id = free(&base, |id| all.contains_key(id));
        let source = joined(sources, speakers);
        if let Some(source) = Some(source).filter(|source| *source != Source::default())
            && let Ok(source) = serde_json::to_value(source)
        {
            statement.insert("source".to_owned(), source);
        }
        all.insert(id, statement.into());
    }
    all
}

/// Takes preconditions apart: each source's own, with the text in its language.
pub fn preconditions_apart(sources: &Sources, all: Option<&Value>) -> Vec<(usize, Node)> {
    let mut lists = vec![];
    for (id, statement) in all.and_then(Value::as_object).into_iter().flatten() {
        let source = statement.get("source").and_then(|source| serde_json::from_value(source.clone()).ok());
        let mut written: Set = Set::new();
        for (by, source) in parted(sources, &source.unwrap_or_default()) {
            let mut own = statement.as_object().cloned().unwrap_or_default();
            own.remove("source");
            let language = sources.language(by);
            let text = own.remove("doc").and_then(|doc| doc.get(language).cloned());
            let first = !written.iter().any(|known| sources.language(*known) == language);
            if let Some(text) = text.filter(|_| first) {
                own.insert("doc".to_owned(), Node::from_iter([(language.to_owned(), text)]).into());
            }
            written.insert(by);
            if let Ok(source) = serde_json::to_value(source) {
                own.insert("source".to_owned(), source);
            }
            add(&mut lists, by, id, own.into());
        }
    }
    lists
}

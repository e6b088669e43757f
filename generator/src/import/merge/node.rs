//! A parameter, a field of an answer or a member of either: merged, and taken apart.

use super::keyword::{FIRST, INNER, NEUTRAL, PLAIN, unwritten};
use super::settle::{Settler, Taker};
use super::sources::{Set, Sources};
use super::{Node, Said, order, rule};
use serde_json::Value;

/// What a node is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A request: what is not required is optional, and that is a statement.
    Request,
    /// An answer.
    Response,
}

impl Part {
    fn unwritten(self, keyword: &str) -> Option<Value> {
        unwritten(keyword).filter(|_| self == Part::Request)
    }
}

/// Merges what sources say about a parameter. `above` are those of whom it is expected.
pub fn merged(sources: &Sources, said: &[Said<'_>], above: &Set, part: Part) -> Node {
    let mut settler = Settler::new(sources);
    let all: Set = said.iter().map(|said| said.by).collect();
    settler.from("*", &all, above);
    let kind = kind(said);
    let (fitting, strangers): (Vec<&Said<'_>>, Vec<&Said<'_>>) =
        said.iter().partition(|said| kind_of(said.node).is_none() || kind_of(said.node) == kind);
    for stranger in strangers {
        // Of all examples the first one is kept, even where it does not fit.
        let lesser = |keyword: &str| FIRST.contains(&keyword) && owner(sources, said, keyword) != Some(stranger.by);
        let left = |keyword: &str| NEUTRAL.contains(&keyword) || lesser(keyword);
        let rest = stranger.node.iter().filter(|(keyword, _)| !left(keyword));
        settler.conflict("type", stranger.by, Value::Object(rest.map(|(k, v)| (k.clone(), v.clone())).collect()));
    }
    let known: Set = fitting.iter().map(|said| said.by).collect();
    let speakers: Set = fitting.iter().filter(|said| kind_of(said.node) == kind).map(|said| said.by).collect();
    match kind {
        Some((keyword, value)) => {
            settler.from("type", &speakers, &known);
            settler.out.insert(keyword.to_owned(), value.clone());
        }
        None => drop(settler.out.insert("type".to_owned(), "any".into())),
    }
    for keyword in INNER {
        let inner: Vec<Said<'_>> = fitting
            .iter()
            .filter_map(|said| Some(Said { by: said.by, node: said.node.get(keyword)?.as_object()? }))
            .collect();
        if !inner.is_empty() {
            settler.out.insert(keyword.to_owned(), merged(sources, &inner, &speakers, part).into());
        }
    }
    let properties = members(sources, &fitting, "properties", &speakers, part);
    if !properties.is_empty() {
        settler.out.insert("properties".to_owned(), properties.into());
    }
    for keyword in PLAIN {
        let neutral = NEUTRAL.contains(&keyword);
        let pool = if neutral { &all } else { &known };
        let claims = said.iter().filter(|said| pool.contains(&said.by)).filter_map(|said| {
            let assumed = || part.unwritten(keyword).filter(|_| keyword == "required" || !sources.is_pages(said.by));
            let value = said.node.get(keyword).cloned().or_else(assumed)?;
            let of_members = keyword == "additionalProperties";
            Some((said.by, value)).filter(|(_, value)| !of_members || (value.is_boolean() && !is_vague(said.node)))
        });
        let claims: Vec<_> = claims.collect();
        if keyword == "additionalProperties" && settler.out.contains_key(keyword) {
            claims.into_iter().for_each(|(by, value)| settler.conflict(keyword, by, value));
        } else {
            settler.plain(keyword, claims, pool, part.unwritten(keyword).as_ref());
        }
    }
    values(&mut settler, sources, &fitting, &known);
    for keyword in FIRST {
        let owner = owner(sources, said, keyword).filter(|by| NEUTRAL.contains(&keyword) || known.contains(by));
        let claim = said.iter().find(|said| Some(said.by) == owner);
        let claim = claim.and_then(|said| Some((said.by, said.node.get(keyword)?.clone())));
        settler.first(keyword, claim.into_iter().collect(), &all);
    }
    let preconditions = rule::preconditions(sources, said);
    if !preconditions.is_empty() {
        settler.out.insert("preconditions".to_owned(), preconditions.into());
    }
    settler.text("doc", said);
    if is_vague(&settler.out) {
        settler.out.insert("additionalProperties".to_owned(), true.into());
    }
    settler.finish()
}

/// Whose word on a keyword is the one that is kept.
fn owner(sources: &Sources, said: &[Said<'_>], keyword: &str) -> Option<usize> {
    let claims = said.iter().filter(|said| said.node.contains_key(keyword)).map(|said| said.by);
    claims.min_by_key(|by| sources.prose(*by))
}

/// An object of which nobody says what it holds: it may hold anything, but that is no statement.
fn is_vague(node: &Node) -> bool {
    let open = node.get("additionalProperties").is_none_or(|others| *others == true);
    open && node.get("type").is_some_and(|kind| kind == "object") && !node.contains_key("properties")
}

/// Merges named members, in the order of whoever has one.
pub fn members<'a>(sources: &Sources, said: &[&Said<'a>], keyword: &str, above: &Set, part: Part) -> Node {
    let lists: Vec<(usize, &Node)> =
        said.iter().filter_map(|said| Some((said.by, said.node.get(keyword)?.as_object()?))).collect();
    let names = order::order(sources, &lists);
    let each = |name: &String| {
        let inner: Vec<Said<'_>> =
            lists.iter().filter_map(|(by, list)| Some(Said { by: *by, node: list.get(name)?.as_object()? })).collect();
        (name.clone(), Value::Object(merged(sources, &inner, above, part)))
    };
    names.iter().map(each).collect()
}

/// The type that counts. That a text holds JSON is less than to know what that JSON is, and anything is least.
fn kind<'a>(said: &[Said<'a>]) -> Option<(&'static str, &'a Value)> {
    let claims = || said.iter().filter(|said| kind_of(said.node).is_some());
    let is_text = |said: &&Said<'_>| said.node.get("type").is_some_and(|kind| kind == "string");
    let as_json = |said: &&Said<'_>| said.node.get("style").is_some_and(|style| style == "json");
    let first = claims().next()?;
    let better = claims().find(as_json).filter(|_| is_text(&first));
    kind_of(better.unwrap_or(first).node)
}

/// The type, or the shape that is referred to; `None` if it may be anything.
fn kind_of(node: &Node) -> Option<(&'static str, &Value)> {
    let reference = node.get("$ref").map(|reference| ("$ref", reference));
    reference.or_else(|| node.get("type").filter(|kind| *kind != "any").map(|kind| ("type", kind)))
}

/// Values: lists are the same that hold the same; the order is that of the first, and the texts are everybody's.
fn values(settler: &mut Settler<'_>, sources: &Sources, fitting: &[&Said<'_>], pool: &Set) {
    let claims = fitting.iter().filter_map(|said| Some((said.by, said.node.get("values")?.clone()))).collect();
    let same = |a: &Value, b: &Value| match (a, b) {
        (Value::Object(a), Value::Object(b)) => a.len() == b.len() && a.keys().all(|value| b.contains_key(value)),
        _ => false,
    };
    let names = |value: Value| match value {
        Value::Object(list) => list.into_iter().map(|(value, _)| Value::String(value)).collect(),
        other => other,
    };
    let Some(speakers) = settler.compared("values", claims, pool, same, names) else { return };
    let mut lists = speakers.iter().filter_map(|(by, list)| Some((sources.language(*by), list.as_object()?)));
    let Some((_, mut list)) = lists.next().map(|(language, list)| (language, list.clone())) else { return };
    for (_, other) in lists {
        for (value, entry) in &mut list {
            let texts = other.get(value).and_then(|entry| entry.get("doc")).and_then(Value::as_object);
            for (language, text) in texts.into_iter().flatten() {
                let Some(entry) = entry.as_object_mut() else { continue };
                if let Value::Object(doc) = entry.entry("doc").or_insert_with(|| Node::new().into()) {
                    doc.entry(language.clone()).or_insert_with(|| text.clone());
                }
            }
        }
    }
    settler.out.insert("values".to_owned(), list.into());
}

/// Takes a parameter apart: what each source says.
pub fn apart(sources: &Sources, node: &Node, above: &Set, part: Part) -> Vec<(usize, Node)> {
    let mut taker = Taker::new(sources, node, above);
    let all = taker.all();
    let mut known = all.clone();
    for (by, rest) in taker.losers("type") {
        known.remove(&by);
        for (keyword, value) in rest.as_object().into_iter().flatten() {
            taker.insert(by, keyword, value.clone());
        }
    }
    let speakers = taker.speakers("type", &known);
    for by in &known {
        match kind_of(node) {
            Some((keyword, value)) if speakers.contains(by) => taker.insert(*by, keyword, value.clone()),
            _ => taker.insert(*by, "type", "any".into()),
        }
    }
    for keyword in INNER {
        if let Some(Value::Object(inner)) = node.get(keyword) {
            for (by, word) in apart(sources, inner, &speakers, part) {
                taker.insert(by, keyword, word.into());
            }
        }
    }
    for (by, list) in members_apart(sources, node.get("properties"), &speakers, part) {
        taker.insert(by, "properties", list.into());
    }
    for keyword in PLAIN {
        let pool = if NEUTRAL.contains(&keyword) { &all } else { &known };
        match node.get(keyword) {
            Some(Value::Bool(_)) if keyword == "additionalProperties" && is_vague(node) => {}
            Some(Value::Object(_)) if keyword == "additionalProperties" => {
                for (by, value) in taker.losers(keyword) {
                    taker.insert(by, keyword, value.clone());
                }
            }
            _ => taker.plain(keyword, pool, part.unwritten(keyword).as_ref()),
        }
    }
    values_apart(&mut taker, sources, &known);
    for keyword in FIRST {
        taker.first(keyword, &all);
    }
    for (by, list) in rule::preconditions_apart(sources, node.get("preconditions")) {
        taker.insert(by, "preconditions", list.into());
    }
    taker.text("doc");
    taker.words
}

/// Takes named members apart: each source's list.
pub fn members_apart(sources: &Sources, list: Option<&Value>, above: &Set, part: Part) -> Vec<(usize, Node)> {
    let mut lists: Vec<(usize, Node)> = vec![];
    for (name, member) in list.and_then(Value::as_object).into_iter().flatten() {
        let Some(member) = member.as_object() else { continue };
        for (by, word) in apart(sources, member, above, part) {
            match lists.iter_mut().find(|(known, _)| *known == by) {
                Some((_, list)) => drop(list.insert(name.clone(), word.into())),
                None => lists.push((by, Node::from_iter([(name.clone(), word.into())]))),
            }
        }
    }
    for (_, list) in lists.iter_mut().filter(|(by, _)| sources.is_sorted(*by)) {
        list.sort_keys();
    }
    lists
}

fn values_apart(taker: &mut Taker<'_>, sources: &Sources, pool: &Set) {
    if let Some(Value::Object(list)) = taker.node.get("values") {
        let speakers = taker.speakers("values", pool);
        let mut written: Vec<&str> = vec![];
        let mut order: Vec<usize> = speakers.into_iter().collect();
        order.sort_by_key(|by| sources.prose(*by));
        for by in order {
            let language = sources.language(by);
            let texts = !written.contains(&language);
            written.push(language);
            let own = |(value, entry): (&String, &Value)| {
                let mut entry = entry.as_object().cloned().unwrap_or_default();
                let text = entry.remove("doc").and_then(|doc| doc.get(language).cloned());
                if let Some(text) = text.filter(|_| texts) {
                    entry.insert("doc".to_owned(), Node::from_iter([(language.to_owned(), text)]).into());
                }
                (value.clone(), Value::Object(entry))
            };
            let own: Node = list.iter().map(own).collect();
            taker.insert(by, "values", own.into());
        }
    }
    for (by, names) in taker.losers("values") {
        let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
        let list: Node = names.map(|value| (value.to_owned(), Node::new().into())).collect();
        taker.insert(by, "values", list.into());
    }
}

//! An action as a whole: merged, and taken apart.

use super::keyword::{ASSUMED_BY_PAGES, OF_ACTION};
use super::node::{self, Part};
use super::settle::{Settler, Taker, shower};
use super::sources::{Set, Sources};
use super::{Node, Said, rule};
use serde_json::Value;

/// The members of `samples`.
const SAMPLES: [&str; 3] = ["request", "json", "xml"];

/// Merges what sources say about an action.
pub fn merged(sources: &Sources, said: &[Said<'_>]) -> serde_json::Result<Node> {
    let mut settler = Settler::new(sources);
    let all = sources.all();
    for keyword in ["$schema", "action"] {
        if let Some(value) = said.iter().find_map(|said| said.node.get(keyword)) {
            settler.out.insert(keyword.to_owned(), value.clone());
        }
    }
    for keyword in ["summary", "doc"] {
        settler.text(keyword, said);
    }
    for keyword in OF_ACTION {
        let spoken = |said: &&Said<'_>| said.node.contains_key(keyword);
        let better = said.iter().any(|said| spoken(&said) && !sources.is_pages(said.by));
        let assumed = |by| better && ASSUMED_BY_PAGES.contains(&keyword) && sources.is_pages(by);
        let claims = said.iter().filter(spoken).filter(|said| !assumed(said.by));
        let claims = claims.filter_map(|said| Some((said.by, said.node.get(keyword)?.clone()))).collect();
        settler.plain(keyword, claims, &all, None);
    }
    let claims = said.iter().filter_map(|said| Some((said.by, said.node.get("related")?.clone()))).collect();
    settler.first("related", claims, &all);
    samples(&mut settler, sources, said, &all);
    errors(&mut settler, sources, said, &all);
    let everybody: Vec<&Said<'_>> = said.iter().collect();
    let parameters = node::members(sources, &everybody, "parameters", &all, Part::Request);
    let answers: Vec<Said<'_>> = said
        .iter()
        .filter_map(|said| Some(Said { by: said.by, node: said.node.get("response")?.as_object()? }))
        .collect();
    if !answers.is_empty() {
        let known: Set = answers.iter().map(|said| said.by).collect();
        settler.from("response", &known, &sources.showing(&all));
        let answers: Vec<&Said<'_>> = answers.iter().collect();
        let properties = node::members(sources, &answers, "properties", &known, Part::Response);
        let response = [("type".to_owned(), "object".into()), ("properties".to_owned(), properties.into())];
        settler.out.insert("response".to_owned(), Node::from_iter(response).into());
    }
    for (keyword, list) in [("parameters", parameters), ("rules", rule::merged(sources, said)?)] {
        if !list.is_empty() {
            settler.out.insert(keyword.to_owned(), list.into());
        }
    }
    let mut entries = Node::new();
    for (id, about) in sources.entries() {
        entries.insert(id.clone(), serde_json::to_value(about)?);
    }
    settler.out.insert("sources".to_owned(), entries.into());
    Ok(settler.finish())
}

fn samples(settler: &mut Settler<'_>, sources: &Sources, said: &[Said<'_>], all: &Set) {
    let mut samples = Node::new();
    for member in SAMPLES {
        let of = |said: &Said<'_>| Some((said.by, said.node.get("samples")?.get(member)?.clone()));
        let Some((by, sample)) = said.iter().find_map(of) else { continue };
        samples.insert(member.to_owned(), sample);
        settler.from(&format!("samples.{member}"), &Set::from([by]), &shower(sources, all));
    }
    if !samples.is_empty() {
        settler.out.insert("samples".to_owned(), samples.into());
    }
}

/// Error codes: everybody's. Of each, the first one's status and texts.
fn errors(settler: &mut Settler<'_>, sources: &Sources, said: &[Said<'_>], all: &Set) {
    let of = |said: &Said<'_>| Some((said.by, said.node.get("errors")?.as_object()?.clone()));
    let lists: Vec<(usize, Node)> = said.iter().filter_map(of).collect();
    let known: Set = lists.iter().map(|(by, _)| *by).collect();
    let mut merged: Vec<(String, Node, Set)> = vec![];
    for (by, list) in lists {
        for (code, error) in list {
            let Value::Object(mut error) = error else { continue };
            let Some((_, other, speakers)) = merged.iter_mut().find(|(other, ..)| *other == code) else {
                merged.push((code, error, Set::from([by])));
                continue;
            };
            speakers.insert(by);
            if let Some(Value::Object(doc)) = error.remove("doc") {
                let mut texts = other.remove("doc").and_then(|doc| doc.as_object().cloned()).unwrap_or_default();
                for (language, text) in doc {
                    texts.entry(language).or_insert(text);
                }
                other.insert("doc".to_owned(), texts.into());
            }
            for (keyword, value) in error {
                other.entry(keyword).or_insert(value);
            }
        }
    }
    if merged.is_empty() {
        return;
    }
    settler.from("errors", &known, &sources.showing(all));
    let errors = merged.into_iter().map(|(code, mut error, speakers)| {
        if speakers != known {
            error.insert("from".to_owned(), sources.names(&speakers).into());
        }
        (code, Value::Object(error))
    });
    let errors: Node = errors.collect();
    settler.out.insert("errors".to_owned(), errors.into());
}

/// Takes an action apart: what each source says, in the order of the sources.
pub fn apart(sources: &Sources, node: &Node) -> serde_json::Result<Vec<Node>> {
    let all = sources.all();
    let mut taker = Taker::new(sources, node, &all);
    for keyword in ["$schema", "action"] {
        for by in &all {
            if let Some(value) = node.get(keyword) {
                taker.insert(*by, keyword, value.clone());
            }
        }
    }
    for keyword in ["summary", "doc"] {
        taker.text(keyword);
    }
    for keyword in OF_ACTION {
        taker.plain(keyword, &all, None);
    }
    taker.first("related", &all);
    samples_apart(&mut taker, sources, &all);
    errors_apart(&mut taker, sources, &all);
    for (by, list) in node::members_apart(sources, node.get("parameters"), &all, Part::Request) {
        taker.insert(by, "parameters", list.into());
    }
    if let Some(response) = node.get("response") {
        let known = taker.speakers("response", &sources.showing(&all));
        let mut lists = node::members_apart(sources, response.get("properties"), &known, Part::Response);
        for by in known {
            let at = lists.iter().position(|(known, _)| *known == by);
            let properties = at.map(|at| lists.swap_remove(at).1).unwrap_or_default();
            let response = [("type".to_owned(), "object".into()), ("properties".to_owned(), properties.into())];
            taker.insert(by, "response", Node::from_iter(response).into());
        }
    }
    let rules = node.get("rules").cloned().unwrap_or_else(|| Node::new().into());
    for (by, list) in rule::apart(sources, &serde_json::from_value(rules)?)? {
        taker.insert(by, "rules", list.into());
    }
    Ok(taker.words.into_iter().map(|(_, word)| word).collect())
}

fn samples_apart(taker: &mut Taker<'_>, sources: &Sources, all: &Set) {
    let first = shower(sources, all);
    let mut own: Vec<(usize, Node)> = vec![];
    for (member, sample) in taker.node.get("samples").and_then(Value::as_object).into_iter().flatten() {
        for by in taker.speakers(&format!("samples.{member}"), &first) {
            match own.iter_mut().find(|(known, _)| *known == by) {
                Some((_, samples)) => drop(samples.insert(member.clone(), sample.clone())),
                None => own.push((by, Node::from_iter([(member.clone(), sample.clone())]))),
            }
        }
    }
    for (by, samples) in own {
        taker.insert(by, "samples", samples.into());
    }
}

fn errors_apart(taker: &mut Taker<'_>, sources: &Sources, all: &Set) {
    let Some(errors) = taker.node.get("errors").and_then(Value::as_object) else { return };
    let known = taker.speakers("errors", &sources.showing(all));
    for by in &known {
        let own = errors.iter().filter_map(|(code, error)| {
            let mut error = error.as_object()?.clone();
            let speakers = error.remove("from").and_then(|names| Some(sources.read(names.as_str()?)));
            let speakers = speakers.unwrap_or_else(|| known.clone());
            let language = sources.language(*by);
            let text = error.remove("doc").and_then(|doc| doc.get(language).cloned());
            let first = speakers.iter().find(|other| sources.language(**other) == language) == Some(by);
            if let Some(text) = text.filter(|_| first) {
                error.insert("doc".to_owned(), Node::from_iter([(language.to_owned(), text)]).into());
            }
            speakers.contains(by).then(|| (code.clone(), Value::Object(error)))
        });
        let own: Node = own.collect();
        taker.insert(*by, "errors", own.into());
    }
}

//! What older sources of an action know and its newest one does not. Only dates tell: a source without one is no older
//! and no newer than another.

use super::{Action, AdditionalProperties, Map, Parameter};
use crate::diag::below;

/// A parameter, or a field of the answer, that the newest source lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost<'a> {
    /// Its name, below those of what it is a member of.
    pub subject: String,
    /// Its JSON pointer in the action.
    pub pointer: String,
    /// The sources that know it, in their order.
    pub known: Vec<&'a str>,
    /// The newest ones, that should.
    pub newest: Vec<&'a str>,
}

/// The kind of source that knows of requests alone, and cannot lose a field of an answer.
const REQUESTS_ALONE: &str = "cli-meta";

impl Action {
    /// Everything that the newest of those who could know it does not know. What is in a lost one is lost with it.
    pub fn lost(&self) -> Vec<Lost<'_>> {
        let mut finder =
            Finder { action: self, newest: self.newest(self.sources.keys().map(String::as_str)), lost: vec![] };
        finder.members("", "/parameters", &self.parameters);
        if let Some(response) = &self.response {
            let showing = self.sources.iter().filter(|(_, about)| about.kind != REQUESTS_ALONE);
            finder.newest = match self.from.get("response") {
                Some(named) => self.newest(named.split(' ')),
                None => self.newest(showing.map(|(id, _)| id.as_str())),
            };
            finder.members("", "/response/properties", &response.properties);
        }
        finder.lost
    }

    fn date(&self, id: &str) -> Option<&str> {
        self.sources.get(id)?.as_of.as_deref()
    }

    /// The newest of some sources, as far as they are dated.
    fn newest<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let dated: Vec<(&str, &'a str)> = ids.filter_map(|id| Some((self.date(id)?, id))).collect();
        let newest = dated.iter().map(|(date, _)| *date).max();
        dated.iter().filter(|(date, _)| Some(*date) == newest).map(|(_, id)| *id).collect()
    }
}

struct Finder<'a> {
    action: &'a Action,
    newest: Vec<&'a str>,
    lost: Vec<Lost<'a>>,
}

impl<'a> Finder<'a> {
    fn members(&mut self, above: &str, pointer: &str, members: &'a Map<Parameter>) {
        for (name, member) in members {
            let subject = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
            let pointer = below(pointer, name);
            let known: Vec<&str> = member.from.get("*").map_or_else(Vec::new, |known| known.split(' ').collect());
            if self.is_lost(&known) {
                self.lost.push(Lost { subject, pointer, known, newest: self.newest.clone() });
            } else {
                self.inside(&subject, &pointer, member);
            }
        }
    }

    fn inside(&mut self, subject: &str, pointer: &str, parameter: &'a Parameter) {
        self.members(subject, &below(pointer, "properties"), &parameter.properties);
        let others = match &parameter.additional_properties {
            Some(AdditionalProperties::Of(others)) => Some(others),
            Some(AdditionalProperties::Any(_)) | None => None,
        };
        let inner = [
            ("items", parameter.items.as_ref()),
            ("contentSchema", parameter.content_schema.as_ref()),
            ("additionalProperties", others),
        ];
        for (step, inner) in inner {
            if let Some(inner) = inner {
                self.inside(subject, &below(pointer, step), inner);
            }
        }
    }

    fn is_lost(&self, known: &[&str]) -> bool {
        let newest = self.newest.first().and_then(|id| self.action.date(id));
        let older = |id: &&str| self.action.date(id).zip(newest).is_some_and(|(date, newest)| date < newest);
        !known.is_empty() && known.iter().all(older)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_a_dated_source_knew_and_a_newer_one_could_know_is_lost() {
        let of = |known: &str| json!({"type": "string", "from": {"*": known}});
        let source = |kind: &str, date: Option<&str>| match date {
            Some(date) => json!({"kind": kind, "document": "d", "language": "zh", "asOf": date}),
            None => json!({"kind": kind, "document": "d", "language": "zh"}),
        };
        let action: Action = serde_json::from_value(json!({
            "action": "DoIt",
            "sources": {
                "cli-meta.zh": source("cli-meta", Some("2026-01-01")),
                "openapi-meta.zh": source("openapi-meta", Some("2024-01-01")),
                "markdown.zh": source("markdown", Some("2021-01-01")),
                "models": source("openapi-meta", None),
            },
            "parameters": {
                "Kept": {"type": "object", "properties": {"Gone": of("openapi-meta.zh markdown.zh")}},
                "Old": of("markdown.zh"),
                "New": of("cli-meta.zh"),
                "Undated": of("models"),
            },
            "response": {"type": "object", "properties": {
                "Old": of("markdown.zh"), "Now": of("openapi-meta.zh"), "Undated": of("models"),
            }},
        }))
        .unwrap();
        let lost: Vec<_> = action.lost().into_iter().map(|lost| (lost.pointer, lost.newest)).collect();
        assert_eq!(
            lost,
            [
                ("/parameters/Kept/properties/Gone".to_owned(), vec!["cli-meta.zh"]),
                ("/parameters/Old".to_owned(), vec!["cli-meta.zh"]),
                ("/response/properties/Old".to_owned(), vec!["openapi-meta.zh"]),
            ]
        );
    }
}

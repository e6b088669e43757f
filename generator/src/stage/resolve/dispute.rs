//! What the sources of an action disagree about, unless an overlay has said which of them is right.

use crate::diag::{Origin, below};
use crate::model::Dispute;
use crate::spec::{Action, AdditionalProperties, AmendedAction, Map, Parameter, Style, Type};
use serde_json::Value;

/// Every dispute about an action that nobody has settled.
pub(super) fn all(given: &Action, amended: &AmendedAction) -> Vec<Dispute> {
    let mut finder = Finder { amended, settled: amended.judged(), found: vec![] };
    finder.conflicts(&given.action, "", &given.conflicts);
    for (name, parameter) in &given.parameters {
        finder.parameter(name, &below("/parameters", name), parameter);
    }
    for (name, field) in given.response.iter().flat_map(|response| &response.properties) {
        finder.parameter(name, &below("/response/properties", name), field);
    }
    finder.found
}

struct Finder<'a> {
    amended: &'a AmendedAction,
    /// The JSON pointers of what a person has judged.
    settled: Vec<String>,
    found: Vec<Dispute>,
}

impl Finder<'_> {
    fn parameter(&mut self, subject: &str, pointer: &str, parameter: &Parameter) {
        let mut conflicts = parameter.conflicts.clone();
        // That a text holds JSON, or that an object has members, is vaguer and no other opinion.
        conflicts.shift_remove("additionalProperties");
        if let Some(others) = conflicts.get_mut("type").filter(|_| parameter.style == Some(Style::Json)) {
            others.retain(|_, other| other.get("type") != Some(&serde_json::json!(Type::String)));
        }
        conflicts.retain(|_, others| !others.is_empty());
        self.conflicts(subject, pointer, &conflicts);
        let other = match &parameter.additional_properties {
            Some(AdditionalProperties::Of(inner)) => Some(("additionalProperties", inner)),
            Some(AdditionalProperties::Any(_)) | None => None,
        };
        let items = parameter.items.as_ref().map(|items| ("items", items));
        let content = parameter.content_schema.as_ref().map(|content| ("contentSchema", content));
        for (step, inner) in [items, content, other].into_iter().flatten() {
            self.parameter(subject, &below(pointer, step), inner);
        }
        for (name, member) in &parameter.properties {
            self.parameter(&format!("{subject}.{name}"), &below(&below(pointer, "properties"), name), member);
        }
    }

    fn conflicts(&mut self, subject: &str, pointer: &str, conflicts: &Map<Map<Value>>) {
        for (keyword, others) in conflicts {
            let place = below(pointer, keyword);
            let judged = |settled: &String| {
                let inside = |outer: &str, inner: &str| {
                    inner.strip_prefix(outer).is_some_and(|r| r.is_empty() || r.starts_with('/'))
                };
                inside(settled, &place) || inside(&place, settled)
            };
            if self.settled.iter().any(judged) {
                continue;
            }
            let sources = others.keys().cloned().collect();
            let origin = Origin::value(&self.amended.base.file, below(&below(pointer, "conflicts"), keyword));
            self.found.push(Dispute { subject: subject.to_owned(), keyword: keyword.clone(), sources, origin });
        }
    }
}

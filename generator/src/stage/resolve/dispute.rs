//! What the sources of an action disagree about, unless an overlay has said which of them is right.

use crate::diag::{Origin, below};
use crate::model::Dispute;
use crate::spec::{Action, AdditionalProperties, AmendedAction, Map, Parameter, Style, Type};
use serde_json::{Value, json};

/// Every dispute about an action that nobody has settled.
pub(super) fn all(given: &Action, amended: &AmendedAction) -> Vec<Dispute> {
    let mut finder = Finder { amended, settled: amended.judged(), found: vec![] };
    let mut conflicts = given.conflicts.clone();
    // Who knows fewer methods has no other opinion, as long as the one that is sent is among them.
    let sent = given.methods.first().map(|method| json!(method));
    let sends = |other: &Value| other.as_array().is_some_and(|methods| sent.iter().any(|sent| methods.contains(sent)));
    leave(&mut conflicts, "methods", |other| !sends(other));
    finder.conflicts(&given.action, "", &conflicts);
    for (name, parameter) in &given.parameters {
        finder.parameter(name, &below("/parameters", name), parameter);
    }
    for (name, field) in given.response.iter().flat_map(|response| &response.properties) {
        finder.parameter(name, &below("/response/properties", name), field);
    }
    finder.found
}

/// The conflicts of a parameter without what is vaguer and no other opinion: that a text is sent, where another source
/// knows of JSON or a list in it; that an object has members; that a point in time is a number.
fn sharp(parameter: &Parameter) -> Map<Map<Value>> {
    let mut conflicts = parameter.conflicts.clone();
    conflicts.shift_remove("additionalProperties");
    if matches!(parameter.style, Some(Style::Json | Style::Simple)) {
        leave(&mut conflicts, "type", |other| other.get("type") != Some(&json!(Type::String)));
    }
    if parameter.format.as_deref().is_some_and(|format| format.starts_with("unix-time")) {
        leave(&mut conflicts, "format", |other| !matches!(other.as_str(), Some("int32" | "int64")));
    }
    conflicts
}

/// Keeps of the other opinions about a keyword those that are wanted.
fn leave(conflicts: &mut Map<Map<Value>>, keyword: &str, wanted: impl Fn(&Value) -> bool) {
    if let Some(others) = conflicts.get_mut(keyword) {
        others.retain(|_, other| wanted(other));
    }
    conflicts.retain(|_, others| !others.is_empty());
}

struct Finder<'a> {
    amended: &'a AmendedAction,
    /// The JSON pointers of what a person has judged.
    settled: Vec<String>,
    found: Vec<Dispute>,
}

impl Finder<'_> {
    fn parameter(&mut self, subject: &str, pointer: &str, parameter: &Parameter) {
        self.conflicts(subject, pointer, &sharp(parameter));
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

//! What the sources of an action leave in doubt, unless an overlay has said what is right.

use crate::diag::{Origin, below};
use crate::model::{Dispute, Doubt};
use crate::spec::{Action, AdditionalProperties, AmendedAction, Lost, Map, Parameter, Style, Type};
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
    finder.lost(given.lost());
    finder.found
}

/// The conflicts of a parameter without what is vaguer and no other opinion: that a text is sent, where another source
/// knows of JSON or a list in it; that an object has members; that a point in time is a number.
fn sharp(parameter: &Parameter) -> Map<Map<Value>> {
    let mut conflicts = parameter.conflicts.clone();
    conflicts.shift_remove("additionalProperties");
    conflicts.shift_remove("disputed");
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
        self.declared(subject, pointer, parameter);
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
            if self.is_settled(&below(pointer, keyword)) {
                continue;
            }
            let doubt = Doubt::Sources { keyword: keyword.clone(), others: others.keys().cloned().collect() };
            let place = self.value(below(&below(pointer, "conflicts"), keyword));
            self.find(vec![subject.to_owned()], doubt, place);
        }
    }

    /// What is declared, and kept apart since the same source's prose says otherwise, or since it cannot be.
    fn declared(&mut self, subject: &str, pointer: &str, parameter: &Parameter) {
        for (keyword, declared) in &parameter.disputed {
            let taken = taken(parameter, keyword);
            // Another source may have brought to bear what this one declares.
            if self.is_settled(&below(pointer, keyword)) || taken.as_ref().is_some_and(|taken| is_same(declared, taken))
            {
                continue;
            }
            let doubt = Doubt::Declared {
                keyword: keyword.clone(),
                declared: declared.to_string(),
                taken: taken.map(|value| value.to_string()),
            };
            let place = self.value(below(&below(pointer, "disputed"), keyword));
            self.find(vec![subject.to_owned()], doubt, place);
        }
    }

    /// What the newest source lacks: of requests and of answers, by who knows it.
    fn lost(&mut self, lost: Vec<Lost<'_>>) {
        let mut groups: Vec<(bool, Vec<Lost<'_>>)> = vec![];
        for lost in lost.into_iter().filter(|lost| !self.is_settled(&lost.pointer)) {
            let answers = lost.pointer.starts_with("/response");
            match groups.iter_mut().find(|(of, all)| *of == answers && all.iter().any(|a| a.known == lost.known)) {
                Some((_, group)) => group.push(lost),
                None => groups.push((answers, vec![lost])),
            }
        }
        for (_, group) in groups {
            let Some(Lost { known, newest, pointer, .. }) = group.first() else { continue };
            let owned = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
            let doubt = Doubt::Lost { known: owned(known), newest: owned(newest) };
            let place = Origin::key(&self.amended.base.file, pointer.clone());
            self.find(group.into_iter().map(|lost| lost.subject).collect(), doubt, place);
        }
    }

    /// Whether a person has judged what a pointer leads to, or some of it.
    fn is_settled(&self, place: &str) -> bool {
        let inside = |outer: &str, inner: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.settled.iter().any(|settled| inside(settled, place) || inside(place, settled))
    }

    fn value(&self, pointer: String) -> Origin {
        Origin::value(&self.amended.base.file, pointer)
    }

    fn find(&mut self, subjects: Vec<String>, doubt: Doubt, origin: Origin) {
        self.found.push(Dispute { subjects, doubt, origin });
    }
}

/// Whether what is declared is what counts. A default is declared as a text.
fn is_same(declared: &Value, taken: &Value) -> bool {
    declared == taken || declared.as_str() == Some(taken.to_string().as_str())
}

/// What counts for a keyword, as files write it. Of values, their names.
fn taken(parameter: &Parameter, keyword: &str) -> Option<Value> {
    let written = serde_json::to_value(parameter).ok()?.get(keyword).cloned();
    match (keyword, written) {
        ("required", None) => Some(false.into()),
        ("values", Some(Value::Object(list))) => Some(list.keys().cloned().collect()),
        (_, written) => written,
    }
}

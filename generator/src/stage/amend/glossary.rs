//! Fills texts from the product's glossary where the action and its overlay say nothing. A term that no name needs is an
//! error, as an overlay entry that changes nothing is.

use crate::diag::{Diagnostic, Diagnostics, Origin, below};
use crate::spec::{AmendedAction, Document, Glossary, Map, Term, Text};
use serde_json::{Map as Object, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where a text was put, and the place of its term.
type Glossed = BTreeMap<String, Origin>;

/// Fills the texts of all actions, and of the shapes that they share.
pub(super) fn fill(product: &mut Document, actions: &mut [AmendedAction], diagnostics: &mut Diagnostics) {
    let given = product.value.get("glossary").and_then(|given| serde_json::from_value::<Glossary>(given.clone()).ok());
    let Some(glossary) = given else { return };
    let parameters = Terms::new(&product.file, "parameters", &glossary.parameters);
    let fields = Terms::new(&product.file, "fields", &glossary.fields);
    let mut used = BTreeSet::new();
    for action in actions {
        let AmendedAction { value, glossed, .. } = action;
        for (terms, members) in [(&parameters, "/parameters"), (&fields, "/response/properties")] {
            Filler { terms: &[terms], used: &mut used, glossed }.members(value, members);
        }
    }
    let mut filler = Filler { terms: &[&parameters, &fields], used: &mut used, glossed: &mut Glossed::new() };
    for shape in
        product.value.get_mut("schemas").and_then(Value::as_object_mut).into_iter().flat_map(Object::values_mut)
    {
        filler.inside(shape, "", "");
    }
    for (terms, key) in [&parameters, &fields].iter().flat_map(|terms| terms.all.keys().map(move |key| (terms, key))) {
        if !used.contains(&(terms.room, key.as_str())) {
            let message = format!("nothing needs the term `{key}`");
            let help = "remove it: no name ends so, or every one of them has a text of its own";
            diagnostics.push(Diagnostic::error("glossary-idle", terms.place(key), message).help(help));
        }
    }
}

/// The terms of one kind of name.
struct Terms<'a> {
    file: &'a Arc<str>,
    room: &'static str,
    all: &'a Map<Term>,
}

impl<'a> Terms<'a> {
    fn new(file: &'a Arc<str>, room: &'static str, all: &'a Map<Term>) -> Terms<'a> {
        Terms { file, room, all }
    }

    /// The term with the longest key that a path ends in.
    fn of(&self, path: &str) -> Option<(&'a str, &'a Term)> {
        let later = path.match_indices('.').filter_map(|(dot, _)| path.get(dot + 1..));
        let found = std::iter::once(path).chain(later).find_map(|end| self.all.get_key_value(end));
        found.map(|(key, term)| (key.as_str(), term))
    }

    fn place(&self, key: &str) -> Origin {
        Origin::key(self.file, below(&format!("/glossary/{}", self.room), key))
    }
}

struct Filler<'t, 'g, 'u> {
    /// The first that knows a name explains it.
    terms: &'t [&'t Terms<'g>],
    used: &'u mut BTreeSet<(&'static str, &'g str)>,
    glossed: &'u mut Glossed,
}

impl Filler<'_, '_, '_> {
    /// The members of the object at a pointer, if there is one.
    fn members(&mut self, value: &mut Value, pointer: &str) {
        let Some(Value::Object(members)) = value.pointer_mut(pointer) else { return };
        self.each(members, pointer, "");
    }

    fn each(&mut self, members: &mut Object<String, Value>, pointer: &str, path: &str) {
        for (name, member) in members {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let pointer = below(pointer, name);
            let known = self.terms.iter().find_map(|terms| Some((*terms, terms.of(&path)?)));
            if let (Some((terms, (key, term))), Value::Object(shape)) = (known, &mut *member) {
                let filled = term.doc.as_ref().is_some_and(|doc| say(shape, doc));
                if filled {
                    self.note(terms, key, below(&pointer, "doc"));
                }
            }
            self.inside(member, &pointer, &path);
        }
    }

    /// What a shape is made of, and what its values mean.
    fn inside(&mut self, shape: &mut Value, pointer: &str, path: &str) {
        let Value::Object(shape) = shape else { return };
        let known = self.terms.iter().find_map(|terms| Some((*terms, terms.of(path)?)));
        if let (Some((terms, (key, term))), Some(Value::Object(values))) = (known, shape.get_mut("values")) {
            for (value, doc) in &term.values {
                if let Some(Value::Object(entry)) = values.get_mut(value)
                    && say(entry, doc)
                {
                    let place = below(&below(&below(pointer, "values"), value), "doc");
                    self.note(terms, key, place);
                }
            }
        }
        if let Some(Value::Object(members)) = shape.get_mut("properties") {
            self.each(members, &below(pointer, "properties"), path);
        }
        for key in ["items", "additionalProperties", "contentSchema"] {
            if let Some(inner) = shape.get_mut(key) {
                self.inside(inner, &below(pointer, key), path);
            }
        }
    }
}

impl<'g> Filler<'_, 'g, '_> {
    fn note(&mut self, terms: &Terms<'g>, key: &'g str, pointer: String) {
        self.used.insert((terms.room, key));
        self.glossed.insert(pointer, terms.place(key));
    }
}

/// Adds the languages that an entry's `doc` lacks; whether there was one.
fn say(entry: &mut Object<String, Value>, doc: &Text) -> bool {
    let doc = [("en", &doc.en), ("zh", &doc.zh)].map(|(language, text)| Some((language, text.clone()?)));
    let Value::Object(said) = entry.entry("doc").or_insert_with(|| Value::Object(Object::new())) else { return false };
    let before = said.len();
    for (language, text) in doc.into_iter().flatten() {
        said.entry(language).or_insert(Value::String(text));
    }
    said.len() > before
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The action and the product, filled, and what is complained of.
    fn filled(glossary: &Value, action: Value) -> (AmendedAction, Value, Vec<String>) {
        let document = |file: &str, value| Document { file: file.into(), stem: String::new(), value };
        let schemas = json!({"S": {"properties": {"Key": {"type": "string"}}}});
        let mut product = document("product.json", json!({"glossary": glossary, "schemas": schemas}));
        let base = document("actions/A.json", action.clone());
        let mut actions = [AmendedAction { base, overlay: None, value: action, glossed: BTreeMap::new() }];
        let mut diagnostics = Diagnostics::new();
        fill(&mut product, &mut actions, &mut diagnostics);
        let [action] = actions;
        (action, product.value, diagnostics.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_longest_key_fills_what_is_unsaid() {
        let glossary = json!({
            "parameters": {
                "Key": {"doc": {"en": "a key", "zh": "键"}},
                "Tag.Key": {"doc": {"en": "a tag's key"}},
                "Kind": {"values": {"a": {"en": "first"}, "z": {"en": "not listed"}}}
            },
            "fields": {"Key": {"doc": {"en": "the key found"}}}
        });
        let (action, product, complaints) = filled(
            &glossary,
            json!({
                "parameters": {
                    "My.Key": {"doc": {"en": "mine"}},
                    "Tag": {"items": {"properties": {"Key": {}, "Kind": {"values": {"a": {}}}}}}
                },
                "response": {"properties": {"Key": {}}}
            }),
        );
        assert_eq!(
            action.value,
            json!({
                "parameters": {
                    "My.Key": {"doc": {"en": "mine", "zh": "键"}},
                    "Tag": {"items": {"properties": {
                        "Key": {"doc": {"en": "a tag's key"}},
                        "Kind": {"values": {"a": {"doc": {"en": "first"}}}}
                    }}}
                },
                "response": {"properties": {"Key": {"doc": {"en": "the key found"}}}}
            })
        );
        assert_eq!(product.pointer("/schemas/S/properties/Key/doc/en").unwrap(), "a key");
        assert_eq!(complaints, [""; 0]);
        let origin = action.origin("/parameters/Tag/items/properties/Key/doc");
        assert_eq!(origin, Origin::key(&"product.json".into(), "/glossary/parameters/Tag.Key"));
    }

    #[test]
    fn a_term_that_nothing_needs_is_an_error() {
        let glossary = json!({"parameters": {"Key": {"doc": {"en": "x"}}, "Said": {"doc": {"en": "y"}}}});
        let (.., complaints) = filled(&glossary, json!({"parameters": {"Said": {"doc": {"en": "z"}}}}));
        let [complaint] = complaints.try_into().unwrap();
        assert!(complaint.starts_with("product.json#/glossary/parameters/Said: error[glossary-idle]"), "{complaint}");
    }
}

//! A spec folder in memory: first as given, then with its overlays merged.

use crate::diag::{Origin, below};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One file of a spec folder, as given.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name under which diagnostics speak of it.
    pub file: Arc<str>,
    /// The file's stem: an action's name.
    pub stem: String,
    /// What it holds.
    pub value: Value,
}

/// The files of a spec folder in memory, not yet read.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The name under which diagnostics speak of the folder.
    pub shown: String,
    /// The texts by path below the folder: `actions/Name.json`.
    pub files: BTreeMap<String, Arc<str>>,
}

/// A spec folder, as given. `actions` and `overlays` are sorted by stem, whatever order the disk has.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// `upstream.json`: what upstream says about what all actions share.
    pub upstream: Option<Document>,
    /// `product.json`: the same by people, and a patch of upstream's word if there is one.
    pub product: Option<Document>,
    /// `actions/*.json`.
    pub actions: Vec<Document>,
    /// `overlays/*.json`.
    pub overlays: Vec<Document>,
}

/// A catalog whose overlays are merged, and which knows for every place whose word it is.
#[derive(Debug, Clone)]
pub struct Amended {
    /// What all actions share, as corrected. Its file is that of the last word.
    pub product: Document,
    /// What a person's `product.json` patched.
    pub upstream: Option<Document>,
    /// Sorted by name.
    pub actions: Vec<AmendedAction>,
}

impl Amended {
    /// Where the value of a JSON pointer into the product was written.
    pub fn product_origin(&self, pointer: &str) -> Origin {
        let now = self.product.value.pointer(pointer);
        let unchanged =
            self.upstream.as_ref().filter(|upstream| now.is_some() && upstream.value.pointer(pointer) == now);
        Origin::value(&unchanged.unwrap_or(&self.product).file, pointer)
    }
}

/// An action as corrected.
#[derive(Debug, Clone)]
pub struct AmendedAction {
    /// The facts.
    pub base: Document,
    /// The judgement.
    pub overlay: Option<Document>,
    /// Both, merged.
    pub value: Value,
    /// Where the glossary speaks for the action: JSON pointers of texts, each with the place of the term.
    pub glossed: BTreeMap<String, Origin>,
}

impl AmendedAction {
    /// Where the value of a JSON pointer was written: in the overlay if it speaks of it, else among the facts, else in
    /// the glossary.
    pub fn origin(&self, pointer: &str) -> Origin {
        if let Some(term) = self.glossed.get(pointer) {
            return term.clone();
        }
        let judged = self.overlay.as_ref().filter(|overlay| overlay.value.pointer(pointer).is_some());
        Origin::value(&judged.unwrap_or(&self.base).file, pointer)
    }
    /// The JSON pointers of what the overlay decides: its entries, down to where it replaces, adds or takes away.
    pub fn judged(&self) -> Vec<String> {
        let mut pointers = Vec::new();
        if let Some(overlay) = &self.overlay {
            entries(&overlay.value, &self.base.value, "", &mut pointers);
        }
        pointers
    }
}

fn entries(patch: &Value, base: &Value, pointer: &str, out: &mut Vec<String>) {
    let (Value::Object(patched), Value::Object(base)) = (patch, base) else {
        out.push(pointer.to_owned());
        return;
    };
    for (key, entry) in patched.iter().filter(|(key, _)| !(pointer.is_empty() && *key == "$schema")) {
        let pointer = below(pointer, key);
        entries(entry, base.get(key).unwrap_or(&Value::Null), &pointer, out);
    }
}

//! [`Catalog`] to [`Amended`]: overlays merged into the actions that they correct, and texts filled from the glossary.
//!
//! An overlay is a JSON Merge Patch (RFC 7396). An entry that changes nothing is an error: upstream has mended what it
//! was there to mend, and a person should know. What this stage never does is to understand a keyword.

mod glossary;

use crate::diag::{Diagnostic, Diagnostics, Origin, below, did_you_mean};
use crate::spec::schema::FileKind;
use crate::spec::{Amended, AmendedAction, Catalog, Document, check_shape};
use serde_json::Value;
use std::collections::BTreeMap;

/// Merges the overlays.
pub fn run(catalog: Catalog, diagnostics: &mut Diagnostics) -> Option<Amended> {
    let Catalog { upstream, product, actions, mut overlays } = catalog;
    let (mut product, upstream) = patched(upstream, product, diagnostics)?;
    let stems: Vec<String> = actions.iter().map(|action| action.stem.clone()).collect();
    let mut actions: Vec<AmendedAction> = actions
        .into_iter()
        .map(|base| {
            let found = overlays.iter().position(|overlay| overlay.stem == base.stem);
            amend(base, found.map(|index| overlays.remove(index)), diagnostics)
        })
        .collect();
    for orphan in overlays {
        let help = match did_you_mean(&orphan.stem, stems.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name it after an action, or remove it".to_owned(),
        };
        let message = format!("there is no action `{}` to correct", orphan.stem);
        diagnostics.push(Diagnostic::error("overlay-orphan", Origin::file(&orphan.file), message).help(help));
    }
    glossary::fill(&mut product, &mut actions, diagnostics);
    Some(Amended { product, upstream, actions })
}

/// The product as corrected, and what was corrected.
fn patched(
    upstream: Option<Document>,
    product: Option<Document>,
    diagnostics: &mut Diagnostics,
) -> Option<(Document, Option<Document>)> {
    let (Some(base), Some(patch)) = (&upstream, &product) else {
        return Some((product.or(upstream)?, None));
    };
    let mut value = base.value.clone();
    json_patch::merge(&mut value, &patch.value);
    let file = |pointer: &str| {
        let said = patch.value.pointer(pointer).is_some();
        if said { patch.file.clone() } else { base.file.clone() }
    };
    check_shape(&value, FileKind::Product.known_schema(), &file, diagnostics);
    Some((Document { value, ..product? }, upstream))
}

fn amend(base: Document, overlay: Option<Document>, diagnostics: &mut Diagnostics) -> AmendedAction {
    let mut value = base.value.clone();
    if let Some(overlay) = &overlay {
        idle(&overlay.value, &base.value, "", overlay, diagnostics);
        json_patch::merge(&mut value, &without_schema(&overlay.value));
    }
    let amended = AmendedAction { base, overlay, value, glossed: BTreeMap::new() };
    if amended.overlay.is_some() {
        check_shape(
            &amended.value,
            FileKind::Action.known_schema(),
            &|pointer| amended.origin(pointer).file,
            diagnostics,
        );
    }
    amended
}

/// Reports every entry of a patch that leaves its target as it is.
fn idle(patch: &Value, target: &Value, pointer: &str, overlay: &Document, diagnostics: &mut Diagnostics) {
    let Value::Object(entries) = patch else { return };
    for (key, entry) in entries {
        if pointer.is_empty() && key == "$schema" {
            continue;
        }
        let place = below(pointer, key);
        let old = target.get(key);
        let (same, message) = match (entry, old) {
            (Value::Null, None) => (true, "takes away what is not there"),
            (Value::Object(new), Some(Value::Object(_))) if !new.is_empty() => {
                idle(entry, old.unwrap_or(&Value::Null), &place, overlay, diagnostics);
                continue;
            }
            (Value::Object(new), Some(Value::Object(_))) => (new.is_empty(), "is empty"),
            (new, Some(old)) => (new == old, "says what the action already says"),
            (_, None) => (false, ""),
        };
        if same {
            diagnostics.push(
                Diagnostic::error(
                    "overlay-idle",
                    Origin::key(&overlay.file, place),
                    format!("the overlay entry `{key}` {message}"),
                )
                .help("remove it; if upstream has changed, see whether the judgement still stands"),
            );
        }
    }
}

fn without_schema(patch: &Value) -> Value {
    let mut patch = patch.clone();
    if let Value::Object(entries) = &mut patch {
        entries.shift_remove("$schema");
    }
    patch
}

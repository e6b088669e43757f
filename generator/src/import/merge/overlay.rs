//! Does a person's judgement still apply to what upstream says now? An overlay is never touched; where the ground has
//! moved under it, the import says so, with what was there and what is there now.

use super::conflict::{demand, short};
use crate::diag::{Diagnostic, Origin, below};
use serde_json::Value;
use std::sync::Arc;

/// An overlay, and what an import does to the action that it corrects.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The overlay's file.
    pub file: &'a Arc<str>,
    /// What it says.
    pub overlay: &'a Value,
    /// The action as it was known.
    pub old: &'a Value,
    /// The action as it is known now.
    pub new: &'a Value,
    /// The sources that were imported, as messages name them.
    pub sources: &'a str,
}

/// Every entry of an overlay that upstream's change has overtaken.
pub fn overtaken(ground: Ground<'_>) -> Vec<Diagnostic> {
    let mut found = vec![];
    ground.walk(ground.overlay, ground.old, ground.new, "", &mut found);
    found
}

impl Ground<'_> {
    fn walk(&self, patch: &Value, old: &Value, new: &Value, pointer: &str, found: &mut Vec<Diagnostic>) {
        let Value::Object(entries) = patch else { return };
        for (key, entry) in entries.iter().filter(|(key, _)| *key != "$schema" && *key != "allow") {
            let place = below(pointer, key);
            let (was, is) = (old.get(key), new.get(key));
            let of_a_rule = pointer == "/rules";
            match (was, is) {
                (Some(was), None) if !entry.is_null() => {
                    found.push(self.problem(place, format!("`{key}` is not there any more; it was {}", short(was))));
                }
                (Some(was), Some(is)) if of_a_rule && demand(was) != demand(is) => {
                    let (was, is) = (short(&demand(was)), short(&demand(is)));
                    found.push(self.problem(place, format!("`{key}` is another rule now: it was {was} and is {is}")));
                }
                (was, Some(is)) if is.is_object() && entry.is_object() => {
                    self.walk(entry, was.unwrap_or(&Value::Null), is, &place, found);
                }
                // That upstream came to agree is told as well by the stage that applies overlays; here, why.
                (was, is) if was != is => {
                    let of = |value: Option<&Value>| value.map_or("nothing".to_owned(), short);
                    let agrees = is == Some(entry) || (is.is_none() && entry.is_null());
                    let end = if agrees { ", as the overlay says" } else { "" };
                    found.push(self.problem(place, format!("`{key}` was {} and is {}{end}", of(was), of(is))));
                }
                _ => {}
            }
        }
    }

    fn problem(&self, pointer: String, change: String) -> Diagnostic {
        let message = format!("upstream has changed what this corrects ({}): {change}", self.sources);
        Diagnostic::error("overlay-overtaken", Origin::key(self.file, pointer), message)
            .help("see whether the judgement still stands: mend the entry, or remove it")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_judgement_is_overtaken_by_what_it_is_about_and_by_nothing_else() {
        let rule = |value: &str| json!({"when": {"A": [value]}, "require": ["B"], "source": {"pattern": value}});
        let old = json!({"parameters": {"A": {"default": 1, "minimum": 1}, "B": {"type": "string"}, "C": {}},
            "rules": {"b-required": rule("x"), "c-required": rule("y")}});
        let mut new = old.clone();
        new["parameters"]["A"] = json!({"default": 2, "minimum": 5});
        new["parameters"].as_object_mut().unwrap().remove("C");
        new["rules"]["b-required"] = rule("z");
        new["rules"]["c-required"]["source"]["pattern"] = "other".into();
        let overlay = json!({"parameters": {"A": {"default": 2}, "B": {"doc": {"en": "x"}}, "C": {"doc": {"en": "x"}}},
            "rules": {"b-required": {"authority": "judged"}, "c-required": {"authority": "judged"}}});
        let file: Arc<str> = "overlays/DoIt.json".into();
        let ground = Ground { file: &file, overlay: &overlay, old: &old, new: &new, sources: "page.zh" };
        let told: Vec<String> = overtaken(ground).iter().map(ToString::to_string).collect();
        let [default, gone, rule] = &told[..] else { panic!("{told:#?}") };
        assert!(default.contains("`default` was 1 and is 2, as the overlay says"), "{default}");
        assert!(
            gone.contains("/parameters/C: error[overlay-overtaken]") && gone.contains("not there any more"),
            "{gone}"
        );
        assert!(rule.contains("`b-required` is another rule now"), "{rule}");
    }
}

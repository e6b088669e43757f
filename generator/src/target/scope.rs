//! Who may use which name. One scope is one place where names must differ: the fields of a struct, the types of a module.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The names of one place.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// Those that were taken from the start.
    reserved: BTreeSet<String>,
    /// The names of the place around it are taken, too.
    around: Option<Arc<Scope>>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub fn new(taken: impl IntoIterator<Item = impl Into<String>>) -> Scope {
        let taken: BTreeSet<String> = taken.into_iter().map(Into::into).collect();
        Scope { reserved: taken.clone(), taken, around: None }
    }

    /// A scope inside another, whose names are taken from the start.
    pub fn within(around: &Arc<Scope>) -> Scope {
        Scope { around: Some(Arc::clone(around)), ..Scope::default() }
    }

    /// Whether a name is taken.
    pub fn has(&self, name: &str) -> bool {
        self.taken.contains(name) || self.around.as_ref().is_some_and(|around| around.has(name))
    }

    /// Gives the wanted name, or the first free one of `wanted_2`, `wanted_3`, …; `suffix` joins name and number.
    pub fn claim(&mut self, wanted: &str, suffix: &str) -> String {
        let free = |name: &String| !self.has(name);
        let numbered = (2..=u32::MAX).map(|n| format!("{wanted}{suffix}{n}"));
        let name = std::iter::once(wanted.to_owned()).chain(numbered).find(free).unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }

    /// As [`Scope::claim`], for a language whose reserved words get a suffix: `class` becomes `class_`, and a second
    /// `key` becomes `key_2`.
    pub fn claim_word(&mut self, wanted: &str, joined: &str, suffix: &str) -> String {
        if self.reserved.contains(wanted) {
            let other = format!("{wanted}{suffix}");
            return self.claim(&other, joined);
        }
        self.claim(wanted, joined)
    }

    /// As [`Scope::claim_all`], for a language whose reserved words get a suffix.
    pub fn claim_spelled<'a>(
        &mut self,
        wires: impl IntoIterator<Item = &'a str>,
        joined: &str,
        suffix: &str,
        wanted: impl Fn(&str) -> String,
    ) -> BTreeMap<String, String> {
        let sorted: BTreeSet<&str> = wires.into_iter().collect();
        sorted.into_iter().map(|wire| (wire.to_owned(), self.claim_word(&wanted(wire), joined, suffix))).collect()
    }

    /// Gives every wire name its name. Wire names are served in byte order, so that the result does not depend on the
    /// order in which a spec lists them.
    pub fn claim_all<'a>(
        &mut self,
        wires: impl IntoIterator<Item = &'a str>,
        suffix: &str,
        wanted: impl Fn(&str) -> String,
    ) -> BTreeMap<String, String> {
        let sorted: BTreeSet<&str> = wires.into_iter().collect();
        sorted.into_iter().map(|wire| (wire.to_owned(), self.claim(&wanted(wire), suffix))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn names_do_not_depend_on_the_order() {
        for wires in [["Key", "key", "new"], ["new", "key", "Key"]] {
            let names = Scope::new(["new"]).claim_all(wires, "_", str::to_lowercase);
            assert_eq!(names["Key"], "key");
            assert_eq!(names["key"], "key_2");
            assert_eq!(names["new"], "new_2");
        }
    }
}

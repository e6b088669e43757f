//! The sources of an action, in the order in which their words count, and sets of them.

use crate::spec::{Map, SourceDocument};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The kind whose pages leave open where a parameter travels, and assume how a request is sent.
const PAGES: &str = "markdown";
/// The kind that lists parameters by their names, and knows of requests alone: no example, no answer, no error.
const SORTED: &str = "cli-meta";

/// Some of the sources, by their places in the order.
pub type Set = BTreeSet<usize>;

/// The sources of an action: the newest first.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    entries: Vec<(String, SourceDocument)>,
}

impl Sources {
    pub fn of(given: &Map<SourceDocument>) -> Sources {
        let mut sources = Sources::default();
        for (id, about) in given {
            sources.insert(id.clone(), about.clone());
        }
        sources
    }

    pub fn insert(&mut self, id: String, about: SourceDocument) {
        self.entries.retain(|(known, _)| *known != id);
        self.entries.push((id, about));
        // One without a date counts as older than those with one.
        self.entries.sort_by(|(a, about_a), (b, about_b)| {
            let key = |id: &str, about: &SourceDocument| {
                let kind = ["cli-meta", "openapi-meta"].iter().position(|kind| *kind == about.kind).unwrap_or(2);
                (Reverse(about.as_of.clone()), kind, Reverse(about.language.clone()), id.to_owned())
            };
            key(a, about_a).cmp(&key(b, about_b))
        });
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(id, _)| id.as_str())
    }

    pub fn entries(&self) -> &[(String, SourceDocument)] {
        &self.entries
    }

    pub fn into_entries(self) -> impl Iterator<Item = (String, SourceDocument)> {
        self.entries.into_iter()
    }

    pub fn all(&self) -> Set {
        (0..self.entries.len()).collect()
    }

    /// Ids, joined by blanks.
    pub fn names(&self, set: &Set) -> String {
        let ids = self.ids().enumerate().filter(|(by, _)| set.contains(by));
        ids.map(|(_, id)| id).collect::<Vec<_>>().join(" ")
    }

    /// The set that such a text names.
    pub fn read(&self, names: &str) -> Set {
        names.split(' ').filter_map(|name| self.by(name)).collect()
    }

    pub fn by(&self, id: &str) -> Option<usize> {
        self.ids().position(|known| known == id)
    }

    pub fn id(&self, by: usize) -> &str {
        self.entries.get(by).map_or("", |(id, _)| id)
    }

    pub fn language(&self, by: usize) -> &str {
        self.entries.get(by).map_or("", |(_, about)| &about.language)
    }

    pub fn kind(&self, by: usize) -> &str {
        self.entries.get(by).map_or("", |(_, about)| &about.kind)
    }

    pub fn is_pages(&self, by: usize) -> bool {
        self.kind(by) == PAGES
    }

    pub fn is_sorted(&self, by: usize) -> bool {
        self.kind(by) == SORTED
    }

    /// Of some sources, those that may know more than requests; all, if there is none.
    pub fn showing(&self, pool: &Set) -> Set {
        let showing: Set = pool.iter().copied().filter(|by| !self.is_sorted(*by)).collect();
        if showing.is_empty() { pool.clone() } else { showing }
    }

    /// What counts in prose: Chinese before English, the newest first.
    pub fn prose(&self, by: usize) -> (bool, usize) {
        (self.language(by) != "zh", by)
    }
}

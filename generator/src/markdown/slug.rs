//! File stems of pages.

use crate::target::Scope;
use serde::Serialize;
use std::collections::BTreeMap;

/// A page's file stem: ASCII letters, digits and `_`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slug(String);

impl Slug {
    /// The stem.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Stems that mean something to forges, mdBook or an operating system.
const TAKEN: [&str; 31] = [
    "readme",
    "index",
    "summary",
    "print",
    "404",
    "toc",
    "con",
    "prn",
    "aux",
    "nul",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "searchindex",
    "searcher",
    "book",
];

/// Gives every name a stem of its own, also where a file system does not tell upper from lower case. Characters that no
/// stem may hold are left out.
pub fn slugs<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, Slug> {
    let mut scope = Scope::new(TAKEN);
    let mut sorted = names.into_iter().collect::<Vec<_>>();
    sorted.sort_unstable();
    sorted.dedup();
    let mut slugs = BTreeMap::new();
    for name in sorted {
        let stem: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let claimed = scope.claim(&stem.to_ascii_lowercase(), "_");
        let suffix = claimed.get(stem.len()..).unwrap_or_default();
        slugs.insert(name, Slug(format!("{stem}{suffix}")));
    }
    slugs
}

#[cfg(test)]
mod tests {
    use super::slugs;

    #[test]
    fn every_page_has_a_file_of_its_own() {
        let slugs = slugs(["GetX", "Getx", "Readme", "Con", "../Up", "ListY"]);
        let stems = ["GetX", "Getx", "Readme", "Con", "../Up", "ListY"].map(|name| slugs[name].as_str());
        assert_eq!(stems, ["GetX", "Getx_2", "Readme_2", "Con_2", "Up", "ListY"]);
    }
}

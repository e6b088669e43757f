//! File stems of pages.

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
pub const TAKEN: [&str; 31] = [
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
/// stem may hold are left out. `claim` gives the wanted stem, in lower case, or the same with something behind it, and
/// never one of [`TAKEN`].
pub fn slugs<'a>(
    names: impl IntoIterator<Item = &'a str>,
    mut claim: impl FnMut(&str) -> String,
) -> BTreeMap<&'a str, Slug> {
    let mut sorted = names.into_iter().collect::<Vec<_>>();
    sorted.sort_unstable();
    sorted.dedup();
    let mut slugs = BTreeMap::new();
    for name in sorted {
        let stem: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let claimed = claim(&stem.to_ascii_lowercase());
        let suffix = claimed.get(stem.len()..).unwrap_or_default();
        slugs.insert(name, Slug(format!("{stem}{suffix}")));
    }
    slugs
}

#[cfg(test)]
mod tests {
    use super::{TAKEN, slugs};
    use std::collections::BTreeSet;

    #[test]
    fn every_page_has_a_file_of_its_own() {
        let mut taken: BTreeSet<String> = TAKEN.map(str::to_owned).into();
        let claim = |wanted: &str| match taken.insert(wanted.to_owned()) {
            true => wanted.to_owned(),
            false => format!("{wanted}_2"),
        };
        let slugs = slugs(["GetX", "Getx", "Readme", "Con", "../Up", "ListY"], claim);
        let stems = ["GetX", "Getx", "Readme", "Con", "../Up", "ListY"].map(|name| slugs[name].as_str());
        assert_eq!(stems, ["GetX", "Getx_2", "Readme_2", "Con_2", "Up", "ListY"]);
    }
}

//! Figures and lists that were looked at and that must stay as they are: files below `tests/scale`.

use crate::metadata::SCOPE;
use crate::source::root;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn blesses() -> bool {
    std::env::var_os("BINDERY_BLESS").is_some()
}

/// Compares figures with those of `counts.json`, for as much of the material as this build looks at.
///
/// # Panics
/// If one differs.
pub fn counts(of: &str, found: &BTreeMap<String, usize>) {
    compare("counts.json", &[of, SCOPE], found);
}

/// Compares figures with the `counts` of a file of their own, the same in every build.
///
/// # Panics
/// If one differs.
pub fn own_counts(file: &str, found: &BTreeMap<String, usize>) {
    compare(file, &["counts"], found);
}

fn compare(file: &str, at: &[&str], found: &BTreeMap<String, usize>) {
    let path = root().join("tests/scale").join(file);
    let mut all: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap_or("{}".to_owned())).unwrap();
    let pinned = at.iter().fold(&mut all, |pinned, key| &mut pinned[*key]);
    let found = json!(found);
    if blesses() {
        *pinned = found;
        fs::write(path, format!("{all:#}\n")).unwrap();
        return;
    }
    assert!(*pinned == found, "{at:?}: pinned in tests/scale/{file}\n{pinned:#}\nand found\n{found:#}");
}

/// Compares lines with those of a file. Each begins with the product and version that it is about; a build that looks at
/// some products answers for their lines alone.
///
/// # Panics
/// If one is missing or new.
pub fn lines(file: &str, found: BTreeSet<String>) {
    let path = root().join("tests/scale").join(file);
    let all: BTreeSet<String> = fs::read_to_string(&path).unwrap_or_default().lines().map(str::to_owned).collect();
    let (known, others): (BTreeSet<String>, BTreeSet<String>) =
        all.into_iter().partition(|line| crate::metadata::is_looked_at(&product(line)));
    if blesses() {
        let lines: BTreeSet<String> = others.into_iter().chain(found).collect();
        fs::write(path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        return;
    }
    let gone: Vec<&String> = known.difference(&found).collect();
    let fresh: Vec<&String> = found.difference(&known).collect();
    assert!(gone.is_empty() && fresh.is_empty(), "tests/scale/{file}:\nno longer: {gone:#?}\nnew: {fresh:#?}");
}

/// `ecs/2014-05-26` of a line.
fn product(line: &str) -> String {
    line.split([':', ' ']).next().unwrap_or_default().split('/').take(2).collect::<Vec<_>>().join("/")
}

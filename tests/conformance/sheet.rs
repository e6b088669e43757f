//! Who passed what: a table of languages and kinds of vectors.

use super::Question;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The table, with what failed.
pub struct Sheet {
    languages: Vec<String>,
    /// In the order in which they came up.
    kinds: Vec<String>,
    /// By language and kind: passed, all.
    counts: BTreeMap<(String, String), (usize, usize)>,
    failures: BTreeSet<String>,
}

/// So many failures of a language in a kind are shown in full.
const SHOWN: usize = 3;

impl Sheet {
    /// Nobody has been asked yet.
    pub fn new(languages: Vec<String>) -> Sheet {
        Sheet { languages, kinds: Vec::new(), counts: BTreeMap::new(), failures: BTreeSet::new() }
    }

    /// Notes an answer, and shows it if it is wrong.
    pub fn enter(&mut self, language: &str, question: &Question, told: &Value, answer: &Value) {
        if !self.kinds.contains(&question.kind) {
            self.kinds.push(question.kind.clone());
        }
        let (passed, all) = self.counts.entry((language.to_owned(), question.kind.clone())).or_default();
        *all += 1;
        if same(told, &question.expected) {
            *passed += 1;
            return;
        }
        if *all - *passed <= SHOWN {
            println!("{language}, {}: {}", question.kind, question.about);
            println!("  asked    {}\n  expected {}\n  answered {answer}", question.line, question.expected);
        }
        self.failures.insert(format!("{language} {} {}", question.kind, question.about.trim_end()));
    }

    /// Whether the failures are the ones that are listed, a line each; says which are not.
    pub fn is_as_known(&self, list: &str) -> bool {
        let known: BTreeSet<&str> =
            list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let unknown = self.failures.iter().filter(|failure| !known.contains(failure.as_str())).count();
        let gone: Vec<&&str> = known.iter().filter(|line| !self.failures.contains(**line)).collect();
        gone.iter().for_each(|line| println!("no failure any more, take it off the list: {line}"));
        unknown == 0 && gone.is_empty()
    }
}

/// Objects by their members, lists by their order: the pairs of a place, and the violations, come in the order of the spec.
fn same(one: &Value, other: &Value) -> bool {
    one == other
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<12}", "")?;
        self.kinds.iter().try_for_each(|kind| write!(f, " {kind:>15}"))?;
        for language in &self.languages {
            write!(f, "\n{language:<12}")?;
            for kind in &self.kinds {
                let (passed, all) = self.counts.get(&(language.clone(), kind.clone())).copied().unwrap_or_default();
                write!(f, " {:>15}", format!("{passed}/{all}"))?;
            }
        }
        writeln!(f)
    }
}

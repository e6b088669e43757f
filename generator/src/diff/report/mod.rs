//! Changes as people and programs read them. Nothing here writes anywhere.

mod human;
mod json;
mod markdown;

pub use human::human;
pub use json::json;
pub use markdown::markdown;

use super::ignore::Ignored;
use super::{Change, Kind, Level, Service, Step};
use crate::diag::{LineColumn, Origin, Sources};
use std::collections::BTreeMap;

/// The result of a comparison.
#[derive(Debug, Default)]
pub struct Report {
    /// What counts.
    pub changes: Vec<Change>,
    /// What is let pass.
    pub ignored: Vec<Ignored>,
}

impl Report {
    /// How many changes there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.changes.iter().filter(|change| change.kind.level == level).count()
    }

    /// The step that a package made of the new specification should make; `None`: nothing has changed.
    pub fn step(&self) -> Option<Step> {
        self.changes.iter().map(|change| change.kind.step).min()
    }

    /// The gravest level.
    pub fn level(&self) -> Option<Level> {
        self.changes.iter().map(|change| change.kind.level).min()
    }

    /// The services that changes are about, each with its changes.
    fn services(&self) -> BTreeMap<&Service, Vec<&Change>> {
        let mut found: BTreeMap<&Service, Vec<&Change>> = BTreeMap::new();
        for change in &self.changes {
            found.entry(&change.service).or_default().push(change);
        }
        found
    }

    /// The kinds that occur, in the order of their gravity and of the table.
    fn kinds(&self) -> Vec<&'static Kind> {
        let met: std::collections::BTreeSet<&str> = self.changes.iter().map(|change| change.kind.code).collect();
        let mut kinds: Vec<&'static Kind> = Kind::all().filter(|kind| met.contains(kind.code)).collect();
        kinds.sort_by_key(|kind| kind.level);
        kinds
    }
}

/// Where in its file each of some places is.
fn located<'a>(changes: impl Iterator<Item = &'a Change>, sources: &Sources) -> BTreeMap<&'a Origin, LineColumn> {
    sources.locate_all(changes.flat_map(|change| change.old_origin.iter().chain(&change.new_origin)))
}

/// `file:line`.
fn at(origin: &Origin, located: &BTreeMap<&Origin, LineColumn>) -> String {
    match located.get(origin) {
        Some(place) => format!("{}:{}", origin.file, place.line),
        None => origin.file.to_string(),
    }
}

/// `1 change`, `2 changes`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// `3 breaking, 1 dangerous, 0 compatible, 2 docs`.
fn tally(report: &Report) -> String {
    Level::ALL.map(|level| format!("{} {}", report.count(level), level.as_str())).join(", ")
}

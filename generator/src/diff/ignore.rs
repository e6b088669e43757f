//! Changes that somebody has looked at and lets pass: a TOML file, each entry with its reason.
//!
//! ```toml
//! [[ignore]]
//! fingerprint = "1f2e3d4c5b6a7988"        # this very change, or
//! id = "value-removed"                    # every change of a kind
//! place = "SendParcel request Colour"     # at a place
//! reason = "nobody ever sent it"
//! until = 2026-12-31                      # the last day; needed beside `id` and `place`
//! ```
//!
//! An entry that is out of date, or that fits no change, is an error: it would let pass what nobody has looked at.

use super::{Change, Kind};
use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file's name in a folder of specs.
pub const FILE_NAME: &str = "diff-ignore.toml";

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Ignore {
    /// What it is about.
    pub what: What,
    /// Why it is let pass.
    pub reason: String,
    /// The last day on which it counts: `2026-12-31`.
    pub until: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// One change, by its fingerprint.
    Fingerprint(String),
    /// Every change of a kind at a place.
    Place {
        /// The kind's code.
        id: String,
        /// As [`Change::place`] says it.
        place: String,
    },
}

impl Ignore {
    /// Whether it is about a change.
    pub fn fits(&self, change: &Change) -> bool {
        match &self.what {
            What::Fingerprint(fingerprint) => *fingerprint == change.fingerprint(),
            What::Place { id, place } => id == change.kind.code && *place == change.place(),
        }
    }
}

/// A change that is let pass, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Ignored {
    /// The change.
    pub change: Change,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Option<String>,
}

/// Parts changes: those that count, and those that are let pass. `today` is `2026-12-31`. Entries that are out of date
/// are errors; so are, of a comparison of everything, those that fit nothing.
pub fn apply(
    changes: Vec<Change>,
    entries: &[Ignore],
    today: &str,
    is_whole: bool,
    diagnostics: &mut Diagnostics,
) -> (Vec<Change>, Vec<Ignored>) {
    let (mut kept, mut ignored) = (Vec::new(), Vec::new());
    let mut used = vec![false; entries.len()];
    for change in changes {
        let mut fitting = entries.iter().zip(&mut used).filter(|(entry, _)| entry.fits(&change));
        let Some((entry, used)) = fitting.next() else {
            kept.push(change);
            continue;
        };
        *used = true;
        match entry.until.as_deref() {
            Some(until) if until < today => kept.push(change),
            _ => {
                ignored.push(Ignored { change, reason: entry.reason.clone(), until: entry.until.clone() });
            }
        }
    }
    for (entry, used) in entries.iter().zip(used) {
        let expired = entry.until.as_deref().filter(|until| *until < today);
        let problem = match expired {
            Some(until) => Diagnostic::error(
                "ignore-expired",
                entry.origin.clone(),
                format!("what this lets pass was to be looked at again after {until}"),
            )
            .help("look at the change, then remove the entry or give it another day"),
            None if !used && is_whole => Diagnostic::error("ignore-unused", entry.origin.clone(), "fits no change")
                .help("remove it; a fingerprint is another one as soon as the change is another one"),
            None => continue,
        };
        diagnostics.push(problem);
    }
    (kept, ignored)
}

/// Reads the text of an ignore file; `file` is its path.
pub fn parse(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Vec<Ignore> {
    let mut reader = Reader { file, text, problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reader.refuse(error.span().unwrap_or_default(), error.message().to_owned(), "see what TOML looks like");
    }
    let entries = if reader.problems.is_empty() { reader.file(table.get_ref()) } else { Vec::new() };
    diagnostics.extend(reader.problems);
    entries
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    problems: Vec<Diagnostic>,
}

const ENTRY: &str = "an entry has `fingerprint`, or `id` and `place`; beside them `reason` and perhaps `until`";

impl Reader<'_> {
    fn file(&mut self, table: &DeTable<'_>) -> Vec<Ignore> {
        for (key, _) in table.iter().filter(|(key, _)| key.get_ref() != "ignore") {
            self.refuse(key.span(), format!("the key `{}` is unknown", key.get_ref()), "write `[[ignore]]` tables");
        }
        let Some(list) = table.get("ignore") else { return Vec::new() };
        let Some(entries) = list.get_ref().as_array() else {
            self.refuse(list.span(), "`ignore` is not a list of tables".to_owned(), "write `[[ignore]]` tables");
            return Vec::new();
        };
        entries.iter().filter_map(|entry| self.entry(entry)).collect()
    }

    fn entry(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Ignore> {
        let Some(table) = value.get_ref().as_table() else {
            self.refuse(value.span(), "an entry is a table".to_owned(), "write `[[ignore]]` tables");
            return None;
        };
        const KEYS: [&str; 5] = ["fingerprint", "id", "place", "reason", "until"];
        for (key, _) in table.iter().filter(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
            let near = did_you_mean(key.get_ref(), KEYS).map(|near| format!("did you mean `{near}`?"));
            self.refuse(
                key.span(),
                format!("the key `{}` is unknown", key.get_ref()),
                near.as_deref().unwrap_or(ENTRY),
            );
        }
        let mut text = |key: &str| {
            let found = table.get(key)?;
            let text = found.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty());
            if text.is_none() {
                self.refuse(found.span(), format!("`{key}` is no text"), ENTRY);
            }
            text.map(str::to_owned)
        };
        let (fingerprint, id, place, reason) = (text("fingerprint"), text("id"), text("place"), text("reason"));
        let until = table.get("until").and_then(|found| match found.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() && date.offset.is_none() => date.date.map(|d| d.to_string()),
            _ => {
                self.refuse(found.span(), "`until` is no date".to_owned(), "write it without quotes: `2026-12-31`");
                None
            }
        });
        if let Some(id) = &id
            && Kind::named(id).is_none()
        {
            let near =
                did_you_mean(id, Kind::all().map(|kind| kind.code)).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or("`bindery diff --list` shows all ids".to_owned());
            self.refuse(value.span(), format!("there is no change `{id}`"), &help);
        }
        let what = match (fingerprint, id, place) {
            (Some(fingerprint), None, None) => What::Fingerprint(fingerprint),
            (None, Some(id), Some(place)) => What::Place { id, place },
            _ => {
                self.refuse(value.span(), "it is not said what is to be let pass".to_owned(), ENTRY);
                return None;
            }
        };
        if matches!(what, What::Place { .. }) && !table.contains_key("until") {
            let message = "an entry for a place needs `until`: it would let pass changes that are yet to come";
            self.refuse(value.span(), message.to_owned(), "say until when, or name the change by its fingerprint");
        }
        if reason.is_none() && !table.contains_key("reason") {
            self.refuse(value.span(), "the entry has no `reason`".to_owned(), "say why the change may pass");
        }
        Some(Ignore { what, reason: reason?, until, origin: self.origin(value.span()) })
    }

    fn refuse(&mut self, at: Range<usize>, message: String, help: &str) {
        self.problems.push(Diagnostic::error("ignore", self.origin(at), message).help(help));
    }

    fn origin(&self, at: Range<usize>) -> Origin {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Origin::at(self.file, before.matches('\n').count() + 1, column)
    }
}

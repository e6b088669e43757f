//! Which of the old is which of the new: by name, and where a name is gone and another one new, by likeness.

use crate::model::{Kind, Shape};
use std::collections::BTreeMap;

/// What stands opposite what. Indices are into the old and the new list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// In both, by the same name.
    pub same: Vec<(usize, usize)>,
    /// In both, by another name.
    pub renamed: Vec<(usize, usize)>,
    /// In the old alone.
    pub removed: Vec<usize>,
    /// In the new alone.
    pub added: Vec<usize>,
}

impl Pairs {
    /// Pairs by name; then, of what is left, those that are `like` each other, the likest first. Likeness is from 0 to 1;
    /// `None`: no rename.
    pub fn of(old: &[&str], new: &[&str], like: impl Fn(usize, usize) -> Option<f64>) -> Pairs {
        let mut pairs = Pairs::default();
        let known: BTreeMap<&str, usize> = new.iter().enumerate().map(|(index, name)| (*name, index)).collect();
        let mut met = vec![false; new.len()];
        for (index, name) in old.iter().enumerate() {
            match known.get(name) {
                Some(other) => {
                    pairs.same.push((index, *other));
                    if let Some(met) = met.get_mut(*other) {
                        *met = true;
                    }
                }
                None => pairs.removed.push(index),
            }
        }
        pairs.added = met.iter().enumerate().filter(|(_, met)| !**met).map(|(index, _)| index).collect();
        pairs.rename(like);
        pairs
    }

    fn rename(&mut self, like: impl Fn(usize, usize) -> Option<f64>) {
        let mut likes: Vec<(f64, usize, usize)> = Vec::new();
        for old in &self.removed {
            likes.extend(self.added.iter().filter_map(|new| Some((like(*old, *new)?, *old, *new))));
        }
        // Of equals the first, whichever way one looks: what is gained by one order is lost by the other.
        likes.sort_by(|(a, old, new), (b, other_old, other_new)| {
            b.total_cmp(a)
                .then((old + new).cmp(&(other_old + other_new)))
                .then(old.min(new).cmp(other_old.min(other_new)))
        });
        for (_, old, new) in likes {
            if self.removed.contains(&old) && self.added.contains(&new) {
                self.removed.retain(|index| *index != old);
                self.added.retain(|index| *index != new);
                self.renamed.push((old, new));
            }
        }
        self.renamed.sort_unstable();
    }

    /// All that is in both.
    pub fn both(&self) -> impl Iterator<Item = (usize, usize)> {
        self.same.iter().chain(&self.renamed).copied()
    }
}

/// How like two names are, from 0 to 1, whatever their case and the signs between their words.
pub(super) fn likeness(old: &str, new: &str) -> f64 {
    let plain = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let (old, new) = (plain(old), plain(new));
    if old == new {
        return 1.0;
    }
    // Names that are told apart by a number are a series, not one name: `VSwitchId1`, `VSwitchId2`.
    let letters = |name: &str| -> String { name.chars().filter(|c| !c.is_ascii_digit()).collect() };
    if letters(&old) == letters(&new)
        && old.chars().any(|c| c.is_ascii_digit())
        && new.chars().any(|c| c.is_ascii_digit())
    {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(&old, &new)
}

/// How likely it is that one of a list was renamed to one of another, by their names, what they are made of and what
/// stands beside them. `None`: it was not.
pub(super) fn renamed(names: [&[&str]; 2], at: [usize; 2], shapes: [&Shape; 2]) -> Option<f64> {
    let ([old_names, new_names], [old, new], [ours, theirs]) = (names, at, shapes);
    if !alike(ours, theirs) {
        return None;
    }
    let likeness = likeness(old_names.get(old)?, new_names.get(new)?);
    let before = |names: &[&str], at: usize| at.checked_sub(1).and_then(|at| names.get(at).map(ToString::to_string));
    let behind = |names: &[&str], at: usize| names.get(at + 1).map(ToString::to_string);
    let beside = before(old_names, old) == before(new_names, new) && behind(old_names, old) == behind(new_names, new);
    let said = |old: &str, new: &str| !old.is_empty() && old == new;
    let told = said(&ours.doc.en, &theirs.doc.en) || said(&ours.doc.zh, &theirs.doc.zh);
    let enough = match (beside, told || is_rich(ours)) {
        (true, true) => 0.3,
        (true, false) | (false, true) => 0.6,
        (false, false) => 0.8,
    };
    (likeness >= enough).then_some(likeness + if beside { 1.0 } else { 0.0 })
}

/// Whether a shape is so particular that another one like it is no accident.
fn is_rich(shape: &Shape) -> bool {
    match &shape.kind {
        Kind::Object(members, _) => members.len() > 2,
        Kind::List(inner) | Kind::Json(inner) => is_rich(inner),
        Kind::Text => shape.values.len() > 2,
        Kind::Boolean | Kind::Integer | Kind::Number | Kind::Named(_) | Kind::Any => false,
    }
}

/// Whether two shapes are made of the same, whatever is said about them.
fn alike(old: &Shape, new: &Shape) -> bool {
    let values = || old.values.iter().map(|choice| &choice.wire).eq(new.values.iter().map(|choice| &choice.wire));
    old.sensitive == new.sensitive
        && values()
        && match (&old.kind, &new.kind) {
            (Kind::List(old), Kind::List(new)) | (Kind::Json(old), Kind::Json(new)) => alike(old, new),
            (Kind::Object(old, _), Kind::Object(new, _)) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| old.name == new.name && alike(&old.shape, &new.shape))
            }
            (old, new) => old == new,
        }
}

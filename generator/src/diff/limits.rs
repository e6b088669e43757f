//! Bounds against bounds: which lets more pass.

use crate::model::{Format, Limit, Limits};
use std::collections::BTreeSet;

/// How the new stands to the old.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Turn {
    /// Something passed that no longer does.
    pub tighter: bool,
    /// Something passes that did not.
    pub looser: bool,
}

impl Turn {
    /// Both turns.
    pub fn and(self, other: Turn) -> Turn {
        Turn { tighter: self.tighter || other.tighter, looser: self.looser || other.looser }
    }

    fn of(ordering: std::cmp::Ordering) -> Turn {
        Turn { tighter: ordering.is_gt(), looser: ordering.is_lt() }
    }
}

/// Everything that some limits demand together.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Bounds {
    /// Lower bounds of the number, the length and the count, each followed by the upper one with its sign turned: so a
    /// larger one is always tighter, and of two equal ones the exclusive.
    ends: [Option<(f64, bool)>; 6],
    patterns: BTreeSet<String>,
    formats: BTreeSet<&'static str>,
    values: Option<BTreeSet<String>>,
}

impl Bounds {
    /// What limits demand.
    pub fn of(limits: &Limits) -> Bounds {
        let mut bounds = Bounds::default();
        bounds.meet(limits);
        bounds
    }

    /// Demands this, too.
    pub fn meet_limit(&mut self, limit: &Limit) {
        self.meet(&limit.limits);
        if !limit.values.is_empty() {
            let mut listed: BTreeSet<String> = limit.values.iter().cloned().collect();
            if let Some(values) = &self.values {
                listed.retain(|value| values.contains(value));
            }
            self.values = Some(listed);
        }
    }

    fn meet(&mut self, limits: &Limits) {
        let Limits {
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            min_length,
            max_length,
            min_items,
            max_items,
            pattern,
            format,
        } = limits;
        // Lengths and counts that no f64 can hold do not occur.
        let count = |count: &Option<u64>| count.map(|count| count as f64);
        let wanted = [
            (0, *minimum, false),
            (0, *exclusive_minimum, true),
            (1, maximum.map(|bound| -bound), false),
            (1, exclusive_maximum.map(|bound| -bound), true),
            (2, count(min_length), false),
            (3, count(max_length).map(|bound| -bound), false),
            (4, count(min_items), false),
            (5, count(max_items).map(|bound| -bound), false),
        ];
        for (index, bound, exclusive) in wanted {
            if let (Some(bound), Some(end)) = (bound, self.ends.get_mut(index)) {
                let met = end.is_some_and(|(known, closed)| (known, closed) >= (bound, exclusive));
                *end = if met { *end } else { Some((bound, exclusive)) };
            }
        }
        self.patterns.extend(pattern.clone());
        self.formats.extend(meaning(*format).map(Format::name));
    }

    /// Whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        *self == Bounds::default()
    }

    /// How these bounds stand to those that were.
    pub fn turn(old: &Bounds, new: &Bounds) -> Turn {
        let mut turn = Bounds::sets(&old.patterns, &new.patterns).and(Bounds::sets(&old.formats, &new.formats));
        for (old, new) in old.ends.iter().zip(&new.ends) {
            turn = turn.and(Turn::of(new.partial_cmp(old).unwrap_or(std::cmp::Ordering::Equal)));
        }
        turn.and(match (&old.values, &new.values) {
            (None, None) => Turn::default(),
            (None, Some(_)) => Turn { tighter: true, looser: false },
            (Some(_), None) => Turn { tighter: false, looser: true },
            // The other way round: the more are listed, the more may pass.
            (Some(old), Some(new)) => Bounds::sets(new, old),
        })
    }

    /// The more is demanded, the less passes.
    fn sets<T: Ord>(old: &BTreeSet<T>, new: &BTreeSet<T>) -> Turn {
        Turn { tighter: !new.is_subset(old), looser: !old.is_subset(new) }
    }
}

/// What a value stands for, as far as that is more than the width of a number.
pub(super) fn meaning(format: Option<Format>) -> Option<Format> {
    format.filter(|format| !matches!(format, Format::Int32 | Format::Int64 | Format::Float | Format::Double))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tighter_and_looser_are_told_apart() {
        let limits = |minimum, exclusive_minimum, max_length| {
            Bounds::of(&Limits { minimum, exclusive_minimum, max_length, ..Limits::default() })
        };
        let turn = |old: &Bounds, new: &Bounds| {
            let Turn { tighter, looser } = Bounds::turn(old, new);
            (tighter, looser)
        };
        let cases = [
            (limits(Some(1.0), None, None), limits(Some(2.0), None, None), (true, false)),
            (limits(Some(1.0), None, None), limits(None, Some(1.0), None), (true, false)),
            (limits(Some(1.0), None, Some(5)), limits(Some(2.0), None, Some(6)), (true, true)),
            (limits(None, None, Some(5)), limits(None, None, None), (false, true)),
            (limits(None, None, Some(5)), limits(None, None, Some(5)), (false, false)),
        ];
        for (old, new, (tighter, looser)) in cases {
            assert_eq!(turn(&old, &new), (tighter, looser), "{old:?} {new:?}");
            assert_eq!(turn(&new, &old), (looser, tighter), "{new:?} {old:?}");
        }
    }
}

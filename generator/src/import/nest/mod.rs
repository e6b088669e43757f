//! Gives a flattened response table its depth back.
//!
//! The table says which rows are containers, but not where one ends. What speaks for a place: the sample has the name
//! there, and siblings stand in the order of their names. What is certain: a container has a child, siblings have
//! different names, and a row that the page marks as a member is one. A search over all places, row by row, keeps the
//! cheapest readings.

mod levels;
mod reading;
#[cfg(test)]
mod tests;

use crate::import::markdown::Children;
use indexmap::IndexMap;
use levels::Levels;
use reading::{Cost, Reading, Steps};
use serde_json::Value;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether other rows may belong to it.
    pub children: Children,
    /// How far the page marks it as a member of other rows: 0 for not at all. Where a page has but one mark, that says
    /// no more than that the row is not at the top.
    pub mark: usize,
}

/// Where a row belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The row that it belongs to; `None` at the top.
    pub parent: Option<usize>,
    /// The sample puts an object with this one member between the parent and its members.
    pub wrapper: Option<String>,
}

/// The places of all rows, and where there is doubt about them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nested {
    /// The place of each row.
    pub places: Vec<Place>,
    /// The first row for which another place is almost as good.
    pub doubt: Option<Doubt>,
}

/// A row for which two places are almost equally good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The row.
    pub row: usize,
    /// The row that it might belong to instead; `None`: to none.
    pub parent: Option<usize>,
}

/// Readings that are kept from row to row.
const WIDTH: usize = 64;
/// Readings whose costs differ by less than this are almost equally good. No single sign of a place costs so little.
const CLOSE: f64 = 0.5;

/// What the marks of a page mean.
#[derive(Debug)]
struct Marks {
    /// The different marks, from the shallowest; empty if the page has none.
    depths: Vec<usize>,
}

impl Marks {
    fn of(fields: &[Field<'_>]) -> Marks {
        let mut depths: Vec<usize> = fields.iter().map(|field| field.mark).filter(|mark| *mark > 0).collect();
        depths.sort_unstable();
        depths.dedup();
        Marks { depths }
    }

    /// Whether a row may stand at a depth.
    fn allow(&self, field: &Field<'_>, depth: usize) -> bool {
        match &self.depths[..] {
            [] => true,
            [_] => (field.mark > 0) == (depth > 0),
            depths => depths.iter().position(|mark| *mark == field.mark).map_or(0, |at| at + 1) == depth,
        }
    }

    /// Whether the marks say that the next row is a member of this one.
    fn hold(&self, fields: &[Field<'_>], row: usize) -> bool {
        let mark = |row: usize| fields.get(row).map_or(0, |field| field.mark);
        !self.depths.is_empty() && mark(row + 1) > mark(row)
    }
}

/// Finds the place of every row.
pub fn nest(fields: &[Field<'_>], sample: Option<&Value>) -> Nested {
    let marks = Marks::of(fields);
    let mut levels = Levels::new(sample);
    let mut steps = Steps::default();
    let mut readings = vec![Reading::new(levels.root())];
    let mut firsts: IndexMap<&str, usize> = IndexMap::new();
    for (row, field) in fields.iter().enumerate() {
        let first = firsts.get(field.name).copied();
        firsts.entry(field.name).or_insert(row);
        let mut next: Vec<(Cost, usize, usize)> = vec![];
        for (at, reading) in readings.iter().enumerate() {
            for depth in (0..reading.depth()).rev() {
                next.push((reading.cost(field, depth, &marks, first, &mut levels, &mut steps), at, depth));
            }
        }
        next.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
        next.truncate(WIDTH);
        let placed = next.into_iter().filter_map(|(cost, at, depth)| {
            Some(readings.get(at)?.placed(
                (row, field),
                (depth, cost),
                marks.hold(fields, row),
                &mut levels,
                &mut steps,
            ))
        });
        readings = placed.collect();
    }
    let Some(best) = readings.first() else {
        return Nested::default();
    };
    let places = steps.places(best.last());
    let close = readings.get(1).filter(|second| second.total() - best.total() < CLOSE);
    let doubt = close.and_then(|second| {
        let others = steps.places(second.last());
        let row = places.iter().zip(&others).position(|(a, b)| a.parent != b.parent)?;
        Some(Doubt { row, parent: others.get(row)?.parent })
    });
    let wrappers = steps.wrappers(best.last());
    let places = places.into_iter().zip(wrappers).map(|(place, wrapper)| Place {
        wrapper: wrapper.and_then(|(level, name)| levels.wrapper_of(level, name)),
        ..place
    });
    Nested { places: places.collect(), doubt }
}

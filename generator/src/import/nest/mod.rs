//! Gives a flattened response table its depth back.
//!
//! The table says which rows are containers, but not where one ends. What speaks for a place: the sample has the name
//! there, and siblings stand in the order of their names. What is certain: a container has a child, and siblings have
//! different names. A search over all places, row by row, keeps the cheapest readings.

mod sample;

use crate::import::markdown::Children;
use sample::{Found, Level};
use serde_json::Value;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether other rows may belong to it.
    pub children: Children,
    /// The page marks it as a member of another row.
    pub nested: bool,
}

/// Where a row belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The row that it belongs to; `None` at the top.
    pub parent: Option<usize>,
    /// The sample puts an object with this one member between the parent and its members.
    pub wrapper: Option<String>,
}

/// Readings that are kept from row to row.
const WIDTH: usize = 64;
/// A name that comes before its elder sibling's.
const OUT_OF_ORDER: f64 = 1.0;
/// The sample has the place, but not the name.
const MISSING: f64 = 1.2;
/// The sample does not have the place.
const UNKNOWN: f64 = 1.0;
/// The sample does not have the place, but has the name further out.
const KNOWN_OUTSIDE: f64 = 0.8;
/// What is certain elsewhere: no reading without it is possible.
const IMPOSSIBLE: f64 = 100.0;

/// Finds the place of every row.
pub fn nest(fields: &[Field<'_>], sample: Option<&Value>) -> Vec<Place> {
    let marks = fields.iter().any(|field| field.nested);
    let mut readings = vec![Reading::new(sample)];
    for (row, field) in fields.iter().enumerate() {
        let mut next: Vec<Reading<'_>> = readings.iter().flat_map(|reading| reading.with(row, field, marks)).collect();
        next.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        next.truncate(WIDTH);
        readings = next;
    }
    readings.into_iter().next().map(|reading| reading.places).unwrap_or_default()
}

/// A container that rows can still be put into.
#[derive(Debug, Clone)]
struct Open<'a> {
    row: Option<usize>,
    names: Vec<&'a str>,
    level: Level<'a>,
}

/// The rows so far, and what speaks against reading them so.
#[derive(Debug, Clone)]
struct Reading<'a> {
    cost: f64,
    places: Vec<Place>,
    open: Vec<Open<'a>>,
    /// The last row is a container, and still without a child.
    hungry: bool,
}

impl<'a> Reading<'a> {
    fn new(sample: Option<&'a Value>) -> Reading<'a> {
        let root = Open { row: None, names: vec![], level: Level::root(sample) };
        Reading { cost: 0.0, places: vec![], open: vec![root], hungry: false }
    }

    /// Every way to place the next row, the deepest first.
    fn with(&self, row: usize, field: &Field<'a>, marks: bool) -> Vec<Reading<'a>> {
        let deepest = self.open.len() - 1;
        (0..=deepest).rev().map(|depth| self.placed(row, field, depth, marks)).collect()
    }

    fn placed(&self, row: usize, field: &Field<'a>, depth: usize, marks: bool) -> Reading<'a> {
        let mut next = self.clone();
        let certain = (!self.hungry || depth + 1 == self.open.len()) && (!marks || field.nested == (depth > 0));
        next.open.truncate(depth + 1);
        let outside = self.open.iter().take(depth).any(|open| matches!(open.level.find(field.name), Found::Here(_)));
        let Some(level) = next.open.last_mut() else {
            return next;
        };
        let unique = !level.names.contains(&field.name);
        let ordered = level.names.last().is_none_or(|last| *last <= field.name);
        let found = level.level.find(field.name);
        next.cost += if certain && unique { 0.0 } else { IMPOSSIBLE };
        next.cost += if ordered { 0.0 } else { OUT_OF_ORDER };
        next.cost += match &found {
            Found::Here(_) => 0.0,
            Found::Missing => MISSING,
            Found::Unknown if outside => UNKNOWN + KNOWN_OUTSIDE,
            Found::Unknown => UNKNOWN,
        };
        level.names.push(field.name);
        let wrapper = level.level.wrapper_of(field.name).map(str::to_owned);
        next.places.push(Place { parent: level.row, wrapper });
        let inner = found.level();
        let holds = match field.children {
            Children::None => false,
            Children::Maybe => !inner.is_plain(),
            Children::Some => true,
        };
        next.hungry = field.children == Children::Some;
        if holds {
            next.open.push(Open { row: Some(row), names: vec![], level: inner });
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paths(rows: &[(&str, Children)], sample: &Value) -> Vec<String> {
        let fields: Vec<_> =
            rows.iter().map(|(name, children)| Field { name, children: *children, nested: false }).collect();
        let places = nest(&fields, Some(sample));
        let mut paths: Vec<String> = vec![];
        for (field, place) in fields.iter().zip(places) {
            let parent =
                place.parent.and_then(|parent| paths.get(parent)).map(|path| format!("{path}/")).unwrap_or_default();
            let wrapper = place.wrapper.map(|wrapper| format!("({wrapper})/")).unwrap_or_default();
            paths.push(format!("{parent}{wrapper}{}", field.name));
        }
        paths
    }

    #[test]
    fn the_sample_decides_where_a_container_ends() {
        let rows = [
            ("A", Children::Some),
            ("Name", Children::None),
            ("Zone", Children::None),
            ("B", Children::None),
            ("Name", Children::None),
        ];
        let sample = json!({"A": [{"Name": 1, "Zone": 2}], "B": 3, "Name": 4});
        assert_eq!(paths(&rows, &sample), ["A", "A/Name", "A/Zone", "B", "Name"]);
    }

    #[test]
    fn the_order_of_names_decides_where_the_sample_is_silent() {
        let rows = [
            ("C", Children::Some),
            ("M", Children::None),
            ("N", Children::Some),
            ("X", Children::None),
            ("D", Children::None),
        ];
        assert_eq!(paths(&rows, &json!({"C": {}})), ["C", "C/M", "C/N", "C/N/X", "D"]);
    }

    #[test]
    fn a_wrapper_that_only_the_sample_has_is_told() {
        let rows = [("Tags", Children::Some), ("Key", Children::None), ("Z", Children::None)];
        let sample = json!({"Tags": {"Tag": [{"Key": 1}]}, "Z": 1});
        assert_eq!(paths(&rows, &sample), ["Tags", "Tags/(Tag)/Key", "Z"]);
    }
}

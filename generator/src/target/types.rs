//! What types are called: a table of facets a kind, and texts with holes.
//!
//! A facet is whatever a target needs to know of a type in one place: how it is annotated, how it is read, what it is
//! boxed as. Its names are the target's own. Nothing here knows what a facet is for.

use super::Name;
use serde::Serialize;
use std::collections::BTreeMap;

/// The facets of a type, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets(BTreeMap<String, String>);

/// A type, whatever language it will be spelled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// Text that must not be shown.
    Secret,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A number.
    Number,
    /// Any JSON.
    Any,
    /// A list.
    List(Box<Type>),
    /// Values by any names.
    Map(Box<Type>),
    /// A generated object. Whether it lives where several actions reach it.
    Struct(Name, bool),
    /// A generated set of documented values. Whether it lives where several actions reach it.
    Enum(Name, bool),
    /// Text that holds JSON of a type.
    Content(Box<Type>),
}

impl Type {
    /// The type as others speak of it if those of one action stand inside a class of its own.
    pub fn inside(&self, outer: &Name) -> Type {
        match self {
            Type::Struct(name, false) => Type::Struct(name.inside(outer), false),
            Type::Enum(name, false) => Type::Enum(name.inside(outer), false),
            Type::List(item) => Type::List(Box::new(item.inside(outer))),
            Type::Map(item) => Type::Map(Box::new(item.inside(outer))),
            Type::Content(item) => Type::Content(Box::new(item.inside(outer))),
            other => other.clone(),
        }
    }
}

/// The kinds that a table has a row for, and the holes that a row may have beside `{self.…}`.
const KINDS: [(&str, &[&str]); 12] = [
    ("text", &[]),
    ("secret", &[]),
    ("boolean", &[]),
    ("int32", &[]),
    ("int64", &[]),
    ("number", &[]),
    ("any", &[]),
    ("list", &["item"]),
    ("map", &["item"]),
    ("struct", &["name"]),
    ("enum", &["name"]),
    ("content", &["item"]),
];

/// Rows that a table may have for types that several actions reach.
const SHARED: [(&str, &str); 2] = [("shared-struct", "struct"), ("shared-enum", "enum")];

/// How a facet that speaks of itself is stopped.
const DEPTH: usize = 8;

/// What types are called: facets by kind.
#[derive(Debug, Clone, Default)]
pub struct Types(BTreeMap<String, BTreeMap<String, String>>);

impl Types {
    /// Checks a table: every kind has a row, every row the same facets, and every hole something to fill it.
    ///
    /// # Errors
    /// What is wrong, a sentence each.
    pub fn new(table: &BTreeMap<String, BTreeMap<String, String>>) -> Result<Types, Vec<String>> {
        let mut faults = Vec::new();
        let facets: Vec<&String> = table.get("text").into_iter().flat_map(BTreeMap::keys).collect();
        for (kind, holes) in KINDS {
            match table.get(kind) {
                None => faults.push(format!("[type.{kind}] is missing")),
                Some(row) => check(kind, row, holes, &facets, &mut faults),
            }
        }
        for (kind, row) in table {
            if let Some((_, like)) = SHARED.iter().find(|(shared, _)| shared == kind) {
                let holes = KINDS.iter().find(|(known, _)| known == like).map_or(&[][..], |(_, holes)| holes);
                check(kind, row, holes, &facets, &mut faults);
            } else if !KINDS.iter().any(|(known, _)| known == kind) {
                let known: Vec<&str> = KINDS.iter().map(|(known, _)| *known).collect();
                faults.push(format!("there are no types of the kind `{kind}`; the kinds are {}", known.join(", ")));
            }
        }
        if faults.is_empty() { Ok(Types(table.clone())) } else { Err(faults) }
    }

    /// The facets of a type.
    pub fn facets(&self, ty: &Type) -> Facets {
        let (kind, inner, name) = match ty {
            Type::Text => ("text", None, None),
            Type::Secret => ("secret", None, None),
            Type::Boolean => ("boolean", None, None),
            Type::Int32 => ("int32", None, None),
            Type::Int64 => ("int64", None, None),
            Type::Number => ("number", None, None),
            Type::Any => ("any", None, None),
            Type::List(item) => ("list", Some(item), None),
            Type::Map(item) => ("map", Some(item), None),
            Type::Content(item) => ("content", Some(item), None),
            Type::Struct(name, shared) => (if *shared { "shared-struct" } else { "struct" }, None, Some(name)),
            Type::Enum(name, shared) => (if *shared { "shared-enum" } else { "enum" }, None, Some(name)),
        };
        let like = SHARED.iter().find(|(shared, _)| *shared == kind).map(|(_, like)| *like);
        let row = self.0.get(kind).or_else(|| self.0.get(like?));
        let inner = inner.map(|item| self.facets(item)).unwrap_or_default();
        let name = name.map_or("", Name::as_str);
        let Some(row) = row else { return Facets::default() };
        let fill = |facet: &String| (facet.clone(), filled(row, facet, &inner, name, DEPTH));
        Facets(row.keys().map(fill).collect())
    }
}

fn check(kind: &str, row: &BTreeMap<String, String>, holes: &[&str], facets: &[&String], faults: &mut Vec<String>) {
    for facet in facets.iter().filter(|facet| !row.contains_key(**facet)) {
        faults.push(format!("[type.{kind}] has no `{facet}`, which [type.text] has"));
    }
    for (facet, text) in row {
        if !facets.contains(&facet) {
            faults.push(format!("[type.{kind}] has `{facet}`, which [type.text] lacks"));
        }
        for hole in holes_of(text) {
            let (what, other) = hole.split_once('.').unwrap_or((hole, facet));
            let known = (what == "self" && other != facet && row.contains_key(other))
                || holes.contains(&what) && (what == "name" || facets.iter().any(|facet| *facet == other));
            if !known {
                faults.push(format!("nothing fills `{{{hole}}}` in `{facet}` of [type.{kind}]"));
            }
        }
    }
}

/// The holes of a text. Other braces are a language's own.
fn holes_of(text: &str) -> impl Iterator<Item = &str> {
    let holes = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(hole, _)| hole);
    holes.filter(|hole| is_hole(hole))
}

/// Whether what stands in braces is `item`, `name` or `self`, perhaps with a facet's name after a dot.
fn is_hole(text: &str) -> bool {
    let (what, facet) = text.split_once('.').unwrap_or((text, "x"));
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    matches!(what, "item" | "name" | "self") && !facet.is_empty() && facet.bytes().all(word)
}

fn filled(row: &BTreeMap<String, String>, facet: &str, inner: &Facets, name: &str, depth: usize) -> String {
    let (Some(mut rest), Some(depth)) = (row.get(facet).map(String::as_str), depth.checked_sub(1)) else {
        return String::new();
    };
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let hole = after.split_once('}').filter(|(hole, _)| is_hole(hole));
        let Some((hole, after)) = hole else {
            out.push('{');
            rest = after;
            continue;
        };
        let (what, other) = hole.split_once('.').unwrap_or((hole, facet));
        match what {
            "name" => out.push_str(name),
            "item" => out.push_str(inner.0.get(other).map_or("", String::as_str)),
            _ => out.push_str(&filled(row, other, inner, name, depth)),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn table() -> BTreeMap<String, BTreeMap<String, String>> {
        let row = |hint: &str, boxed: &str| {
            BTreeMap::from([("hint".to_owned(), hint.to_owned()), ("boxed".to_owned(), boxed.to_owned())])
        };
        let plain = KINDS.iter().map(|(kind, _)| ((*kind).to_owned(), row("T", "{self.hint}")));
        let mut table: BTreeMap<_, _> = plain.collect();
        table.insert("int64".to_owned(), row("long", "Long"));
        table.insert("list".to_owned(), row("List<{item.boxed}>", "{self.hint}"));
        table.insert("map".to_owned(), row("{ [k: string]: {item} }", "{self.hint}"));
        table.insert("struct".to_owned(), row("{name}", "{name}"));
        table
    }

    #[test]
    fn a_type_inside_another_is_named_with_it() {
        let types = Types::new(&table()).unwrap();
        let outer = Name::fixed("Answer");
        let list = |shared| Type::List(Box::new(Type::Struct(Name::fixed("Job"), shared))).inside(&outer);
        assert_eq!(types.facets(&list(false)).0["hint"], "List<Answer.Job>");
        assert_eq!(types.facets(&list(true)).0["hint"], "List<Job>");
    }

    #[test]
    fn facets_are_filled_from_within() {
        let types = Types::new(&table()).unwrap();
        let hint = |ty: Type| types.facets(&ty).0["hint"].clone();
        assert_eq!(hint(Type::List(Box::new(Type::Int64))), "List<Long>");
        assert_eq!(hint(Type::List(Box::new(Type::List(Box::new(Type::Int64))))), "List<List<Long>>");
        assert_eq!(hint(Type::Map(Box::new(Type::Int64))), "{ [k: string]: long }");
        assert_eq!(hint(Type::Struct(Name::fixed("Endpoint"), true)), "Endpoint");
    }

    #[test]
    fn a_table_with_gaps_is_refused() {
        let mut table = table();
        table.remove("map");
        table.get_mut("text").unwrap().insert("more".to_owned(), "{item}".to_owned());
        table.insert("tuple".to_owned(), BTreeMap::new());
        let faults = Types::new(&table).unwrap_err();
        for part in ["[type.map] is missing", "[type.list] has no `more`", "nothing fills `{item}`", "kind `tuple`"] {
            assert!(faults.iter().any(|fault| fault.contains(part)), "{part}: {faults:?}");
        }
    }
}

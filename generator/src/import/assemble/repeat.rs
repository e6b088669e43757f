//! Repeated parameters: the rows `Tag.N.Key` and `Tag.N.Value` are one list `Tag` of objects.

use crate::import::repeated::INDEX;
use crate::spec::{Map, Parameter, Style, Type};

/// Folds rows with indexes into lists.
pub fn folded(rows: Vec<(String, Parameter)>) -> Map<Parameter> {
    let mut all = Map::new();
    for (name, parameter) in rows {
        place(&mut all, &name, parameter);
    }
    all
}

fn place(into: &mut Map<Parameter>, name: &str, parameter: Parameter) {
    let Some((list, member)) = split(name) else {
        into.insert(name.to_owned(), parameter);
        return;
    };
    let entry = into.entry(list.to_owned()).or_insert_with(|| Parameter {
        kind: Some(Type::Array),
        style: Some(Style::RepeatList),
        ..Parameter::default()
    });
    entry.required |= parameter.required;
    match member {
        Some(member) => {
            let items = entry.items.get_or_insert_default();
            items.kind = Some(Type::Object);
            place(&mut items.properties, member, parameter);
            // How a list travels is the outermost one's to say.
            for member in items.properties.values_mut() {
                member.style = None;
            }
        }
        None => *entry = list_of(parameter, entry.required),
    }
}

/// `Tag.N.Key` is (`Tag`, `Key`), `Ids.N` is (`Ids`, nothing).
fn split(name: &str) -> Option<(&str, Option<&str>)> {
    match name.split_once(".N.") {
        Some((list, member)) => Some((list, Some(member))),
        None => Some((name.strip_suffix(INDEX)?, None)),
    }
}

/// What a row says of one element is true of the elements; what it says of the parameter is true of the list.
fn list_of(row: Parameter, required: bool) -> Parameter {
    let element = match row.kind {
        Some(Type::Array) | None => Type::String,
        Some(kind) => kind,
    };
    let items = Parameter {
        kind: Some(element),
        format: row.format.clone(),
        values: row.values.clone(),
        minimum: row.minimum.clone(),
        maximum: row.maximum.clone(),
        exclusive_minimum: row.exclusive_minimum.clone(),
        min_length: row.min_length,
        max_length: row.max_length,
        pattern: row.pattern.clone(),
        sensitive: row.sensitive,
        example: row.example.clone(),
        ..Parameter::default()
    };
    Parameter {
        kind: Some(Type::Array),
        required,
        place: row.place,
        style: Some(Style::RepeatList),
        min_items: row.min_items,
        max_items: row.max_items,
        items: Some(Box::new(items)),
        deprecated: row.deprecated,
        lookup: row.lookup,
        preconditions: row.preconditions,
        doc: row.doc,
        ..Parameter::default()
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_indexes_become_lists() {
        let row = |required| Parameter { kind: Some(Type::String), required, ..Parameter::default() };
        let rows =
            ["Id", "Ids.N", "Tag.N.Key", "Tag.N.Value", "A.N.B.N.C"].map(|name| (name.to_owned(), row(name != "Id")));
        let all = folded(rows.into());
        let names: Vec<_> = all.keys().map(String::as_str).collect();
        assert_eq!(names, ["Id", "Ids", "Tag", "A"]);
        assert_eq!(all["Ids"].items.as_ref().and_then(|items| items.kind), Some(Type::String));
        assert!(all["Ids"].required && all["Tag"].required);
        let inner = |list: &Parameter, member: &str| {
            list.items.as_ref().and_then(|items| items.properties.get(member)).cloned()
        };
        assert!(inner(&all["Tag"], "Value").is_some());
        assert!(inner(&all["A"], "B").and_then(|list| inner(&list, "C")).is_some());
        assert_eq!(inner(&all["A"], "B").and_then(|list| list.style), None);
    }
}

//! An answer on stdout: as JSON or as a table, whole or what a query makes of it.

use super::super::sheet::inert;
use super::pages::at;
use crate::diag::{Diagnostic, visible};
use clap::ValueEnum;
use comfy_table::{Table, presets};
use jmespath::{ErrorReason, Expression, JmespathError};
use serde_json::Value;
use std::collections::VecDeque;

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// For programs
    Json,
    /// For people: a row for each element of the answer's list, or each field; a single value without quotes
    Table,
}

/// Longest query: the parser calls itself for each bracket.
const LONGEST_QUERY: usize = 1000;

/// A query, compiled.
pub(super) fn query(text: &str) -> Result<Expression<'static>, Diagnostic> {
    if text.len() > LONGEST_QUERY {
        let message = format!("the query is longer than {LONGEST_QUERY} bytes");
        return Err(Diagnostic::placeless("query", message).help("print the answer, and query it with another tool"));
    }
    jmespath::compile(text).map_err(|error| unfit(&error))
}

/// What a query makes of an answer.
pub(super) fn ask(query: &Expression<'_>, answer: &Value) -> Result<Value, Diagnostic> {
    let found = query.search(answer).map_err(|error| unfit(&error))?;
    serde_json::to_value(&*found).map_err(|error| Diagnostic::placeless("query", format!("`--query`: {error}")))
}

fn unfit(error: &JmespathError) -> Diagnostic {
    let reason = match &error.reason {
        ErrorReason::Parse(reason) => reason.clone(),
        ErrorReason::Runtime(reason) => reason.to_string(),
    };
    let line = error.expression.lines().nth(error.line).unwrap_or_default();
    // Bounded: what is typed is shown again.
    let message = format!("`--query`, column {}: {}", error.column + 1, reason.trim_end_matches(['\n', ' ']));
    let help = format!("queries are JMESPath (https://jmespath.org):\n{line}\n{}^", " ".repeat(error.column));
    Diagnostic::placeless("query", message).help(help)
}

/// The text for stdout. `items`: where the answer has its list, if that is known.
pub(super) fn text(answer: &Value, output: Output, items: Option<&str>) -> String {
    match output {
        Output::Json => inert(&format!("{answer:#}\n")),
        Output::Table => table(answer, items),
    }
}

fn table(answer: &Value, items: Option<&str>) -> String {
    let mut copy = answer.clone();
    let listed = items.and_then(|path| at(&mut copy, path)).and_then(|list| list.as_array().cloned());
    match (listed, answer) {
        (Some(rows), _) => format!("{}\n", list(&rows)),
        // Where nobody says what matters: what the answer says itself, then what it lists.
        (None, Value::Object(members)) => {
            let scalars = members.iter().filter(|(_, value)| is_scalar(value));
            let rows: Vec<[String; 2]> = scalars.map(|(name, value)| [visible(name), cell(value)]).collect();
            let fields = (!rows.is_empty()).then(|| {
                let mut table = empty();
                table.set_header(["field", "value"]).add_rows(rows);
                format!("{table}\n")
            });
            let rows = first_list(answer).map(|rows| format!("{}\n", list(&rows)));
            fields.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
        }
        (None, Value::Array(rows)) => format!("{}\n", list(rows)),
        (None, scalar) => format!("{}\n", cell(scalar)),
    }
}

fn empty() -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table
}

/// The list of rows that is nearest to the top.
fn first_list(answer: &Value) -> Option<Vec<Value>> {
    let mut next = VecDeque::from([answer]);
    while let Some(value) = next.pop_front() {
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => return Some(items.clone()),
            Value::Object(members) => next.extend(members.values()),
            _ => {}
        }
    }
    None
}

/// A column for each scalar field of the rows.
fn list(rows: &[Value]) -> Table {
    let mut table = empty();
    let mut columns: Vec<&str> = Vec::new();
    let mut width = 0;
    for row in rows {
        match row {
            Value::Object(members) => {
                for (name, _) in members.iter().filter(|(_, value)| is_scalar(value) && !value.is_null()) {
                    if !columns.contains(&name.as_str()) {
                        columns.push(name);
                    }
                }
            }
            Value::Array(cells) => width = width.max(cells.len()),
            _ => width = width.max(1),
        }
    }
    let names = columns.iter().map(|name| visible(name));
    table.set_header(names.chain((1..=width).map(|number| number.to_string())).collect::<Vec<_>>());
    for row in rows {
        let named = |members: &serde_json::Map<String, Value>| -> Vec<String> {
            columns.iter().map(|name| members.get(*name).map(cell).unwrap_or_default()).collect()
        };
        let blank = columns.iter().map(|_| String::new());
        table.add_row(match row {
            Value::Object(members) => named(members),
            Value::Array(cells) => blank.chain(cells.iter().map(cell)).collect(),
            scalar => blank.chain([cell(scalar)]).collect(),
        });
    }
    table
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

/// One line, without anything that moves a cursor.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => visible(text).replace('\n', " "),
        other => visible(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn table_of(answer: Value, items: Option<&str>) -> String {
        text(&answer, Output::Table, items)
    }

    #[test]
    fn a_row_an_element_and_a_column_a_scalar() {
        let jobs =
            json!([{"Id": "a", "Size": 1, "More": {"x": 1}}, {"Id": "b\u{1b}[2J\nc", "Open": true, "Gone": null}]);
        let expected = "| Id             | Size | Open |\n\
                        |----------------|------|------|\n\
                        | a              | 1    |      |\n\
                        | b<U+001B>[2J c |      | true |\n";
        let answer = json!({"Other": [{"No": 1}], "Total": 2, "Jobs": {"Job": jobs}});
        assert_eq!(table_of(answer.clone(), Some("Jobs.Job")), expected);
        assert!(table_of(answer, None).contains("No"), "the first list, where none is known");
        assert_eq!(table_of(jobs, None), expected);
    }

    #[test]
    fn what_has_no_list_is_a_table_of_fields() {
        let expected = "| field | value |\n|-------|-------|\n| A     | x     |\n| B     | 2     |\n";
        assert_eq!(table_of(json!({"A": "x", "Tags": ["t"], "B": 2}), None), expected);
        assert_eq!(table_of(json!(["x", ["y", 2]]), None), "| 1 | 2 |\n|---|---|\n| x |   |\n| y | 2 |\n");
        assert_eq!(table_of(json!("one"), None), "one\n");
    }

    #[test]
    fn a_bad_query_is_shown_with_its_place() {
        let error = query("Jobs[?Id=='a'").unwrap_err();
        assert!(error.message.starts_with("`--query`, column 14: "), "{error:?}");
        let help = error.help.unwrap();
        assert!(help.ends_with("Jobs[?Id=='a'\n             ^"), "{help}");
        assert!(query(&"(".repeat(2000)).is_err());
        let sum = query("sum(Name)").unwrap();
        assert!(ask(&sum, &json!({"Name": "x"})).unwrap_err().message.contains("expects type"));
        let names = query("Jobs[].Id").unwrap();
        assert_eq!(ask(&names, &json!({"Jobs": [{"Id": 1}, {"Id": u64::MAX}]})).unwrap(), json!([1, u64::MAX]));
    }

    #[test]
    fn json_cannot_move_a_cursor() {
        let answer = json!({"a": "\u{1b}[2J\u{9b}2J\u{202e}"});
        let text = text(&answer, Output::Json, None);
        assert!(text.is_ascii(), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), answer);
    }
}

//! Typed rows out of the tables of a page. An unknown type or an unknown yes-or-no is an error: a guess would become a
//! fact.

use super::cell::plain;
use super::section::Line;
use super::table::{Cell, Table, tables};
use super::vocabulary::{Column, TypeWord, Vocabulary};
use crate::diag::{Diagnostic, Diagnostics, Origin, did_you_mean};
use crate::import::Description;
use crate::spec::In;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A table may have this many rows. None of the known pages has 360.
const MAX_ROWS: usize = 2_000;

/// What some pages put before the name of a member.
const MARK: char = '└';

/// A parameter or a response field.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The wire name.
    pub name: String,
    /// Its type.
    pub kind: TypeWord,
    /// Whether a request must have it; `false` for a response field.
    pub required: bool,
    /// A value, as text; may be empty.
    pub example: String,
    /// Where it travels, if the page says so.
    pub place: Option<In>,
    /// What is said about it.
    pub description: Description,
    /// The description as written.
    pub text: String,
    /// How far the page marks it as a member of other fields; 0 for not at all.
    pub mark: usize,
    /// The line of the name, from 1.
    pub line: usize,
}

/// An error code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorRow {
    /// The code.
    pub code: String,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Message and description.
    pub text: String,
}

/// Reads the tables of one page.
pub(super) struct Reader<'a> {
    pub file: &'a Arc<str>,
    pub words: &'a Vocabulary,
    pub diagnostics: &'a mut Diagnostics,
}

/// A table and the place of each of its columns.
struct Columns {
    places: Vec<Option<Column>>,
    table: Table,
}

impl Columns {
    fn cell<'a>(&self, row: &'a [Cell], column: Column) -> Option<&'a Cell> {
        let at = self.places.iter().position(|place| *place == Some(column))?;
        row.get(at)
    }

    fn plain(&self, row: &[Cell], column: Column) -> String {
        self.cell(row, column).map(|cell| plain(&cell.text)).unwrap_or_default()
    }
}

impl Reader<'_> {
    /// The rows of the first table that has all columns of a request table; `None` if there is no such table.
    pub fn parameters(&mut self, lines: &[Line<'_>]) -> Option<Vec<Row>> {
        let needed = [Column::Name, Column::Type, Column::Required, Column::Example, Column::Description];
        let columns = self.first_table(lines, &needed)?;
        Some(self.rows(&columns, true))
    }

    /// Whether there is a table of request parameters as a person writes it: without the column of examples.
    pub fn by_hand(&self, lines: &[Line<'_>]) -> bool {
        tables(lines).iter().any(|table| {
            let places = places(table, self.words);
            [Column::Name, Column::Description].iter().all(|column| places.contains(&Some(*column)))
        })
    }

    /// The rows of the first table that has the columns of a response table.
    pub fn response(&mut self, lines: &[Line<'_>]) -> Vec<Row> {
        match self.first_table(lines, &[Column::Name, Column::Type, Column::Description]) {
            Some(columns) => self.rows(&columns, false),
            None => vec![],
        }
    }

    /// The rows of the first table of error codes.
    pub fn errors(&mut self, lines: &[Line<'_>]) -> Vec<ErrorRow> {
        let Some(columns) = self.first_table(lines, &[Column::Code]) else {
            return vec![];
        };
        let rows = columns.table.rows.iter().map(|row| ErrorRow {
            code: columns.plain(row, Column::Code),
            status: columns.plain(row, Column::Status).parse().ok().filter(|status| (100..600).contains(status)),
            text: columns.plain(row, Column::Description),
        });
        rows.filter(|row| !row.code.is_empty() && row.code.chars().all(|c| c.is_ascii_graphic())).collect()
    }

    fn first_table(&mut self, lines: &[Line<'_>], needed: &[Column]) -> Option<Columns> {
        let columns = tables(lines).into_iter().find_map(|table| {
            let places = places(&table, self.words);
            needed.iter().all(|column| places.contains(&Some(*column))).then_some(Columns { places, table })
        })?;
        if let Some(line) = columns.table.open_row {
            let count = columns.places.len();
            self.diagnostics.push(
                Diagnostic::error(
                    "open-row",
                    Origin::at(self.file, line, 1),
                    "the table row that begins here never ends",
                )
                .help(format!("a row of this table has {count} cells and its last line ends with a bar")),
            );
        }
        Some(columns)
    }

    fn rows(&mut self, columns: &Columns, request: bool) -> Vec<Row> {
        let mut rows: Vec<Row> = vec![];
        let mut names = BTreeSet::new();
        let (count, first) = (columns.table.rows.len(), columns.table.rows.first().and_then(|row| row.first()));
        if count > MAX_ROWS {
            let origin = first.map_or_else(|| Origin::file(self.file), |cell| Origin::at(self.file, cell.line, 1));
            let message = format!("the table has {count} rows; the limit is {MAX_ROWS}");
            self.diagnostics.push(Diagnostic::error("too-many", origin, message).help("split the page"));
            return rows;
        }
        for cells in &columns.table.rows {
            let Some(row) = self.row(columns, cells, request) else {
                continue;
            };
            if request && !names.insert(row.name.clone()) {
                self.diagnostics.push(
                    Diagnostic::error(
                        "parameter-twice",
                        Origin::at(self.file, row.line, 1),
                        format!("the parameter `{}` stands in the table twice", row.name),
                    )
                    .help("take one of the rows away"),
                );
            } else {
                rows.push(row);
            }
        }
        rows
    }

    fn row(&mut self, columns: &Columns, cells: &[Cell], request: bool) -> Option<Row> {
        let head = columns.cell(cells, Column::Name)?;
        let name = self.name(head)?;
        let kind = self.kind(columns.cell(cells, Column::Type)?, &name, request)?;
        let required = if request { self.required(columns.cell(cells, Column::Required)?, &name)? } else { false };
        let text = columns.cell(cells, Column::Description);
        Some(Row {
            kind,
            required,
            example: columns.plain(cells, Column::Example),
            place: place(&columns.plain(cells, Column::Position)),
            description: text.map(|cell| Description::parse(cell.text.trim_start(), cell.line)).unwrap_or_default(),
            text: text.map(|cell| cell.text.trim().replace('\u{a0}', "")).unwrap_or_default(),
            mark: mark(&head.text),
            line: head.line,
            name,
        })
    }

    /// A wire name, without the mark of a nested field.
    fn name(&mut self, cell: &Cell) -> Option<String> {
        let written = plain(&cell.text);
        let bare = written.trim_start_matches([MARK, '─', ' ']);
        let name: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
        let origin = Origin::at(self.file, cell.line, cell.column);
        let sound = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.len() <= 128
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
        if !sound {
            self.diagnostics.push(
                Diagnostic::error("name", origin, format!("`{written}` is no parameter's name"))
                    .help("a name has ASCII letters, digits, `_`, `.` and `-`"),
            );
            return None;
        }
        if name != bare {
            self.diagnostics.push(
                Diagnostic::warning("name-mended", origin, format!("`{bare}` is read as `{name}`"))
                    .help("a name has no blanks"),
            );
        }
        Some(name)
    }

    fn kind(&mut self, cell: &Cell, name: &str, request: bool) -> Option<TypeWord> {
        let written = plain(&cell.text);
        match self.words.type_word(&written) {
            // A response field without a type is a container of an older page; a parameter without one is a hole.
            Some(kind) if !(request && written.is_empty()) => Some(kind),
            _ => {
                let help = did_you_mean(&written, self.words.type_words().filter(|word| !word.is_empty())).map_or_else(
                    || {
                        "types are String, Integer, Long, Boolean, Float, Double, Json, RepeatList, Struct, Array of X"
                            .to_owned()
                    },
                    |word| format!("did you mean `{word}`?"),
                );
                let origin = Origin::at(self.file, cell.line, cell.column);
                self.diagnostics.push(
                    Diagnostic::error("type", origin, format!("`{name}` has the type `{written}`, which is no type"))
                        .help(help),
                );
                None
            }
        }
    }

    fn required(&mut self, cell: &Cell, name: &str) -> Option<bool> {
        let written = plain(&cell.text);
        let known = self.words.required(&written);
        if known.is_none() {
            let origin = Origin::at(self.file, cell.line, cell.column);
            self.diagnostics.push(
                Diagnostic::error(
                    "required",
                    origin,
                    format!("whether `{name}` is required says `{written}`, which is neither yes nor no"),
                )
                .help(format!("write one of: {}", self.words.required_words())),
            );
        }
        known
    }
}

/// How far a name is marked as a member of others: one for the mark, and one for every blank before it.
fn mark(name: &str) -> usize {
    name.split_once(MARK).map_or(0, |(blanks, _)| 1 + blanks.chars().filter(|c| *c == ' ').count())
}

/// What each column holds. Where the type's column bears the name's head a second time, it is still the type's.
fn places(table: &Table, words: &Vocabulary) -> Vec<Option<Column>> {
    let mut places: Vec<_> = table.header.iter().map(|head| words.column(&head.text)).collect();
    let again = places.iter().enumerate().filter(|(_, place)| **place == Some(Column::Name)).map(|(at, _)| at).nth(1);
    if !places.contains(&Some(Column::Type))
        && let Some(place) = again.and_then(|at| places.get_mut(at))
    {
        *place = Some(Column::Type);
    }
    places
}

fn place(written: &str) -> Option<In> {
    match written.to_lowercase().as_str() {
        "formdata" => Some(In::FormData),
        "body" => Some(In::Body),
        "path" => Some(In::Path),
        "header" => Some(In::Header),
        "host" => Some(In::Host),
        _ => None,
    }
}

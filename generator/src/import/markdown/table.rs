//! The row algorithm: tables whose rows span lines, hold lists and fences, and put bars where no bar should be.
//!
//! No table grammar in use reads such rows (more than half of all request rows span lines). The number of columns comes
//! from the delimiter row; a row ends at the first line end where it has that many cells and the line ends in a bar. This
//! module never asks what a column means.

use super::section::{Line, toggles_fence};

/// A cell as it is written, escapes and line breaks included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The line of its first character that is not blank, or of the cell if there is none, from 1.
    pub line: usize,
    /// The column of that character, from 1.
    pub column: usize,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The head of each column.
    pub header: Vec<Cell>,
    /// As many cells as the delimiter row has columns, unless the row is short.
    pub rows: Vec<Vec<Cell>>,
    /// Where a row begins that never ends.
    pub open_row: Option<usize>,
}

/// Every table of a section, in order.
pub fn tables(lines: &[Line<'_>]) -> Vec<Table> {
    let mut found = vec![];
    let mut at = 0;
    let mut fenced = false;
    while let Some(line) = lines.get(at) {
        fenced ^= toggles_fence(line.text);
        if !fenced
            && line.text.starts_with('|')
            && let Some((header, columns, body)) = header(lines, at)
        {
            let (table, next) = body_of(lines, body, columns, header);
            found.push(table);
            at = next.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

/// The header that begins here, the number of columns, and where the first row is. A header may span lines.
fn header(lines: &[Line<'_>], start: usize) -> Option<(Vec<Cell>, usize, usize)> {
    const LONGEST: usize = 40;
    let mut row = OpenRow::default();
    for (offset, line) in lines.get(start..)?.iter().take(LONGEST).enumerate() {
        if let Some(columns) = delimiter(line.text) {
            let cells = row.cells();
            let whole = offset == 1 || cells.len() <= columns;
            return (offset > 0 && whole)
                .then_some((cells, columns, start + offset + 1))
                .or_else(|| undelimited(lines, start));
        }
        row.take(*line);
    }
    undelimited(lines, start)
}

/// The header of a table that forgot its delimiter row: one whole line, and the first row on the next.
fn undelimited(lines: &[Line<'_>], start: usize) -> Option<(Vec<Cell>, usize, usize)> {
    const FEWEST: usize = 3;
    let next = lines.get(start + 1).filter(|line| line.text.starts_with('|') && delimiter(line.text).is_none())?;
    let mut row = OpenRow::default();
    row.take(*lines.get(start)?);
    let mut after = OpenRow::default();
    after.take(*next);
    let columns = row.bars.saturating_sub(1);
    let whole = columns >= FEWEST && row.ends(columns) && after.bars >= columns;
    whole.then(|| (row.cells(), columns, start + 1))
}

/// The number of columns, if the line is a delimiter row.
fn delimiter(line: &str) -> Option<usize> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let dashes = |cell: &str| {
        let cell = cell.trim();
        !cell.is_empty() && cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':'))
    };
    inner.split('|').all(dashes).then(|| inner.split('|').count())
}

fn body_of(lines: &[Line<'_>], start: usize, columns: usize, header: Vec<Cell>) -> (Table, usize) {
    let mut table = Table { header, ..Table::default() };
    let mut at = start;
    // A row and the index after it: the row belongs to the table only once the next line is not a delimiter row, which
    // would make it the header of another table.
    while let Some(line) = lines.get(at) {
        if line.text.trim().is_empty() || line.text.trim() == "|" {
            at += 1;
            continue;
        }
        if !line.text.starts_with('|') {
            break;
        }
        let mut row = OpenRow::default();
        let mut next = at;
        let mut ended = false;
        while let Some(line) = lines.get(next) {
            if !row.fenced && delimiter(line.text).is_some() {
                return (table, at);
            }
            row.take(*line);
            next += 1;
            if row.ends(columns) {
                ended = true;
                break;
            }
        }
        if !ended {
            table.open_row = Some(line.number);
            return (table, next);
        }
        if lines.get(next).is_some_and(|line| delimiter(line.text).is_some()) {
            return (table, at);
        }
        table.rows.push(row.joined(columns));
        at = next;
    }
    (table, at)
}

/// A row that is being read.
#[derive(Debug, Default)]
struct OpenRow {
    done: Vec<Cell>,
    cell: Cell,
    bars: usize,
    fenced: bool,
}

impl OpenRow {
    fn take(&mut self, line: Line<'_>) {
        let mut rest = line.text;
        let mut column = 1;
        if toggles_fence(line.text) {
            self.fenced = !self.fenced;
            // What follows the back-ticks of a closing fence is text again: it may close the row.
            let ticks = line.text.find("```").map_or(0, |at| at + 3);
            let (fence, after) = line.text.split_at(ticks);
            self.push(fence, line.number, column);
            column += fence.chars().count();
            rest = after;
        }
        let mut escaped = false;
        for c in rest.chars() {
            if c == '|' && !escaped && !self.fenced {
                self.bars += 1;
                let next = Cell { text: String::new(), line: line.number, column: column + 1 };
                let cell = std::mem::replace(&mut self.cell, next);
                if self.bars > 1 {
                    self.done.push(cell);
                }
            } else {
                self.push(c.encode_utf8(&mut [0; 4]), line.number, column);
            }
            escaped = c == '\\' && !escaped;
            column += 1;
        }
        self.cell.text.push('\n');
    }

    fn push(&mut self, text: &str, line: usize, column: usize) {
        if self.cell.text.trim().is_empty() && !text.trim().is_empty() {
            (self.cell.line, self.cell.column) = (line, column);
        }
        self.cell.text.push_str(text);
    }

    fn ends(&self, columns: usize) -> bool {
        !self.fenced && self.bars > columns && self.cell.text.trim().is_empty()
    }

    /// The cells so far; for a header, whose last cell ends with a bar too.
    fn cells(mut self) -> Vec<Cell> {
        if !self.cell.text.trim().is_empty() {
            self.done.push(self.cell);
        }
        self.done
    }

    /// The last column takes what the bars inside it cut off.
    fn joined(mut self, columns: usize) -> Vec<Cell> {
        let surplus = self.done.split_off(columns.min(self.done.len()));
        if let Some(last) = self.done.last_mut() {
            for cell in surplus {
                last.text.push('|');
                last.text.push_str(&cell.text);
            }
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::markdown::section::outline;

    fn read(text: &str) -> Vec<Table> {
        outline(text).sections.iter().flat_map(|section| tables(&section.lines)).collect()
    }

    fn texts(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.trim()).collect()).collect()
    }

    #[test]
    fn rows_over_lines_with_lists_and_escaped_bars() {
        let found = read("|A|B|\n|--|--|\n|x|one\n\n -   y\n-   z |\n|w|a\\|b |\n\ntail");
        assert_eq!(found.len(), 1);
        assert_eq!(texts(&found[0]), [["x", "one\n\n -   y\n-   z"], ["w", "a\\|b"]]);
        assert_eq!((found[0].rows[1][1].line, found[0].rows[1][1].column), (7, 4));
    }

    #[test]
    fn one_cell_a_line() {
        let found = read("|A\n\n|B\n\n|C |\n|--|--|--|\n|1\n\n|2\n\n|3 |\n|4\n\n|5\n\n|6 |\n");
        assert_eq!(found[0].header.len(), 3);
        assert_eq!(texts(&found[0]), [["1", "2", "3"], ["4", "5", "6"]]);
    }

    #[test]
    fn bars_that_should_not_be_there_stay_in_the_last_cell() {
        let found = read("|A|B|\n|--|--|\n|x|from **-1|9** on |\n|y|\n```\na|b|\n``` |\n|z|last |\n");
        assert_eq!(texts(&found[0]), [["x", "from **-1|9** on"], ["y", "```\na|b|\n```"], ["z", "last"]]);
    }

    #[test]
    fn another_table_ends_the_table() {
        let found = read("|A|B|\n|--|--|\n|x|1|\n\n|C|D|\n|--|--|\n|y|2|\n\n|\n\n|E\n\n|F |\n|--|--|\n|z|3|\n");
        let all: Vec<_> = found.iter().map(texts).collect();
        assert_eq!(all, [[["x", "1"]], [["y", "2"]], [["z", "3"]]]);
    }

    #[test]
    fn a_table_without_a_delimiter_row_is_one_if_its_first_lines_have_as_many_cells() {
        let found = read("|A|B|C|\n|x|1|one\n\n -   two|\n|y|2|three|\n\ntail\n\n|D|E|\n|--|--|\n|z|3|\n");
        let all: Vec<_> = found.iter().map(texts).collect();
        assert_eq!(all, [vec![vec!["x", "1", "one\n\n -   two"], vec!["y", "2", "three"]], vec![vec!["z", "3"]]]);
    }

    #[test]
    fn a_row_that_never_ends_is_told() {
        let found = read("|A|B|\n|--|--|\n|x|1|\n|y|two\n\n## next\n");
        assert_eq!(found[0].open_row, Some(4));
        assert_eq!(texts(&found[0]), [["x", "1"]]);
    }
}

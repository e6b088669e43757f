//! From a JSON pointer to a line and a column. Only what prints a diagnostic asks for it.

use super::{Origin, Place};
use indexmap::IndexMap;
use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A place in a text: both from 1, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// The texts that were read, by the name under which diagnostics speak of them.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: IndexMap<Arc<str>, Arc<str>>,
}

impl Sources {
    /// Keeps a text, so that problems in it can be shown.
    pub fn insert(&mut self, file: &Arc<str>, text: Arc<str>) {
        self.texts.insert(Arc::clone(file), text);
    }

    /// Keeps the texts of another reading too.
    pub fn extend(&mut self, others: Sources) {
        self.texts.extend(others.texts);
    }

    /// The text of a file that was read.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(AsRef::as_ref)
    }

    /// The place's bytes in its file; `None` if the file was not read or does not have the place.
    pub fn range(&self, origin: &Origin) -> Option<std::ops::Range<usize>> {
        let text = self.text(&origin.file)?;
        match &origin.place {
            Place::Whole => None,
            Place::Value(pointer) => Some(find(&parse(text)?, pointer, false)),
            Place::Key(pointer) => Some(find(&parse(text)?, pointer, true)),
            Place::At(at) => {
                let line_start =
                    text.split_inclusive('\n').take(at.line.saturating_sub(1)).map(str::len).sum::<usize>();
                let line = text.get(line_start..)?.lines().next().unwrap_or_default();
                let start = line.char_indices().nth(at.column.saturating_sub(1)).map_or(line.len(), |(index, _)| index);
                let width = line[start..].chars().next().map_or(0, char::len_utf8);
                Some(line_start + start..line_start + start + width)
            }
        }
    }

    /// The lines and columns of many places. Each text is parsed once, however many places it has.
    pub fn locate_all<'o>(&self, origins: impl IntoIterator<Item = &'o Origin>) -> BTreeMap<&'o Origin, LineColumn> {
        let mut by_file: BTreeMap<&str, Vec<&Origin>> = BTreeMap::new();
        for origin in origins {
            by_file.entry(&origin.file).or_default().push(origin);
        }
        let by_file: Vec<(&str, Vec<&Origin>)> = by_file.into_iter().collect();
        let found = by_file.into_par_iter().flat_map_iter(|(file, origins)| {
            let text = self.text(file).unwrap_or_default();
            let starts: Vec<usize> =
                std::iter::once(0).chain(text.match_indices('\n').map(|(index, _)| index + 1)).collect();
            let tree = parse(text);
            let locate = |origin: &'o Origin| {
                let at = match &origin.place {
                    Place::At(at) => return Some((origin, *at)),
                    Place::Whole => return None,
                    Place::Value(pointer) => find(tree.as_ref()?, pointer, false).start,
                    Place::Key(pointer) => find(tree.as_ref()?, pointer, true).start,
                };
                let line = starts.partition_point(|start| *start <= at);
                let start = starts.get(line.checked_sub(1)?)?;
                Some((origin, LineColumn { line, column: text.get(*start..at)?.chars().count() + 1 }))
            };
            origins.into_iter().filter_map(locate).collect::<Vec<_>>()
        });
        found.collect()
    }

    /// The place's line and column.
    pub fn locate(&self, origin: &Origin) -> Option<LineColumn> {
        if let Place::At(at) = origin.place {
            return Some(at);
        }
        let start = self.range(origin)?.start;
        let before = self.text(&origin.file)?.get(..start)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some(LineColumn { line, column })
    }
}

fn parse(text: &str) -> Option<Value<'_>> {
    let options = ParseOptions { allow_comments: false, allow_trailing_commas: false, ..ParseOptions::default() };
    parse_to_ast(text, &CollectOptions::default(), &options).ok()?.value
}

/// The bytes of a pointer's value, or of its key. A pointer that leads nowhere gives the nearest place on the way.
fn find(mut value: &Value<'_>, pointer: &str, key: bool) -> std::ops::Range<usize> {
    let mut range = value.range();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = match value {
            // The last one: of a key that stands twice, the second is the one to complain about.
            Value::Object(object) => object
                .properties
                .iter()
                .rev()
                .find(|property| property.name.as_str() == step)
                .map(|property| (if key { name_range(property) } else { property.value.range() }, &property.value)),
            Value::Array(array) => {
                step.parse::<usize>().ok().and_then(|index| array.elements.get(index)).map(|item| (item.range(), item))
            }
            _ => None,
        };
        let Some((found, child)) = next else { break };
        range = found;
        value = child;
    }
    range.start..range.end
}

fn name_range(property: &ObjectProp<'_>) -> Range {
    property.name.range()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_and_keys() {
        let file: Arc<str> = Arc::from("a.json");
        let mut sources = Sources::default();
        sources.insert(&file, Arc::from("{\n  \"a\": [1, {\"b/c\": 2}],\n  \"ü\": 1, \"d\": 3\n}"));
        let at = |origin: Origin| sources.locate(&origin).map(|at| (at.line, at.column));
        assert_eq!(at(Origin::value(&file, "/a/1/b~1c")), Some((2, 20)));
        assert_eq!(at(Origin::key(&file, "/a/1/b~1c")), Some((2, 13)));
        assert_eq!(at(Origin::key(&file, "/d")), Some((3, 11)));
        assert_eq!(at(Origin::value(&file, "/a/7")), Some((2, 8)), "the nearest place on the way");
    }
}

//! The words of a page's skeleton (headings, column heads, types, yes and no) as data: `vocabulary.json`.
//!
//! A new spelling is a new word in that file. Code here never compares with a word of any language.

use crate::import::Language;
use crate::spec::{Parameter, Type};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a section of a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SectionKind {
    /// The table of request parameters.
    Request,
    /// The table of response fields.
    Response,
    /// A request and its answers.
    Examples,
    /// The table of error codes.
    Errors,
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Column {
    /// A wire name.
    Name,
    /// A type.
    Type,
    /// Yes or no.
    Required,
    /// A value.
    Example,
    /// Prose.
    Description,
    /// Where a parameter travels.
    Position,
    /// An HTTP status.
    Status,
    /// An error code.
    Code,
    /// An error's message.
    Message,
}

/// Whether other rows of a flattened table may belong to a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Children {
    /// It is a plain value.
    #[default]
    None,
    /// It may hold others.
    Maybe,
    /// It holds at least one other.
    Some,
}

/// A type as a cell of the type column spells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TypeWord {
    /// The type in the spec format.
    #[serde(rename = "type")]
    pub kind: Type,
    /// The format that goes with it.
    #[serde(default)]
    pub format: Option<String>,
    /// What a string holds.
    #[serde(default)]
    pub content_media_type: Option<String>,
    /// Whether other rows may belong to it.
    #[serde(default)]
    pub children: Children,
    /// What an `Array of X` holds, if X is a plain type.
    #[serde(skip)]
    pub items: Option<Box<TypeWord>>,
}

impl TypeWord {
    /// The parameter that the type alone makes.
    pub fn parameter(&self) -> Parameter {
        Parameter {
            kind: Some(self.kind),
            format: self.format.clone(),
            content_media_type: self.content_media_type.clone(),
            items: self.items.as_ref().map(|items| Box::new(items.parameter())),
            ..Parameter::default()
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    sections: BTreeMap<SectionKind, Vec<String>>,
    columns: BTreeMap<Column, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct YesNo {
    yes: Vec<String>,
    no: Vec<String>,
}

/// All the words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Vocabulary {
    languages: BTreeMap<Language, Words>,
    required: YesNo,
    types: BTreeMap<String, TypeWord>,
    array_of: String,
}

impl Vocabulary {
    /// Reads the embedded words.
    ///
    /// # Errors
    /// If the embedded file is not what the types here say; a test keeps that from happening.
    pub fn embedded() -> Result<Vocabulary, serde_json::Error> {
        serde_json::from_str(include_str!("vocabulary.json"))
    }

    /// What a section with this heading holds, and the heading's language.
    pub fn section(&self, heading: &str) -> Option<(SectionKind, Language)> {
        let heading = plain(heading);
        self.languages
            .iter()
            .find_map(|(language, words)| lookup(&words.sections, &heading).map(|kind| (kind, *language)))
    }

    /// What a column with this head holds.
    pub fn column(&self, head: &str) -> Option<Column> {
        let head = plain(head);
        self.languages.values().find_map(|words| lookup(&words.columns, &head))
    }

    /// Yes or no; `None` if it is neither.
    pub fn required(&self, cell: &str) -> Option<bool> {
        let cell = plain(cell);
        let has = |words: &[String]| words.iter().any(|word| plain(word) == cell);
        if has(&self.required.yes) { Some(true) } else { has(&self.required.no).then_some(false) }
    }

    /// The words for yes and no, to tell a person what would be right.
    pub fn required_words(&self) -> String {
        let words: Vec<&str> = self.required.yes.iter().chain(&self.required.no).map(String::as_str).collect();
        words.join(", ")
    }

    /// The type that a cell spells; `None` if no type is spelled so.
    pub fn type_word(&self, cell: &str) -> Option<TypeWord> {
        if let Some(of) = cell.to_lowercase().trim().strip_prefix(&self.array_of) {
            let items = self.types.get(&plain(of)).cloned().map(Box::new);
            let children = if items.is_some() { Children::None } else { Children::Some };
            return Some(TypeWord { kind: Type::Array, format: None, content_media_type: None, children, items });
        }
        self.types.get(&plain(cell)).cloned()
    }

    /// The spellings of types, to tell a person what would be right.
    pub fn type_words(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }
}

fn lookup<K: Copy>(words: &BTreeMap<K, Vec<String>>, written: &str) -> Option<K> {
    words
        .iter()
        .find(|(_, spellings)| spellings.iter().any(|spelling| plain(spelling) == written))
        .map(|(kind, _)| *kind)
}

/// Without bold, blanks, line breaks and case: headings and heads differ in nothing else.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '*').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn embedded_words_are_sound_and_found_whatever_their_blanks_and_case() {
        let words = Vocabulary::embedded().unwrap();
        assert_eq!(words.section("请求参数"), Some((SectionKind::Request, Language::Zh)));
        assert_eq!(words.section("Error Codes"), Some((SectionKind::Errors, Language::En)));
        assert_eq!(words.column("**HTTP 状态码**"), Some(Column::Status));
        assert_eq!(words.required(" Yes "), Some(true));
        assert_eq!(words.required("maybe"), None);
        let list = words.type_word("Array of String").unwrap();
        assert_eq!((list.kind, list.children), (Type::Array, Children::None));
        assert_eq!(words.type_word("Array of Tag").unwrap().children, Children::Some);
        assert!(words.type_word("Strin").is_none());
    }
}

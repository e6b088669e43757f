//! What descriptions were found to say, by their words. Of what no rule book is kept for, answers above all, a description
//! means the same wherever it stands, and most stand in many places: each is read once.

use super::super::prose::{Listed, Reading};
use super::super::{BlockKind, Description, Language};
use indexmap::IndexMap;
use std::fmt::Write as _;
use std::sync::{Arc, PoisonError, RwLock};

/// The values that a description lists, and what else it says.
pub(super) type Read = Arc<(Vec<Listed>, Reading)>;

/// The descriptions that were read.
#[derive(Debug, Default)]
pub(in crate::import) struct Known {
    by_words: RwLock<IndexMap<String, Read>>,
}

impl Known {
    /// What was read, or will be now. The lines on which it stands are those of the first one with these words.
    pub(super) fn or_read(
        &self,
        language: Language,
        own: &str,
        description: &Description,
        read: impl FnOnce() -> (Vec<Listed>, Reading),
    ) -> Read {
        let key = key(language, own, description);
        let known = self.by_words.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let (listed, mut reading) = read();
            // Only who explains an import asks how a sentence was heard, and asks of a request.
            reading.heard = vec![];
            let read = Arc::new((listed, reading));
            let mut known = self.by_words.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(key).or_insert(read))
        })
    }
}

fn key(language: Language, own: &str, description: &Description) -> String {
    let mut key = format!("{}\n{own}", language.code());
    for block in &description.blocks {
        let depth = match block.kind {
            BlockKind::Paragraph => -1,
            BlockKind::Code => -2,
            BlockKind::Item(depth) => i64::try_from(depth).unwrap_or(i64::MAX),
        };
        // Writing to a string does not fail. No line of a description holds a line end.
        let _ = write!(key, "\n{depth}\n{}\n{:?}\n{}", block.note, block.site, block.text);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_read_once_and_others_anew() {
        let known = Known::default();
        let mut read = 0;
        let mut of = |language, own, text| {
            known.or_read(language, own, &Description::parse(text, 1), || {
                read += 1;
                (vec![], Reading::default())
            });
            read
        };
        assert_eq!(of(Language::En, "A", "The size.\n- one"), 1);
        assert_eq!(of(Language::En, "A", "The size.\n- one"), 1);
        assert_eq!(of(Language::En, "B", "The size.\n- one"), 2);
        assert_eq!(of(Language::En, "A", "The size.\none"), 3);
        assert_eq!(of(Language::Zh, "A", "The size.\n- one"), 4);
    }
}

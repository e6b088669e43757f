//! A description as a small tree: paragraphs and list items, one a line, with the lines that they stand on.
//!
//! It keeps inline Markdown as written; [`super::prose`] reads that. It knows no word of any language: a note is a line
//! that begins with a bold label, whatever the label says.

/// What a line of a description is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Text.
    Paragraph,
    /// A list item, and how deep it lies.
    Item(usize),
}

/// One line of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// It follows a bold label such as "Note:", or is one.
    pub note: bool,
    /// Inline Markdown, without the label and the list mark.
    pub text: String,
    /// The line in the file, from 1.
    pub line: usize,
}

/// A description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// In order.
    pub blocks: Vec<Block>,
}

impl Description {
    /// Reads a description that begins on this line of its file.
    pub fn parse(text: &str, line: usize) -> Description {
        let mut description = Description::default();
        let mut fenced = false;
        let mut note = false;
        for (index, raw) in text.split('\n').enumerate() {
            if raw.trim_start().starts_with("```") {
                fenced ^= raw.matches("```").count() == 1;
                continue;
            }
            let text = raw.trim_end().trim_start_matches('>');
            if fenced || text.trim().is_empty() {
                continue;
            }
            // The first item of a list sometimes sticks to the text before it.
            match text.split_once(GLUED).filter(|(before, _)| !before.trim().is_empty()) {
                Some((before, item)) => {
                    description.push(before, line + index, &mut note);
                    description.push(&format!("-   {item}"), line + index, &mut note);
                }
                None => description.push(text, line + index, &mut note),
            }
        }
        description
    }

    fn push(&mut self, text: &str, line: usize, note: &mut bool) {
        let indent = text.len() - text.trim_start().len();
        let text = text.trim();
        let (kind, text) = match list_item(text) {
            // The first item of a list has one blank before its mark and the others none.
            Some(rest) => (BlockKind::Item((indent + 2) / 4), rest),
            None => (BlockKind::Paragraph, text),
        };
        let text = match label(text) {
            Some(rest) => {
                *note = true;
                rest
            }
            None => text,
        };
        if !text.is_empty() {
            self.blocks.push(Block { kind, note: *note, text: text.to_owned(), line });
        }
    }
}

const GLUED: &str = " -   ";

/// What follows a list mark.
fn list_item(text: &str) -> Option<&str> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if digits.len() < text.len() { digits.strip_prefix('.')? } else { text.strip_prefix(['-', '*', '+'])? };
    rest.starts_with([' ', '\t']).then(|| rest.trim())
}

/// What follows a bold label: `**Note:** this` is `this`.
fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.strip_prefix("**")?.split_once("**")?;
    let label = label.trim_end();
    (label.ends_with(['：', ':']) && !label.contains([' ', '`']) && label.chars().count() <= 12).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_notes_and_lines() {
        let text =
            "first:\n\n -   **a**: one\n-   **b**: two\n    -   deeper\n\n **Note:**\n\n-   third\n```\n-   no\n```\n";
        let description = Description::parse(text, 7);
        let seen: Vec<_> =
            description.blocks.iter().map(|block| (block.kind, block.note, block.text.as_str(), block.line)).collect();
        assert_eq!(
            seen,
            [
                (BlockKind::Paragraph, false, "first:", 7),
                (BlockKind::Item(0), false, "**a**: one", 9),
                (BlockKind::Item(0), false, "**b**: two", 10),
                (BlockKind::Item(1), false, "deeper", 11),
                (BlockKind::Item(0), true, "third", 15),
            ]
        );
    }

    #[test]
    fn a_glued_item_is_an_item() {
        let description = Description::parse("one of: -   **a**: x\n-   **b**: y", 1);
        let texts: Vec<_> = description.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["one of:", "**a**: x", "**b**: y"]);
    }
}

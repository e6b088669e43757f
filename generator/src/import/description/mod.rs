//! A description as a small tree: paragraphs, list items and code, one a line, with the lines that they stand on.
//!
//! It keeps inline Markdown as written; [`super::prose`] reads that. It knows no word of any language: a note is a
//! quotation, or begins with a bold label, whatever the label says.

mod markup;

use markup::{Piece, pieces};

/// What a line of a description is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Text.
    Paragraph,
    /// A list item, and how deep it lies.
    Item(usize),
    /// Code: shown, and never read as prose.
    Code,
}

/// One line of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// It is part of a note.
    pub note: bool,
    /// The only site that it is for, if it is not for all. What is true for one site is no rule.
    pub site: Option<String>,
    /// Inline Markdown, without the label and the list mark.
    pub text: String,
    /// The line in the file, from 1; 0 where only the description's pointer is known.
    pub line: usize,
}

/// A description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// In order.
    pub blocks: Vec<Block>,
    /// The JSON pointer of the text in its file, if the file is JSON.
    pub pointer: Option<String>,
}

impl Description {
    /// Reads a description that begins on this line of its file.
    pub fn parse(text: &str, line: usize) -> Description {
        let mut parser = Parser::default();
        for (index, raw) in text.split('\n').enumerate() {
            parser.line(raw, line + index);
        }
        Description { blocks: for_all_sites(parser.blocks), pointer: None }
    }

    /// Reads a description that is a text of a JSON file, all of it on one line, if that is known.
    pub fn of_json(text: &str, pointer: String, line: Option<usize>) -> Description {
        let mut description = Description { pointer: Some(pointer), ..Description::parse(text, 0) };
        for block in &mut description.blocks {
            block.line = line.unwrap_or_default();
        }
        description
    }
}

/// What every site says alike is said for all, once.
fn for_all_sites(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let twin = kept.iter_mut().find(|other| {
            block.site.is_some() && other.site.is_some() && other.site != block.site && other.text == block.text
        });
        match twin {
            Some(twin) => twin.site = None,
            None => kept.push(block),
        }
    }
    kept
}

/// Why a line belongs to a note.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Note {
    #[default]
    No,
    /// It is quoted, or is an item after a quoted line.
    Quoted,
    /// Between tags.
    Tagged,
    /// After a bold label, to the end.
    Labelled,
}

#[derive(Default)]
struct Parser {
    blocks: Vec<Block>,
    fenced: bool,
    note: Note,
    site: Option<String>,
    /// The line before is blank, or code.
    apart: bool,
    /// The line before holds nothing but stars: a label without its own follows.
    stars: bool,
}

impl Parser {
    fn line(&mut self, raw: &str, line: usize) {
        let fences = raw.matches(FENCE).count();
        if raw.trim_start().starts_with(FENCE) && fences % 2 == 1 {
            self.fenced ^= true;
            // What follows the closing fence on its line is text.
            let rest = raw.trim_start().trim_start_matches('`').trim();
            if !self.fenced && !rest.is_empty() {
                self.pieces(rest, line);
            }
            return;
        }
        if raw.trim().is_empty() {
            self.apart = true;
        } else if self.fenced || self.indented_code(raw) {
            self.block(BlockKind::Code, raw.trim(), line);
        } else if raw.trim().chars().all(|c| c == '*') {
            self.stars = true;
        } else {
            self.pieces(raw, line);
            self.apart = false;
        }
    }

    /// Four blanks begin code, unless they continue a list item or hold one.
    fn indented_code(&self, raw: &str) -> bool {
        let within_list = self.blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::Item(_)));
        self.apart
            && raw.starts_with("    ")
            && !within_list
            && list_item(raw.trim()).is_none()
            && !raw.trim_start().starts_with(['<', '>'])
            && raw.contains(['{', '}', '[', ']', '='])
    }

    fn pieces(&mut self, raw: &str, line: usize) {
        let quoted = raw.trim_start().starts_with('>');
        match self.note {
            Note::No if quoted => self.note = Note::Quoted,
            Note::Quoted if !quoted && list_item(raw.trim()).is_none() => self.note = Note::No,
            _ => {}
        }
        let text = if quoted { raw.trim_start().trim_start_matches('>') } else { raw };
        let mut item = false;
        for piece in pieces(text.trim_end()) {
            match piece {
                Piece::Text(text) if std::mem::take(&mut item) => self.text(&format!("- {}", text.trim()), line),
                // The first item of a list sometimes sticks to the text before it.
                Piece::Text(text) => match text.split_once(GLUED).filter(|(before, _)| !before.trim().is_empty()) {
                    Some((before, item)) => {
                        self.text(before, line);
                        self.text(&format!("-   {item}"), line);
                    }
                    None => self.text(&text, line),
                },
                Piece::Site(site) => self.site = Some(site),
                Piece::EverySite => self.site = None,
                Piece::Note => self.note = Note::Tagged,
                Piece::NoteEnd => self.note = Note::No,
                Piece::Item => item = true,
                Piece::Break => {}
            }
        }
    }

    fn text(&mut self, text: &str, line: usize) {
        let indent = text.len() - text.trim_start().len();
        let text = text.trim();
        let (kind, text) = match list_item(text) {
            // The first item of a list has one blank before its mark and the others none.
            Some(rest) => (BlockKind::Item((indent + 2) / 4), rest),
            None => (BlockKind::Paragraph, text),
        };
        // The label of an item is a value, or what the item is about.
        let labelled = if kind == BlockKind::Paragraph { label(text, std::mem::take(&mut self.stars)) } else { None };
        let text = match labelled {
            Some((label, rest)) => {
                self.note = Note::Labelled;
                if rest.is_empty() { label } else { rest }
            }
            None => text,
        };
        if !text.is_empty() {
            self.block(kind, text, line);
        }
    }

    fn block(&mut self, kind: BlockKind, text: &str, line: usize) {
        let note = self.note != Note::No;
        self.blocks.push(Block { kind, note, site: self.site.clone(), text: text.to_owned(), line });
    }
}

const FENCE: &str = "```";
const GLUED: &str = " -   ";

/// What follows a list mark.
fn list_item(text: &str) -> Option<&str> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len() {
        let rest = digits.strip_prefix(['.', ')'])?;
        return rest.starts_with([' ', '\t']).then(|| rest.trim());
    }
    if let Some(rest) = text.strip_prefix(['•', '·', '●', '▪']) {
        return Some(rest.trim());
    }
    let rest = text.strip_prefix(['-', '*', '+'])?;
    (rest.starts_with([' ', '\t']) || rest.starts_with("` ")).then(|| rest.trim())
}

/// A bold label and what follows it: `**Note:** this`; after a line of stars alone, without its colon, too.
fn label(text: &str, stars: bool) -> Option<(&str, &str)> {
    const LONGEST: usize = 12;
    let (label, rest) = text.strip_prefix("**")?.split_once("**")?;
    let label = label.trim_end();
    let ends = label.ends_with(['：', ':']) || (stars && !label.is_empty());
    (ends && !label.contains([' ', '`']) && label.chars().count() <= LONGEST).then(|| (label, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(BlockKind, bool, String, usize)> {
        let blocks = Description::parse(text, 7).blocks.into_iter();
        blocks.map(|block| (block.kind, block.note, block.text, block.line)).collect()
    }

    #[test]
    fn items_notes_code_and_lines() {
        let text =
            "first:\n\n -   **a**: one\n-   **b**: two\n    -   deeper\n\n **Note:**\n\n-   third\n```\n-   no\n```\n";
        let owned = |(kind, note, text, line): (BlockKind, bool, &str, usize)| (kind, note, text.to_owned(), line);
        let expected = [
            (BlockKind::Paragraph, false, "first:", 7),
            (BlockKind::Item(0), false, "**a**: one", 9),
            (BlockKind::Item(0), false, "**b**: two", 10),
            (BlockKind::Item(1), false, "deeper", 11),
            (BlockKind::Paragraph, true, "Note:", 13),
            (BlockKind::Item(0), true, "third", 15),
            (BlockKind::Code, true, "-   no", 17),
        ];
        assert_eq!(seen(text), expected.map(owned));
    }

    #[test]
    fn a_glued_item_is_an_item() {
        let texts: Vec<_> = seen("one of: -   **a**: x\n-   **b**: y").into_iter().map(|block| block.2).collect();
        assert_eq!(texts, ["one of:", "**a**: x", "**b**: y"]);
    }

    #[test]
    fn quotations_are_notes_with_the_items_after_them() {
        let text = "text\n>  quoted:\n> - **a**\n- **b**\n\nafter\n**\n\n**Beware** it bites";
        let notes: Vec<_> = seen(text).into_iter().map(|block| (block.1, block.2)).collect();
        let expected = [(false, "text"), (true, "quoted:"), (true, "**a**"), (true, "**b**"), (false, "after")];
        let expected = expected.into_iter().chain([(true, "it bites")]);
        assert_eq!(notes, expected.map(|(note, text)| (note, text.to_owned())).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_said_for_one_site_is_marked_unless_all_say_it() {
        let text = "all\n<props=\"east\">\n- one\n- same\n</props>\n<props=\"west\">- two\n- same</props>\nagain";
        let blocks = Description::parse(text, 1).blocks;
        let sites: Vec<_> = blocks.iter().map(|block| (block.text.as_str(), block.site.as_deref())).collect();
        assert_eq!(
            sites,
            [("all", None), ("one", Some("east")), ("same", None), ("two", Some("west")), ("again", None)]
        );
    }
}

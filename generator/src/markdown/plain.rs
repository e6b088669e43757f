//! Texts that mean what they say: words, and code between single back-ticks, on one line. Most texts are of this kind, and
//! to look at them costs a hundredth of reading, writing and proving them.
//!
//! What is not known for sure to be read and written as it stands is left to the reader and the writer of [`super`]. It is
//! never judged here.

use pulldown_cmark::{Event, Tag, TagEnd};

/// What a reader makes of a text that is one plain paragraph.
pub(super) fn read(text: &str) -> Option<Vec<Event<'static>>> {
    let mut events = vec![Event::Start(Tag::Paragraph)];
    // Between back-ticks, every second part is code. Where two meet, a part is empty.
    for (index, part) in text.split('`').enumerate() {
        match index % 2 == 0 {
            true if part.is_empty() => {}
            true => events.push(Event::Text(part.to_owned().into())),
            false => events.push(Event::Code(part.to_owned().into())),
        }
    }
    events.push(Event::End(TagEnd::Paragraph));
    // The address of a page is to become a link.
    let same = !text.contains("http") && write(&events).is_some_and(|written| written == text);
    same.then_some(events)
}

/// What a writer makes of one plain paragraph.
pub(super) fn write(events: &[Event<'_>]) -> Option<String> {
    match events {
        [Event::Start(Tag::Paragraph), inline @ .., Event::End(TagEnd::Paragraph)] => write_inline(inline),
        _ => None,
    }
}

/// What a writer makes of what is plain, whether it stands in a paragraph or in the cell of a table.
pub(super) fn write_inline(events: &[Event<'_>]) -> Option<String> {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Text(text) if is_words(text) => out.push_str(text),
            Event::Code(code) if is_code(code) && !out.ends_with('`') => {
                out.push('`');
                out.push_str(code);
                out.push('`');
            }
            _ => return None,
        }
    }
    let first = out.chars().next()?;
    let begins = first == '`' || first.is_ascii_alphabetic() || is_ideograph(first);
    (begins && !out.ends_with(' ') && !out.contains("  ")).then_some(out)
}

/// Whether a part of a line holds no mark of Markdown's. At its beginning, a digit may count an element of a list.
fn is_words(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || " ,.;:'\"/%()-+=?".contains(c) || is_ideograph(c) || is_wide(c);
    !text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(known)
}

/// Whether single back-ticks around a text make code of it as it is.
fn is_code(text: &str) -> bool {
    let known = |c: char| c.is_ascii_graphic() && !"`|\\$".contains(c) || c == ' ' || is_ideograph(c) || is_wide(c);
    !text.is_empty() && !text.starts_with(' ') && !text.ends_with(' ') && text.chars().all(known)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn is_wide(c: char) -> bool {
    "，。、；：？！（）《》“”".contains(c)
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, Inline, tame, write_anew};
    use super::*;
    use proptest::prelude::*;

    /// Pieces that plain texts are made of, and those that make others of them.
    fn text() -> impl Strategy<Value = String> {
        let words = "a¦Word¦1¦2.¦3)¦ ¦  ¦,¦.¦:¦; ¦-¦- ¦+ ¦=¦===¦---¦'¦\"¦(¦)¦/¦%¦?¦http¦数据¦，¦。¦（¦“";
        let code = "`¦`` ¦`x`¦`A.B`¦`{\"a\":[1]}`¦`<b>`¦`a b`¦` `¦`&amp;`¦`[x]`¦`*`¦`$x`¦`a|b`¦`\\`";
        let marks = "https://example.com¦<b>¦[x]¦(y)¦*¦_¦a_b¦&lt;¦\\¦|¦$¦#¦# ¦!¦\n¦\n\n¦\t¦\u{200B}¦~¦{¦}";
        let pieces: Vec<&str> = [words, code, marks].iter().flat_map(|list| list.split('¦')).collect();
        prop::collection::vec(prop::sample::select(pieces), 0..8).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn reads_and_writes_as_the_reader_and_the_writer_would(text in text()) {
            for dialect in [Dialect::Page, Dialect::Rustdoc] {
                if let Some(events) = read(&text) {
                    prop_assert_eq!(&events, &tame::read(&text, dialect));
                }
                let events = tame::read(&text, dialect);
                if let Some(written) = write(&events) {
                    prop_assert_eq!(Some(written), write_anew(&events, dialect));
                }
            }
        }

        #[test]
        fn spells_what_we_put_together_as_the_writer_would(parts in prop::collection::vec((any::<bool>(), text()), 1..5)) {
            let add = |line: Inline, (code, text): &(bool, String)| if *code { line.code(text) } else { line.text(text) };
            let inline = parts.iter().fold(Inline::new(), add);
            prop_assert_eq!(inline.clone().line(), inline.line_anew());
            prop_assert_eq!(inline.clone().cell(), inline.cell_anew());
        }
    }
}

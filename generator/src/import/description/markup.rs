//! The markup that descriptions hold beside Markdown: HTML tags, tags for one site only, entities, and the stars that
//! translation leaves behind. One line comes in, pieces of plain Markdown go out; no text is lost on the way.

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Markdown.
    Text(String),
    /// What follows is for this site, until [`Piece::EverySite`].
    Site(String),
    /// What follows is for all sites again.
    EverySite,
    /// A new line begins.
    Break,
    /// A list item begins.
    Item,
    /// A note begins.
    Note,
    /// A note ends.
    NoteEnd,
}

/// What a tag stands for.
enum Tag {
    Mark(Piece),
    /// Markdown that means the same.
    Inline(&'static str),
}

/// The pieces of a line.
pub(super) fn pieces(line: &str) -> Vec<Piece> {
    let line = without_debris(&entities(line));
    let mut found = vec![];
    let mut text = String::new();
    let mut rest = line.as_str();
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let (length, tag) = match tag(from) {
            Some(known) => known,
            // A placeholder such as `<bucket>` is text.
            None => (1, Tag::Inline("<")),
        };
        match tag {
            Tag::Mark(piece) => {
                flush(&mut text, &mut found);
                found.push(piece);
            }
            Tag::Inline(markdown) => text.push_str(markdown),
        }
        rest = from.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    flush(&mut text, &mut found);
    found
}

fn flush(text: &mut String, found: &mut Vec<Piece>) {
    if !text.is_empty() {
        found.push(Piece::Text(std::mem::take(text)));
    }
}

/// The tag that a text begins with, if it is a known one, and its length.
fn tag(text: &str) -> Option<(usize, Tag)> {
    let inner = text.strip_prefix('<')?.split_once('>')?.0;
    let length = inner.len() + 2;
    let ends = inner.starts_with('/');
    let inner = inner.trim_matches('/').trim();
    if let Some(site) = inner.strip_prefix("props") {
        let site = site.trim().trim_start_matches('=').trim_matches(['"', '\'', ' ']);
        let piece = if ends || site.is_empty() { Piece::EverySite } else { Piece::Site(site.to_owned()) };
        return Some((length, Tag::Mark(piece)));
    }
    let name = inner.split_whitespace().next()?.to_ascii_lowercase();
    let tag = match name.as_str() {
        "li" if !ends => Tag::Mark(Piece::Item),
        "br" | "p" | "div" | "ul" | "ol" | "li" | "details" | "summary" | "table" | "tr" => Tag::Mark(Piece::Break),
        "notice" | "warning" | "note" | "danger" => Tag::Mark(if ends { Piece::NoteEnd } else { Piece::Note }),
        "code" | "pre" => Tag::Inline("`"),
        "b" | "strong" => Tag::Inline("**"),
        "i" | "em" | "u" | "ph" | "a" | "span" | "font" | "sup" | "sub" | "td" | "th" | "tbody" | "thead" => {
            Tag::Inline("")
        }
        _ => return None,
    };
    Some((length, tag))
}

fn entities(line: &str) -> String {
    let line = line.replace(['\u{200b}', '\u{feff}'], "").replace('\u{a0}', " ");
    if !line.contains('&') {
        return line;
    }
    let line = line.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">");
    line.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// A line without empty bold: `**1**.****` and `**normal******` and `**nor****mal**`. Stars that mask the end of a word,
/// as in `rm-1****`, stand outside of bold, after a letter or a digit, and stay.
fn without_debris(line: &str) -> String {
    const EMPTY: &str = "****";
    if !line.contains(EMPTY) {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut bold = false;
    let mut code = false;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let stars = rest.len() - rest.trim_start_matches('*').len();
        let masks = !bold && out.ends_with(|c: char| c.is_ascii_alphanumeric());
        let length = match stars {
            4 if !code && !masks => 4,
            6 if bold => {
                out.push_str("**");
                bold = false;
                6
            }
            0 => {
                code ^= c == '`';
                out.push(c);
                c.len_utf8()
            }
            stars => {
                bold ^= stars == 2 && !code;
                out.push_str(rest.get(..stars).unwrap_or_default());
                stars
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn tags_become_marks_and_placeholders_stay_text() {
        assert_eq!(
            pieces("a<br/>b<props=\"east\">c</props><notice>d</notice><li><code>e</code> <bucket>"),
            [
                text("a"),
                Piece::Break,
                text("b"),
                Piece::Site("east".to_owned()),
                text("c"),
                Piece::EverySite,
                Piece::Note,
                text("d"),
                Piece::NoteEnd,
                Piece::Item,
                text("`e` <bucket>"),
            ]
        );
        assert_eq!(pieces("1 &lt; 2\u{a0}&amp; <i>3</i>\u{200b}"), [text("1 < 2 & 3")]);
    }

    #[test]
    fn empty_bold_vanishes_and_masks_stay() {
        assert_eq!(pieces("**1** to **500**.****"), [text("**1** to **500**.")]);
        assert_eq!(pieces("**normal******: x"), [text("**normal**: x")]);
        assert_eq!(pieces("**AdjustmentTyp****e**"), [text("**AdjustmentType**")]);
        assert_eq!(pieces("such as rm-bp1**** or `rm****`"), [text("such as rm-bp1**** or `rm****`")]);
    }
}

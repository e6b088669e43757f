//! Documentation as the lines of a comment. Whatever a text holds, it stays inside its comment and means nothing there
//! but itself.
//!
//! Lines come without marks and without indentation: a template writes those. Texts come as the harmless Markdown of
//! [`crate::markdown`]; each writer turns it into what its readers understand, and takes the sting out of the marks of
//! its own kind of comment.

use crate::markdown::visible;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

/// One line of a comment. Only a [`Comments`] makes one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line(String);

/// What is said about something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    /// Whether anything is.
    pub has: bool,
    /// The first line.
    pub brief: Line,
    /// All lines; empty ones part paragraphs.
    pub lines: Vec<Line>,
}

/// A kind of comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comments {
    /// From a mark to the end of the line; plain text.
    #[serde(alias = "hash")]
    Line,
    /// Between `/*` and `*/`; plain text.
    Block,
    /// A Python string in three double quotes; plain text.
    Docstring,
    /// `/** … */`, read as Markdown with tags that begin with `@`.
    Tsdoc,
    /// `// …`, in the layout that Go's formatter keeps.
    Godoc,
    /// `/** … */`, read as HTML with tags that begin with `@`, where `\u` is read before anything else.
    Javadoc,
}

impl Comments {
    /// The lines of a Markdown text.
    pub fn write(self, markdown: &str) -> Docs {
        let text = match self {
            Comments::Tsdoc => markdown.to_owned(),
            Comments::Javadoc => html(markdown),
            Comments::Line | Comments::Block | Comments::Docstring => {
                plain(markdown, &Layout { bullet: "- ", indent: "  " })
            }
            Comments::Godoc => plain(markdown, &Layout { bullet: "  - ", indent: "    " }),
        };
        let shown = visible(text.trim());
        let lines: Vec<Line> = shown.lines().map(|line| Line(self.tamed(line.trim_end()))).collect();
        Docs { has: !lines.is_empty(), brief: lines.first().cloned().unwrap_or_default(), lines }
    }

    fn tamed(self, line: &str) -> String {
        match self {
            Comments::Line | Comments::Godoc => line.to_owned(),
            // Some languages count comments within comments.
            Comments::Block => line.replace("*/", "* /").replace("/*", "/ *"),
            Comments::Docstring => {
                let line = line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
                // The closing quotes may follow at once.
                match line.strip_suffix('"') {
                    Some(rest) if !rest.ends_with('\\') => format!("{rest}\\\""),
                    _ => line,
                }
            }
            Comments::Tsdoc => line.replace("*/", "*\\/").replace('@', "\\@").replace('{', "\\{").replace('}', "\\}"),
            // All of it was escaped where it became HTML.
            Comments::Javadoc => line.to_owned(),
        }
    }
}

/// How a list is laid out in plain text.
struct Layout {
    bullet: &'static str,
    indent: &'static str,
}

/// Markdown as the text that it shows, a blank line between blocks; code stays between back-ticks.
fn plain(markdown: &str, layout: &Layout) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) => out.push_str(&text),
            Event::Code(code) => out.extend(["`", &code, "`"]),
            Event::SoftBreak | Event::HardBreak => {
                out.push('\n');
                out.extend(std::iter::repeat_n(layout.indent, depth));
            }
            Event::Start(Tag::List(_)) => {
                depth += 1;
                // What a list hangs under stands right above it.
                if depth > 1 {
                    ended(&mut out, "\n");
                }
            }
            Event::End(TagEnd::List(_)) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    ended(&mut out, "\n\n");
                }
            }
            Event::Start(Tag::Item) => {
                let ends = if depth > 1 || out.ends_with('\n') { "\n" } else { "\n\n" };
                ended(&mut out, ends);
                out.extend(std::iter::repeat_n(layout.indent, depth.saturating_sub(1)));
                out.push_str(layout.bullet);
            }
            Event::End(TagEnd::Item) => ended(&mut out, "\n"),
            Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock | TagEnd::Paragraph) if depth == 0 => {
                ended(&mut out, "\n\n");
            }
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock) => ended(&mut out, "\n"),
            _ => {}
        }
    }
    out
}

/// Ends what stands there with line ends, unless nothing stands there or enough of them do.
fn ended(out: &mut String, ends: &str) {
    if !out.is_empty() {
        let kept = out.trim_end_matches('\n').len();
        let there = out.len() - kept;
        if there < ends.len() {
            out.push_str(&ends[there..]);
        }
    }
}

/// Markdown as the HTML that Javadoc takes: paragraphs after the first begin with `<p>`, code is `<code>`, and nothing in
/// a text means anything to the compiler, the tool or a browser.
fn html(markdown: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) => entities(&text, &mut out),
            Event::Code(code) => {
                out.push_str("<code>");
                entities(&code, &mut out);
                out.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Paragraph) if depth == 0 && !out.is_empty() => {
                ended(&mut out, "\n\n");
                out.push_str("<p>");
            }
            Event::Start(Tag::Heading { .. }) => {
                ended(&mut out, "\n\n");
                out.push_str("<p><strong>");
            }
            Event::End(TagEnd::Heading(_)) => out.push_str("</strong>"),
            Event::Start(Tag::List(start)) => {
                depth += 1;
                ended(&mut out, "\n\n");
                out.push_str(if start.is_some() { "<ol>\n" } else { "<ul>\n" });
            }
            Event::End(TagEnd::List(ordered)) => {
                depth = depth.saturating_sub(1);
                ended(&mut out, "\n");
                out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            Event::Start(Tag::Item) => out.push_str("<li>"),
            Event::End(TagEnd::Item) => out.push_str("</li>\n"),
            Event::Start(Tag::CodeBlock(_)) => {
                ended(&mut out, "\n\n");
                out.push_str("<pre>");
            }
            Event::End(TagEnd::CodeBlock) => out.push_str("</pre>\n"),
            _ => {}
        }
    }
    out
}

/// Every character that may mean something to anybody as an entity.
fn entities(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' => out.push_str("&#92;"),
            '@' => out.push_str("&#64;"),
            '*' => out.push_str("&#42;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Takes `*/` and \\@see {@code x}.\n\nRules:\n\n- one `\"\"\"`\n- two \\\\u002a\n\nEnd \"\"\"";

    fn lines(comments: Comments, text: &str) -> Vec<String> {
        comments.write(text).lines.into_iter().map(|line| line.0).collect()
    }

    #[test]
    fn each_kind_of_comment_keeps_what_it_is_given() {
        assert_eq!(
            lines(Comments::Docstring, TEXT),
            [
                "Takes `*/` and @see {@code x}.",
                "",
                "Rules:",
                "",
                "- one `\\\"\\\"\\\"`",
                "- two \\\\u002a",
                "",
                "End \\\"\\\"\\\""
            ]
        );
        assert_eq!(
            lines(Comments::Godoc, TEXT),
            [
                "Takes `*/` and @see {@code x}.",
                "",
                "Rules:",
                "",
                "  - one `\"\"\"`",
                "  - two \\u002a",
                "",
                "End \"\"\""
            ]
        );
        assert_eq!(lines(Comments::Tsdoc, TEXT)[0], "Takes `*\\/` and \\\\@see \\{\\@code x\\}.");
        assert_eq!(
            lines(Comments::Javadoc, TEXT),
            [
                "Takes <code>&#42;/</code> and &#64;see &#123;&#64;code x&#125;.",
                "",
                "<p>Rules:",
                "",
                "<ul>",
                "<li>one <code>\"\"\"</code></li>",
                "<li>two &#92;u002a</li>",
                "</ul>",
                "",
                "<p>End \"\"\""
            ]
        );
    }

    #[test]
    fn a_heading_stands_by_itself() {
        assert_eq!(lines(Comments::Javadoc, "One.\n\n# Two\n\n- a")[..3], ["One.", "", "<p><strong>Two</strong>"]);
    }

    #[test]
    fn lists_in_lists_are_indented() {
        let text = "- a\n  more\n  - b\n- c";
        assert_eq!(lines(Comments::Line, text), ["- a", "  more", "  - b", "- c"]);
    }

    proptest::proptest! {
        #[test]
        fn no_line_ends_its_comment(text: String) {
            for (comments, forbidden) in
                [(Comments::Docstring, "\"\"\""), (Comments::Block, "*/"), (Comments::Block, "/*"), (Comments::Tsdoc, "*/"), (Comments::Javadoc, "*/"), (Comments::Javadoc, "\\")]
            {
                for line in lines(comments, &text) {
                    proptest::prop_assert!(!line.contains(forbidden), "{line:?}");
                    proptest::prop_assert!(!line.chars().any(char::is_control));
                }
            }
            for line in lines(Comments::Docstring, &text) {
                let tail = line.len() - line.trim_end_matches('\\').len();
                proptest::prop_assert!(tail % 2 == 0);
            }
        }
    }
}

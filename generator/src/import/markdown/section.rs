//! A page's lines, cut into sections at its second-level headings. Knows fences, and nothing about tables.

/// One line and its number, from 1.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// From 1.
    pub number: usize,
    /// Without the line end.
    pub text: &'a str,
}

/// A heading and what stands below it.
#[derive(Debug, Clone)]
pub struct Section<'a> {
    /// The heading without marks and attributes; empty for what stands before the first second-level heading.
    pub heading: &'a str,
    /// The lines below it.
    pub lines: Vec<Line<'a>>,
}

/// A page, cut up.
#[derive(Debug, Clone)]
pub struct Outline<'a> {
    /// The first-level heading, with its attributes.
    pub title: Line<'a>,
    /// In order; the first has no heading.
    pub sections: Vec<Section<'a>>,
    /// Where a fence opens that never closes.
    pub open_fence: Option<usize>,
}

/// Cuts a page up.
pub fn outline(text: &str) -> Outline<'_> {
    let mut title = Line { number: 1, text: "" };
    let mut sections = vec![];
    let mut current = Section { heading: "", lines: vec![] };
    let mut fence = None;
    for (index, text) in text.lines().enumerate() {
        let line = Line { number: index + 1, text };
        if toggles_fence(text) {
            fence = if fence.is_some() { None } else { Some(line.number) };
        } else if fence.is_none() {
            if let Some(heading) = text.strip_prefix("## ") {
                let next = Section { heading: without_attributes(heading), lines: vec![] };
                sections.push(std::mem::replace(&mut current, next));
                continue;
            }
            if title.text.is_empty()
                && let Some(heading) = text.strip_prefix("# ")
            {
                title = Line { number: line.number, text: heading };
                continue;
            }
        }
        current.lines.push(line);
    }
    sections.push(current);
    Outline { title, sections, open_fence: fence }
}

/// Whether a line opens or closes a fence.
pub fn toggles_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") && line.matches("```").count() == 1
}

/// `Examples {#demo .section}` without the braces.
fn without_attributes(heading: &str) -> &str {
    heading.split(" {").next().unwrap_or(heading).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_fences_do_not_count() {
        let page = outline(
            "# T {#doc_api_P_A .reference}\n\nfirst\n## One { .section}\n```\n## no\n```\nx\n## Two\n```\n## no\n",
        );
        let headings: Vec<&str> = page.sections.iter().map(|section| section.heading).collect();
        assert_eq!(headings, ["", "One", "Two"]);
        assert_eq!(page.title.text, "T {#doc_api_P_A .reference}");
        assert_eq!(page.open_fence, Some(10));
    }
}

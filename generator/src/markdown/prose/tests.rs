use super::super::{Dialect, Inline, flat, is_inert, lead, prose};

const BOTH: [Dialect; 2] = [Dialect::Page, Dialect::Rustdoc];

/// What sources really hold, and what an attacker would put there.
const HOSTILE: [&str; 36] = [
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    "<!-- -->\n<div>\n\n*x*\n\n</div>",
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.example)",
    "[a](<java\nscript:alert(1)>) <javascript:alert(1)>",
    "![alt](https://example.com/pixel.png)",
    "[x][y] [z] [`Vec`] [a]: b\n\n[z]: javascript:alert(1)",
    "```\nlet x = 1;\n```",
    "````rust,no_run\n```\npanic!()\n````",
    "~~~{.rust}\nx\n~~~",
    "    let indented = true;",
    "- item\n\n      let nested = true;",
    "```rust\nnever closed",
    "# Heading\n\nSetext\n===\n\nMore\n---",
    "a | b\n--|--\n1 | 2",
    "| a |\n|---|\n| `x|y` \\| z |",
    "*/ \"\"\" {{x}} {{#include /etc/passwd}} ${y} %{z}",
    "\u{202E}evil\u{202C} zero\u{200B}width nul\0 bell\u{7} esc\u{1B}[31m",
    "cr\rlf\r\nnel\u{85}ls\u{2028}ps\u{2029}end",
    "1\\. not a list\n2. a list",
    "$x$ and $$y$$ costs $5",
    "a[^1]\n\n[^1]: note",
    "- [ ] task\n- [x] done",
    "> [!WARNING]\n> boo",
    "term\n: definition",
    "# title {#id .class onclick=x}",
    "&lt;script&gt; &#60;b&#62; &amp;amp; &copy;",
    "`` ` `` `a|b` `` `x` ``",
    "**bold *both* ~~gone~~**  \nhard",
    "https://example.com/a_b(c)?d=e&f. See http://x, or ftp://y",
    "<https://example.com/a|b>",
    "[a](https://example.com/\"onclick=x) [b](https://exa mple.com)",
    "***\n___\n---",
    "+++\nx = 1\n+++\n\n---\ny: 2\n---",
    "**数据**同步`a`，见[链接](https://example.com/数据)。",
    "\\",
];

#[test]
fn nothing_hostile_survives() {
    for text in HOSTILE {
        for dialect in BOTH {
            let written = prose(text, dialect);
            assert!(is_inert(written.as_str(), dialect), "{dialect:?} {text:?} became {:?}", written.as_str());
            assert!(!written.as_str().contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        }
        for inline in [lead(text).0, flat(text), Inline::new().text(text), Inline::new().code(text)] {
            let table = format!("| {} |\n|---|\n", inline.clone().cell().as_str());
            assert!(is_inert(&table, Dialect::Page), "{table}");
            let line = inline.line();
            assert!(!line.as_str().contains('\n') && is_inert(line.as_str(), Dialect::Page), "{line:?}");
        }
    }
}

#[test]
fn harmless_markdown_keeps_its_meaning() {
    for (text, page, rustdoc) in [
        ("Plain, with `code`.", "Plain, with `code`.", "Plain, with `code`."),
        ("*a* **b**\n\n- x\n- y", "*a* **b**\n\n- x\n- y", "*a* **b**\n\n- x\n- y"),
        ("[a](https://example.com)", "[a](https://example.com)", "[a](https://example.com)"),
        ("# Heading", "**Heading**", "**Heading**"),
        ("```JSON\n{}\n```", "```json\n{}\n```", "```text\n{}\n```"),
        ("```rust\nx\n```", "```text\nx\n```", "```text\nx\n```"),
        ("1. x\n2. y", "1. x\n2. y", "1. x\n2. y"),
        ("    x", "```text\nx\n```", "```text\nx\n```"),
        ("See [`Vec`].", "See \\[`Vec`\\].", "See \\[`Vec`\\]."),
        ("a <b>c</b>", "a \\<b>c\\</b>", "a \\<b>c\\</b>"),
        ("[a](javascript:x)", "a", "a"),
        ("![alt](https://example.com/x.png)", "alt", "alt"),
        (
            "At https://example.com.",
            "At [https://example.com](https://example.com).",
            "At [https://example.com](https://example.com).",
        ),
    ] {
        assert_eq!(prose(text, Dialect::Page).as_str(), page);
        assert_eq!(prose(text, Dialect::Rustdoc).as_str(), rustdoc);
    }
}

#[test]
fn a_cell_is_one_cell() {
    let spelled = |inline: Inline| inline.cell().as_str().to_owned();
    assert_eq!(spelled(Inline::new().code("a|b").text(" or | c")), "`a\\|b` or \\| c");
    assert_eq!(spelled(lead("one\ntwo").0), "one two");
    assert_eq!(spelled(Inline::new()), "");
    assert_eq!(spelled(flat("one\n\n- *two*\n- three\n\n```\nfour\n```")), "one *two* three `four`");
    assert_eq!(spelled(flat("一。\n\n二。")), "一。二。");
}

proptest::proptest! {
    #[test]
    fn whatever_is_given_is_harmless(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..24)) {
        let text = pieces.concat();
        for dialect in BOTH {
            proptest::prop_assert!(is_inert(prose(&text, dialect).as_str(), dialect), "{:?}", text);
        }
    }
}

const PIECES: [&str; 40] = [
    "a",
    " ",
    "    ",
    "\n",
    "\n\n",
    "`",
    "```",
    "~~~",
    "#",
    "- ",
    "1. ",
    "> ",
    "|",
    "---",
    "===",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "!",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "&lt;",
    "\\",
    ":",
    "javascript:x",
    "https://x.y/z",
    "$",
    "{#x}",
    "[^1]",
    "\u{202E}",
    "数",
];

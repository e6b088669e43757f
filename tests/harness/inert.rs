//! Text of a spec never becomes anything but text: whatever stands in its docs, values, defaults, examples, codes and
//! samples, the Rust is the same token by token but for literals and docs, no doc of it runs, links or holds HTML, and
//! the pages have the same rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_tests::case::{generate, put};
use bindery_tests::page;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};
use quote::ToTokens;
use serde_json::json;
use std::collections::BTreeMap;

/// What ends, starts or bends something somewhere.
const FRAGMENTS: [&str; 62] = [
    "*/",
    "/*",
    "//",
    "///",
    "//!",
    "\"",
    "'",
    "\"\"\"",
    "`",
    "``",
    "```",
    "```rust",
    "~~~",
    "\\",
    "\\\"",
    "\\u{0}",
    "{{x}}",
    "{{{x}}}",
    "{{#each x}}",
    "{{/each}}",
    "{{> struct}}",
    "{",
    "}",
    "}}",
    "panic!();",
    "fn main() {}",
    "#[test]",
    "#![x]",
    "#",
    "# h",
    "\n# h\n",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\t",
    "    ",
    "\n    code",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n---\n",
    "\n===\n",
    "|",
    "\n| a | b |\n|---|---|\n",
    "<",
    ">",
    "<script>",
    "</td>",
    "<!--",
    "-->",
    "&lt;",
    "[x]",
    "[`Vec`]",
    "(javascript:x)",
    "[x](javascript:x)",
    "![x](data:x)",
    "\n[x]: file:x\n",
    "$x$",
    "\u{0}",
    "\u{202e}",
    "\u{2028}",
];

const WORDS: [&str; 4] = ["text", " ", "数", "a_b*c*"];

fn text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![4 => select(FRAGMENTS.as_slice()), 1 => select(WORDS.as_slice())];
    proptest::collection::vec(fragment, 0..7).prop_map(|fragments| fragments.concat())
}

/// A spec with a place for each kind of text.
fn spec(texts: &[String; 8]) -> BTreeMap<String, String> {
    let [title, doc, meaning, value, default, example, reason, sample] = texts;
    let both = |text: &str| json!({"en": text, "zh": text});
    // A value that stands twice would be a mistake of another kind.
    let value = if value == "plain" { "other" } else { value };
    let product = json!({
        "product": "Made", "version": "1", "title": both(title), "doc": both(doc),
        "schemas": {"Box": {"type": "object", "doc": both(doc), "properties": {
            "Label": {"type": "string", "doc": both(meaning), "example": example},
        }}},
        "errors": {"Busy": {"status": 503, "doc": both(reason)}},
        "waiters": {"Posted": {"action": "Post", "delay": 1, "attempts": 2, "doc": both(doc),
            "acceptors": [{"state": "success", "field": "Id", "values": [sample, "x"]},
                {"state": "failure", "error": true, "values": [value]},
                {"state": "retry", "field": "Posts.State", "values": [value]}],
            "reasons": {"items": "Posts", "only": {"Note": [reason, "y"]}, "show": ["Note"]}}},
    });
    let action = json!({
        "action": "Post", "effect": "read", "summary": both(title), "doc": both(doc),
        "pagination": {"token": {"parameter": "Next", "field": "Id"}, "items": "Posts"},
        "parameters": {
            "Next": {"type": "string"},
            "Kind": {"type": "string", "doc": both(meaning), "default": default, "example": example,
                "values": {"plain": {"doc": both(meaning)}, value: {"doc": both(reason)}},
                "preconditions": {"a": {"value": value, "doc": both(reason)}, "b": {"doc": both(doc)}}},
            "Group.Name": {"type": "string", "doc": both(doc), "default": default, "example": example},
            "Group.Size": {"type": "integer", "doc": both(title)},
            "Box": {"$ref": "#/schemas/Box", "doc": both(meaning)},
            "Any": {"type": "any", "required": true, "example": {"x": example}, "doc": both(reason)},
        },
        "rules": {"a": {"when": {"Kind": [value]}, "require": ["Group.Name"], "doc": both(reason)},
            "b": {"constrain": {"Group.Name": {"values": {default: {}, "x": {}}}}}},
        "response": {"type": "object", "properties": {
            "Id": {"type": "string", "doc": both(meaning), "example": example},
            "Posts": {"type": "array", "doc": both(reason), "items": {"type": "object", "doc": both(doc), "properties": {
                "State": {"type": "string", "doc": both(title), "example": example,
                    "values": {"plain": {"doc": both(doc)}, value: {"doc": both(meaning)}}},
                "Note": {"type": "string", "default": default, "doc": both(example)},
                "Code": {"type": "string", "sensitive": true, "doc": both(sample)},
                "Box": {"$ref": "#/schemas/Box"}}}}}},
        "errors": {"Bad": {"doc": both(reason)}},
        "samples": {"request": {"Kind": value, "Any": sample}, "json": {"Id": sample}, "xml": sample},
    });
    let project = "out = \".\"\n[[package]]\nname = \"made\"\nspecs = \"specs\"\n[package.targets.rust]\nname = \"made\"\n\
                   [package.targets.docs]\n";
    BTreeMap::from([
        ("bindery.toml".to_owned(), project.to_owned()),
        ("specs/product.json".to_owned(), product.to_string()),
        ("specs/actions/Post.json".to_owned(), action.to_string()),
    ])
}

fn make(texts: &[String; 8]) -> Result<BTreeMap<String, String>, String> {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &spec(texts));
    generate(folder.path())
}

/// The code without what may differ: literals are emptied, docs left out, and of enums only the size is told, for their
/// variants are named after values.
fn skeleton(file: &syn::File) -> String {
    let item = |item: &syn::Item| match item {
        syn::Item::Enum(item) => format!("enum {} {}", item.ident, item.variants.len()),
        syn::Item::Macro(item) => {
            let tokens = item.mac.tokens.to_token_stream();
            let body = tokens.into_iter().find_map(|token| match token {
                TokenTree::Group(group) => Some(group.stream().into_iter()),
                _ => None,
            });
            let arms =
                body.into_iter().flatten().filter(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == '='));
            format!("{} {}", item.mac.path.to_token_stream(), arms.count())
        }
        other => emptied(other.to_token_stream()).to_string(),
    };
    file.items.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn emptied(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().take(1).collect();
                let is_doc = matches!(inner.as_slice(), [TokenTree::Ident(ident)] if ident == "doc");
                if is_doc && group.delimiter() == Delimiter::Bracket {
                    // The `#` before it, and for an inner attribute the `!`.
                    while matches!(kept.last(), Some(TokenTree::Punct(p)) if matches!(p.as_char(), '#' | '!')) {
                        kept.pop();
                    }
                } else {
                    kept.push(proc_macro2::Group::new(group.delimiter(), emptied(group.stream())).into());
                }
            }
            TokenTree::Literal(literal) if literal.to_string().contains('"') => {
                kept.push(proc_macro2::Literal::string("").into());
            }
            other => kept.push(other),
        }
    }
    // The printer adds a last comma where it breaks a line.
    if matches!(kept.last(), Some(TokenTree::Punct(p)) if p.as_char() == ',') {
        kept.pop();
    }
    kept.into_iter().collect()
}

/// The value of `doc = …`, be it behind a condition.
fn doc(attribute: TokenStream) -> Option<syn::Expr> {
    let behind = |list: syn::MetaList| {
        let parts = list.parse_args_with(syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated);
        parts.ok().filter(|_| list.path.is_ident("cfg_attr"))?.pop()
    };
    let meta = match syn::parse2::<syn::Meta>(attribute).ok()? {
        syn::Meta::List(list) => behind(list)?,
        meta => meta,
    };
    match meta {
        syn::Meta::NameValue(meta) if meta.path.is_ident("doc") => Some(meta.value),
        _ => None,
    }
}

/// The docs of every item, each as one text.
fn docs(tokens: TokenStream, found: &mut Vec<String>) {
    let mut open = false;
    for token in tokens {
        let TokenTree::Group(group) = &token else {
            open &= matches!(&token, TokenTree::Punct(p) if matches!(p.as_char(), '#' | '!'));
            continue;
        };
        match doc(group.stream()) {
            Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. })) => {
                if !open {
                    found.push(String::new());
                }
                let block = found.last_mut().unwrap();
                *block += line.value().strip_prefix(' ').unwrap_or(&line.value());
                block.push('\n');
                open = true;
            }
            _ => {
                open = false;
                docs(group.stream(), found);
            }
        }
    }
}

/// Fails if rustdoc would run, link or pass on anything of a doc but what the generator itself wrote.
fn is_inert(doc: &str) -> Result<(), TestCaseError> {
    let mut linked = Vec::new();
    let mut examples = 0;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let callback = |link: BrokenLink<'_>| {
        linked.push(link.reference.to_string());
        None
    };
    for event in Parser::new_with_broken_link_callback(doc, options, Some(callback)) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => prop_assert!(false, "{html:?} in {doc:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) if word.is_empty() => examples += 1,
            // The one example that is compiled and never run.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) if &*word == "no_run" => {
                prop_assert!(doc.contains("# Calling\n"), "{doc}");
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) => prop_assert_eq!(&*word, "text", "{}", doc),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => prop_assert!(false, "code in {doc:?}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                prop_assert!(dest_url.starts_with("Self::") || dest_url.starts_with("http"), "{dest_url} in {doc:?}");
            }
            Event::Start(Tag::Image { .. }) | Event::FootnoteReference(_) => prop_assert!(false, "{doc:?}"),
            _ => {}
        }
    }
    prop_assert!(examples == 0 || examples == 1 && doc.contains("# Example\n"), "code runs: {doc:?}");
    prop_assert!(linked.iter().all(|link| link == "`Request::validate`"), "{linked:?} in {doc:?}");
    Ok(())
}

fn rust_is_the_same(path: &str, made: &str, harmless: &str) -> Result<(), TestCaseError> {
    let file = syn::parse_file(made).map_err(|error| TestCaseError::fail(format!("{path}: {error}\n{made}")))?;
    let (own, other) = (skeleton(&file), skeleton(&syn::parse_file(harmless).unwrap()));
    let differing = own.split(" , ").zip(other.split(" , ")).find(|(own, other)| own != other);
    prop_assert!(own == other, "{path}: {differing:#?}");
    let mut blocks = Vec::new();
    docs(file.to_token_stream(), &mut blocks);
    prop_assert!(!blocks.is_empty());
    blocks.iter().try_for_each(|block| is_inert(block))
}

fn page_is_the_same(path: &str, made: &str, harmless: &str) -> Result<(), TestCaseError> {
    let header = if path.contains("/zh/") { "参数" } else { "Parameter" };
    let (made, harmless) = (page::read(made, header), page::read(harmless, header));
    prop_assert_eq!(made.parameter_rows, harmless.parameter_rows, "{}", path);
    prop_assert_eq!(made.html.concat(), harmless.html.concat(), "{}", path);
    prop_assert!(made.special.is_empty(), "{path}: {:?}", made.special);
    let known = ["json", "rust,ignore", "text", "xml"];
    prop_assert!(made.fences.iter().all(|word| known.contains(&word.as_str())), "{path}: {:?}", made.fences);
    let ours = |link: &String| harmless.links.contains(link);
    prop_assert!(made.links.iter().all(|link| ours(link) || link.starts_with("http")), "{path}: {:?}", made.links);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_stays_text(texts in proptest::array::uniform8(text())) {
        let harmless = make(&["a", "b", "c", "d", "e", "f", "g", "h"].map(str::to_owned)).unwrap();
        let made = match make(&texts) {
            Ok(made) => made,
            Err(problems) => {
                prop_assert!(problems.contains("error["), "{problems}");
                return Ok(());
            }
        };
        prop_assert_eq!(made.keys().collect::<Vec<_>>(), harmless.keys().collect::<Vec<_>>());
        for (path, made) in &made {
            let bent = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let line = made.lines().find(|line| line.contains(bent));
            prop_assert!(line.is_none(), "{path}: {line:?}");
            match path.rsplit_once('.').unwrap().1 {
                "rs" => rust_is_the_same(path, made, &harmless[path])?,
                "md" => page_is_the_same(path, made, &harmless[path])?,
                _ => {
                    let keys = |text: &str| text.parse::<toml::Table>().map(|table| {
                        let nested = table.iter().map(|(key, value)| (key.clone(), value.as_table().map(|t| t.keys().cloned().collect::<Vec<_>>())));
                        nested.collect::<Vec<_>>()
                    });
                    prop_assert_eq!(keys(made).unwrap(), keys(&harmless[path]).unwrap(), "{}", path);
                }
            }
        }
    }
}

#[test]
fn most_texts_are_accepted() {
    let accepted = FRAGMENTS.iter().filter(|fragment| make(&std::array::from_fn(|_| (**fragment).to_owned())).is_ok());
    assert_eq!(accepted.count(), FRAGMENTS.len(), "free text is escaped, never refused");
}

#[test]
fn the_skeleton_sees_code() {
    let of = |text: &str| skeleton(&syn::parse_file(text).unwrap());
    assert_eq!(of("/// a\nfn x() { y(\"1\") }"), of("/// b\n/// c\nfn x() { y(\"2\") }"));
    assert_ne!(of("fn x() {}"), of("fn x() {} fn z() {}"));
    assert_ne!(of("fn x() { y(\"1\") }"), of("fn x() { y(\"1\"); z() }"));
    assert!(is_inert("```\nx\n```").is_err() && is_inert("<b>").is_err() && is_inert("[x]").is_err());
    let mut found = Vec::new();
    docs("#![doc = \" a\"] #![cfg_attr(x, doc = \"b\\nc\")] fn y() {} /** d */ fn x() {}".parse().unwrap(), &mut found);
    assert_eq!(found, ["a\nb\nc\n", "d \n"]);
}

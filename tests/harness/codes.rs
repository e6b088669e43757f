//! Every code under which the generator reports something is shown by what a folder below `tests` expects, or
//! `codes.toml` says why no folder can show it and which test knows it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery_tests::source::{File, files, is_test, none, root};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Why no folder shows a code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    why: String,
    /// The file of the test that knows the code; none, if only a fault of the generator brings it about.
    test: Option<String>,
}

#[test]
fn every_code_is_shown_by_a_folder_or_excused() {
    let (declared, told) = (declared(), told());
    let shown: BTreeSet<String> = told.union(&machine()).cloned().collect();
    assert!(declared.len() > 120, "{} codes", declared.len());
    let text = fs::read_to_string("codes.toml").unwrap();
    let exceptions: BTreeMap<String, Exception> = toml::from_str(&text).unwrap();
    let mut offences = vec![];
    for (code, place) in &declared {
        if !shown.contains(code) && !exceptions.contains_key(code) {
            offences.push(format!("{place}: `{code}` is shown by no folder below tests"));
        }
    }
    // Whatever is told is declared: else there is a way to report something that this test does not see.
    let unseen = told.iter().filter(|code| !declared.contains_key(*code));
    offences.extend(unseen.map(|code| format!("`{code}` is told, and this test does not find it in the sources")));
    for (code, Exception { why, test }) in &exceptions {
        if !declared.contains_key(code) || shown.contains(code) {
            offences.push(format!("tests/codes.toml: `{code}` needs no excuse"));
        }
        let knows =
            |test: &String| fs::read_to_string(root().join(test)).is_ok_and(|text| text.contains(code.as_str()));
        if why.is_empty() || test.as_ref().is_some_and(|test| !knows(test)) {
            offences
                .push(format!("tests/codes.toml: `{code}` has no reason, or the test that is named does not know it"));
        }
    }
    none(&offences, "add a folder where the code is reported, or say in tests/codes.toml why there can be none");
}

/// The codes of the generator, each with the first file that has it.
fn declared() -> BTreeMap<String, String> {
    let sources: Vec<(File, Vec<syn::Item>)> = files("generator/src", &[".rs"])
        .into_iter()
        .filter(|file| !file.is_test())
        .map(|file| {
            let items = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path)).items;
            (file, items.into_iter().filter(|item| !is_test(item)).collect())
        })
        .collect();
    let mut takers = BTreeMap::new();
    for item in sources.iter().flat_map(|(_, items)| items) {
        takers.extend(takers_in(item.to_token_stream()));
    }
    assert!(takers.contains_key("placeless") && takers.contains_key("aside"), "{takers:?}");
    let mut codes = BTreeMap::new();
    for (file, items) in &sources {
        for item in items {
            for code in codes_in(item.to_token_stream(), &takers) {
                codes.entry(code).or_insert_with(|| file.path.clone());
            }
        }
    }
    codes
}

/// The functions that take a code, each with the place of that among its arguments: a parameter `code` of a function or a
/// closure.
fn takers_in(tokens: TokenStream) -> Vec<(String, usize)> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut takers = vec![];
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Ident(word) = token else {
            if let TokenTree::Group(group) = token {
                takers.extend(takers_in(group.stream()));
            }
            continue;
        };
        let Some(TokenTree::Ident(name)) = tokens.get(at + 1) else { continue };
        let parameters: Vec<TokenTree> = match word.to_string().as_str() {
            "fn" => {
                let group = tokens[at..].iter().find_map(|token| match token {
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group.stream()),
                    _ => None,
                });
                group.into_iter().flatten().collect()
            }
            "let" if is(&tokens, at + 2, '=') && is(&tokens, at + 3, '|') => {
                tokens[at + 4..].iter().take_while(|token| !is_punct(token, '|')).cloned().collect()
            }
            _ => continue,
        };
        let named: Vec<String> = parameters
            .split(|token| is_punct(token, ','))
            .map(|parameter| parameter.iter().cloned().collect::<TokenStream>().to_string())
            .filter(|parameter| !parameter.ends_with("self"))
            .collect();
        let place = named.iter().position(|parameter| ["code : & 'static str", "code"].contains(&parameter.as_str()));
        takers.extend(place.map(|place| (name.to_string(), place)));
    }
    takers
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn is(tokens: &[TokenTree], at: usize, c: char) -> bool {
    tokens.get(at).is_some_and(|token| is_punct(token, c))
}

/// What stands for a code in some code: the argument of a function that takes one, a field or a variable `code`.
fn codes_in(tokens: TokenStream, takers: &BTreeMap<String, usize>) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, c: char| is(&tokens, at, c);
    let mut codes = vec![];
    for (at, token) in tokens.iter().enumerate() {
        // Between the name and the arguments there may be types: `error::<()>(…)`.
        let typed = is(at + 1, ':') && is(at + 2, ':') && is(at + 3, '<');
        let open = if typed { (at..tokens.len()).find(|at| is(*at, '>')).unwrap_or(at) } else { at } + 1;
        let taker = match token {
            TokenTree::Ident(name) => takers.get(&name.to_string()),
            _ => None,
        };
        let here = match (token, tokens.get(open)) {
            (_, Some(TokenTree::Group(arguments))) if taker.is_some() => {
                let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
                let argument = arguments.split(|token| is_punct(token, ',')).nth(*taker.unwrap());
                words(argument.into_iter().flatten().cloned())
            }
            (TokenTree::Ident(name), _) if name == "code" && is(at + 1, ':') => words(tokens.get(at + 2).cloned()),
            // A statement, and not the head of a branch.
            (TokenTree::Ident(name), _)
                if name == "let"
                    && at.checked_sub(1).is_none_or(|before| is(before, ';') || is_group(&tokens[before])) =>
            {
                let end = (at..tokens.len()).find(|end| is(*end, ';')).unwrap_or(tokens.len());
                let value = (at..end).find(|at| is(*at, '=')).unwrap_or(end);
                let bound: TokenStream = tokens[at..value].iter().cloned().collect();
                let names = bound.to_string();
                let binds = names.split(|c: char| !c.is_alphanumeric()).any(|name| name == "code");
                if binds { words(tokens[value..end].iter().cloned()) } else { vec![] }
            }
            _ => vec![],
        };
        codes.extend(here);
        if let TokenTree::Group(group) = token {
            codes.extend(codes_in(group.stream(), takers));
        }
    }
    codes
}

fn is_group(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(_))
}

/// The literals that are words in kebab case, at any depth.
fn words(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<String> {
    let word = |literal: String| {
        let text = literal.strip_prefix('"')?.strip_suffix('"')?;
        let kebab = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        kebab.then(|| text.to_owned())
    };
    let (mut found, mut after_name) = (vec![], false);
    for token in tokens {
        let name = matches!(token, TokenTree::Ident(_));
        match token {
            TokenTree::Literal(literal) => found.extend(word(literal.to_string())),
            // What a function is called with is no result.
            TokenTree::Group(group) if !after_name || group.delimiter() != Delimiter::Parenthesis => {
                found.extend(words(group.stream()));
            }
            _ => {}
        }
        after_name = name;
    }
    found
}

/// What begins so, up to a mark.
fn begun(text: &str, begin: &str, end: char) -> BTreeSet<String> {
    text.split(begin).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0.to_owned())).collect()
}

/// The codes in what folders below `tests` expect people to be told: `error[CODE]`.
fn told() -> BTreeSet<String> {
    let all = files("tests", &[".txt"]);
    let levels = ["error[", "warning[", "note[", "advice["];
    all.iter().flat_map(|file| levels.into_iter().flat_map(|level| begun(&file.text, level, ']'))).collect()
}

/// The codes in what folders below `tests` expect programs to be told; and other codes.
fn machine() -> BTreeSet<String> {
    files("tests", &[".json"]).iter().flat_map(|file| begun(&file.text, "\"code\": \"", '"')).collect()
}

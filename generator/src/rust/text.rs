//! The texts that a Rust view may hold.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use serde::Serialize;
use std::fmt;

/// The parser knows every keyword but this one: it accepts the names of all editions, and this is one since 2024.
const UNKNOWN_TO_SYN: &str = "gen";
/// No keyword is longer: https://doc.rust-lang.org/reference/keywords.html.
const LONGEST_KEYWORD: &str = "continue";

/// An identifier that Rust accepts where names stand; raw if the name is a keyword.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Ident(String);

impl Ident {
    /// Checks a name against Rust's own grammar. A keyword becomes raw, or gets a `_` where it may not be raw.
    ///
    /// What is no name at all becomes `invalid_name`: callers pass names that [`super::snake`] or [`super::pascal`] made,
    /// which are always names.
    pub fn new(name: &str) -> Ident {
        let plain = |name: &str| {
            let mut bytes = name.bytes();
            bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        // Most names are, and to ask the parser costs more than anything else that is done with a name.
        let too_long = |name: &str| name.len() > LONGEST_KEYWORD.len() && plain(name);
        let accepted =
            |name: &str| too_long(name) || name != UNKNOWN_TO_SYN && syn::parse_str::<syn::Ident>(name).is_ok();
        if accepted(name) {
            return Ident(name.to_owned());
        }
        let known = [format!("r#{name}"), format!("{name}_")].into_iter().find(|candidate| accepted(candidate));
        Ident(known.unwrap_or_else(|| "invalid_name".to_owned()))
    }

    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // Neither can fail: the constructor has accepted the name.
        tokens.append(match self.0.strip_prefix("r#") {
            Some(raw) => proc_macro2::Ident::new_raw(raw, Span::call_site()),
            None => proc_macro2::Ident::new(&self.0, Span::call_site()),
        });
    }
}

/// Code that was built of tokens: types, expressions, items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code(String);

impl Code {
    /// Prints tokens.
    pub fn new(tokens: &TokenStream) -> Code {
        Code(tokens.to_string())
    }

    /// A value in a Cargo manifest.
    pub fn toml(value: &toml::Value) -> Code {
        Code(value.to_string())
    }

    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text as a string literal, quotes included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text(String);

impl Text {
    /// Writes the literal.
    pub fn new(text: &str) -> Text {
        Text(Literal::string(text).to_string())
    }

    /// The text as a basic string of a Cargo manifest.
    pub fn toml(text: &str) -> Text {
        Text(toml::Value::String(text.to_owned()).to_string())
    }
}

/// Documentation as attributes: `#[doc = "…"]` a line, so that no text can end the comment that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Docs(String);

impl Docs {
    /// Documentation of the item that follows.
    pub fn outer(markdown: &str) -> Docs {
        Docs::write(markdown, "#")
    }

    /// Documentation of the file that it stands in.
    pub fn inner(markdown: &str) -> Docs {
        Docs::write(markdown, "#!")
    }

    /// Documentation of the file that it stands in, if features are on: one attribute.
    pub fn inner_with(features: &[&str], markdown: &str) -> Docs {
        let text = Literal::string(markdown.trim());
        Docs(quote!(#![cfg_attr(all(#(feature = #features),*), doc = #text)]).to_string())
    }

    /// There are more lines of these than of anything else: what stands around the literal is not made of tokens.
    fn write(markdown: &str, mark: &str) -> Docs {
        let lines = markdown.trim().lines().map(|line| {
            let line = line.trim_end();
            let spaced = if line.is_empty() { String::new() } else { format!(" {line}") };
            format!("{mark}[doc = {}]", Literal::string(&spaced))
        });
        Docs(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// A name for files, modules and features: lower-case words joined by `_` or `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Stem(String);

impl Stem {
    /// Keeps letters, digits and one separator; everything else is dropped.
    pub(super) fn new(words: &str) -> Stem {
        Stem(words.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect())
    }

    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_raw_and_what_may_not_be_raw_gets_a_suffix() {
        for (name, spelled) in [
            ("value", "value"),
            ("type", "r#type"),
            ("continue", "r#continue"),
            ("abstract", "r#abstract"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("Self", "Self_"),
            ("_", "__"),
            ("synchronization_job", "synchronization_job"),
            ("no name at all", "invalid_name"),
            ("naïve", "naïve"),
            ("1_is_no_name", "invalid_name"),
            ("", "invalid_name"),
        ] {
            let ident = Ident::new(name);
            assert_eq!(ident.as_str(), spelled, "{name}");
            assert_eq!(quote!(#ident).to_string(), spelled, "{name}");
        }
    }
}

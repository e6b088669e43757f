//! The texts that a Rust view may hold.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde::Serialize;
use std::fmt;

/// The parser knows every keyword but this one: it accepts the names of all editions, and this is one since 2024.
const UNKNOWN_TO_SYN: &str = "gen";

/// An identifier that Rust accepts where names stand; raw if the name is a keyword.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Ident(String);

impl Ident {
    /// Checks a name against Rust's own grammar. A keyword becomes raw, or gets a `_` where it may not be raw.
    ///
    /// What is no name at all becomes `invalid_name`: callers pass names that [`super::snake`] or [`super::pascal`] made,
    /// which are always names.
    pub fn new(name: &str) -> Ident {
        let accepted = |name: &str| name != UNKNOWN_TO_SYN && syn::parse_str::<syn::Ident>(name).is_ok();
        let raw = format!("r#{name}");
        let suffixed = format!("{name}_");
        let known = [name, &raw, &suffixed].into_iter().find(|candidate| accepted(candidate));
        Ident(known.unwrap_or("invalid_name").to_owned())
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
        // Accepted by the constructor with the same parser.
        if let Ok(ident) = syn::parse_str::<syn::Ident>(&self.0) {
            ident.to_tokens(tokens);
        }
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
        Docs::write(markdown, |line| quote!(#[doc = #line]))
    }

    /// Documentation of the file that it stands in.
    pub fn inner(markdown: &str) -> Docs {
        Docs::write(markdown, |line| quote!(#![doc = #line]))
    }

    /// Documentation of the file that it stands in, if features are on: one attribute.
    pub fn inner_with(features: &[&str], markdown: &str) -> Docs {
        let text = Literal::string(markdown.trim());
        Docs(quote!(#![cfg_attr(all(#(feature = #features),*), doc = #text)]).to_string())
    }

    fn write(markdown: &str, attribute: impl Fn(Literal) -> TokenStream) -> Docs {
        let lines = markdown.trim().lines().map(|line| {
            let line = line.trim_end();
            let spaced = if line.is_empty() { String::new() } else { format!(" {line}") };
            attribute(Literal::string(&spaced)).to_string()
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

//! The project's own sources, as the tests of its rules read them: files, and the paths and literals of their code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file of the project.
#[derive(Debug)]
pub struct File {
    /// Relative to the workspace, with forward slashes.
    pub path: String,
    /// What it holds; empty if that is no text.
    pub text: String,
}

impl File {
    /// The name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The name without folders and extension.
    pub fn stem(&self) -> &str {
        self.name().split('.').next().unwrap_or_default()
    }

    /// Whether nothing of it is in the product.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.contains("/tests/") || self.stem() == "tests"
    }
}

/// The files below a folder of the workspace, sorted; build output and version control are left out.
pub fn files(folder: &str, extensions: &[&str]) -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                // A room of the generator is called `target` too.
                let built = name == "target" && !next.ends_with("src");
                if !built && name != ".git" {
                    folders.push(path);
                }
            } else if extensions.iter().any(|extension| name.ends_with(extension)) {
                let text = fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
                let path = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(File { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "there is nothing below {folder}");
    found
}

/// Something in a file's code.
#[derive(Debug)]
pub struct Found<T> {
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub what: T,
}

/// What a file's code says, without its tests, attributes and docs.
#[derive(Debug, Default)]
pub struct Code {
    /// Every path, `use` trees unfolded; one that starts at `super` or `self` is given from `crate` on.
    pub paths: Vec<Found<Vec<String>>>,
    /// Every macro call and method call, by name.
    pub calls: Vec<Found<String>>,
    /// Every string literal, as it is written.
    pub texts: Vec<Found<String>>,
    /// Every list of nothing but string literals.
    pub lists: Vec<Found<Vec<String>>>,
}

/// Reads the code of a file of a crate whose sources are in `src`.
pub fn code(file: &File) -> Code {
    let mut parsed = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    parsed.attrs.clear();
    parsed.items.retain(|item| !is_test(item));
    let inside = file.path.split_once("src/").map_or("", |(_, inside)| inside).trim_end_matches(".rs");
    let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if matches!(file.stem(), "mod" | "lib" | "main") {
        module.pop();
    }
    let mut code = Code::default();
    walk(parsed.into_token_stream(), &[], &module, &mut code);
    code
}

/// Whether an item is a module of tests.
pub fn is_test(item: &syn::Item) -> bool {
    let syn::Item::Mod(module) = item else { return false };
    module.attrs.iter().any(|attribute| attribute.meta.to_token_stream().to_string() == "cfg (test)")
}

fn walk(tokens: TokenStream, prefix: &[String], module: &[String], code: &mut Code) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |index: usize, c: char| matches!(tokens.get(index), Some(TokenTree::Punct(p)) if p.as_char() == c);
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let line = token.span().start().line;
        match token {
            TokenTree::Punct(_) if is(index, '#') => {
                index += if is(index + 1, '!') { 2 } else { 1 };
            }
            TokenTree::Ident(first) => {
                let mut path: Vec<String> = prefix.iter().cloned().chain([first.to_string()]).collect();
                let called = is(index + 1, '!') || (index > 0 && is(index - 1, '.'));
                while is(index + 1, ':') && is(index + 2, ':') {
                    index += 3;
                    match tokens.get(index) {
                        Some(TokenTree::Ident(next)) => path.push(next.to_string()),
                        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                            walk(group.stream(), &path, module, code);
                            break;
                        }
                        _ => break,
                    }
                }
                if called {
                    code.calls.push(Found { line, what: path.last().cloned().unwrap_or_default() });
                }
                if path == ["quote"] && is(index + 1, '!') {
                    // What follows is somebody else's code.
                    index += 2;
                }
                code.paths.push(Found { line, what: absolute(path, module) });
            }
            TokenTree::Literal(literal) => {
                let written = literal.to_string();
                if written.contains('"') {
                    code.texts.push(Found { line, what: written });
                }
            }
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let words = inner.iter().filter_map(|token| match token {
                    TokenTree::Literal(literal) => Some(literal.to_string().trim_matches('"').to_owned()),
                    _ => None,
                });
                let plain = inner.iter().all(|token| matches!(token, TokenTree::Literal(_) | TokenTree::Punct(_)));
                if plain && group.delimiter() == Delimiter::Bracket {
                    code.lists.push(Found { line, what: words.collect() });
                }
                walk(group.stream(), &[], module, code);
            }
            TokenTree::Punct(_) => {}
        }
        index += 1;
    }
}

fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|step| *step == "super").count();
    match path.first().map(String::as_str) {
        Some("super" | "self") => {
            let home = module.iter().take(module.len().saturating_sub(ups)).cloned();
            let rest = path.iter().skip(ups).filter(|step| *step != "self").cloned();
            ["crate".to_owned()].into_iter().chain(home).chain(rest).collect()
        }
        _ => path,
    }
}

/// Fails with every offence, and with what to do about them.
///
/// # Panics
/// If there is an offence.
pub fn none(offences: &[String], cure: &str) {
    assert!(offences.is_empty(), "\n{}\n\nto do: {cure}", offences.join("\n"));
}

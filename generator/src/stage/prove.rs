//! [`Tree`] to [`Proved`]: what was poured is parsed, and Rust is printed anew from what was parsed.
//!
//! Every Rust file of every run is proved, so a spec's text that had become code would show here as a parse error or as
//! an item that nobody asked for. Files of other kinds pass; their text types have made them safe.

use crate::artifact::Tree;
use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::target::Target;
use rayon::prelude::*;
use std::sync::Arc;

/// A tree whose every file is known to be well-formed.
#[derive(Debug, Clone, Default)]
pub struct Proved(pub Tree);

/// Proves every file and puts the target's banner above it.
pub fn run(tree: &Tree, target: &Target, banner_of: &dyn Fn(&str) -> String, diagnostics: &mut Diagnostics) -> Proved {
    let mut proved = Tree::new();
    let files: Vec<(&str, &str)> = tree.iter().collect();
    let extension_of = |path: &str| path.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned();
    let bodies = files.par_iter().map(|(path, content)| match extension_of(path).as_str() {
        "rs" => rust(content).map_err(|error| unproved(target, path, &error)),
        _ => Ok(tidy(content, target.manifest.blank_lines.unwrap_or(1), extension_of(path) == "md")),
    });
    for ((path, _), body) in files.iter().zip(bodies.collect::<Vec<_>>()) {
        let extension = extension_of(path);
        let body = match body {
            Ok(body) => body,
            Err(problem) => {
                diagnostics.push(problem);
                continue;
            }
        };
        let banner = target.manifest.banner.get(&extension).map(|banner| banner_of(banner));
        let whole = match banner {
            Some(banner) => format!("{banner}\n\n{body}"),
            None => body,
        };
        // The path was accepted once; it is the same one.
        let _ = proved.insert(path, whole);
    }
    Proved(proved)
}

fn unproved(target: &Target, path: &str, error: &syn::Error) -> Diagnostic {
    let start = error.span().start();
    let file: Arc<str> = Arc::from(format!("{}/{path}", target.name));
    Diagnostic::error("unproved", Origin::at(&file, start.line, start.column + 1), format!("is not Rust: {error}"))
        .help("a template of this target is at fault; `bindery show ACTION --stage view` shows what it was given")
}

/// Parses, and prints item by item with a blank line between: a printer that sees the whole file would leave none.
fn rust(content: &str) -> Result<String, syn::Error> {
    let file = syn::parse_file(content)?;
    let mut parts = Vec::new();
    if !file.attrs.is_empty() {
        parts.push(prettyplease::unparse(&syn::File {
            shebang: None,
            attrs: file.attrs,
            items: Vec::new(),
            frontmatter: None,
        }));
    }
    let mut uses = String::new();
    for item in file.items {
        let import = matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
        let printed = prettyplease::unparse(&syn::File {
            shebang: None,
            attrs: Vec::new(),
            items: vec![item],
            frontmatter: None,
        });
        if import && printed.lines().count() == 1 {
            uses.push_str(&printed);
            continue;
        }
        if !uses.is_empty() {
            parts.push(std::mem::take(&mut uses));
        }
        parts.push(aired(&printed));
    }
    if !uses.is_empty() {
        parts.push(uses);
    }
    // The parser keeps every text that it has read, for the sake of places that nobody asks for any more.
    proc_macro2::extra::invalidate_current_thread_spans();
    Ok(parts.join("\n"))
}

/// A blank line after each method that another one follows. Safe, for no literal of ours spans lines.
fn aired(printed: &str) -> String {
    let mut out = String::with_capacity(printed.len() + printed.len() / 32);
    let mut lines = printed.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line == "    }" && lines.peek().is_some_and(|next| !next.starts_with('}')) {
            out.push('\n');
        }
    }
    out
}

/// At most so many blank lines in a row, no blanks on them, one newline at the end; what stands in a fenced block of
/// Markdown stays as it is.
fn tidy(content: &str, most: usize, is_markdown: bool) -> String {
    let mut out = String::with_capacity(content.len());
    let mut blanks = most;
    let mut fence: Option<&str> = None;
    for line in content.lines() {
        let marks = if is_markdown { fence_of(line) } else { "" };
        match fence {
            Some(open) if marks.len() >= open.len() && marks.starts_with(open) => fence = None,
            None if marks.len() >= 3 => fence = Some(marks),
            _ => {}
        }
        let empty = line.trim().is_empty();
        if !empty || fence.is_some() {
            // At the end of a line, blanks mean something to Markdown alone.
            out.push_str(if is_markdown { line } else { line.trim_end() });
            out.push('\n');
        } else if blanks < most {
            out.push('\n');
        }
        blanks = if empty { blanks + 1 } else { 0 };
    }
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    out.push('\n');
    out
}

/// The back-ticks or tildes that a line begins with.
fn fence_of(line: &str) -> &str {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'));
    mark.map_or("", |mark| &line[..line.len() - line.trim_start_matches(mark).len()])
}

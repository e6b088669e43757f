//! Diagnostics for people, for programs and for code scanners.

use super::{Diagnostics, Level, Sources};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use serde_json::{Value, json};

/// As a compiler prints them: message, place, source line, what would be right.
pub fn human(diagnostics: &Diagnostics, sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for item in diagnostics.iter() {
        let level = match item.level {
            Level::Error => Title::ERROR,
            Level::Warning => Title::WARNING,
            Level::Note => Title::NOTE,
        };
        let mut group = Group::with_title(level.primary_title(visible(&item.message)).id(item.code));
        if let Some(origin) = &item.origin {
            match (sources.text(&origin.file), sources.range(origin)) {
                (Some(text), Some(range)) => {
                    let snippet = Snippet::source(text).path(&*origin.file).fold(true);
                    group = group.element(snippet.annotation(AnnotationKind::Primary.span(range)));
                }
                _ => {
                    let place = annotate_snippets::Origin::path(&*origin.file);
                    group = group.element(match sources.locate(origin) {
                        Some(at) => place.line(at.line).char_column(at.column),
                        None => place,
                    });
                }
            }
        }
        if let Some(help) = &item.help {
            group = group.element(Title::HELP.message(visible(help)));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// Control characters and bidi marks of hostile input must not reach a terminal.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let hidden = (c.is_control() && c != '\n')
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
            if hidden { format!("<U+{:04X}>", c as u32).chars().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

/// One array of `{code, level, file, pointer?, line?, column?, message, help?}`.
pub fn json(diagnostics: &Diagnostics, sources: &Sources) -> Value {
    diagnostics
        .iter()
        .map(|item| {
            let mut object = json!({"code": item.code, "level": item.level.as_str(), "message": item.message});
            if let Some(origin) = &item.origin {
                object["file"] = json!(&*origin.file);
                if let super::Place::Value(pointer) | super::Place::Key(pointer) = &origin.place {
                    object["pointer"] = json!(pointer);
                }
                if let Some(at) = sources.locate(origin) {
                    object["line"] = json!(at.line);
                    object["column"] = json!(at.column);
                }
            }
            if let Some(help) = &item.help {
                object["help"] = json!(help);
            }
            object
        })
        .collect()
}

/// SARIF 2.1.0, as code scanners read it.
pub fn sarif(diagnostics: &Diagnostics, sources: &Sources) -> Value {
    let mut codes: Vec<&str> = diagnostics.iter().map(|item| item.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|item| {
            let text = match &item.help {
                Some(help) => format!("{}\n{help}", item.message),
                None => item.message.clone(),
            };
            let mut result = json!({"ruleId": item.code, "level": item.level.as_str(), "message": {"text": text}});
            if let Some(origin) = &item.origin {
                let mut place = json!({"artifactLocation": {"uri": &*origin.file}});
                if let Some(at) = sources.locate(origin) {
                    place["region"] = json!({"startLine": at.line, "startColumn": at.column});
                }
                result["locations"] = json!([{"physicalLocation": place}]);
            }
            result
        })
        .collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({"id": code})).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "bindery", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

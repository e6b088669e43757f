//! The response as a tree, one line a field.

use super::Page;
use super::phrase::{Join, either, fixed, list};
use super::shape::{choices, kind};
use crate::markdown::{Inline, flat};
use crate::model::{Kind, Member, Shape};
use crate::view::markdown::TreeLine;

/// Every field of the response, each below the one that holds it. A shape that holds itself is shown once.
pub(super) fn tree(page: &Page<'_>) -> Vec<TreeLine> {
    let mut lines = Vec::new();
    if let Some(response) = &page.action.response {
        inside(page, response, 0, &mut Vec::new(), &mut lines);
    }
    lines
}

fn inside<'a>(page: &Page<'a>, shape: &'a Shape, depth: usize, open: &mut Vec<&'a str>, lines: &mut Vec<TreeLine>) {
    match &shape.kind {
        Kind::Object(members, _) => {
            for member in members {
                lines.push(TreeLine { indent: "  ".repeat(depth), line: field(page, member).line() });
                inside(page, &member.shape, depth.saturating_add(1), open, lines);
            }
        }
        Kind::List(inner) | Kind::Json(inner) => inside(page, inner, depth, open, lines),
        Kind::Named(name) if !open.contains(&name.as_str()) => {
            if let Some(target) = page.api.schema(name) {
                open.push(name);
                inside(page, target, depth, open, lines);
                open.pop();
            }
        }
        Kind::Named(_) | Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => {}
    }
}

fn field(page: &Page<'_>, member: &Member) -> Inline {
    let language = page.language;
    let stop = either(language, ".", "。");
    let shape = &member.shape;
    let target = page.api.meant(shape);
    let name = Inline::new()
        .code(member.name.as_str())
        .text(either(language, " (", "（"))
        .then(kind(page, shape))
        .text(either(language, ")", "）"));
    let old = if shape.deprecated { either(language, "Deprecated.", "已弃用。") } else { "" };
    let mut line = Inline::new().strong_unless_empty(old);
    let doc = shape.doc.get(language);
    let doc = if doc.is_empty() { target.doc.get(language) } else { doc };
    line = line.sentence(flat(doc).closed(stop));
    let values = choices(page.api, shape);
    if !values.is_empty() {
        line = line.sentence(if values.iter().all(|value| value.doc.is_empty()) {
            let words = list(language, values.iter().map(|value| value.wire.as_str()), Join::Or);
            fixed(language, "One of ", "取值：").then(words).text(stop)
        } else {
            let each = values.iter().map(|value| {
                let meaning = flat(value.doc.get(language)).opened();
                match meaning.is_empty() {
                    true => Inline::new().code(&value.wire),
                    false => Inline::new().code(&value.wire).text(either(language, ": ", "：")).then(meaning),
                }
            });
            Inline::join(each, either(language, "; ", "；")).closed(stop)
        });
    }
    for said in &member.preconditions {
        line = line.sentence(flat(said.doc.get(language)).closed(stop));
    }
    if shape.sensitive || target.sensitive {
        line = line.sentence(fixed(language, "Secret: it is never shown.", "敏感信息，不会被显示。"));
    }
    match line.is_empty() {
        true => name,
        false => name.text(either(language, ": ", "：")).then(line),
    }
}

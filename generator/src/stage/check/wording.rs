//! What has no words yet.

use super::Lint;
use super::place::{key_below, nested, root, step};
use super::report::Report;
use crate::diag::{Level, Origin};
use crate::model::{Api, Doc, Precondition, Shape};

pub(super) const MISSING_DOC: Lint = Lint {
    code: "missing-doc",
    level: Level::Note,
    summary: "An action, a parameter, a value, a response field or a waiter is not described in English or in Chinese.",
    why: "Readers of that language get the other one, or nothing but a name.",
    cure: "add the missing `doc` (of an action: `summary`) in an overlay",
};

pub(super) const UNNAMED_PRECONDITION: Lint = Lint {
    code: "unnamed-precondition",
    level: Level::Warning,
    summary: "A precondition says nothing.",
    why: "It is known that the source demands something, but callers are not told what.",
    cure: "add a `doc` to it in an overlay, in words of your own",
};

pub(super) fn check(api: &Api, report: &mut Report<'_>) {
    let action = report.action;
    let subject = action.name.as_str();
    let root = root(&action.origin);
    described(report, &action.summary, subject, subject, key_below(&root, "/action"));
    for parameter in &action.parameters {
        let name = parameter.name.as_str();
        shapes(report, &parameter.shape, name, &parameter.origin, "");
        preconditions(report, &parameter.preconditions, name, &parameter.origin);
    }
    if let Some(response) = &action.response {
        shapes(report, response, "", &root, "/response");
    }
    for waiter in api.waiters_of(action) {
        let name = waiter.name.as_str();
        described(report, &waiter.doc, name, name, waiter.origin.clone());
    }
}

fn shapes(report: &mut Report<'_>, shape: &Shape, name: &str, origin: &Origin, path: &str) {
    for each in nested(shape, name, path) {
        // The elements of a list and the response as a whole are described by what holds them.
        if !each.name.is_empty() {
            described(report, &each.shape.doc, &each.path, &each.path, key_below(origin, &each.pointer));
        }
        for choice in &each.shape.values {
            let thing = format!("{}={}", each.path, choice.wire);
            let origin = key_below(origin, &format!("{}/values{}", each.pointer, step(&choice.wire)));
            described(report, &choice.doc, &each.path, &thing, origin);
        }
    }
}

fn described(report: &mut Report<'_>, doc: &Doc, subject: &str, thing: &str, origin: Origin) {
    let languages = match (doc.en.is_empty(), doc.zh.is_empty()) {
        (false, false) => return,
        (true, false) => "in English",
        (false, true) => "in Chinese",
        (true, true) => "in any language",
    };
    report.add(&MISSING_DOC, &[subject], origin, format!("`{thing}` is not described {languages}"));
}

fn preconditions(report: &mut Report<'_>, preconditions: &[Precondition], name: &str, origin: &Origin) {
    for precondition in preconditions.iter().filter(|precondition| precondition.doc.is_empty()) {
        let message = format!("the precondition `{}` of `{name}` says nothing", precondition.id);
        let origin = key_below(origin, &format!("/preconditions{}", step(&precondition.id)));
        report.add(&UNNAMED_PRECONDITION, &[name, &precondition.id], origin, message);
    }
}

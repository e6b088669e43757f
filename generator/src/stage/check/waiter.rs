//! Waiters that ask an action: whether asking it again and again does harm, and whether an answer can ever end it well.

use super::Lint;
use super::place::below;
use super::report::{Report, listed};
use crate::diag::Level;
use crate::model::{ActionEffect, Api, Look, WaitState, Waiter};

pub(super) const WAITER_CHANGES: Lint = Lint {
    code: "waiter-changes",
    level: Level::Warning,
    summary: "A waiter asks an action that is not known to only read.",
    why: "A waiter calls its action many times: each call may change something or cost money.",
    cure: "let it ask an action that reads; if this one does, say `\"effect\": \"read\"` in its overlay",
};

pub(super) const WAITER_NEVER_SUCCEEDS: Lint = Lint {
    code: "waiter-never-succeeds",
    level: Level::Warning,
    summary: "No acceptor of a waiter means success.",
    why: "Whoever waits is told of a failure in the end, whatever happens.",
    cure: "add an acceptor whose `state` is `success`",
};

pub(super) const ACCEPTOR_OVERRULED: Lint = Lint {
    code: "acceptor-overruled",
    level: Level::Warning,
    summary: "An acceptor of a waiter lists a value that an acceptor before it has decided already.",
    why: "The first acceptor that fits decides, so the value never means what the later one says.",
    cure: "keep the value in one of the two",
};

pub(super) fn check(api: &Api, report: &mut Report<'_>) {
    for waiter in api.waiters_of(report.action) {
        if report.action.effect != ActionEffect::Read {
            let message = format!("`{}` asks `{}`, which is not known to only read", waiter.name, waiter.action);
            report.add(&WAITER_CHANGES, &[waiter.name.as_str()], below(&waiter.origin, "/action"), message);
        }
        if !waiter.acceptors.iter().any(|acceptor| acceptor.state == WaitState::Success) {
            let message = format!("`{}` never succeeds", waiter.name);
            report.add(&WAITER_NEVER_SUCCEEDS, &[waiter.name.as_str()], waiter.origin.clone(), message);
        }
        overruled(waiter, report);
    }
}

fn overruled(waiter: &Waiter, report: &mut Report<'_>) {
    for (index, acceptor) in waiter.acceptors.iter().enumerate() {
        let before = || waiter.acceptors.iter().take(index).filter(|before| before.look == acceptor.look);
        let decided = |value: &&String| {
            before().flat_map(|before| &before.values).any(|earlier| earlier.eq_ignore_ascii_case(value))
        };
        let values: Vec<&str> = acceptor.values.iter().filter(decided).map(String::as_str).collect();
        if values.is_empty() {
            continue;
        }
        let place = match &acceptor.look {
            Look::Field(field) => format!("`{field}`"),
            Look::Error => "the error's code".to_owned(),
        };
        let message = format!("an acceptor of `{}` before this one decides {} of {place}", waiter.name, listed(values));
        let origin = below(&waiter.origin, &format!("/acceptors/{index}/values"));
        report.add(&ACCEPTOR_OVERRULED, &[waiter.name.as_str()], origin, message);
    }
}

//! How a fact or a rule came to be known, where that calls for a person.

use super::Lint;
use super::place::below;
use super::report::{Report, listed};
use crate::diag::Level;
use crate::model::{Authority, Confidence, Dispute, Doubt};

pub(super) const LANGUAGES_DISAGREE: Lint = Lint {
    code: "languages-disagree",
    level: Level::Warning,
    summary: "The source says one thing in one language and another thing in another.",
    why: "One of them is out of date, and the rule follows one of them.",
    cure: "find out which is right, and say so in an overlay with `\"authority\": \"judged\"`",
};

pub(super) const NORMALIZED_VALUE: Lint = Lint {
    code: "normalized-value",
    level: Level::Warning,
    summary: "A name or a value was mended when the rule was read, and no person has confirmed it.",
    why: "If the service takes the source's spelling after all, the rule is wrong.",
    cure: "confirm it in an overlay with `\"authority\": \"judged\"`, or mend the rule",
};

pub(super) const SOURCES_DISAGREE: Lint = Lint {
    code: "sources-disagree",
    level: Level::Note,
    summary: "Two sources say different things, and one of them was taken.",
    why: "The other may be the one that is right: the newest word counts, and Chinese before English.",
    cure: "say what is right in an overlay, or allow this finding with the reason",
};

pub(super) const DECLARED_OTHERWISE: Lint = Lint {
    code: "declared-otherwise",
    level: Level::Note,
    summary: "Upstream declares what its own words deny, or what a value of the type cannot be.",
    why: "What is declared so binds nothing: if it is right after all, a check is missing, or too strict.",
    cure: "say what is right in an overlay, or allow this finding with the reason",
};

pub(super) const LOST_UPSTREAM: Lint = Lint {
    code: "lost-upstream",
    level: Level::Note,
    summary: "Older sources know parameters or fields that the newest one does not.",
    why: "The service may not take or send them any more, or the newest source may be incomplete.",
    cure: "take away in an overlay (`null`) what is gone, or allow this finding with the reason",
};

pub(super) fn check(report: &mut Report<'_>) {
    for Dispute { subjects, doubt, origin } in &report.action.disputes {
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        let all = listed(subjects.iter().copied());
        let (lint, message) = match doubt {
            Doubt::Sources { keyword, others } => {
                (&SOURCES_DISAGREE, format!("another `{keyword}` of {all} is known from {}", others.join(", ")))
            }
            Doubt::Declared { keyword, declared, taken: Some(taken) } => (
                &DECLARED_OTHERWISE,
                format!("`{keyword}` of {all} is declared as `{declared}` and said to be `{taken}`, which counts"),
            ),
            Doubt::Declared { keyword, declared, taken: None } => (
                &DECLARED_OTHERWISE,
                format!("`{keyword}` of {all} is declared as `{declared}`, which cannot be: nothing counts"),
            ),
            Doubt::Lost { known, newest } => {
                let (known, newest) = (known.join(", "), newest.join(", "));
                (&LOST_UPSTREAM, format!("{all}: known from {known} and not from {newest}, the newest source"))
            }
        };
        report.add(lint, &subjects, origin.clone(), message);
    }
    for rule in report.rules().iter().filter(|rule| rule.authority != Authority::Judged) {
        let origin = below(&rule.origin, "/source");
        if rule.source.confidence == Confidence::Conflicting {
            let message = format!("the source's languages disagree about `{}`", rule.id);
            report.add(&LANGUAGES_DISAGREE, &[&rule.id], origin.clone(), message);
        }
        for (taken, written) in &rule.source.as_written {
            let message = format!("`{}` takes `{written}` of the source for `{taken}`", rule.id);
            report.add(&NORMALIZED_VALUE, &[&rule.id], origin.clone(), message);
        }
        if rule.source.confidence == Confidence::Normalized && rule.source.as_written.is_empty() {
            let message = format!("a name in `{}` is not spelt as in the source", rule.id);
            report.add(&NORMALIZED_VALUE, &[&rule.id], origin, message);
        }
    }
}

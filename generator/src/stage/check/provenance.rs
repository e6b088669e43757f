//! How a rule came to be known, where that calls for a person.

use super::Lint;
use super::place::below;
use super::report::Report;
use crate::diag::Level;
use crate::model::{Authority, Confidence};

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

pub(super) fn check(report: &mut Report<'_>) {
    for dispute in &report.action.disputes {
        let message = format!(
            "another `{}` of `{}` is known from {}",
            dispute.keyword,
            dispute.subject,
            dispute.sources.join(", ")
        );
        report.add(&SOURCES_DISAGREE, &[&dispute.subject], dispute.origin.clone(), message);
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

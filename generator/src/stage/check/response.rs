//! What is said about the answer, against the answer that is shown.

use super::Lint;
use super::fit::{Misfit, Reading, misfits};
use super::place::{below, root};
use super::report::Report;
use crate::diag::Level;
use crate::model::Api;

pub(super) const RESPONSE_TYPE: Lint = Lint {
    code: "response-type",
    level: Level::Warning,
    summary: "A response field is not of its documented type in the JSON sample.",
    why: "Generated clients in strict languages promise the documented type to their callers.",
    cure: "find out which of the two the service sends, and mend the other",
};

pub(super) const RESPONSE_UNLISTED: Lint = Lint {
    code: "response-unlisted",
    level: Level::Warning,
    summary: "The JSON sample shows a field that the response does not list.",
    why: "Generated clients give callers no way to read it by name.",
    cure: "add the field to the response, or mend its name in the sample",
};

pub(super) fn check(api: &Api, report: &mut Report<'_>) {
    let action = report.action;
    let (Some(response), Some(sample)) = (&action.response, &action.samples.json) else { return };
    for (at, misfit) in misfits(api, response, sample, Reading::Json) {
        let origin = below(&root(&action.origin), &format!("/samples/json{at}"));
        // The elements of a list are one field: an allowance must not have to count them.
        let named = |step: &&str| !step.is_empty() && step.parse::<usize>().is_err();
        let path = at.split('/').filter(named).collect::<Vec<_>>().join(".");
        match misfit {
            Misfit::Type(found, documented) => {
                let message = format!("the response says that `{path}` is {documented}; the JSON sample shows {found}");
                report.add(&RESPONSE_TYPE, &[&path], origin, message);
            }
            Misfit::Unlisted(_) => {
                let message = format!("the response does not list `{path}`, which the JSON sample shows");
                report.add(&RESPONSE_UNLISTED, &[&path], origin, message);
            }
            // Samples show shortened and masked values.
            Misfit::Bound(_) => {}
        }
    }
}

//! Explanations for people and for programs.

use super::{Explained, Outcome, Statement, Verdict};
use crate::spec::Confidence;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// For people: by parameter, each sentence with what was made of it.
pub fn human(all: &[Explained]) -> String {
    let mut text = String::new();
    let mut before = None;
    for explained in all {
        let of = (&explained.action, &explained.parameter, explained.language);
        if before != Some(of) {
            let _ = writeln!(text, "{} {} ({})", explained.action, explained.parameter, explained.language);
            before = Some(of);
        }
        let verdict = match explained.verdict {
            Verdict::Understood => "understood",
            Verdict::NotUnderstood => "not understood",
            Verdict::NoRule => "no rule",
        };
        let Explained { spot, sentence, .. } = explained;
        let _ = writeln!(text, "  {spot}: {verdict}: {sentence}");
        for statement in &explained.statements {
            let _ = writeln!(text, "    {}", shown(statement));
        }
    }
    text
}

fn shown(statement: &Statement) -> String {
    let Statement { pattern, says, outcome } = statement;
    let outcome = match outcome {
        Outcome::Rule { id, confidence: Confidence::Exact } => format!("rule `{id}`"),
        Outcome::Rule { id, .. } => format!("rule `{id}`, a name or a value mended"),
        Outcome::Known => "a rule that is stated before".to_owned(),
        Outcome::Keyword => "a keyword".to_owned(),
        Outcome::Precondition { id, why } => format!("precondition `{id}`: {why}"),
        Outcome::NoRule => "no rule".to_owned(),
        Outcome::Unfit => "does not fit the type".to_owned(),
    };
    format!("[{pattern}] {says} -> {outcome}")
}

/// For programs: one object a sentence.
pub fn machine(all: &[Explained]) -> Value {
    json!({ "sentences": all })
}

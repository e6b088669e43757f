//! What was understood, sentence by sentence: the data, and how it is shown. It explains what `assemble` did and decides
//! nothing itself.

mod show;
mod words;

pub use show::{human, machine};

use super::draft::{Draft, Field};
use super::prose::{Heard, Names, Phrases, Reading, looks_like_rule, skeleton};
use super::report::Spot;
use crate::spec::Confidence;
use serde::Serialize;

/// A sentence and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    /// Where it stands.
    #[serde(flatten)]
    pub spot: Spot,
    /// The language, as specs write it.
    pub language: &'static str,
    /// The action.
    pub action: String,
    /// The parameter.
    pub parameter: String,
    /// The sentence. It goes into reports and never into a spec.
    pub sentence: String,
    /// It has words that tell a rule.
    pub rule_like: bool,
    /// What was made of it.
    pub verdict: Verdict,
    /// Its words without what is particular to it, if it was not understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skeleton: Option<String>,
    /// What it says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
}

/// What was made of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// It states something.
    Understood,
    /// It looks like a rule and no pattern fits all of it.
    NotUnderstood,
    /// It states nothing that a request could break.
    NoRule,
}

/// What one pattern found in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// The pattern's id.
    pub pattern: String,
    /// The statement in words.
    pub says: String,
    /// What was made of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What was made of a statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum Outcome {
    /// A rule.
    Rule {
        /// Its id.
        id: String,
        /// How sure we are of it.
        confidence: Confidence,
    },
    /// A rule that another sentence states, too.
    Known,
    /// A keyword of the parameter.
    Keyword,
    /// A statement that a request alone cannot settle.
    Precondition {
        /// Its id.
        id: String,
        /// Why it is no rule.
        why: &'static str,
    },
    /// An explanation.
    NoRule,
    /// It does not fit the parameter's type.
    Unfit,
}

/// Explains what was read in a field's description; the outcomes are those of its facts, in order. The file and the
/// action are the draft's: see [`within`].
pub fn explained(
    field: &Field,
    reading: &Reading,
    outcomes: Vec<Outcome>,
    names: &Names,
    phrases: &Phrases,
) -> Vec<Explained> {
    let sentence = |heard: &Heard| Explained {
        spot: Spot::within(&field.description, heard.line),
        language: phrases.language.code(),
        action: String::new(),
        parameter: field.name.clone(),
        sentence: heard.text.clone(),
        rule_like: looks_like_rule(heard, phrases),
        verdict: if heard.missed { Verdict::NotUnderstood } else { Verdict::NoRule },
        skeleton: heard.missed.then(|| skeleton(heard, names)),
        statements: vec![],
    };
    let mut all: Vec<Explained> = reading.heard.iter().map(sentence).collect();
    for (fact, outcome) in reading.facts.iter().zip(outcomes) {
        let Some(explained) = all.get_mut(fact.heard) else {
            continue;
        };
        if explained.verdict == Verdict::NoRule && outcome != Outcome::NoRule {
            explained.verdict = Verdict::Understood;
        }
        let says = words::statement(fact, &field.name);
        explained.statements.push(Statement { pattern: fact.family.clone(), says, outcome });
    }
    all
}

/// The same, with the draft that the field belongs to.
pub fn within(draft: &Draft, explained: Vec<Explained>) -> impl Iterator<Item = Explained> {
    explained.into_iter().map(|explained| Explained {
        spot: Spot { file: draft.file.to_string(), ..explained.spot },
        action: draft.action().to_owned(),
        ..explained
    })
}

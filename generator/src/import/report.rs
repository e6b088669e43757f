//! What an import found, in figures, and what it did not understand.

use super::explain::Explained;
use super::merge::Conflict;
use super::survey::Survey;
use indexmap::IndexMap;
use serde::Serialize;

/// What an import found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The actions, in order.
    pub actions: Vec<String>,
    /// Request parameters, members of lists included.
    pub parameters: usize,
    /// Response fields.
    pub fields: usize,
    /// Documented values of request parameters.
    pub values: usize,
    /// Documented defaults of request parameters.
    pub defaults: usize,
    /// Rules by effect.
    pub rules: IndexMap<&'static str, RuleCount>,
    /// Statements that a request alone cannot settle.
    pub preconditions: usize,
    /// What sources disagree about.
    pub conflicts: Vec<Conflict>,
    /// Sentences that look like rules and were not understood.
    pub not_understood: Vec<Missed>,
    /// What became of each sentence, if somebody asks.
    #[serde(skip)]
    pub explained: Vec<Explained>,
    /// How much of the prose is understood, if somebody asks.
    #[serde(skip)]
    pub survey: Survey,
}

/// How many rules of one effect, by how sure we are of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// Names and values stand in the document as they stand in the rule.
    pub exact: usize,
    /// A name or a value had to be mended.
    pub normalized: usize,
}

/// A sentence that looks like a rule and was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The action.
    pub action: String,
    /// The parameter.
    pub parameter: String,
    /// The sentence. It goes into reports and never into a spec.
    pub sentence: String,
}

impl Report {
    /// Adds the figures of a source. What is not the first one's word on an action is no further action, but what was not
    /// understood in it was not understood.
    pub fn add_source(&mut self, other: Report, first: bool) {
        if first {
            self.add(other);
        } else {
            self.not_understood.extend(other.not_understood);
            self.explained.extend(other.explained);
            self.survey.add(other.survey);
        }
    }

    /// Adds the figures of another report.
    pub fn add(&mut self, other: Report) {
        let Report {
            actions,
            parameters,
            fields,
            values,
            defaults,
            rules,
            preconditions,
            conflicts,
            not_understood,
            explained,
            survey,
        } = other;
        self.actions.extend(actions);
        self.parameters += parameters;
        self.fields += fields;
        self.values += values;
        self.defaults += defaults;
        for (effect, count) in rules {
            let sum = self.rules.entry(effect).or_default();
            sum.exact += count.exact;
            sum.normalized += count.normalized;
        }
        self.preconditions += preconditions;
        self.conflicts.extend(conflicts);
        self.not_understood.extend(not_understood);
        self.explained.extend(explained);
        self.survey.add(survey);
    }

    /// All rules.
    pub fn rule_count(&self) -> usize {
        self.rules.values().map(|count| count.exact + count.normalized).sum()
    }
}

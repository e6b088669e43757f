//! What an import found, in figures, and what it did not understand. The figures are of the actions as they are merged;
//! the sentences are those of every source.

use super::Description;
use super::explain::Explained;
use super::merge::Conflict;
use super::survey::Survey;
use crate::diag::{Origin, Sources};
use crate::spec::{Action, AdditionalProperties, Confidence, Parameter, Rule};
use indexmap::IndexMap;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// What an import found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The actions, in order.
    pub actions: Vec<String>,
    /// Request parameters, members included.
    pub parameters: usize,
    /// Response fields, members included.
    pub fields: usize,
    /// Documented values of request parameters.
    pub values: usize,
    /// Documented defaults of request parameters.
    pub defaults: usize,
    /// Bounds of request parameters: of numbers, of lengths, of how many there are.
    pub bounds: usize,
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
    /// The languages disagree.
    pub conflicting: usize,
}

/// A sentence that looks like a rule and was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Missed {
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
}

/// Where a sentence stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// The file.
    pub file: String,
    /// The line, from 1, as far as it is known: [`locate`] finds that of a pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column of the text that it stands in, from 1, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The JSON pointer of the text that it stands in, if the file is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

/// `page.md:7`, or `api-docs.json:3:20#/apis/DoIt/parameters/0/schema/description`.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        if let Some(pointer) = &self.pointer {
            write!(f, "#{pointer}")?;
        }
        Ok(())
    }
}

impl Spot {
    /// A sentence of a description, by the line that the description knows; of which file is told later.
    pub fn within(description: &Description, line: usize) -> Spot {
        Spot { line: Some(line).filter(|line| *line > 0), pointer: description.pointer.clone(), ..Spot::default() }
    }
}

/// Looks up the lines and columns of spots that are known by their pointers. Each file is parsed once.
pub fn locate<'s>(spots: impl IntoIterator<Item = &'s mut Spot>, sources: &Sources) {
    let origin = |spot: &Spot| Some(Origin::value(&Arc::from(spot.file.as_str()), spot.pointer.as_deref()?));
    let spots: Vec<(Origin, &mut Spot)> =
        spots.into_iter().filter(|spot| spot.line.is_none()).filter_map(|spot| Some((origin(spot)?, spot))).collect();
    let found = sources.locate_all(spots.iter().map(|(origin, _)| origin));
    let found: Vec<_> = spots.iter().map(|(origin, _)| found.get(origin).copied()).collect();
    for ((_, spot), at) in spots.into_iter().zip(found) {
        (spot.line, spot.column) = (at.map(|at| at.line), at.map(|at| at.column));
    }
}

impl Report {
    /// Adds what became of a source's sentences.
    pub(super) fn hear(&mut self, heard: Heard) {
        self.not_understood.extend(heard.not_understood);
        self.explained.extend(heard.explained);
        self.survey.add(heard.survey);
    }

    /// Adds the figures of an action.
    pub fn count(&mut self, action: &Action) {
        self.actions.push(action.action.clone());
        for parameter in action.parameters.values() {
            self.parameters += 1;
            self.parameter(parameter);
        }
        self.fields += action.response.iter().flat_map(|answer| answer.properties.values()).map(named).sum::<usize>();
        for rule in action.rules.values() {
            let count = self.rules.entry(effect(rule)).or_default();
            match rule.source.as_ref().and_then(|source| source.confidence).unwrap_or(Confidence::Exact) {
                Confidence::Exact => count.exact += 1,
                Confidence::Normalized => count.normalized += 1,
                Confidence::Conflicting => count.conflicting += 1,
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.parameters += parameter.properties.len();
        self.values += parameter.values.len();
        self.defaults += usize::from(parameter.default.is_some());
        self.preconditions += parameter.preconditions.len();
        let Parameter { minimum, maximum, exclusive_minimum, exclusive_maximum, .. } = parameter;
        let numbers = [minimum, maximum, exclusive_minimum, exclusive_maximum];
        let sizes = [parameter.min_length, parameter.max_length, parameter.min_items, parameter.max_items];
        self.bounds += numbers.into_iter().flatten().count() + sizes.into_iter().flatten().count();
        inside(parameter).for_each(|inner| self.parameter(inner));
    }

    /// All rules.
    pub fn rule_count(&self) -> usize {
        self.rules.values().map(|count| count.exact + count.normalized + count.conflicting).sum()
    }
}

/// What became of the sentences of one document about one action.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub not_understood: Vec<Missed>,
    pub explained: Vec<Explained>,
    pub survey: Survey,
}

/// A field, and all that have a name below it.
fn named(field: &Parameter) -> usize {
    1 + below(field)
}

fn below(field: &Parameter) -> usize {
    field.properties.len() + inside(field).map(below).sum::<usize>()
}

/// What a parameter is made of.
fn inside(parameter: &Parameter) -> impl Iterator<Item = &Parameter> {
    let others = match &parameter.additional_properties {
        Some(AdditionalProperties::Of(others)) => Some(&**others),
        Some(AdditionalProperties::Any(_)) | None => None,
    };
    let boxed = [parameter.items.as_deref(), parameter.content_schema.as_deref(), others];
    parameter.properties.values().chain(boxed.into_iter().flatten())
}

/// What a rule does, in a word.
fn effect(rule: &Rule) -> &'static str {
    let negated = rule.when.as_ref().is_some_and(|when| when.not.is_some());
    let effects = [
        ("require", !rule.require.is_empty()),
        ("available", !rule.forbid.is_empty() && negated),
        ("forbid", !rule.forbid.is_empty()),
        ("ignore", !rule.ignore.is_empty()),
        ("constrain", !rule.constrain.is_empty()),
        ("exactlyOne", !rule.exactly_one.is_empty()),
        ("atLeastOne", !rule.at_least_one.is_empty()),
        ("atMostOne", !rule.at_most_one.is_empty()),
        ("allOrNone", !rule.all_or_none.is_empty()),
    ];
    effects.into_iter().find(|(_, has)| *has).map_or("equal", |(effect, _)| effect)
}

//! How much of the prose is understood: rules by pattern and language, the share of rule-like sentences, and what the
//! sentences that are not understood look like. Figures alone; they add up over any number of documents.

use super::explain::{Explained, Outcome, Verdict};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The figures, by language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    languages: IndexMap<&'static str, Figures>,
}

/// The figures of one language.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Sentences.
    pub sentences: usize,
    /// Those that look like rules.
    pub rule_like: usize,
    /// Of those, the ones that are understood: as a rule, a keyword, a precondition or an explanation.
    pub understood: usize,
    /// What each pattern found.
    pub patterns: IndexMap<String, Found>,
    /// What the sentences that are not understood look like, and how many of each there are.
    pub skeletons: IndexMap<String, usize>,
}

/// What a pattern found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Rules, those that are stated twice included.
    pub rules: usize,
    /// Keywords of parameters.
    pub keywords: usize,
    /// Preconditions.
    pub preconditions: usize,
    /// Explanations, and what does not fit.
    pub other: usize,
}

/// As many of the commonest skeletons as are shown.
const SHOWN: usize = 40;

impl Survey {
    /// The figures of some sentences.
    pub fn of(all: &[Explained]) -> Survey {
        let mut survey = Survey::default();
        for explained in all {
            let figures = survey.languages.entry(explained.language).or_default();
            figures.sentences += 1;
            let missed = explained.verdict == Verdict::NotUnderstood;
            let states = explained.statements.iter().any(|statement| statement.outcome != Outcome::NoRule);
            if missed || explained.rule_like || states {
                figures.rule_like += 1;
                figures.understood += usize::from(!missed);
            }
            if let Some(skeleton) = &explained.skeleton {
                *figures.skeletons.entry(skeleton.clone()).or_default() += 1;
            }
            for statement in &explained.statements {
                let found = figures.patterns.entry(statement.pattern.clone()).or_default();
                match statement.outcome {
                    Outcome::Rule { .. } | Outcome::Known => found.rules += 1,
                    Outcome::Keyword => found.keywords += 1,
                    Outcome::Precondition { .. } => found.preconditions += 1,
                    Outcome::NoRule | Outcome::Unfit => found.other += 1,
                }
            }
        }
        survey
    }

    /// Adds other figures.
    pub fn add(&mut self, other: Survey) {
        for (language, figures) in other.languages {
            let sum = self.languages.entry(language).or_default();
            sum.sentences += figures.sentences;
            sum.rule_like += figures.rule_like;
            sum.understood += figures.understood;
            for (pattern, found) in figures.patterns {
                let all = sum.patterns.entry(pattern).or_default();
                all.rules += found.rules;
                all.keywords += found.keywords;
                all.preconditions += found.preconditions;
                all.other += found.other;
            }
            for (skeleton, count) in figures.skeletons {
                *sum.skeletons.entry(skeleton).or_default() += count;
            }
        }
    }

    /// The figures of a language.
    pub fn language(&self, code: &str) -> Option<&Figures> {
        self.languages.get(code)
    }

    /// For people.
    pub fn human(&self) -> String {
        let mut text = String::new();
        for (language, figures) in &self.languages {
            let Figures { sentences, rule_like, understood, .. } = figures;
            let _ = writeln!(
                text,
                "{language}: {sentences} sentences, {rule_like} look like rules, {understood} of them understood ({:.1} %)",
                100.0 * figures.share()
            );
            let _ = writeln!(
                text,
                "  {:8} {:>7} {:>8} {:>13} {:>7}",
                "pattern", "rules", "keywords", "preconditions", "other"
            );
            for (pattern, found) in figures.by_pattern() {
                let Found { rules, keywords, preconditions, other } = found;
                let _ = writeln!(text, "  {pattern:8} {rules:7} {keywords:8} {preconditions:13} {other:7}");
            }
            let _ = writeln!(text, "  not understood, the commonest:");
            for (skeleton, count) in figures.commonest() {
                let _ = writeln!(text, "  {count:5}  {skeleton}");
            }
        }
        text
    }

    /// For programs.
    pub fn machine(&self) -> Value {
        let languages = self.languages.iter().map(|(language, figures)| {
            let commonest: Vec<Value> = figures
                .commonest()
                .into_iter()
                .map(|(skeleton, count)| json!({"skeleton": skeleton, "count": count}))
                .collect();
            let value = json!({
                "sentences": figures.sentences,
                "ruleLike": figures.rule_like,
                "understood": figures.understood,
                "share": figures.share(),
                "patterns": figures.by_pattern().into_iter().collect::<IndexMap<_, _>>(),
                "notUnderstood": commonest,
            });
            ((*language).to_owned(), value)
        });
        json!({ "languages": languages.collect::<serde_json::Map<_, _>>() })
    }
}

impl Figures {
    /// The share of rule-like sentences that are understood.
    #[allow(clippy::cast_precision_loss)]
    pub fn share(&self) -> f64 {
        if self.rule_like == 0 { 1.0 } else { self.understood as f64 / self.rule_like as f64 }
    }

    fn by_pattern(&self) -> Vec<(&str, Found)> {
        let mut all: Vec<_> = self.patterns.iter().map(|(pattern, found)| (pattern.as_str(), *found)).collect();
        all.sort_by_key(|(pattern, _)| *pattern);
        all
    }

    fn commonest(&self) -> Vec<(&str, usize)> {
        let mut all: Vec<_> = self.skeletons.iter().map(|(skeleton, count)| (skeleton.as_str(), *count)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        all.truncate(SHOWN);
        all
    }
}

//! Facts about parameters become rules with stable ids.
//!
//! An id is made of the parameter and the effect, so that an overlay that names it survives the next import. The same
//! rule said twice is one rule.

mod conditions;
mod ids;

use super::draft::Field;
use super::prose::{Effect, Fact};
use super::repeated::{addressable, addressed};
use super::report::RuleCount;
use crate::spec::{Authority, Condition, Confidence, Constraint, Map, Parameter, Rule, Source, ValueEntry};
use indexmap::{IndexMap, IndexSet};
use serde_json::Number;

pub use conditions::conditioned;
pub use ids::{free, precondition_id, same};

/// What became of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is about the value alone: a keyword of the parameter.
    OfTheValue,
    /// A request cannot settle it.
    Doubtful,
    /// It does not fit its parameter.
    Unfit,
    /// A rule, by id.
    Rule(String, Confidence),
    /// A rule that there is already.
    Known,
    /// There is nothing more to do.
    Nothing,
}

/// The rules of an action.
pub struct RuleBook<'a> {
    fields: &'a [Field],
    rules: Map<Rule>,
    counts: IndexMap<&'static str, RuleCount>,
}

/// A rule, and what its id says about it.
struct Stated {
    /// The parameters that it is about; the first gives the rule its name.
    about: Vec<String>,
    effect: &'static str,
    rule: Rule,
}

impl<'a> RuleBook<'a> {
    /// No rules yet, for an action of these parameters.
    pub fn new(fields: &'a [Field]) -> RuleBook<'a> {
        RuleBook { fields, rules: Map::new(), counts: IndexMap::new() }
    }

    /// The rules, and how many of each effect.
    pub fn finish(self) -> (Map<Rule>, IndexMap<&'static str, RuleCount>) {
        (self.rules, self.counts)
    }

    /// Takes a fact from the description of a field.
    pub fn take(&mut self, row: &str, fact: &Fact, parameter: &Parameter, source: impl FnOnce() -> Source) -> Said {
        if fact.bound.condition.is_none() && of_the_value(&fact.effect) {
            return Said::OfTheValue;
        }
        let Some(Stated { about, effect, mut rule }) = self.stated(row, fact, parameter) else {
            return Said::Doubtful;
        };
        let named = about.iter().chain(rule.when.iter().flat_map(conditions::parameters));
        if !named.into_iter().all(|name| addressable(name)) {
            return Said::Doubtful;
        }
        if self.rules.values().any(|other| ids::same(other, &rule)) {
            return Said::Known;
        }
        let mut written = fact.bound.condition.as_deref().map(conditions::spellings).unwrap_or_default();
        written.extend(fact.bound.mended.clone());
        let confidence = if written.is_empty() { Confidence::Exact } else { Confidence::Normalized };
        rule.source = Some(Source { confidence: Some(confidence), as_written: written, ..source() });
        rule.authority = Some(Authority::Documented);
        let count = self.counts.entry(effect).or_default();
        match confidence {
            Confidence::Exact => count.exact += 1,
            _ => count.normalized += 1,
        }
        let id = free(&ids::rule_id(&about, effect, &rule), |id| self.rules.contains_key(id));
        self.rules.insert(id.clone(), rule);
        Said::Rule(id, confidence)
    }

    fn stated(&self, row: &str, fact: &Fact, parameter: &Parameter) -> Option<Stated> {
        let own = addressed(row);
        let bound = &fact.bound;
        let when = bound.condition.as_ref().map(|condition| self.condition(condition));
        let unless = || Some(self.unless(bound.condition.as_ref()?));
        let given = |names: &[String]| Some(Condition { present: names.to_vec(), ..Condition::default() });
        let targets = if bound.targets.is_empty() { vec![own.to_owned()] } else { bound.targets.clone() };
        let group = || Some(group(own, fact)).filter(|group| group.len() > 1);
        let mut rule = Rule { when: when.clone(), ..Rule::default() };
        let (about, effect) = match fact.effect {
            // What this parameter's presence demands of others is this parameter's rule.
            Effect::Require
                if when.as_ref() == given(&[own.to_owned()]).as_ref()
                    && !targets.iter().any(|target| target == own) =>
            {
                rule.require.clone_from(&targets);
                (vec![own.to_owned()], "requires")
            }
            Effect::Require => {
                when?;
                rule.require.clone_from(&targets);
                (targets, "require")
            }
            Effect::Available => {
                (rule.when, rule.forbid) = (Some(unless()?), targets.clone());
                (targets, "available")
            }
            Effect::Ignore => {
                when?;
                rule.ignore.clone_from(&targets);
                (targets, "ignore")
            }
            Effect::Effective => {
                (rule.when, rule.ignore) = (Some(unless()?), targets.clone());
                (targets, "effective")
            }
            Effect::Forbid => {
                when?;
                rule.forbid.clone_from(&targets);
                (targets, "forbid")
            }
            Effect::Requires => {
                let explained = || fact.value.as_ref().map(|value| self.is(own, [value.as_str()]));
                rule.when = when.or_else(explained).or_else(|| given(&[own.to_owned()]));
                rule.require = Some(bound.params.clone()).filter(|params| !params.is_empty())?;
                (vec![own.to_owned()], "requires")
            }
            Effect::Overruled => {
                let winner = |name: &&String| bound.params.contains(name);
                let losers: Vec<String> = targets.iter().filter(|name| !winner(name)).cloned().collect();
                rule.when = given(&bound.params);
                rule.ignore = Some(losers.clone()).filter(|losers| !losers.is_empty())?;
                (losers, "overruled")
            }
            Effect::ExactlyOne => (rule_group(&mut rule.exactly_one, group()?), "exactlyOne"),
            Effect::AtLeastOne => (rule_group(&mut rule.at_least_one, group()?), "atLeastOne"),
            Effect::AtMostOne => (rule_group(&mut rule.at_most_one, group()?), "atMostOne"),
            Effect::AllOrNone => (rule_group(&mut rule.all_or_none, group()?), "allOrNone"),
            Effect::Equal => {
                let other = bound.params.first().filter(|other| *other != own)?;
                rule.equal = vec![own.to_owned(), other.clone()];
                (vec![own.to_owned()], "equal")
            }
            Effect::ValueAvailable => {
                let value = bound.values.first()?;
                let left: Map<_> = parameter.values.keys().filter(|listed| *listed != value).map(unexplained).collect();
                let listed = !left.is_empty() && left.len() < parameter.values.len();
                rule.when = Some(listed.then(unless).flatten()?);
                rule.constrain = Map::from([(own.to_owned(), Constraint { values: left, ..Constraint::default() })]);
                (vec![own.to_owned()], "constrain")
            }
            _ => {
                when?;
                rule.constrain = Map::from([(own.to_owned(), constraint(fact)?)]);
                (vec![own.to_owned()], "constrain")
            }
        };
        Some(Stated { about, effect, rule })
    }
}

/// Effects that, without a condition, are keywords of the parameter.
fn of_the_value(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Range
            | Effect::Minimum
            | Effect::Maximum
            | Effect::Above
            | Effect::Length
            | Effect::MaxLength
            | Effect::Items
            | Effect::MaxItems
            | Effect::Pattern(_)
            | Effect::Format(_)
            | Effect::Json
            | Effect::Values
            | Effect::ValuesFollow
            | Effect::Default
            | Effect::ValueDefault
            | Effect::Lookup
            | Effect::Deprecated
            | Effect::IdempotencyToken
    )
}

/// The keywords that a conditional bound puts on its parameter.
fn constraint(fact: &Fact) -> Option<Constraint> {
    let numbers = &fact.bound.numbers;
    let number = |at: usize| numbers.get(at).cloned();
    let whole = |at: usize| numbers.get(at).and_then(Number::as_u64);
    let mut keywords = Constraint::default();
    match fact.effect {
        Effect::Range => (keywords.minimum, keywords.maximum) = (number(0), number(1)),
        Effect::Minimum => keywords.minimum = number(0),
        Effect::Maximum => keywords.maximum = number(0),
        Effect::Above => keywords.exclusive_minimum = number(0),
        Effect::Length => (keywords.min_length, keywords.max_length) = (whole(0), whole(1)),
        Effect::MaxLength => keywords.max_length = whole(0),
        Effect::Items => (keywords.min_items, keywords.max_items) = (whole(0), whole(1)),
        Effect::MaxItems => keywords.max_items = whole(0),
        Effect::Values => keywords.values = fact.bound.values.iter().map(unexplained).collect(),
        _ => return None,
    }
    Some(keywords)
}

fn unexplained(value: impl AsRef<str>) -> (String, ValueEntry) {
    (value.as_ref().to_owned(), ValueEntry::default())
}

/// This parameter, if it is not named, and those that are.
fn group(own: &str, fact: &Fact) -> Vec<String> {
    let named = fact.bound.targets.iter().chain(&fact.bound.params).map(String::as_str);
    let own = (fact.bound.targets.len() < 2).then_some(own);
    let all: IndexSet<&str> = own.into_iter().chain(named).collect();
    all.into_iter().map(str::to_owned).collect()
}

fn rule_group(list: &mut Vec<String>, group: Vec<String>) -> Vec<String> {
    list.clone_from(&group);
    group
}

//! Facts about parameters become rules with stable ids.
//!
//! An id is made of the parameter and the effect, so that an overlay that names it survives the next import. The same
//! rule said twice is one rule.

mod conditions;
mod ids;

use super::draft::Field;
use super::example;
use super::prose::{Cond, Effect, Fact, Folded};
use super::repeated::{addressable, addressed};
use crate::spec::{
    Authority, Condition, Confidence, Constraint, Map, Parameter, Rule, Severity, Source, Type, ValueEntry,
};
use indexmap::IndexSet;
use serde_json::Number;
use std::collections::BTreeSet;
use std::sync::Arc;

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
    /// The parameters whose values have parts.
    parts: BTreeSet<&'a str>,
    rules: Map<Rule>,
}

/// A rule, and what its id says about it.
struct Stated {
    /// The parameters that it is about; the first gives the rule its name.
    about: Vec<String>,
    effect: &'static str,
    rule: Rule,
}

impl<'a> RuleBook<'a> {
    /// No rules yet, for an action of these parameters, of which some have values with parts.
    pub fn new(fields: &'a [Field], parts: BTreeSet<&'a str>) -> RuleBook<'a> {
        RuleBook { fields, parts, rules: Map::new() }
    }

    /// The rules, by id.
    pub fn finish(self) -> Map<Rule> {
        self.rules
    }

    /// Takes a fact from the description of a field.
    pub fn take(&mut self, row: &str, fact: &Fact, parameter: &Parameter, source: impl FnOnce() -> Source) -> Said {
        let own = addressed(row);
        let explained = fact.value.as_deref().filter(|value| parameter.values.contains_key(*value));
        let fact = &match explained {
            None => fact.clone(),
            Some(value) => match of_value(own, value, fact, parameter) {
                Ok(fact) => fact,
                Err(said) => return said,
            },
        };
        if fact.bound.condition.is_none() && of_the_value(&fact.effect) {
            return Said::OfTheValue;
        }
        // "If this is used", said of a flag, may well mean that it is set.
        if self.flagged(own, fact) {
            return Said::Doubtful;
        }
        let required = fact.effect == Effect::Require && fact.bound.condition.is_none() && parameter.required;
        let Some(Stated { about, effect, mut rule }) = self.stated(own, fact, parameter) else {
            return if required { Said::Nothing } else { Said::Doubtful };
        };
        let mut named = about.iter().chain(rule.when.iter().flat_map(conditions::parameters));
        if !named.all(|name| addressable(name)) || !self.comparable(&rule) {
            return Said::Doubtful;
        }
        if self.rules.values().any(|other| ids::same(other, &rule)) {
            return Said::Known;
        }
        let mut written = fact.bound.condition.as_deref().map(conditions::spellings).unwrap_or_default();
        written.extend(fact.bound.mended.clone());
        let exact = written.is_empty() && fact.site.is_none();
        let confidence = if exact { Confidence::Exact } else { Confidence::Normalized };
        // Nobody is held to a rule that took some mending, or that is said to be without consequence.
        let lenient = fact.effect == Effect::ValueEffective || !exact;
        rule.severity = (lenient && rule.ignore.is_empty()).then_some(Severity::Advice);
        rule.source = Some(Source { confidence: Some(confidence), as_written: written, ..source() });
        rule.authority = Some(Authority::Documented);
        let id = free(&ids::rule_id(&about, effect, &rule), |id| self.rules.contains_key(id));
        self.rules.insert(id.clone(), rule);
        Said::Rule(id, confidence)
    }

    fn stated(&self, own: &str, fact: &Fact, parameter: &Parameter) -> Option<Stated> {
        let bound = &fact.bound;
        // That it is given itself goes without saying where it is the one that loses.
        let condition = bound.condition.as_deref();
        let others_given =
            condition.filter(|_| loses(own, fact)).and_then(|condition| conditions::without(condition, own));
        let condition = others_given.as_ref().or(condition);
        let when = condition.map(|condition| self.condition(condition));
        let unless = || Some(self.unless(condition?));
        let given = |names: &[String]| Some(Condition { present: names.to_vec(), ..Condition::default() });
        let targets = if bound.targets.is_empty() { vec![own.to_owned()] } else { bound.targets.clone() };
        let group = || Some(group(own, fact)).filter(|group| group.len() > 1);
        let named: Vec<&String> = when.iter().flat_map(conditions::parameters).collect();
        // Whether it is given cannot hang on its own value.
        let sound = !targets.iter().any(|target| named.contains(&target));
        let others = |value: &str| {
            let left: Map<_> = parameter.values.keys().filter(|listed| *listed != value).map(unexplained).collect();
            Some(left).filter(|left| !left.is_empty() && left.len() < parameter.values.len())
        };
        let keep =
            |values: Map<ValueEntry>| Map::from([(own.to_owned(), Constraint { values, ..Constraint::default() })]);
        let mut rule = Rule { when: when.clone(), ..Rule::default() };
        let (about, effect) = match fact.effect {
            // What this parameter's presence demands of others is this parameter's rule.
            Effect::Require
                if when.as_ref() == given(&[own.to_owned()]).as_ref()
                    && !targets.iter().any(|target| target == own)
                    && !(bound.any && targets.len() > 1) =>
            {
                rule.require.clone_from(&targets);
                (vec![own.to_owned()], "requires")
            }
            // Where one of two is missing, the other must be there.
            Effect::Require if self.lacks(own, bound.condition.as_deref()) && targets.len() == 1 && sound => {
                rule.when = None;
                rule.at_least_one = vec![own.to_owned(), targets.first()?.clone()];
                (rule.at_least_one.clone(), "atLeastOne")
            }
            // One of them is enough.
            Effect::Require if bound.any && targets.len() > 1 => {
                rule.at_least_one = Some(targets.clone()).filter(|_| sound)?;
                (targets, "atLeastOne")
            }
            Effect::Require => {
                let free = !(when.is_none() && targets.iter().any(|target| target == own) && parameter.required);
                rule.require = Some(targets.clone()).filter(|_| sound && free)?;
                (targets, "require")
            }
            Effect::Available => {
                (rule.when, rule.forbid) = (Some(unless()?), Some(targets.clone()).filter(|_| sound)?);
                (targets, "available")
            }
            Effect::Ignore => {
                rule.ignore = Some(targets.clone()).filter(|_| sound)?;
                (targets, "ignore")
            }
            Effect::Effective => {
                (rule.when, rule.ignore) = (Some(unless()?), Some(targets.clone()).filter(|_| sound)?);
                (targets, "effective")
            }
            Effect::Forbid => {
                rule.forbid = Some(targets.clone()).filter(|_| sound)?;
                (targets, "forbid")
            }
            Effect::Requires => {
                let explained = || fact.value.as_ref().map(|value| self.is(own, [value.as_str()]));
                rule.when = when.or_else(explained).or_else(|| given(&[own.to_owned()]));
                let params: Vec<String> = bound.params.iter().filter(|name| *name != own).cloned().collect();
                // One of several may be this parameter itself: then the others are no consequence of it.
                let sure = !(bound.any && bound.params.len() > 1);
                rule.require = Some(params).filter(|params| sure && !params.is_empty())?;
                (vec![own.to_owned()], "requires")
            }
            Effect::Overruled => {
                let winner = |name: &&String| bound.params.contains(name);
                let losers: Vec<String> = targets.iter().filter(|name| !winner(name)).cloned().collect();
                rule.when = given(&bound.params);
                rule.ignore = Some(losers.clone()).filter(|losers| !losers.is_empty())?;
                (losers, "overruled")
            }
            Effect::Overrules => {
                let losers: Vec<String> = targets.iter().filter(|name| *name != own).cloned().collect();
                rule.when = given(&[own.to_owned()]);
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
            Effect::ValueAvailable | Effect::ValueEffective => {
                rule.when = Some(unless()?);
                rule.constrain = keep(others(bound.values.first()?)?);
                (vec![own.to_owned()], "constrain")
            }
            Effect::ValueForbid => {
                when?;
                targets.iter().all(|target| target == own).then_some(())?;
                rule.constrain = keep(others(bound.values.first()?)?);
                (vec![own.to_owned()], "constrain")
            }
            _ => {
                when?;
                let keywords = constraint(fact, parameter.kind)?;
                rule.constrain = targets.iter().map(|target| (target.clone(), keywords.clone())).collect();
                (targets, "constrain")
            }
        };
        Some(Stated { about, effect, rule })
    }

    /// Whether every value that a rule speaks of is one that its parameter can have: what has parts is never one of them.
    fn comparable(&self, rule: &Rule) -> bool {
        let fits = |name: &str, value: &str| {
            let field = self.fields.iter().find(|field| addressed(&field.name) == name);
            !self.parts.contains(name) && field.is_none_or(|field| example::fits(value, field.declared.kind))
        };
        let mut limits = rule.constrain.iter();
        limits.all(|(name, limit)| limit.values.keys().all(|value| fits(name, value)))
            && rule.when.as_ref().is_none_or(|when| conditions::compares(when, &fits))
    }

    /// Whether it hangs on a flag's being given, whatever its value.
    fn flagged(&self, own: &str, fact: &Fact) -> bool {
        let flag = |name: &str| {
            let field = self.fields.iter().find(|field| addressed(&field.name) == name);
            field.is_some_and(|field| field.declared.kind == Some(Type::Boolean))
        };
        let condition = fact.bound.condition.as_deref();
        let own_given = condition.is_none() && fact.effect == Effect::Requires && fact.value.is_none();
        // Where it is itself what is lost, nothing hangs on it.
        let given = condition.map(conditions::given).unwrap_or_default();
        let mut given = given.into_iter().filter(|name| !(loses(own, fact) && *name == own));
        given.any(flag) || (own_given && flag(own))
    }

    /// Whether a condition says that this parameter is not given, and nothing else.
    fn lacks(&self, own: &str, condition: Option<&Cond>) -> bool {
        let Some(Cond::Not(inner)) = condition else {
            return false;
        };
        matches!(inner.as_ref(), Cond::Present(names) if names.iter().all(|name| name == own))
    }
}

/// Whether a fact says of this parameter alone that it must not be given, or need not.
fn loses(own: &str, fact: &Fact) -> bool {
    matches!(fact.effect, Effect::Ignore | Effect::Forbid) && fact.bound.targets.iter().all(|name| name == own)
}

/// What is said where a value is explained is said of that value.
fn of_value(own: &str, value: &str, fact: &Fact, parameter: &Parameter) -> Result<Fact, Said> {
    // That it is given says here that it has this value.
    let itself = matches!(fact.bound.condition.as_deref(), Some(Cond::Present(names)) if *names == [own]);
    let mut fact = fact.clone();
    fact.bound.condition.take_if(|_| itself);
    let bound = &fact.bound;
    let of_own = bound.targets.iter().all(|target| target == own);
    let is = Cond::Is(own.to_owned(), vec![Folded { taken: value.to_owned(), written: None }]);
    let speaks = |condition: &Cond| conditions::named(condition).contains(&own);
    let spoken = bound.condition.as_deref().is_some_and(speaks);
    match fact.effect {
        Effect::Available | Effect::Effective if of_own && !spoken => {
            let available = fact.effect == Effect::Available;
            fact.effect = if available { Effect::ValueAvailable } else { Effect::ValueEffective };
            fact.bound.values = vec![value.to_owned()];
        }
        Effect::Require | Effect::Forbid | Effect::Ignore if of_own => return Err(Said::Doubtful),
        Effect::Require
        | Effect::Forbid
        | Effect::Ignore
        | Effect::Available
        | Effect::Effective
        | Effect::ExactlyOne
        | Effect::AtLeastOne
        | Effect::AtMostOne
        | Effect::AllOrNone
            if !spoken =>
        {
            let both = |other: &Cond| Cond::All(vec![is.clone(), other.clone()]);
            let condition = fact.bound.condition.as_deref().map_or_else(|| is.clone(), both);
            fact.bound.condition = Some(Arc::new(condition));
        }
        // What is no value of this parameter is the default of what stands under this name.
        Effect::Default if bound.values.iter().any(|value| !lists(parameter, value)) => return Err(Said::Doubtful),
        Effect::ValueDefault | Effect::Default | Effect::Lookup | Effect::Deprecated => {}
        _ if of_the_value(&fact.effect) && fact.bound.condition.is_none() => return Err(Said::Nothing),
        _ if of_the_value(&fact.effect) && !spoken => return Err(Said::Doubtful),
        _ => {}
    }
    Ok(fact)
}

fn lists(parameter: &Parameter, value: &str) -> bool {
    parameter.values.keys().any(|listed| listed.eq_ignore_ascii_case(value))
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
            | Effect::CommaList
            | Effect::Int32
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
fn constraint(fact: &Fact, kind: Option<Type>) -> Option<Constraint> {
    let numbers = &fact.bound.numbers;
    let number = |at: usize| numbers.get(at).cloned();
    let whole = |at: usize| numbers.get(at).and_then(Number::as_u64);
    let mut keywords = Constraint::default();
    match fact.effect {
        Effect::Range => (keywords.minimum, keywords.maximum) = (number(0), number(1)),
        Effect::Minimum => keywords.minimum = number(0),
        Effect::Maximum => keywords.maximum = number(0),
        Effect::Above => match whole(0).filter(|_| kind == Some(Type::Integer)) {
            Some(number) => keywords.minimum = Some((number + 1).into()),
            None => keywords.exclusive_minimum = number(0),
        },
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

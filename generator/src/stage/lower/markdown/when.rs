//! What the value of one parameter means for others, as a table: cases with a common effect share a row, parameters with
//! a common fate share a column.

use super::phrase::{self, Join, either, fixed, list};
use crate::markdown::Inline;
use crate::model::{Action, Api, Condition, Effect, Kind, Language, Parameter, Rule};
use crate::view::markdown::{WhenRow, WhenTable};

/// A table for each parameter whose value decides about others.
pub(super) fn tables(api: &Api, action: &Action, language: Language) -> Vec<WhenTable> {
    (0..action.parameters.len()).filter_map(|parameter| table(api, action, parameter, language)).collect()
}

/// What a parameter may be.
#[derive(Debug, Clone, PartialEq)]
enum Case {
    Value(String),
    /// A value that no condition names.
    Other,
    /// Whatever value: no condition asks which.
    Given,
    Absent,
}

/// What a case means for a parameter.
#[derive(Debug, Clone, PartialEq)]
enum Fate {
    Required,
    Forbidden,
    Ignored,
    Limited(Inline),
    Depends,
    Allowed,
}

fn table(api: &Api, action: &Action, parameter: usize, language: Language) -> Option<WhenTable> {
    let rules: Vec<&Rule> = action.rules.iter().filter(|rule| mentions(&rule.when, parameter)).collect();
    let mut bound: Vec<usize> = rules.iter().flat_map(|rule| targets(&rule.effect)).collect();
    bound.retain(|target| *target != parameter);
    bound.sort_unstable();
    bound.dedup();
    let discriminator = action.parameters.get(parameter)?;
    let by_value = rules.iter().any(|rule| mentions_value(&rule.when, parameter));
    if !by_value && bound.len() < 2 {
        return None;
    }
    let cases = cases(api, discriminator, parameter, &rules);
    let fates_of = |case: &Case| -> Vec<Fate> {
        bound.iter().map(|target| fate(action, &rules, parameter, case, *target, language)).collect()
    };
    let mut rows: Vec<(Vec<Case>, Vec<Fate>)> = Vec::new();
    for case in cases {
        let fates = fates_of(&case);
        match rows.iter_mut().find(|(_, known)| *known == fates) {
            Some((cases, _)) => cases.push(case),
            None => rows.push((vec![case], fates)),
        }
    }
    let settled = rows.iter().flat_map(|(_, fates)| fates).any(|fate| !matches!(fate, Fate::Depends | Fate::Allowed));
    if !settled || rows.len() < 2 {
        return None;
    }
    let column = |index: usize| rows.iter().filter_map(|(_, fates)| fates.get(index)).collect::<Vec<_>>();
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for index in 0..bound.len() {
        let same = |known: &&mut Vec<usize>| known.first().is_some_and(|first| column(*first) == column(index));
        match columns.iter_mut().find(same) {
            Some(known) => known.push(index),
            None => columns.push(vec![index]),
        }
    }
    let (group, _) = super::parameter::split(discriminator.name.as_str());
    let short = |index: &usize| {
        let name = bound.get(*index).and_then(|target| action.parameters.get(*target)).map_or("?", |p| p.name.as_str());
        match super::parameter::split(name) {
            (of, leaf) if of == group => leaf,
            _ => name,
        }
    };
    let heading = Inline::new().code(discriminator.name.as_str());
    let lead = match (group.is_empty(), language) {
        (true, _) => Inline::new(),
        (false, Language::En) => Inline::new().text("Names without a dot are fields of ").code(group).text("."),
        (false, Language::Zh) => Inline::new().text("不带点的名称是 ").code(group).text(" 的字段。"),
    };
    Some(WhenTable {
        heading: match language {
            Language::En => Inline::new().text("By ").then(heading.clone()).line(),
            Language::Zh => Inline::new().text("按 ").then(heading.clone()).line(),
        },
        lead: lead.line(),
        parameter: heading.cell(),
        columns: columns.iter().map(|same| list(language, same.iter().map(short), Join::Comma).cell()).collect(),
        has_depends: rows.iter().any(|(_, fates)| fates.contains(&Fate::Depends)),
        rows: rows
            .iter()
            .map(|(cases, fates)| WhenRow {
                values: Inline::join(cases.iter().map(|case| case_words(case, language)), either(language, ", ", "、"))
                    .cell(),
                cells: columns
                    .iter()
                    .filter_map(|same| fates.get(*same.first()?))
                    .map(|fate| fate_words(fate, language).cell())
                    .collect(),
            })
            .collect(),
    })
}

/// The cases worth telling apart: documented values, those that conditions name, any other, none.
fn cases(api: &Api, discriminator: &Parameter, parameter: usize, rules: &[&Rule]) -> Vec<Case> {
    let shape = super::shape::meant(api, &discriminator.shape);
    let mut values: Vec<String> = match shape.kind {
        Kind::Boolean => vec!["true".to_owned(), "false".to_owned()],
        _ => super::shape::choices(api, &discriminator.shape).iter().map(|choice| choice.wire.clone()).collect(),
    };
    let documented = !values.is_empty();
    let by_value = rules.iter().any(|rule| mentions_value(&rule.when, parameter));
    for rule in rules {
        named_values(&rule.when, parameter, &mut values);
    }
    let mut cases: Vec<Case> = values.into_iter().map(Case::Value).collect();
    if !by_value {
        return vec![Case::Given, Case::Absent];
    }
    if !documented {
        cases.push(Case::Other);
    }
    if !discriminator.required {
        cases.push(Case::Absent);
    }
    cases
}

fn named_values(condition: &Condition, parameter: usize, values: &mut Vec<String>) {
    match condition {
        Condition::Is(about, wanted) if *about == parameter => {
            for value in wanted {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
        Condition::Not(inner) => named_values(inner, parameter, values),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| named_values(part, parameter, values));
        }
        _ => {}
    }
}

fn mentions(condition: &Condition, parameter: usize) -> bool {
    match condition {
        Condition::Present(parameters) => parameters.contains(&parameter),
        Condition::Not(inner) => mentions(inner, parameter),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| mentions(part, parameter)),
        other => mentions_value(other, parameter),
    }
}

fn mentions_value(condition: &Condition, parameter: usize) -> bool {
    match condition {
        Condition::Always | Condition::Present(_) => false,
        Condition::Is(about, _) | Condition::Above(about, _) | Condition::Below(about, _) => *about == parameter,
        Condition::Not(inner) => mentions_value(inner, parameter),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| mentions_value(part, parameter)),
    }
}

fn targets(effect: &Effect) -> Vec<usize> {
    match effect {
        Effect::Require(p) | Effect::Forbid(p) | Effect::Ignore(p) => p.clone(),
        Effect::ExactlyOne(p) | Effect::AtLeastOne(p) | Effect::AtMostOne(p) | Effect::AllOrNone(p) => p.clone(),
        Effect::Constrain(limits) => limits.iter().map(|(parameter, _)| *parameter).collect(),
        Effect::Equal(left, right) => vec![*left, *right],
    }
}

/// What a case means for a parameter, as far as this case alone decides it; the gravest of several.
fn fate(action: &Action, rules: &[&Rule], parameter: usize, case: &Case, target: usize, language: Language) -> Fate {
    let required = action.parameters.get(target).is_some_and(|p| p.required);
    let mut gravest = if required { Fate::Required } else { Fate::Allowed };
    for rule in rules {
        let fate = match (holds(&rule.when, action, parameter, case), &rule.effect) {
            (Some(false), _) => continue,
            (_, effect) if !targets(effect).contains(&target) => continue,
            (None, _) => Fate::Depends,
            (_, Effect::Require(_)) => Fate::Required,
            (_, Effect::Forbid(_)) => Fate::Forbidden,
            (_, Effect::Ignore(_)) => Fate::Ignored,
            (_, Effect::Constrain(limits)) => {
                let limit = limits.iter().find(|(about, _)| *about == target).map(|(_, limit)| limit);
                Fate::Limited(limit.map_or_else(Inline::new, |limit| {
                    let only = if limit.values.is_empty() { "" } else { either(language, "only ", "仅限 ") };
                    Inline::new().text(only).then(phrase::limit(limit, language))
                }))
            }
            _ => Fate::Depends,
        };
        if gravity(&fate) > gravity(&gravest) {
            gravest = fate;
        }
    }
    gravest
}

fn gravity(fate: &Fate) -> u8 {
    match fate {
        Fate::Allowed => 0,
        Fate::Depends => 1,
        Fate::Limited(_) => 2,
        Fate::Ignored => 3,
        Fate::Forbidden => 4,
        Fate::Required => 5,
    }
}

/// Whether a condition holds in a case, if that alone decides it.
fn holds(condition: &Condition, action: &Action, parameter: usize, case: &Case) -> Option<bool> {
    let default = || action.parameters.get(parameter).and_then(Parameter::default_wire);
    let value = match case {
        Case::Value(value) => Some(value.clone()),
        Case::Absent => default(),
        Case::Other | Case::Given => None,
    };
    let number = |compare: &dyn Fn(f64) -> bool| match case {
        Case::Other | Case::Given => None,
        _ => Some(value.as_deref().and_then(|value| value.parse().ok()).is_some_and(compare)),
    };
    match condition {
        Condition::Always => Some(true),
        Condition::Is(about, wanted) if *about == parameter => Some(value.is_some_and(|value| wanted.contains(&value))),
        Condition::Above(about, bound) if *about == parameter => number(&|value| value > *bound),
        Condition::Below(about, bound) if *about == parameter => number(&|value| value < *bound),
        Condition::Present(parameters) if parameters.contains(&parameter) => {
            let given = *case != Case::Absent;
            (!given || parameters.len() == 1).then_some(given)
        }
        Condition::Is(..) | Condition::Above(..) | Condition::Below(..) | Condition::Present(_) => None,
        Condition::Not(inner) => holds(inner, action, parameter, case).map(|truth| !truth),
        Condition::All(parts) => every(parts.iter().map(|part| holds(part, action, parameter, case))),
        Condition::Any(parts) => {
            every(parts.iter().map(|part| holds(part, action, parameter, case).map(|truth| !truth))).map(|none| !none)
        }
    }
}

/// Three-valued "and": one `false` settles it, one unknown leaves it open.
fn every(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn case_words(case: &Case, language: Language) -> Inline {
    match case {
        Case::Value(value) => Inline::new().code(value),
        Case::Other => Inline::new().emphasis(either(language, "any other value", "其他取值")),
        Case::Given => Inline::new().emphasis(either(language, "given", "已指定")),
        Case::Absent => Inline::new().emphasis(either(language, "not given", "未指定")),
    }
}

fn fate_words(fate: &Fate, language: Language) -> Inline {
    match fate {
        Fate::Required => Inline::new().strong(either(language, "required", "必填")),
        Fate::Forbidden => fixed(language, "not allowed", "不允许指定"),
        Fate::Ignored => fixed(language, "without effect", "不起作用"),
        Fate::Limited(limit) => limit.clone(),
        Fate::Depends => fixed(language, "depends", "视情况"),
        Fate::Allowed => fixed(language, "allowed", "允许指定"),
    }
}

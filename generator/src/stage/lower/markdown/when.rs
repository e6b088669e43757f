//! What the value of one parameter means for others, as a table: cases with a common effect share a row, parameters with
//! a common fate share a column.

mod case;

use super::parameter::split;
use super::phrase::{self, Join, either, fixed, list};
use crate::markdown::Inline;
use crate::model::{Action, Api, Effect, Kind, Language, Parameter, Rule, Severity};
use crate::view::markdown::{WhenRow, WhenTable};
use case::{Case, holds, mentions, mentions_value, named_values};

/// A table for each parameter whose value decides about others.
pub(super) fn tables(api: &Api, action: &Action, language: Language) -> Vec<WhenTable> {
    (0..action.parameters.len()).filter_map(|parameter| table(api, action, parameter, language)).collect()
}

/// What a case means for a parameter.
#[derive(Debug, Clone, PartialEq)]
enum Fate {
    Required,
    Forbidden,
    Ignored,
    /// Required by advice alone.
    Advised,
    /// Forbidden by advice alone.
    Unadvised,
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
    let (group, _) = split(discriminator.name.as_str());
    let heading = Inline::new().code(discriminator.name.as_str());
    let lead = match (group.is_empty(), language) {
        (true, _) => Inline::new(),
        (false, Language::En) => Inline::new().text("Names without a dot are fields of ").code(group).text("."),
        (false, Language::Zh) => Inline::new().text("不带点的名称是 ").code(group).text(" 的字段。"),
    };
    let shown = !discriminator.shape.sensitive;
    let default = discriminator.default_wire().filter(|_| shown);
    Some(WhenTable {
        heading: match language {
            Language::En => Inline::new().text("By ").then(heading.clone()).line(),
            Language::Zh => Inline::new().text("按 ").then(heading.clone()).line(),
        },
        lead: lead.line(),
        parameter: heading.cell(),
        columns: columns
            .iter()
            .map(|same| same.iter().filter_map(|index| bound.get(*index)).copied().collect::<Vec<_>>())
            .map(|same| list(language, short(action, &same, group).iter().map(String::as_str), Join::Comma).cell())
            .collect(),
        has_depends: rows.iter().any(|(_, fates)| fates.contains(&Fate::Depends)),
        rows: rows
            .iter()
            .map(|(cases, fates)| WhenRow {
                values: Inline::join(
                    cases.iter().map(|case| case_words(case, default.as_deref(), language)),
                    either(language, ", ", "、"),
                )
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

/// Names for the head of a column: without the group that the table is about, and a group that is there as a whole as
/// `Group.*`.
fn short(action: &Action, same: &[usize], group: &str) -> Vec<String> {
    let name = |index: &usize| action.parameters.get(*index).map_or("?", |parameter| parameter.name.as_str());
    let mut names: Vec<String> = Vec::new();
    for (of, leaf) in same.iter().map(|index| split(name(index))) {
        let members = action.parameters.iter().enumerate().filter(|(_, other)| split(other.name.as_str()).0 == of);
        let whole = !of.is_empty() && members.clone().count() > 1 && members.clone().all(|(i, _)| same.contains(&i));
        let name = match (of == group, whole) {
            (true, _) => leaf.to_owned(),
            (false, true) => format!("{of}.*"),
            (false, false) if of.is_empty() => leaf.to_owned(),
            (false, false) => format!("{of}.{leaf}"),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The cases worth telling apart: documented values, those that conditions name, any other, none.
fn cases(api: &Api, discriminator: &Parameter, parameter: usize, rules: &[&Rule]) -> Vec<Case> {
    let shape = api.meant(&discriminator.shape);
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
            (_, Effect::Require(_)) if rule.severity == Severity::Advice => Fate::Advised,
            (_, Effect::Require(_)) => Fate::Required,
            (_, Effect::Forbid(_)) if rule.severity == Severity::Advice => Fate::Unadvised,
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
        Fate::Advised => 2,
        Fate::Unadvised => 3,
        Fate::Limited(_) => 4,
        Fate::Ignored => 5,
        Fate::Forbidden => 6,
        Fate::Required => 7,
    }
}

fn case_words(case: &Case, default: Option<&str>, language: Language) -> Inline {
    let absent = Inline::new().emphasis(either(language, "not given", "未指定"));
    match (case, default) {
        (Case::Value(value), _) => Inline::new().code(value),
        (Case::Other, _) => Inline::new().emphasis(either(language, "any other value", "其他取值")),
        (Case::Given, _) => Inline::new().emphasis(either(language, "given", "已指定")),
        (Case::Absent, None) => absent,
        (Case::Absent, Some(default)) => {
            absent.text(either(language, " (", "（")).code(default).text(either(language, ")", "）"))
        }
    }
}

fn fate_words(fate: &Fate, language: Language) -> Inline {
    match fate {
        Fate::Required => Inline::new().strong(either(language, "required", "必填")),
        Fate::Forbidden => fixed(language, "not allowed", "不允许指定"),
        Fate::Advised => fixed(language, "advised", "建议指定"),
        Fate::Unadvised => fixed(language, "not advised", "不建议指定"),
        Fate::Ignored => fixed(language, "without effect", "不起作用"),
        Fate::Limited(limit) => limit.clone(),
        Fate::Depends => fixed(language, "depends", "视情况"),
        Fate::Allowed => fixed(language, "allowed", "允许指定"),
    }
}

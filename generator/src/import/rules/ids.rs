//! Ids that stay the same from import to import.

use crate::import::prose::{Effect, Fact};
use crate::spec::{Condition, Map, Rule};
use heck::ToKebabCase;

/// The id of a rule: the parameter and the effect.
pub(super) fn rule_id(about: &[String], effect: &str, rule: &Rule) -> String {
    let last = |name: &str| name.rsplit('.').next().unwrap_or(name).to_kebab_case();
    let effect = match effect {
        "require" => "required".to_owned(),
        "ignore" => "ignored".to_owned(),
        "forbid" => "forbidden".to_owned(),
        "requires" => format!("requires-{}", rule.require.first().map(|name| last(name)).unwrap_or_default()),
        "equal" => format!("equals-{}", rule.equal.last().map(|name| last(name)).unwrap_or_default()),
        "constrain" => constrained(rule).to_owned(),
        other => other.to_kebab_case(),
    };
    format!("{}-{effect}", about.first().map(|name| name.to_kebab_case()).unwrap_or_default())
}

fn constrained(rule: &Rule) -> &'static str {
    let Some(keywords) = rule.constrain.values().next() else {
        return "constrained";
    };
    if !keywords.values.is_empty() {
        "values"
    } else if keywords.min_length.or(keywords.max_length).is_some() {
        "length"
    } else if keywords.min_items.or(keywords.max_items).is_some() {
        "items"
    } else {
        "range"
    }
}

/// The id of a precondition: the site and the value, if it is about one, and the effect.
pub fn precondition_id(fact: &Fact, value: Option<&str>) -> String {
    let effect = match &fact.effect {
        Effect::Require => "required",
        Effect::Available | Effect::ValueAvailable | Effect::ValueEffective => "available",
        Effect::ValueForbid => "forbidden",
        Effect::Ignore => "ignored",
        Effect::Effective => "effective",
        Effect::Forbid => "forbidden",
        Effect::Requires | Effect::AllOrNone => "together",
        Effect::ExactlyOne | Effect::AtLeastOne | Effect::AtMostOne => "choice",
        Effect::Overruled | Effect::Overrules => "overruled",
        Effect::Equal => "equal",
        Effect::Range | Effect::Minimum | Effect::Maximum | Effect::Above | Effect::Int32 => "range",
        Effect::Length | Effect::MaxLength => "length",
        Effect::Items | Effect::MaxItems => "items",
        Effect::Values | Effect::ValuesFollow => "values",
        Effect::Default | Effect::ValueDefault => "default",
        Effect::Pattern(_) | Effect::Format(_) | Effect::Json | Effect::CommaList => "format",
        Effect::Deprecated => "deprecated",
        Effect::Precondition | Effect::Meaning | Effect::Under | Effect::Lookup | Effect::IdempotencyToken => {
            "restricted"
        }
    };
    let about = fact.site.as_deref().into_iter().chain(value).map(ToKebabCase::to_kebab_case);
    let mut parts: Vec<String> = about.filter(|part| !part.is_empty()).collect();
    parts.push(effect.to_owned());
    parts.join("-")
}

/// The id, or the id with the first number that is free.
pub fn free(id: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(id) {
        return id.to_owned();
    }
    (2_u32..).map(|number| format!("{id}-{number}")).find(|id| !taken(id)).unwrap_or_default()
}

/// Whether two rules demand the same, wherever they come from and in whatever order they name things.
pub fn same(a: &Rule, b: &Rule) -> bool {
    bare(a) == bare(b)
}

fn bare(rule: &Rule) -> Rule {
    let mut rule = Rule {
        source: None,
        authority: None,
        severity: None,
        doc: None,
        conflicts: Map::new(),
        when: rule.when.as_ref().map(sorted),
        ..rule.clone()
    };
    for group in [
        &mut rule.require,
        &mut rule.forbid,
        &mut rule.ignore,
        &mut rule.exactly_one,
        &mut rule.at_least_one,
        &mut rule.at_most_one,
        &mut rule.all_or_none,
        &mut rule.equal,
    ] {
        group.sort();
    }
    rule
}

/// A condition whose parts stand in an order that says nothing.
fn sorted(condition: &Condition) -> Condition {
    let mut condition = condition.clone();
    condition.present.sort();
    condition.is.values_mut().for_each(|values| values.sort_by_key(ToString::to_string));
    for parts in [&mut condition.all, &mut condition.any] {
        *parts = parts.iter().map(sorted).collect();
        parts.sort_by_key(|part| format!("{part:?}"));
    }
    condition.not = condition.not.as_deref().map(|inner| Box::new(sorted(inner)));
    condition
}

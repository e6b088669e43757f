//! Facts in words.

use crate::import::prose::{Cond, Effect, Fact};

/// What a fact says about its parameter.
pub(super) fn statement(fact: &Fact, own: &str) -> String {
    let bound = &fact.bound;
    let targets = if bound.targets.is_empty() { code([own]) } else { code(&bound.targets) };
    let params = code(&bound.params);
    let values = code(&bound.values);
    let number = |at: usize| bound.numbers.get(at).map(ToString::to_string).unwrap_or_default();
    let condition = bound.condition.as_deref().map(condition);
    let explained = || fact.value.as_deref().map(|value| code([value])).unwrap_or_default();
    let what = match &fact.effect {
        Effect::Require => format!("{targets} must be given"),
        Effect::Available => return unless(condition, &format!("{targets} must not be given")),
        Effect::Ignore => format!("{targets} need not be given, or has no effect"),
        Effect::Effective => return unless(condition, &format!("{targets} has no effect")),
        Effect::Forbid => format!("{targets} must not be given"),
        Effect::Requires => format!("`{own}` needs {params}"),
        Effect::ExactlyOne => format!("exactly one of {} is given", group(&targets, &params)),
        Effect::AtLeastOne => format!("at least one of {} is given", group(&targets, &params)),
        Effect::AtMostOne => format!("at most one of {} is given", group(&targets, &params)),
        Effect::AllOrNone => format!("{} are given together or not at all", group(&targets, &params)),
        Effect::Overrules => format!("`{own}` overrules {targets}"),
        Effect::Overruled => format!("{params} overrules {targets}"),
        Effect::Equal => format!("`{own}` equals {params}"),
        Effect::ValueAvailable => return unless(condition, &format!("`{own}` must not be {values}")),
        Effect::ValueEffective => return unless(condition, &format!("{values} has no effect for `{own}`")),
        Effect::ValueForbid => format!("`{own}` must not be {values}"),
        Effect::Range => format!("`{own}` lies between {} and {}", number(0), number(1)),
        Effect::Minimum => format!("`{own}` is at least {}", number(0)),
        Effect::Maximum => format!("`{own}` is at most {}", number(0)),
        Effect::Above => format!("`{own}` is larger than {}", number(0)),
        Effect::Int32 => format!("`{own}` fits into 32 bits"),
        Effect::CommaList => format!("`{own}` is a list, joined by commas"),
        Effect::Length => format!("`{own}` has {} to {} characters", number(0), number(1)),
        Effect::MaxLength => format!("`{own}` has at most {} characters", number(0)),
        Effect::Items => format!("`{own}` has {} to {} elements", number(0), number(1)),
        Effect::MaxItems => format!("`{own}` has at most {} elements", number(0)),
        Effect::Pattern(pattern) => format!("`{own}` matches `{pattern}`"),
        Effect::Format(format) => format!("`{own}` has the format `{format}`"),
        Effect::Json => format!("`{own}` is JSON"),
        Effect::Values => format!("`{own}` is one of {values}"),
        Effect::ValuesFollow => format!("the values of `{own}` follow"),
        Effect::Default => format!("`{own}` is {values} by default"),
        Effect::ValueDefault => format!("`{own}` is {} by default", explained()),
        Effect::Lookup => format!("`{}` tells `{own}`", bound.action.as_deref().unwrap_or_default()),
        Effect::Deprecated => format!("`{own}` is deprecated"),
        Effect::IdempotencyToken => format!("`{own}` makes repeated calls act once"),
        Effect::Under => "all that the sentence says".to_owned(),
        Effect::Precondition => "a restriction".to_owned(),
        Effect::Meaning => "an explanation".to_owned(),
    };
    match condition {
        Some(condition) => format!("if {condition}: {what}"),
        None => what,
    }
}

fn unless(condition: Option<String>, what: &str) -> String {
    format!("unless {}: {what}", condition.unwrap_or_else(|| OTHER.to_owned()))
}

const OTHER: &str = "something holds that no request shows";

fn condition(of: &Cond) -> String {
    match of {
        Cond::Is(name, values) => {
            format!("`{name}` is {}", list(values.iter().map(|value| format!("`{}`", value.taken)).collect(), "or"))
        }
        Cond::Present(names) => format!("{} is given", code(names)),
        Cond::Above(name, number) => format!("`{name}` is larger than {number}"),
        Cond::Below(name, number) => format!("`{name}` is smaller than {number}"),
        Cond::Not(inner) => match inner.as_ref() {
            Cond::Present(names) => format!("{} is not given", code(names)),
            other => format!("not ({})", condition(other)),
        },
        Cond::All(parts) => list(parts.iter().map(condition).collect(), "and"),
        Cond::Any(parts) => list(parts.iter().map(condition).collect(), "or"),
        Cond::Prose => OTHER.to_owned(),
    }
}

fn group(targets: &str, params: &str) -> String {
    if params.is_empty() { targets.to_owned() } else { format!("{targets} and {params}") }
}

fn code<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    list(names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect(), "and")
}

fn list(mut parts: Vec<String>, join: &str) -> String {
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() { last } else { format!("{} {join} {last}", parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::prose::Folded;

    #[test]
    fn conditions_in_words() {
        let is = Cond::Is("A".to_owned(), vec![Folded { taken: "x".to_owned(), written: None }]);
        let absent = Cond::Not(Box::new(Cond::Present(vec!["B".to_owned()])));
        assert_eq!(condition(&Cond::All(vec![is, absent])), "`A` is `x` and `B` is not given");
    }
}

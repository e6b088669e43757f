//! A request against a rule.

use super::shape::{limits, parsed};
use crate::message::{self, Message, Reason, Subject};
use crate::path::Path;
use crate::table::{Condition, Effect, Parameter, Rule, Table};
use crate::{Code, Value, Violation, Violations};
use std::borrow::Cow;

/// A request, by the index of its parameters.
pub(super) struct Request<'r, 'a> {
    pub(super) table: &'r Table,
    pub(super) slots: &'r [Option<Value<'a>>],
}

impl<'a> Request<'_, 'a> {
    pub(super) fn check(&self, rule: &'static Rule, violations: &mut Violations) {
        if !self.holds(&rule.when) {
            return;
        }
        let reason = Reason::of(rule);
        let mut violate = |code, name: &str, message: Message| {
            violations.push(Violation::of(rule, code, name, message));
        };
        match &rule.effect {
            Effect::Require(listed) => {
                for name in self.missing(listed) {
                    violate(Code::RequiredWhen, name, message::missing(&name, reason));
                }
            }
            Effect::Forbid(listed) => {
                for name in self.given(listed) {
                    violate(Code::ForbiddenWhen, name, message::forbidden(name, reason));
                }
            }
            Effect::Ignore(listed) => {
                for name in self.given(listed) {
                    violate(Code::IgnoredWhen, name, message::ignored(name, reason));
                }
            }
            Effect::Constrain(limited) => {
                for (index, shape) in *limited {
                    if let (Some(value), Some(parameter)) = (self.value(*index), self.parameter(*index))
                        && let Ok(parsed) = parsed(value, &parameter.shape.kind)
                    {
                        let (path, hidden) = (&Path::Name(parameter.name), shape.sensitive);
                        let value = parsed.as_ref().map_or(value, Value::Json);
                        let subject = Subject { path, value, shape: parameter.shape, hidden, reason };
                        limits(subject, shape, Some(rule), violations);
                    }
                }
            }
            Effect::ExactlyOne(listed) => {
                let at = match self.first_two(listed) {
                    (None, _) => self.names(listed).next(),
                    (Some(_), second) => second,
                };
                if let Some(at) = at {
                    let given: Vec<&str> = self.given(listed).collect();
                    violate(Code::ExactlyOne, at, message::exactly_one(&self.all(listed), &given, reason));
                }
            }
            Effect::AtLeastOne(listed) => {
                if let ((None, _), Some(at)) = (self.first_two(listed), self.names(listed).next()) {
                    violate(Code::AtLeastOne, at, message::at_least_one(&self.all(listed), reason));
                }
            }
            Effect::AtMostOne(listed) => {
                if let (_, Some(at)) = self.first_two(listed) {
                    let given: Vec<&str> = self.given(listed).collect();
                    violate(Code::AtMostOne, at, message::at_most_one(&self.all(listed), &given, reason));
                }
            }
            Effect::AllOrNone(listed) => {
                if let (Some(_), Some(at)) = (self.given(listed).next(), self.missing(listed).next()) {
                    violate(Code::AllOrNone, at, message::all_or_none(at, &self.all(listed), reason));
                }
            }
            Effect::Equal(first, second) => {
                let pair = (self.parameter(*first), self.parameter(*second));
                if let (Some(one), Some(other), (Some(first), Some(second))) =
                    (self.value(*first), self.value(*second), pair)
                    && one.text() != other.text()
                {
                    violate(Code::Equal, second.name, message::equal(first.name, second.name, reason));
                }
            }
        }
    }

    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Always => true,
            Condition::Is(index, values) => self.text(*index).is_some_and(|text| values.contains(&&*text)),
            Condition::Present(listed) => listed.iter().all(|index| self.value(*index).is_some()),
            Condition::Above(index, bound) => self.number(*index).is_some_and(|number| number > *bound),
            Condition::Below(index, bound) => self.number(*index).is_some_and(|number| number < *bound),
            Condition::Not(condition) => !self.holds(condition),
            Condition::All(conditions) => conditions.iter().all(|condition| self.holds(condition)),
            Condition::Any(conditions) => conditions.iter().any(|condition| self.holds(condition)),
        }
    }

    fn parameter(&self, index: u16) -> Option<&'static Parameter> {
        self.table.parameters.get(usize::from(index))
    }

    fn value(&self, index: u16) -> Option<Value<'a>> {
        self.slots.get(usize::from(index)).copied().flatten()
    }

    /// The value, or else the default, as it travels.
    fn text(&self, index: u16) -> Option<Cow<'a, str>> {
        match self.value(index) {
            Some(value) => Some(value.text()),
            None => self.parameter(index)?.default.map(Cow::Borrowed),
        }
    }

    /// The value, or else the default, if it is a number or reads as one.
    fn number(&self, index: u16) -> Option<f64> {
        let number = match self.value(index).map(Value::plain) {
            Some(Value::Text(text)) => text.parse().ok()?,
            Some(value) => value.number()?,
            None => self.parameter(index)?.default?.parse().ok()?,
        };
        f64::is_finite(number).then_some(number)
    }

    fn names(&self, listed: &'static [u16]) -> impl Iterator<Item = &'static str> {
        listed.iter().filter_map(|index| self.parameter(*index)).map(|parameter| parameter.name)
    }

    fn all(&self, listed: &'static [u16]) -> Vec<&'static str> {
        self.names(listed).collect()
    }

    fn given(&self, listed: &'static [u16]) -> impl Iterator<Item = &'static str> {
        self.those(listed, true)
    }

    fn missing(&self, listed: &'static [u16]) -> impl Iterator<Item = &'static str> {
        self.those(listed, false)
    }

    fn those(&self, listed: &'static [u16], given: bool) -> impl Iterator<Item = &'static str> {
        let those = listed.iter().filter(move |index| self.value(**index).is_some() == given);
        those.filter_map(|index| self.parameter(*index)).map(|parameter| parameter.name)
    }

    fn first_two(&self, listed: &'static [u16]) -> (Option<&'static str>, Option<&'static str>) {
        let mut given = self.given(listed);
        (given.next(), given.next())
    }
}

//! Which codes an action's requests can lead to. A run that saw fewer has not tried everything.

use bindery::model::{Action, Api, Effect, Kind, Limits, Others, Shape};
use std::collections::BTreeSet;

/// By reading the spec, not by trying.
pub fn possible(api: &Api, action: &Action) -> BTreeSet<&'static str> {
    let mut codes = Codes { api, codes: BTreeSet::from(["unknown-parameter"]), named: BTreeSet::new() };
    for parameter in &action.parameters {
        if parameter.required {
            codes.codes.insert("missing");
        }
        codes.shape(&parameter.shape);
    }
    for rule in &action.rules {
        let code = match &rule.effect {
            Effect::Require(_) => "required-when",
            Effect::Forbid(_) => "forbidden-when",
            Effect::Ignore(_) => "ignored-when",
            Effect::Constrain(limits) => {
                for (index, limit) in limits {
                    if let Some(parameter) = action.parameters.get(*index) {
                        codes.limits(&limit.limits, &parameter.shape.kind);
                    }
                }
                "value"
            }
            Effect::ExactlyOne(_) => "exactly-one",
            Effect::AtLeastOne(_) => "at-least-one",
            Effect::AtMostOne(_) => "at-most-one",
            Effect::AllOrNone(_) => "all-or-none",
            Effect::Equal(..) => "equal",
        };
        let binds =
            !matches!(&rule.effect, Effect::Constrain(limits) if limits.iter().all(|(_, l)| l.values.is_empty()));
        if binds {
            codes.codes.insert(code);
        }
    }
    codes.codes
}

struct Codes<'a> {
    api: &'a Api,
    codes: BTreeSet<&'static str>,
    named: BTreeSet<&'a str>,
}

impl<'a> Codes<'a> {
    fn limits(&mut self, limits: &Limits, kind: &Kind) {
        // What is no text has no form to break.
        let has_form = !matches!(kind, Kind::Boolean | Kind::Integer | Kind::Number);
        let bounds = [limits.minimum, limits.maximum, limits.exclusive_minimum, limits.exclusive_maximum];
        let range = limits.format.and_then(|format| format.range());
        let binds = [
            ("range", bounds.iter().any(Option::is_some) || range.is_some()),
            ("length", limits.min_length.is_some_and(|least| least > 0) || limits.max_length.is_some()),
            ("items", limits.min_items.is_some_and(|least| least > 0) || limits.max_items.is_some()),
            ("pattern", limits.pattern.is_some()),
            ("format", has_form && limits.format.and_then(|format| format.pattern()).is_some()),
        ];
        self.codes.extend(binds.into_iter().filter(|(_, binds)| *binds).map(|(code, _)| code));
    }

    fn shape(&mut self, shape: &'a Shape) {
        self.limits(&shape.limits, &shape.kind);
        let listed = |wire: &str| shape.values.iter().any(|choice| choice.wire == wire);
        // There is no third truth value.
        let is_all = matches!(shape.kind, Kind::Boolean) && listed("true") && listed("false");
        if !shape.values.is_empty() && !is_all {
            self.codes.insert("value");
        }
        if !matches!(shape.kind, Kind::Any | Kind::Json(_) | Kind::Named(_)) {
            self.codes.insert("type");
        }
        match &shape.kind {
            Kind::List(item) => self.shape(item),
            Kind::Json(inner) => {
                self.codes.insert("json");
                self.shape(inner);
            }
            Kind::Object(members, others) => {
                for member in members {
                    if member.required {
                        self.codes.insert("missing");
                    }
                    self.shape(&member.shape);
                }
                if let Others::Of(inner) = others {
                    self.shape(inner);
                }
            }
            Kind::Named(name) => {
                if self.named.insert(name)
                    && let Some(shape) = self.api.schema(name)
                {
                    self.shape(shape);
                }
            }
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => {}
        }
    }
}

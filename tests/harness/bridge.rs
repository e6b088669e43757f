//! From an action of the model to the static table that a generated crate would hold, so that the runtime can be tried
//! without generating anything. Tables are leaked: a test makes few of them.

use bindery::model::{self, Action, Api};
use bindery::rules::{with_format_range, words};
use bindery_runtime::table::{
    Condition, Effect, Kind, Member, Others, Parameter, Pattern, Place, Rule, Severity, Shape, Style, Table,
};
use std::cell::RefCell;
use std::collections::HashMap;

/// The table of an action.
pub fn table(api: &Api, action: &Action) -> &'static Table {
    let bridge = Bridge { api, named: RefCell::default() };
    let parameter = |given: &model::Parameter| Parameter {
        name: text(given.name.as_str()),
        required: given.required,
        place: match given.place {
            model::Place::Query => Place::Query,
            model::Place::Form => Place::Form,
            model::Place::Body => Place::Body,
            model::Place::Path => Place::Path,
            model::Place::Header => Place::Header,
            model::Place::Host => Place::Host,
        },
        style: match given.style {
            model::Style::Repeat => Style::Repeat,
            model::Style::Flat => Style::Flat,
            model::Style::Simple => Style::Simple,
            model::Style::Json => Style::Json,
        },
        default: given.default_wire().map(|wire| text(&wire)),
        shape: bridge.shape(&given.shape, 8),
    };
    let rule = |given: &model::Rule| Rule {
        id: text(&given.id),
        when: condition(&given.when),
        effect: effect(&given.effect),
        severity: match given.severity {
            model::Severity::Error => Severity::Error,
            model::Severity::Advice => Severity::Advice,
        },
        when_en: text(&words::condition(action, &given.when, model::Language::En)),
        when_zh: text(&words::condition(action, &given.when, model::Language::Zh)),
    };
    Box::leak(Box::new(Table {
        action: text(action.name.as_str()),
        parameters: leak(action.parameters.iter().map(parameter).collect()),
        rules: leak(action.rules.iter().map(rule).collect()),
    }))
}

struct Bridge<'a> {
    api: &'a Api,
    named: RefCell<HashMap<(String, usize), &'static Shape>>,
}

impl Bridge<'_> {
    /// Statics may refer to themselves and leaked boxes may not: a shape that holds itself is laid out `depth` deep, and
    /// takes anything below.
    fn shape(&self, given: &model::Shape, depth: usize) -> &'static Shape {
        if let model::Kind::Named(name) = &given.kind {
            let Some(depth) = depth.checked_sub(1) else { return Box::leak(Box::new(Shape::of(Kind::Any))) };
            let key = (name.clone(), depth);
            if let Some(shape) = self.named.borrow().get(&key) {
                return shape;
            }
            let shape = self.api.schema(name).map(|shape| self.shape(shape, depth)).unwrap();
            self.named.borrow_mut().insert(key, shape);
            return shape;
        }
        let kind = match &given.kind {
            model::Kind::Text => Kind::Text,
            model::Kind::Boolean => Kind::Boolean,
            model::Kind::Integer => Kind::Integer,
            model::Kind::Number => Kind::Number,
            model::Kind::List(item) => Kind::List(self.shape(item, depth)),
            model::Kind::Object(members, others) => Kind::Object(
                leak(members.iter().map(|member| self.member(member, depth)).collect()),
                match others {
                    model::Others::Refused => Others::Refused,
                    model::Others::Welcome => Others::Welcome,
                    model::Others::Of(shape) => Others::Of(self.shape(shape, depth)),
                },
            ),
            model::Kind::Json(held) => Kind::Json(self.shape(held, depth)),
            model::Kind::Named(_) | model::Kind::Any => Kind::Any,
        };
        Box::leak(Box::new(Shape {
            values: leak(given.values.iter().map(|choice| text(&choice.wire)).collect()),
            closed: given.closed,
            sensitive: given.sensitive,
            ..limited(kind, &given.limits)
        }))
    }

    fn member(&self, given: &model::Member, depth: usize) -> Member {
        Member { name: text(given.name.as_str()), required: given.required, shape: self.shape(&given.shape, depth) }
    }
}

fn limited(kind: Kind, limits: &model::Limits) -> Shape {
    let limits = with_format_range(limits);
    let count = |count: Option<u64>| count.map(|count| usize::try_from(count).unwrap());
    let pattern = |name: &str, expression: &str| &*Box::leak(Box::new(Pattern::new(text(name), text(expression))));
    Shape {
        minimum: limits.minimum,
        maximum: limits.maximum,
        exclusive_minimum: limits.exclusive_minimum,
        exclusive_maximum: limits.exclusive_maximum,
        min_length: count(limits.min_length),
        max_length: count(limits.max_length),
        min_items: count(limits.min_items),
        max_items: count(limits.max_items),
        pattern: limits.pattern.as_deref().map(|expression| pattern(expression, expression)),
        format: limits.format.and_then(|format| Some(pattern(format.name(), format.pattern()?))),
        ..Shape::of(kind)
    }
}

fn condition(given: &model::Condition) -> Condition {
    let several = |parts: &[model::Condition]| leak(parts.iter().map(condition).collect());
    match given {
        model::Condition::Always => Condition::Always,
        model::Condition::Is(parameter, values) => Condition::Is(index(parameter), texts(values)),
        model::Condition::Present(parameters) => Condition::Present(indices(parameters)),
        model::Condition::Above(parameter, bound) => Condition::Above(index(parameter), *bound),
        model::Condition::Below(parameter, bound) => Condition::Below(index(parameter), *bound),
        model::Condition::Not(inner) => Condition::Not(Box::leak(Box::new(condition(inner)))),
        model::Condition::All(parts) => Condition::All(several(parts)),
        model::Condition::Any(parts) => Condition::Any(several(parts)),
    }
}

fn effect(given: &model::Effect) -> Effect {
    match given {
        model::Effect::Require(listed) => Effect::Require(indices(listed)),
        model::Effect::Forbid(listed) => Effect::Forbid(indices(listed)),
        model::Effect::Ignore(listed) => Effect::Ignore(indices(listed)),
        model::Effect::Constrain(limits) => Effect::Constrain(leak(
            limits
                .iter()
                .map(|(parameter, limit)| {
                    let shape = Shape { values: texts(&limit.values), ..limited(Kind::Any, &limit.limits) };
                    (index(parameter), &*Box::leak(Box::new(shape)))
                })
                .collect(),
        )),
        model::Effect::ExactlyOne(listed) => Effect::ExactlyOne(indices(listed)),
        model::Effect::AtLeastOne(listed) => Effect::AtLeastOne(indices(listed)),
        model::Effect::AtMostOne(listed) => Effect::AtMostOne(indices(listed)),
        model::Effect::AllOrNone(listed) => Effect::AllOrNone(indices(listed)),
        model::Effect::Equal(one, other) => Effect::Equal(index(one), index(other)),
    }
}

fn index(parameter: &usize) -> u16 {
    u16::try_from(*parameter).unwrap()
}

fn indices(parameters: &[usize]) -> &'static [u16] {
    leak(parameters.iter().map(index).collect())
}

fn texts(values: &[String]) -> &'static [&'static str] {
    leak(values.iter().map(|value| text(value)).collect())
}

fn text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

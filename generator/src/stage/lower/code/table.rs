//! What the service demands, as rows that a runtime interprets.

use super::names::Names;
use super::{last, words as listed};
use crate::model::{
    Action, Condition, Effect, Kind, Language as Tongue, Limits, Others, Parameter, Place, Rule, Severity, Shape, Style,
};
use crate::rules::{with_format_range, words};
use crate::target::{Language, Part};
use crate::view::code as view;
use serde_json::Number;

/// The table of an action.
pub fn of(action: &Action, names: &Names<'_>) -> view::Table {
    let mut parameters: Vec<view::Row> = action.parameters.iter().map(|each| row(each, names)).collect();
    last(&mut parameters, |row| &mut row.last);
    let mut rules: Vec<view::Rule> = action.rules.iter().map(|rule| rule_row(rule, action, names.language)).collect();
    last(&mut rules, |rule| &mut rule.last);
    view::Table { parameters, has_rules: !rules.is_empty(), rules }
}

fn row(parameter: &Parameter, names: &Names<'_>) -> view::Row {
    let Parameter { name, required, place, style, shape, .. } = parameter;
    let quoting = &names.language.quoting;
    let default = parameter.default_wire();
    let (has_place, has_style) = (*place != Place::Query, *style != Style::Repeat);
    view::Row {
        wire: quoting.write(name.as_str()),
        required: *required,
        has_place,
        place: match place {
            Place::Query => "query",
            Place::Form => "form",
            Place::Body => "body",
            Place::Path => "path",
            Place::Header => "header",
            Place::Host => "host",
        },
        has_style,
        style: match style {
            Style::Repeat => "repeat",
            Style::Flat => "flat",
            Style::Simple => "simple",
            Style::Json => "json",
            Style::Xml => "xml",
        },
        plain: !required && !has_place && !has_style && default.is_none(),
        has_default: default.is_some(),
        default: quoting.write(default.as_deref().unwrap_or_default()),
        shape: self::shape(shape, names),
        last: false,
    }
}

/// What a shape demands where it is used: of a shared one, only its constant.
pub fn shape(shape: &Shape, names: &Names<'_>) -> view::Shape {
    match &shape.kind {
        Kind::Named(name) => {
            view::Shape { is_named: true, constant: Some(Names::get(&names.constants, name)), ..view::Shape::default() }
        }
        _ => own(shape, names),
    }
}

/// What a shape demands.
pub fn own(shape: &Shape, names: &Names<'_>) -> view::Shape {
    let quoting = &names.language.quoting;
    let inner = |inner: &Shape| Some(Box::new(self::shape(inner, names)));
    let mut made = limited(&shape.limits, names.language);
    match &shape.kind {
        Kind::Named(_) => return self::shape(shape, names),
        Kind::Text => made.kind = "text",
        Kind::Boolean => made.kind = "boolean",
        Kind::Integer => made.kind = "integer",
        Kind::Number => made.kind = "number",
        Kind::Any => made.kind = "any",
        Kind::List(item) => (made.kind, made.is_list, made.item) = ("list", true, inner(item)),
        Kind::Json(item) => (made.kind, made.is_json, made.item) = ("json", true, inner(item)),
        Kind::Object(members, others) => {
            (made.kind, made.is_object) = ("object", true);
            made.members = members
                .iter()
                .map(|member| view::Member {
                    wire: quoting.write(member.name.as_str()),
                    required: member.required,
                    shape: self::shape(&member.shape, names),
                    last: false,
                })
                .collect();
            last(&mut made.members, |member| &mut member.last);
            made.has_members = !made.members.is_empty();
            match others {
                Others::Refused => made.others_refused = true,
                Others::Welcome => made.others_welcome = true,
                Others::Of(other) => (made.others_of, made.others) = (true, inner(other)),
            }
        }
    }
    made.values = listed(shape.values.iter().map(|choice| quoting.write(&choice.wire)));
    made.has_values = !made.values.is_empty();
    made.closed = shape.closed;
    made.sensitive = shape.sensitive;
    finished(made)
}

/// Says whether anything is demanded beyond the kind.
fn finished(mut made: view::Shape) -> view::Shape {
    let bound = made.has_values || made.has_demands || made.has_pattern || made.has_format;
    let built = made.is_list || made.is_json || made.is_object || made.is_named;
    made.plain = !(bound || built || made.closed || made.sensitive);
    made
}

/// Bounds, on a value of any kind.
fn limited(limits: &Limits, language: &Language) -> view::Shape {
    let limits = with_format_range(limits);
    let demand = |key: &str, number: Option<Number>, is_count: bool| {
        let key = language.claim_one(Part::Field, &mut language.scope(Part::Field), &language.spell(Part::Field, key));
        number.map(|number| view::Demand { key, number, is_count, last: false })
    };
    let float = |key: &str, bound: Option<f64>| demand(key, bound.map(number), false);
    let count = |key: &str, bound: Option<u64>| demand(key, bound.map(Number::from), true);
    let mut demands: Vec<view::Demand> = [
        float("minimum", limits.minimum),
        float("maximum", limits.maximum),
        float("exclusive_minimum", limits.exclusive_minimum),
        float("exclusive_maximum", limits.exclusive_maximum),
        count("min_length", limits.min_length),
        count("max_length", limits.max_length),
        count("min_items", limits.min_items),
        count("max_items", limits.max_items),
    ]
    .into_iter()
    .flatten()
    .collect();
    last(&mut demands, |demand| &mut demand.last);
    let write = |text: &str| language.quoting.write(text);
    let format = limits.format.and_then(|format| Some((format, format.pattern()?)));
    view::Shape {
        has_demands: !demands.is_empty(),
        demands,
        has_pattern: limits.pattern.is_some(),
        pattern: limits.pattern.as_deref().map(write),
        has_format: format.is_some(),
        format: format.map(|(format, _)| write(format.name())),
        format_pattern: format.map(|(_, pattern)| write(pattern)),
        ..view::Shape::default()
    }
}

/// A bound as every language reads it: without a point where it is whole.
fn number(bound: f64) -> Number {
    #[allow(clippy::cast_possible_truncation, reason = "the guard leaves only what fits")]
    let whole = (bound.fract() == 0.0 && bound.abs() < 9e15).then_some(bound as i64);
    whole.map(Number::from).or_else(|| Number::from_f64(bound)).unwrap_or_else(|| Number::from(0))
}

fn indices(parameters: &[usize]) -> Vec<view::Index> {
    let mut all: Vec<view::Index> = parameters.iter().map(|index| view::Index { index: *index, last: false }).collect();
    last(&mut all, |index| &mut index.last);
    all
}

fn rule_row(rule: &Rule, action: &Action, language: &Language) -> view::Rule {
    let (effect, parameters) = match &rule.effect {
        Effect::Require(parameters) => ("require", indices(parameters)),
        Effect::Forbid(parameters) => ("forbid", indices(parameters)),
        Effect::Ignore(parameters) => ("ignore", indices(parameters)),
        Effect::ExactlyOne(parameters) => ("exactly-one", indices(parameters)),
        Effect::AtLeastOne(parameters) => ("at-least-one", indices(parameters)),
        Effect::AtMostOne(parameters) => ("at-most-one", indices(parameters)),
        Effect::AllOrNone(parameters) => ("all-or-none", indices(parameters)),
        Effect::Equal(one, other) => ("equal", indices(&[*one, *other])),
        Effect::Constrain(_) => ("constrain", Vec::new()),
    };
    let mut limits = Vec::new();
    if let Effect::Constrain(given) = &rule.effect {
        for (index, limit) in given {
            let mut shape = limited(&limit.limits, language);
            // Only the outermost type matters to a constraint; what it holds has its own row.
            shape.kind = "any";
            shape.values = listed(limit.values.iter().map(|value| language.quoting.write(value)));
            shape.has_values = !shape.values.is_empty();
            shape.sensitive = action.parameters.get(*index).is_some_and(|parameter| parameter.shape.sensitive);
            limits.push(view::Limit { index: *index, shape: finished(shape), last: false });
        }
        last(&mut limits, |limit| &mut limit.last);
    }
    let said = |tongue: Tongue| language.quoting.write(&words::condition(action, &rule.when, tongue));
    view::Rule {
        id: language.quoting.write(&rule.id),
        when: condition(&rule.when, language),
        effect,
        parameters,
        is_constrain: matches!(rule.effect, Effect::Constrain(_)),
        limits,
        advice: rule.severity == Severity::Advice,
        when_en: said(Tongue::En),
        when_zh: said(Tongue::Zh),
        last: false,
    }
}

fn condition(given: &Condition, language: &Language) -> view::Cond {
    let none = view::Cond {
        kind: "always",
        is_always: false,
        is_is: false,
        is_present: false,
        is_compare: false,
        is_parts: false,
        parameter: 0,
        values: Vec::new(),
        parameters: Vec::new(),
        bound: Number::from(0),
        parts: Vec::new(),
        last: false,
    };
    let parts = |given: &[Condition]| {
        let mut parts: Vec<view::Cond> = given.iter().map(|part| condition(part, language)).collect();
        last(&mut parts, |part| &mut part.last);
        parts
    };
    match given {
        Condition::Always => view::Cond { is_always: true, ..none },
        Condition::Is(parameter, values) => view::Cond {
            kind: "is",
            is_is: true,
            parameter: *parameter,
            values: listed(values.iter().map(|value| language.quoting.write(value))),
            ..none
        },
        Condition::Present(parameters) => {
            view::Cond { kind: "present", is_present: true, parameters: indices(parameters), ..none }
        }
        Condition::Above(parameter, bound) => {
            view::Cond { kind: "above", is_compare: true, parameter: *parameter, bound: number(*bound), ..none }
        }
        Condition::Below(parameter, bound) => {
            view::Cond { kind: "below", is_compare: true, parameter: *parameter, bound: number(*bound), ..none }
        }
        Condition::Not(inner) => {
            view::Cond { kind: "not", is_parts: true, parts: parts(std::slice::from_ref(inner)), ..none }
        }
        Condition::All(given) => view::Cond { kind: "all", is_parts: true, parts: parts(given), ..none },
        Condition::Any(given) => view::Cond { kind: "any", is_parts: true, parts: parts(given), ..none },
    }
}

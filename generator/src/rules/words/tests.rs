//! Sentences word for word. Only compiled under `#[cfg(test)]`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::{condition, for_parameter, rule};
use crate::diag::{Origin, Place as DiagPlace};
use crate::model::{
    Action, ActionEffect, ActionName, Authority, Condition, Doc, Effect, Format, Kind, Language, Limit, Limits, Method,
    Parameter, Place, Rule, Samples, Severity, Shape, Source, Style, UrlPath, WireName,
};

fn origin() -> Origin {
    Origin { file: "x".into(), place: DiagPlace::Whole }
}

fn shape(kind: Kind) -> Shape {
    Shape {
        kind,
        limits: Limits::default(),
        values: Vec::new(),
        closed: false,
        default: None,
        sensitive: false,
        deprecated: false,
        example: None,
        doc: Doc::default(),
    }
}

/// Parameters `A` to `D`: a text, a number, a boolean, a text.
fn action(rules: Vec<Rule>) -> Action {
    let kinds = [("A", Kind::Text), ("B", Kind::Integer), ("C", Kind::Boolean), ("D", Kind::Text)];
    Action {
        name: ActionName::new("Do").unwrap(),
        summary: Doc::default(),
        doc: Doc::default(),
        effect: ActionEffect::Write,
        method: Method::Post,
        path: UrlPath::default(),
        deprecated: false,
        related: Vec::new(),
        parameters: kinds
            .into_iter()
            .map(|(name, kind)| Parameter {
                name: WireName::new(name).unwrap(),
                required: false,
                place: Place::Query,
                style: Style::Repeat,
                shape: shape(kind),
                idempotency_token: false,
                lookup: Vec::new(),
                preconditions: Vec::new(),
                origin: origin(),
            })
            .collect(),
        rules,
        response: None,
        paging: None,
        errors: Vec::new(),
        samples: Samples::default(),
        disputes: Vec::new(),
        allow: Vec::new(),
        origin: origin(),
    }
}

fn ruled(when: Condition, effect: Effect) -> Rule {
    Rule {
        id: "r".to_owned(),
        when,
        effect,
        severity: Severity::Error,
        authority: Authority::Documented,
        source: Source::default(),
        doc: Doc::default(),
        origin: origin(),
    }
}

fn is(parameter: usize, values: &[&str]) -> Condition {
    Condition::Is(parameter, values.iter().map(|value| (*value).to_owned()).collect())
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

#[test]
fn conditions() {
    let either = Condition::Any(vec![is(0, &["x"]), Condition::Above(1, 5.0)]);
    for (when, en, zh) in [
        (Condition::Always, "", ""),
        (is(0, &["x"]), "when `A` is `x`", "当 `A` 为 `x` 时"),
        (is(0, &["x", "y", ""]), "when `A` is `x`, `y` or `\"\"`", "当 `A` 为 `x`、`y` 或 `\"\"` 时"),
        (is(0, &["a`b"]), "when `A` is `` a`b ``", "当 `A` 为 `` a`b `` 时"),
        (not(is(0, &["x", "y"])), "unless `A` is `x` or `y`", "当 `A` 不为 `x` 或 `y` 时"),
        (Condition::Present(vec![0, 1]), "when `A` and `B` are given", "当指定了 `A`、`B` 时"),
        (not(Condition::Present(vec![0])), "unless `A` is given", "当未指定 `A` 时"),
        (Condition::Below(1, 2.5), "when `B` is below 2.5", "当 `B` 小于 2.5 时"),
        (
            Condition::All(vec![either.clone(), not(Condition::Present(vec![2])), not(is(3, &["p", "q"]))]),
            "when (`A` is `x` or `B` is above 5) and `C` is not given and `D` is other than `p` or `q`",
            "当（`A` 为 `x` 或 `B` 大于 5）且未指定 `C` 且 `D` 不为 `p` 或 `q` 时",
        ),
        (not(either), "unless `A` is `x` or `B` is above 5", "当并非（`A` 为 `x` 或 `B` 大于 5）时"),
    ] {
        assert_eq!(condition(&action(Vec::new()), &when, Language::En), en);
        assert_eq!(condition(&action(Vec::new()), &when, Language::Zh), zh);
    }
}

#[test]
fn rules_of_one_parameter_and_as_a_whole() {
    let limit = Limit {
        values: Vec::new(),
        limits: Limits { minimum: Some(1.0), maximum: Some(5.0), format: Some(Format::Port), ..Limits::default() },
    };
    let only = Limit { values: vec!["x".to_owned(), "y".to_owned()], limits: Limits::default() };
    let c = || is(2, &["true"]);
    for (given, about_a, zh, whole) in [
        (
            ruled(c(), Effect::Require(vec![0, 1])),
            "Required when `C` is `true`",
            "当 `C` 为 `true` 时，必填",
            "`A` and `B` are required when `C` is `true`",
        ),
        (
            ruled(not(c()), Effect::Forbid(vec![0])),
            "Allowed only when `C` is `true`",
            "仅当 `C` 为 `true` 时允许指定",
            "`A` is not allowed unless `C` is `true`",
        ),
        (
            ruled(c(), Effect::Forbid(vec![0])),
            "Not allowed when `C` is `true`",
            "当 `C` 为 `true` 时，不允许指定",
            "`A` is not allowed when `C` is `true`",
        ),
        (
            ruled(c(), Effect::Ignore(vec![0])),
            "Without effect when `C` is `true`",
            "当 `C` 为 `true` 时，不起作用",
            "`A` is without effect when `C` is `true`",
        ),
        (
            ruled(c(), Effect::Constrain(vec![(0, limit)])),
            "At least 1 and at most 5, of the format `port` when `C` is `true`",
            "当 `C` 为 `true` 时，不小于 1 且不大于 5，符合 `port` 格式",
            "`A` must be at least 1 and at most 5, of the format `port` when `C` is `true`",
        ),
        (
            ruled(Condition::Always, Effect::Constrain(vec![(0, only)])),
            "Only `x` or `y`",
            "只能为 `x` 或 `y`",
            "`A` must be `x` or `y`",
        ),
        (
            ruled(Condition::Always, Effect::AtLeastOne(vec![0, 1])),
            "At least one of `A` and `B` is required",
            "至少要指定 `A`、`B` 中的一个",
            "At least one of `A` and `B` is required",
        ),
        (
            ruled(Condition::Always, Effect::Equal(3, 0)),
            "The same as `D`",
            "必须与 `D` 相同",
            "`D` and `A` must be the same",
        ),
    ] {
        let action = action(vec![given.clone()]);
        assert_eq!(for_parameter(&action, &given, 0, Language::En).as_deref(), Some(about_a));
        assert_eq!(for_parameter(&action, &given, 0, Language::Zh).as_deref(), Some(zh));
        assert_eq!(for_parameter(&action, &given, 2, Language::En), None);
        assert_eq!(rule(&action, &given, Language::En), whole);
    }
}

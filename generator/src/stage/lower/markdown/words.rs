//! Rules and their conditions in words.

use super::phrase::{Join, bounds, either, fixed, list};
use crate::markdown::{Inline, flat};
use crate::model::{Action, Condition, Effect, Language, Limit, Rule};

/// A rule as a sentence, followed by what a person says about it.
pub(super) fn rule(action: &Action, rule: &Rule, language: Language) -> Inline {
    let words = Words { action, language };
    let sentence = match (&rule.when, &rule.effect) {
        (Condition::Not(only), Effect::Forbid(parameters)) => {
            let (condition, names) = (words.condition(only), words.names(parameters, Join::And));
            match language {
                Language::En => names.text(" may be given only when ").then(condition).text("."),
                Language::Zh => {
                    fixed(language, "", "仅当 ").then(condition).text(" 时，才可传入 ").then(names).text("。")
                }
            }
        }
        (Condition::Always, _) => words.effect(&rule.effect).text(either(language, ".", "。")),
        _ => {
            let (condition, effect) = (words.condition(&rule.when), words.effect(&rule.effect));
            match language {
                Language::En => effect.text(" when ").then(condition).text("."),
                Language::Zh => fixed(language, "", "当 ").then(condition).text(" 时，").then(effect).text("。"),
            }
        }
    };
    sentence.sentence(flat(rule.doc.get(language)))
}

struct Words<'a> {
    action: &'a Action,
    language: Language,
}

impl Words<'_> {
    fn name(&self, parameter: usize) -> &str {
        self.action.parameters.get(parameter).map_or("?", |parameter| parameter.name.as_str())
    }

    fn names(&self, parameters: &[usize], last: Join) -> Inline {
        list(self.language, parameters.iter().map(|parameter| self.name(*parameter)), last)
    }

    fn code(&self, parameter: usize) -> Inline {
        Inline::new().code(self.name(parameter))
    }

    fn fixed(&self, en: &'static str, zh: &'static str) -> Inline {
        fixed(self.language, en, zh)
    }

    fn condition(&self, condition: &Condition) -> Inline {
        let language = self.language;
        let values = |values: &[String], last| list(language, values.iter().map(String::as_str), last);
        match condition {
            Condition::Always => self.fixed("always", "任何情况"),
            Condition::Is(parameter, wanted) => {
                self.code(*parameter).text(either(language, " is ", " 为 ")).then(values(wanted, Join::Or))
            }
            Condition::Present(parameters) => self.given(parameters, true),
            Condition::Above(parameter, bound) => {
                self.code(*parameter).text(either(language, " is above ", " 大于 ")).text(&bound.to_string())
            }
            Condition::Below(parameter, bound) => {
                self.code(*parameter).text(either(language, " is below ", " 小于 ")).text(&bound.to_string())
            }
            Condition::Not(inner) => match &**inner {
                Condition::Is(parameter, wanted) => {
                    self.code(*parameter).text(either(language, " is not ", " 不为 ")).then(values(wanted, Join::Or))
                }
                Condition::Present(parameters) => self.given(parameters, false),
                other => self
                    .fixed("it is not the case that ", "不满足“")
                    .then(self.condition(other))
                    .text(either(language, "", "”")),
            },
            Condition::All(parts) => self.joined(parts, either(language, " and ", "，且")),
            Condition::Any(parts) => self.joined(parts, either(language, " or ", "，或")),
        }
    }

    fn given(&self, parameters: &[usize], yes: bool) -> Inline {
        let names = self.names(parameters, Join::And);
        let several = parameters.len() > 1;
        match self.language {
            Language::En => names.text(match (several, yes) {
                (false, true) => " is given",
                (false, false) => " is not given",
                (true, true) => " are given",
                (true, false) => " are not all given",
            }),
            Language::Zh => Inline::new()
                .text(match (several, yes) {
                    (_, true) => "传入 ",
                    (false, false) => "未传入 ",
                    (true, false) => "未全部传入 ",
                })
                .then(names),
        }
    }

    /// Conditions inside conditions stand in parentheses, so that nobody has to guess what binds closer.
    fn joined(&self, parts: &[Condition], between: &str) -> Inline {
        let part = |part: &Condition| {
            let words = self.condition(part);
            match part {
                Condition::All(_) | Condition::Any(_) => {
                    self.fixed("(", "（").then(words).text(either(self.language, ")", "）"))
                }
                _ => words,
            }
        };
        Inline::join(parts.iter().map(part), between)
    }

    fn effect(&self, effect: &Effect) -> Inline {
        let language = self.language;
        let comma = |parameters: &[usize]| self.names(parameters, Join::Comma);
        let state = |parameters: &[usize], one: &'static str, many: &'static str, zh: &'static str| match language {
            Language::En => self.names(parameters, Join::And).text(if parameters.len() > 1 { many } else { one }),
            Language::Zh => self.names(parameters, Join::And).text(zh),
        };
        match effect {
            Effect::Require(p) => state(p, " is required", " are required", " 必填"),
            Effect::Forbid(p) => state(p, " is not allowed", " are not allowed", " 不可传入"),
            Effect::Ignore(p) => state(p, " has no effect", " have no effect", " 不起作用"),
            Effect::Constrain(limits) => {
                let each = limits.iter().map(|(parameter, limit)| self.limit(*parameter, limit));
                Inline::join(each, either(language, " and ", "，"))
            }
            Effect::ExactlyOne(p) => self.fixed("Exactly one of ", "").then(comma(p)).text(either(
                language,
                " is given",
                " 中须传入且仅传入一个",
            )),
            Effect::AtLeastOne(p) => {
                self.fixed("At least one of ", "").then(comma(p)).text(either(language, " is given", " 中至少传入一个"))
            }
            Effect::AtMostOne(p) => {
                self.fixed("At most one of ", "").then(comma(p)).text(either(language, " is given", " 中至多传入一个"))
            }
            Effect::AllOrNone(p) => self.names(p, Join::And).text(either(
                language,
                " are given together or not at all",
                " 须同时传入或均不传入",
            )),
            Effect::Equal(left, right) => {
                self.names(&[*left, *right], Join::And).text(either(language, " are the same", " 须相同"))
            }
        }
    }

    fn limit(&self, parameter: usize, limit: &Limit) -> Inline {
        let parts = limit_words(limit, self.language);
        self.code(parameter)
            .text(match limit.values.is_empty() {
                true => either(self.language, " must be ", " 须满足："),
                false => either(self.language, " must be ", " 须为 "),
            })
            .then(parts)
    }
}

/// What a limit allows: `a` or `b`, or `1 to 5`.
pub(super) fn limit_words(limit: &Limit, language: Language) -> Inline {
    let values = list(language, limit.values.iter().map(String::as_str), Join::Or);
    let all = (!values.is_empty()).then_some(values).into_iter().chain(bounds(&limit.limits, language));
    let format = limit.limits.format.map(|format| Inline::new().text(format.name()));
    Inline::join(all.chain(format), either(language, ", ", "，"))
}

//! How violations read: what is wrong, what would be right, and why. `when` is the rule's condition in words, or empty.

use super::request::wire_text;
use super::words::{self, List};
use crate::diag;
use crate::model::{Action, Kind, Language, Limits, Member};
use serde_json::Value;

/// Writes messages about requests of one action.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) action: &'a Action,
    pub(super) language: Language,
}

/// What is to be said of a value.
pub(super) struct Subject<'a> {
    pub(super) path: &'a str,
    pub(super) value: &'a Value,
    /// The value must not be shown.
    pub(super) hidden: bool,
    pub(super) when: String,
}

impl Writer<'_> {
    fn say(self, en: impl Into<String>, zh: impl Into<String>) -> String {
        match self.language {
            Language::En => en.into(),
            Language::Zh => zh.into(),
        }
    }

    /// " when …" in English, where it ends a sentence; "当…时，" in Chinese, where it begins one.
    fn reason(self, when: &str) -> String {
        if when.is_empty() { String::new() } else { self.say(format!(" {when}"), format!("{when}，")) }
    }

    fn list(self, names: &[&str], list: List) -> String {
        words::list(&names.iter().map(|name| quote(name)).collect::<Vec<_>>(), list, self.language, Some(12))
    }

    pub(super) fn missing(self, path: &str, when: &str) -> String {
        let when = self.reason(when);
        self.say(format!("`{path}` is missing: it is required{when}"), format!("缺少 `{path}`：{when}必填"))
    }

    pub(super) fn forbidden(self, path: &str, when: &str) -> String {
        let when = self.reason(when);
        self.say(format!("`{path}` is given: it is not allowed{when}"), format!("指定了 `{path}`：{when}不允许指定"))
    }

    pub(super) fn ignored(self, path: &str, when: &str) -> String {
        let when = self.reason(when);
        self.say(format!("`{path}` is given: it has no effect{when}"), format!("指定了 `{path}`：{when}不起作用"))
    }

    pub(super) fn exactly_one(self, names: &[&str], given: &[&str], when: &str) -> String {
        let (names, when) = (self.list(names, List::And), self.reason(when));
        let found = match given {
            [] => self.say("none is", "一个也没有指定"),
            _ => {
                let given = self.list(given, List::And);
                self.say(format!("{given} are"), format!("指定了 {given}"))
            }
        };
        self.say(
            format!("exactly one of {names} must be given{when}, but {found}"),
            format!("{when}必须且只能指定 {names} 中的一个，但{found}"),
        )
    }

    pub(super) fn at_least_one(self, names: &[&str], when: &str) -> String {
        let (names, when) = (self.list(names, List::And), self.reason(when));
        self.say(format!("at least one of {names} must be given{when}"), format!("{when}至少要指定 {names} 中的一个"))
    }

    pub(super) fn at_most_one(self, names: &[&str], given: &[&str], when: &str) -> String {
        let (names, given, when) = (self.list(names, List::And), self.list(given, List::And), self.reason(when));
        self.say(
            format!("at most one of {names} may be given{when}, but {given} are"),
            format!("{when}最多只能指定 {names} 中的一个，但指定了 {given}"),
        )
    }

    pub(super) fn all_or_none(self, missing: &str, names: &[&str], when: &str) -> String {
        let (names, when) = (self.list(names, List::And), self.reason(when));
        self.say(
            format!("`{missing}` is missing: {names} must be given together or not at all{when}"),
            format!("缺少 `{missing}`：{when}{names} 必须同时指定或都不指定"),
        )
    }

    pub(super) fn equal(self, first: &str, second: &str, when: &str) -> String {
        let when = self.reason(when);
        self.say(
            format!("`{second}` must be the same as `{first}`{when}"),
            format!("{when}`{second}` 必须与 `{first}` 相同"),
        )
    }

    pub(super) fn no_object(self, value: &Value) -> String {
        let found = self.found(value);
        self.say(format!("the request is {found}: it must be an object"), format!("请求是{found}：必须是对象"))
    }

    pub(super) fn no_group(self, name: &str, value: &Value) -> String {
        let found = self.found(value);
        self.say(
            format!("`{name}` is {found}: it must be an object of the parameters `{name}.…`"),
            format!("`{name}` 是{found}：必须是由参数 `{name}.…` 组成的对象"),
        )
    }

    pub(super) fn unknown_parameter(self, name: &str) -> String {
        let (shown, action) = (quote(name), &self.action.name);
        let message =
            self.say(format!("{shown} is not a parameter of `{action}`"), format!("`{action}` 没有参数 {shown}"));
        let known: Vec<&str> = self.action.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        message + &self.suggestion(name, &known)
    }

    pub(super) fn unknown_member(self, path: &str, name: &str, members: &[Member]) -> String {
        let message = self.say(format!("`{path}` is not a known member"), format!("`{path}` 不是已知的成员"));
        let known: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        message + &self.suggestion(name, &known)
    }

    pub(super) fn twice(self, name: &str) -> String {
        self.say(
            format!("`{name}` is given twice: give it once, flat or nested"),
            format!("`{name}` 指定了两次：只写一次，平铺或嵌套均可"),
        )
    }

    pub(super) fn json(self, path: &str, reason: &serde_json::Error) -> String {
        let (line, column) = (reason.line(), reason.column());
        self.say(
            format!("`{path}` does not hold JSON: it breaks at line {line}, column {column}"),
            format!("`{path}` 不是合法的 JSON：第 {line} 行第 {column} 列出错"),
        )
    }

    pub(super) fn kind(self, subject: &Subject<'_>, kind: &Kind) -> String {
        let path = subject.path;
        let found = match subject.value {
            Value::Number(_) if !subject.hidden => {
                let number = wire_text(subject.value);
                self.say(format!("the number {number}"), format!("数字 {number}"))
            }
            other => self.found(other),
        };
        let expected = match kind {
            Kind::Text => self.say("text", "文本"),
            Kind::Boolean => self.say("`true` or `false`", " `true` 或 `false`"),
            Kind::Integer => self.say("a whole number of 64 bits", " 64 位整数"),
            Kind::Number => self.say("a number", "数字"),
            Kind::List(_) => self.say("a list", "列表"),
            Kind::Object(..) => self.say("an object", "对象"),
            Kind::Json(_) | Kind::Named(_) | Kind::Any => self.say("a value", "值"),
        };
        self.say(format!("`{path}` is {found}: it must be {expected}"), format!("`{path}` 是{found}：必须是{expected}"))
    }

    /// Not one of the values that are known; `binding` if these are the only ones.
    pub(super) fn value(self, subject: &Subject<'_>, known: &[String], binding: bool) -> String {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let demand = if binding {
            let known = self.list(&known, List::Or);
            self.say(format!("it must be {known}"), format!("必须为 {known}"))
        } else {
            let known = self.list(&known, List::And);
            self.say(format!("the documented values are {known}"), format!("文档列出的取值为 {known}"))
        };
        let suggestion =
            if subject.hidden { String::new() } else { self.suggestion(&wire_text(subject.value), &known) };
        self.must(subject, &demand) + &suggestion
    }

    pub(super) fn range(self, subject: &Subject<'_>, limits: &Limits) -> String {
        let bounds = words::range(limits, self.language);
        self.must(subject, &self.say(format!("it must be {bounds}"), format!("必须{bounds}")))
    }

    pub(super) fn length(self, subject: &Subject<'_>, length: usize, limits: &Limits) -> String {
        let bounds = words::counts(limits.min_length, limits.max_length, self.language);
        self.counted(subject, length, &bounds, &self.say("characters", "字符"))
    }

    pub(super) fn items(self, subject: &Subject<'_>, count: usize, limits: &Limits) -> String {
        let bounds = words::counts(limits.min_items, limits.max_items, self.language);
        self.counted(subject, count, &bounds, &self.say("elements", "元素"))
    }

    pub(super) fn pattern(self, subject: &Subject<'_>, pattern: &str) -> String {
        self.must(subject, &self.say(format!("it must match `{pattern}`"), format!("必须匹配 `{pattern}`")))
    }

    pub(super) fn format(self, subject: &Subject<'_>, format: &str) -> String {
        let demand = self.say(format!("it must be of the format `{format}`"), format!("必须符合 `{format}` 格式"));
        self.must(subject, &demand)
    }

    /// "`P` is `x`: it must be …"
    fn must(self, subject: &Subject<'_>, demand: &str) -> String {
        let (path, when, value) = (subject.path, self.reason(&subject.when), quote(&wire_text(subject.value)));
        let found = match subject.hidden {
            true => self.say(format!("`{path}` does not fit"), format!("`{path}` 的值不合要求")),
            false => self.say(format!("`{path}` is {value}"), format!("`{path}` 的值为 {value}")),
        };
        self.say(format!("{found}: {demand}{when}"), format!("{found}：{when}{demand}"))
    }

    /// "`P` is 7 long: its length in elements must be …"
    fn counted(self, subject: &Subject<'_>, count: usize, bounds: &str, things: &str) -> String {
        let (path, when) = (subject.path, self.reason(&subject.when));
        let found = match subject.hidden {
            true => self.say(format!("`{path}` does not fit"), format!("`{path}` 的值不合要求")),
            false => self.say(format!("`{path}` is {count} long"), format!("`{path}` 的长度为 {count}")),
        };
        self.say(
            format!("{found}: its length in {things} must be {bounds}{when}"),
            format!("{found}：{when}{things}数必须{bounds}"),
        )
    }

    fn found(self, value: &Value) -> String {
        match value {
            Value::Null => self.say("null", " null"),
            Value::Bool(_) => self.say("a boolean", "布尔值"),
            Value::Number(_) => self.say("a number", "数字"),
            Value::String(_) => self.say("text", "文本"),
            Value::Array(_) => self.say("a list", "列表"),
            Value::Object(_) => self.say("an object", "对象"),
        }
    }

    fn suggestion(self, written: &str, known: &[&str]) -> String {
        // Nobody mistypes a page.
        const LONGEST: usize = 100;
        if written.chars().count() > LONGEST {
            return String::new();
        }
        match diag::did_you_mean(written, known.iter().copied()) {
            Some(meant) => {
                self.say(format!("; did you mean {}?", quote(meant)), format!("；是否想写 {}？", quote(meant)))
            }
            None => String::new(),
        }
    }
}

/// A text between backticks, on one line, of a length that a person reads.
fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let mut shown = String::new();
    for letter in text.chars().take(LONGEST) {
        if letter.is_control() { shown.extend(letter.escape_default()) } else { shown.push(letter) }
    }
    let rest = if text.chars().count() > LONGEST { "…" } else { "" };
    format!("`{shown}{rest}`")
}

//! How violations read, in English and in Chinese: what is wrong, what would be right, and why.

use crate::similar::did_you_mean;
use crate::table::{Kind, Rule, Shape, Table};
use crate::value::Value;
use std::fmt::{Display, Write};

/// The same in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) en: String,
    pub(crate) zh: String,
}

/// Why something is demanded: the rule's condition in words, if there is a rule.
#[derive(Clone, Copy)]
pub(crate) struct Reason {
    en: &'static str,
    zh: &'static str,
}

impl Reason {
    /// It always is.
    pub(crate) const ALWAYS: Reason = Reason { en: "", zh: "" };

    /// The rule says so.
    pub(crate) fn of(rule: &Rule) -> Reason {
        Reason { en: rule.when_en, zh: rule.when_zh }
    }

    fn en(self) -> String {
        if self.en.is_empty() { String::new() } else { format!(" {}", self.en) }
    }

    fn zh(self) -> String {
        if self.zh.is_empty() { String::new() } else { format!("{}，", self.zh) }
    }
}

/// What is to be said of a value.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) path: &'a dyn Display,
    pub(crate) value: Value<'a>,
    /// What the value is declared to be.
    pub(crate) shape: &'static Shape,
    /// It is part of something sensitive.
    pub(crate) hidden: bool,
    pub(crate) reason: Reason,
}

impl Subject<'_> {
    fn is_hidden(self) -> bool {
        self.hidden || self.shape.is_sensitive()
    }

    /// "`P` is `x`: it must be …"
    fn must(self, en: impl Display, zh: impl Display) -> Message {
        let path = self.path;
        let (found_en, found_zh) = if self.is_hidden() {
            (format!("`{path}` does not fit"), format!("`{path}` 的值不合要求"))
        } else {
            let value = quote(&self.value.text());
            (format!("`{path}` is {value}"), format!("`{path}` 的值为 {value}"))
        };
        self.found(found_en, found_zh, en, zh)
    }

    /// "`P` is 7 long: its length in elements must be …"
    fn counted(self, count: usize, (bounds_en, bounds_zh): (String, String), en: &str, zh: &str) -> Message {
        let path = self.path;
        let (found_en, found_zh) = if self.is_hidden() {
            (format!("`{path}` does not fit"), format!("`{path}` 的值不合要求"))
        } else {
            (format!("`{path}` is {count} long"), format!("`{path}` 的长度为 {count}"))
        };
        self.found(
            found_en,
            found_zh,
            format_args!("its length in {en} must be {bounds_en}"),
            format_args!("{zh}数必须{bounds_zh}"),
        )
    }

    fn found(self, found_en: String, found_zh: String, en: impl Display, zh: impl Display) -> Message {
        let reason = self.reason;
        Message { en: format!("{found_en}: {en}{}", reason.en()), zh: format!("{found_zh}：{}{zh}", reason.zh()) }
    }

    /// Not one of the values that are known; `binding` if these are the only ones.
    pub(crate) fn value(self, known: &[&str], binding: bool) -> Message {
        let (en, zh) = (list(known, Word::Or).en, list(known, Word::Or).zh);
        let mut message = if binding {
            self.must(format_args!("it must be {en}"), format_args!("必须为 {zh}"))
        } else {
            self.must(
                format_args!("the documented values are {}", list(known, Word::And).en),
                format_args!("文档列出的取值为 {}", list(known, Word::And).zh),
            )
        };
        if !self.is_hidden() {
            message.suggest(&self.value.text(), known.iter().copied());
        }
        message
    }

    pub(crate) fn range(self, shape: &Shape) -> Message {
        let (en, zh) = bounds([
            (shape.minimum, "at least", "不小于"),
            (shape.exclusive_minimum, "above", "大于"),
            (shape.maximum, "at most", "不大于"),
            (shape.exclusive_maximum, "below", "小于"),
        ]);
        self.must(format_args!("it must be {en}"), format_args!("必须{zh}"))
    }

    pub(crate) fn length(self, count: usize, shape: &Shape) -> Message {
        let limits = bounds([(shape.min_length, "at least", "不小于"), (shape.max_length, "at most", "不大于")]);
        self.counted(count, limits, "characters", "字符")
    }

    pub(crate) fn items(self, count: usize, shape: &Shape) -> Message {
        let limits = bounds([(shape.min_items, "at least", "不小于"), (shape.max_items, "at most", "不大于")]);
        self.counted(count, limits, "elements", "元素")
    }

    pub(crate) fn pattern(self, pattern: &str) -> Message {
        self.must(format_args!("it must match `{pattern}`"), format_args!("必须匹配 `{pattern}`"))
    }

    pub(crate) fn format(self, format: &str) -> Message {
        self.must(format_args!("it must be of the format `{format}`"), format_args!("必须符合 `{format}` 格式"))
    }

    pub(crate) fn kind(self, kind: &Kind) -> Message {
        let (en, zh) = expected(kind);
        let (found_en, found_zh) = found(self.value);
        let (mut found_en, mut found_zh) = (found_en.to_owned(), found_zh.to_owned());
        if let (Value::Number(_) | Value::Integer(_), false) = (self.value.plain(), self.is_hidden()) {
            let text = self.value.text();
            found_en = format!("the number {text}");
            found_zh = format!("数字 {text}");
        }
        let path = self.path;
        self.found(
            format!("`{path}` is {found_en}"),
            format!("`{path}` 是{found_zh}"),
            format_args!("it must be {en}"),
            format_args!("必须是{zh}"),
        )
    }
}

impl Message {
    fn suggest<'a>(&mut self, written: &str, known: impl IntoIterator<Item = &'a str>) {
        if let Some(meant) = did_you_mean(written, known) {
            let meant = quote(meant);
            // A `String` takes everything.
            let _ = write!(self.en, "; did you mean {meant}?");
            let _ = write!(self.zh, "；是否想写 {meant}？");
        }
    }
}

pub(crate) fn request_type(found_value: Value<'_>) -> Message {
    let (en, zh) = found(found_value);
    Message { en: format!("the request is {en}: it must be an object"), zh: format!("请求是{zh}：必须是对象") }
}

pub(crate) fn group_type(name: &str, value: Value<'_>) -> Message {
    let (en, zh) = found(value);
    Message {
        en: format!("`{name}` is {en}: it must be an object of the parameters `{name}.…`"),
        zh: format!("`{name}` 是{zh}：必须是由参数 `{name}.…` 组成的对象"),
    }
}

pub(crate) fn json(path: &dyn Display, error: &serde_json::Error) -> Message {
    let (line, column) = (error.line(), error.column());
    Message {
        en: format!("`{path}` does not hold JSON: it breaks at line {line}, column {column}"),
        zh: format!("`{path}` 不是合法的 JSON：第 {line} 行第 {column} 列出错"),
    }
}

pub(crate) fn missing(path: &dyn Display, reason: Reason) -> Message {
    Message {
        en: format!("`{path}` is missing: it is required{}", reason.en()),
        zh: format!("缺少 `{path}`：{}必填", reason.zh()),
    }
}

pub(crate) fn forbidden(path: &str, reason: Reason) -> Message {
    Message {
        en: format!("`{path}` is given: it is not allowed{}", reason.en()),
        zh: format!("指定了 `{path}`：{}不允许指定", reason.zh()),
    }
}

pub(crate) fn ignored(path: &str, reason: Reason) -> Message {
    Message {
        en: format!("`{path}` is given: it has no effect{}", reason.en()),
        zh: format!("指定了 `{path}`：{}不起作用", reason.zh()),
    }
}

pub(crate) fn exactly_one(names: &[&str], given: &[&str], reason: Reason) -> Message {
    let (names, en, zh) = (list(names, Word::And), reason.en(), reason.zh());
    let (found_en, found_zh) = if given.is_empty() {
        ("none is".to_owned(), "一个也没有指定".to_owned())
    } else {
        let given = list(given, Word::And);
        (format!("{} are", given.en), format!("指定了 {}", given.zh))
    };
    Message {
        en: format!("exactly one of {} must be given{en}, but {found_en}", names.en),
        zh: format!("{zh}必须且只能指定 {} 中的一个，但{found_zh}", names.zh),
    }
}

pub(crate) fn at_least_one(names: &[&str], reason: Reason) -> Message {
    let names = list(names, Word::And);
    Message {
        en: format!("at least one of {} must be given{}", names.en, reason.en()),
        zh: format!("{}至少要指定 {} 中的一个", reason.zh(), names.zh),
    }
}

pub(crate) fn at_most_one(names: &[&str], given: &[&str], reason: Reason) -> Message {
    let (names, given) = (list(names, Word::And), list(given, Word::And));
    Message {
        en: format!("at most one of {} may be given{}, but {} are", names.en, reason.en(), given.en),
        zh: format!("{}最多只能指定 {} 中的一个，但指定了 {}", reason.zh(), names.zh, given.zh),
    }
}

pub(crate) fn all_or_none(missing: &str, names: &[&str], reason: Reason) -> Message {
    let names = list(names, Word::And);
    Message {
        en: format!("`{missing}` is missing: {} must be given together or not at all{}", names.en, reason.en()),
        zh: format!("缺少 `{missing}`：{}{} 必须同时指定或都不指定", reason.zh(), names.zh),
    }
}

pub(crate) fn equal(first: &str, second: &str, reason: Reason) -> Message {
    Message {
        en: format!("`{second}` must be the same as `{first}`{}", reason.en()),
        zh: format!("{}`{second}` 必须与 `{first}` 相同", reason.zh()),
    }
}

pub(crate) fn unknown_parameter(name: &str, table: &Table) -> Message {
    let (shown, action) = (quote(name), table.action);
    let mut message = Message {
        en: format!("{shown} is not a parameter of `{action}`"),
        zh: format!("`{action}` 没有参数 {shown}"),
    };
    message.suggest(name, table.parameters.iter().map(|parameter| parameter.name));
    message
}

pub(crate) fn unknown_member<'a>(path: &dyn Display, name: &str, known: impl Iterator<Item = &'a str>) -> Message {
    let mut message =
        Message { en: format!("`{path}` is not a known member"), zh: format!("`{path}` 不是已知的成员") };
    message.suggest(name, known);
    message
}

pub(crate) fn twice(name: &str) -> Message {
    Message {
        en: format!("`{name}` is given twice: give it once, flat or nested"),
        zh: format!("`{name}` 指定了两次：只写一次，平铺或嵌套均可"),
    }
}

fn expected(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Text => ("text", "文本"),
        Kind::Boolean => ("`true` or `false`", " `true` 或 `false`"),
        Kind::Integer => ("a whole number of 64 bits", " 64 位整数"),
        Kind::Number => ("a number", "数字"),
        Kind::List(_) => ("a list", "列表"),
        Kind::Object(..) => ("an object", "对象"),
        Kind::Json(_) | Kind::Any => ("a value", "值"),
    }
}

fn found(value: Value<'_>) -> (&'static str, &'static str) {
    match value.plain() {
        Value::Text(_) => ("text", "文本"),
        Value::Boolean(_) => ("a boolean", "布尔值"),
        Value::Integer(_) | Value::Number(_) => ("a number", "数字"),
        Value::List(_) => ("a list", "列表"),
        Value::Object(_) => ("an object", "对象"),
        Value::Json(_) => ("null", " null"),
    }
}

fn bounds<T: Display, const N: usize>(limits: [(Option<T>, &str, &str); N]) -> (String, String) {
    let given = || limits.iter().filter_map(|(limit, en, zh)| limit.as_ref().map(|limit| (limit, en, zh)));
    let en: Vec<String> = given().map(|(limit, en, _)| format!("{en} {limit}")).collect();
    let zh: Vec<String> = given().map(|(limit, _, zh)| format!("{zh} {limit}")).collect();
    (en.join(" and "), zh.join(" 且"))
}

/// The word before the last of a list.
#[derive(Clone, Copy)]
enum Word {
    And,
    Or,
}

/// "`A`, `B` or `C`"; of a long list, only the beginning.
fn list(names: &[&str], word: Word) -> Message {
    const MOST: usize = 12;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| quote(name)).collect();
    if names.len() > MOST {
        let (en, zh, rest) = (shown.join(", "), shown.join("、"), names.len() - MOST);
        return Message {
            en: format!("{en} {word} {rest} others", word = word.en()),
            zh: format!("{zh}等 {} 个", names.len()),
        };
    }
    match shown.split_last() {
        Some((last, before)) if !before.is_empty() => Message {
            en: format!("{} {} {last}", before.join(", "), word.en()),
            zh: format!("{}{}{last}", before.join("、"), word.zh()),
        },
        _ => Message { en: shown.concat(), zh: shown.concat() },
    }
}

impl Word {
    fn en(self) -> &'static str {
        match self {
            Word::And => "and",
            Word::Or => "or",
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Word::And => "、",
            Word::Or => " 或 ",
        }
    }
}

/// A text between backticks, on one line, of a length that a person reads.
fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let mut quoted = String::from("`");
    for (position, letter) in text.chars().enumerate() {
        match letter {
            _ if position == LONGEST => {
                quoted.push('…');
                break;
            }
            _ if letter.is_control() => quoted.extend(letter.escape_default()),
            _ => quoted.push(letter),
        }
    }
    quoted.push('`');
    quoted
}

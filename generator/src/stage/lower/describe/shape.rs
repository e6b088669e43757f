//! What is said of parameters, members and values.

use super::page::code;
use super::{Describe, say};
use crate::markdown::flat;
use crate::model::{Action, Choice, Kind, Language, Limits, Member, Precondition, Severity, Shape};
use crate::rules::words;
use serde_json::Value;

impl Describe<'_> {
    /// A request parameter.
    pub fn parameter(self, action: &Action, index: usize) -> String {
        let parameter = &action.parameters[index];
        let rules = action.rules.iter().filter_map(|rule| {
            let text = flat(&words::for_parameter(action, rule, index, self.language)?).line();
            let text = text.as_str().trim_end_matches(['.', '。']);
            let reason = self.brief(&rule.doc);
            let space = if reason.is_empty() { "" } else { " " };
            Some(match rule.severity {
                Severity::Advice => say!(self.language, "{text} (advice).{space}{reason}", "{text}（建议）。{reason}"),
                _ => say!(self.language, "{text}.{space}{reason}", "{text}。{reason}"),
            })
        });
        let lookup: Vec<String> = parameter.lookup.iter().map(|name| code(name.as_str())).collect();
        let found = match lookup.is_empty() {
            true => String::new(),
            false => {
                let calls = lookup.join(say!(self.language, ", ", "、").as_str());
                say!(self.language, "Found with {calls}.", "可通过 {calls} 查询。")
            }
        };
        let token = match parameter.idempotency_token {
            true => say!(
                self.language,
                "Makes a repeated call harmless: one value, one effect.",
                "使重复调用无害：同一取值只生效一次。"
            ),
            false => String::new(),
        };
        let name = code(parameter.name.as_str());
        self.page()
            .doc_or(&parameter.shape.doc, say!(self.language, "The parameter {name}.", "参数 {name}。"))
            .block(found)
            .block(token)
            .block(self.facts(&parameter.shape, Some(parameter.name.as_str())))
            .list(&say!(self.language, "Rules:", "规则："), rules.collect())
            .list(&self.not_checked(), self.preconditions(&parameter.preconditions))
            .text()
    }

    /// A member of an object.
    pub fn member(self, member: &Member) -> String {
        let name = code(member.name.as_str());
        self.page()
            .doc_or(&member.shape.doc, say!(self.language, "The member {name}.", "成员 {name}。"))
            .block(self.facts(&member.shape, Some(member.name.as_str())))
            .list(&self.not_checked(), self.preconditions(&member.preconditions))
            .text()
    }

    fn not_checked(self) -> String {
        say!(self.language, "Not checked here:", "此处不检查：")
    }

    fn preconditions(self, given: &[Precondition]) -> Vec<String> {
        let see = || say!(self.language, "see the service's documentation.", "见服务文档。");
        let precondition = |given: &Precondition| {
            let text = self.brief(&given.doc);
            let text = if text.is_empty() { see() } else { text };
            match &given.value {
                Some(value) => {
                    let value = code(value);
                    say!(self.language, "{value}: {text}", "{value}：{text}")
                }
                None => text,
            }
        };
        given.iter().map(precondition).collect()
    }

    /// What a shape holds, for a struct or a list.
    pub fn shape(self, shape: &Shape) -> String {
        let otherwise = say!(self.language, "An object of the request.", "请求中的对象。");
        self.page().doc_or(&shape.doc, otherwise).block(self.facts(shape, None)).text()
    }

    /// An object of an answer.
    pub fn answer(self, shape: &Shape) -> String {
        let otherwise = say!(self.language, "An object of the answer.", "响应中的对象。");
        self.page().doc_or(&shape.doc, otherwise).block(self.facts(shape, None)).text()
    }

    /// A field of an answer.
    pub fn answer_field(self, member: &Member) -> String {
        let name = code(member.name.as_str());
        self.page()
            .doc_or(&member.shape.doc, say!(self.language, "The field {name}.", "字段 {name}。"))
            .block(self.facts(&member.shape, Some(member.name.as_str())))
            .text()
    }

    /// An enum that keeps a value that is not documented as `Other`.
    pub fn enumeration(self, shape: &Shape) -> String {
        let open =
            say!(self.language, "A value that is not documented is kept as `Other`.", "未列出的取值保存为 `Other`。");
        self.documented(shape, open)
    }

    /// The documented values, whatever a language makes of others.
    pub fn values(self, shape: &Shape) -> String {
        let open = say!(self.language, "Other values are passed on as they are.", "其他取值原样传递。");
        self.documented(shape, open)
    }

    fn documented(self, shape: &Shape, open: String) -> String {
        let otherwise = say!(self.language, "The documented values.", "文档列出的取值。");
        let open = if shape.closed { String::new() } else { open };
        self.page().doc_or(&shape.doc, otherwise).block(open).text()
    }

    /// A documented value.
    pub fn choice(self, choice: &Choice) -> String {
        let wire = code(&choice.wire);
        let deprecated =
            if choice.deprecated { say!(self.language, "Deprecated.", "已弃用。") } else { String::new() };
        self.page().doc_or(&choice.doc, say!(self.language, "{wire}.", "{wire}。")).block(deprecated).text()
    }

    /// Values, default, example, bounds and wire name, on as few lines as they fit.
    fn facts(self, shape: &Shape, wire: Option<&str>) -> String {
        let mut facts = Vec::new();
        let enumerated = matches!(shape.kind, Kind::Boolean) || matches!(shape.kind, Kind::Text) && !shape.sensitive;
        if !shape.values.is_empty() && !enumerated {
            let values: Vec<String> = shape.values.iter().map(|choice| code(&choice.wire)).collect();
            let values = values.join(say!(self.language, ", ", "、").as_str());
            facts.push(say!(self.language, "Values: {values}.", "取值：{values}。"));
        }
        facts.extend(self.bounds(&shape.limits));
        if let Some(default) = &shape.default {
            let default = value(default);
            facts.push(say!(self.language, "Default: {default}.", "默认值：{default}。"));
        }
        if let Some(example) = &shape.example {
            let example = value(example);
            facts.push(say!(self.language, "Example: {example}.", "示例：{example}。"));
        }
        if shape.deprecated {
            facts.push(say!(self.language, "**Deprecated.**", "**已弃用。**"));
        }
        if let Kind::Json(content) = &shape.kind
            && let Kind::Named(name) = &content.kind
            && let Some(named) = self.api.schema(name)
            && shape.doc.is_empty()
        {
            facts.push(self.brief(&named.doc));
        }
        if let Some(wire) = wire {
            let wire = code(wire);
            facts.push(say!(self.language, "On the wire: {wire}.", "传输名：{wire}。"));
        }
        facts.join(say!(self.language, " ", "").as_str())
    }

    /// Bounds, a sentence each.
    fn bounds(self, limits: &Limits) -> Vec<String> {
        let span = |low: Option<String>, high: Option<String>, what: (&str, &str)| {
            let (en, zh) = what;
            match (low, high) {
                (Some(low), Some(high)) => {
                    Some(say!(self.language, "From {low} to {high}{en}.", "{low} 至 {high}{zh}。"))
                }
                (Some(low), None) => Some(say!(self.language, "At least {low}{en}.", "至少 {low}{zh}。")),
                (None, Some(high)) => Some(say!(self.language, "At most {high}{en}.", "至多 {high}{zh}。")),
                (None, None) => None,
            }
        };
        let float = |bound: Option<f64>| bound.map(|bound| bound.to_string());
        let count = |bound: Option<u64>| bound.map(|bound| bound.to_string());
        let over = limits.exclusive_minimum.map(|bound| say!(self.language, "More than {bound}.", "大于 {bound}。"));
        let under = limits.exclusive_maximum.map(|bound| say!(self.language, "Less than {bound}.", "小于 {bound}。"));
        let pattern = limits.pattern.as_ref().map(|pattern| {
            let pattern = code(pattern);
            say!(self.language, "Matches {pattern}.", "匹配 {pattern}。")
        });
        let format = limits.format.filter(|format| format.pattern().is_some()).map(|format| {
            let name = code(format.name());
            say!(self.language, "Format: {name}.", "格式：{name}。")
        });
        [
            span(float(limits.minimum), float(limits.maximum), ("", "")),
            over,
            under,
            span(count(limits.min_length), count(limits.max_length), (" characters", " 个字符")),
            span(count(limits.min_items), count(limits.max_items), (" elements", " 个元素")),
            pattern,
            format,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    }
}

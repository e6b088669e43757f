//! Short phrases that pages are put together from, by language.

use crate::markdown::Inline;
use crate::model::{ActionEffect, Authority, Format, Language, Limit, Limits, Severity};

/// One of two texts.
pub(super) fn either(language: Language, en: &'static str, zh: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Zh => zh,
    }
}

/// A fixed text.
pub(super) fn fixed(language: Language, en: &'static str, zh: &'static str) -> Inline {
    Inline::new().text(either(language, en, zh))
}

/// `a`, `b` or `c`: names or values as code, with a word before the last.
pub(super) fn list<'a>(language: Language, words: impl IntoIterator<Item = &'a str>, last: Join) -> Inline {
    let mut parts: Vec<Inline> = words.into_iter().map(|word| Inline::new().code(word)).collect();
    let end = parts.pop().unwrap_or_default();
    if parts.is_empty() {
        return end;
    }
    let joint = match last {
        Join::Or => either(language, " or ", " 或 "),
        Join::And => either(language, " and ", " 和 "),
        Join::Comma => either(language, ", ", "、"),
    };
    Inline::join(parts, either(language, ", ", "、")).text(joint).then(end)
}

/// What stands before the last of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    Or,
    And,
    Comma,
}

/// What calling an action does to the world, as a word or two.
pub(super) fn effect(effect: ActionEffect, language: Language) -> &'static str {
    match effect {
        ActionEffect::Read => either(language, "reads", "只读"),
        ActionEffect::Write => either(language, "changes", "变更"),
        ActionEffect::Spend => either(language, "costs money", "产生费用"),
    }
}

/// What calling an action does to the world, as a sentence.
pub(super) fn effect_sentence(effect: ActionEffect, language: Language) -> &'static str {
    match effect {
        ActionEffect::Read => either(language, "It only reads.", "只读取，不做变更。"),
        ActionEffect::Write => either(language, "It changes something.", "会做变更。"),
        ActionEffect::Spend => either(language, "It changes something that costs money.", "会做变更，并影响费用。"),
    }
}

pub(super) fn severity(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => either(language, "error", "错误"),
        Severity::Advice => either(language, "advice", "建议"),
    }
}

pub(super) fn authority(authority: Authority, language: Language) -> &'static str {
    match authority {
        Authority::Declared => either(language, "declared", "元数据声明"),
        Authority::Documented => either(language, "documented", "文档记载"),
        Authority::Judged => either(language, "judged by a person", "人工判断"),
    }
}

/// What a value stands for, beyond its type; nothing if the type says it all.
pub(super) fn format(format: Format, language: Language) -> Option<&'static str> {
    Some(match format {
        Format::Int64 | Format::Double => return None,
        Format::Int32 => either(language, "32 bits", "32 位"),
        Format::Float => either(language, "32 bits", "32 位"),
        Format::DateTime => either(language, "date and time", "日期时间"),
        Format::Date => either(language, "date", "日期"),
        Format::UnixTime => either(language, "seconds since 1970", "Unix 秒"),
        Format::UnixTimeMillis => either(language, "milliseconds since 1970", "Unix 毫秒"),
        Format::Ip => either(language, "IP address", "IP 地址"),
        Format::Cidr => either(language, "address block", "CIDR 地址段"),
        Format::Port => either(language, "port", "端口"),
        Format::Base64 => "Base64",
        Format::Ascii => "ASCII",
    })
}

/// The bounds of a value, in the order number, length, elements, pattern; each as it would stand after "must be", or as
/// a sentence of its own.
pub(super) fn bounds(limits: &Limits, language: Language) -> Vec<Inline> {
    let number = |bound: f64| bound.to_string();
    let counted = |count: u64| count.to_string();
    let mut all = Vec::new();
    let text = |text: String| Inline::new().text(&text);
    all.extend(span(limits.minimum.map(number), limits.maximum.map(number), "", "", language).map(text));
    all.extend(
        limits.exclusive_minimum.map(|n| Inline::new().text(either(language, "above ", "大于 ")).text(&number(n))),
    );
    all.extend(
        limits.exclusive_maximum.map(|n| Inline::new().text(either(language, "below ", "小于 ")).text(&number(n))),
    );
    let (en, zh) = (" characters", " 个字符");
    all.extend(span(limits.min_length.map(counted), limits.max_length.map(counted), en, zh, language).map(text));
    let (en, zh) = (" elements", " 个元素");
    all.extend(span(limits.min_items.map(counted), limits.max_items.map(counted), en, zh, language).map(text));
    all.extend(limits.pattern.as_deref().map(|p| Inline::new().text(either(language, "matching ", "匹配 ")).code(p)));
    all
}

fn span(from: Option<String>, to: Option<String>, en: &str, zh: &str, language: Language) -> Option<String> {
    Some(match (from, to, language) {
        (None, None, _) => return None,
        (Some(from), Some(to), Language::En) if from == to => format!("exactly {from}{en}"),
        (Some(from), Some(to), Language::Zh) if from == to => format!("恰好 {from}{zh}"),
        (Some(from), Some(to), Language::En) => format!("{from} to {to}{en}"),
        (Some(from), Some(to), Language::Zh) => format!("{from} 到 {to}{zh}"),
        (Some(from), None, Language::En) => format!("at least {from}{en}"),
        (Some(from), None, Language::Zh) => format!("至少 {from}{zh}"),
        (None, Some(to), Language::En) => format!("at most {to}{en}"),
        (None, Some(to), Language::Zh) => format!("至多 {to}{zh}"),
    })
}

/// What a limit allows: `a` or `b`, or `1 to 5`.
pub(super) fn limit(limit: &Limit, language: Language) -> Inline {
    let values = list(language, limit.values.iter().map(String::as_str), Join::Or);
    let all = (!values.is_empty()).then_some(values).into_iter().chain(bounds(&limit.limits, language));
    let format = limit.limits.format.map(|format| Inline::new().text(format.name()));
    Inline::join(all.chain(format), either(language, ", ", "，"))
}

//! A rule as a sentence without its full stop: about one parameter, or about all that it demands something of.

use super::{List, Words, code, condition, counts, glued, range};
use crate::model::{Action, Condition, Effect, Language, Limit, Rule};

/// What a rule says about one parameter ("Required when `A` is `x`"); `None` if it demands nothing of it.
pub fn for_parameter(action: &Action, rule: &Rule, parameter: usize, language: Language) -> Option<String> {
    let words = Words { action, language };
    let when = Clause { words, condition: &rule.when };
    Some(match &rule.effect {
        Effect::Require(listed) if listed.contains(&parameter) => when.after("Required", "必填"),
        Effect::Forbid(listed) if listed.contains(&parameter) => when.forbidden(),
        Effect::Ignore(listed) if listed.contains(&parameter) => when.after("Without effect", "不起作用"),
        Effect::Constrain(limited) => {
            let (_, limit) = limited.iter().find(|(index, _)| *index == parameter)?;
            let (en, zh) = (Words { language: Language::En, ..words }, Words { language: Language::Zh, ..words });
            when.after(&capitalized(&en.limit(limit, "only ")), &zh.limit(limit, ""))
        }
        Effect::ExactlyOne(listed)
        | Effect::AtLeastOne(listed)
        | Effect::AtMostOne(listed)
        | Effect::AllOrNone(listed)
            if listed.contains(&parameter) =>
        {
            words.count(&rule.effect, listed, when)
        }
        Effect::Equal(one, other) if [*one, *other].contains(&parameter) => {
            let other = words.name(if *one == parameter { *other } else { *one });
            when.after(&format!("The same as {other}"), &format!("必须与 {other} 相同"))
        }
        _ => return None,
    })
}

/// What a rule says as a whole: "`A` and `B` are required when `C` is `x`".
pub fn rule(action: &Action, rule: &Rule, language: Language) -> String {
    let words = Words { action, language };
    let when = Clause { words, condition: &rule.when };
    let about = |listed: &[usize], en: &str, zh: &str| {
        let (names, are) = (words.names(listed, List::And), if listed.len() > 1 { "are" } else { "is" });
        when.after(&format!("{names} {are} {en}"), &format!("{names} {zh}"))
    };
    match &rule.effect {
        Effect::Require(listed) => about(listed, "required", "必填"),
        Effect::Forbid(listed) => about(listed, "not allowed", "不允许指定"),
        Effect::Ignore(listed) => about(listed, "without effect", "不起作用"),
        Effect::Constrain(limited) => {
            let limit = |(index, limit): &(usize, Limit)| {
                let (name, limit) = (words.name(*index), words.limit(limit, ""));
                words.say(format!("{name} must be {limit}"), format!("{name} {limit}"))
            };
            let limits = limited.iter().map(limit).collect::<Vec<_>>().join(&words.say("; ", "；"));
            when.after(&limits, &limits)
        }
        Effect::ExactlyOne(listed)
        | Effect::AtLeastOne(listed)
        | Effect::AtMostOne(listed)
        | Effect::AllOrNone(listed) => words.count(&rule.effect, listed, when),
        Effect::Equal(one, other) => {
            let (one, other) = (words.name(*one), words.name(*other));
            when.after(&format!("{one} and {other} must be the same"), &format!("{one} 必须与 {other} 相同"))
        }
    }
}

/// A rule's condition beside what it qualifies.
#[derive(Clone, Copy)]
struct Clause<'a> {
    words: Words<'a>,
    condition: &'a Condition,
}

impl Clause<'_> {
    /// English puts it after the statement, Chinese before.
    fn after(self, en: &str, zh: &str) -> String {
        let clause = condition(self.words.action, self.condition, self.words.language);
        match (clause.is_empty(), self.words.language) {
            (true, _) => self.words.say(en, zh),
            (false, Language::En) => format!("{en} {clause}"),
            (false, Language::Zh) => format!("{clause}，{zh}"),
        }
    }

    /// Forbidden unless: a reader rather wants to know when it is allowed.
    fn forbidden(self) -> String {
        match self.condition {
            Condition::Not(inner) => {
                let phrase = self.words.phrase(inner);
                self.words.say(format!("Allowed only when {phrase}"), glued(&["仅当", &phrase, "时允许指定"]))
            }
            _ => self.after("Not allowed", "不允许指定"),
        }
    }
}

impl Words<'_> {
    /// "Exactly one of `A` and `B` is required"
    fn count(self, effect: &Effect, listed: &[usize], when: Clause<'_>) -> String {
        let names = self.names(listed, List::And);
        let (en, zh) = match effect {
            Effect::ExactlyOne(_) => {
                (format!("Exactly one of {names} is required"), format!("必须且只能指定 {names} 中的一个"))
            }
            Effect::AtLeastOne(_) => {
                (format!("At least one of {names} is required"), format!("至少要指定 {names} 中的一个"))
            }
            Effect::AtMostOne(_) => {
                (format!("At most one of {names} may be given"), format!("最多只能指定 {names} 中的一个"))
            }
            _ => (format!("{names} are given together or not at all"), format!("{names} 必须同时指定或都不指定")),
        };
        when.after(&en, &zh)
    }

    /// "`x` or `y`" (after `only`, if that is wanted), "at least 1 and at most 5",
    /// "at most 64 characters long", joined by commas.
    fn limit(self, limit: &Limit, only: &str) -> String {
        let limits = &limit.limits;
        let mut parts = Vec::new();
        if !limit.values.is_empty() {
            let values = self.values(&limit.values, List::Or);
            parts.push(self.say(format!("{only}{values}"), format!("只能为 {values}")));
        }
        for (bounds, en, zh) in [
            (range(limits, self.language), "", ""),
            (counts(limits.min_length, limits.max_length, self.language), " characters long", "字符数"),
            (counts(limits.min_items, limits.max_items, self.language), " elements long", "元素数"),
        ] {
            if !bounds.is_empty() {
                parts.push(self.say(format!("{bounds}{en}"), format!("{zh}{bounds}")));
            }
        }
        if let Some(pattern) = &limits.pattern {
            parts.push(self.say(format!("a match of {}", code(pattern)), format!("匹配 {}", code(pattern))));
        }
        if let Some(format) = limits.format {
            let format = code(format.name());
            parts.push(self.say(format!("of the format {format}"), format!("符合 {format} 格式")));
        }
        parts.join(&self.say(", ", "，"))
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

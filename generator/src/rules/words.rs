//! Rules in words, as CommonMark: for reference documentation and for messages.

mod rule;

pub use rule::{for_parameter, rule};

use crate::model::{Action, Condition, Language, Limits};
use std::fmt::Display;

/// A condition as a clause: "when `A` is `x` or `y`", "unless `B` is given"; empty if it always holds. In Chinese the
/// clause stands before what it qualifies: "当 `A` 为 `x` 时".
pub fn condition(action: &Action, condition: &Condition, language: Language) -> String {
    let words = Words { action, language };
    match (condition, language) {
        (Condition::Always, _) => String::new(),
        (Condition::Not(inner), Language::En) => format!("unless {}", words.phrase(inner)),
        (other, Language::En) => format!("when {}", words.phrase(other)),
        (other, Language::Zh) => glued(&["当", &words.phrase(other), "时"]),
    }
}

/// A parameter's name.
pub(super) fn name(action: &Action, index: usize) -> &str {
    action.parameters.get(index).map_or("", |parameter| parameter.name.as_str())
}

/// The word before the last of a list.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum List {
    And,
    Or,
}

/// "A, B or C"; of a list longer than `most`, only the beginning.
pub(super) fn list(parts: &[String], list: List, language: Language, most: Option<usize>) -> String {
    let (comma, word) = match (language, list) {
        (Language::En, List::And) => (", ", " and "),
        (Language::En, List::Or) => (", ", " or "),
        (Language::Zh, List::And) => ("、", "、"),
        (Language::Zh, List::Or) => ("、", " 或 "),
    };
    if let Some(most) = most
        && let Some(shown) = parts.get(..most)
        && parts.len() > most
    {
        let (shown, all) = (shown.join(comma), parts.len());
        return match language {
            Language::En => format!("{shown}{word}{} others", all - most),
            Language::Zh => format!("{shown}等 {all} 个"),
        };
    }
    match parts.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{}{word}{last}", before.join(comma)),
        _ => parts.concat(),
    }
}

/// "at least 1 and below 5"; empty if nothing is bounded.
pub(super) fn range(limits: &Limits, language: Language) -> String {
    bounds(
        &[
            (limits.minimum, "at least", "不小于"),
            (limits.exclusive_minimum, "above", "大于"),
            (limits.maximum, "at most", "不大于"),
            (limits.exclusive_maximum, "below", "小于"),
        ],
        language,
    )
}

/// "at least 1 and at most 5"; empty if nothing is bounded.
pub(super) fn counts(least: Option<u64>, most: Option<u64>, language: Language) -> String {
    bounds(&[(least, "at least", "不小于"), (most, "at most", "不大于")], language)
}

fn bounds<T: Display>(bounds: &[(Option<T>, &str, &str)], language: Language) -> String {
    let parts: Vec<String> = bounds
        .iter()
        .filter_map(|(bound, en, zh)| {
            let word = if language == Language::En { en } else { zh };
            bound.as_ref().map(|bound| format!("{word} {bound}"))
        })
        .collect();
    parts.join(if language == Language::En { " and " } else { " 且" })
}

/// A value or a name as code, whatever it contains.
pub fn code(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let text: String = text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect();
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    match longest {
        0 => format!("`{text}`"),
        _ => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// Writes about the parameters of one action.
#[derive(Clone, Copy)]
struct Words<'a> {
    action: &'a Action,
    language: Language,
}

impl Words<'_> {
    fn say(self, en: impl Into<String>, zh: impl Into<String>) -> String {
        match self.language {
            Language::En => en.into(),
            Language::Zh => zh.into(),
        }
    }

    fn name(self, index: usize) -> String {
        code(name(self.action, index))
    }

    fn names(self, indices: &[usize], word: List) -> String {
        list(&indices.iter().map(|index| self.name(*index)).collect::<Vec<_>>(), word, self.language, None)
    }

    fn values(self, values: &[String], word: List) -> String {
        let values: Vec<String> = values.iter().map(|value| code(value)).collect();
        list(&values, word, self.language, None)
    }

    /// "`A` is `x` or `y`"
    fn phrase(self, condition: &Condition) -> String {
        match condition {
            Condition::Always => self.say("called at all", "任何情况"),
            Condition::Is(index, values) => {
                let (name, values) = (self.name(*index), self.values(values, List::Or));
                self.say(format!("{name} is {values}"), format!("{name} 为 {values}"))
            }
            Condition::Present(indices) => {
                let (names, are) = (self.names(indices, List::And), if indices.len() > 1 { "are" } else { "is" });
                self.say(format!("{names} {are} given"), format!("指定了 {names}"))
            }
            Condition::Above(index, bound) => {
                let name = self.name(*index);
                self.say(format!("{name} is above {bound}"), format!("{name} 大于 {bound}"))
            }
            Condition::Below(index, bound) => {
                let name = self.name(*index);
                self.say(format!("{name} is below {bound}"), format!("{name} 小于 {bound}"))
            }
            Condition::Not(inner) => self.negated(inner),
            Condition::All(parts) => self.joined(parts, " and ", "且"),
            Condition::Any(parts) => self.joined(parts, " or ", "或"),
        }
    }

    fn negated(self, condition: &Condition) -> String {
        match condition {
            Condition::Is(index, values) => {
                let (name, listed) = (self.name(*index), self.values(values, List::Or));
                self.say(format!("{name} is other than {listed}"), format!("{name} 不为 {listed}"))
            }
            Condition::Present(indices) => match indices.as_slice() {
                [index] => {
                    let name = self.name(*index);
                    self.say(format!("{name} is not given"), format!("未指定 {name}"))
                }
                _ => {
                    let names = self.names(indices, List::And);
                    self.say(format!("not all of {names} are given"), format!("未同时指定 {names}"))
                }
            },
            Condition::Above(index, bound) => {
                let name = self.name(*index);
                self.say(format!("{name} is not above {bound}"), format!("{name} 不大于 {bound}"))
            }
            Condition::Below(index, bound) => {
                let name = self.name(*index);
                self.say(format!("{name} is not below {bound}"), format!("{name} 不小于 {bound}"))
            }
            Condition::Not(inner) => self.phrase(inner),
            Condition::Always | Condition::All(_) | Condition::Any(_) => {
                let phrase = self.phrase(condition);
                self.say(format!("not ({phrase})"), format!("并非（{phrase}）"))
            }
        }
    }

    fn joined(self, parts: &[Condition], en: &str, zh: &str) -> String {
        let bracketed = |part: &Condition| {
            let phrase = self.phrase(part);
            match part {
                Condition::All(_) | Condition::Any(_) => self.say(format!("({phrase})"), format!("（{phrase}）")),
                _ => phrase,
            }
        };
        let parts: Vec<String> = parts.iter().map(bracketed).collect();
        match self.language {
            Language::En => parts.join(en),
            Language::Zh => {
                let with_words: Vec<&str> = parts.iter().flat_map(|part| [zh, part.as_str()]).skip(1).collect();
                glued(&with_words)
            }
        }
    }
}

/// Parts of a Chinese text, with a space wherever a Chinese character meets another script.
fn glued(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        let other_script = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii());
        if !text.is_empty() && (other_script(text.chars().next_back()) || other_script(part.chars().next())) {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests;

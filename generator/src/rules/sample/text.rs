//! Texts that keep bounds: of a length, of a format, of a pattern.

use crate::model::{Format, Limits};
use regex_lite::Regex;

/// A text that keeps bounds, as near to a wished one as it can be. What cannot be kept is left to the judge.
pub(super) fn made(limits: &Limits, wished: &str) -> String {
    let formatted = limits.format.and_then(of_format).unwrap_or(wished);
    let text = match &limits.pattern {
        Some(pattern) if !matches(pattern, formatted) => of_pattern(pattern).unwrap_or_else(|| formatted.to_owned()),
        _ => formatted.to_owned(),
    };
    let length = text.chars().count() as u64;
    let within = length.min(limits.max_length.unwrap_or(u64::MAX)).max(limits.min_length.unwrap_or(0).min(10_000));
    if within == length { text } else { of_length(&text, within) }
}

/// A text cut or repeated to a length in code points.
pub(super) fn of_length(text: &str, length: u64) -> String {
    let source = if text.is_empty() { "x" } else { text };
    source.chars().cycle().take(length as usize).collect()
}

pub(super) fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
}

fn of_format(format: Format) -> Option<&'static str> {
    Some(match format {
        Format::DateTime => "2026-01-02T03:04:05Z",
        Format::Date => "2026-01-02",
        Format::UnixTime => "1767323045",
        Format::UnixTimeMillis => "1767323045000",
        Format::Ip => "192.0.2.10",
        Format::Cidr => "192.0.2.0/24",
        Format::Port => "3306",
        Format::Base64 => "YmluZA==",
        Format::Ascii | Format::Int32 | Format::Int64 | Format::Float | Format::Double => return None,
    })
}

/// A short text that a pattern matches. Patterns are mostly plain: classes and how often. What is not understood gives
/// nothing, and what is given does match.
fn of_pattern(pattern: &str) -> Option<String> {
    let mut reader = Reader { rest: pattern, out: String::new() };
    reader.alternatives()?;
    Some(reader.out).filter(|text| matches(pattern, text))
}

struct Reader<'a> {
    rest: &'a str,
    out: String,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The first of some alternatives; the others are read and forgotten.
    fn alternatives(&mut self) -> Option<()> {
        self.sequence()?;
        let kept = self.out.len();
        while self.eat("|") {
            self.sequence()?;
            self.out.truncate(kept);
        }
        Some(())
    }

    fn sequence(&mut self) -> Option<()> {
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let start = self.out.len();
            self.atom()?;
            let count = self.count()?;
            let piece = self.out.get(start..)?.to_owned();
            self.out.truncate(start);
            self.out += &piece.repeat(count);
        }
        Some(())
    }

    fn atom(&mut self) -> Option<()> {
        match self.next()? {
            '^' | '$' => {}
            '(' => {
                let plain = self.eat("?:") || !self.rest.starts_with('?');
                plain.then_some(())?;
                self.alternatives()?;
                self.eat(")").then_some(())?;
            }
            '[' => {
                let picked = self.class()?;
                self.out.push(picked);
            }
            '\\' => {
                let picked = self.escaped()?;
                self.out.push(picked);
            }
            '.' => self.out.push('a'),
            c => self.out.push(c),
        }
        Some(())
    }

    /// How often at least; once where never is allowed too, so that something can be seen.
    fn count(&mut self) -> Option<usize> {
        if self.eat("*") || self.eat("+") || self.eat("?") {
            return Some(1);
        }
        if !self.eat("{") {
            return Some(1);
        }
        let (inside, rest) = self.rest.split_once('}')?;
        self.rest = rest;
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let least: usize = least.parse().ok()?;
        let most = most.parse().unwrap_or(usize::MAX);
        Some(least.max(1).min(most)).filter(|count| *count <= 10_000)
    }

    fn class(&mut self) -> Option<char> {
        let negated = self.eat("^");
        let mut ranges: Vec<(char, char)> = Vec::new();
        while ranges.is_empty() || !self.eat("]") {
            let low = match self.next()? {
                '\\' => self.escaped()?,
                c => c,
            };
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let high = match is_range && self.eat("-") {
                true => match self.next()? {
                    '\\' => self.escaped()?,
                    c => c,
                },
                false => low,
            };
            ranges.push((low, high));
        }
        let holds = |c: &char| ranges.iter().any(|(low, high)| low <= c && c <= high);
        let likely = ('a'..='z').chain('0'..='9').chain('A'..='Z').chain(' '..='~');
        match negated {
            true => likely.into_iter().find(|c| !holds(c)),
            false => likely.into_iter().find(holds).or(ranges.first().map(|(low, _)| *low)),
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'd' => '1',
            'w' => 'a',
            's' => ' ',
            'S' => 'a',
            'D' | 'W' => '-',
            'n' => '\n',
            't' => '\t',
            'x' => {
                let code = u32::from_str_radix(self.rest.get(..2)?, 16).ok()?;
                self.rest = self.rest.get(2..)?;
                char::from_u32(code)?
            }
            c if c.is_ascii_alphanumeric() => return None,
            c => c,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_gives_a_text_that_it_matches() {
        let patterns = [
            (r"^[A-Z]{2,3}$", "AA"),
            (r"^(a|b|[^|]+)$", "a"),
            (r"^[\x00-\x7F]*$", "a"),
            (r"^\d{4}-\d{2}$", "1111-11"),
            (r"^[-_.]?x$", "-x"),
            (r"^(?:dts|rm)-[0-9a-z]{3}$", "dts-aaa"),
        ];
        for (pattern, text) in patterns {
            assert_eq!(of_pattern(pattern).as_deref(), Some(text), "{pattern}");
        }
        assert_eq!(of_pattern(r"^\bword$"), None, "what is not understood gives nothing");
        assert_eq!(of_pattern("^[a"), None);
    }

    #[test]
    fn bounds_are_kept() {
        let limits = Limits { min_length: Some(5), max_length: Some(6), ..Limits::default() };
        assert_eq!(made(&limits, "***"), "*****");
        assert_eq!(made(&limits, "too-long"), "too-lo");
        let limits = Limits { format: Some(Format::Ip), ..Limits::default() };
        assert_eq!(made(&limits, "address"), "192.0.2.10");
    }
}

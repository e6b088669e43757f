//! Random values of a shape: mostly right, at the limits more often than chance would have it, now and then wrong.

use bindery::model::{Api, Format, Kind, Limits, Member, Others, Shape};
use fastrand::Rng;
use serde_json::{Map, Number, Value, json};

/// Makes values.
pub struct Values<'a> {
    pub api: &'a Api,
    pub rng: Rng,
    /// How likely a value, a member or an element is wrong, in thousandths.
    pub chaos: u32,
}

/// Deeper than this, optional members are left out.
const DEEP: usize = 4;

impl Values<'_> {
    /// Whether something happens that does so in this many of a thousand cases.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.rng.u32(..1000) < per_mille
    }

    /// One of these.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        if from.is_empty() { None } else { from.get(self.rng.usize(..from.len())) }
    }

    fn astray(&mut self) -> bool {
        let chaos = self.chaos;
        self.chance(chaos)
    }

    /// A value of a shape. `hints` are values that rules speak of.
    pub fn value(&mut self, shape: &Shape, hints: &[Value], depth: usize) -> Value {
        if self.astray() {
            return self.wrong();
        }
        if let Some(hint) = self.pick(hints).filter(|_| self.rng.bool()) {
            return hint.clone();
        }
        if let Some(choice) = self.pick(&shape.values).filter(|_| self.rng.u32(..8) > 0) {
            let text = if self.astray() { swapped(&choice.wire) } else { choice.wire.clone() };
            return literal(&shape.kind, &text);
        }
        if let Some(example) = shape.example.as_ref().filter(|_| self.rng.u32(..4) == 0) {
            return example.clone();
        }
        self.of_kind(shape, depth)
    }

    fn of_kind(&mut self, shape: &Shape, depth: usize) -> Value {
        let limits = &shape.limits;
        match &shape.kind {
            Kind::Text => json!(self.text(limits)),
            Kind::Boolean => json!(self.rng.bool()),
            Kind::Integer => self.integer(limits),
            Kind::Number => self.number(limits),
            Kind::Any => self.wrong(),
            Kind::List(item) => self.list(item, limits, depth),
            Kind::Object(members, others) => self.object(members, others, depth),
            Kind::Named(name) => match self.api.schema(name) {
                Some(shape) => self.value(shape, &[], depth),
                None => Value::Null,
            },
            Kind::Json(inner) => {
                // A limit on the text that holds JSON is one on the JSON.
                let own = Shape { limits: limits.clone(), ..(**inner).clone() };
                let value = self.value(if *limits == Limits::default() { inner } else { &own }, &[], depth);
                match self.rng.u32(..10) {
                    0..3 => json!(value.to_string()),
                    3 if self.astray() => {
                        json!(self.pick(&["", "[", "{\"a\":}", "nul", "[1] 2"]).copied().unwrap_or(""))
                    }
                    _ => value,
                }
            }
        }
    }

    /// Anything: mostly of the wrong type for whoever gets it.
    pub fn wrong(&mut self) -> Value {
        let all = [
            Value::Null,
            json!(true),
            json!(""),
            json!("1"),
            json!("true"),
            json!(0),
            json!(-1.5),
            json!(1.0),
            json!(9_223_372_036_854_775_808_u64),
            json!(1e300),
            json!([]),
            json!([null]),
            json!({}),
            json!({"": {"a": [0]}}),
        ];
        self.pick(&all).cloned().unwrap_or_default()
    }

    fn text(&mut self, limits: &Limits) -> String {
        if let Some(text) = self.formatted(limits.format).filter(|_| self.rng.u32(..8) > 0) {
            return text;
        }
        let length = match (limits.min_length, limits.max_length) {
            (None, None) => self.rng.u64(..4),
            (least, most) => self.around(least, most, 5000),
        };
        let alphabet: &[char] = match self.rng.u32(..8) {
            0 => &['é', '中', '😀', 'e', '\u{301}'],
            1 => &['\n', '"', '\\', '/', '~', '#', '.', ' ', '\u{7f}'],
            2 => &['0', '1', '9'],
            _ => &['a', 'b', 'Z', '0', '7', '-', '_'],
        };
        (0..length).filter_map(|_| self.pick(alphabet)).collect()
    }

    fn formatted(&mut self, format: Option<Format>) -> Option<String> {
        let texts: &[&str] = match format? {
            Format::DateTime => &["2024-01-02T03:04:05Z", "2024-01-02T03:04Z", "2024-01-02 03:04:05"],
            Format::Date => &["2024-01-02", "2024-1-2"],
            Format::UnixTime | Format::UnixTimeMillis => &["1700000000", "1700000000000", "17000000000000", "-1"],
            Format::Ip => &["10.0.0.1", "::1", "10.0.0", "fe80::1"],
            Format::Cidr => &["10.0.0.0/8", "::/0", "10.0.0.0"],
            Format::Port => &["1", "0", "3306", "65535", "65536", "03306"],
            Format::Base64 => &["YWI=", "Y===", "", "a-b"],
            Format::Ascii => &["a~", "é", ""],
            Format::Int32 | Format::Int64 | Format::Float | Format::Double => return None,
        };
        self.pick(texts).map(|text| (*text).to_owned())
    }

    /// A count at, or one off, its limits.
    fn around(&mut self, least: Option<u64>, most: Option<u64>, ceiling: u64) -> u64 {
        let least = least.unwrap_or(0);
        let most = most.unwrap_or(least + 3);
        let inside = self.rng.u64(least..=most.max(least).min(least + 6));
        let off = self.astray() || self.astray();
        let count = match self.rng.u32(..8) {
            0 if off => least.saturating_sub(1),
            1 | 2 if off => most + 1,
            3 => least,
            4 => most,
            _ => inside,
        };
        count.min(ceiling)
    }

    fn bounds(&mut self, limits: &Limits) -> Vec<f64> {
        let range = limits.format.and_then(Format::range);
        let ends = [limits.minimum, limits.maximum, limits.exclusive_minimum, limits.exclusive_maximum];
        ends.into_iter().chain([range.map(|(low, _)| low), range.map(|(_, high)| high)]).flatten().collect()
    }

    fn integer(&mut self, limits: &Limits) -> Value {
        let bounds = self.bounds(limits);
        let inside = limits.minimum.unwrap_or(0.0) as i64;
        let at = self.pick(&bounds).copied().unwrap_or(0.0) as i64;
        match self.rng.u32(..12) {
            0 => json!(at),
            1 if self.astray() => json!(at.saturating_add(1)),
            2 if self.astray() => json!(at.saturating_sub(1)),
            3 => json!((at.clamp(-1000, 1000)) as f64),
            4 if self.astray() => json!(at.clamp(-1000, 1000) as f64 + 0.5),
            5 if self.astray() => json!(self.pick(&[i64::MIN, i64::MAX]).copied().unwrap_or(0)),
            _ => json!(inside.saturating_add(self.rng.i64(0..3))),
        }
    }

    fn number(&mut self, limits: &Limits) -> Value {
        let bounds = self.bounds(limits);
        let at = self.pick(&bounds).copied().unwrap_or(1.0);
        let step = self.pick(&[0.0, 0.5, -0.5, 1.0, -1.0]).copied().unwrap_or(0.0);
        Number::from_f64(at + step).map_or(Value::Null, Value::Number)
    }

    fn list(&mut self, item: &Shape, limits: &Limits, depth: usize) -> Value {
        let most = limits.max_items.unwrap_or(limits.min_items.unwrap_or(0) + 2);
        let length = match (limits.min_items, limits.max_items) {
            (None, None) if depth > DEEP => 0,
            (least, _) => self.around(least, Some(most), 30),
        };
        (0..length).map(|_| self.value(item, &[], depth + 1)).collect()
    }

    fn object(&mut self, members: &[Member], others: &Others, depth: usize) -> Value {
        let mut out = Map::new();
        for member in members {
            let given = if member.required { !self.astray() } else { depth <= DEEP && self.rng.u32(..5) < 2 };
            if given {
                let value = self.value(&member.shape, &[], depth + 1);
                out.insert(member.name.to_string(), value);
            } else if self.astray() {
                out.insert(member.name.to_string(), Value::Null);
            }
        }
        match others {
            Others::Of(shape) => {
                for name in ["a", "b/~", ""].into_iter().take(self.rng.usize(..3)) {
                    let value = self.value(shape, &[], depth + 1);
                    out.insert(name.to_owned(), value);
                }
            }
            Others::Welcome | Others::Refused => {
                if self.astray() {
                    let value = self.wrong();
                    out.insert(self.pick(&["Unheard", "a~/b", "0"]).copied().unwrap_or("").to_owned(), value);
                }
            }
        }
        Value::Object(out)
    }
}

/// The value of a kind that travels as a text; the text itself if none does.
pub fn literal(kind: &Kind, text: &str) -> Value {
    match kind {
        Kind::Boolean | Kind::Integer | Kind::Number => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        _ => json!(text),
    }
}

/// The text in another case.
pub fn swapped(text: &str) -> String {
    text.chars().map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect()
}

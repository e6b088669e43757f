//! From the wire back to a request: the inverse of how parameters travel. What cannot be read as what it should be stays
//! text, so that the checks find it.

use bindery_runtime::Json;
use bindery_runtime::table::{Kind, Others, Parameter, Shape, Style, Table};
use serde_json::Map;
use std::collections::BTreeMap;

/// What follows a name and its dot (empty: nothing), and the value.
type Pairs<'r> = Vec<(&'r str, &'r str)>;

/// Names may have as many dots as a client likes: deeper than this, nothing is told apart.
const DEPTH: usize = 32;

/// The names of an action's parameters, for looking them up.
#[derive(Debug)]
pub(super) struct Names {
    table: &'static Table,
    /// Sorted by name.
    sorted: Vec<(&'static str, usize)>,
    /// By index: the parameter, or something in it, must not be shown.
    hidden: Vec<bool>,
}

/// Pairs of the wire, sorted by the parameter that they belong to.
#[derive(Debug, Default)]
pub(super) struct Given<'r> {
    /// The parameter's index, what follows its name, and the value, as they came.
    values: Vec<(usize, &'r str, &'r str)>,
}

impl Names {
    pub fn of(table: &'static Table) -> Names {
        let mut sorted: Vec<_> =
            table.parameters.iter().enumerate().map(|(index, parameter)| (parameter.name, index)).collect();
        sorted.sort_unstable();
        Names { table, sorted, hidden: table.parameters.iter().map(|p| p.shape.is_sensitive()).collect() }
    }

    /// The parameter that a name on the wire belongs to, and what follows its name.
    pub fn find<'r>(&self, name: &'r str) -> Option<(usize, &'r str)> {
        if let Some(index) = self.index(name) {
            return Some((index, ""));
        }
        let dots = name.match_indices('.').map(|(at, _)| at);
        dots.filter_map(|at| Some((self.index(name.get(..at)?)?, name.get(at + 1..)?)))
            .find(|(index, _)| self.parameter(*index).is_some_and(|parameter| is_deep(parameter.shape)))
    }

    /// Whether a parameter's value must not be shown.
    pub fn is_hidden(&self, index: usize) -> bool {
        self.hidden.get(index).copied().unwrap_or(true)
    }

    fn index(&self, name: &str) -> Option<usize> {
        let at = self.sorted.binary_search_by_key(&name, |(known, _)| known).ok()?;
        self.sorted.get(at).map(|(_, index)| *index)
    }

    fn parameter(&self, index: usize) -> Option<&'static Parameter> {
        self.table.parameters.get(index)
    }
}

impl<'r> Given<'r> {
    /// Adds a pair that was found to belong to a parameter.
    pub fn add(&mut self, (index, rest): (usize, &'r str), value: &'r str) {
        self.values.push((index, rest, value));
    }

    /// The request: parameters by their whole wire names. Of a name that came twice, the first counts.
    pub fn request(mut self, names: &Names) -> Json {
        // Those of one name stay in the order in which they came.
        self.values.sort_by_key(|(index, rest, _)| (*index, *rest));
        self.values.dedup_by_key(|(index, rest, _)| (*index, *rest));
        let mut members = Map::with_capacity(self.values.len());
        for values in self.values.chunk_by(|(one, ..), (other, ..)| one == other) {
            if let Some(parameter) = values.first().and_then(|(index, ..)| names.parameter(*index)) {
                let values = values.iter().map(|(_, rest, value)| (*rest, *value)).collect();
                members.insert(parameter.name.to_owned(), value(parameter, values));
            }
        }
        Json::Object(members)
    }
}

fn value(parameter: &'static Parameter, values: Pairs<'_>) -> Json {
    let (kind, whole) = (&parameter.shape.kind, values.iter().find(|(rest, _)| rest.is_empty()));
    match (whole, parameter.style) {
        (Some((_, text)), Style::Simple) if matches!(kind, Kind::List(_)) => {
            let item = match kind {
                Kind::List(item) => item,
                _ => parameter.shape,
            };
            text.split(',').map(|text| scalar(text, &item.kind)).collect()
        }
        // A body, and what travels as JSON, is JSON for anything that is not text already.
        (Some((_, text)), _) if is_deep(parameter.shape) || matches!(kind, Kind::Any) => {
            serde_json::from_str(text).ok().filter(|json: &Json| is_deep_json(json)).unwrap_or_else(|| (*text).into())
        }
        (Some((_, text)), _) => scalar(text, kind),
        (None, _) => spread(values, parameter.shape, DEPTH),
    }
}

/// `Tag.1.Key=…`: lists by numbers from 1, objects by members. A number that is left out leaves no gap.
fn spread(values: Pairs<'_>, shape: &'static Shape, depth: usize) -> Json {
    if let Some((_, text)) = values.iter().find(|(rest, _)| rest.is_empty()) {
        return scalar(text, &shape.kind);
    }
    let Some(depth) = depth.checked_sub(1) else { return Json::Object(Map::new()) };
    match shape.kind {
        Kind::List(item) => {
            let mut items: BTreeMap<usize, Pairs<'_>> = BTreeMap::new();
            for (rest, value) in &values {
                let (number, rest) = rest.split_once('.').unwrap_or((rest, ""));
                match number.parse() {
                    Ok(number) => items.entry(number).or_default().push((rest, value)),
                    Err(_) => return members(values, &[], None, depth),
                }
            }
            items.into_values().map(|values| spread(values, item, depth)).collect()
        }
        Kind::Object(known, others) => {
            let names: Vec<(&str, &'static Shape)> = known.iter().map(|member| (member.name, member.shape)).collect();
            let other = match others {
                Others::Of(shape) => Some(shape),
                Others::Refused | Others::Welcome => None,
            };
            members(values, &names, other, depth)
        }
        _ => members(values, &[], None, depth),
    }
}

fn members(values: Pairs<'_>, known: &[(&str, &'static Shape)], other: Option<&'static Shape>, depth: usize) -> Json {
    static TEXT: Shape = Shape::of(Kind::Text);
    let mut groups: BTreeMap<&str, (&'static Shape, Pairs<'_>)> = BTreeMap::new();
    for (rest, value) in values {
        // Names of members may have dots: the longest that fits is meant.
        let fits = known.iter().filter_map(|(name, shape)| {
            let after = rest.strip_prefix(name)?;
            (after.is_empty() || after.starts_with('.')).then_some((*name, *shape))
        });
        let (name, shape) = fits
            .max_by_key(|(name, _)| name.len())
            .unwrap_or_else(|| (rest.split_once('.').map_or(rest, |(name, _)| name), other.unwrap_or(&TEXT)));
        let after = rest.get(name.len() + 1..).unwrap_or_default();
        groups.entry(name).or_insert_with(|| (shape, Vec::new())).1.push((after, value));
    }
    let each = groups.into_iter().map(|(name, (shape, values))| (name.to_owned(), spread(values, shape, depth)));
    Json::Object(each.collect())
}

/// A text as what it stands for; the text itself if it does not.
fn scalar(text: &str, kind: &Kind) -> Json {
    let read = match kind {
        Kind::Boolean => match text {
            // Python's SDK capitalises.
            "true" | "True" => Some(true.into()),
            "false" | "False" => Some(false.into()),
            _ => None,
        },
        Kind::Integer => text.parse::<i64>().map(Json::from).ok().or_else(|| number(text)),
        Kind::Number => number(text),
        Kind::Text | Kind::Json(_) | Kind::List(_) | Kind::Object(..) | Kind::Any => None,
    };
    read.unwrap_or_else(|| text.into())
}

fn number(text: &str) -> Option<Json> {
    // Rust reads more than travels: `inf`, `+1`, `.5`.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'e' | b'E' | b'+'));
    if !plain {
        return None;
    }
    serde_json::from_str(text).ok().filter(Json::is_number)
}

fn is_deep(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::List(_) | Kind::Object(..))
}

fn is_deep_json(json: &Json) -> bool {
    json.is_array() || json.is_object()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use bindery_runtime::table::Member;
    use serde_json::json;

    static TEXT: Shape = Shape::of(Kind::Text);
    static COUNT: Shape = Shape::of(Kind::Integer);
    static TAG: Shape = Shape::of(Kind::Object(
        &[
            Member { name: "Key", required: false, shape: &TEXT },
            Member { name: "Key.Sub", required: false, shape: &COUNT },
        ],
        Others::Refused,
    ));
    static TAGS: Shape = Shape::of(Kind::List(&TAG));
    static COUNTS: Shape = Shape::of(Kind::List(&COUNT));
    static FLAG: Shape = Shape::of(Kind::Boolean);
    static HELD: Shape = Shape::of(Kind::Json(&TAGS));
    static TABLE: Table = Table {
        action: "Try",
        parameters: &[
            Parameter::of("Tag", &TAGS),
            Parameter::of("Ids", &COUNTS),
            Parameter { style: Style::Simple, ..Parameter::of("Simple", &COUNTS) },
            Parameter { style: Style::Json, ..Parameter::of("Style", &TAGS) },
            Parameter::of("End.On", &FLAG),
            Parameter::of("Held", &HELD),
            Parameter::of("Text", &TEXT),
        ],
        rules: &[],
    };

    fn request(query: &str) -> (Json, Vec<String>) {
        let names = Names::of(&TABLE);
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let (mut given, mut unknown) = (Given::default(), Vec::new());
        for (name, value) in &pairs {
            match names.find(name) {
                Some(place) => given.add(place, value),
                None => unknown.push(name.clone()),
            }
        }
        (given.request(&names), unknown)
    }

    #[test]
    fn what_was_flat_is_deep_again() {
        let (request, unknown) = request(
            "Tag.2.Key=b&Tag.1.Key=a&Tag.1.Key.Sub=3&Tag.10.Key=c&Ids.1=1&Ids.3=x&Simple=1,2&Style=[{\"Key\":\"a\"}]&\
             End.On=True&Held=[]&Text=true&End.Off=1&Text.1=a&Text=again",
        );
        assert_eq!(
            request,
            json!({"Tag": [{"Key": "a", "Key.Sub": 3}, {"Key": "b"}, {"Key": "c"}], "Ids": [1, "x"], "Simple": [1, 2],
                "Style": [{"Key": "a"}], "End.On": true, "Held": "[]", "Text": "true"})
        );
        assert_eq!(unknown, ["End.Off", "Text.1"]);
    }

    #[test]
    fn what_fits_nowhere_stays_text() {
        assert_eq!(request("Ids=1").0, json!({"Ids": "1"}));
        assert_eq!(request("Ids.a=1").0, json!({"Ids": {"a": "1"}}));
        assert_eq!(request("Tag.1=x").0, json!({"Tag": ["x"]}));
        assert_eq!(request("End.On=TRUE").0, json!({"End.On": "TRUE"}));
        // A name may be as long as a client likes.
        let long = format!("Tag.1{}=x", ".a".repeat(100_000));
        assert!(request(&long).0.is_object());
        assert_eq!(request("Ids.1=%2B1&Ids.2=1e3&Ids.3=01").0, json!({"Ids": [1, 1000.0, 1]}));
    }
}

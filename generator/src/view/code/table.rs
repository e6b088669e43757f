//! What templates see of what the service demands: rows of tables that a runtime interprets.

use crate::target::{Name, Text};
use serde::Serialize;

/// What is demanded of an action's requests.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// In the specification's order.
    pub parameters: Vec<Row>,
    /// In the specification's order.
    pub rules: Vec<Rule>,
    /// Whether there are any.
    pub has_rules: bool,
}

/// A word of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Word<T> {
    /// The word.
    pub wire: T,
    /// Whether it is the last one.
    pub last: bool,
}

/// A parameter of a list, by its place in the table.
#[derive(Debug, Clone, Serialize)]
pub struct Index {
    /// The place.
    pub index: usize,
    /// Whether it is the last one.
    pub last: bool,
}

/// A parameter.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct Row {
    /// Its name on the wire.
    pub wire: Text,
    /// Whether the service rejects a request without it.
    pub required: bool,
    /// Whether it travels elsewhere than in the query.
    pub has_place: bool,
    /// `query`, `form`, `body`, `path`, `header` or `host`.
    pub place: &'static str,
    /// Whether a list or an object travels otherwise than repeated.
    pub has_style: bool,
    /// `repeat`, `flat`, `simple`, `json` or `xml`.
    pub style: &'static str,
    /// Whether the service assumes something if it is absent.
    pub has_default: bool,
    /// What, as it would travel.
    pub default: Text,
    /// Nothing is said beyond name and shape.
    pub plain: bool,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it is the last one.
    pub last: bool,
}

/// What a value may be.
#[derive(Debug, Clone, Default, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct Shape {
    /// `text`, `boolean`, `integer`, `number`, `list`, `object`, `json` or `any`; empty if it is named.
    pub kind: &'static str,
    /// Nothing is said beyond the kind.
    pub plain: bool,
    /// A list.
    pub is_list: bool,
    /// Named members.
    pub is_object: bool,
    /// Text that holds JSON.
    pub is_json: bool,
    /// A shape that actions share: only `constant` counts.
    pub is_named: bool,
    /// What that is called, or nothing.
    pub constant: Option<Name>,
    /// What a list holds, or a text of JSON; else nothing.
    pub item: Option<Box<Shape>>,
    /// An object's members.
    pub members: Vec<Member>,
    /// Whether there are any.
    pub has_members: bool,
    /// No other members are allowed.
    pub others_refused: bool,
    /// Any other members are allowed.
    pub others_welcome: bool,
    /// Other members are allowed, of one shape.
    pub others_of: bool,
    /// That shape, or nothing.
    pub others: Option<Box<Shape>>,
    /// Whether values are documented.
    pub has_values: bool,
    /// Them.
    pub values: Vec<Word<Text>>,
    /// A value beside them is an error.
    pub closed: bool,
    /// Never shown.
    pub sensitive: bool,
    /// Bounds.
    pub demands: Vec<Demand>,
    /// Whether there are any.
    pub has_demands: bool,
    /// Whether a text must match something.
    pub has_pattern: bool,
    /// That expression, or nothing.
    pub pattern: Option<Text>,
    /// Whether a text stands for something that has a form.
    pub has_format: bool,
    /// What that is called, or nothing.
    pub format: Option<Text>,
    /// The expression that it must match, or nothing.
    pub format_pattern: Option<Text>,
}

/// A bound.
#[derive(Debug, Clone, Serialize)]
pub struct Demand {
    /// Which one, spelled as a field: `min_length`.
    pub key: Name,
    /// The number.
    pub number: serde_json::Number,
    /// Whether the number is a count, and not a bound on a number.
    pub is_count: bool,
    /// Whether it is the last one.
    pub last: bool,
}

/// A member of an object.
#[derive(Debug, Clone, Serialize)]
pub struct Member {
    /// Its name on the wire.
    pub wire: Text,
    /// Whether the object is not complete without it.
    pub required: bool,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it is the last one.
    pub last: bool,
}

/// What one parameter says about another.
#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    /// Its id.
    pub id: Text,
    /// When it applies.
    pub when: Cond,
    /// What it demands, in kebab case: `require`, `exactly-one`, …
    pub effect: &'static str,
    /// The parameters of the effect; none for `constrain`.
    pub parameters: Vec<Index>,
    /// Whether it limits values.
    pub is_constrain: bool,
    /// To what.
    pub limits: Vec<Limit>,
    /// Whether a violation is advice, not an error.
    pub advice: bool,
    /// The condition in words, English, as a literal; empty for a rule that always applies.
    pub when_en: Text,
    /// The condition in words, Chinese.
    pub when_zh: Text,
    /// Whether it is the last one.
    pub last: bool,
}

/// A limit on one parameter.
#[derive(Debug, Clone, Serialize)]
pub struct Limit {
    /// The parameter's place in the table.
    pub index: usize,
    /// What it may be.
    pub shape: Shape,
    /// Whether it is the last one.
    pub last: bool,
}

/// When a rule applies.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "a template can ask, not compute")]
pub struct Cond {
    /// `always`, `is`, `present`, `above`, `below`, `not`, `all` or `any`.
    pub kind: &'static str,
    /// It always does.
    pub is_always: bool,
    /// A parameter has one of `values`.
    pub is_is: bool,
    /// All of `parameters` are given.
    pub is_present: bool,
    /// A parameter is above or below `bound`.
    pub is_compare: bool,
    /// It is made of `parts`: `not`, `all`, `any`.
    pub is_parts: bool,
    /// The parameter's place in the table, or 0.
    pub parameter: usize,
    /// The values, as they travel.
    pub values: Vec<Word<Text>>,
    /// The parameters.
    pub parameters: Vec<Index>,
    /// The bound, or 0.
    pub bound: serde_json::Number,
    /// The conditions that it is made of.
    pub parts: Vec<Cond>,
    /// Whether it is the last one.
    pub last: bool,
}

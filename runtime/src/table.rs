//! What the service demands of a request, as static data. Generated crates hold these tables; nothing is parsed when a
//! program starts. Parameters are named by their index in [`Table::parameters`].

use regex_lite::Regex;
use std::sync::OnceLock;

/// What is known of one action's requests.
#[derive(Debug)]
pub struct Table {
    /// The action.
    pub action: &'static str,
    /// In the order of the specification.
    pub parameters: &'static [Parameter],
    /// In the order of the specification.
    pub rules: &'static [Rule],
}

/// One request parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The name on the wire (`SourceEndpoint.IP`).
    pub name: &'static str,
    /// The service rejects a request without it.
    pub required: bool,
    /// Where it travels.
    pub place: Place,
    /// How a list or an object travels.
    pub style: Style,
    /// What the service assumes if it is absent, as it would travel.
    pub default: Option<&'static str>,
    /// What it may hold.
    pub shape: &'static Shape,
}

impl Parameter {
    /// A parameter of which nothing is known but its name and its shape.
    pub const fn of(name: &'static str, shape: &'static Shape) -> Parameter {
        Parameter { name, required: false, place: Place::Query, style: Style::Repeat, default: None, shape }
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the URL's query string.
    Query,
    /// In a form body.
    Form,
    /// It is the body.
    Body,
    /// In the URL's path.
    Path,
    /// As an HTTP header.
    Header,
    /// In the host name.
    Host,
}

/// How a list or an object travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `Tag.1.Key=…`, indices from 1. Also what anything without a style does.
    Repeat,
    /// `Tag.Key=…`.
    Flat,
    /// Comma-joined.
    Simple,
    /// One compact JSON text.
    Json,
    /// One XML document, which this client cannot write.
    Xml,
}

/// What a value may be.
#[derive(Debug)]
pub struct Shape {
    /// The type.
    pub kind: Kind,
    /// The documented values, as they travel.
    pub values: &'static [&'static str],
    /// A value that `values` does not list is an error, not advice.
    pub closed: bool,
    /// Smallest number allowed.
    pub minimum: Option<f64>,
    /// Largest number allowed.
    pub maximum: Option<f64>,
    /// The number must be larger than this.
    pub exclusive_minimum: Option<f64>,
    /// The number must be smaller than this.
    pub exclusive_maximum: Option<f64>,
    /// Fewest code points.
    pub min_length: Option<usize>,
    /// Most code points.
    pub max_length: Option<usize>,
    /// Fewest elements.
    pub min_items: Option<usize>,
    /// Most elements.
    pub max_items: Option<usize>,
    /// What the text must match.
    pub pattern: Option<&'static Pattern>,
    /// What the text stands for: a pattern with a name.
    pub format: Option<&'static Pattern>,
    /// Never shown.
    pub sensitive: bool,
}

impl Shape {
    /// A shape that asks for nothing but a type.
    pub const fn of(kind: Kind) -> Shape {
        Shape {
            kind,
            values: &[],
            closed: false,
            minimum: None,
            maximum: None,
            exclusive_minimum: None,
            exclusive_maximum: None,
            min_length: None,
            max_length: None,
            min_items: None,
            max_items: None,
            pattern: None,
            format: None,
            sensitive: false,
        }
    }

    /// Whether a value of this shape, or something in it, must not be shown.
    pub fn is_sensitive(&self) -> bool {
        self.holds_secrets(&mut Vec::new())
    }

    /// `seen`: a shape may hold itself.
    fn holds_secrets<'s>(&'s self, seen: &mut Vec<&'s Shape>) -> bool {
        if seen.iter().any(|shape| std::ptr::eq(*shape, self)) {
            return false;
        }
        seen.push(self);
        self.sensitive
            || match self.kind {
                Kind::List(inner) | Kind::Json(inner) => inner.holds_secrets(seen),
                Kind::Object(members, others) => {
                    members.iter().any(|member| member.shape.holds_secrets(seen))
                        || matches!(others, Others::Of(shape) if shape.holds_secrets(seen))
                }
                Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => false,
            }
    }
}

/// A type.
#[derive(Debug)]
pub enum Kind {
    /// Text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A list of one shape.
    List(&'static Shape),
    /// Named members, and whether others are welcome.
    Object(&'static [Member], Others),
    /// Text that holds JSON of this shape.
    Json(&'static Shape),
    /// Anything.
    Any,
}

/// What an object may hold beyond its declared members.
#[derive(Debug, Clone, Copy)]
pub enum Others {
    /// Nothing.
    Refused,
    /// Anything.
    Welcome,
    /// Values of this shape.
    Of(&'static Shape),
}

/// One member of an object.
#[derive(Debug)]
pub struct Member {
    /// The name on the wire.
    pub name: &'static str,
    /// The object is not complete without it.
    pub required: bool,
    /// What it may hold.
    pub shape: &'static Shape,
}

/// A regular expression, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    /// What it stands for (`port`), or the expression itself.
    pub name: &'static str,
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern under a name. The generator has proved that the expression compiles.
    pub const fn new(name: &'static str, text: &'static str) -> Pattern {
        Pattern { name, text, compiled: OnceLock::new() }
    }

    /// Whether the expression matches somewhere in the text.
    pub fn matches(&self, text: &str) -> bool {
        self.compiled.get_or_init(|| Regex::new(self.text).ok()).as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// What one parameter says about another.
#[derive(Debug)]
pub struct Rule {
    /// Its id in the specification.
    pub id: &'static str,
    /// When it applies.
    pub when: Condition,
    /// What it then demands.
    pub effect: Effect,
    /// How grave a violation is.
    pub severity: Severity,
    /// The condition in words, English: "when `A` is `x` or `y`"; empty for a rule that always applies.
    pub when_en: &'static str,
    /// The condition in words, Chinese.
    pub when_zh: &'static str,
}

/// When a rule applies.
#[derive(Debug)]
pub enum Condition {
    /// It always does.
    Always,
    /// The parameter's value or, if it is absent, its default, is one of these.
    Is(u16, &'static [&'static str]),
    /// Each of these is given.
    Present(&'static [u16]),
    /// The parameter's value (or default) is a number larger than this.
    Above(u16, f64),
    /// The parameter's value (or default) is a number smaller than this.
    Below(u16, f64),
    /// This does not hold.
    Not(&'static Condition),
    /// Each of these holds.
    All(&'static [Condition]),
    /// One of these holds.
    Any(&'static [Condition]),
}

/// What a rule demands.
#[derive(Debug)]
pub enum Effect {
    /// Each of these is given.
    Require(&'static [u16]),
    /// None of these is given.
    Forbid(&'static [u16]),
    /// None of these is given, or it was needless.
    Ignore(&'static [u16]),
    /// Each of these, if given, is of this shape; the shape's `values` are the only ones allowed.
    Constrain(&'static [(u16, &'static Shape)]),
    /// Exactly one of these is given.
    ExactlyOne(&'static [u16]),
    /// At least one of these is given.
    AtLeastOne(&'static [u16]),
    /// At most one of these is given.
    AtMostOne(&'static [u16]),
    /// All of these are given, or none.
    AllOrNone(&'static [u16]),
    /// If both are given, they are the same.
    Equal(u16, u16),
}

/// How grave a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The service is expected to reject the request.
    Error,
    /// The request may work, but probably not as meant.
    Advice,
}

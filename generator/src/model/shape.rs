//! What a value may be.

use super::{Doc, WireName};
use serde_json::Value;

/// What a value may be, and what is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The type.
    pub kind: Kind,
    /// Bounds on numbers, texts and lists.
    pub limits: Limits,
    /// The documented values, in order.
    pub values: Vec<Choice>,
    /// A value that `values` does not list is an error, not advice.
    pub closed: bool,
    /// What the service assumes if the value is absent.
    pub default: Option<Value>,
    /// Never shown.
    pub sensitive: bool,
    /// The service wants callers to stop using it.
    pub deprecated: bool,
    /// A value as documentation shows it; never set for what is sensitive.
    pub example: Option<Value>,
    /// What it is for.
    pub doc: Doc,
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 64 bits; of 32 if the format says so.
    Integer,
    /// A number.
    Number,
    /// A list.
    List(Box<Shape>),
    /// Named members.
    Object(Vec<Member>, Others),
    /// Text that holds JSON of this shape.
    Json(Box<Shape>),
    /// A shape that the API names: look it up in [`super::Api::schemas`]. Always leads somewhere.
    Named(String),
    /// Anything that JSON can hold.
    Any,
}

/// What an object may hold beyond its declared members.
#[derive(Debug, Clone, PartialEq)]
pub enum Others {
    /// Nothing.
    Refused,
    /// Anything.
    Welcome,
    /// Values of this shape.
    Of(Box<Shape>),
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The name on the wire.
    pub name: WireName,
    /// The object is not complete without it.
    pub required: bool,
    /// What it may hold.
    pub shape: Shape,
    /// What the source says that a request alone cannot settle.
    pub preconditions: Vec<super::Precondition>,
}

/// One documented value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As it travels.
    pub wire: String,
    /// What it means.
    pub doc: Doc,
    /// The service wants callers to stop using it.
    pub deprecated: bool,
}

/// Bounds. An absent one does not bind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// Smallest number allowed.
    pub minimum: Option<f64>,
    /// Largest number allowed.
    pub maximum: Option<f64>,
    /// The number must be larger than this.
    pub exclusive_minimum: Option<f64>,
    /// The number must be smaller than this.
    pub exclusive_maximum: Option<f64>,
    /// Fewest code points.
    pub min_length: Option<u64>,
    /// Most code points.
    pub max_length: Option<u64>,
    /// Fewest elements.
    pub min_items: Option<u64>,
    /// Most elements.
    pub max_items: Option<u64>,
    /// What the text must match somewhere; proved to compile.
    pub pattern: Option<String>,
    /// What the value stands for.
    pub format: Option<Format>,
}

/// What a text or a number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// `2006-01-02T15:04:05Z` or with an offset.
    DateTime,
    /// `2006-01-02`.
    Date,
    /// Seconds since 1970.
    UnixTime,
    /// Milliseconds since 1970.
    UnixTimeMillis,
    /// An IPv4 or IPv6 address.
    Ip,
    /// An address block: `10.0.0.0/8`.
    Cidr,
    /// A port: 1 to 65535.
    Port,
    /// Base64.
    Base64,
    /// Characters up to U+007F.
    Ascii,
}

impl Format {
    /// Every format, by the word that the spec format has for it.
    pub const ALL: [(&'static str, Format); 13] = [
        ("int32", Format::Int32),
        ("int64", Format::Int64),
        ("float", Format::Float),
        ("double", Format::Double),
        ("date-time", Format::DateTime),
        ("date", Format::Date),
        ("unix-time", Format::UnixTime),
        ("unix-time-millis", Format::UnixTimeMillis),
        ("ip", Format::Ip),
        ("cidr", Format::Cidr),
        ("port", Format::Port),
        ("base64", Format::Base64),
        ("ascii", Format::Ascii),
    ];

    /// The format of a name.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        Format::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// What a text of this format must match: an expression that means the same to RE2 and to ECMA 262. `None` for
    /// the numeric formats, which bind through their range.
    pub fn pattern(self) -> Option<&'static str> {
        Some(match self {
            Format::Int32 | Format::Int64 | Format::Float | Format::Double => return None,
            Format::DateTime => {
                r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})$"
            }
            Format::Date => r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            Format::UnixTime => r"^[0-9]{1,10}$",
            Format::UnixTimeMillis => r"^[0-9]{1,13}$",
            Format::Ip => r"^([0-9]{1,3}([.][0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)$",
            Format::Cidr => r"^([0-9]{1,3}([.][0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)/[0-9]{1,3}$",
            Format::Port => r"^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
            Format::Base64 => r"^[A-Za-z0-9+/]*={0,2}$",
            Format::Ascii => r"^[\x00-\x7F]*$",
        })
    }

    /// The range of a number of this format.
    pub fn range(self) -> Option<(f64, f64)> {
        match self {
            Format::Int32 => Some((f64::from(i32::MIN), f64::from(i32::MAX))),
            _ => None,
        }
    }
}

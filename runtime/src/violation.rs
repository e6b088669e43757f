//! What a request does wrong.

pub use crate::table::Severity;
use crate::{Json, message::Message, table::Rule};
use serde_json::json;
use std::fmt;

/// A language that messages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $text:literal,)*) => {
        /// What kind of violation it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// The code as reports spell it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$code => $text,)*
                }
            }
        }
    };
}

codes! {
    /// What is required is absent.
    Missing = "missing",
    /// Nothing has this name, or it is given twice.
    UnknownParameter = "unknown-parameter",
    /// A value of another type.
    Type = "type",
    /// Not one of the values that are known.
    Value = "value",
    /// A number beyond its bounds.
    Range = "range",
    /// A text that is too short or too long.
    Length = "length",
    /// A text that does not match its expression.
    Pattern = "pattern",
    /// A text that is not what it stands for.
    Format = "format",
    /// Too few or too many elements.
    Items = "items",
    /// Text that should hold JSON and does not.
    Json = "json",
    /// Absent where a rule requires it.
    RequiredWhen = "required-when",
    /// Given where a rule forbids it.
    ForbiddenWhen = "forbidden-when",
    /// Given where it has no effect.
    IgnoredWhen = "ignored-when",
    /// Of several, none or more than one is given.
    ExactlyOne = "exactly-one",
    /// Of several, none is given.
    AtLeastOne = "at-least-one",
    /// Of several, more than one is given.
    AtMostOne = "at-most-one",
    /// Of several, some are given and some are not.
    AllOrNone = "all-or-none",
    /// Two that must be the same are not.
    Equal = "equal",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that a request does wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What kind it is.
    pub code: Code,
    /// Where: a wire name (`Tag.2.Key`); inside JSON, a JSON Pointer after `#` (`SynchronizationObjects#/0/DBName`).
    pub path: String,
    /// The id of the rule that is broken, if it is one.
    pub rule: Option<&'static str>,
    /// How grave it is.
    pub severity: Severity,
    message: Message,
}

impl Violation {
    pub(crate) fn new(code: Code, path: impl fmt::Display, severity: Severity, message: Message) -> Violation {
        Violation { code, path: path.to_string(), rule: None, severity, message }
    }

    pub(crate) fn of(rule: &Rule, code: Code, path: impl fmt::Display, message: Message) -> Violation {
        Violation { rule: Some(rule.id), ..Violation::new(code, path, rule.severity, message) }
    }

    /// What is wrong and what would be right. Never contains a sensitive value.
    pub fn message(&self, language: Language) -> &str {
        match language {
            Language::En => &self.message.en,
            Language::Zh => &self.message.zh,
        }
    }

    /// As every language reports it: `{code, path, rule?, severity, message}`.
    pub fn to_json(&self, language: Language) -> Json {
        let mut json = json!({"code": self.code.as_str(), "path": self.path});
        if let (Some(rule), Json::Object(members)) = (self.rule, &mut json) {
            members.insert("rule".to_owned(), rule.into());
        }
        if let Json::Object(members) = &mut json {
            members.insert("severity".to_owned(), self.severity.as_str().into());
            members.insert("message".to_owned(), self.message(language).into());
        }
        json
    }
}

/// The message in English.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl Severity {
    /// The severity as reports spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Advice => "advice",
        }
    }
}

/// Everything that a request does wrong, in the specification's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    pub(crate) fn extend(&mut self, violations: Violations) {
        self.0.extend(violations.0);
    }

    /// Whether the service is expected to reject the request.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|violation| violation.severity == Severity::Error)
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// A list of what [`Violation::to_json`] gives.
    pub fn to_json(&self, language: Language) -> Json {
        self.iter().map(|violation| violation.to_json(language)).collect()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// One a line, in English: `error: …`.
impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Violations {
        Violations(violations.into_iter().collect())
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let line = if index > 0 { "\n" } else { "" };
            write!(f, "{line}{}: {violation}", violation.severity.as_str())?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

//! What a project says of the package that a target makes: which settings there are, and what their values must be like.

use super::Quoting;
use serde::{Deserialize, Serialize};

/// A setting that a target knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingRule {
    /// What its value must be like.
    pub kind: SettingKind,
    /// What it is for, in one line.
    pub help: String,
    /// The value if the project says nothing; without one the project has to.
    pub default: Option<String>,
}

/// What a setting's value must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingKind {
    /// `alibabacloud_dts`: a letter, then letters, digits and `_`.
    Identifier,
    /// `com.example.dts`: identifiers joined by dots.
    Dotted,
    /// `@scope/name`: lower-case letters, digits, `.`, `_` and `-`, perhaps after a scope.
    Package,
    /// `example.com/group/name`: words of letters, digits, `.`, `_`, `~` and `-` joined by slashes.
    Path,
    /// `1.2.3-rc.1`: digits, letters, `.`, `+` and `-`, and a digit first.
    Version,
    /// Any text; templates get it as a string literal.
    Text,
}

/// A setting's value, safe where its kind may stand. Only [`SettingKind::accept`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Accepted(String);

impl SettingKind {
    /// Takes a value.
    ///
    /// # Errors
    /// What a value must be like.
    pub fn accept(self, value: &str, quoting: &Quoting) -> Result<Accepted, &'static str> {
        let word = |extra: &'static str| {
            move |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
        };
        let identifier = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic()) && word("_")(part);
        let lower = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && word("._-")(part)
                && !part.contains(|c: char| c.is_ascii_uppercase())
        };
        let (fits, like) = match self {
            SettingKind::Identifier => (identifier(value), "a letter, then letters, digits and `_`"),
            SettingKind::Dotted => (value.split('.').all(identifier), "names joined by dots: `com.example.name`"),
            SettingKind::Package => {
                let scoped = value.strip_prefix('@').and_then(|rest| rest.split_once('/'));
                let fits = scoped.map_or_else(|| lower(value), |(scope, name)| lower(scope) && lower(name));
                (fits, "lower-case letters, digits, `.`, `_` and `-`; perhaps `@scope/` before it")
            }
            SettingKind::Path => {
                let step = |part: &str| word("._~-")(part) && part.contains(|c: char| c.is_ascii_alphanumeric());
                (value.split('/').all(step), "words joined by slashes: `example.com/group/name`")
            }
            SettingKind::Version => {
                (value.starts_with(|c: char| c.is_ascii_digit()) && word(".+-")(value), "a version: `1.2.3`")
            }
            SettingKind::Text => return Ok(Accepted(quoting.write(value).as_str().to_owned())),
        };
        if fits { Ok(Accepted(value.to_owned())) } else { Err(like) }
    }
}

impl Accepted {
    /// The folder that dotted names stand for: `com/example/dts`. `None` for a value of another kind.
    pub fn folder(&self, kind: SettingKind) -> Option<Accepted> {
        (kind == SettingKind::Dotted).then(|| Accepted(self.0.replace('.', "/")))
    }
}

impl From<Accepted> for String {
    fn from(accepted: Accepted) -> String {
        accepted.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Quotes;

    #[test]
    fn values_are_what_they_should_be() {
        use SettingKind::{Dotted, Identifier, Package, Path, Version};
        for (kind, good, bad) in [
            (Identifier, &["dts", "Alibaba_1"][..], &["", "1a", "a-b", "a.b", "_a", "a\n"][..]),
            (Dotted, &["com.example.dts", "dts"], &["a..b", ".a", "a.1", "a.b;"]),
            (Package, &["dts", "@alicloud/dts-2020", "a.b"], &["A", "@a", "../a", "@/a", "a/b", "a b", "-a"]),
            (Path, &["example.com/a/b-c"], &["", "a//b", "../a", "a/..", "a b", "a/\""]),
            (Version, &["0.1.0", "1.0.0-rc.1+5"], &["", "v1", "1 0", "1\""]),
        ] {
            for value in good {
                assert!(kind.accept(value, &Quoting::by(Quotes::Json)).is_ok(), "{kind:?} {value:?}");
            }
            for value in bad {
                assert!(kind.accept(value, &Quoting::by(Quotes::Json)).is_err(), "{kind:?} {value:?}");
            }
        }
        let folder = |kind: SettingKind, value| kind.accept(value, &Quoting::by(Quotes::Json)).ok()?.folder(kind);
        assert_eq!(folder(Dotted, "com.example.dts").map(String::from).as_deref(), Some("com/example/dts"));
        assert_eq!(folder(Version, "1.2.3"), None);
        let text = SettingKind::Text.accept("a \"b\"", &Quoting::by(Quotes::Json)).map(String::from);
        assert_eq!(text.as_deref(), Ok("\"a \\\"b\\\"\""));
    }
}

//! Names that are proved to be harmless. They are refused, never repaired: all 238,615 parameter names and all 14,087
//! action names of the vendor's published metadata fit.

use std::borrow::Borrow;
use std::fmt;

/// Why a name was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameError {
    /// What would be right.
    pub expected: &'static str,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }
}

/// A parameter's or a field's name on the wire: `[A-Za-z_][A-Za-z0-9_.-]{0,63}`, without an empty dotted part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WireName(String);

impl WireName {
    /// Checks a name.
    ///
    /// # Errors
    /// If the name is not of the form above.
    pub fn new(name: &str) -> Result<WireName, NameError> {
        let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
        let rest = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
        let parts = name.split('.').all(|part| !part.is_empty());
        if first && rest && parts && name.len() <= 64 {
            Ok(WireName(name.to_owned()))
        } else {
            Err(NameError {
                expected: "a name is a letter or `_`, then at most 63 letters, digits, `_`, `-` or single dots",
            })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The dotted parts: `SourceEndpoint`, `IP`.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }
}

/// An action's name: `[A-Za-z][A-Za-z0-9]{0,99}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionName(String);

impl ActionName {
    /// Checks a name.
    ///
    /// # Errors
    /// If the name is not of the form above.
    pub fn new(name: &str) -> Result<ActionName, NameError> {
        let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        if first && name.bytes().all(|b| b.is_ascii_alphanumeric()) && name.len() <= 100 {
            Ok(ActionName(name.to_owned()))
        } else {
            Err(NameError { expected: "a letter, then at most 99 letters or digits" })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A product's code: words of letters and digits, the first of which begins with a letter, joined by single `-`; at most 100
/// characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProductCode(String);

impl ProductCode {
    /// Checks a code.
    ///
    /// # Errors
    /// If the code is not of the form above.
    pub fn new(code: &str) -> Result<ProductCode, NameError> {
        let first = code.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
        if first && code.split('-').all(word) && code.len() <= 100 {
            Ok(ProductCode(code.to_owned()))
        } else {
            Err(NameError { expected: "a letter, then at most 99 letters or digits, and single `-` between them" })
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a field of an answer is: the names of members, joined by dots. At most 512 characters in all, and each name is a
/// [`WireName`] without a dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath(String);

impl FieldPath {
    /// Checks a path.
    ///
    /// # Errors
    /// If the path is not of the form above.
    pub fn new(path: &str) -> Result<FieldPath, NameError> {
        if path.len() <= 512 && path.split('.').all(|name| WireName::new(name).is_ok()) {
            Ok(FieldPath(path.to_owned()))
        } else {
            Err(NameError { expected: "the names of members, joined by single dots; at most 512 characters in all" })
        }
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names of members, from the outside in.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }
}

/// The path of a URL: `/`, or segments that each begin with `/` and are `[A-Za-z0-9_.:-]+` or `{Name}`, which stands for
/// the value of the parameter of that [`WireName`] and may be followed by `:` and a word. The last segment may be empty.
/// After `?` a query that is always the same: `key` or `key=value`, joined by `&`. At most 512 characters; a segment of
/// dots alone leads elsewhere and is refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UrlPath(String);

impl UrlPath {
    /// Checks a path.
    ///
    /// # Errors
    /// If the path is not of the form above.
    pub fn new(path: &str) -> Result<UrlPath, NameError> {
        let harmless = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
        let literal = |segment: &str| {
            let climbs = !segment.is_empty() && segment.bytes().all(|b| b == b'.');
            !climbs && segment.bytes().all(|b| harmless(b) || b == b':')
        };
        let fits = |segment: &str| match placeholder(segment) {
            Some((name, rest)) => {
                WireName::new(name).is_ok() && (rest.is_empty() || rest.starts_with(':') && literal(rest))
            }
            None => literal(segment),
        };
        let (place, query) = path.split_once('?').map_or((path, None), |(place, query)| (place, Some(query)));
        let whole = place.strip_prefix('/').is_some_and(|rest| rest.split('/').all(fits)) && !place.contains("//");
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            !key.is_empty() && key.bytes().chain(value.bytes()).all(harmless)
        };
        if whole && query.is_none_or(|query| query.split('&').all(pair)) && path.len() <= 512 {
            Ok(UrlPath(path.to_owned()))
        } else {
            Err(NameError {
                expected: "`/`, then segments of letters, digits, `_`, `.`, `:` and `-`, or `{Name}` for a parameter; \
                           then perhaps `?` and a query that is always the same",
            })
        }
    }

    /// The path, with its placeholders and its query.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has a query of its own.
    pub fn has_query(&self) -> bool {
        self.0.contains('?')
    }

    /// The names of the parameters that travel in it, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter_map(placeholder).map(|(name, _)| name)
    }
}

/// The path of everything that has no other.
impl Default for UrlPath {
    fn default() -> UrlPath {
        UrlPath("/".to_owned())
    }
}

/// A placeholder's name, and what follows it.
fn placeholder(segment: &str) -> Option<(&str, &str)> {
    segment.strip_prefix('{')?.split_once('}').map(|(name, rest)| (name, rest.split('?').next().unwrap_or_default()))
}

macro_rules! text_like {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

text_like!(WireName);
text_like!(ActionName);
text_like!(ProductCode);
text_like!(FieldPath);
text_like!(UrlPath);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn harmless_names_pass_and_others_do_not() {
        for good in ["A", "__context", "SourceEndpoint.IP", "PartitionKey.ModifyTime_Year", "x-acs", "Tag.1.Key"] {
            assert_eq!(WireName::new(good).unwrap().as_str(), good);
        }
        let long = "A".repeat(65);
        for bad in ["", "1a", "a b", "a..b", ".a", "a.", "a\"", "a\u{200b}", "ſelf", "key\u{a0}", "../x", &long] {
            assert!(WireName::new(bad).is_err(), "{bad:?}");
        }
        assert!(ActionName::new("DescribeDTSIP").is_ok());
        for bad in ["", "a.b", "a_b", "../x", "1a"] {
            assert!(ActionName::new(bad).is_err(), "{bad:?}");
        }
        for good in ["Dts", "nls-cloud-meta", "SWAS-OPEN", "x-1"] {
            assert_eq!(ProductCode::new(good).unwrap().as_str(), good);
        }
        let long = "a".repeat(101);
        for bad in ["", "-a", "a-", "a--b", "1a", "a.b", "a_b", "../x", "a b", "\u{e9}", &long] {
            assert!(ProductCode::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn paths_lead_nowhere_else() {
        for good in ["Status", "PrecheckStatus.Detail", "_a.b-c"] {
            assert_eq!(FieldPath::new(good).unwrap().as_str(), good);
        }
        let long = vec!["A"; 257].join(".");
        for bad in ["", ".", "a.", "a..b", "a.1", "a.0b", "a b", "a[0]", "a/b", &long] {
            assert!(FieldPath::new(bad).is_err(), "{bad:?}");
        }
        for good in
            ["/", "/clusters", "/v1.2/{ClusterId}/nodes/{Node.Name}", "/a..b/-", "/a/", "/a?b", "/{a}:stop?b=c&d"]
        {
            assert_eq!(UrlPath::new(good).unwrap().as_str(), good);
        }
        let placeholders = UrlPath::new("/v1/{ClusterId}/nodes/{Node.Name}").unwrap();
        assert_eq!(placeholders.placeholders().collect::<Vec<_>>(), ["ClusterId", "Node.Name"]);
        let long = format!("/{}", "a".repeat(512));
        let bad =
            ["", "a", "//", "/a//", "/..", "/a/./b", "/{}", "/{a", "/a{b}", "/{a/b}", "/%2e", "/a?", "/a#b", "/é"];
        for bad in bad.into_iter().chain([
            "/a b",
            "/a@b",
            "/{a}b",
            "/a?b=c=d",
            "/a?b/c",
            "/a?&b",
            "/{a b}",
            "/\n",
            "/a\\b",
            "http://x/",
            &long,
        ]) {
            assert!(UrlPath::new(bad).is_err(), "{bad:?}");
        }
    }
}

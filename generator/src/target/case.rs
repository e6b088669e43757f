//! How a language spells a name: words in a case, with or without initialisms in capitals.

use heck::ToSnakeCase;
use serde::Deserialize;

/// How words are joined into a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// `SourceEndpoint`.
    Pascal,
    /// `sourceEndpoint`.
    Camel,
    /// `source_endpoint`.
    Snake,
    /// `SOURCE_ENDPOINT`.
    Screaming,
    /// `source-endpoint`. No language takes it as an identifier: for files and packages.
    Kebab,
    /// `sourceendpoint`.
    Flat,
}

/// What is spelled in which case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// Types: requests, groups, enums.
    #[serde(rename = "type")]
    pub ty: Case,
    /// Fields.
    pub field: Case,
    /// Arguments; as fields unless it says otherwise.
    pub argument: Option<Case>,
    /// Methods and functions, constructors included.
    pub method: Case,
    /// Constants.
    pub constant: Case,
    /// The documented values of an enum.
    pub value: Case,
    /// Files, without what `file-suffix` adds and the extension.
    pub file: Case,
    /// Added to every file's stem, for systems that read a meaning into some endings.
    #[serde(default)]
    pub file_suffix: String,
    /// Words that keep their capitals in [`Case::Pascal`] and, unless they come first, in [`Case::Camel`].
    #[serde(default)]
    pub initialisms: Vec<String>,
}

impl Cases {
    /// A name of any origin in a case: ASCII letters, digits and the case's separator, never empty, and no digit first.
    pub fn spell(&self, case: Case, wire: &str) -> String {
        // Everything but ASCII letters and digits separates words.
        let spaced: String = wire.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let snake = spaced.to_snake_case();
        let words: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
        let name = match case {
            Case::Pascal => words.iter().map(|word| self.capital(word)).collect(),
            Case::Camel => {
                let rest = words.iter().skip(1).map(|word| self.capital(word));
                words.first().map(|word| (*word).to_owned()).into_iter().chain(rest).collect()
            }
            Case::Snake => words.join("_"),
            Case::Screaming => words.join("_").to_uppercase(),
            Case::Kebab => words.join("-"),
            Case::Flat => words.concat(),
        };
        let (before_digit, empty) = match case {
            Case::Pascal => ("N", "Value"),
            Case::Screaming => ("N", "VALUE"),
            Case::Camel | Case::Snake | Case::Kebab | Case::Flat => ("n", "value"),
        };
        match name.bytes().next() {
            None => empty.to_owned(),
            Some(first) if first.is_ascii_digit() => format!("{before_digit}{name}"),
            Some(_) => name,
        }
    }

    fn capital(&self, word: &str) -> String {
        let upper = word.to_uppercase();
        if self.initialisms.contains(&upper) {
            return upper;
        }
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_uppercase() + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_every_case() {
        let initialisms = vec!["ID".to_owned(), "IP".to_owned()];
        let (ty, field) = (Case::Pascal, Case::Camel);
        let (method, constant, value, file) = (Case::Snake, Case::Screaming, Case::Kebab, Case::Flat);
        let plain = Cases {
            ty,
            field,
            argument: None,
            method,
            constant,
            value,
            file,
            file_suffix: String::new(),
            initialisms: vec![],
        };
        let go = Cases { initialisms, ..plain.clone() };
        for (wire, pascal, with_initialisms, camel, snake, flat) in [
            (
                "SourceEndpoint.IP",
                "SourceEndpointIp",
                "SourceEndpointIP",
                "sourceEndpointIp",
                "source_endpoint_ip",
                "sourceendpointip",
            ),
            ("DBInstanceId", "DbInstanceId", "DbInstanceID", "dbInstanceId", "db_instance_id", "dbinstanceid"),
            ("IPList", "IpList", "IPList", "ipList", "ip_list", "iplist"),
            ("5.5", "N55", "N55", "n55", "n5_5", "n55"),
            ("数", "Value", "Value", "value", "value", "value"),
        ] {
            assert_eq!(plain.spell(Case::Pascal, wire), pascal);
            assert_eq!(go.spell(Case::Pascal, wire), with_initialisms);
            assert_eq!(plain.spell(Case::Camel, wire), camel);
            assert_eq!(plain.spell(Case::Snake, wire), snake);
            assert_eq!(plain.spell(Case::Flat, wire), flat);
        }
        assert_eq!(plain.spell(Case::Screaming, "max-length"), "MAX_LENGTH");
        assert_eq!(plain.spell(Case::Kebab, "ConfigureDtsJob"), "configure-dts-job");
    }
}

//! From wire names and values to Rust's cases. What comes out is always a name; keywords are [`super::Ident`]'s matter.

use super::Stem;
use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// `SourceEndpoint` → `source_endpoint`, `30` → `n30`.
pub fn snake(wire: &str) -> String {
    named(&words(wire).to_snake_case(), "n", "value")
}

/// `source-endpoint` → `SourceEndpoint`, `30` → `N30`.
pub fn pascal(wire: &str) -> String {
    named(&words(wire).to_upper_camel_case(), "N", "Value")
}

/// The last dotted part as a field: `SourceEndpoint.IP` → `ip`.
pub fn field_name(wire: &str) -> String {
    snake(wire.rsplit('.').next().unwrap_or(wire))
}

/// A value as an enum's variant: `RDS` → `Rds`, `ALIYUN::DTS` → `AliyunDts`.
pub fn variant_name(wire: &str) -> String {
    pascal(wire)
}

/// An action's file and module, or its feature.
pub fn stem(action: &str, feature: bool) -> Stem {
    Stem::new(&if feature { action.to_kebab_case() } else { snake(action) })
}

/// What one element of a list is called: `SynchronizationInstances` → `SynchronizationInstance`. A word that is no English
/// plural stays as it is.
pub fn singular(plural: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| plural.ends_with(ending));
    let cut = |count: usize| plural.get(..plural.len().saturating_sub(count)).unwrap_or(plural);
    match plural {
        _ if plural.len() < 4 || ends(&["ss", "us", "is", "Series", "series"]) => plural.to_owned(),
        _ if ends(&["ies"]) => format!("{}y", cut(3)),
        _ if ends(&["sses", "xes", "shes", "tches", "tuses"]) => cut(2).to_owned(),
        _ if ends(&["s"]) => cut(1).to_owned(),
        _ => plural.to_owned(),
    }
}

/// Everything but ASCII letters and digits separates words.
fn words(wire: &str) -> String {
    wire.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect()
}

fn named(name: &str, before_digit: &str, empty: &str) -> String {
    match name.bytes().next() {
        None => empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{before_digit}{name}"),
        Some(_) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        for (wire, expected) in [
            ("SourceEndpoint", "source_endpoint"),
            ("OwnerID", "owner_id"),
            ("IP", "ip"),
            ("DBInstanceCount", "db_instance_count"),
            ("ModifyTime_Year", "modify_time_year"),
            ("networkType", "network_type"),
            ("__context", "context"),
            ("1", "n1"),
            ("___", "value"),
        ] {
            assert_eq!(snake(wire), expected);
        }
        for (wire, expected) in
            [("RDS", "Rds"), ("dg", "Dg"), ("AnalyticDB30", "AnalyticDb30"), ("5.5", "N55"), ("数", "Value")]
        {
            assert_eq!(pascal(wire), expected);
        }
    }

    #[test]
    fn one_of_many() {
        for (plural, expected) in [
            ("SynchronizationInstances", "SynchronizationInstance"),
            ("Policies", "Policy"),
            ("Addresses", "Address"),
            ("Indexes", "Index"),
            ("Databases", "Database"),
            ("Statuses", "Status"),
            ("Status", "Status"),
            ("TimeSeries", "TimeSeries"),
            ("Detail", "Detail"),
            ("IPs", "IPs"),
            ("DNS", "DNS"),
            ("数s", "数"),
            ("", ""),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }
}

//! Fields of an answer by dotted path: `PrecheckStatus.Detail`. Of a list on the way, every element is looked into.
//! Not where something stands in a request: that is [`crate::path`].

use crate::Json;
use crate::decode::Decode;

/// Everything that a path leads to, in the answer's order, lists opened. What is absent, `null` or, as XML writes an
/// empty list, a blank text leads to nothing.
pub(crate) fn all<'a>(json: &'a Json, path: &str) -> Vec<&'a Json> {
    let mut found = Vec::new();
    collect(json, Some(path), &mut found);
    found
}

/// The first text that a path leads to; numbers and booleans as they are written.
pub(crate) fn text(json: &Json, path: &str) -> Option<String> {
    all(json, path).into_iter().find_map(String::decode)
}

fn collect<'a>(json: &'a Json, path: Option<&str>, found: &mut Vec<&'a Json>) {
    match (json, path) {
        // As deep as lists are inside one another, which the parser bounds.
        (Json::Array(items), _) => items.iter().for_each(|item| collect(item, path, found)),
        (Json::Null, _) => {}
        (Json::String(text), _) if text.trim().is_empty() => {}
        (_, None) => found.push(json),
        (Json::Object(members), Some(path)) => match (members.get(path), path.split_once('.')) {
            // A name may hold a dot itself.
            (Some(member), _) => collect(member, None, found),
            (None, Some((name, rest))) => {
                if let Some(member) = members.get(name) {
                    collect(member, Some(rest), found);
                }
            }
            (None, None) => {}
        },
        (Json::Bool(_) | Json::Number(_) | Json::String(_), Some(_)) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{all, text};
    use serde_json::json;

    #[test]
    fn paths_lead_through_objects_and_lists() {
        let answer = json!({
            "Status": "Running", "Total": 3, "None": null, "Blank": " \n", "Dotted.Name": {"A": 1},
            "Jobs": {"Job": [{"Id": "a", "Tags": ["x", "y"]}, {"Id": "b", "Tags": "z"}, {"Id": null}]},
            "One": {"Job": {"Id": "c"}}, "Nested": [[{"Id": 1}], []],
        });
        for (path, found) in [
            ("Status", json!(["Running"])),
            ("Total", json!([3])),
            ("None", json!([])),
            ("Blank", json!([])),
            ("Absent.Too", json!([])),
            ("Status.Deeper", json!([])),
            ("Dotted.Name.A", json!([])),
            ("Dotted.Name", json!([{"A": 1}])),
            ("Jobs.Job.Id", json!(["a", "b"])),
            ("Jobs.Job.Tags", json!(["x", "y", "z"])),
            ("One.Job", json!([{"Id": "c"}])),
            ("Nested.Id", json!([1])),
        ] {
            assert_eq!(json!(all(&answer, path)), found, "{path}");
        }
        assert_eq!(text(&answer, "Total").as_deref(), Some("3"));
        assert_eq!(text(&answer, "Jobs.Job"), None);
    }
}

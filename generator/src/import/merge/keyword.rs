//! Which keywords are settled how.

/// What is true of a parameter whatever its type is. The rest goes with the type: of a source that knows another type,
/// none of it can be believed.
pub const NEUTRAL: [&str; 8] =
    ["required", "in", "deprecated", "sensitive", "idempotencyToken", "lookup", "preconditions", "doc"];

/// Keywords of a parameter whose values are compared as they are.
pub const PLAIN: [&str; 21] = [
    "format",
    "required",
    "in",
    "style",
    "default",
    "closed",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "contentMediaType",
    "deprecated",
    "sensitive",
    "idempotencyToken",
    "additionalProperties",
    "disputed",
];

/// Keywords of which one source's word is enough: the others' are not kept.
pub const FIRST: [&str; 2] = ["example", "lookup"];

/// Keywords whose values are parameters.
pub const INNER: [&str; 3] = ["items", "contentSchema", "additionalProperties"];

/// Keywords of an action whose values are compared as they are.
pub const OF_ACTION: [&str; 5] = ["effect", "methods", "path", "deprecated", "pagination"];

/// Upstream declares these; the rest is read from prose.
pub const DECLARED: [&str; 6] = ["required", "in", "style", "deprecated", "methods", "path"];

/// What a keyword says that is not written.
pub fn unwritten(keyword: &str) -> Option<serde_json::Value> {
    match keyword {
        "required" => Some(false.into()),
        "in" => Some("query".into()),
        _ => None,
    }
}

/// What is assumed by pages, and counts only where nobody else speaks.
pub const ASSUMED_BY_PAGES: [&str; 2] = ["in", "methods"];

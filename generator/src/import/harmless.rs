//! Names of documents are hostile until proved otherwise: an action's name becomes a file's, a parameter's goes on the
//! wire. They are refused, never repaired.

use crate::diag::{Diagnostic, Origin};
use crate::model::{ActionName, WireName};
use crate::spec::{Action, AdditionalProperties, Map, Parameter};

const PARAMETER: &str = "a parameter";

/// Every name of an action that cannot be one.
pub(super) fn problems(action: &Action, origin: &Origin) -> Vec<Diagnostic> {
    let mut names = Vec::new();
    let actions = std::iter::once(&action.action).chain(&action.related);
    names.extend(actions.filter_map(|name| Some((name.as_str(), "an action", ActionName::new(name).err()?.expected))));
    members(&action.parameters, PARAMETER, &mut names);
    if let Some(response) = &action.response {
        members(&response.properties, "a response field", &mut names);
    }
    names.into_iter().map(|(name, what, expected)| refusal(name, what, expected, origin.clone())).collect()
}

/// A parameter's name that cannot be one, where the document says so itself.
pub(super) fn parameter(name: &str, origin: impl FnOnce() -> Origin) -> Option<Diagnostic> {
    WireName::new(name).err().map(|error| refusal(name, PARAMETER, error.expected, origin()))
}

fn refusal(name: &str, what: &str, expected: &'static str, origin: Origin) -> Diagnostic {
    Diagnostic::error("name", origin, format!("`{}` cannot be {what}", name.escape_debug())).help(expected)
}

fn members<'a>(given: &'a Map<Parameter>, what: &'a str, found: &mut Vec<(&'a str, &'a str, &'static str)>) {
    for (name, parameter) in given {
        found.extend(WireName::new(name).err().map(|error| (name.as_str(), what, error.expected)));
        inside(parameter, what, found);
    }
}

fn inside<'a>(parameter: &'a Parameter, what: &'a str, found: &mut Vec<(&'a str, &'a str, &'static str)>) {
    let lookup = parameter.lookup.iter();
    found.extend(lookup.filter_map(|name| Some((name.as_str(), "an action", ActionName::new(name).err()?.expected))));
    members(&parameter.properties, what, found);
    let other = match &parameter.additional_properties {
        Some(AdditionalProperties::Of(inner)) => Some(inner),
        Some(AdditionalProperties::Any(_)) | None => None,
    };
    for inner in [&parameter.items, &parameter.content_schema].into_iter().flatten().chain(other) {
        inside(inner, what, found);
    }
}

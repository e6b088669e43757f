//! What a parameter's own keywords say, against each other.

use super::Lint;
use super::fit::{Misfit, Reading, misfits};
use super::place::{below, key_below, nested, root, step};
use super::report::Report;
use crate::diag::{Level, Origin, did_you_mean};
use crate::model::{ActionName, Api, Kind, Shape, wire_text};
use serde_json::Value;

pub(super) const REQUIRED_DEFAULT: Lint = Lint {
    code: "required-default",
    level: Level::Warning,
    summary: "A required parameter has a default.",
    why: "A default is what the service assumes of a request without the parameter, and it refuses such a request.",
    cure: "keep `required` or `default`, whichever the service agrees with",
};

pub(super) const EXAMPLE_MISMATCH: Lint = Lint {
    code: "example-mismatch",
    level: Level::Warning,
    summary: "An example breaks the type, the limits or the values that are documented beside it.",
    why: "One of the two is wrong, and callers copy examples.",
    cure: "mend the example, or what it contradicts",
};

pub(super) const SAMPLE_REQUEST: Lint = Lint {
    code: "sample-request",
    level: Level::Warning,
    summary: "The sample request would be refused: it lacks a required parameter, or gives one that the action lacks.",
    why: "Callers copy samples, and generated examples are made of them.",
    cure: "mend the sample, or the parameter's name or `required` mark",
};

pub(super) const SENSITIVE_UNMARKED: Lint = Lint {
    code: "sensitive-unmarked",
    level: Level::Warning,
    summary: "A name says that the value is a secret, but nothing marks it as sensitive.",
    why: "Generated code shows what is not marked: in debug output, logs, errors and examples.",
    cure: "add `\"sensitive\": true`, or allow the finding if the value is no secret",
};

pub(super) const UNKNOWN_LOOKUP: Lint = Lint {
    code: "unknown-lookup",
    level: Level::Note,
    summary: "A spec refers to an action that its folder does not hold.",
    why: "Documents name the action without a link to it.",
    cure: "import that action too, or mend the name",
};

/// Ends of names of secrets, in lower case. Tokens that only mark a page or a repeated call do not end so.
const SECRETS: [&str; 10] = [
    "password",
    "passwd",
    "secret",
    "privatekey",
    "accesskey",
    "secretkey",
    "authkey",
    "accesstoken",
    "securitytoken",
    "sessiontoken",
];

pub(super) fn check(api: &Api, report: &mut Report<'_>) {
    for parameter in &report.action.parameters {
        let name = parameter.name.as_str();
        if parameter.required && parameter.shape.default.is_some() {
            let message = format!("`{name}` is required, yet has a default");
            report.add(&REQUIRED_DEFAULT, &[name], below(&parameter.origin, "/default"), message);
        }
        shapes(api, report, &parameter.shape, name, &parameter.origin, "");
        lookups(api, report, &parameter.lookup, name, &below(&parameter.origin, "/lookup"));
    }
    let root = root(&report.action.origin);
    if let Some(response) = &report.action.response {
        shapes(api, report, response, "", &root, "/response");
    }
    lookups(api, report, &report.action.related, "related", &below(&root, "/related"));
    sample_request(api, report);
}

/// Looks at a shape, which stands at a path below a place, and at everything in it.
fn shapes(api: &Api, report: &mut Report<'_>, shape: &Shape, name: &str, origin: &Origin, path: &str) {
    for each in nested(shape, name, path) {
        let subject = each.path.as_str();
        if let Some(example) = &each.shape.example
            && let Some(problem) = misfit(api, each.shape, example)
        {
            let message = format!("the example of `{subject}` {problem}");
            let origin = below(origin, &format!("{}/example", each.pointer));
            report.add(&EXAMPLE_MISMATCH, &[subject], origin, message);
        }
        let last = each.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let secret = SECRETS.iter().any(|end| last.ends_with(end));
        if secret && !each.shape.sensitive && matches!(each.shape.kind, Kind::Text | Kind::Json(_)) {
            let message = format!("`{subject}` holds a secret by its name, but is not marked");
            report.add(&SENSITIVE_UNMARKED, &[subject], key_below(origin, &each.pointer), message);
        }
    }
}

/// What is wrong with an example, if anything is.
fn misfit(api: &Api, shape: &Shape, example: &Value) -> Option<String> {
    // Stars stand for what the document hides: the value is none of the real ones, but still of the type.
    let masked = wire_text(example).contains("***");
    misfits(api, shape, example, Reading::Wire).into_iter().find_map(|(at, misfit)| {
        let problem = match misfit {
            Misfit::Type(found, expected) => format!("is {found}, not {expected}"),
            Misfit::Bound(problem) if !masked => problem,
            Misfit::Unlisted(key) if !masked => format!("has a member `{key}` that is not documented"),
            Misfit::Bound(_) | Misfit::Unlisted(_) => return None,
        };
        Some(if at.is_empty() { problem } else { format!("is wrong at `{at}`: it {problem}") })
    })
}

fn lookups(api: &Api, report: &mut Report<'_>, names: &[ActionName], subject: &str, origin: &Origin) {
    for (index, name) in names.iter().enumerate().filter(|(_, name)| api.action(name.as_str()).is_none()) {
        let near = did_you_mean(name.as_str(), api.actions.iter().map(|action| action.name.as_str()));
        let cure = near.map_or(UNKNOWN_LOOKUP.cure.to_owned(), |near| format!("did you mean `{near}`?"));
        let message = format!("there is no action `{name}` in this folder");
        let origin = below(origin, &format!("/{index}"));
        report.add_with(&UNKNOWN_LOOKUP, &[subject, name.as_str()], origin, message, cure);
    }
}

fn sample_request(api: &Api, report: &mut Report<'_>) {
    let action = report.action;
    let Some(sample) = &action.samples.request else { return };
    // `Tag.1.Key` is how an element of the list `Tag` travels.
    let root = root(&action.origin);
    let of = |key: &str, name: &str| key == name || key.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    for (key, value) in sample {
        let place = below(&root, &format!("/samples/request{}", step(key)));
        if let Some(parameter) = action.parameters.iter().find(|parameter| parameter.name.as_str() == key) {
            if let Some(problem) = misfit(api, &parameter.shape, value) {
                report.add(&EXAMPLE_MISMATCH, &[key], place, format!("in the sample request `{key}` {problem}"));
            }
        } else if !action.parameters.iter().any(|parameter| of(key, parameter.name.as_str())) {
            let near = did_you_mean(key, action.parameters.iter().map(|parameter| parameter.name.as_str()));
            let cure = near.map_or(SAMPLE_REQUEST.cure.to_owned(), |near| format!("did you mean `{near}`?"));
            let message = format!("the sample request gives `{key}`, which is no parameter");
            report.add_with(&SAMPLE_REQUEST, &[key], place, message, cure);
        }
    }
    for parameter in action.parameters.iter().filter(|parameter| parameter.required) {
        let name = parameter.name.as_str();
        if !sample.keys().any(|key| of(key, name)) {
            let message = format!("the sample request lacks `{name}`, which is required");
            report.add(&SAMPLE_REQUEST, &[name], key_below(&root, "/samples/request"), message);
        }
    }
}

//! What rules mean: the reference that every language's checks are tested against, and the rules in words.
//!
//! Written for the reader, not for speed, and independent of the runtimes on purpose: where the two disagree, one of
//! them is wrong. Nothing here knows a target language or touches the disk.

mod condition;
mod effect;
mod limit;
mod message;
mod request;
pub mod sample;
mod shape;
pub mod space;
pub mod words;

pub use condition::holds;
pub use limit::with_format_range;
pub use request::{Fault, Request, normalize};

use crate::model::{Action, Api, Effect, Language, Severity};
use message::Writer;
use serde_json::{Value, json};

/// One thing that a request does wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// What kind it is: `missing`, `required-when`…
    pub code: &'static str,
    /// Where: a wire name (`Tag.2.Key`); inside JSON, a JSON Pointer after `#` (`SynchronizationObjects#/0/DBName`).
    pub path: String,
    /// The id of the rule that is broken, if it is one.
    pub rule: Option<String>,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong and what would be right. Never contains a sensitive value.
    pub message: String,
}

impl Violation {
    /// As every language reports it: `{code, path, rule?, severity, message}`.
    pub fn to_json(&self) -> Value {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Advice => "advice",
        };
        match &self.rule {
            Some(rule) => json!({"code": self.code, "path": self.path, "rule": rule, "severity": severity,
                "message": self.message}),
            None => json!({"code": self.code, "path": self.path, "severity": severity, "message": self.message}),
        }
    }
}

/// Everything that a request does wrong: first parameter by parameter, then the names that the action does not know,
/// then rule by rule; advice included.
pub fn check(api: &Api, action: &Action, request: &Value, language: Language) -> Vec<Violation> {
    let writer = Writer { action, language };
    let request = normalize(action, request);
    let mut violations = Vec::new();
    if !request.faults.iter().any(|fault| matches!(fault, Fault::NoObject(_))) {
        for (parameter, value) in action.parameters.iter().zip(&request.values) {
            let checker = shape::Checker { api, writer, hidden: false };
            let name = parameter.name.as_str();
            match value {
                Some(value) => violations.extend(checker.check(value, &parameter.shape, &shape::Path::wire(name))),
                None if parameter.required => violations.push(error("missing", name, writer.missing(name, ""))),
                None => {}
            }
        }
    }
    violations.extend(request.faults.iter().map(|fault| match fault {
        Fault::NoObject(value) => error("type", "", writer.no_object(value)),
        Fault::Unknown(name) => error("unknown-parameter", name, writer.unknown_parameter(name)),
        Fault::Twice(name) => error("unknown-parameter", name, writer.twice(name)),
        Fault::NoGroup(name, value) => error("type", name, writer.no_group(name, value)),
    }));
    if !request.faults.iter().any(|fault| matches!(fault, Fault::NoObject(_))) {
        for rule in action.rules.iter().filter(|rule| holds(action, &rule.when, &request)) {
            violations.extend(effect::check(api, writer, rule, &request));
        }
    }
    violations
}

/// Whether a rule asks for a parameter that is not required anyway, when another one has a value and nothing else is
/// given.
pub fn needs(action: &Action, decider: usize, value: &str, parameter: usize) -> bool {
    let Some(deciding) = action.parameters.get(decider) else { return false };
    let alone = normalize(action, &json!({deciding.name.as_str(): value}));
    parameter != decider
        && action.parameters.get(parameter).is_some_and(|parameter| !parameter.required)
        && action.rules.iter().any(|rule| match &rule.effect {
            Effect::Require(parameters) => parameters.contains(&parameter) && holds(action, &rule.when, &alone),
            _ => false,
        })
}

/// A violation of no rule.
fn error(code: &'static str, path: &str, message: String) -> Violation {
    Violation { code, path: path.to_owned(), rule: None, severity: Severity::Error, message }
}

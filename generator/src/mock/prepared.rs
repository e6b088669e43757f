//! An answer of a scenario, proved to be sendable when the service starts.

use super::answer::Template;
use super::catalog::Known;
use crate::diag::{Diagnostic, Diagnostics, Origin, below, did_you_mean};
use crate::spec::scenario::{Answer, Breakage, Failure};
use axum::http::{HeaderName, HeaderValue};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// The longest delay that a scenario may ask for, in milliseconds.
const LONGEST_DELAY: u64 = 60_000;

/// An answer that is ready but for its holes.
#[derive(Debug)]
pub(super) struct Prepared {
    pub status: u16,
    pub content: Content,
    pub manner: Manner,
}

/// How an answer is sent.
#[derive(Debug, Default)]
pub(super) struct Manner {
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub content_type: Option<HeaderValue>,
    pub delay: Option<Duration>,
    pub breakage: Option<Breakage>,
}

/// What is sent.
#[derive(Debug)]
pub(super) enum Content {
    Body(Template),
    Failure(Failure),
    Raw(String),
}

impl Prepared {
    /// A body and nothing special. `None`: a text has a brace that opens no hole.
    pub fn of(known: &Known, body: &Value) -> Option<Prepared> {
        let template = Template::new(&root(known), body).ok()?;
        Some(Prepared { status: 200, content: Content::Body(template), manner: Manner::default() })
    }

    pub fn is_error(&self) -> bool {
        self.status >= 400
    }
}

fn root(known: &Known) -> String {
    format!("{}Response", known.operation.action())
}

/// Whether an answer says nothing of what is sent: then it only says how.
pub(super) fn is_bare(answer: &Answer) -> bool {
    answer.error.is_none() && answer.body.is_none() && answer.raw.is_none() && answer.status.is_none()
}

/// Proves answers of a file.
pub(super) struct Prover<'a> {
    pub file: &'a Arc<str>,
    pub diagnostics: &'a mut Diagnostics,
}

impl Prover<'_> {
    /// The answer of an action, whose body is merged over `sample`. `None`: an error was pushed.
    pub fn prepared(&mut self, answer: &Answer, known: &Known, sample: &Value, at: &str) -> Option<Prepared> {
        let mut body = sample.clone();
        if let Some(patch) = &answer.body {
            json_patch::merge(&mut body, patch);
        }
        let contents = [answer.error.is_some(), answer.body.is_some(), answer.raw.is_some()];
        if contents.into_iter().filter(|given| *given).count() > 1 {
            let help = "keep one of `error`, `body` and `raw`";
            return self.error("answer", at, "an answer has more than one content", help);
        }
        let content = match (&answer.error, &answer.raw) {
            (Some(failure), _) => Content::Failure(failure.clone()),
            (None, Some(text)) => Content::Raw(text.clone()),
            (None, None) => Content::Body(self.template(&root(known), &body, known, &below(at, "body"))?),
        };
        let status = answer.status.unwrap_or(if answer.error.is_some() { 400 } else { 200 });
        if !(200..=599).contains(&status) {
            return self.error("status", &below(at, "status"), "is no status of a final answer", "200 to 599");
        }
        Some(Prepared { status, content, manner: self.manner(answer, at)? })
    }

    /// How an answer is sent.
    pub fn manner(&mut self, answer: &Answer, at: &str) -> Option<Manner> {
        if answer.delay.is_some_and(|delay| delay > LONGEST_DELAY) {
            let help = format!("at most {LONGEST_DELAY} milliseconds");
            return self.error("delay", &below(at, "delay"), "is too long", &help);
        }
        let mut headers = Vec::new();
        for (name, value) in &answer.headers {
            let at = below(&below(at, "headers"), name);
            match (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value.as_str())) {
                (Ok(name), Ok(value)) if name != "content-length" && name != "transfer-encoding" => {
                    headers.push((name, value));
                }
                _ => {
                    let help = "a name of letters, digits and hyphens, a value of ASCII; how long the body is, is not \
                        for a scenario to say";
                    return self.error("header", &at, &format!("`{name}` is no header that can be sent"), help);
                }
            }
        }
        let content_type = match answer.content_type.as_deref().map(HeaderValue::try_from) {
            Some(Err(_)) => return self.error("header", &below(at, "contentType"), "cannot be sent", "write ASCII"),
            other => other.and_then(Result::ok),
        };
        let delay = answer.delay.map(Duration::from_millis);
        Some(Manner { headers, content_type, delay, breakage: answer.breakage })
    }

    /// A body whose holes can be filled.
    pub fn template(&mut self, root: &str, body: &Value, known: &Known, at: &str) -> Option<Template> {
        let template = match Template::new(root, body) {
            Ok(template) => template,
            Err(hole) => {
                let help = "a hole is {RequestId}, {Resource}, {State}, {Now} or a parameter; {{ is a brace";
                return self.error("hole", at, &format!("`{hole}` is no hole"), help);
            }
        };
        for name in template.parameters() {
            let problem = match known.names.find(name) {
                Some((index, _)) if known.names.is_hidden(index) => {
                    Some((format!("`{name}` must not be shown"), "take the hole away".to_owned()))
                }
                Some(_) => None,
                None => {
                    let action = known.operation.action();
                    let parameters = known.operation.table.parameters.iter().map(|parameter| parameter.name);
                    let help = match did_you_mean(name, parameters) {
                        Some(near) => format!("did you mean `{{{near}}}`?"),
                        None => "a hole is {RequestId}, {Resource}, {State}, {Now} or a parameter".to_owned(),
                    };
                    Some((format!("`{action}` has no parameter `{name}` to fill the hole with"), help))
                }
            };
            if let Some((message, help)) = problem {
                return self.error("hole", at, &message, &help);
            }
        }
        Some(template)
    }

    /// Pushes an error; `None` for the caller to return.
    pub fn error<T>(&mut self, code: &'static str, at: &str, message: &str, help: &str) -> Option<T> {
        self.diagnostics.push(Diagnostic::error(code, Origin::value(self.file, at), message).help(help));
        None
    }
}

//! What the service says when it does not do what it is asked: codes as the vendor's services have them, in our own words.

use bindery_runtime::table::Severity;
use bindery_runtime::{Code, Language, Violation, Violations};
use std::borrow::Cow;

/// An error that is answered.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The code.
    pub code: Cow<'static, str>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub recommend: Cow<'static, str>,
}

impl Refusal {
    pub fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
        recommend: impl Into<Cow<'static, str>>,
    ) -> Refusal {
        Refusal { status, code: code.into(), message: message.into(), recommend: recommend.into() }
    }

    /// Something without which no request can be understood. `name`: as codes spell it (`Timestamp`).
    pub fn missing(name: &str, place: &str) -> Refusal {
        let message = format!("{place} is missing: every signed request has it");
        Refusal::new(400, format!("Missing{name}"), message, "send it, or start the service without verification")
    }

    /// The action is not known.
    pub fn unknown_action(name: &str, near: Option<&str>) -> Refusal {
        let name: String = name.chars().filter(|letter| !letter.is_control()).take(100).collect();
        let recommend = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the actions are those of the specs that the service was started with".to_owned(),
        };
        Refusal::new(404, "InvalidAction.NotFound", format!("there is no action `{name}`"), recommend)
    }

    /// What a request does wrong, if the service would refuse it: its first error. What the service overlooks, names
    /// that it does not know and advice, is no reason.
    pub fn of(violations: &Violations, action: &str, counts: impl Fn(&Violation) -> bool) -> Option<Refusal> {
        let grave = |violation: &&Violation| {
            violation.severity == Severity::Error && violation.code != Code::UnknownParameter && counts(violation)
        };
        let first = violations.iter().find(grave)?;
        let code = match first.code {
            Code::Missing | Code::RequiredWhen | Code::AtLeastOne => "MissingParameter",
            _ => "InvalidParameter",
        };
        let recommend =
            format!("`bindery validate {action} REQUEST.json` shows everything that is wrong with a request");
        Some(Refusal::new(400, code, first.message(Language::En), recommend))
    }
}

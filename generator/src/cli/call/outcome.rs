//! Exit codes of a call, and what is said beside them. One table: the help is made of it.

use super::super::report::report;
use super::super::sheet::HIDDEN;
use crate::diag::{Diagnostic, Diagnostics, Level, Sources};
use bindery_runtime::error::Error;
use bindery_runtime::http::TransportErrorKind;
use std::process::ExitCode;

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    Problem,
    Usage,
    Refused,
    NoAnswer,
    Unsettled,
    Unawaited,
    Unshown,
}

const TABLE: [(Outcome, u8, &str); 8] = [
    (Outcome::Done, 0, "done"),
    (Outcome::Problem, 1, "nothing was sent: the request, the specs, the settings or the credentials have a problem"),
    (Outcome::Usage, 2, "nothing was sent: the command line makes no sense"),
    (Outcome::Refused, 3, "the service answered with an error"),
    (Outcome::NoAnswer, 4, "no answer, or none that can be read; trying again does no harm"),
    (Outcome::Unsettled, 5, "the action may have been applied: look before you call again"),
    (Outcome::Unawaited, 6, "the action is done; what `--wait` waits for failed, or did not come in time"),
    (Outcome::Unshown, 7, "the action is done; its answer cannot be shown as asked, and is on stderr"),
];

/// The table for the help.
pub(super) fn help() -> String {
    TABLE.iter().map(|(_, code, meaning)| format!("  {code}  {meaning}\n")).collect()
}

impl Outcome {
    /// Of an error.
    pub fn of(error: &Error) -> Outcome {
        match error {
            Error::Validation { .. } | Error::Configuration(_) | Error::Credentials { .. } => Outcome::Problem,
            Error::Throttled { .. } | Error::Service(_) => Outcome::Refused,
            Error::MayHaveBeenApplied { .. } => Outcome::Unsettled,
            Error::WaitFailed(_) | Error::WaitTimedOut { .. } => Outcome::Unawaited,
            _ => Outcome::NoAnswer,
        }
    }

    /// As the process ends.
    pub fn code(self) -> ExitCode {
        let code = TABLE.iter().find(|(outcome, ..)| *outcome == self).map_or(1, |(_, code, _)| *code);
        ExitCode::from(code)
    }

    /// Shows a problem on stderr.
    pub fn because(self, problem: Diagnostic) -> ExitCode {
        say(problem);
        self.code()
    }
}

/// Shows something on stderr.
pub(super) fn say(problem: Diagnostic) {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(problem);
    report(&diagnostics, &Sources::default());
}

/// Something that is no error.
pub(super) fn aside(level: Level, code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic { level, ..Diagnostic::placeless(code, message) }
}

/// An error of the client as a problem, without the request's secrets.
pub(super) fn problem(error: &Error, secrets: &[String]) -> Diagnostic {
    let help = match error {
        Error::Transport { cause, .. } if cause.kind == TransportErrorKind::Connect => {
            Some("`--region` or `--endpoint` says where to send it")
        }
        Error::Timeout { .. } => Some("`--timeout SECONDS` allows more time"),
        _ => None,
    };
    let code = match error {
        Error::Validation { .. } => "invalid",
        Error::Configuration(_) => "configuration",
        Error::Credentials { .. } => "credentials",
        Error::Transport { .. } | Error::Timeout { .. } => "no-answer",
        Error::Throttled { .. } => "throttled",
        Error::Service(_) => "refused",
        Error::Decode { .. } => "unreadable-answer",
        Error::MayHaveBeenApplied { .. } => "may-have-been-applied",
        Error::WaitFailed(_) => "wait-failed",
        Error::WaitTimedOut { .. } => "wait-timed-out",
        _ => "call",
    };
    Diagnostic::placeless(code, masked(&error.to_string(), secrets)).maybe_help(help.map(str::to_owned))
}

/// From how many characters on a secret is looked for inside of a text: shorter ones would tear holes into every answer.
const SHORTEST: usize = 6;

/// A text without the secrets of a request: services repeat what they were given.
pub(super) fn masked(text: &str, secrets: &[String]) -> String {
    let mut masked = text.to_owned();
    for secret in secrets {
        if text == secret {
            return HIDDEN.to_owned();
        }
        if secret.chars().count() >= SHORTEST {
            masked = masked.replace(secret.as_str(), HIDDEN);
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_a_code_of_its_own() {
        for (index, (outcome, code, meaning)) in TABLE.iter().enumerate() {
            assert_eq!(usize::from(*code), index, "{meaning}");
            assert_eq!(format!("{:?}", outcome.code()), format!("{:?}", ExitCode::from(*code)));
        }
    }

    #[test]
    fn secrets_are_masked_where_they_stand() {
        let secrets = ["hunter2".to_owned(), "abc".to_owned()];
        assert_eq!(masked("not hunter2hunter2, abc", &secrets), "not ******, abc");
        assert_eq!(masked("abc", &secrets), "***");
    }
}

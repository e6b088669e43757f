//! How errors read: what went wrong, in which action, under which request ID, and what to do where that is known.

use super::{Error, ServiceError, WaitFailure};
use crate::http::TransportErrorKind;
use std::fmt::{self, Display, Formatter};

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Error::Validation { action, violations } => write!(f, "{action}: nothing was sent: {violations}"),
            Error::Configuration(error) => error.fmt(f),
            Error::Credentials { action, cause } => write!(f, "{action}: nothing was sent: {cause}"),
            Error::Transport { action, cause, .. } => {
                write!(f, "{action}: {}", Told(self))?;
                f.write_str(match cause.kind {
                    TransportErrorKind::Connect => {
                        ". Check the network, the proxy settings, and the client's region or endpoint."
                    }
                    // Trust is one matter, to speak TLS at all another.
                    TransportErrorKind::Tls if cause.message.contains("certificate") => {
                        ". If a proxy of yours signs connections, give the client its certificate."
                    }
                    TransportErrorKind::Tls => ". Check that the endpoint speaks TLS 1.2 or newer on that port.",
                    _ => "",
                })
            }
            Error::Timeout { action, .. } => write!(f, "{action}: {}. Try again, or allow more time.", Told(self)),
            Error::Throttled { cause, retry_after } => {
                write!(f, "{}: {}. ", cause.action, Told(self))?;
                match retry_after {
                    Some(after) => write!(f, "Wait {:.1} s, then try again.", after.as_secs_f64()),
                    None => f.write_str("Ask less often."),
                }
            }
            Error::Service(cause) => cause.fmt(f),
            Error::Decode { action, .. } => write!(f, "{action}: {}", Told(self)),
            Error::MayHaveBeenApplied { action, cause, client_token } => {
                write!(f, "{action} may have been applied: {}. ", Told(cause))?;
                match client_token {
                    Some(token) => write!(f, "Calling again with the same client token ({token}) is safe."),
                    None => f.write_str("Look before you call again: the client did not repeat it."),
                }
            }
            Error::WaitFailed(failure) => failure.fmt(f),
            Error::WaitTimedOut { waiter, action, attempts, last } => {
                let times = if *attempts == 1 { "once".to_owned() } else { format!("{attempts} times") };
                write!(f, "{waiter}: {action} was asked {times}")?;
                match last.as_str() {
                    "" => f.write_str(" and does not tell a state"),
                    last => write!(f, " and still says `{}`", Line(last)),
                }?;
                f.write_str(". Wait again, or longer.")
            }
        }
    }
}

/// What happened, without the action and without advice: what to do depends on what else is known.
struct Told<'a>(&'a Error);

impl Display for Told<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Error::Transport { host, cause, .. } => {
                let what = match cause.kind {
                    TransportErrorKind::Request => "the request cannot be sent",
                    TransportErrorKind::Connect => "no connection",
                    TransportErrorKind::Tls => "no encrypted connection that can be trusted",
                    TransportErrorKind::Timeout => "the time was over",
                    TransportErrorKind::Interrupted => "the connection broke",
                    TransportErrorKind::Answer => "the answer cannot be taken",
                };
                write!(f, "{what}: {host}: {cause}")
            }
            Error::Timeout { host, after, .. } => {
                write!(f, "no answer from {host} within {:.1} s", after.as_secs_f64())
            }
            Error::Throttled { cause, .. } | Error::Service(cause) => cause.tell(f),
            Error::Decode { status, request_id, message, .. } => {
                write!(f, "the answer (HTTP {status}) cannot be read: {message}")?;
                request_id.as_ref().map_or(Ok(()), |id| write!(f, "; request {id}"))
            }
            other => other.fmt(f),
        }
    }
}

impl Display for ServiceError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.action)?;
        self.tell(f)?;
        self.advice().map_or(Ok(()), |advice| write!(f, ". {advice}"))
    }
}

impl ServiceError {
    fn tell(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.code == format!("HTTP{}", self.status) {
            // Nobody gave a code.
            write!(f, "the answer is HTTP {}", self.status)?;
        } else {
            write!(f, "the service answers {} (HTTP {})", self.code, self.status)?;
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message.trim_end_matches(['.', '。']))?;
        }
        if let Some(id) = &self.request_id {
            write!(f, "; request {id}")?;
        }
        if let Some(ahead) = self.clock_ahead {
            let side = if ahead > 0 { "ahead of" } else { "behind" };
            write!(f, "; this machine's clock is {} s {side} the service's: set it", ahead.unsigned_abs())?;
        }
        // The encoded one tells a person nothing: it is there for whoever takes the error apart.
        for (name, value) in self.access_denied.iter().filter(|(name, _)| !name.starts_with("Encoded")) {
            write!(f, "; {name}: {value}")?;
        }
        // Usually an address, but a service may also give the advice itself.
        match self.recommendation.as_deref() {
            Some(url) if url.starts_with("http") => write!(f, "; see {url}"),
            Some(advice) => write!(f, "; it recommends: {}", advice.trim_end_matches('.')),
            None => Ok(()),
        }
    }

    /// What to do about the codes that every caller meets.
    fn advice(&self) -> Option<&'static str> {
        Some(match self.code.as_str() {
            "SignatureDoesNotMatch" | "IncompleteSignature" => {
                "Check the access key's secret: it does not fit the key's ID."
            }
            "InvalidAccessKeyId.NotFound" | "InvalidAccessKeyId" => {
                "Check the access key's ID, and that the key is still there."
            }
            "InvalidAccessKeyId.Inactive" => "The access key is switched off: use another one.",
            "InvalidSecurityToken.Expired" => "Get new temporary credentials.",
            "MissingSecurityToken"
            | "InvalidSecurityToken.MismatchWithAccessKey"
            | "InvalidSecurityToken.Malformed" => "Temporary credentials need the security token that came with them.",
            "Forbidden" | "NoPermission" | "Forbidden.RAM" => "Have the account's administrator grant the permission.",
            _ if !self.access_denied.is_empty() => "Have the account's administrator grant the permission.",
            "InvalidRegionId" | "InvalidRegion" | "InvalidRegionId.NotFound" => {
                "Check the region: of the client, and of the request's RegionId."
            }
            "InvalidAction.NotFound" | "InvalidVersion" | "InvalidProduct.NotFound" => {
                "Check the endpoint: it seems to belong to another service."
            }
            code if self.clock_ahead.is_none() && code.to_ascii_lowercase().contains("timestamp") => {
                "Check this machine's clock."
            }
            _ if self.status >= 500 => {
                "Try again later; if it stays so, give the request's ID to the vendor's support."
            }
            _ => return None,
        })
    }
}

impl Display for WaitFailure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} says `{}`", self.waiter, self.action, Line(&self.state))?;
        for (number, reason) in self.reasons.iter().enumerate() {
            f.write_str(if number == 0 { ":\n  " } else { "\n  " })?;
            for (number, (name, value)) in reason.iter().enumerate() {
                let comma = if number == 0 { "" } else { "; " };
                write!(f, "{comma}{name}: {}", Line(value.trim()))?;
            }
        }
        Ok(())
    }
}

/// A text of an answer on one line: what it holds must not steer a terminal, or look like a line of ours.
struct Line<'a>(&'a str);

impl Display for Line<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|letter| write!(f, "{}", if letter.is_control() { ' ' } else { letter }))
    }
}

#[cfg(test)]
mod tests;

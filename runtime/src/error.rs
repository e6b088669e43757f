//! What can come of a call instead of an answer: one enum that a caller can match.
//!
//! No error holds a secret, a URL's query or a body. `Display` says what went wrong, in which action, under which request
//! ID, and what to do where that is known.

use crate::credentials::CredentialsError;
use crate::http::{TransportError, TransportErrorKind};
use crate::{Json, Violations};
use std::fmt;
use std::time::Duration;

/// Why a call has no answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error {
    /// The request breaks what the service demands: nothing was sent.
    Validation {
        /// The action.
        action: String,
        /// Everything that is wrong.
        violations: Violations,
    },
    /// The client is set up wrongly: nothing was sent.
    Configuration(ConfigurationError),
    /// There is nothing to sign with: nothing was sent.
    Credentials {
        /// The action.
        action: String,
        /// What each source lacked.
        cause: CredentialsError,
    },
    /// No answer came back, and the service has seen nothing of the request or the request only reads.
    Transport {
        /// The action.
        action: String,
        /// The host.
        host: String,
        /// The cause.
        cause: TransportError,
    },
    /// The time was over; the request only reads.
    Timeout {
        /// The action.
        action: String,
        /// The host.
        host: String,
        /// How long it took.
        after: Duration,
    },
    /// The service has too much to do, or the account asks too often.
    Throttled {
        /// What the service said.
        cause: Box<ServiceError>,
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// The service refused the request or failed.
    Service(Box<ServiceError>),
    /// The answer cannot be read.
    Decode {
        /// The action.
        action: String,
        /// The HTTP status.
        status: u16,
        /// The request's ID, if a header tells it.
        request_id: Option<String>,
        /// What is wrong with the answer; never its text.
        message: String,
    },
    /// Nobody knows whether the service acted: look before you call again.
    MayHaveBeenApplied {
        /// The action.
        action: String,
        /// What came instead of an answer.
        cause: Box<Error>,
        /// The token that the request carried: calling again with it is safe.
        client_token: Option<String>,
    },
    /// What was waited for will not come.
    WaitFailed(Box<WaitFailure>),
    /// What was waited for did not come in time.
    WaitTimedOut {
        /// The waiter.
        waiter: &'static str,
        /// The action that was asked.
        action: String,
        /// How often it was asked.
        attempts: u32,
        /// What it said last, as far as the waiter looks at it.
        last: String,
    },
}

/// What is wrong with how a client is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationError {
    /// In words: what is wrong, what would be right. Never the value of a secret or of a header.
    pub message: String,
}

/// What the service said instead of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceError {
    /// The action.
    pub action: String,
    /// The HTTP status; 200 where the answer itself says that it is a failure.
    pub status: u16,
    /// The code: `InvalidParameter`, `Throttling.User`.
    pub code: String,
    /// What the service says about it.
    pub message: String,
    /// The request's ID: quote it to the vendor's support.
    pub request_id: Option<String>,
    /// Where the vendor explains the error.
    pub recommendation: Option<String>,
    /// Why access was denied: `AuthAction`, `NoPermissionType`, … as the service gives them.
    pub access_denied: Vec<(String, String)>,
    /// How far the clock of this machine is from the service's, if that seems to be the cause: positive, if it is ahead.
    pub clock_ahead: Option<i64>,
}

/// An answer that a waiter takes for a failure. `Debug` does not show the answer itself.
#[derive(Clone)]
pub struct WaitFailure {
    /// The waiter.
    pub waiter: &'static str,
    /// The action that was asked.
    pub action: String,
    /// The value that decided.
    pub state: String,
    /// What the answer says about it: one entry a failed item, with a name and a text for each thing it tells.
    pub reasons: Vec<Vec<(&'static str, String)>>,
    /// The whole answer.
    pub answer: Json,
}

impl fmt::Debug for WaitFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitFailure")
            .field("waiter", &self.waiter)
            .field("action", &self.action)
            .field("state", &self.state)
            .field("reasons", &self.reasons)
            .finish_non_exhaustive()
    }
}

impl From<ConfigurationError> for Error {
    fn from(error: ConfigurationError) -> Error {
        Error::Configuration(error)
    }
}

impl ConfigurationError {
    /// An error in words.
    pub fn new(message: impl Into<String>) -> ConfigurationError {
        ConfigurationError { message: message.into() }
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigurationError {}

impl Error {
    /// The ID of the request, if the service gave one.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Error::Service(cause) | Error::Throttled { cause, .. } => cause.request_id.as_deref(),
            Error::Decode { request_id, .. } => request_id.as_deref(),
            Error::MayHaveBeenApplied { cause, .. } => cause.request_id(),
            _ => None,
        }
    }

    /// What the service said, if it said something.
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Error::Service(cause) | Error::Throttled { cause, .. } => Some(cause),
            Error::MayHaveBeenApplied { cause, .. } => cause.service(),
            _ => None,
        }
    }

    /// The service's code, if it said something.
    pub fn code(&self) -> Option<&str> {
        self.service().map(|error| error.code.as_str())
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the service answers {} (HTTP {})", self.action, self.code, self.status)?;
        if !self.message.is_empty() {
            write!(f, ": {}", self.message.trim_end_matches('.'))?;
        }
        if let Some(id) = &self.request_id {
            write!(f, "; request {id}")?;
        }
        if let Some(ahead) = self.clock_ahead {
            let side = if ahead > 0 { "ahead of" } else { "behind" };
            write!(f, "; this machine's clock is {} s {side} the service's: set it", ahead.abs())?;
        }
        for (name, value) in &self.access_denied {
            write!(f, "; {name}: {value}")?;
        }
        if let Some(url) = &self.recommendation {
            write!(f, "; see {url}")?;
        }
        match advice(&self.code) {
            Some(advice) => write!(f, ". {advice}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ServiceError {}

/// What to do about the codes that every caller meets.
fn advice(code: &str) -> Option<&'static str> {
    Some(match code {
        "SignatureDoesNotMatch" | "IncompleteSignature" => {
            "Check the access key's secret: it does not fit the key's ID."
        }
        "InvalidAccessKeyId.NotFound" => "Check the access key's ID, and that the key is still there.",
        "InvalidAccessKeyId.Inactive" => "The access key is switched off: use another one.",
        "InvalidSecurityToken.Expired" => "Get new temporary credentials.",
        "MissingSecurityToken" | "InvalidSecurityToken.MismatchWithAccessKey" | "InvalidSecurityToken.Malformed" => {
            "Temporary credentials need the security token that came with them."
        }
        "Forbidden" | "NoPermission" | "Forbidden.RAM" => "Have the account's administrator grant the permission.",
        "InvalidRegionId" | "InvalidRegion" | "InvalidRegionId.NotFound" => {
            "Check the region: of the client, and of the request's RegionId."
        }
        _ => return None,
    })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Validation { action, violations } => write!(f, "{action}: nothing was sent: {violations}"),
            Error::Configuration(error) => error.fmt(f),
            Error::Credentials { action, cause } => write!(f, "{action}: nothing was sent: {cause}"),
            Error::Transport { action, host, cause } => {
                let what = match cause.kind {
                    TransportErrorKind::Request => "the request cannot be sent",
                    TransportErrorKind::Connect => "no connection",
                    TransportErrorKind::Tls => "the server's certificate is not trusted",
                    TransportErrorKind::Timeout => "the time was over",
                    TransportErrorKind::Interrupted => "the connection broke",
                    TransportErrorKind::Answer => "the answer cannot be taken",
                };
                write!(f, "{action}: {what}: {host}: {cause}")?;
                match cause.kind {
                    TransportErrorKind::Connect => {
                        f.write_str(". Check the network, the proxy settings, and the client's region or endpoint.")
                    }
                    TransportErrorKind::Tls => {
                        f.write_str(". If a proxy of yours signs connections, give the client its certificate.")
                    }
                    _ => Ok(()),
                }
            }
            Error::Timeout { action, host, after } => {
                write!(
                    f,
                    "{action}: no answer from {host} within {:.1} s. Try again, or allow more time.",
                    after.as_secs_f64()
                )
            }
            Error::Throttled { cause, retry_after } => {
                cause.fmt(f)?;
                match retry_after {
                    Some(after) => write!(f, ". Wait {:.1} s, then try again.", after.as_secs_f64()),
                    None => f.write_str(". Ask less often."),
                }
            }
            Error::Service(error) => error.fmt(f),
            Error::Decode { action, status, request_id, message } => {
                write!(f, "{action}: the answer (HTTP {status}) cannot be read: {message}")?;
                request_id.as_ref().map_or(Ok(()), |id| write!(f, "; request {id}"))
            }
            Error::MayHaveBeenApplied { action, cause, client_token } => {
                write!(f, "{action} may have been applied: {cause}. ")?;
                match client_token {
                    Some(token) => write!(f, "Calling again with the same client token ({token}) is safe."),
                    None => f.write_str("Look before you call again: the client did not repeat it."),
                }
            }
            Error::WaitFailed(failure) => {
                write!(f, "{}: {} says `{}`", failure.waiter, failure.action, failure.state)?;
                for reason in &failure.reasons {
                    f.write_str("\n ")?;
                    for (name, value) in reason {
                        write!(f, " {name}: {value};")?;
                    }
                }
                Ok(())
            }
            Error::WaitTimedOut { waiter, action, attempts, last } => {
                write!(
                    f,
                    "{waiter}: {action} was asked {attempts} times and still says `{last}`. Wait again, or longer."
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Credentials { cause, .. } => Some(cause),
            Error::Transport { cause, .. } => Some(cause),
            Error::MayHaveBeenApplied { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

//! What can come of a call instead of an answer: one enum that a caller can match.
//!
//! No error holds a secret, a URL's query or a body. `Display` says what went wrong, in which action, under which request
//! ID, and what to do where that is known.

mod display;

use crate::credentials::CredentialsError;
use crate::http::TransportError;
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
    /// The status that the answer itself tells, where HTTP's says success.
    pub told_status: Option<u16>,
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

impl ServiceError {
    /// The status that counts: what the answer itself tells, else HTTP's.
    pub fn real_status(&self) -> u16 {
        self.told_status.unwrap_or(self.status)
    }
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

impl std::error::Error for ServiceError {}

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

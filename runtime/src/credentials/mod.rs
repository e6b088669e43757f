//! Who signs: credentials, and where they come from.
//!
//! [`default_chain`] asks in the order of the vendor's SDKs. What can expire is kept in [`Cached`], refreshed ahead of
//! time, by one caller for all, and used for as long as it is valid.

use crate::Secret;
use crate::http::BoxFuture;
use crate::surroundings::Outside;
use jiff::Timestamp;
use std::borrow::Cow;
use std::fmt;

/// The variable that holds the access key's ID.
pub const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
/// The variable that holds the access key's secret.
pub const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
/// The variable that holds the security token of temporary credentials.
pub const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// What a request is signed with. `Debug` shows no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The access key's ID.
    pub access_key_id: String,
    /// The access key's secret.
    pub access_key_secret: Secret,
    /// The security token of temporary credentials.
    pub security_token: Option<Secret>,
    /// When they end, if they do.
    pub expires: Option<Timestamp>,
    /// Where they come from, as the service is told: `static_ak`, `default/env`.
    pub provider: Cow<'static, str>,
}

impl Credentials {
    /// A key that does not end.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<Secret>) -> Credentials {
        Credentials {
            access_key_id: access_key_id.into(),
            access_key_secret: access_key_secret.into(),
            security_token: None,
            expires: None,
            provider: Cow::Borrowed("static_ak"),
        }
    }

    /// The same with a security token.
    #[must_use]
    pub fn with_token(mut self, security_token: impl Into<Secret>) -> Credentials {
        self.security_token = Some(security_token.into());
        self.provider = Cow::Borrowed("static_sts");
        self
    }
}

/// A source of credentials.
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// The credentials to use now.
    ///
    /// # Errors
    /// If there are none; the error says what to do.
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>>;
}

impl ProvideCredentials for Credentials {
    fn provide<'a>(&'a self, _: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move { Ok(self.clone()) })
    }
}

/// Why there are no credentials: each source that was asked, and what it lacked. Never a secret, nor a file's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialsError {
    /// In words: what is wrong and what to do.
    pub message: String,
    /// The source has something to say, and it is wrong: the chain ends here. Otherwise the next source is asked.
    pub is_final: bool,
}

impl CredentialsError {
    /// The source does not apply here: ask the next one.
    pub fn absent(message: impl Into<String>) -> CredentialsError {
        CredentialsError { message: message.into(), is_final: false }
    }

    /// The source applies and fails.
    pub fn failed(message: impl Into<String>) -> CredentialsError {
        CredentialsError { message: message.into(), is_final: true }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CredentialsError {}

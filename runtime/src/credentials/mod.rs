//! Who signs: credentials, and where they come from.
//!
//! [`default_chain`] asks in the order of the vendor's SDKs. What can end is kept in [`Cached`], refreshed ahead of
//! time, by one caller for all, and used for as long as it is valid. Every source reaches the network, the files, the
//! variables and the clock through [`Outside`] alone.

mod answer;
mod assume_role;
mod cached;
mod chain;
mod ecs_role;
mod environment;
mod file;
mod ini;
mod oidc;
mod profile;
mod sts;
mod uri;

pub use assume_role::AssumeRole;
pub use cached::Cached;
pub use chain::{DefaultChain, default_chain};
pub use ecs_role::EcsRole;
pub use environment::Environment;
pub use ini::Ini;
pub use oidc::Oidc;
pub use profile::{Profile, profile_region};
pub use uri::Uri;

use crate::Secret;
use crate::http::BoxFuture;
use crate::surroundings::{Outside, Surroundings};
use jiff::Timestamp;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The variable that holds the access key's ID.
pub const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
/// The variable that holds the access key's secret.
pub const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
/// The variable that holds the security token of temporary credentials.
pub const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";
/// The variable that names the profile, in both configuration files.
pub const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";

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

    /// Whether a request can be signed with them: no part is empty or holds a blank, a control character or anything
    /// else that no key has. Such a character could smuggle a header into a request.
    ///
    /// # Errors
    /// If a part cannot be used: which one, without its value.
    pub fn check(&self) -> Result<(), CredentialsError> {
        let parts = [
            ("access key's ID", Some(self.access_key_id.as_str())),
            ("access key's secret", Some(self.access_key_secret.expose())),
            ("security token", self.security_token.as_ref().map(Secret::expose)),
            ("name of the provider", Some(&*self.provider)),
        ];
        for (what, text) in parts {
            let Some(text) = text else { continue };
            if text.is_empty() {
                return Err(CredentialsError::failed(format!("the {what} is empty")));
            }
            if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(CredentialsError::failed(format!(
                    "the {what} holds a blank, a line break or another character that it cannot hold: copy it again"
                )));
            }
        }
        Ok(())
    }

    /// The same, found by way of another source.
    fn by_way_of(mut self, source: &str) -> Credentials {
        self.provider = Cow::Owned(format!("{source}/{}", self.provider));
        self
    }

    /// Whether they can be used at a time.
    fn are_valid(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|end| now < end)
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
        Box::pin(async move {
            self.check()?;
            Ok(self.clone())
        })
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        (**self).provide(outside)
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

    /// The same, with the source that it is about.
    fn about(self, source: impl fmt::Display) -> CredentialsError {
        CredentialsError { message: format!("{source}: {}", self.message), is_final: self.is_final }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CredentialsError {}

/// Whether a variable says `true`.
pub(crate) fn says_true(machine: &dyn Surroundings, name: &str) -> bool {
    machine.variable(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

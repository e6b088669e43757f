//! Temporary credentials of a role, for somebody who has other credentials.

use super::sts::{self, Station};
use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::Secret;
use crate::http::BoxFuture;
use crate::sign::{Stamp, rpc1};
use crate::surroundings::Outside;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

/// Assumes a role with the credentials of another source. Every call asks the service: keep it in [`super::Cached`].
#[derive(Debug, Clone)]
pub struct AssumeRole {
    source: Arc<dyn ProvideCredentials>,
    role_arn: String,
    session_name: Option<String>,
    duration: Option<Duration>,
    policy: Option<String>,
    external_id: Option<Secret>,
    station: Station,
}

impl AssumeRole {
    /// A role, by its ARN (`acs:ram::123456789012****:role/name`), assumed with the credentials of a source.
    pub fn new(source: impl ProvideCredentials + 'static, role_arn: impl Into<String>) -> AssumeRole {
        AssumeRole {
            source: Arc::new(source),
            role_arn: role_arn.into(),
            session_name: None,
            duration: None,
            policy: None,
            external_id: None,
            station: Station::default(),
        }
    }

    /// The session's name, which shows in the account's logs. Else that of `ALIBABA_CLOUD_ROLE_SESSION_NAME`, else one
    /// with the time.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> AssumeRole {
        self.session_name = Some(name.into());
        self
    }

    /// How long the credentials are valid: an hour unless said otherwise, 15 minutes at least, at most what the role
    /// allows.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> AssumeRole {
        self.duration = Some(duration);
        self
    }

    /// A policy in JSON that narrows what the role may do.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> AssumeRole {
        self.policy = Some(policy.into());
        self
    }

    /// The ID that the role's owner asks for.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<Secret>) -> AssumeRole {
        self.external_id = Some(id.into());
        self
    }

    /// The region whose service is asked; else that of `ALIBABA_CLOUD_STS_REGION`, else the central one.
    #[must_use]
    pub fn sts_region(mut self, region: impl Into<String>) -> AssumeRole {
        self.station.region = Some(region.into());
        self
    }

    /// Whether the service is asked at its address within a VPC; else as `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` says.
    #[must_use]
    pub fn vpc(mut self, within: bool) -> AssumeRole {
        self.station.vpc = Some(within);
        self
    }

    /// Another address of the service: `host`, `https://host:port`; `http://` on this machine alone.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> AssumeRole {
        self.station.endpoint = Some(endpoint.into());
        self
    }

    async fn ask(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        let seconds = sts::seconds(self.duration)?;
        let source =
            self.source.provide(outside).await.map_err(|error| {
                CredentialsError::failed(format!("there is nothing to assume the role with: {error}"))
            })?;
        let stamp = Stamp::fresh(outside.machine.now()).map_err(|error| CredentialsError::failed(error.to_string()))?;
        let session = sts::session_name(self.session_name.as_deref(), outside);
        let mut parameters = vec![
            ("Action", "AssumeRole"),
            ("Version", "2015-04-01"),
            ("Format", "JSON"),
            ("Timestamp", stamp.date.as_str()),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("SignatureNonce", stamp.nonce.as_str()),
            ("AccessKeyId", source.access_key_id.as_str()),
            ("RoleArn", self.role_arn.as_str()),
            ("RoleSessionName", session.as_str()),
            ("DurationSeconds", seconds.as_str()),
        ];
        parameters.extend(source.security_token.as_ref().map(|token| ("SecurityToken", token.expose())));
        parameters.extend(self.policy.as_deref().map(|policy| ("Policy", policy)));
        parameters.extend(self.external_id.as_ref().map(|id| ("ExternalId", id.expose())));
        let signature = rpc1::signature(source.access_key_secret.expose(), &rpc1::string_to_sign("POST", &parameters));
        parameters.push(("Signature", &signature));
        let mut found = self.station.ask(outside, &parameters).await?;
        found.provider = Cow::Owned(format!("ram_role_arn/{}", source.provider));
        Ok(found)
    }
}

impl ProvideCredentials for AssumeRole {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move { self.ask(outside).await.map_err(|error| error.about("STS AssumeRole")) })
    }
}

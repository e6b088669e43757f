//! Temporary credentials of a role, for a token that an OIDC provider gave: what a pod in a cluster has.

use super::sts::{self, Station};
use super::{Credentials, CredentialsError, ProvideCredentials, file};
use crate::Secret;
use crate::http::BoxFuture;
use crate::sign;
use crate::surroundings::Outside;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
const PROVIDER_ARN: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
const TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";

/// Gives an OIDC token for a role's credentials. What is not set here is read from the variables. Every call asks the
/// service: keep it in [`super::Cached`].
#[derive(Debug, Clone, Default)]
pub struct Oidc {
    role_arn: Option<String>,
    provider_arn: Option<String>,
    token_file: Option<PathBuf>,
    session_name: Option<String>,
    duration: Option<Duration>,
    policy: Option<String>,
    station: Station,
}

impl Oidc {
    /// As the variables say: `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`,
    /// `ALIBABA_CLOUD_OIDC_TOKEN_FILE`.
    pub fn new() -> Oidc {
        Oidc::default()
    }

    /// The ARN of the role.
    #[must_use]
    pub fn role_arn(mut self, arn: impl Into<String>) -> Oidc {
        self.role_arn = Some(arn.into());
        self
    }

    /// The ARN of the OIDC provider.
    #[must_use]
    pub fn provider_arn(mut self, arn: impl Into<String>) -> Oidc {
        self.provider_arn = Some(arn.into());
        self
    }

    /// The file with the token. It is read again for every exchange, as tokens are replaced there.
    #[must_use]
    pub fn token_file(mut self, path: impl Into<PathBuf>) -> Oidc {
        self.token_file = Some(path.into());
        self
    }

    /// The session's name, which shows in the account's logs. Else that of `ALIBABA_CLOUD_ROLE_SESSION_NAME`, else one
    /// with the time.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Oidc {
        self.session_name = Some(name.into());
        self
    }

    /// How long the credentials are valid: an hour unless said otherwise, 15 minutes at least.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Oidc {
        self.duration = Some(duration);
        self
    }

    /// A policy in JSON that narrows what the role may do.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Oidc {
        self.policy = Some(policy.into());
        self
    }

    /// The region whose service is asked; else that of `ALIBABA_CLOUD_STS_REGION`, else the central one.
    #[must_use]
    pub fn sts_region(mut self, region: impl Into<String>) -> Oidc {
        self.station.region = Some(region.into());
        self
    }

    /// Whether the service is asked at its address within a VPC; else as `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` says.
    #[must_use]
    pub fn vpc(mut self, within: bool) -> Oidc {
        self.station.vpc = Some(within);
        self
    }

    /// Another address of the service: `host`, `https://host:port`; `http://` on this machine alone.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Oidc {
        self.station.endpoint = Some(endpoint.into());
        self
    }

    async fn ask(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        let variable = |given: &Option<String>, name| given.clone().or_else(|| outside.machine.variable(name));
        let role = variable(&self.role_arn, ROLE_ARN);
        let provider = variable(&self.provider_arn, PROVIDER_ARN);
        let place = self.token_file.clone().or_else(|| outside.machine.variable(TOKEN_FILE).map(PathBuf::from));
        let (Some(role), Some(provider), Some(place)) = (&role, &provider, &place) else {
            let lacking: Vec<&str> =
                [(role.is_none(), ROLE_ARN), (provider.is_none(), PROVIDER_ARN), (place.is_none(), TOKEN_FILE)]
                    .into_iter()
                    .filter_map(|(lacks, name)| lacks.then_some(name))
                    .collect();
            let verb = if lacking.len() == 1 { "is" } else { "are" };
            return Err(CredentialsError::absent(format!("{} {verb} not set", lacking.join(", "))));
        };
        let token = read_token(outside, place)?;
        let seconds = sts::seconds(self.duration)?;
        let session = sts::session_name(self.session_name.as_deref(), outside);
        let date = sign::date(outside.machine.now());
        let mut parameters = vec![
            ("Action", "AssumeRoleWithOIDC"),
            ("Version", "2015-04-01"),
            ("Format", "JSON"),
            ("Timestamp", date.as_str()),
            ("RoleArn", role),
            ("OIDCProviderArn", provider),
            ("OIDCToken", token.expose()),
            ("RoleSessionName", session.as_str()),
            ("DurationSeconds", seconds.as_str()),
        ];
        parameters.extend(self.policy.as_deref().map(|policy| ("Policy", policy)));
        let mut found = self.station.ask(outside, &parameters).await?;
        found.provider = Cow::Borrowed("oidc_role_arn");
        Ok(found)
    }
}

/// The token, without the line break that a file ends with.
fn read_token(outside: &Outside, path: &Path) -> Result<Secret, CredentialsError> {
    let text = file::read(outside, path).map_err(|error| error.about("the file with the token"))?;
    let token = text.expose().trim();
    if token.is_empty() {
        return Err(CredentialsError::failed("the file with the token is empty"));
    }
    Ok(Secret::from(token))
}

impl ProvideCredentials for Oidc {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move { self.ask(outside).await.map_err(|error| error.about("OIDC")) })
    }
}

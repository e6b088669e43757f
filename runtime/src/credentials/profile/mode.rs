//! What a profile's mode means: the source that its fields describe.

use super::super::{AssumeRole, Cached, Credentials, CredentialsError, EcsRole, Oidc, ProvideCredentials, Uri, answer};
use super::external::External;
use super::login::Login;
use super::{entry, shown};
use crate::{Json, Secret};
use std::sync::Arc;
use std::time::Duration;

type Source = Arc<dyn ProvideCredentials>;

const MODES: &str =
    "AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC, CredentialsURI, External, CloudSSO and OAuth";

/// The source that a profile describes. `way`: the profiles that led here.
pub(super) fn source(config: &Json, name: &str, way: &mut Vec<String>) -> Result<Source, CredentialsError> {
    if way.iter().any(|before| before == name) {
        let circle: Vec<String> = way.iter().map(String::as_str).chain([name]).map(shown).collect();
        return Err(CredentialsError::failed(format!(
            "the profiles refer to each other in a circle: {}. Change a `source_profile`",
            circle.join(" -> ")
        )));
    }
    let Some(profile) = entry(config, name) else {
        let message = format!("there is no profile {}", shown(name));
        return Err(match way.last() {
            Some(before) => CredentialsError::failed(format!("{message}, which {} refers to", shown(before))),
            None => CredentialsError::absent(message),
        });
    };
    way.push(name.to_owned());
    let fields = Fields { profile, name, mode: answer::text(profile, "mode").unwrap_or("AK") };
    let source: Source = match fields.mode {
        "AK" => Arc::new(fields.key()?),
        "StsToken" => {
            let mut key = fields.key()?;
            key = key.with_token(fields.needed("sts_token")?);
            Arc::new(key)
        }
        "RamRoleArn" => fields.role(fields.key()?)?,
        "ChainableRamRoleArn" => {
            let before = source(config, fields.needed("source_profile")?, way)?;
            fields.role(before)?
        }
        "EcsRamRole" => {
            let role = fields.text("ram_role_name");
            Arc::new(Cached::new(role.map_or_else(EcsRole::new, |role| EcsRole::new().role(role))))
        }
        "OIDC" => fields.oidc()?,
        "CredentialsURI" => Arc::new(Cached::new(Uri::at(fields.needed("credentials_uri")?))),
        "External" => {
            // The command is asked late, as the vendor does it: what it prints may be short-lived.
            let command = External::new(fields.needed("process_command")?);
            Arc::new(Cached::ahead(command, Duration::from_secs(3 * 60)))
        }
        "CloudSSO" => Arc::new(Cached::new(Login::cloud_sso(profile, name)?)),
        "OAuth" => Arc::new(Cached::new(Login::oauth(profile, name)?)),
        other => {
            return Err(CredentialsError::failed(format!(
                "the profile {} has the mode {}, which this client does not know: it knows {MODES}",
                shown(name),
                shown(other)
            )));
        }
    };
    Ok(Arc::new(Of { name: shown(name), source }))
}

/// A profile's source, whose errors tell the profile.
#[derive(Debug)]
struct Of {
    name: String,
    source: Source,
}

impl ProvideCredentials for Of {
    fn provide<'a>(
        &'a self,
        outside: &'a crate::surroundings::Outside,
    ) -> crate::http::BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            self.source.provide(outside).await.map_err(|error| error.about(format_args!("the profile {}", self.name)))
        })
    }
}

struct Fields<'a> {
    profile: &'a Json,
    name: &'a str,
    mode: &'a str,
}

impl<'a> Fields<'a> {
    fn text(&self, field: &str) -> Option<&'a str> {
        answer::text(self.profile, field)
    }

    fn needed(&self, field: &str) -> Result<&'a str, CredentialsError> {
        self.text(field).ok_or_else(|| {
            let name = shown(self.name);
            CredentialsError::failed(format!(
                "the profile {name} (mode {}) lacks `{field}`: run `aliyun configure --profile {} --mode {}`",
                self.mode,
                name.trim_matches('`'),
                self.mode
            ))
        })
    }

    fn key(&self) -> Result<Credentials, CredentialsError> {
        if self.mode == "AK" && self.text("access_key_id").is_none() && self.text("access_key_secret").is_none() {
            // What the command line leaves behind if it is started and nothing is typed.
            return Err(CredentialsError::absent(format!("the profile {} is empty", shown(self.name))));
        }
        let key = Credentials::new(self.needed("access_key_id")?, self.needed("access_key_secret")?);
        key.check().map_err(|error| error.about(format_args!("the profile {}", shown(self.name))))?;
        Ok(key)
    }

    fn duration(&self) -> Option<Duration> {
        let seconds = self.profile.get("expired_seconds").and_then(Json::as_u64);
        seconds.filter(|seconds| *seconds > 0).map(Duration::from_secs)
    }

    fn vpc(&self) -> Option<bool> {
        self.profile.get("enable_vpc").and_then(Json::as_bool)
    }

    fn role(&self, source: impl ProvideCredentials + 'static) -> Result<Source, CredentialsError> {
        let mut role = AssumeRole::new(source, self.needed("ram_role_arn")?);
        if let Some(name) = self.text("ram_session_name") {
            role = role.session_name(name);
        }
        if let Some(duration) = self.duration() {
            role = role.duration(duration);
        }
        if let Some(policy) = self.text("policy") {
            role = role.policy(policy);
        }
        if let Some(id) = self.text("external_id") {
            role = role.external_id(Secret::from(id));
        }
        if let Some(region) = self.text("sts_region") {
            role = role.sts_region(region);
        }
        if let Some(within) = self.vpc() {
            role = role.vpc(within);
        }
        Ok(Arc::new(Cached::new(role)))
    }

    fn oidc(&self) -> Result<Source, CredentialsError> {
        let mut oidc = Oidc::new()
            .role_arn(self.needed("ram_role_arn")?)
            .provider_arn(self.needed("oidc_provider_arn")?)
            .token_file(self.needed("oidc_token_file")?);
        if let Some(name) = self.text("role_session_name").or_else(|| self.text("ram_session_name")) {
            oidc = oidc.session_name(name);
        }
        if let Some(duration) = self.duration() {
            oidc = oidc.duration(duration);
        }
        if let Some(policy) = self.text("policy") {
            oidc = oidc.policy(policy);
        }
        if let Some(region) = self.text("sts_region") {
            oidc = oidc.sts_region(region);
        }
        if let Some(within) = self.vpc() {
            oidc = oidc.vpc(within);
        }
        Ok(Arc::new(Cached::new(oidc)))
    }
}

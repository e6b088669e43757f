//! The file that the vendor's SDKs share: sections with a type and its fields. It is read and never written, and
//! nothing of it gets into an error but a section's name.

use super::file::{self, Kept};
use super::{AssumeRole, Cached, Credentials, CredentialsError, EcsRole, Oidc, PROFILE, ProvideCredentials};
use crate::Secret;
use crate::http::BoxFuture;
use crate::surroundings::Outside;
use ::ini::{Ini as Parsed, ParseOption, Properties};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

const FILE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
/// The vendor's SDKs do not agree on the name: the first is that of Go and TypeScript, the second that of Python.
const AT_HOME: [&str; 2] = [".alibabacloud/credentials", ".alibabacloud/credentials.ini"];

/// A section of the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names, else of `~/.alibabacloud/credentials` or
/// `~/.alibabacloud/credentials.ini`. A change of the file counts at once.
#[derive(Debug, Default)]
pub struct Ini {
    section: Option<String>,
    path: Option<PathBuf>,
    kept: Kept,
}

impl Ini {
    /// The section that [`PROFILE`] names, else `default`.
    pub fn new() -> Ini {
        Ini::default()
    }

    /// Another section.
    #[must_use]
    pub fn section(mut self, name: impl Into<String>) -> Ini {
        self.section = Some(name.into());
        self
    }

    /// Another file.
    #[must_use]
    pub fn path(mut self, path: impl Into<PathBuf>) -> Ini {
        self.path = Some(path.into());
        self
    }

    fn text(&self, outside: &Outside) -> Result<Secret, CredentialsError> {
        if let Some(path) = &self.path {
            return file::read(outside, path);
        }
        if let Some(path) = outside.machine.variable(FILE) {
            return file::read(outside, &PathBuf::from(path)).map_err(|error| error.about(format_args!("{FILE}")));
        }
        for path in AT_HOME {
            if let Some(text) = file::read_at_home(outside, path)? {
                return Ok(text);
            }
        }
        Err(CredentialsError::absent(format!("there is neither ~/{} nor ~/{}", AT_HOME[0], AT_HOME[1])))
    }

    async fn find(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        let text = self.text(outside)?;
        let name = self.section.clone().or_else(|| outside.machine.variable(PROFILE));
        let name = name.as_deref().unwrap_or("default");
        let shown = format!("the section [{}]", name.escape_debug());
        let source = self.kept.source(name, &text, parse, |file| match file.section(Some(name)) {
            Some(fields) => build(fields).map_err(|error| error.about(&shown)),
            None => Err(CredentialsError::absent(format!("{shown} is not there"))),
        })?;
        // The section was chosen: what its source lacks is no reason to sign as somebody else.
        source.provide(outside).await.map_err(|error| CredentialsError::failed(error.message).about(&shown))
    }
}

impl ProvideCredentials for Ini {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let found = self.find(outside).await.map_err(|error| error.about("credentials file"))?;
            Ok(found.by_way_of("profile"))
        })
    }
}

fn parse(text: &str) -> Result<Parsed, CredentialsError> {
    let manner = ParseOption { enabled_escape: false, ..ParseOption::default() };
    Parsed::load_from_str_opt(text, manner)
        .map_err(|error| CredentialsError::failed(format!("the file is no INI (line {})", error.line)))
}

fn build(fields: &Properties) -> Result<Arc<dyn ProvideCredentials>, CredentialsError> {
    let text = |name: &str| fields.get(name).map(str::trim).filter(|text| !text.is_empty());
    let kind = text("type").unwrap_or_default();
    let needed = |name: &str| text(name).ok_or_else(|| CredentialsError::failed(format!("type {kind} needs `{name}`")));
    let key = || {
        let key = Credentials::new(needed("access_key_id")?, needed("access_key_secret")?);
        key.check().map(|()| key)
    };
    let duration = text("duration_seconds").and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    Ok(match kind {
        "access_key" => Arc::new(key()?),
        "sts" => Arc::new(key()?.with_token(needed("security_token")?)),
        "ram_role_arn" => {
            let mut role = AssumeRole::new(key()?, needed("role_arn")?);
            if let Some(name) = text("role_session_name") {
                role = role.session_name(name);
            }
            if let Some(policy) = text("policy") {
                role = role.policy(policy);
            }
            if let Some(id) = text("external_id") {
                role = role.external_id(id);
            }
            if let Some(duration) = duration {
                role = role.duration(duration);
            }
            Arc::new(Cached::new(role))
        }
        "oidc_role_arn" => {
            let mut oidc = Oidc::new()
                .role_arn(needed("role_arn")?)
                .provider_arn(needed("oidc_provider_arn")?)
                .token_file(needed("oidc_token_file_path")?);
            if let Some(name) = text("role_session_name") {
                oidc = oidc.session_name(name);
            }
            if let Some(policy) = text("policy") {
                oidc = oidc.policy(policy);
            }
            if let Some(duration) = duration {
                oidc = oidc.duration(duration);
            }
            Arc::new(Cached::new(oidc))
        }
        "ecs_ram_role" => {
            let role = text("role_name");
            Arc::new(Cached::new(role.map_or_else(EcsRole::new, |role| EcsRole::new().role(role))))
        }
        _ => {
            return Err(CredentialsError::failed(
                "its `type` is none that this client knows: access_key, sts, ram_role_arn, oidc_role_arn, ecs_ram_role",
            ));
        }
    })
}

//! Credentials of the RAM role of the instance that this program runs on, from the instance's metadata service. The
//! service is asked directly, never through a proxy: a proxy would give the keys of its own instance.

use super::{Credentials, CredentialsError, ProvideCredentials, answer, says_true};
use crate::Secret;
use crate::endpoint::Endpoint;
use crate::http::{
    BoxFuture, Bytes, Direct, Limits, Request, Response, StatusCode, TransportError, TransportErrorKind,
};
use crate::surroundings::Outside;
use std::time::Duration;

const ROLE: &str = "ALIBABA_CLOUD_ECS_METADATA";
const DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
const V1_DISABLED: &str = "ALIBABA_CLOUD_IMDSV1_DISABLED";
const SERVICE: &str = "http://100.100.100.200";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

/// The service is one hop away: who takes no connection within a second, or gives no answer within another, is not
/// there.
const LIMITS: Limits = Limits { connect: Duration::from_secs(1), total: Duration::from_secs(2), body: 64 * 1024 };

/// The RAM role of this ECS instance. Every call asks the service: keep it in [`super::Cached`].
#[derive(Debug, Clone, Default)]
pub struct EcsRole {
    role: Option<String>,
    endpoint: Option<String>,
    v1: Option<bool>,
}

impl EcsRole {
    /// The role that `ALIBABA_CLOUD_ECS_METADATA` names, else the one that the instance has.
    pub fn new() -> EcsRole {
        EcsRole::default()
    }

    /// The role's name, so that the service need not be asked for it.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> EcsRole {
        self.role = Some(name.into());
        self
    }

    /// Whether the older protocol without tokens may be used where the newer one fails; else as
    /// `ALIBABA_CLOUD_IMDSV1_DISABLED` says.
    #[must_use]
    pub fn allow_v1(mut self, allowed: bool) -> EcsRole {
        self.v1 = Some(allowed);
        self
    }

    /// Another address of the service, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> EcsRole {
        self.endpoint = Some(endpoint.into());
        self
    }

    async fn find(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        if says_true(&*outside.machine, DISABLED) {
            return Err(CredentialsError::absent(format!("switched off by {DISABLED}")));
        }
        let endpoint = Endpoint::parse(self.endpoint.as_deref().unwrap_or(SERVICE))
            .map_err(|error| CredentialsError::failed(format!("the endpoint cannot be used: {error}")))?;
        let v1 = self.v1.unwrap_or_else(|| !says_true(&*outside.machine, V1_DISABLED));
        let mut talk = Talk { outside, token: None, v1, endpoint };
        talk.token = talk.fresh_token().await?;
        let role = match self.role.clone().or_else(|| outside.machine.variable(ROLE)) {
            Some(role) => role,
            None => talk.role().await?,
        };
        // A role's name becomes part of the path.
        if role.is_empty() || !role.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
            return Err(CredentialsError::failed("the role's name may hold letters, digits, `-`, `_` and `.` only"));
        }
        let answer = talk.get(&format!("{ROLES}{role}")).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            let message = format!("the instance has no RAM role `{role}`: attach it, or correct {ROLE}");
            return Err(CredentialsError::failed(message));
        }
        read(&answer)
    }
}

impl ProvideCredentials for EcsRole {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move { self.find(outside).await.map_err(|error| error.about("ECS metadata")) })
    }
}

fn read(answer: &Response<Bytes>) -> Result<Credentials, CredentialsError> {
    if answer.status() != StatusCode::OK {
        return Err(CredentialsError::failed(format!("the service refuses ({})", answer::refusal(answer))));
    }
    let said = answer::json(answer.body()).and_then(|said| match answer::text(&said, "Code") {
        Some("Success") => answer::temporary(&said, "ecs_ram_role"),
        _ => {
            let code = answer::word(&said, "Code").unwrap_or("no code");
            Err(CredentialsError::failed(format!("gives no credentials ({code}): check the instance's RAM role")))
        }
    });
    said.map_err(|error| CredentialsError::failed(format!("the service's answer {error}")))
}

/// Talking to the service.
struct Talk<'a> {
    outside: &'a Outside,
    endpoint: Endpoint,
    token: Option<Secret>,
    v1: bool,
}

impl Talk<'_> {
    /// A token of the newer protocol; none where the older one has to do.
    async fn fresh_token(&self) -> Result<Option<Secret>, CredentialsError> {
        let request = Request::put(format!("{}/latest/api/token", self.endpoint))
            .header("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
        match self.send(request).await {
            Ok(answer) if answer.status() == StatusCode::OK => {
                let token = std::str::from_utf8(answer.body()).unwrap_or_default().trim();
                if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err(CredentialsError::failed("the service gives a token that is none"));
                }
                Ok(Some(Secret::from(token)))
            }
            // A container one hop too far gets no answer to this question, and may get one to the older protocol's.
            Err(error) if self.v1 && error.kind == TransportErrorKind::Timeout => Ok(None),
            Err(error) => Err(self.nobody(&error)),
            Ok(_) if self.v1 => Ok(None),
            Ok(answer) => Err(CredentialsError::failed(format!(
                "the service gives no token ({}), and {V1_DISABLED} forbids to do without",
                answer::refusal(&answer)
            ))),
        }
    }

    /// The name of the instance's role.
    async fn role(&mut self) -> Result<String, CredentialsError> {
        let answer = self.get(ROLES).await?;
        let name = std::str::from_utf8(answer.body()).unwrap_or_default().lines().next().unwrap_or_default().trim();
        match answer.status() {
            StatusCode::OK if !name.is_empty() => Ok(name.to_owned()),
            StatusCode::OK | StatusCode::NOT_FOUND => {
                Err(CredentialsError::absent("the instance has no RAM role: attach one"))
            }
            _ => Err(CredentialsError::failed(format!("the service names no role ({})", answer::refusal(&answer)))),
        }
    }

    /// Asks with the token, and without if the service does not take it.
    async fn get(&mut self, path: &str) -> Result<Response<Bytes>, CredentialsError> {
        let url = format!("{}{path}", self.endpoint);
        if let Some(token) = &self.token {
            let request = Request::get(&url).header("X-aliyun-ecs-metadata-token", token.expose());
            let answer = self.send(request).await.map_err(|error| self.nobody(&error))?;
            if !self.v1 || matches!(answer.status(), StatusCode::OK | StatusCode::NOT_FOUND) {
                return Ok(answer);
            }
            self.token = None;
        }
        self.send(Request::get(&url)).await.map_err(|error| self.nobody(&error))
    }

    async fn send(&self, request: http::request::Builder) -> Result<Response<Bytes>, TransportError> {
        let request = request
            .extension(Direct)
            .body(Bytes::new())
            .map_err(|_| TransportError::new(TransportErrorKind::Request, "the request cannot be built"))?;
        answer::send(self.outside, request, LIMITS).await
    }

    /// Without an answer this is no instance, or the service is beyond reach: the token tells which.
    fn nobody(&self, error: &TransportError) -> CredentialsError {
        let host = self.endpoint.authority();
        let message = format!("no answer from {host} ({error}): this is no ECS instance, or it may not ask");
        if self.token.is_some() { CredentialsError::failed(message) } else { CredentialsError::absent(message) }
    }
}

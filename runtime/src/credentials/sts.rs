//! The service that gives temporary credentials for a role: where it is, how it is asked, what its refusals mean.

use super::answer::{self, REMOTE};
use super::{Credentials, CredentialsError, says_true};
use crate::endpoint::Endpoint;
use crate::sign::encode;
use crate::surroundings::Outside;
use std::net::IpAddr;
use std::time::Duration;

const REGION: &str = "ALIBABA_CLOUD_STS_REGION";
const VPC: &str = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";
/// The variable that names the session; it shows in the account's logs.
pub(super) const SESSION_NAME: &str = "ALIBABA_CLOUD_ROLE_SESSION_NAME";

/// Where the service is; what is not given is read from the variables.
#[derive(Debug, Clone, Default)]
pub(super) struct Station {
    pub(super) endpoint: Option<String>,
    pub(super) region: Option<String>,
    pub(super) vpc: Option<bool>,
}

impl Station {
    fn find(&self, outside: &Outside) -> Result<Endpoint, CredentialsError> {
        let refused = |error| CredentialsError::failed(format!("the endpoint cannot be used: {error}"));
        if let Some(endpoint) = &self.endpoint {
            let endpoint = Endpoint::parse(endpoint).map_err(refused)?;
            if endpoint.is_plain() && !is_of_this_machine(&endpoint) {
                return Err(CredentialsError::failed(
                    "an endpoint with http would let keys be read on the way: use https, or http on this machine only",
                ));
            }
            return Ok(endpoint);
        }
        let Some(region) = self.region.clone().or_else(|| outside.machine.variable(REGION)) else {
            return Endpoint::parse("sts.aliyuncs.com").map_err(refused);
        };
        let network = if self.vpc.unwrap_or_else(|| says_true(&*outside.machine, VPC)) { "-vpc" } else { "" };
        Endpoint::parse(&format!("sts{network}.{region}.aliyuncs.com")).map_err(|_| {
            CredentialsError::failed(format!("the region ({REGION}) is like `cn-hangzhou`: what is given is not"))
        })
    }

    /// Asks for credentials. The parameters travel in the form, as they hold tokens.
    pub(super) async fn ask(
        &self,
        outside: &Outside,
        parameters: &[(&str, &str)],
    ) -> Result<Credentials, CredentialsError> {
        let endpoint = self.find(outside)?;
        let form: Vec<String> =
            parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = answer::post(&format!("{endpoint}/"), "application/x-www-form-urlencoded", form.join("&"))?;
        let answer = answer::send(outside, request, REMOTE)
            .await
            .map_err(|error| answer::unreachable(endpoint.authority(), &error))?;
        if answer.status() != 200 {
            let said = answer::refusal(&answer);
            let advice = advice(&said);
            return Err(CredentialsError::failed(format!("the service refuses ({said}). {advice}")));
        }
        answer::json(answer.body())
            .and_then(|said| {
                let found = said.get("Credentials").ok_or_else(|| CredentialsError::failed("lacks `Credentials`"))?;
                answer::temporary(found, "sts")
            })
            .map_err(|error| CredentialsError::failed(format!("the service's answer {error}")))
    }
}

/// Whether an endpoint is on this machine, so that nobody can listen on the way.
pub(super) fn is_of_this_machine(endpoint: &Endpoint) -> bool {
    let authority = endpoint.authority();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// How long the credentials shall be valid, in seconds.
pub(super) fn seconds(duration: Option<Duration>) -> Result<String, CredentialsError> {
    let seconds = duration.map_or(3600, |duration| duration.as_secs());
    if seconds < 900 {
        return Err(CredentialsError::failed(format!(
            "the duration of a session is 900 s (15 minutes) or more: {seconds} s is too short"
        )));
    }
    Ok(seconds.to_string())
}

/// The session's name: given, from the variable, or made of the time.
pub(super) fn session_name(given: Option<&str>, outside: &Outside) -> String {
    given
        .map(str::to_owned)
        .or_else(|| outside.machine.variable(SESSION_NAME))
        .unwrap_or_else(|| format!("credentials-rust-{}", outside.machine.now().as_second()))
}

fn advice(said: &str) -> &'static str {
    const ADVICE: [(&str, &str); 9] = [
        ("EntityNotExist.Role", "Check the role's ARN."),
        ("NoPermission", "Have the account's administrator allow sts:AssumeRole, and check whom the role trusts."),
        ("AuthenticationFail.NoPermission", "Check that the role trusts the OIDC provider."),
        (
            "AuthenticationFail.OIDCToken",
            "Check the OIDC token: it may have ended, or its issuer or audience is not the provider's.",
        ),
        ("InvalidAccessKeyId", "Check the access key's ID, and that the key is active."),
        ("SignatureDoesNotMatch", "Check the access key's secret: it does not fit the key's ID."),
        ("IncompleteSignature", "Check the access key's secret: it does not fit the key's ID."),
        ("InvalidSecurityToken", "Get new temporary credentials to assume the role with."),
        ("InvalidTimeStamp", "Set this machine's clock."),
    ];
    ADVICE
        .iter()
        .find(|(code, _)| said.starts_with(code))
        .map_or("Look the code up in the vendor's documentation of STS, or try again.", |(_, advice)| advice)
}

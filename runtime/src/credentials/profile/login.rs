//! Logins that the vendor's command line has made in a browser. What it has stored is used for as long as it is valid:
//! its temporary credentials, and its access token, for which there are new ones. Logging in again and refreshing the
//! token stay the command line's affair, since both change its file; the error says how.

use super::super::answer::{self, COMMAND_LINE, REMOTE};
use super::super::{Credentials, CredentialsError, ProvideCredentials, sts};
use super::shown;
use crate::endpoint::Endpoint;
use crate::http::{BoxFuture, Uri, header};
use crate::surroundings::Outside;
use crate::{Json, Secret};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::borrow::Cow;

/// Stored credentials that end sooner are exchanged ahead of time.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// A login as it is stored in a profile.
#[derive(Debug)]
pub(super) struct Login {
    mode: &'static str,
    provider: &'static str,
    profile: String,
    stored: Option<Credentials>,
    token: Option<(Secret, Timestamp)>,
    exchange: Exchange,
}

/// Where a token is exchanged for credentials.
#[derive(Debug)]
struct Exchange {
    url: String,
    body: String,
    /// The member of the answer that holds the credentials; the whole answer, if empty.
    member: &'static str,
}

impl Login {
    pub(super) fn cloud_sso(profile: &Json, name: &str) -> Result<Login, CredentialsError> {
        let field = |field| {
            answer::text(profile, field).ok_or_else(|| {
                CredentialsError::failed(format!(
                    "the profile {} lacks `{field}`: {}",
                    shown(name),
                    again("CloudSSO", name)
                ))
            })
        };
        let site = site(field("cloud_sso_sign_in_url")?)
            .map_err(|error| error.about(format_args!("the profile {}", shown(name))))?;
        let body = json!({
            "AccountId": field("cloud_sso_account_id")?,
            "AccessConfigurationId": field("cloud_sso_access_config")?,
        });
        Ok(Login {
            mode: "CloudSSO",
            provider: "cloud_sso",
            profile: name.to_owned(),
            stored: stored(profile, "cloud_sso"),
            token: token(profile, "access_token", "cloud_sso_access_token_expire"),
            exchange: Exchange {
                url: format!("{site}/cloud-credentials"),
                body: body.to_string(),
                member: "CloudCredential",
            },
        })
    }

    pub(super) fn oauth(profile: &Json, name: &str) -> Result<Login, CredentialsError> {
        let site = match answer::text(profile, "oauth_site_type").unwrap_or("CN").to_ascii_uppercase().as_str() {
            "CN" => "https://oauth.aliyun.com",
            "INTL" => "https://oauth.alibabacloud.com",
            _ => {
                return Err(CredentialsError::failed(format!(
                    "the profile {} has an `oauth_site_type` that is neither CN nor INTL",
                    shown(name)
                )));
            }
        };
        Ok(Login {
            mode: "OAuth",
            provider: "oauth",
            profile: name.to_owned(),
            stored: stored(profile, "oauth"),
            token: token(profile, "oauth_access_token", "oauth_access_token_expire"),
            exchange: Exchange { url: format!("{site}/v1/exchange"), body: String::new(), member: "" },
        })
    }

    async fn find(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        let now = outside.machine.now();
        let stored = self.stored.as_ref().filter(|stored| stored.are_valid(now));
        let ends_soon = stored.is_none_or(|stored| stored.expires.is_some_and(|end| end.duration_since(now) < AHEAD));
        match (stored, self.token.as_ref().filter(|(_, end)| now < *end)) {
            (Some(stored), _) if !ends_soon => Ok(stored.clone()),
            (Some(stored), None) => Ok(stored.clone()),
            (Some(stored), Some((token, _))) => Ok(self.exchange(outside, token).await.unwrap_or(stored.clone())),
            (None, Some((token, _))) => self.exchange(outside, token).await,
            (None, None) => Err(CredentialsError::failed(format!(
                "its login ({}) has ended, and this client makes no new one: {}",
                self.mode,
                again(self.mode, &self.profile)
            ))),
        }
    }

    async fn exchange(&self, outside: &Outside, token: &Secret) -> Result<Credentials, CredentialsError> {
        let mut request = answer::post(&self.exchange.url, "application/json", self.exchange.body.clone())?;
        let mut bearer = header::HeaderValue::try_from(format!("Bearer {}", token.expose())).map_err(|_| {
            CredentialsError::failed("its access token holds a character that a token cannot hold: log in again")
        })?;
        bearer.set_sensitive(true);
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        let host = request.uri().host().unwrap_or_default().to_owned();
        let answer =
            answer::send(outside, request, REMOTE).await.map_err(|error| answer::unreachable(&host, &error))?;
        if answer.status() != 200 {
            return Err(CredentialsError::failed(format!(
                "{host} refuses the login ({}): {}",
                answer::refusal(&answer),
                again(self.mode, &self.profile)
            )));
        }
        let read = |said: Json| match self.exchange.member {
            "" => answer::temporary(&said, self.provider),
            member => said
                .get(member)
                .ok_or_else(|| CredentialsError::failed(format!("lacks `{member}`")))
                .and_then(|found| answer::temporary(found, self.provider)),
        };
        answer::json(answer.body())
            .and_then(read)
            .map_err(|error| CredentialsError::failed(format!("the answer of {host} {error}")))
    }
}

impl ProvideCredentials for Login {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(self.find(outside))
    }
}

fn again(mode: &str, profile: &str) -> String {
    format!("run `aliyun configure --mode {mode} --profile {}`", profile.escape_debug())
}

/// The temporary credentials that the command line has stored. Those that cannot be used are as good as none.
fn stored(profile: &Json, provider: &'static str) -> Option<Credentials> {
    let end = time(profile, "sts_expiration")?;
    answer::text(profile, COMMAND_LINE.token)?;
    let mut found = answer::credentials(profile, &COMMAND_LINE, Cow::Borrowed(provider)).ok()?;
    found.expires = Some(end);
    Some(found)
}

fn token(profile: &Json, name: &str, end: &str) -> Option<(Secret, Timestamp)> {
    Some((Secret::from(answer::text(profile, name)?), time(profile, end)?))
}

/// A time in seconds since 1970.
fn time(profile: &Json, name: &str) -> Option<Timestamp> {
    Timestamp::from_second(profile.get(name)?.as_i64()?).ok()
}

/// Scheme and host of a sign-in page.
fn site(url: &str) -> Result<Endpoint, CredentialsError> {
    let refused = || CredentialsError::failed("its `cloud_sso_sign_in_url` is no address like https://host/…");
    let url = url.parse::<Uri>().map_err(|_| refused())?;
    let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else { return Err(refused()) };
    let site = Endpoint::parse(&format!("{scheme}://{authority}")).map_err(|_| refused())?;
    if site.is_plain() && !sts::is_of_this_machine(&site) {
        return Err(CredentialsError::failed(
            "its `cloud_sso_sign_in_url` would let a token be read on the way: use https",
        ));
    }
    Ok(site)
}

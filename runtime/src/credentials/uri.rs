//! Credentials that a local service gives at an address.
//!
//! The vendor's SDKs take any `http://` address. Here it must be `https://`, or `http://` on this machine or a
//! link-local address: keys in plain text on a network are anybody's. An address can hold a secret, so errors show its
//! host alone.

use super::sts::is_of_this_machine;
use super::{Credentials, CredentialsError, ProvideCredentials, answer, says_true};
use crate::Secret;
use crate::client::env::DANGEROUS_ALLOW_HTTP;
use crate::endpoint::Endpoint;
use crate::http::{self, BoxFuture, Bytes, Request, header};
use crate::surroundings::Outside;

const ADDRESS: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";

/// An address that answers with credentials. Every call asks it: keep it in [`super::Cached`].
#[derive(Debug, Clone, Default)]
pub struct Uri {
    address: Option<Secret>,
    plain: bool,
}

impl Uri {
    /// The address in `ALIBABA_CLOUD_CREDENTIALS_URI`.
    pub fn new() -> Uri {
        Uri::default()
    }

    /// An address: `https://…`, or `http://…` on this machine.
    pub fn at(address: impl Into<Secret>) -> Uri {
        Uri { address: Some(address.into()), plain: false }
    }

    /// Lets the address be `http://…` on another machine, as `ALIBABA_CLOUD_DANGEROUS_ALLOW_HTTP=true` does. Everybody
    /// on the way can read the keys.
    #[must_use]
    pub fn dangerous_allow_http(mut self) -> Uri {
        self.plain = true;
        self
    }

    async fn find(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        let Some(address) = self.address.clone().or_else(|| outside.machine.variable(ADDRESS).map(Secret::from)) else {
            return Err(CredentialsError::absent(format!("{ADDRESS} is not set")));
        };
        let refused = || {
            CredentialsError::failed(
                "the address must be like https://host/path, with a host in lower case and without a user",
            )
        };
        let url = address.expose().parse::<http::Uri>().map_err(|_| refused())?;
        let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else { return Err(refused()) };
        let host = Endpoint::parse(&format!("{scheme}://{authority}")).map_err(|_| refused())?;
        let near = is_of_this_machine(&host) || is_link_local(&host);
        if host.is_plain() && !near && !self.plain && !says_true(&*outside.machine, DANGEROUS_ALLOW_HTTP) {
            return Err(CredentialsError::failed(format!(
                "http://{} would let the keys be read on the way: use https, or http on this machine only",
                host.authority()
            )));
        }
        let request = Request::get(url).header(header::ACCEPT, "application/json");
        let request = request.body(Bytes::new()).map_err(|_| refused())?;
        let answer = answer::send(outside, request, answer::REMOTE)
            .await
            .map_err(|error| answer::unreachable(host.authority(), &error))?;
        if answer.status() != 200 {
            return Err(CredentialsError::failed(format!(
                "{} refuses ({})",
                host.authority(),
                answer::refusal(&answer)
            )));
        }
        let found = answer::json(answer.body()).and_then(|said| match answer::text(&said, "Code") {
            Some("Success") => answer::temporary(&said, "credential_uri"),
            _ => {
                let code = answer::word(&said, "Code").unwrap_or("no code");
                Err(CredentialsError::failed(format!("is no success ({code})")))
            }
        });
        found.map_err(|error| CredentialsError::failed(format!("the answer of {} {error}", host.authority())))
    }
}

/// Addresses that no router passes on, and the vendor's own for what belongs to the instance.
fn is_link_local(host: &Endpoint) -> bool {
    let name = host.authority().split(':').next().unwrap_or_default();
    name == "100.100.100.200" || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_link_local())
}

impl ProvideCredentials for Uri {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move { self.find(outside).await.map_err(|error| error.about("credentials URI")) })
    }
}

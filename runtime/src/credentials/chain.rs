//! The order in which sources are asked if nobody says where credentials come from: that of the vendor's SDKs.

use super::{
    ACCESS_KEY_ID, ACCESS_KEY_SECRET, Cached, Credentials, CredentialsError, EcsRole, Environment, Ini, Oidc, Profile,
    ProvideCredentials, Uri,
};
use crate::http::BoxFuture;
use crate::surroundings::Outside;
use std::sync::OnceLock;

/// Environment, OIDC, `~/.aliyun/config.json`, the shared credentials file, the instance's RAM role, the credentials
/// URI.
///
/// The first that has something to say decides: what it says is used, and if it is wrong, that is the error. The source
/// that gave credentials once is the only one to be asked from then on, so that a failure never makes a program sign as
/// somebody else. A source that failed is asked again.
#[derive(Debug)]
pub struct DefaultChain {
    sources: [Box<dyn ProvideCredentials>; 6],
    /// Which source gave credentials. Set by a success alone.
    answered: OnceLock<usize>,
}

/// The sources in the vendor's order.
pub fn default_chain() -> DefaultChain {
    DefaultChain::default()
}

impl Default for DefaultChain {
    fn default() -> DefaultChain {
        DefaultChain {
            sources: [
                Box::new(Environment),
                Box::new(Cached::new(Oidc::new())),
                Box::new(Profile::new()),
                Box::new(Ini::new()),
                Box::new(Cached::new(EcsRole::new())),
                Box::new(Cached::new(Uri::new())),
            ],
            answered: OnceLock::new(),
        }
    }
}

impl DefaultChain {
    async fn find(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        if let Some(source) = self.answered.get().and_then(|index| self.sources.get(*index)) {
            return source.provide(outside).await;
        }
        let mut lacks = Vec::with_capacity(self.sources.len());
        for (index, source) in self.sources.iter().enumerate() {
            match source.provide(outside).await {
                Ok(found) => {
                    // Another caller may have been faster; then this one's credentials are as good.
                    let _ = self.answered.set(index);
                    return Ok(found);
                }
                Err(error) if error.is_final => return Err(error),
                Err(error) => lacks.push(error.message),
            }
        }
        Err(CredentialsError::absent(format!(
            "there are no credentials. Asked, in this order:\n  {}\nSet {ACCESS_KEY_ID} and {ACCESS_KEY_SECRET}, or run \
             `aliyun configure`.",
            lacks.join("\n  ")
        )))
    }
}

impl ProvideCredentials for DefaultChain {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move { Ok(self.find(outside).await?.by_way_of("default")) })
    }
}

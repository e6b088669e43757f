//! The first source: three variables. They are read whenever credentials are wanted, never kept.

use super::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Credentials, CredentialsError, ProvideCredentials, SECURITY_TOKEN};
use crate::Secret;
use crate::http::BoxFuture;
use crate::surroundings::Outside;
use std::borrow::Cow;

/// [`ACCESS_KEY_ID`], [`ACCESS_KEY_SECRET`] and, for temporary credentials, [`SECURITY_TOKEN`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Environment;

impl ProvideCredentials for Environment {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move { read(outside).map_err(|error| error.about("environment")) })
    }
}

fn read(outside: &Outside) -> Result<Credentials, CredentialsError> {
    let variable = |name| outside.machine.variable(name);
    let half = |there, missing| {
        // Going on would sign as somebody else than the one whose key was half given.
        CredentialsError::failed(format!("{there} is set and {missing} is not: set both, or neither"))
    };
    let (id, secret) = match (variable(ACCESS_KEY_ID), variable(ACCESS_KEY_SECRET)) {
        (Some(id), Some(secret)) => (id, Secret::from(secret)),
        (Some(_), None) => return Err(half(ACCESS_KEY_ID, ACCESS_KEY_SECRET)),
        (None, Some(_)) => return Err(half(ACCESS_KEY_SECRET, ACCESS_KEY_ID)),
        (None, None) => {
            let message = format!("{ACCESS_KEY_ID} and {ACCESS_KEY_SECRET} are not set");
            return Err(CredentialsError::absent(message));
        }
    };
    let mut found = Credentials::new(id, secret);
    found.security_token = variable(SECURITY_TOKEN).map(Secret::from);
    found.provider = Cow::Borrowed("env");
    found.check()?;
    Ok(found)
}

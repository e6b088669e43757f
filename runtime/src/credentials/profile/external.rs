//! Credentials that a command prints. The command is split into words and started without a shell, so that nothing in
//! it is expanded; neither it nor what it prints gets into an error.

use super::super::answer::{self, COMMAND_LINE};
use super::super::{Credentials, CredentialsError, ProvideCredentials};
use crate::Secret;
use crate::http::BoxFuture;
use crate::surroundings::Outside;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

/// A command that prints `{"mode": …, "access_key_id": …, "access_key_secret": …, "sts_token": …, "expiration": …}`.
#[derive(Debug)]
pub(super) struct External {
    command: Secret,
}

impl External {
    pub(super) fn new(command: &str) -> External {
        External { command: Secret::from(command) }
    }
}

impl ProvideCredentials for External {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let words = shlex::split(self.command.expose()).filter(|words| !words.is_empty()).ok_or_else(|| {
                CredentialsError::failed("`process_command` is empty or has a quote or a backslash too many")
            })?;
            let printed = outside.machine.run(&words, LIMIT).await.map(Secret::from).map_err(|error| {
                CredentialsError::failed(format!(
                    "`process_command` gives nothing: {error}. Run it by hand; no shell reads it"
                ))
            })?;
            read(&printed).map_err(|error| error.about("`process_command`"))
        })
    }
}

fn read(printed: &Secret) -> Result<Credentials, CredentialsError> {
    let what = |error: CredentialsError| CredentialsError::failed(format!("what it prints {error}"));
    let said = answer::json(printed.expose().as_bytes()).map_err(what)?;
    let found = answer::credentials(&said, &COMMAND_LINE, "external").map_err(what)?;
    if answer::text(&said, "mode") == Some("StsToken") && found.security_token.is_none() {
        return Err(what(CredentialsError::failed("lacks `sts_token`")));
    }
    Ok(found)
}

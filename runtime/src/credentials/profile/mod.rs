//! The file of the vendor's command line, `~/.aliyun/config.json`: profiles, each with a mode that says how it gets its
//! credentials. The file is read and never written, and nothing of it gets into an error but a profile's name.

mod external;
mod login;
mod mode;

use super::file::{self, Kept};
use super::{Credentials, CredentialsError, PROFILE, ProvideCredentials, answer, says_true};
use crate::Json;
use crate::http::BoxFuture;
use crate::surroundings::Outside;

const DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
const PLACE: &str = "~/.aliyun/config.json";

/// A profile of `~/.aliyun/config.json`. A change of the file counts at once.
#[derive(Debug, Default)]
pub struct Profile {
    name: Option<String>,
    kept: Kept,
}

impl Profile {
    /// The profile that [`PROFILE`] names, else the file's current one.
    pub fn new() -> Profile {
        Profile::default()
    }

    /// A profile by its name.
    pub fn named(name: impl Into<String>) -> Profile {
        Profile { name: Some(name.into()), kept: Kept::default() }
    }

    async fn find(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        if says_true(&*outside.machine, DISABLED) {
            return Err(CredentialsError::absent(format!("switched off by {DISABLED}")));
        }
        let Some(text) = file::read_at_home(outside, ".aliyun/config.json")? else {
            return Err(CredentialsError::absent("there is no such file"));
        };
        let wanted = self.name.clone().or_else(|| outside.machine.variable(PROFILE));
        let source = self.kept.source(wanted.as_deref().unwrap_or_default(), &text, parse, |config| {
            let Some(name) = wanted.as_deref().or_else(|| answer::text(config, "current")) else {
                return Err(CredentialsError::absent(format!(
                    "no profile is the current one, and {PROFILE} is not set"
                )));
            };
            mode::source(config, name, &mut Vec::new())
        })?;
        // The profile was chosen: what its source lacks is no reason to sign as somebody else.
        source.provide(outside).await.map_err(|error| CredentialsError::failed(error.message))
    }
}

impl ProvideCredentials for Profile {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let found = self.find(outside).await.map_err(|error| error.about(PLACE))?;
            Ok(found.by_way_of("cli_profile"))
        })
    }
}

/// The region of the profile that [`Profile::new`] would use, if the file tells one.
pub fn profile_region(outside: &Outside) -> Option<String> {
    if says_true(&*outside.machine, DISABLED) {
        return None;
    }
    let text = file::read_at_home(outside, ".aliyun/config.json").ok()??;
    let config = parse(text.expose()).ok()?;
    let wanted = outside.machine.variable(PROFILE);
    let name = wanted.as_deref().or_else(|| answer::text(&config, "current"))?;
    answer::text(entry(&config, name)?, "region_id").map(str::to_owned)
}

fn parse(text: &str) -> Result<Json, CredentialsError> {
    answer::json(text.as_bytes()).map_err(|error| CredentialsError::failed(format!("the file {error}")))
}

/// The profile of a name.
fn entry<'a>(config: &'a Json, name: &str) -> Option<&'a Json> {
    config.get("profiles")?.as_array()?.iter().find(|profile| answer::text(profile, "name") == Some(name))
}

/// A profile's name, fit for a message whatever is in it.
fn shown(name: &str) -> String {
    format!("`{}`", name.escape_debug())
}

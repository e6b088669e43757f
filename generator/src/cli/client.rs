//! What the commands that speak of real requests have in common: the action as it is called, and the flags that set up
//! the client.

use super::report::misused;
use super::specs::Specs;
use crate::diag::Diagnostic;
use crate::model::{Action, Api};
use crate::tables;
use bindery_runtime::client::{self, Client, env};
use bindery_runtime::error::ConfigurationError;
use bindery_runtime::operation::{self, Operation};
use bindery_runtime::prepare;
use bindery_runtime::sign;
use clap::ValueEnum;
use std::process::ExitCode;

/// An action, and how it is called.
#[derive(Clone, Copy)]
pub(super) struct Called<'a> {
    pub api: &'a Api,
    pub action: &'a Action,
    /// What the actions of the API have in common.
    pub of: &'static operation::Api,
    pub operation: &'static Operation,
}

impl Called<'_> {
    /// The action of a name; shows on stderr if there is none.
    pub fn find<'a>(specs: &'a Specs, name: &str) -> Result<Called<'a>, ExitCode> {
        let (api, action) = specs.action(name).map_err(misused)?;
        let of = tables::api(api);
        Ok(Called { api, action, of, operation: tables::operation(api, action, of) })
    }
}

/// Where requests go, and in what form.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Where and how")]
pub(super) struct Flags {
    #[arg(long, value_name = "REGION", help = format!("The region to call; it finds the endpoint [else: {}]", env::REGION))]
    region: Option<String>,
    /// The network to call over: `vpc` from within one
    #[arg(long, value_name = "NETWORK", default_value = "public")]
    network: String,
    #[arg(long, value_name = "HOST", help = format!("The host to call, whatever the region [else: {}]", env::endpoint("<PRODUCT>")))]
    endpoint: Option<String>,
    /// How requests are signed
    #[arg(long, value_enum, default_value = "acs3")]
    algorithm: Algorithm,
    /// The form in which the answer is wanted
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Passwords and the like travel in the body, and not in the URL
    #[arg(long)]
    secrets_in_form: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Algorithm {
    /// In a header, over the whole request, with SHA-256
    Acs3,
    /// The same with SM3
    Acs3Sm3,
    /// In the URL, over the parameters alone: the older way
    Rpc1,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// JSON
    Json,
    /// XML
    Xml,
}

impl Flags {
    /// A client's settings as far as they are these flags or else the environment.
    pub fn builder(&self, api: &'static operation::Api) -> client::Builder {
        let mut builder = Client::builder(api)
            .environment()
            .network(&self.network)
            .user_agent(concat!("bindery/", env!("CARGO_PKG_VERSION")))
            .algorithm(match self.algorithm {
                Algorithm::Acs3 => sign::Algorithm::Acs3HmacSha256,
                Algorithm::Acs3Sm3 => sign::Algorithm::Acs3HmacSm3,
                Algorithm::Rpc1 => sign::Algorithm::Rpc1HmacSha1,
            })
            .format(match self.format {
                Format::Json => prepare::Format::Json,
                Format::Xml => prepare::Format::Xml,
            });
        if let Some(region) = &self.region {
            builder = builder.region(region);
        }
        if let Some(endpoint) = &self.endpoint {
            builder = builder.endpoint(endpoint);
        }
        if self.secrets_in_form {
            builder = builder.secrets_in_form();
        }
        builder
    }
}

/// What is wrong with the settings, and the flags that they have on a command line.
pub(super) fn configuration(api: &operation::Api, error: &ConfigurationError) -> Diagnostic {
    let example = api.endpoints.regions.iter().map(|(region, _)| *region).min();
    let example = example.map(|region| format!(" (such as `{region}`)")).unwrap_or_default();
    let help = format!("the flags are `--region REGION`{example}, `--endpoint HOST` and `--network NETWORK`");
    Diagnostic::placeless("configuration", error.to_string()).help(help)
}

//! `bindery request`: the request that would be sent, to look at. It sends nothing.

use super::client::{Called, Flags, configuration};
use super::report::{misused, report, said};
use super::specs::Specs;
use super::{given, sheet};
use crate::diag::{Diagnostic, Diagnostics, Sources};
use bindery_runtime::credentials::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Credentials, SECURITY_TOKEN};
use bindery_runtime::error::Error;
use bindery_runtime::http::TransportErrorKind;
use bindery_runtime::http::{BoxFuture, Bytes, HttpClient, Limits, Request, Response, TransportError};
use bindery_runtime::sign::Stamp;
use bindery_runtime::surroundings::{Machine, Surroundings};
use bindery_runtime::{Secret, Violations};
use std::borrow::Cow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Show the request that would be sent, and send nothing
///
/// Prints JSON, `{method, url, query, headers, body}`: pairs of the query and the headers as `[name, value]`, the body as
/// the text that travels. It is the exact request, passwords included: `--hide-secrets` shows `***` in their place. A
/// command, which is made for passing on, hides them anyway. A client token that a call would make up is not part of it.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
{}

Secrets among the arguments of a program can be seen by every user of the machine: leave `--access-key-secret` and \
`--security-token` away, and set {ACCESS_KEY_ID}, {ACCESS_KEY_SECRET} and {SECURITY_TOKEN} in the environment.

Exit codes: 0 done; 1 problems in the request or the specs, shown on stderr; 2 bad usage.

Examples:
  bindery request StartSynchronizationJob SynchronizationJobId=dtsexample --region cn-hangzhou
  bindery request ConfigureSynchronizationJob request.json --region cn-hangzhou --curl
  bindery request ConfigureSynchronizationJob request.json --endpoint 127.0.0.1:8080 \\
      --sign --access-key-id testid --access-key-secret testsecret --nonce 1 --date 2026-01-02T03:04:05Z", given::HOW))]
pub(super) struct Args {
    /// The action, as ACTION or PRODUCT.ACTION
    action: String,
    /// The request: a file, `-`, key=value
    #[arg(value_name = "REQUEST.json|KEY=VALUE")]
    given: Vec<String>,
    /// A folder with a product.json, or one that holds such folders [default: those of the nearest bindery.toml]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Shows the request in spite of what is wrong with it: also parameters that the specs do not know, in the query
    #[arg(long)]
    no_validate: bool,
    /// Shows `***` for sensitive values: passwords, the security token
    #[arg(long, conflicts_with = "show_secrets")]
    hide_secrets: bool,
    /// Shows in a command what it hides: passwords, the security token, the signature
    #[arg(long)]
    show_secrets: bool,
    /// Prints a command that sends it
    #[arg(long)]
    curl: bool,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    signing: Signing,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Signature")]
struct Signing {
    /// Signs the request
    #[arg(long)]
    sign: bool,
    #[arg(long, value_name = "ID", requires = "sign", help = format!("The access key's ID [else: {ACCESS_KEY_ID}]"))]
    access_key_id: Option<String>,
    #[arg(long, value_name = "SECRET", requires = "sign", help = format!("The access key's secret [else: {ACCESS_KEY_SECRET}]"))]
    access_key_secret: Option<Secret>,
    #[arg(long, value_name = "TOKEN", requires = "sign", help = format!("The security token of temporary credentials [else: {SECURITY_TOKEN}]"))]
    security_token: Option<Secret>,
    /// The number that is used once [default: a fresh one]
    #[arg(long, value_name = "TEXT", requires = "sign")]
    nonce: Option<String>,
    /// The time of the signature [default: now]
    #[arg(long, value_name = "2006-01-02T15:04:05Z", requires = "sign", value_parser = date)]
    date: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> ExitCode {
    print(args).unwrap_or_else(|outcome| outcome)
}

fn print(args: &Args) -> Result<ExitCode, ExitCode> {
    let specs = Specs::load(args.specs.as_deref())?;
    let called = Called::find(&specs, &args.action)?;
    let (request, is_wrong) = given::request(called.api, called.action, &args.given)?;
    if is_wrong && !args.no_validate {
        let problem = Diagnostic::placeless("invalid", "the request would be refused");
        return Err(shown(problem.help("mend it, or show it all the same with `--no-validate`")));
    }
    // Nothing is sent: an endpoint without encryption does no harm.
    let client = args.flags.builder(called.of).http_client(Arc::new(Nowhere)).dangerous_allow_http().build();
    let client = client.map_err(|error| shown(configuration(called.of, &error)))?;
    let table = called.operation.table;
    let wire = if args.no_validate { table.json_to_wire_whole(&request) } else { table.json_to_wire(&request) };
    let prepare =
        |wire| client.prepare(called.operation, wire, &Violations::default()).map_err(|error| shown(unfit(&error)));
    let (whole, safe) = (prepare(wire.clone())?, prepare(sheet::veiled(wire))?);
    let signed = match &args.signing {
        signing if signing.sign => {
            let stamp = signing.stamp()?;
            whole.sign(&signing.credentials()?, &stamp).map_err(|error| shown(unfit(&error.into())))?
        }
        _ => sheet::unsigned(whole),
    };
    let hides = args.hide_secrets || args.curl && !args.show_secrets;
    let request = if hides { sheet::without_secrets(signed, safe) } else { signed };
    Ok(said(&match args.curl {
        true => sheet::command(request, hides).map_err(shown)?,
        false => sheet::json(&request),
    }))
}

impl Signing {
    /// The flags, and for each that is absent the environment.
    fn credentials(&self) -> Result<Credentials, ExitCode> {
        let lacks = |flag: &str, variable: &str| {
            let message = format!("there is nothing to sign with: neither `{flag}` nor {variable} is given");
            misused(Diagnostic::placeless("credentials", message).help(format!("set {variable} in the environment")))
        };
        let id = self.access_key_id.clone().or_else(|| Machine.variable(ACCESS_KEY_ID));
        let id = id.ok_or_else(|| lacks("--access-key-id", ACCESS_KEY_ID))?;
        let secret = self.access_key_secret.clone().or_else(|| Machine.variable(ACCESS_KEY_SECRET).map(Secret::from));
        let secret = secret.ok_or_else(|| lacks("--access-key-secret", ACCESS_KEY_SECRET))?;
        // A token belongs to one key: that of the environment is of no use to a secret from elsewhere.
        let theirs = || Machine.variable(SECURITY_TOKEN).filter(|_| self.access_key_secret.is_none());
        let token = self.security_token.clone().or_else(|| theirs().map(Secret::from));
        let mut credentials = Credentials::new(id, secret);
        if let Some(token) = token {
            credentials = credentials.with_token(token);
        }
        if self.access_key_id.is_none() && self.access_key_secret.is_none() && self.security_token.is_none() {
            // As a client says that found them there by itself.
            credentials.provider = Cow::Borrowed("default/env");
        }
        Ok(credentials)
    }

    fn stamp(&self) -> Result<Stamp, ExitCode> {
        let fresh = Stamp::fresh(Machine.now()).map_err(|error| shown(unfit(&error.into())))?;
        Ok(Stamp { nonce: self.nonce.clone().unwrap_or(fresh.nonce), date: self.date.clone().unwrap_or(fresh.date) })
    }
}

fn date(text: &str) -> Result<String, String> {
    let fits = text.len() == 20
        && text.bytes().zip(b"0000-00-00T00:00:00Z").all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            _ => byte == *form,
        });
    if fits { Ok(text.to_owned()) } else { Err("a time in UTC is like 2006-01-02T15:04:05Z".to_owned()) }
}

/// A request that cannot travel.
fn unfit(error: &Error) -> Diagnostic {
    Diagnostic::placeless("request", error.to_string()).help("change what the message names, then try again")
}

fn shown(problem: Diagnostic) -> ExitCode {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(problem);
    report(&diagnostics, &Sources::default())
}

/// Sends nothing.
struct Nowhere;

impl HttpClient for Nowhere {
    fn send(&self, _: Request<Bytes>, _: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let refusal = TransportError::new(TransportErrorKind::Request, "nothing is sent from here");
        Box::pin(async { Err(refusal) })
    }
}

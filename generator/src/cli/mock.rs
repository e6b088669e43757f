//! `bindery mock`: a local service that behaves as the specs say, alone or around a command.

use super::report::{misused, report, said};
use super::specs::Specs;
use crate::diag::Diagnostic;
use crate::mock::{Builder, Mock};
use bindery_runtime::credentials::{ACCESS_KEY_SECRET, Credentials, SECURITY_TOKEN};
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::process::{Child, Command};

/// Serve the specs on this machine: check signatures and requests, answer samples or play a scenario
///
/// A service for tests, in memory, without a network and without an account. It prints where it listens and the
/// environment that points a client at it, and stops on Ctrl-C or SIGTERM once what is under way has ended.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Scenarios are files: `scenarios/NAME.json` beside the specs, or any file named by its path. `bindery schema scenario`
prints what goes where.

Exit codes: 0 stopped, 1 problems, shown on stderr, 2 bad usage. With a COMMAND: its exit code; 128 and the signal if
one ended it; 127 if it cannot be started.

Examples:
  bindery mock                                        serve the specs of the nearest bindery.toml
  bindery mock --specs api-specs --listen 127.0.0.1:18080 --scenario failed-precheck
  bindery mock --scenario happy -- cargo run --example configure_sync
                                                      run a command against it, then stop")]
pub(super) struct Args {
    /// A folder with a product.json, or one that holds such folders [default: those of the nearest bindery.toml]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Where to listen; port 0: any free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// What to play: the name of a scenario of the specs, or a file
    #[arg(long, value_name = "NAME|FILE")]
    scenario: Option<String>,
    /// The access key to know [default: one for tests]
    #[arg(long, value_name = "ID", requires = "access_key_secret")]
    access_key_id: Option<String>,
    /// Its secret. Others on this machine can see it in the list of processes: name none that opens anything
    #[arg(long, value_name = "SECRET", requires = "access_key_id")]
    access_key_secret: Option<String>,
    /// Its security token: requests must carry it
    #[arg(long, value_name = "TOKEN", requires = "access_key_id")]
    security_token: Option<String>,
    /// Answer whoever asks: signatures are not looked at
    #[arg(long)]
    no_verify: bool,
    /// Let --listen name an address that other machines can reach. They can then see what tests send, passwords included
    #[arg(long)]
    dangerous_listen_anywhere: bool,
    /// A command to run against it, with the environment set
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,
}

pub(super) fn run(args: &Args) -> ExitCode {
    if !args.listen.ip().is_loopback() && !args.dangerous_listen_anywhere {
        let message = format!("{} can be reached from other machines", args.listen);
        let help = "listen on 127.0.0.1 or [::1], or add --dangerous-listen-anywhere";
        return misused(Diagnostic::placeless("listen", message).help(help));
    }
    let folders = match Specs::folders(args.specs.as_deref()) {
        Ok(folders) => folders,
        Err(outcome) => return outcome,
    };
    let mut builder = folders.into_iter().fold(Builder::new().listen(args.listen), Builder::specs);
    if let Some(scenario) = &args.scenario {
        builder = builder.scenario(scenario);
    }
    if let (Some(id), Some(secret)) = (&args.access_key_id, &args.access_key_secret) {
        let credentials = Credentials::new(id.as_str(), secret.as_str());
        builder = builder.credentials(match &args.security_token {
            Some(token) => credentials.with_token(token.as_str()),
            None => credentials,
        });
    }
    if args.no_verify {
        builder = builder.without_verification();
    }
    let mock = match builder.start() {
        Ok(mock) => mock,
        Err(error) => return report(&error.diagnostics, &error.sources),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed("signals", &format!("cannot wait for signals: {error}")),
    };
    let outcome = runtime.block_on(async {
        // Before anything is said: whoever reads where it listens may stop it at once.
        let mut signals = match Signals::listen() {
            Ok(signals) => signals,
            Err(error) => return failed("signals", &format!("cannot wait for signals: {error}")),
        };
        match args.command.split_first() {
            Some((program, arguments)) => around(&mock, &mut signals, program, arguments).await,
            None => {
                let outcome = said(&greeting(&mock, args));
                signals.next().await;
                outcome
            }
        }
    });
    mock.stop();
    outcome
}

/// Where it listens, and what to set. A secret that was named is not repeated.
fn greeting(mock: &Mock, args: &Args) -> String {
    let mut text = format!("# {} on {}; Ctrl-C stops it\n", mock.products().join(", "), mock.url());
    for (name, value) in mock.environment() {
        let is_named = args.access_key_secret.is_some() && [ACCESS_KEY_SECRET, SECURITY_TOKEN].contains(&&*name);
        let value = if is_named { "…" } else { &value };
        text.push_str(&format!("export {name}='{}'\n", value.replace('\'', r"'\''")));
    }
    text
}

/// Runs a command against the service; its exit code.
async fn around(mock: &Mock, signals: &mut Signals, program: &str, arguments: &[String]) -> ExitCode {
    let mut command = Command::new(program);
    // A token of other credentials would not fit.
    command.args(arguments).env_remove(SECURITY_TOKEN).envs(mock.environment());
    for name in ["NO_PROXY", "no_proxy"] {
        // No proxy has a way to this machine's loopback.
        let hosts = std::env::var(name).unwrap_or_default();
        let comma = if hosts.is_empty() { "" } else { "," };
        command.env(name, format!("{hosts}{comma}{}", mock.address().ip()));
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            failed("command", &format!("`{program}` cannot be started: {error}"));
            return ExitCode::from(127);
        }
    };
    let ended = loop {
        tokio::select! {
            ended = child.wait() => break ended,
            // A terminal interrupts both: the command decides what becomes of it.
            signal = signals.next() => match signal {
                Signal::Interrupt => {}
                Signal::Terminate => terminate(&mut child),
            },
        }
    };
    match ended {
        Ok(status) => ExitCode::from(code(status)),
        Err(error) => failed("command", &format!("`{program}` cannot be waited for: {error}")),
    }
}

fn failed(code: &'static str, message: &str) -> ExitCode {
    misused(Diagnostic::placeless(code, message));
    ExitCode::FAILURE
}

/// What asked this process to stop.
enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// SIGTERM.
    #[cfg_attr(not(unix), allow(dead_code, reason = "there is no such signal"))]
    Terminate,
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Signals> {
        Ok(Signals)
    }

    async fn next(&mut self) -> Signal {
        // Without a console there is nothing to wait for, and it runs until it is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }
}

#[cfg(unix)]
fn terminate(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process};
    let pid = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
    // If it has ended in the meantime, there is nothing to do.
    let _ = pid.map(|pid| kill_process(pid, Signal::TERM));
}

#[cfg(not(unix))]
fn terminate(child: &mut Child) {
    let _ = child.start_kill();
}

#[cfg(unix)]
fn code(status: std::process::ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt;
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(not(unix))]
fn code(status: std::process::ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

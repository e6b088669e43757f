//! What a client takes from the machine that it runs on: variables, files, commands, the clock. One seam, so that a test
//! can put its own world in place.

use crate::http::{BoxFuture, HttpClient};
use jiff::Timestamp;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The machine, as far as a client looks at it.
pub trait Surroundings: Send + Sync {
    /// The value of an environment variable; `None` if it is not set, is empty or is not Unicode.
    fn variable(&self, name: &str) -> Option<String>;

    /// The text of a file.
    ///
    /// # Errors
    /// If it cannot be read.
    fn read(&self, path: &Path) -> io::Result<String>;

    /// The user's home folder.
    fn home(&self) -> Option<PathBuf>;

    /// Runs a program with its arguments, without a shell, and gives what it prints on stdout.
    ///
    /// # Errors
    /// If it cannot be started, fails or takes too long.
    fn run<'a>(&'a self, program: &'a [String], limit: Duration) -> BoxFuture<'a, io::Result<String>>;

    /// The time.
    fn now(&self) -> Timestamp;
}

/// Everything outside of this process that credentials can come from.
#[derive(Clone)]
pub struct Outside {
    /// The machine.
    pub machine: Arc<dyn Surroundings>,
    /// The network.
    pub http: Arc<dyn HttpClient>,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outside")
    }
}

/// The real machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl Surroundings for Machine {
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn read(&self, path: &Path) -> io::Result<String> {
        std::fs::read_to_string(path)
    }

    fn home(&self) -> Option<PathBuf> {
        std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
    }

    fn run<'a>(&'a self, program: &'a [String], limit: Duration) -> BoxFuture<'a, io::Result<String>> {
        Box::pin(async move {
            let (name, arguments) = program.split_first().ok_or_else(|| io::Error::other("the command is empty"))?;
            let mut command = tokio::process::Command::new(name);
            command.args(arguments).stdin(std::process::Stdio::null()).kill_on_drop(true);
            let output = tokio::time::timeout(limit, command.output())
                .await
                .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "the command took too long"))??;
            if !output.status.success() {
                return Err(io::Error::other(format!("the command failed ({})", output.status)));
            }
            String::from_utf8(output.stdout).map_err(|_| io::Error::other("the command printed no text"))
        })
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

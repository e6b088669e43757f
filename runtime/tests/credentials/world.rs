//! The machine that a test makes up.

use bindery_runtime::http::BoxFuture;
use bindery_runtime::surroundings::{Machine, Outside, Surroundings};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The home folder tells the user's name, which no error may show.
pub const HOME: &str = "/people/S3cretUser";

pub struct World {
    pub variables: Mutex<BTreeMap<String, String>>,
    pub files: Mutex<BTreeMap<PathBuf, Result<String, io::ErrorKind>>>,
    /// What commands print, or what goes wrong; `None`: the real machine runs them.
    pub commands: Option<BTreeMap<Vec<String>, Result<String, String>>>,
    pub runs: Mutex<usize>,
    pub now: Mutex<Timestamp>,
}

impl World {
    pub fn new() -> World {
        World {
            variables: Mutex::default(),
            files: Mutex::default(),
            commands: Some(BTreeMap::new()),
            runs: Mutex::default(),
            now: Mutex::new("2026-01-01T00:00:00Z".parse().unwrap()),
        }
    }

    pub fn set(&self, name: &str, value: &str) {
        self.variables.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub fn write(&self, path: &str, text: &str) {
        self.files.lock().unwrap().insert(full(path), Ok(text.to_owned()));
    }

    pub fn wait(&self, seconds: i64) {
        *self.now.lock().unwrap() += SignedDuration::from_secs(seconds);
    }
}

/// `~` is the home folder.
pub fn full(path: &str) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(rest) => Path::new(HOME).join(rest),
        None => PathBuf::from(path),
    }
}

impl Surroundings for World {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.lock().unwrap().get(name).cloned().filter(|value| !value.is_empty())
    }

    fn read(&self, path: &Path) -> io::Result<String> {
        match self.files.lock().unwrap().get(path) {
            Some(Ok(text)) => Ok(text.clone()),
            // A careless implementation tells more than it should.
            Some(Err(kind)) => Err(io::Error::new(*kind, format!("{}: no way", path.display()))),
            None => Err(io::Error::new(io::ErrorKind::NotFound, format!("{}: not found", path.display()))),
        }
    }

    fn home(&self) -> Option<PathBuf> {
        Some(PathBuf::from(HOME))
    }

    fn run<'a>(&'a self, program: &'a [String], limit: Duration) -> BoxFuture<'a, io::Result<String>> {
        assert_eq!(limit, Duration::from_secs(60));
        *self.runs.lock().unwrap() += 1;
        let Some(commands) = &self.commands else { return Machine.run(program, limit) };
        let outcome = commands.get(program).cloned().unwrap_or_else(|| Err(format!("nobody expects {program:?}")));
        Box::pin(async move { outcome.map_err(io::Error::other) })
    }

    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }
}

/// A world and a way to its servers.
pub fn outside(world: &Arc<World>, http: &Arc<crate::server::Loopback>) -> Outside {
    Outside { machine: Arc::<World>::clone(world), http: Arc::<crate::server::Loopback>::clone(http) }
}

//! A machine that a test has made up.

use bindery_runtime::http::BoxFuture;
use bindery_runtime::surroundings::Surroundings;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub struct MadeUp {
    pub variables: BTreeMap<String, String>,
    pub now: Timestamp,
}

/// A machine with these variables.
pub fn with(variables: &[(&str, &str)]) -> Arc<MadeUp> {
    let variables = variables.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Arc::new(MadeUp { variables, now: Timestamp::now() })
}

/// A machine with this clock.
pub fn at(now: Timestamp) -> Arc<MadeUp> {
    Arc::new(MadeUp { variables: BTreeMap::new(), now })
}

impl Surroundings for MadeUp {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn read(&self, _: &Path) -> io::Result<String> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn run<'a>(&'a self, _: &'a [String], _: Duration) -> BoxFuture<'a, io::Result<String>> {
        Box::pin(async { Err(io::ErrorKind::NotFound.into()) })
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

//! The same client for code that is not async: each call waits for its end.
//!
//! A client brings threads of its own, so that any thread may call; only from within async code it refuses, since it
//! would stop everything else there.

use crate::Violations;
use crate::call::{Call, Paged};
use crate::client::{self, Builder};
use crate::decode::Answer;
use crate::error::{ConfigurationError, Error};
use crate::operation::{Api, Operation, Paging, Waiter};
use crate::page::Pages;
use crate::wire::Wire;
use std::fmt;
use std::sync::Arc;
use tokio::runtime::{Handle, Runtime};

/// Calls the actions of one API. Cheap to clone, as [`client::Client`] is.
#[derive(Clone)]
pub struct Client {
    client: client::Client,
    threads: Arc<Threads>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

impl Client {
    /// Makes an async client a blocking one. It must not be used otherwise: its connections live in the threads of this
    /// one.
    ///
    /// # Errors
    /// If the machine gives no threads.
    pub fn new(client: client::Client) -> Result<Client, ConfigurationError> {
        let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let threads = threads
            .map_err(|error| ConfigurationError::new(format!("the machine gives no thread for a client: {error}")))?;
        Ok(Client { client, threads: Arc::new(Threads(Some(threads))) })
    }

    /// A client that is set up by the environment.
    ///
    /// # Errors
    /// As [`Builder::build`].
    pub fn from_env(api: &'static Api) -> Result<Client, ConfigurationError> {
        client::Client::builder(api).environment().build_blocking()
    }

    /// As [`client::Client::send`].
    ///
    /// # Errors
    /// As there.
    pub fn send<R: Call>(&self, request: &R) -> Result<R::Response, Error> {
        self.threads.run(self.client.send(request))?
    }

    /// As [`client::Client::call`].
    ///
    /// # Errors
    /// As there.
    pub fn call(&self, operation: &'static Operation, wire: Wire, violations: &Violations) -> Result<Answer, Error> {
        self.threads.run(self.client.call(operation, wire, violations))?
    }

    /// As [`client::Client::pages`].
    pub fn pages<R: Paged>(&self, request: &R) -> Iter<R::Response>
    where
        R::Response: 'static,
    {
        Iter { pages: self.client.pages(request), threads: self.threads.clone(), failed: false }
    }

    /// As [`client::Client::items`].
    pub fn items<R: Paged>(&self, request: &R) -> Iter<R::Item>
    where
        R::Item: 'static,
    {
        Iter { pages: self.client.items(request), threads: self.threads.clone(), failed: false }
    }

    /// As [`client::Client::call_pages`].
    pub fn call_pages(
        &self,
        operation: &'static Operation,
        paging: &'static Paging,
        wire: Wire,
        violations: Violations,
    ) -> Iter<Answer> {
        let pages = self.client.call_pages(operation, paging, wire, violations);
        Iter { pages, threads: self.threads.clone(), failed: false }
    }

    /// As [`client::Client::wait`].
    ///
    /// # Errors
    /// As there.
    pub fn wait<R: Call>(&self, waiter: &'static Waiter, request: &R) -> Result<R::Response, Error> {
        self.threads.run(self.client.wait(waiter, request))?
    }

    /// As [`client::Client::call_wait`].
    ///
    /// # Errors
    /// As there.
    pub fn call_wait(
        &self,
        waiter: &'static Waiter,
        operation: &'static Operation,
        wire: &Wire,
        violations: &Violations,
    ) -> Result<Answer, Error> {
        self.threads.run(self.client.call_wait(waiter, operation, wire, violations))?
    }
}

impl Builder {
    /// The client for code that is not async.
    ///
    /// # Errors
    /// As [`Builder::build`].
    pub fn build_blocking(self) -> Result<Client, ConfigurationError> {
        Client::new(self.build()?)
    }
}

/// Pages or items, one by one.
#[derive(Debug)]
#[must_use = "nothing is called before a page is asked for"]
pub struct Iter<T> {
    pages: Pages<T>,
    threads: Arc<Threads>,
    failed: bool,
}

impl<T> Iterator for Iter<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Result<T, Error>> {
        if self.failed {
            return None;
        }
        let next = self.threads.run(self.pages.next()).unwrap_or_else(|error| Some(Err(error)));
        self.failed = matches!(next, Some(Err(_)));
        next
    }
}

/// Where the work is done. `None` only while it is dropped.
#[derive(Debug)]
struct Threads(Option<Runtime>);

impl Threads {
    fn run<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        match &self.0 {
            Some(threads) if Handle::try_current().is_err() => Ok(threads.block_on(work)),
            _ => Err(Error::Configuration(ConfigurationError::new(
                "a blocking client was called from async code, and would stop all of it: use the async client there",
            ))),
        }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        // The usual way waits, which async code must not.
        if let Some(threads) = self.0.take() {
            threads.shutdown_background();
        }
    }
}

//! The client: checks, signs, sends, repeats where that is safe, and decodes.

mod builder;
pub mod env;
mod retry;
mod send;
mod trace;

pub use builder::{Builder, FromClient};

use crate::Violations;
use crate::call::{Call, Paged};
use crate::credentials::ProvideCredentials;
use crate::decode::Answer;
use crate::error::{ConfigurationError, Error};
use crate::http::Limits;
use crate::operation::{Api, Operation, Paging, Waiter};
use crate::page::Pages;
use crate::prepare::Manner;
use crate::surroundings::Outside;
use crate::wait::wait;
use crate::wire::Wire;
use retry::Quota;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Calls the actions of one API.
///
/// Cheap to clone: clones share connections, credentials and the quota of repetitions. A call that is dropped is given
/// up; nothing of it stays behind.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    manner: Manner,
    credentials: Arc<dyn ProvideCredentials>,
    outside: Outside,
    strict: bool,
    fill_client_token: bool,
    attempts: u32,
    timeout: Duration,
    limits: Limits,
    wait_delay: Option<Duration>,
    quota: Quota,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("endpoint", &self.inner.manner.endpoint).finish_non_exhaustive()
    }
}

impl Client {
    /// Sets up a client of an API.
    pub fn builder(api: &'static Api) -> Builder {
        Builder::new(api)
    }

    /// A client that is set up by the environment: [`Builder::environment`], and the vendor's chain of credentials.
    ///
    /// # Errors
    /// As [`Builder::build`].
    pub fn from_env(api: &'static Api) -> Result<Client, ConfigurationError> {
        Client::builder(api).environment().build()
    }

    fn new(inner: Inner) -> Client {
        Client { inner: Arc::new(inner) }
    }

    /// Sends a request: checked, signed, repeated where that is safe, decoded.
    ///
    /// # Errors
    /// If there is no answer, or one that says that the action failed.
    pub async fn send<R: Call>(&self, request: &R) -> Result<R::Response, Error> {
        let (answer, token) = self.exchange(R::OPERATION, request.to_wire(), &request.check()).await?;
        // The service has acted, or says so in words that nobody understands.
        answer.typed(R::OPERATION.action()).map_err(|error| retry::settled(error, R::OPERATION, token))
    }

    /// The same, with the answer as it came.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn send_raw<R: Call>(&self, request: &R) -> Result<Answer, Error> {
        self.call(R::OPERATION, request.to_wire(), &request.check()).await
    }

    /// The answer's pages, from the one that the request asks for, or else the first.
    pub fn pages<R: Paged>(&self, request: &R) -> Pages<R::Response>
    where
        R::Response: 'static,
    {
        self.call_pages(R::OPERATION, R::PAGING, request.to_wire(), request.check()).typed(R::OPERATION)
    }

    /// What the pages list, one by one.
    pub fn items<R: Paged>(&self, request: &R) -> Pages<R::Item>
    where
        R::Item: 'static,
    {
        self.call_pages(R::OPERATION, R::PAGING, request.to_wire(), request.check()).items(R::OPERATION, R::PAGING)
    }

    /// The pages of a request that has no type. `violations`: what is wrong with it.
    pub fn call_pages(
        &self,
        operation: &'static Operation,
        paging: &'static Paging,
        wire: Wire,
        violations: Violations,
    ) -> Pages<Answer> {
        let (client, violations) = (self.clone(), Arc::new(violations));
        Pages::new(operation, paging, wire, move |wire| {
            let (client, violations) = (client.clone(), violations.clone());
            Box::pin(async move { client.call(operation, wire, &violations).await })
        })
    }

    /// The pause between two calls of a waiter.
    pub fn wait_delay(&self, waiter: &Waiter) -> Duration {
        self.inner.wait_delay.unwrap_or(Duration::from_secs(waiter.delay.into()))
    }

    /// Asks until what a waiter waits for is there.
    ///
    /// # Errors
    /// [`Error::WaitFailed`] if it will not come, [`Error::WaitTimedOut`] if it did not come in time, or why there was no
    /// answer.
    pub async fn wait<R: Call>(&self, waiter: &'static Waiter, request: &R) -> Result<R::Response, Error> {
        let answer = self.call_wait(waiter, R::OPERATION, &request.to_wire(), &request.check()).await?;
        answer.typed(R::OPERATION.action())
    }

    /// The same for a request that has no type. `violations`: what is wrong with it.
    ///
    /// # Errors
    /// As [`Client::wait`].
    pub async fn call_wait(
        &self,
        waiter: &'static Waiter,
        operation: &'static Operation,
        wire: &Wire,
        violations: &Violations,
    ) -> Result<Answer, Error> {
        wait(waiter, self.inner.wait_delay, operation, || self.call(operation, wire.clone(), violations)).await
    }
}

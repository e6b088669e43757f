//! A local service that behaves as the specs say: it checks signatures and requests, answers samples or plays a scenario,
//! and tells what came. For tests, without a network and without an account.
//!
//! ```no_run
//! # fn main() -> Result<(), bindery::mock::MockError> {
//! let mock = bindery::mock::Builder::new()
//!     .specs("api-specs/dts/2020-01-01")
//!     .scenario("happy")
//!     .start()?;
//! println!("{}", mock.url()); // http://127.0.0.1:40123
//! // … point a client at it …
//! for request in mock.requests() {
//!     println!("{} {}", request.action, request.status);
//! }
//! mock.stop();
//! # Ok(())
//! # }
//! ```
//!
//! What a request holds stays in this process; nothing here knows a product or an action.

mod answer;
mod catalog;
mod incoming;
mod log;
mod nonces;
mod pairs;
mod plan;
mod play;
mod prepared;
mod refusal;
mod sample;
mod send;
mod serve;
mod service;
mod setup;
mod unflatten;
mod verify;

pub use log::{Place, Received, Sent};
pub use setup::{Builder, MockError};

use bindery_runtime::client::env;
use bindery_runtime::credentials::{self, Credentials};
use serve::Running;
use service::Service;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// The access key's ID that is known if no other is named.
pub const ACCESS_KEY_ID: &str = "mock-access-key-id";
/// The secret of [`ACCESS_KEY_ID`]. It opens nothing.
pub const ACCESS_KEY_SECRET: &str = "mock-access-key-secret";
/// How long waiters pause, told to whatever runs against the service: it is quicker than a real one.
const WAIT_DELAY_MS: &str = "50";

/// Starts a service for the specs in a folder, with everything else as it usually is.
///
/// # Errors
/// If the specs cannot be read, or no port can be had.
pub fn start(specs: impl Into<PathBuf>) -> Result<Mock, MockError> {
    Builder::new().specs(specs).start()
}

/// A service that is running. It stops at once when this is dropped.
#[derive(Debug)]
pub struct Mock {
    running: Running,
    service: Arc<Service>,
    /// Those that it knows first.
    credentials: Credentials,
}

impl Mock {
    /// Where it listens: `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.running.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.address
    }

    /// The codes of the products that it serves, as the specs have them.
    pub fn products(&self) -> Vec<String> {
        let mut products: Vec<String> =
            self.service.catalog.actions.iter().map(|known| known.operation.api.product.to_owned()).collect();
        products.dedup();
        products
    }

    /// The environment variables that point a client at it: where each product answers, with which credentials, and that
    /// plain HTTP is meant, and that nobody needs to wait for long. They hold the secret.
    pub fn environment(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut variables: Vec<(String, String)> =
            self.products().iter().map(|product| (env::endpoint(product), self.url())).collect();
        variables.push(pair(env::DANGEROUS_ALLOW_HTTP, "true"));
        variables.push(pair(env::REGION, self.region()));
        variables.push(pair(env::WAIT_DELAY_MS, WAIT_DELAY_MS));
        variables.push(pair(credentials::ACCESS_KEY_ID, &self.credentials.access_key_id));
        variables.push(pair(credentials::ACCESS_KEY_SECRET, self.credentials.access_key_secret.expose()));
        let token = self.credentials.security_token.as_ref();
        variables.extend(token.map(|token| pair(credentials::SECURITY_TOKEN, token.expose())));
        variables
    }

    /// A region that the first product is in.
    fn region(&self) -> &'static str {
        let first = self.service.catalog.actions.first();
        let region = first.and_then(|known| known.operation.api.endpoints.regions.first());
        region.map_or("mock-1", |(region, _)| region)
    }

    /// What came lately, oldest first.
    pub fn requests(&self) -> Vec<Received> {
        self.service.log.all()
    }

    /// Forgets what came.
    pub fn forget_requests(&self) {
        self.service.log.clear();
    }

    /// Takes no more requests, lets those under way end, and returns when they have; those that take longer than five
    /// seconds are cut off. It waits: from async code, call it where waiting is allowed, or drop the service instead.
    pub fn stop(self) {
        self.running.stop();
    }
}

//! What the tests of the generated client share: a service on this machine, and clients that call it.
#![allow(clippy::expect_used, reason = "tests may")]

use alibabacloud_dts::{Client, blocking};
use bindery::mock::{self, Mock};
use bindery_runtime::client::{Builder, FromClient};
use bindery_runtime::credentials::Credentials;
use std::path::Path;
use std::time::Duration;

/// A service that plays a scenario of the specs.
pub fn play(scenario: &str) -> Mock {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-specs/dts/2020-01-01");
    mock::Builder::new().specs(specs).scenario(scenario).start().expect("a service on a free port")
}

/// A client of the service, with its key.
pub fn client(mock: &Mock) -> Client {
    set_up(Client::builder(), mock).build().expect("a client")
}

/// The same for code that is not async.
pub fn blocking_client(mock: &Mock) -> blocking::Client {
    set_up(blocking::Client::builder(), mock).build().expect("a client")
}

/// A builder with everything that the service asks for.
pub fn set_up<C: FromClient>(builder: Builder<C>, mock: &Mock) -> Builder<C> {
    builder
        .endpoint(mock.url())
        .dangerous_allow_http()
        .credentials(Credentials::new(mock::ACCESS_KEY_ID, mock::ACCESS_KEY_SECRET))
        .wait_delay(Duration::from_millis(2))
}

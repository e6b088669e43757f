//! What it takes to make a signed request out of a typed one, nonce and date included: `sign TIMES`. Prints µs of
//! processor time each.

use alibabacloud_dts::configure_synchronization_job::ConfigureSynchronizationJob;
use bindery_runtime::credentials::Credentials;
use bindery_runtime::endpoint::Endpoint;
use bindery_runtime::prepare::{Format, Manner, Outgoing};
use bindery_runtime::sign::{Algorithm, Stamp};
use bindery_runtime::surroundings::{Machine, Surroundings};
use bindery_runtime::{Call, Request};
use std::error::Error;
use std::hint::black_box;

fn main() -> Result<(), Box<dyn Error>> {
    let times: u32 = std::env::args().nth(1).ok_or("usage: sign TIMES")?.parse()?;
    let manner = Manner {
        endpoint: Endpoint::parse("dts.aliyuncs.com")?,
        user_agent: "bindery-bench".to_owned(),
        algorithm: Algorithm::default(),
        format: Format::Json,
        secrets_in_form: false,
    };
    let (request, credentials) = (bindery_bench::full(), Credentials::new("testid", "testsecret"));
    let begun = nanoseconds()?;
    for _ in 0..times {
        let wire = black_box(&request).to_wire();
        let outgoing = Outgoing::new(ConfigureSynchronizationJob::OPERATION, wire, &manner)?;
        black_box(outgoing.sign_http(&credentials, &Stamp::fresh(Machine.now())?)?);
    }
    println!("{:.2}", (nanoseconds()? - begun) / 1e3 / f64::from(times));
    Ok(())
}

/// The processor time that this process has used.
fn nanoseconds() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

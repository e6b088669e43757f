//! The environment variables that a client is set up by. The prefix is the vendor's.

/// The region to call, where the code names none.
pub const REGION: &str = "ALIBABA_CLOUD_REGION_ID";
/// `true`: an endpoint may be `http://…`. For services on this machine alone.
pub const DANGEROUS_ALLOW_HTTP: &str = "ALIBABA_CLOUD_DANGEROUS_ALLOW_HTTP";
/// Milliseconds between two calls of a waiter, in place of what it says itself. For services that are quicker than the
/// real one.
pub const WAIT_DELAY_MS: &str = "ALIBABA_CLOUD_WAIT_DELAY_MS";

/// The variable that holds the endpoint of a product: `ALIBABA_CLOUD_DTS_ENDPOINT`.
pub fn endpoint(product: &str) -> String {
    format!("ALIBABA_CLOUD_{}_ENDPOINT", product.to_ascii_uppercase())
}

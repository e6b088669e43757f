//! The environment variables that a client is set up by. The prefix is the vendor's.

/// The region to call, where the code names none.
pub const REGION: &str = "ALIBABA_CLOUD_REGION_ID";
/// `true`: an endpoint may be `http://…`. For services on this machine alone.
pub const DANGEROUS_ALLOW_HTTP: &str = "ALIBABA_CLOUD_DANGEROUS_ALLOW_HTTP";
/// Milliseconds between two calls of a waiter, in place of what it says itself. For services that are quicker than the
/// real one.
pub const WAIT_DELAY_MS: &str = "ALIBABA_CLOUD_WAIT_DELAY_MS";

/// The variable that holds the endpoint of a product: `ALIBABA_CLOUD_DTS_ENDPOINT`. What no variable's name may hold is `_`.
pub fn endpoint(product: &str) -> String {
    format!(
        "ALIBABA_CLOUD_{}_ENDPOINT",
        product.to_ascii_uppercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_")
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_that_no_variable_could_be_called_is_spelled_with_underscores() {
        assert_eq!(super::endpoint("Dts"), "ALIBABA_CLOUD_DTS_ENDPOINT");
        assert_eq!(super::endpoint("nls-cloud-meta"), "ALIBABA_CLOUD_NLS_CLOUD_META_ENDPOINT");
    }
}

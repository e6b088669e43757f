//! The least that a service can do, as the limit for others: it reads requests to their end, looks at nothing, and always
//! gives the same answer. Prints its address: `hello`.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::serve::ListenerExt;
use std::error::Error;

/// The action whose sample is the answer to everything.
const ACTION: &str = include_str!("../../../../api-specs/dts/2020-01-01/actions/DescribeSynchronizationJobStatus.json");

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let action: serde_json::Value = serde_json::from_str(ACTION)?;
    let sample = Bytes::from(action["samples"]["json"].to_string());
    let answer = |_: Bytes| async move { ([(CONTENT_TYPE, "application/json;charset=utf-8")], sample) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("# listens on http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| {
        // It is only slower without.
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, Router::new().fallback(answer)).await?)
}

//! Sending an answer: at once, late, in part or not at all.

use super::service::Reply;
use crate::spec::scenario::Breakage;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use futures_util::stream;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Between two bytes of an answer that drips.
const DRIP: Duration = Duration::from_millis(20);

/// A switch that cuts a connection: set it, and the next byte that shall be sent resets it.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut(Arc<AtomicBool>);

impl Cut {
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The answer as it is sent.
pub(super) async fn send(reply: Reply<'_>, cut: &Cut) -> Response<Body> {
    let manner = reply.manner;
    if let Some(delay) = manner.and_then(|manner| manner.delay) {
        tokio::time::sleep(delay).await;
    }
    let breakage = manner.and_then(|manner| manner.breakage);
    if breakage == Some(Breakage::Reset) {
        cut.set();
    }
    let length = reply.body.len();
    let body = match breakage {
        None | Some(Breakage::Reset) => Body::from(reply.body),
        Some(Breakage::Truncate) => truncated(reply.body),
        Some(Breakage::Drip) => dripping(reply.body),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let usual = || HeaderValue::from_static(reply.format.content_type());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, reply.content_type.unwrap_or_else(usual));
    if breakage.is_some() {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if let Ok(id) = HeaderValue::try_from(reply.request_id) {
        headers.insert("x-acs-request-id", id);
    }
    for (name, value) in manner.into_iter().flat_map(|manner| &manner.headers) {
        headers.insert(name, value.clone());
    }
    response
}

/// Half of a body, then the end of the connection.
fn truncated(body: String) -> Body {
    let bytes = Bytes::from(body);
    let half = bytes.slice(..bytes.len() / 2);
    Body::from_stream(stream::unfold(Some(half), |half| async move {
        if let Some(half) = half {
            return Some((Ok(half), None));
        }
        // Time for what there is to be sent.
        tokio::time::sleep(DRIP).await;
        Some((Err(io::Error::from(io::ErrorKind::ConnectionAborted)), None))
    }))
}

fn dripping(body: String) -> Body {
    let bytes = Bytes::from(body);
    Body::from_stream(stream::unfold(0, move |at| {
        let bytes = bytes.clone();
        async move {
            if at >= bytes.len() {
                return None;
            }
            tokio::time::sleep(DRIP).await;
            Some((Ok::<_, io::Error>(bytes.slice(at..=at)), at + 1))
        }
    }))
}

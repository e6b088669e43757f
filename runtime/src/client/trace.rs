//! What a call tells to whoever traces it, under the names of OpenTelemetry (semantic conventions 1.45: RPC and HTTP).
//!
//! Never a URL's query, a header's value or a body: they may hold secrets.

use crate::decode::Answer;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::http::StatusCode;
use crate::operation::Operation;
use std::time::Duration;
use tracing::Span;
use tracing::field::{Empty, display};

/// The span of a whole call, with all its attempts.
pub(super) fn call(operation: &Operation, endpoint: &Endpoint) -> Span {
    let method = format_args!("{}/{}", operation.api.product, operation.action());
    tracing::info_span!(
        "call",
        otel.name = %method,
        otel.kind = "client",
        otel.status_code = Empty,
        rpc.system.name = "alibaba_cloud",
        rpc.method = %method,
        rpc.response.status_code = Empty,
        server.address = endpoint.host(),
        server.port = endpoint.port(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        alibaba_cloud.request_id = Empty,
        "error.type" = Empty,
    )
}

/// How it ended.
pub(super) fn called(span: &Span, result: Result<&Answer, &Error>) {
    match result {
        Ok(answer) => {
            span.record("http.response.status_code", answer.status);
            span.record("alibaba_cloud.request_id", answer.request_id.as_deref());
        }
        Err(error) => {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", kind(error));
            span.record("rpc.response.status_code", error.code());
            span.record("alibaba_cloud.request_id", error.request_id());
            span.record("http.response.status_code", error.service().map(|error| error.status));
        }
    }
}

/// The span of one attempt; `again`: how many came before it.
pub(super) fn attempt(operation: &Operation, endpoint: &Endpoint, again: u32) -> Span {
    tracing::debug_span!(
        "attempt",
        otel.name = operation.method,
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = operation.method,
        http.request.resend_count = (again > 0).then_some(again),
        http.response.status_code = Empty,
        server.address = endpoint.host(),
        server.port = endpoint.port(),
        // Placeholders in the path stay what they are, and the query is left out.
        url.full = %format_args!("{endpoint}{}", operation.path),
        "error.type" = Empty,
    )
}

/// What came back for it, and when.
pub(super) fn attempted(span: &Span, action: &str, again: u32, result: Result<StatusCode, &Error>, took: Duration) {
    let status = result.ok().map(|status| status.as_u16());
    span.record("http.response.status_code", status);
    match result {
        Ok(status) if status.is_success() => {}
        Ok(status) => {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", display(status.as_u16()));
        }
        Err(error) => {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", kind(error));
        }
    }
    span.in_scope(|| {
        let error = result.err().map(kind);
        tracing::debug!(action, attempt = again + 1, status, error, elapsed_ms = took.as_millis(), "answered");
    });
}

/// A word of few values.
pub(super) fn kind(error: &Error) -> &'static str {
    match error {
        Error::Validation { .. } => "validation",
        Error::Configuration(_) => "configuration",
        Error::Credentials { .. } => "credentials",
        Error::Transport { .. } => "transport",
        Error::Timeout { .. } => "timeout",
        Error::Throttled { .. } => "throttled",
        Error::Service(_) => "service",
        Error::Decode { .. } => "decode",
        Error::MayHaveBeenApplied { .. } => "may_have_been_applied",
        Error::WaitFailed(_) => "wait_failed",
        Error::WaitTimedOut { .. } => "wait_timed_out",
    }
}

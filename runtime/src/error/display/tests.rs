use super::*;
use crate::Json;
use crate::error::ConfigurationError;
use crate::http::TransportError;
use std::time::Duration;

const ACTION: &str = "CreateJob";

fn service(status: u16, code: &str, message: &str) -> ServiceError {
    ServiceError {
        action: ACTION.to_owned(),
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: Some("R-1".to_owned()),
        ..ServiceError::default()
    }
}

fn transport(kind: TransportErrorKind, message: &str) -> Error {
    Error::Transport {
        action: ACTION.to_owned(),
        host: "api.example.com".to_owned(),
        cause: TransportError::new(kind, message),
    }
}

fn timeout() -> Error {
    Error::Timeout {
        action: ACTION.to_owned(),
        host: "api.example.com".to_owned(),
        after: Duration::from_millis(10_040),
    }
}

#[test]
fn what_the_service_says() {
    let denied = ServiceError {
        access_denied: vec![
            ("AuthAction".to_owned(), "jobs:Create".to_owned()),
            ("EncodedDiagnosticMessage".to_owned(), "AQEAAAA".to_owned()),
        ],
        recommendation: Some("https://help.example.com/?q=NoPermission".to_owned()),
        ..service(403, "NoPermission", "You are not authorized.")
    };
    let skewed = |seconds| ServiceError { clock_ahead: Some(seconds), ..service(400, "IllegalTimestamp", "Expired.") };
    for (error, text) in [
        (
            service(400, "InvalidParameter", "The name is too long."),
            "CreateJob: the service answers InvalidParameter (HTTP 400): The name is too long; request R-1",
        ),
        (
            service(403, "SignatureDoesNotMatch", ""),
            "CreateJob: the service answers SignatureDoesNotMatch (HTTP 403); request R-1. Check the access key's secret: \
             it does not fit the key's ID.",
        ),
        (
            denied,
            "CreateJob: the service answers NoPermission (HTTP 403): You are not authorized; request R-1; AuthAction: \
             jobs:Create; see https://help.example.com/?q=NoPermission. Have the account's administrator grant the \
             permission.",
        ),
        (
            skewed(3600),
            "CreateJob: the service answers IllegalTimestamp (HTTP 400): Expired; request R-1; this machine's clock is \
             3600 s ahead of the service's: set it",
        ),
        (
            skewed(-90),
            "CreateJob: the service answers IllegalTimestamp (HTTP 400): Expired; request R-1; this machine's clock is \
             90 s behind the service's: set it",
        ),
        (
            service(400, "InvalidTimeStamp.Expired", "时间戳已过期。"),
            "CreateJob: the service answers InvalidTimeStamp.Expired (HTTP 400): 时间戳已过期; request R-1. Check this \
             machine's clock.",
        ),
        (
            ServiceError { request_id: None, ..service(502, "HTTP502", "the answer cannot be read: it is empty") },
            "CreateJob: the answer is HTTP 502: the answer cannot be read: it is empty. Try again later; if it stays so, \
             give the request's ID to the vendor's support.",
        ),
        (
            service(404, "InvalidAction.NotFound", ""),
            "CreateJob: the service answers InvalidAction.NotFound (HTTP 404); request R-1. Check the endpoint: it seems \
             to belong to another service.",
        ),
    ] {
        assert_eq!(error.to_string(), text);
        assert_eq!(Error::Service(Box::new(error)).to_string(), text);
    }
}

#[test]
fn too_often() {
    let cause = || Box::new(service(400, "Throttling.User", "Denied by flow control."));
    let text = "CreateJob: the service answers Throttling.User (HTTP 400): Denied by flow control; request R-1";
    let error = Error::Throttled { cause: cause(), retry_after: Some(Duration::from_millis(1500)) };
    assert_eq!(error.to_string(), format!("{text}. Wait 1.5 s, then try again."));
    let error = Error::Throttled { cause: cause(), retry_after: None };
    assert_eq!(error.to_string(), format!("{text}. Ask less often."));
}

#[test]
fn no_answer() {
    for (error, text) in [
        (
            transport(TransportErrorKind::Connect, "connection refused"),
            "CreateJob: no connection: api.example.com: connection refused. Check the network, the proxy settings, and \
             the client's region or endpoint.",
        ),
        (
            transport(TransportErrorKind::Tls, "invalid peer certificate: UnknownIssuer"),
            "CreateJob: no encrypted connection that can be trusted: api.example.com: invalid peer certificate: UnknownIssuer. If a proxy of yours \
             signs connections, give the client its certificate.",
        ),
        (
            transport(TransportErrorKind::Answer, "larger than 16 MiB"),
            "CreateJob: the answer cannot be taken: api.example.com: larger than 16 MiB",
        ),
        (timeout(), "CreateJob: no answer from api.example.com within 10.0 s. Try again, or allow more time."),
        (
            Error::Decode {
                action: ACTION.to_owned(),
                status: 200,
                request_id: Some("R-1".to_owned()),
                message: "it is empty".to_owned(),
            },
            "CreateJob: the answer (HTTP 200) cannot be read: it is empty; request R-1",
        ),
        (ConfigurationError::new("no region").into(), "no region"),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn nobody_knows_whether_it_was_applied_and_nothing_says_try_again() {
    let applied = |cause: Error, token: Option<&str>| Error::MayHaveBeenApplied {
        action: ACTION.to_owned(),
        cause: Box::new(cause),
        client_token: token.map(str::to_owned),
    };
    for (error, text) in [
        (
            applied(timeout(), None),
            "CreateJob may have been applied: no answer from api.example.com within 10.0 s. Look before you call again: \
             the client did not repeat it.",
        ),
        (
            applied(Error::Service(Box::new(service(500, "InternalError", "Try again."))), Some("T-1")),
            "CreateJob may have been applied: the service answers InternalError (HTTP 500): Try again; request R-1. \
             Calling again with the same client token (T-1) is safe.",
        ),
        (
            applied(transport(TransportErrorKind::Interrupted, "reset"), None),
            "CreateJob may have been applied: the connection broke: api.example.com: reset. Look before you call again: \
             the client did not repeat it.",
        ),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn waiting_in_vain() {
    let failure = WaitFailure {
        waiter: "JobRunning",
        action: "DescribeJob".to_owned(),
        state: "PrecheckFailed".to_owned(),
        reasons: vec![
            vec![("Item", "CHECK_A".to_owned()), ("Repair", "Open\nthe port.\u{1b}[2J".to_owned())],
            vec![("Item", "CHECK_B".to_owned())],
        ],
        answer: Json::String("S3cret".to_owned()),
    };
    let error = Error::WaitFailed(Box::new(failure));
    assert_eq!(
        error.to_string(),
        "JobRunning: DescribeJob says `PrecheckFailed`:\n  Item: CHECK_A; Repair: Open the port. [2J\n  Item: CHECK_B"
    );
    assert!(!format!("{error:?}").contains("S3cret"));
    let late = |attempts, last: &str| Error::WaitTimedOut {
        waiter: "JobRunning",
        action: "DescribeJob".to_owned(),
        attempts,
        last: last.to_owned(),
    };
    for (error, text) in [
        (
            late(240, "Init"),
            "JobRunning: DescribeJob was asked 240 times and still says `Init`. Wait again, or longer.",
        ),
        (late(1, ""), "JobRunning: DescribeJob was asked once and does not tell a state. Wait again, or longer."),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

//! Waiting: which answer ends it, what it says then, and how long it pauses.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests may")]

use bindery_runtime::Json;
use bindery_runtime::decode::Answer;
use bindery_runtime::error::{Error, ServiceError};
use bindery_runtime::http::{TransportError, TransportErrorKind};
use bindery_runtime::operation::{
    Acceptor, Api, Effect, Endpoints, Look, Operation, Protocol, Reasons, WaitState, Waiter,
};
use bindery_runtime::table::Table;
use bindery_runtime::wait::wait;
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

static TABLE: Table = Table { action: "DescribeJob", parameters: &[], rules: &[] };
static API: Api = Api {
    product: "Jobs",
    version: "2026-01-01",
    protocol: Protocol::Rpc,
    endpoints: Endpoints { pattern: None, regions: &[] },
};
static OPERATION: Operation =
    Operation { api: &API, table: &TABLE, method: "POST", path: "/", effect: Effect::Read, token: None };

const fn field(state: WaitState, path: &'static str, values: &'static [&'static str]) -> Acceptor {
    Acceptor { state, look: Look::Field(path), values }
}

const fn code(state: WaitState, values: &'static [&'static str]) -> Acceptor {
    Acceptor { state, look: Look::Error, values }
}

static RUNNING: Waiter = Waiter {
    name: "JobRunning",
    delay: 15,
    attempts: 6,
    acceptors: &[
        field(WaitState::Retry, "Job.Locked", &["true"]),
        field(WaitState::Failure, "Job.Parts.Status", &["Failed", "Broken"]),
        field(WaitState::Success, "Job.Status", &["Running"]),
        code(WaitState::Retry, &["NotReady"]),
        code(WaitState::Success, &["Gone"]),
        code(WaitState::Failure, &["Forbidden.Job"]),
    ],
    reasons: Some(Reasons {
        items: "Job.Checks.Check",
        only: Some(("Result", &["Failed"])),
        show: &["Name", "Message", "Repair"],
    }),
};

fn error(status: u16, code: &str) -> Box<ServiceError> {
    Box::new(ServiceError {
        action: "DescribeJob".to_owned(),
        status,
        code: code.to_owned(),
        message: "No.".to_owned(),
        request_id: Some("R-1".to_owned()),
        ..ServiceError::default()
    })
}

fn service(status: u16, code: &str) -> Result<Json, Error> {
    Err(Error::Service(error(status, code)))
}

fn throttled(seconds: u64) -> Result<Json, Error> {
    Err(Error::Throttled { cause: error(400, "Throttling"), retry_after: Some(Duration::from_secs(seconds)) })
}

fn transport(kind: TransportErrorKind) -> Result<Json, Error> {
    let (action, host) = ("DescribeJob".to_owned(), "api.example.com".to_owned());
    Err(Error::Transport { action, host, cause: TransportError::new(kind, "no") })
}

fn status(status: &str) -> Result<Json, Error> {
    Ok(json!({"Job": {"Status": status}}))
}

/// What waiting comes to, how many calls it took, and how many seconds.
async fn run(delay: Option<u64>, answers: Vec<Result<Json, Error>>) -> (Result<Answer, Error>, usize, u64) {
    let (start, mut calls) = (Instant::now(), 0);
    let result = wait(&RUNNING, delay.map(Duration::from_secs), &OPERATION, || {
        let answer = answers.get(calls).or(answers.last()).cloned().unwrap();
        calls += 1;
        std::future::ready(answer.map(|body| Answer { status: 200, request_id: None, body }))
    })
    .await;
    (result, calls, start.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn success_ends_it_at_once() {
    for (answers, calls, seconds) in [
        (vec![status("Running")], 1, 0),
        (vec![status("Init"), Ok(json!({})), status(" running ")], 3, 30),
        // The first acceptor that fits decides, and it says: not yet.
        (vec![Ok(json!({"Job": {"Locked": true, "Status": "Running"}})), status("Running")], 2, 15),
        // A list on the way.
        (vec![Ok(json!({"Job": [{"Status": "Init"}, {"Status": "Running"}]}))], 1, 0),
        (vec![service(404, "notready"), service(404, "NotReady"), status("Running")], 3, 30),
        (vec![throttled(40), throttled(1), throttled(7200), status("Running")], 4, 40 + 15 + 300),
        // Hiccups after an answer has come.
        (
            vec![
                status("Init"),
                transport(TransportErrorKind::Connect),
                service(502, "HTTP502"),
                transport(TransportErrorKind::Interrupted),
                status("Running"),
            ],
            5,
            60,
        ),
    ] {
        let (result, called, took) = run(None, answers).await;
        assert!(result.unwrap().body.to_string().to_lowercase().contains("running"), "the answer that decided");
        assert_eq!((called, took), (calls, seconds));
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_may_be_what_was_waited_for() {
    let answer = run(None, vec![status("Init"), service(404, "Gone")]).await.0.unwrap();
    assert_eq!((answer.status, answer.request_id.as_deref()), (404, Some("R-1")));
    assert_eq!(answer.body, json!({"Code": "Gone", "Message": "No.", "RequestId": "R-1"}));
}

#[tokio::test(start_paused = true)]
async fn failure_says_why() {
    let body = json!({"Job": {
        "Status": "Running",
        "Parts": [{"Status": "Fine"}, {"Status": "failed"}],
        "Checks": {"Check": [
            {"Name": "A", "Result": "Failed", "Message": "closed", "Repair": ""},
            {"Name": "B", "Result": "Success"},
            {"Name": "C", "Result": "FAILED", "Repair": 7, "Other": "x"},
            {"Result": "Failed"},
        ]},
    }});
    let (result, calls, _) = run(None, vec![status("Init"), Ok(body.clone())]).await;
    let Err(Error::WaitFailed(failure)) = result else { panic!("{result:?}") };
    assert_eq!((calls, failure.waiter, failure.action.as_str()), (2, "JobRunning", "DescribeJob"));
    assert_eq!((failure.state.as_str(), &failure.answer), ("failed", &body));
    let text = str::to_owned;
    let reasons =
        [vec![("Name", text("A")), ("Message", text("closed"))], vec![("Name", text("C")), ("Repair", text("7"))]];
    assert_eq!(failure.reasons, reasons);

    let (result, calls, _) = run(None, vec![service(403, "forbidden.job")]).await;
    assert_eq!(calls, 1);
    assert_eq!(result.unwrap_err().to_string(), "JobRunning: DescribeJob says `forbidden.job`:\n  Message: No.");
}

#[tokio::test(start_paused = true)]
async fn calls_are_used_up() {
    for (answers, last, seconds) in [
        (vec![status("Init"), status("Check")], "Check", 75),
        (vec![Ok(json!({"Job": [{"Status": "A"}, {"Status": "B"}, {"Status": "A"}], "Other": "x"}))], "A, B", 75),
        (vec![Ok(json!({}))], "", 75),
        (vec![throttled(1)], "Throttling", 75),
        (vec![service(404, "NotReady")], "NotReady", 75),
    ] {
        let (result, calls, took) = run(None, answers).await;
        let Err(Error::WaitTimedOut { waiter, action, attempts, last: said }) = result else { panic!("{result:?}") };
        assert_eq!((waiter, action.as_str(), attempts), ("JobRunning", "DescribeJob", 6));
        // No pause after the last call.
        assert_eq!((said.as_str(), calls, took), (last, 6, seconds));
    }
}

#[tokio::test(start_paused = true)]
async fn errors_that_the_waiter_does_not_know_end_it() {
    let refused = || transport(TransportErrorKind::Connect);
    for (answers, calls) in [
        (vec![service(403, "NoPermission")], 1),
        (vec![status("Init"), service(403, "NoPermission")], 2),
        // No network from the start: whoever waits should hear it now.
        (vec![refused()], 1),
        (vec![service(500, "InternalError")], 1),
        // More in a row than a hiccup, even after an answer.
        (vec![status("Init"), refused(), refused(), refused(), refused()], 5),
        (vec![status("Init"), transport(TransportErrorKind::Tls)], 2),
    ] {
        let expected = answers.last().cloned().unwrap().unwrap_err().to_string();
        let (result, called, _) = run(None, answers).await;
        assert_eq!((result.unwrap_err().to_string(), called), (expected, calls));
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_may_choose_the_pause() {
    let (result, calls, took) = run(Some(1), vec![status("Init"), throttled(9), status("Running")]).await;
    assert!(result.is_ok());
    assert_eq!((calls, took), (3, 10));
}

#[tokio::test]
async fn nothing_is_bought_again_and_again() {
    static BUY: Operation =
        Operation { api: &API, table: &TABLE, method: "POST", path: "/", effect: Effect::Spend, token: None };
    let mut calls = 0;
    let result = wait(&RUNNING, None, &BUY, || {
        calls += 1;
        std::future::ready(Ok(Answer { status: 200, request_id: None, body: json!({}) }))
    });
    let expected =
        "JobRunning cannot ask DescribeJob, which costs money every time: wait with a request that only reads";
    assert_eq!(result.await.unwrap_err().to_string(), expected);
    assert_eq!(calls, 0);
}

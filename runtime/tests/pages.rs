//! Pages: what is asked for, in which order, and where it ends.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests may")]

use bindery_runtime::Json;
use bindery_runtime::decode::Answer;
use bindery_runtime::error::Error;
use bindery_runtime::operation::{Api, Effect, Endpoints, Next, Operation, Paging, Protocol};
use bindery_runtime::page::Pages;
use bindery_runtime::table::{Kind, Parameter, Shape, Table};
use futures_core::Stream;
use serde_json::json;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

static TEXT: Shape = Shape::of(Kind::Text);
static WHOLE: Shape = Shape::of(Kind::Integer);
static TABLE: Table = Table {
    action: "ListJobs",
    parameters: &[
        Parameter::of("Region", &TEXT),
        Parameter::of("PageNum", &WHOLE),
        Parameter::of("NextToken", &TEXT),
        Parameter::of("Zone", &TEXT),
    ],
    rules: &[],
};
static API: Api = Api {
    product: "Jobs",
    version: "2026-01-01",
    protocol: Protocol::Rpc,
    endpoints: Endpoints { pattern: None, regions: &[] },
};
static OPERATION: Operation =
    Operation { api: &API, table: &TABLE, method: "POST", path: "/", effect: Effect::Read, token: None };
static NUMBERS: Paging = Paging { next: Next::Number { parameter: 1, total: "Total" }, items: "Jobs.Job" };
static TOKENS: Paging = Paging { next: Next::Token { parameter: 2, token: "Page.NextToken" }, items: "Jobs.Job" };

type Asked = Arc<Mutex<Vec<String>>>;

/// Pages of a service that gives these answers, one a call, and the last one forever; what it was asked.
fn pages(paging: &'static Paging, request: &Json, answers: Vec<Json>) -> (Pages<Answer>, Asked) {
    let asked = Asked::default();
    let (log, mut left, mut calls) = (asked.clone(), VecDeque::from(answers), 0);
    let pages = Pages::new(&OPERATION, paging, TABLE.json_to_wire(request), move |wire| {
        let pairs: Vec<String> = wire.query.iter().map(|field| format!("{}={}", field.name, field.value)).collect();
        log.lock().unwrap().push(pairs.join("&"));
        calls += 1;
        assert!(calls <= 20, "no end");
        let mut body = if left.len() > 1 { left.pop_front().unwrap() } else { left[0].clone() };
        let fails = body == "fail";
        if let Json::Object(members) = &mut body {
            members.insert("RequestId".to_owned(), json!(format!("R-{calls}")));
        }
        Box::pin(async move {
            if fails {
                return Err(Error::Decode {
                    action: "ListJobs".to_owned(),
                    status: 200,
                    request_id: None,
                    message: "failed".to_owned(),
                });
            }
            Ok(Answer { status: 200, request_id: Some(format!("R-{calls}")), body })
        })
    });
    (pages, asked)
}

fn page(total: i64, jobs: &[&str]) -> Json {
    json!({"Total": total, "Jobs": {"Job": jobs}})
}

fn page_then(token: impl Into<Json>, jobs: &[&str]) -> Json {
    json!({"Page": {"NextToken": token.into()}, "Jobs": {"Job": jobs}})
}

struct Case {
    paging: &'static Paging,
    request: Json,
    answers: Vec<Json>,
    asked: &'static [&'static str],
    items: &'static str,
    /// How many pages come.
    pages: usize,
}

#[tokio::test]
async fn pages_come_until_there_are_no_more() {
    let two = || vec![page(5, &["a", "b"]), page(5, &["c", "d"]), page(5, &["e"])];
    for Case { paging, request, answers, asked, items, pages: count } in [
        Case {
            paging: &NUMBERS,
            request: json!({"Region": "x", "Zone": "z"}),
            answers: two(),
            asked: &["Region=x&PageNum=1&Zone=z", "Region=x&PageNum=2&Zone=z", "Region=x&PageNum=3&Zone=z"],
            items: "abcde",
            pages: 3,
        },
        // From the middle: the pages before count, too.
        Case {
            paging: &NUMBERS,
            request: json!({"PageNum": 2}),
            answers: vec![page(6, &["c", "d"]), page(6, &["e", "f"])],
            asked: &["PageNum=2", "PageNum=3"],
            items: "cdef",
            pages: 2,
        },
        // A total that is text, and one element that is no list.
        Case {
            paging: &NUMBERS,
            request: json!({}),
            answers: vec![json!({"Total": "1", "Jobs": {"Job": "a"}})],
            asked: &["PageNum=1"],
            items: "a",
            pages: 1,
        },
        // Nothing at all is an answer, too.
        Case {
            paging: &NUMBERS,
            request: json!({}),
            answers: vec![page(0, &[])],
            asked: &["PageNum=1"],
            items: "",
            pages: 1,
        },
        // A total that is too large: the empty page ends it, and is not shown.
        Case {
            paging: &NUMBERS,
            request: json!({}),
            answers: vec![page(99, &["a"]), page(99, &["b"]), page(99, &[])],
            asked: &["PageNum=1", "PageNum=2", "PageNum=3"],
            items: "ab",
            pages: 2,
        },
        // No total: the same.
        Case {
            paging: &NUMBERS,
            request: json!({}),
            answers: vec![json!({"Jobs": {"Job": ["a"]}}), json!({"Jobs": ""})],
            asked: &["PageNum=1", "PageNum=2"],
            items: "a",
            pages: 1,
        },
        // The last number that there is.
        Case {
            paging: &NUMBERS,
            request: json!({"PageNum": i64::MAX}),
            answers: vec![json!({"Jobs": {"Job": ["a"]}})],
            asked: &["PageNum=9223372036854775807"],
            items: "a",
            pages: 1,
        },
        Case {
            paging: &TOKENS,
            request: json!({"Zone": "z"}),
            answers: vec![page_then("t1", &["a"]), page_then(2, &[]), page_then("", &["b"])],
            asked: &["Zone=z", "NextToken=t1&Zone=z", "NextToken=2&Zone=z"],
            items: "ab",
            pages: 3,
        },
        Case {
            paging: &TOKENS,
            request: json!({"NextToken": "t0"}),
            answers: vec![page_then("t1", &["a"]), page_then(Json::Null, &["b"])],
            asked: &["NextToken=t0", "NextToken=t1"],
            items: "ab",
            pages: 2,
        },
    ] {
        let (whole, log) = pages(paging, &request, answers.clone());
        assert!(log.lock().unwrap().is_empty(), "nothing is called before it is asked for");
        assert_eq!(whole.collect().await.unwrap().len(), count, "{asked:?}");
        assert_eq!(*log.lock().unwrap(), asked);
        let (whole, log) = pages(paging, &request, answers);
        assert_eq!(whole.items::<String>(&OPERATION, paging).collect().await.unwrap().concat(), items);
        assert_eq!(*log.lock().unwrap(), asked);
    }
}

/// The pages that come before an error, and the error.
async fn until_error<T>(mut pages: Pages<T>) -> (usize, String) {
    let mut count = 0;
    loop {
        match pages.next().await.unwrap() {
            Ok(_) => count += 1,
            Err(error) => {
                assert!(pages.next().await.is_none(), "after an error nothing follows");
                return (count, error.to_string());
            }
        }
    }
}

#[tokio::test]
async fn a_service_that_does_not_turn_pages_is_an_error_and_no_loop() {
    let numbered = |number: i64| json!({"PageNum": number, "Total": i64::MAX, "Jobs": {"Job": ["a"]}});
    for (paging, answers, came, message) in [
        // The same page whatever is asked.
        (
            &NUMBERS,
            vec![page(i64::MAX, &["a", "b"])],
            1,
            "page 2 is the page before it once more: the service does not turn pages; request R-2",
        ),
        // It says the number that it was asked for, and gives the same jobs.
        (
            &NUMBERS,
            (1..20).map(numbered).collect(),
            2,
            "page 3 is the page before it once more: the service does not turn pages; request R-3",
        ),
        (
            &TOKENS,
            vec![page_then("t1", &["a"])],
            1,
            "`Page.NextToken` is one that was followed before: the pages form a ring; request R-2",
        ),
        (
            &TOKENS,
            vec![page_then("t1", &["a"]), page_then("t2", &["a"]), page_then("t1", &["a"])],
            2,
            "`Page.NextToken` is one that was followed before: the pages form a ring; request R-3",
        ),
    ] {
        let (count, error) = until_error(pages(paging, &json!({}), answers).0).await;
        assert_eq!(error, format!("ListJobs: the answer (HTTP 200) cannot be read: {message}"));
        assert_eq!(count, came, "{message}");
    }
}

#[tokio::test]
async fn two_pages_may_be_alike() {
    let numbered = |number: i64| json!({"PageNum": number, "Total": 2, "Jobs": {"Job": ["a"]}});
    let (whole, _) = pages(&NUMBERS, &json!({}), vec![numbered(1), numbered(2)]);
    assert_eq!(whole.collect().await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_error_ends_it() {
    let (whole, _) = pages(&NUMBERS, &json!({}), vec![page(9, &["a"]), json!("fail")]);
    let (count, error) = until_error(whole).await;
    assert_eq!((count, error.as_str()), (1, "ListJobs: the answer (HTTP 200) cannot be read: failed"));

    let (whole, log) = pages(&NUMBERS, &json!({}), vec![page(9, &["1", "x", "3"])]);
    let (count, error) = until_error(whole.items::<i64>(&OPERATION, &NUMBERS)).await;
    assert_eq!(count, 1);
    let message = "an element of `Jobs.Job` is not what it is known to be; request R-1";
    assert_eq!(error, format!("ListJobs: the answer (HTTP 200) cannot be read: {message}"));
    assert_eq!(log.lock().unwrap().len(), 1);

    let (whole, _) = pages(&NUMBERS, &json!({}), vec![page(1, &["a"])]);
    let (count, error) = until_error(whole.typed::<i64>(&OPERATION)).await;
    assert_eq!(count, 0);
    let message = "it is not what the action is known to answer; request R-1";
    assert_eq!(error, format!("ListJobs: the answer (HTTP 200) cannot be read: {message}"));
}

#[test]
fn pages_are_a_stream_that_can_be_sent() {
    fn holds<T: Stream<Item = Result<Answer, Error>> + Send + Unpin + 'static>(_: &T) {}
    let (whole, _) = pages(&NUMBERS, &json!({}), vec![page(1, &["a"])]);
    holds(&whole);
    assert_eq!(format!("{whole:?}"), "Pages");
}

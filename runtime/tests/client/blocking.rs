//! The client for code that is not async: from any thread, and never from within async code.

use crate::server::{Act, Server};
use crate::world::{API, alone, kind, leaks_nothing, reading, wire};
use bindery_runtime::blocking;
use bindery_runtime::client::Client;
use bindery_runtime::error::Error;
use bindery_runtime::operation::{Effect, Next, Paging};
use bindery_runtime::table::Parameter;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// A server on threads of its own.
fn serve(scripts: Vec<Vec<Act>>) -> (Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::playing(scripts));
    (runtime, server)
}

fn call(client: &blocking::Client) -> Result<bindery_runtime::Json, Error> {
    client.call(reading(), wire(reading()), &Default::default()).map(|answer| answer.body)
}

#[test]
fn from_many_threads() {
    let (_runtime, server) = serve(vec![vec![Act::good()]]);
    let client = alone(&server.url()).build_blocking().unwrap();
    leaks_nothing(&format!("{client:?}"));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..25 {
                    assert_eq!(call(&client.clone()).unwrap()["RequestId"], "ID-1");
                }
            });
        }
    });
    assert_eq!(server.count(), 200);
    assert!(server.connections() <= 16, "{}", server.connections());
}

#[test]
fn errors_are_the_same() {
    let (_runtime, server) = serve(vec![vec![Act::Hang]]);
    let client = alone(&server.url()).attempt_timeout(Duration::from_millis(200)).attempts(1).build_blocking().unwrap();
    let begun = Instant::now();
    assert_eq!(kind(&call(&client).unwrap_err()), "timeout");
    assert!(begun.elapsed() < Duration::from_secs(3));
    assert!(Client::builder(&API).build_blocking().is_err());
}

#[test]
fn page_by_page() {
    let page = |id: u32, next: &str| {
        vec![Act::answer(
            200,
            "",
            &format!(r#"{{"Things": [{{"Id": {id}}}, {{"Id": {}}}], "NextToken": "{next}"}}"#, id + 1),
        )]
    };
    let failed = vec![Act::answer(400, "", r#"{"Code": "Gone"}"#)];
    let (_runtime, server) = serve(vec![page(1, "b"), page(3, "c"), failed]);
    let client = alone(&server.url()).build_blocking().unwrap();
    static PAGING: Paging = Paging { next: Next::Token { parameter: 0, token: "NextToken" }, items: "Things" };
    let operation = crate::world::operation_of(
        "ListThings",
        vec![Parameter::of("NextToken", &crate::world::TEXT)],
        Effect::Read,
        None,
    );
    let pages: Vec<_> = client.call_pages(operation, &PAGING, Default::default(), Default::default()).collect();
    assert_eq!(pages.len(), 3);
    assert!(pages[0].is_ok() && pages[1].is_ok());
    assert_eq!(kind(pages[2].as_ref().unwrap_err()), "service 400 Gone");
    let asked: Vec<_> = server.seen().iter().map(|seen| seen.query("NextToken").map(str::to_owned)).collect();
    assert_eq!(asked, [None, Some("b".to_owned()), Some("c".to_owned())]);
}

/// It would stop everything else there: it says so, and may be dropped there.
#[test]
fn within_async_code() {
    let (runtime, server) = serve(vec![vec![Act::good()]]);
    let client = alone(&server.url()).build_blocking().unwrap();
    call(&client).unwrap();
    let (kept, url) = (client.clone(), server.url());
    runtime.block_on(async move {
        let error = call(&client).unwrap_err();
        assert_eq!(kind(&error), "configuration");
        assert!(error.to_string().contains("async client"), "{error}");
        let made = alone(&url).build_blocking().unwrap();
        drop((client, made));
    });
    // It is as good as before.
    call(&kept).unwrap();
    assert_eq!(server.count(), 2);
}

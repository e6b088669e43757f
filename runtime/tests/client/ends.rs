//! That every call ends, in time, and that one which is dropped leaves nothing behind.

use crate::fake::{BAD, Fake, GOOD};
use crate::server::{Act, Server};
use crate::world::{call, client, credentials, kind, of_kind, reading};
use bindery_runtime::client::Client;
use bindery_runtime::credentials::{Credentials, CredentialsError, ProvideCredentials};
use bindery_runtime::http::BoxFuture;
use bindery_runtime::surroundings::Outside;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

fn with(http: &Arc<Fake>) -> bindery_runtime::client::Builder {
    crate::world::alone("http://127.0.0.1:1").http_client(http.clone())
}

/// Somebody else's HTTP client may forget the time: the call does not.
#[tokio::test(start_paused = true)]
async fn an_http_client_that_never_answers() {
    for (name, attempts, wanted) in [
        ("read", 3, "timeout"),
        ("spend", 1, "may have been applied: timeout"),
        ("token", 3, "may have been applied: timeout"),
    ] {
        let http = Fake::new(|_| None);
        let client = with(&http).build().unwrap();
        let begun = Instant::now();
        let error = call(&client, of_kind(name)).await.unwrap_err();
        let took = begun.elapsed().as_secs();
        assert_eq!((kind(&error).as_str(), http.count()), (wanted, attempts), "{name}");
        assert!((15 * attempts as u64..15 * attempts as u64 + 2).contains(&took), "{name} took {took} s");
    }
    // The end of the call is the end of its last attempt, too.
    let http = Fake::new(|_| None);
    let client = with(&http).timeout(Duration::from_secs(20)).build().unwrap();
    let begun = Instant::now();
    call(&client, reading()).await.unwrap_err();
    assert_eq!((begun.elapsed().as_secs(), http.count()), (20, 2));
    assert!(http.limits.lock().unwrap().unwrap().total < Duration::from_secs(6));
}

#[tokio::test(start_paused = true)]
async fn a_call_without_an_end_of_its_own() {
    let http = Fake::new(|number| if number < 2 { BAD } else { GOOD });
    let client = with(&http).timeout(Duration::MAX).attempt_timeout(Duration::MAX).build().unwrap();
    call(&client, reading()).await.unwrap();
    assert_eq!(http.count(), 3);
}

/// A source of credentials that needs so long.
#[derive(Debug)]
struct Slow(Duration, AtomicUsize);

impl ProvideCredentials for Slow {
    fn provide<'a>(&'a self, _: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            self.1.fetch_add(1, Ordering::SeqCst);
            sleep(self.0).await;
            Ok(credentials())
        })
    }
}

#[derive(Debug)]
struct Silent;

impl ProvideCredentials for Silent {
    fn provide<'a>(&'a self, _: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(pending())
    }
}

/// Without credentials nothing was sent: no error says that something may have been applied.
#[tokio::test(start_paused = true)]
async fn credentials_that_never_come() {
    let http = Fake::new(|_| GOOD);
    let client = with(&http).credentials(Silent).build().unwrap();
    for name in ["read", "write", "spend", "token"] {
        let begun = Instant::now();
        let error = call(&client, of_kind(name)).await.unwrap_err();
        assert_eq!(kind(&error), "credentials", "{error}");
        assert!(error.to_string().contains("nothing was sent") && error.to_string().contains("60.0 s"), "{error}");
        assert_eq!((begun.elapsed().as_secs(), http.count()), (60, 0), "{name}");
    }
}

/// The one who asks for credentials is given up: the next one asks, and those who wait are not stuck.
#[tokio::test(start_paused = true)]
async fn dropped_while_credentials_are_got() {
    let http = Fake::new(|_| GOOD);
    let client = with(&http).credentials(Slow(Duration::from_secs(5), AtomicUsize::new(0))).build().unwrap();
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client, reading()).await })
        })
        .collect();
    sleep(Duration::from_secs(1)).await;
    waiting[0].abort();
    for one in waiting.into_iter().skip(1) {
        one.await.unwrap().unwrap();
    }
    assert!(timeout(Duration::from_secs(4), call(&client, reading())).await.is_ok_and(|answer| answer.is_ok()));
}

#[tokio::test]
async fn dropped_at_any_moment() {
    let server = Server::playing(vec![
        vec![Act::Wait(Duration::from_millis(10)), Act::good()],
        vec![Act::answer(500, "", "{}")],
        vec![Act::Wait(Duration::from_millis(5)), Act::Reset],
        vec![Act::send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{"), Act::Hang],
    ])
    .await;
    let client = client(&server.url()).build().unwrap();
    let mut given_up = 0;
    for micros in (0..60).map(|step| step * 500) {
        let one = timeout(Duration::from_micros(micros), call(&client, reading())).await;
        given_up += usize::from(one.is_err());
    }
    assert!(given_up > 20, "{given_up}");
    // What is left of them is nothing: the next call has a connection, and may be repeated.
    let other = Server::playing(vec![vec![Act::Reset], vec![Act::good()]]).await;
    let fresh = crate::world::client(&other.url()).build().unwrap();
    call(&fresh, reading()).await.unwrap();
    let begun = Instant::now();
    let error = timeout(Duration::from_millis(500), call(&client, reading())).await;
    assert!(error.is_err(), "the server hangs: {:?} after {:?}", error.map(|answer| answer.is_ok()), begun.elapsed());
}

/// What a server says unasked is no answer to the next request.
#[tokio::test]
async fn an_answer_that_nobody_asked_for() {
    let answer = |id: &str| {
        let body = format!("{{\"RequestId\":\"{id}\"}}");
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    };
    let twice = format!("{}{}", answer("asked"), answer("smuggled"));
    let server = Server::playing(vec![vec![Act::send(twice)], vec![Act::send(answer("asked too"))]]).await;
    let client = client(&server.url()).build().unwrap();
    assert_eq!(call(&client, reading()).await.unwrap()["RequestId"], "asked");
    sleep(Duration::from_millis(50)).await;
    assert_eq!(call(&client, reading()).await.unwrap()["RequestId"], "asked too");
    assert_eq!(server.connections(), 2);
}

/// A kept connection that the server has closed meanwhile is not used, so that what is sent once is sent.
#[tokio::test]
async fn a_connection_that_has_ended_is_replaced() {
    let server = Server::playing(vec![vec![Act::good(), Act::Close]]).await;
    let client = client(&server.url()).build().unwrap();
    for number in 1..=5 {
        call(&client, of_kind("spend")).await.unwrap();
        assert_eq!((server.count(), server.connections()), (number, number));
        sleep(Duration::from_millis(30)).await;
    }
}

/// Clones share connections, and keep them.
#[tokio::test]
async fn connections_are_kept() {
    let server = Server::playing(vec![vec![Act::good()]]).await;
    let client: Client = client(&server.url()).build().unwrap();
    for _ in 0..10 {
        call(&client.clone(), reading()).await.unwrap();
    }
    assert_eq!((server.count(), server.connections()), (10, 1));
}

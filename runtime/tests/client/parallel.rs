//! Many calls at once: each gets its own answer, under its own credentials.

use crate::fake::{Fake, GOOD};
use crate::server::{Act, Server};
use crate::world::{Seen, alone, client, reading};
use bindery_runtime::client::Client;
use bindery_runtime::credentials::Credentials;
use futures_util::{StreamExt, stream};
use serde_json::json;
use std::collections::HashSet;

/// Says who asked, and what for.
fn mirror(seen: &Seen) -> Vec<Act> {
    let who = seen.header("x-acs-accesskey-id");
    let signed = seen.is_signed_with(&format!("secret-of-{who}"));
    let body = json!({"Who": who, "Token": seen.header("x-acs-security-token"), "What": seen.query("RegionId"),
        "Signed": signed});
    vec![Act::answer(200, "", &body.to_string())]
}

async fn one(client: &Client, who: &str, number: usize) {
    let what = format!("{who}-{number}");
    let wire = reading_once().table.json_to_wire(&json!({"RegionId": what}));
    let answer = client.call(reading_once(), wire, &Default::default()).await.unwrap();
    assert_eq!(answer.body, json!({"Who": who, "Token": format!("token-of-{who}"), "What": what, "Signed": true}));
}

/// Made once: an operation is never freed.
fn reading_once() -> &'static bindery_runtime::operation::Operation {
    static ONE: std::sync::OnceLock<&bindery_runtime::operation::Operation> = std::sync::OnceLock::new();
    ONE.get_or_init(reading)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_of_two_clients() {
    let _alone = crate::ALONE.lock().await;
    let server = Server::deciding(|_, seen| mirror(seen)).await;
    let names = ["first", "second"];
    let clients = names.map(|who| {
        let key = Credentials::new(who, format!("secret-of-{who}")).with_token(format!("token-of-{who}"));
        // The same connections, and credentials that must not be.
        client(&server.url()).credentials(key).build().unwrap()
    });
    let calls = stream::iter(0..10_000_usize).map(|number| {
        let (client, who) = (clients[number % 2].clone(), names[number % 2]);
        tokio::spawn(async move { one(&client, who, number).await })
    });
    calls.buffer_unordered(64).for_each(|call| async { call.unwrap() }).await;
    let seen = server.seen();
    assert_eq!(seen.len(), 10_000);
    assert_eq!(seen.iter().map(Seen::nonce).collect::<HashSet<_>>().len(), 10_000);
    assert!(server.connections() <= 64 * 2, "{}", server.connections());
}

/// All of them in the same moment, without a network in between.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_in_one_moment() {
    let _alone = crate::ALONE.lock().await;
    let http = Fake::new(|_| GOOD);
    let client = alone("http://127.0.0.1:1").http_client(http.clone()).build().unwrap();
    let calls: Vec<_> = (0..10_000)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                let action = reading_once();
                client.call(action, Default::default(), &Default::default()).await.map(|answer| answer.status)
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), 200);
    }
    assert_eq!(http.count(), 10_000);
}

//! One call, one charge: what costs money is sent once, unless a client token makes a second time harmless.

use crate::server::{Act, Server};
use crate::world::{call, client, kind, operation};
use bindery_runtime::error::Error;
use bindery_runtime::operation::Effect;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// What goes wrong after the service has read the request.
fn faults() -> [(&'static str, Act); 6] {
    let failed = |status| Act::answer(status, "", r#"{"Code": "Failed", "RequestId": "ID-3"}"#);
    [
        ("transport interrupted", Act::Reset),
        ("timeout", Act::Hang),
        ("service 500 Failed", failed(500)),
        ("service 502 Failed", failed(502)),
        ("service 503 Failed", failed(503)),
        ("service 504 Failed", failed(504)),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_action_that_costs_money_is_sent_once() {
    let _alone = crate::ALONE.lock().await;
    let known: Json = serde_json::from_str(include_str!("spending.json")).unwrap();
    let actions = known["actions"].as_array().unwrap();
    assert_eq!(actions.len(), 14);
    let (mut running, turns) = (Vec::new(), Arc::new(Semaphore::new(24)));
    for action in actions {
        let name: &'static str = action[0].as_str().unwrap().to_owned().leak();
        let has_token = action[1].as_bool().unwrap();
        for (wanted, fault) in faults() {
            for fills in [true, false] {
                let (fault, turns) = (fault.clone(), turns.clone());
                running.push(tokio::spawn(async move {
                    let _turn = turns.acquire().await.unwrap();
                    one(name, has_token, wanted, fault, fills).await;
                }));
            }
        }
    }
    assert_eq!(running.len(), 14 * 6 * 2);
    for one in running {
        one.await.unwrap();
    }
}

async fn one(name: &'static str, has_token: bool, wanted: &str, fault: Act, fills: bool) {
    let server = Server::playing(vec![vec![fault.clone()]]).await;
    // Long enough for a busy machine where the end is not what is waited for.
    let patience = Duration::from_millis(if matches!(fault, Act::Hang) { 400 } else { 5000 });
    let client = client(&server.url()).attempt_timeout(patience).fill_client_token(fills).build().unwrap();
    let error = call(&client, operation(name, Effect::Spend, has_token)).await.unwrap_err();
    let seen = server.seen();
    let case = format!("{name}, {wanted}, {fills}: {error}");

    assert_eq!(kind(&error), format!("may have been applied: {wanted}"), "{case}");
    assert!(error.to_string().contains(name), "{case}");
    let Error::MayHaveBeenApplied { client_token, .. } = &error else { unreachable!() };
    let tokens: BTreeSet<_> = seen.iter().map(|seen| seen.query("ClientToken")).collect();
    if has_token && fills {
        assert!(seen.len() <= 3 && (seen.len() == 3 || matches!(fault, Act::Hang)), "{} requests: {case}", seen.len());
        assert_eq!(tokens, BTreeSet::from([client_token.as_deref()]), "{case}");
        assert!(client_token.as_ref().is_some_and(|token| token.len() == 32 && case.contains(token)), "{case}");
    } else {
        assert_eq!(seen.len(), 1, "{case}");
        assert_eq!((tokens, client_token), (BTreeSet::from([None]), &None), "{case}");
    }
    let nonces: BTreeSet<_> = seen.iter().map(crate::world::Seen::nonce).collect();
    assert_eq!(nonces.len(), seen.len(), "{case}");
}

/// A token of the caller's own is used as it is, also where the client would make none.
#[tokio::test]
async fn a_given_token_is_kept() {
    let server = Server::playing(vec![vec![Act::Reset], vec![Act::good()]]).await;
    let client = client(&server.url()).fill_client_token(false).build().unwrap();
    let operation = operation("BuyThingOnce", Effect::Spend, true);
    let wire = operation.table.json_to_wire(&serde_json::json!({"ClientToken": "mine"}));
    client.call(operation, wire, &Default::default()).await.unwrap();
    let tokens: Vec<_> = server.seen().iter().map(|seen| seen.query("ClientToken").unwrap().to_owned()).collect();
    assert_eq!(tokens, ["mine", "mine"]);
}

/// Nobody listens: the service has seen nothing, and the error does not say that it may have.
#[tokio::test]
async fn without_a_connection_nothing_was_applied() {
    let url = format!("http://127.0.0.1:{}", crate::server::nobody().await);
    let client = client(&url).build().unwrap();
    for kind_of in ["read", "write", "spend", "token"] {
        let error = call(&client, crate::world::of_kind(kind_of)).await.unwrap_err();
        assert_eq!(kind(&error), "transport connect", "{error}");
        assert!(error.to_string().contains("Check the network"), "{error}");
    }
}

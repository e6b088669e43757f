//! Secrets are nowhere but in the request: not in an error, not in what is traced or logged, not in any `Debug`, whatever
//! the server says, and in whatever spelling.

use crate::server::{Act, Server};
use crate::traces::listen;
use crate::world::{
    KEY_SECRET, PASSWORD, PIN, TOKEN, call, client, credentials, kind, leaks_nothing, of_kind, reading, spellings, wire,
};
use bindery_runtime::endpoint::Endpoint;
use bindery_runtime::prepare::{Manner, Outgoing};
use bindery_runtime::sign::{Algorithm, Stamp};
use serde_json::json;
use std::time::Duration;

/// An answer that says every secret in every spelling, and the request itself.
fn chatty(seen: &crate::world::Seen, status: u16, as_page: bool) -> Vec<Act> {
    let all = [KEY_SECRET, TOKEN, PASSWORD, PIN].map(spellings).concat().join(" | ");
    let message = format!("{all} | {} | {}", seen.everything(), seen.target);
    let body = if as_page {
        format!("<html>{message}</html>")
    } else {
        let details = json!({"AuthAction": message, "Query": seen.query});
        json!({"Success": false, "Code": message, "Message": message, "ErrCode": message, "RequestId": message,
            "Recommend": message, "AccessDeniedDetail": details})
        .to_string()
    };
    let headers = format!("x-acs-request-id: {}\r\nWWW-Authenticate: {all:?}\r\n", seen.target);
    vec![Act::answer(status, &headers.replace(|c: char| !c.is_ascii(), ""), &body)]
}

#[tokio::test]
async fn no_secret_is_shown() {
    let (traces, _guard) = listen();
    let broken = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{";
    let server = Server::deciding(move |number, seen| match number % 14 {
        0 => vec![Act::Reset],
        1 => vec![Act::Hang],
        2 => vec![Act::send(broken), Act::Reset],
        3 => vec![Act::send("SSH-2.0\r\n"), Act::Close],
        4 => vec![Act::Echo(200)],
        5 => chatty(seen, 302, false),
        6 => chatty(seen, 500, true),
        7 => chatty(seen, 407, true),
        even => chatty(seen, [200, 400, 403, 429, 500, 503][even - 8], false),
    })
    .await;
    for algorithm in [Algorithm::Acs3HmacSha256, Algorithm::Rpc1HmacSha1] {
        for in_form in [false, true] {
            tracing::callsite::rebuild_interest_cache();
            let mut builder =
                client(&server.url()).algorithm(algorithm).attempts(1).attempt_timeout(Duration::from_millis(300));
            if in_form {
                builder = builder.secrets_in_form();
            }
            leaks_nothing(&format!("{builder:?} {builder:#?}"));
            let client = builder.build().unwrap();
            leaks_nothing(&format!("{client:?} {client:#?}"));
            for number in 0..14 {
                let action = if number % 2 == 0 { reading() } else { of_kind("spend") };
                // `call` looks at the answer or the error.
                let _ = call(&client, action).await;
            }
        }
    }
    assert_eq!(server.count(), 56);
    leaks_nothing(&format!("{:?} {:#?}", credentials(), credentials()));
    // It has really listened: to the client, and to what it stands on.
    let text = traces.text();
    assert!(text.contains("answered") && text.contains("reqwest"), "{text}");
    leaks_nothing(&text);
}

#[tokio::test]
async fn no_secret_is_shown_where_nobody_answers() {
    let (traces, _guard) = listen();
    let plain = Server::playing(vec![vec![Act::good()]]).await;
    let nobody = crate::server::nobody().await;
    for endpoint in [
        format!("http://127.0.0.1:{nobody}"),
        format!("https://127.0.0.1:{nobody}"),
        format!("https://127.0.0.1:{}", plain.port),
        "http://nobody.invalid".to_owned(),
    ] {
        let client = client(&endpoint).attempts(2).attempt_timeout(Duration::from_millis(300)).build().unwrap();
        for name in ["read", "spend"] {
            let said = call(&client, of_kind(name)).await.unwrap_err().to_string();
            assert!(!said.contains('?') && !said.contains("RegionId"), "{said}");
        }
    }
    leaks_nothing(&traces.text());
}

/// What a request does wrong is logged, or said, without the value.
#[tokio::test]
async fn no_secret_is_shown_of_a_request_that_is_wrong() {
    let (traces, _guard) = listen();
    let server = Server::playing(vec![vec![Act::good()]]).await;
    let action = reading();
    let request = json!({"Password": PASSWORD, "x-acs-pin": [PIN, PIN], "Count": PASSWORD});
    let violations = action.table.check_json(&json!({"Password": PASSWORD}));
    assert!(violations.has_errors());
    let lenient = client(&server.url()).build().unwrap();
    lenient.call(action, wire(action), &violations).await.unwrap();
    assert!(traces.text().contains("Password"), "{}", traces.text());
    let strict = client(&server.url()).strict().build().unwrap();
    for violations in [violations, action.table.check_json(&json!({"Password": [PASSWORD], "x-acs-pin": {"a": PIN}}))] {
        let error = strict.call(action, action.table.json_to_wire(&request), &violations).await.unwrap_err();
        assert_eq!(kind(&error), "validation");
        leaks_nothing(&format!("{error} {error:?} {error:#?}"));
    }
    leaks_nothing(&traces.text());
}

#[test]
fn no_secret_is_shown_of_a_request_on_its_way() {
    for algorithm in [Algorithm::Acs3HmacSha256, Algorithm::Rpc1HmacSha1] {
        for secrets_in_form in [false, true] {
            let manner = Manner {
                endpoint: Endpoint::parse("example.com").unwrap(),
                user_agent: "test".to_owned(),
                algorithm,
                format: Default::default(),
                secrets_in_form,
            };
            let wire = wire(reading());
            leaks_nothing(&format!("{wire:?} {manner:?}"));
            let outgoing = Outgoing::new(reading(), wire, &manner).unwrap();
            leaks_nothing(&format!("{outgoing:?} {outgoing:#?}"));
            let stamp = Stamp::fresh(jiff::Timestamp::now()).unwrap();
            let signed = outgoing.sign(&credentials(), &stamp).unwrap();
            leaks_nothing(&format!("{signed:?} {signed:#?}"));
            // What somebody else's HTTP client gets, it may log: headers at least do not tell.
            let request = signed.into_http().unwrap();
            leaks_nothing(&format!("{:?}", request.headers()));
        }
    }
}

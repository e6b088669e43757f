//! Spans of a call and of its attempts, as OpenTelemetry names what they tell (semantic conventions 1.45, RPC and HTTP).

use crate::server::{Act, Server};
use crate::traces::{Entry, listen};
use crate::world::{call, client, of_kind, reading};

fn field<'a>(entry: &'a Entry, name: &str) -> Option<&'a str> {
    entry.fields.get(name).map(String::as_str)
}

#[tokio::test]
async fn a_call_that_is_repeated() {
    let (traces, _guard) = listen();
    let server = Server::playing(vec![vec![Act::answer(500, "", "{}")], vec![Act::Reset], vec![Act::good()]]).await;
    let port = server.port.to_string();
    call(&client(&server.url()).build().unwrap(), reading()).await.unwrap();

    let calls = traces.spans("call");
    assert_eq!(calls.len(), 1);
    for (name, value) in [
        ("otel.name", Some("Shop/DescribeThing")),
        ("otel.kind", Some("client")),
        ("otel.status_code", None),
        ("error.type", None),
        ("rpc.system.name", Some("alibaba_cloud")),
        ("rpc.method", Some("Shop/DescribeThing")),
        ("server.address", Some("127.0.0.1")),
        ("server.port", Some(port.as_str())),
        ("http.response.status_code", Some("200")),
        ("http.request.resend_count", Some("2")),
        ("alibaba_cloud.request_id", Some("ID-1")),
    ] {
        assert_eq!(field(&calls[0], name), value, "{name}");
    }
    let attempts = traces.spans("attempt");
    let told: Vec<_> = attempts
        .iter()
        .map(|one| {
            assert_eq!((one.parent, field(one, "otel.kind")), (Some("call"), Some("client")));
            assert_eq!((field(one, "otel.name"), field(one, "http.request.method")), (Some("POST"), Some("POST")));
            assert_eq!((field(one, "server.address"), field(one, "server.port")), (Some("127.0.0.1"), Some(&*port)));
            assert_eq!(field(one, "url.full"), Some(&*format!("http://127.0.0.1:{port}/")));
            ["http.request.resend_count", "http.response.status_code", "error.type", "otel.status_code"]
                .map(|name| field(one, name))
        })
        .collect();
    assert_eq!(
        told,
        [
            [None, Some("500"), Some("500"), Some("ERROR")],
            [Some("1"), None, Some("transport"), Some("ERROR")],
            [Some("2"), Some("200"), None, None]
        ]
    );
    // How long each took, for who looks at logs and not at spans.
    let entries = traces.entries();
    let events = entries.iter().filter(|entry| entry.parent == Some("attempt") && !entry.is_span);
    let latencies: Vec<_> = events.filter_map(|event| field(event, "elapsed_ms")?.parse::<u128>().ok()).collect();
    assert_eq!(latencies.len(), 3, "{}", traces.text());
}

#[tokio::test]
async fn a_call_that_fails() {
    let (traces, _guard) = listen();
    let body = r#"{"Code": "Throttling.User", "RequestId": "ID-7"}"#;
    let server = Server::playing(vec![vec![Act::answer(429, "", body)]]).await;
    call(&client(&server.url()).build().unwrap(), of_kind("spend")).await.unwrap_err();
    let calls = traces.spans("call");
    for (name, value) in [
        ("otel.status_code", Some("ERROR")),
        ("error.type", Some("throttled")),
        ("rpc.response.status_code", Some("Throttling.User")),
        ("http.response.status_code", Some("429")),
        ("http.request.resend_count", None),
        ("alibaba_cloud.request_id", Some("ID-7")),
    ] {
        assert_eq!(field(&calls[0], name), value, "{name}");
    }
}

//! Proxies that the environment names: used, passed by where it says so, and their passwords never shown.

use crate::server::{Act, Server};
use crate::traces::listen;
use crate::world::{alone, call, kind, leaks_nothing, reading};
use std::time::Duration;

const PASSWORD: &str = "pr0xy-s3cret";
/// `us-er:pr0xy-s3cret`, as the header holds it.
const ENCODED: &str = "dXMtZXI6cHIweHktczNjcmV0";

/// Makes one call, and prints what became of it and all that was logged meanwhile.
#[tokio::test]
async fn child() {
    let Some(endpoint) = crate::child::endpoint() else {
        let service = good().await;
        assert!(told(&service.url(), &[]).await.contains("\nanswer"));
        assert_eq!(service.count(), 1);
        return;
    };
    let (traces, _guard) = listen();
    let built = alone(&endpoint).attempts(1).attempt_timeout(Duration::from_secs(2)).build().unwrap();
    match call(&built, reading()).await {
        Ok(answer) => println!("\nanswer {answer}"),
        Err(error) => println!("\n{}: {error} {error:?}", kind(&error)),
    }
    println!("{built:?} {}", traces.text());
}

/// What a child says that has these variables.
async fn told(endpoint: &str, variables: &[(&str, &str)]) -> String {
    let said = crate::child::run("proxies::child", endpoint, variables).await;
    leaks_nothing(&said);
    for secret in [PASSWORD, ENCODED] {
        assert!(!said.contains(secret), "{said}");
    }
    said
}

async fn good() -> Server {
    Server::playing(vec![vec![Act::good()]]).await
}

fn through(proxy: &Server) -> String {
    format!("http://us-er:{PASSWORD}@127.0.0.1:{}", proxy.port)
}

#[tokio::test]
async fn requests_go_through_the_proxy() {
    let (proxy, service) = (good().await, good().await);
    let url = through(&proxy);
    for (number, name) in ["http_proxy", "HTTP_PROXY", "ALL_PROXY"].iter().enumerate() {
        let said = told(&service.url(), &[(name, &url)]).await;
        assert!(said.contains("\nanswer"), "{said}");
        assert_eq!((proxy.count(), service.count()), (number + 1, 0), "{name}");
    }
    let seen = &proxy.seen()[0];
    assert!(seen.target.starts_with(&format!("{}/?", service.url())), "{}", seen.target);
    assert_eq!(seen.header("proxy-authorization"), format!("Basic {ENCODED}"));
}

#[tokio::test]
async fn or_by_it() {
    let (proxy, service) = (good().await, good().await);
    let url = through(&proxy);
    let named = service.url().replace("127.0.0.1", "localhost");
    let exceptions =
        [("127.0.0.1", service.url()), ("127.0.0.0/8", service.url()), ("localhost", named.clone()), ("*", named)];
    for (number, (except, endpoint)) in exceptions.iter().enumerate() {
        let said = told(endpoint, &[("HTTP_PROXY", &url), ("NO_PROXY", except)]).await;
        assert!(said.contains("\nanswer"), "{said}");
        assert_eq!((proxy.count(), service.count()), (0, number + 1), "{except}");
    }
    told(&service.url(), &[("HTTP_PROXY", &url), ("NO_PROXY", "example.com")]).await;
    assert_eq!(proxy.count(), 1);
}

/// What is encrypted goes through a tunnel: the proxy sees the host and no more.
#[tokio::test]
async fn what_is_encrypted_goes_through_a_tunnel() {
    let other = good().await;
    let refusal = Act::answer(
        407,
        &format!("Location: {}/\r\nProxy-Authenticate: Basic realm=\"x\"\r\n", other.url()),
        "<html>Log in</html>",
    );
    for (script, wanted) in [
        (vec![refusal], "transport connect"),
        (vec![Act::answer(302, &format!("Location: {}/\r\n", other.url()), "")], "transport connect"),
        (vec![Act::answer(503, "", "")], "transport connect"),
        (vec![Act::Reset], "transport connect"),
        (vec![Act::Hang], "timeout"),
        (vec![Act::send("HTTP/1.1 200 OK\r\n\r\n"), Act::send("no TLS at all"), Act::Close], "transport"),
    ] {
        let proxy = Server::playing(vec![script.clone()]).await;
        let said = told("https://shop.example.com", &[("HTTPS_PROXY", &through(&proxy))]).await;
        assert!(said.contains(&format!("\n{wanted}")), "{script:?}: {said}");
        let seen = proxy.seen();
        assert_eq!((seen.len(), seen[0].method.as_str()), (1, "CONNECT"));
        assert_eq!(seen[0].target, "shop.example.com:443");
        assert!(!seen[0].everything().contains("Password"), "{}", seen[0].head);
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_proxy_that_is_not_there() {
    let url = format!("http://us-er:{PASSWORD}@127.0.0.1:{}", crate::server::nobody().await);
    for endpoint in ["http://shop.example.com", "https://shop.example.com"] {
        let said = told(endpoint, &[("ALL_PROXY", &url)]).await;
        assert!(said.contains("\ntransport connect") && said.contains("the proxy settings"), "{said}");
    }
}

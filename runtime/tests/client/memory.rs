//! What a server can make the client hold: no more than the limit allows, however much it sends.

use crate::server::{Act, Server};
use crate::world::{alone, call, kind, reading};

/// The most that this process has ever held, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Makes one call that fails, and prints what became of it and how much memory it took.
#[tokio::test]
async fn child() {
    let Some(endpoint) = crate::child::endpoint() else {
        let server = Server::playing(vec![vec![Act::answer(500, "", "{}")]]).await;
        let said = crate::child::run("memory::child", &server.url(), &[]).await;
        assert!(said.contains("\nservice 500 HTTP500"), "{said}");
        return;
    };
    let client = alone(&endpoint).attempts(1).build().unwrap();
    let before = peak();
    let error = call(&client, reading()).await.unwrap_err();
    println!("\n{}: {error}", kind(&error));
    if let (Some(before), Some(after)) = (before, peak()) {
        println!("\npeak: {after} grown by: {}", after - before);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_gibibytes_are_not_held() {
    let head = |more: &str| Act::send(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{more}\r\n"));
    for script in [
        vec![head(""), Act::Chunks(10 << 30)],
        vec![head("Content-Encoding: gzip\r\n"), Act::Gzip(10 << 10)],
        vec![Act::send("HTTP/1.1 200 OK\r\n"), Act::Send(b"X-A: b\r\n".repeat(8192), 1 << 20, Default::default())],
    ] {
        let server = Server::playing(vec![script]).await;
        let said = crate::child::run("memory::child", &server.url(), &[]).await;
        assert!(said.contains("\ntransport answer"), "{said}");
        if let Some(line) = said.lines().find_map(|line| line.strip_prefix("peak: ")) {
            let numbers: Vec<u64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
            assert!(numbers[0] <= 64 << 10, "{line} KiB");
        }
        assert!(server.bytes_sent() < 64 << 20, "{} bytes were sent", server.bytes_sent());
    }
}

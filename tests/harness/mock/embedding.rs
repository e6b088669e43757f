//! The service inside a test: started, asked, looked at, stopped; from code with and without async.

use super::http::exchange;
use super::{builder, dts, specs};
use bindery::mock::{self, Builder};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

fn ask(address: SocketAddr, query: &str) -> std::io::Result<super::http::Answer> {
    let host = [("host".to_owned(), address.to_string())];
    exchange(address, "GET", &format!("/?Version=2024-05-01&{query}"), &host, b"")
}

#[test]
fn one_line_starts_it_and_the_environment_points_at_it() {
    let mock = mock::start(dts()).unwrap();
    let environment = mock.environment();
    let value = |name: &str| environment.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!(value("ALIBABA_CLOUD_DTS_ENDPOINT"), Some(mock.url().as_str()));
    assert_eq!(value("ALIBABA_CLOUD_DANGEROUS_ALLOW_HTTP"), Some("true"));
    assert_eq!(value("ALIBABA_CLOUD_ACCESS_KEY_ID"), Some(mock::ACCESS_KEY_ID));
    assert_eq!(value("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), Some(mock::ACCESS_KEY_SECRET));
    assert!(value("ALIBABA_CLOUD_REGION_ID").is_some_and(|region| region.contains('-')));
    assert_eq!(value("ALIBABA_CLOUD_SECURITY_TOKEN"), None);
    assert!(mock.address().ip().is_loopback());
}

#[test]
fn what_came_is_told_and_secrets_are_not() {
    let mock = builder().specs(specs("post")).remember(2).start().unwrap();
    for query in ["Action=Forgotten", "Action=SendParcel&Address=a&Pin=hunter2&Pinn=hunter2", "Action=Send&Pin=hunter2"]
    {
        ask(mock.address(), query).unwrap();
    }
    let received = mock.requests();
    let told: Vec<(&str, u16)> = received.iter().map(|one| (one.action.as_str(), one.status)).collect();
    assert_eq!(told, [("SendParcel", 400), ("Send", 404)]);
    assert_eq!(received[0].parameter("Address"), Some("a"));
    assert_eq!(received[0].parameter("Pin"), Some("***"));
    assert_eq!(received[0].unknown().collect::<Vec<_>>(), ["Pinn"]);
    assert_eq!((received[0].signature, received[0].code.as_deref()), (None, Some("MissingSignature")));
    assert!(!format!("{received:?}").contains("hunter2"));
    mock.forget_requests();
    assert!(mock.requests().is_empty());
}

#[test]
fn stopping_waits_for_what_is_under_way_and_frees_the_port() {
    let scenario = super::folder().join("api-specs/post/2024-05-01/scenarios/slow.json");
    let mock = builder().without_verification().specs(specs("post")).scenario(scenario.to_str().unwrap());
    let mock = mock.start().unwrap();
    let address = mock.address();
    let asking = thread::spawn(move || ask(address, "Action=ListParcels&Format=JSON").unwrap());
    while mock.requests().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    let began = Instant::now();
    mock.stop();
    assert!(began.elapsed() >= Duration::from_millis(100), "{:?}", began.elapsed());
    let answer = asking.join().unwrap();
    assert!(answer.status == 200 && answer.is_whole);
    assert!(TcpStream::connect(address).is_err());
    drop(TcpListener::bind(address).unwrap());
}

#[test]
fn dropping_stops_at_once() {
    let mock = Builder::new().without_verification().specs(specs("post")).scenario("endless").start().unwrap();
    let address = mock.address();
    let asking = thread::spawn(move || ask(address, "Action=ListParcels&Format=JSON").is_err());
    while mock.requests().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    let began = Instant::now();
    drop(mock);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert!(asking.join().unwrap());
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn it_can_be_started_and_stopped_inside_a_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mock = builder().without_verification().specs(specs("post")).start().unwrap();
        let address = mock.address();
        let answer = tokio::task::spawn_blocking(move || ask(address, "Action=ListParcels&Format=JSON")).await;
        assert_eq!(answer.unwrap().unwrap().status, 200);
        mock.stop();
    });
}

#[test]
fn many_ask_at_the_same_time() {
    let mock = builder().without_verification().specs(specs("post")).scenario("life").start().unwrap();
    let address = mock.address();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            thread::spawn(move || {
                for _ in 0..25 {
                    let answer = ask(address, "Action=SendParcel&Address=a&Pin=1234&Format=JSON").unwrap();
                    assert_eq!(answer.status, 200, "{}", answer.body);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let answer = ask(address, "Action=ListParcels&Format=JSON&PageSize=1").unwrap();
    assert!(answer.body.contains("\"Total\":201"), "{}", answer.body);
}

#[test]
fn a_body_beyond_the_limit_is_refused() {
    let mock = builder().without_verification().specs(specs("post")).body_limit(1000).start().unwrap();
    let headers = [("host".to_owned(), "x".to_owned()), ("x-acs-action".to_owned(), "SendParcel".to_owned())];
    let answer = exchange(mock.address(), "POST", "/", &headers, &[b'a'; 1001]).unwrap();
    assert_eq!(answer.status, 413, "{}", answer.body);
    assert!(exchange(mock.address(), "POST", "/", &headers, &[b'a'; 1000]).unwrap().status != 413);
}

#[test]
fn what_keeps_it_from_starting_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let cases = [
        (Builder::new(), "there are no specs to serve"),
        (Builder::new().specs("nowhere"), "product.json"),
        (Builder::new().specs(specs("post")).scenario("live"), "known scenarios: endless, life, slow, troubles"),
        (Builder::new().specs(specs("post")).scenario("nowhere/at-all.json"), "there is no such file"),
        (Builder::new().specs(specs("post")).at("yesterday"), "2006-01-02T15:04:05Z"),
        (Builder::new().specs(specs("post")).listen(taken.local_addr().unwrap()), "cannot listen"),
    ];
    for (builder, said) in cases {
        let problem = builder.start().unwrap_err().to_string();
        assert!(problem.contains(said), "{problem}");
    }
}

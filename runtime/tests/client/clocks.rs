//! Nonces that are used once, and clocks that are wrong.

use crate::fake::Fake;
use crate::server::{Act, Server};
use crate::surroundings::at;
use crate::world::{KEY_SECRET, alone, call, client, kind, reading};
use bindery_runtime::error::Error;
use bindery_runtime::sign::Stamp;
use jiff::{SignedDuration, Timestamp};

/// A million nonces from many threads, under a clock that stands still.
#[test]
fn nonces_are_used_once() {
    const THREADS: usize = 64;
    const EACH: usize = 15_625;
    let now = Timestamp::UNIX_EPOCH;
    let made: Vec<_> = (0..THREADS)
        .map(|_| {
            std::thread::spawn(move || -> Vec<u128> {
                let number = |nonce: String| u128::from_str_radix(&nonce, 16).unwrap();
                (0..EACH).map(|_| number(Stamp::fresh(now).unwrap().nonce)).collect()
            })
        })
        .collect();
    let mut all: Vec<u128> = made.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    let count = all.len();
    // Every bit is as often 1 as 0.
    for bit in 0..128 {
        let ones = all.iter().filter(|nonce| *nonce >> bit & 1 == 1).count();
        assert!((count / 2 - 5000..count / 2 + 5000).contains(&ones), "bit {bit}: {ones}");
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!((all.len(), count), (1_000_000, 1_000_000));
}

/// Whatever the clock says, and whatever language the machine speaks, a date is ASCII; the service's complaint about it
/// is told with the difference, and nothing is sent again.
#[tokio::test]
async fn clocks_that_are_wrong() {
    let now = Timestamp::now();
    let times = [
        (now + SignedDuration::from_hours(1), "3600 s ahead of"),
        (now - SignedDuration::from_hours(1), "3600 s behind"),
        (now + SignedDuration::from_hours(24), "86400 s ahead of"),
        (now - SignedDuration::from_hours(24), "86400 s behind"),
        ("1970-01-01T00:00:00Z".parse().unwrap(), "behind"),
        ("2016-12-31T23:59:60Z".parse().unwrap(), "behind"),
        ("2038-01-19T03:14:08Z".parse().unwrap(), "ahead of"),
        ("2100-02-28T23:59:59.999999999Z".parse().unwrap(), "ahead of"),
        ("9999-12-30T00:00:00Z".parse().unwrap(), "ahead of"),
    ];
    for (time, said) in times {
        let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let body =
            r#"{"Code": "InvalidTimeStamp.Expired", "Message": "Specified time stamp or date value is expired."}"#;
        let server = Server::playing(vec![vec![Act::answer(400, &format!("Date: {date}\r\n"), body)]]).await;
        let client = client(&server.url()).surroundings(at(time)).build().unwrap();
        let error = call(&client, reading()).await.unwrap_err();
        let seen = server.seen();
        assert_eq!((kind(&error).as_str(), seen.len()), ("service 400 InvalidTimeStamp.Expired", 1), "{time}");
        assert!(error.to_string().contains(said), "{time}: {error}");
        let sent = seen[0].header("x-acs-date");
        assert_eq!(sent, time.to_string().split('.').next().unwrap().trim_end_matches('Z').to_owned() + "Z");
        assert!(sent.is_ascii() && sent.len() == 20 && seen[0].is_signed_with(KEY_SECRET), "{sent}");
        let Error::Service(cause) = error else { unreachable!() };
        let wanted = time.as_second() - now.as_second();
        assert!(cause.clock_ahead.is_some_and(|ahead| (ahead - wanted).abs() <= 1), "{cause:?}");
    }
}

/// A date of the service that makes no sense is passed over.
#[tokio::test]
async fn the_services_clock_may_be_wrong_too() {
    for date in ["", "soon", "Thu, 99 Foo 2026 00:00:00 GMT", "9999999999999", "Mon, 01 Jan 0001 00:00:00 GMT"] {
        let http = Fake::new(move |_| {
            let headers: &[_] = vec![("Date", date)].leak();
            Some((400, headers, r#"{"Code": "InvalidTimeStamp.Format"}"#))
        });
        let client = alone("http://127.0.0.1:1").http_client(http.clone()).build().unwrap();
        let error = call(&client, reading()).await.unwrap_err();
        assert_eq!((kind(&error).as_str(), http.count()), ("service 400 InvalidTimeStamp.Format", 1), "{date}");
    }
}

//! How often, how soon and how much in all is sent again.

use crate::fake::{BAD, Fake, GOOD};
use crate::world::{alone, call, kind, of_kind, reading};
use bindery_runtime::client::Client;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

fn with(http: &Arc<Fake>) -> Client {
    alone("http://127.0.0.1:1").http_client(http.clone()).build().unwrap()
}

/// When a service is down, clients that repeat everything keep it down: what one may spend on it ends.
#[tokio::test(start_paused = true)]
async fn the_quota_ends() {
    let http = Fake::new(|_| BAD);
    let client = with(&http);
    for number in 1..=50 {
        call(&client, reading()).await.unwrap_err();
        assert_eq!(http.count(), number * 3);
    }
    // Clones share it; another client has one of its own.
    for number in 1..=20 {
        let error = call(&client.clone(), reading()).await.unwrap_err();
        assert_eq!((kind(&error).as_str(), http.count()), ("service 500 Failed", 150 + number));
    }
    let other = with(&http);
    call(&other, reading()).await.unwrap_err();
    assert_eq!(http.count(), 173);
}

#[tokio::test(start_paused = true)]
async fn success_fills_the_quota() {
    let http = Fake::new(|number| if (150..155).contains(&number) { GOOD } else { BAD });
    let client = with(&http);
    for _ in 0..50 {
        call(&client, reading()).await.unwrap_err();
    }
    for _ in 0..5 {
        call(&client, reading()).await.unwrap();
    }
    // Five good calls pay for one repetition.
    call(&client, reading()).await.unwrap_err();
    assert_eq!(http.count(), 157);
    call(&client, reading()).await.unwrap_err();
    assert_eq!(http.count(), 158);
}

/// Full jitter: anything up to a bound that doubles, so that clients do not come back all at once.
#[tokio::test(start_paused = true)]
async fn pauses_differ() {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        let http = Fake::new(|_| BAD);
        call(&with(&http), reading()).await.unwrap_err();
        let times = http.times.lock().unwrap();
        first.push((times[1] - times[0]).as_micros());
        second.push((times[2] - times[1]).as_micros());
    }
    // The clock of the runtime has steps of a millisecond.
    for (pauses, bound) in [(first, 100_000 + 2_000), (second, 200_000 + 2_000)] {
        let (least, most) = (pauses.iter().min().unwrap(), pauses.iter().max().unwrap());
        assert!(*least < bound / 10 && *most > bound / 10 * 8 && *most <= bound, "{least} to {most} of {bound}");
        let mean = pauses.iter().sum::<u128>() / 200;
        assert!((bound / 10 * 4..bound / 10 * 6).contains(&mean), "{mean} of {bound}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_asks_for_time_gets_it() {
    let http = Fake::new(|number| match number {
        0 => Some((503, &[("Retry-After", "7")], "{}")),
        1 => Some((429, &[("x-acs-retry-after", "2500")], r#"{"Code": "Throttling.User"}"#)),
        _ => GOOD,
    });
    call(&with(&http), of_kind("token")).await.unwrap();
    let times = http.times.lock().unwrap();
    let pauses = [(times[1] - times[0]).as_millis(), (times[2] - times[1]).as_millis()];
    assert!((7000..7102).contains(&pauses[0]) && (2500..2602).contains(&pauses[1]), "{pauses:?}");
}

/// Who has no time left is told what went wrong, and not only that the time is over.
#[tokio::test(start_paused = true)]
async fn nobody_waits_beyond_the_end() {
    for millis in [1, 50, 150, 400] {
        let http = Fake::new(|_| BAD);
        let whole = Duration::from_millis(millis);
        let client =
            alone("http://127.0.0.1:1").http_client(http.clone()).attempts(1000).timeout(whole).build().unwrap();
        let begun = Instant::now();
        let error = call(&client, reading()).await.unwrap_err();
        assert_eq!(kind(&error), "service 500 Failed");
        assert!(begun.elapsed() <= whole + Duration::from_millis(1), "{:?} of {whole:?}", begun.elapsed());
    }
}

//! Credentials over time and for several callers: one asks for all, ahead of the end, and nothing is lost on the way.

use crate::server::{Loopback, Reply};
use crate::world::{World, outside};
use bindery_runtime::credentials::{AssumeRole, Cached, Credentials, CredentialsError, Profile, ProvideCredentials};
use bindery_runtime::http::BoxFuture;
use bindery_runtime::surroundings::{Outside, Surroundings};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A service that numbers what it gives. `life`: seconds until the end; zero: it fails.
struct Service {
    http: Arc<Loopback>,
    world: Arc<World>,
    life: Arc<AtomicU64>,
}

impl Service {
    async fn start() -> Service {
        let (world, life) = (Arc::new(World::new()), Arc::new(AtomicU64::new(3600)));
        let (clock, lasts, count) = (Arc::clone(&world), Arc::clone(&life), AtomicUsize::new(0));
        let http = Loopback::start(move |_| {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            let life = i64::try_from(lasts.load(Ordering::SeqCst)).unwrap();
            if life == 0 {
                return Reply::Answer(500, json!({"Code": "InternalError", "RequestId": "R-1"}).to_string());
            }
            let end = clock.now() + SignedDuration::from_secs(life);
            let found = json!({"AccessKeyId": format!("STS.{number}"), "AccessKeySecret": "s", "SecurityToken": "t",
                "Expiration": end.to_string()});
            Reply::Answer(200, json!({"Credentials": found}).to_string())
        })
        .await;
        Service { http, world, life }
    }

    fn outside(&self) -> Outside {
        outside(&self.world, &self.http)
    }

    fn role(&self) -> Arc<Cached<AssumeRole>> {
        let endpoint = format!("http://{}", self.http.address());
        Arc::new(Cached::new(AssumeRole::new(Credentials::new("Id1", "key"), "acs:ram::1:role/r").endpoint(endpoint)))
    }

    fn requests(&self) -> usize {
        self.http.asked().len()
    }

    fn lasts(&self, seconds: u64) {
        self.life.store(seconds, Ordering::SeqCst);
    }
}

async fn id(source: &impl ProvideCredentials, outside: &Outside) -> String {
    source.provide(outside).await.unwrap().access_key_id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_callers_share_one_request() {
    let service = Service::start().await;
    let role = service.role();
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let (role, outside) = (Arc::clone(&role), service.outside());
            tokio::spawn(async move { role.provide(&outside).await.unwrap() })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap().access_key_id, "STS.1");
    }
    assert_eq!(service.requests(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_callers_share_one_failure_and_the_next_one_asks_again() {
    let service = Service::start().await;
    service.lasts(0);
    let role = service.role();
    let outside = service.outside();
    let callers = (0..100).map(|_| role.provide(&outside));
    let outcomes = futures_util::future::join_all(callers).await;
    assert!(
        outcomes.iter().all(|outcome| outcome.as_ref().is_err_and(|error| error.message.contains("InternalError")))
    );
    assert_eq!(service.requests(), 1);
    service.lasts(3600);
    assert_eq!(id(&*role, &outside).await, "STS.2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_callers_of_a_profile_share_one_request() {
    let service = Service::start().await;
    service.world.write(
        "~/.aliyun/config.json",
        r#"{"current": "p", "profiles": [{"name": "p", "mode": "RamRoleArn", "access_key_id": "Id1",
            "access_key_secret": "key", "ram_role_arn": "acs:ram::1:role/r"}]}"#,
    );
    let profile = Profile::new();
    let outside = service.outside();
    let outcomes = futures_util::future::join_all((0..100).map(|_| profile.provide(&outside))).await;
    assert!(outcomes.iter().all(|outcome| outcome.as_ref().is_ok_and(|found| found.access_key_id == "STS.1")));
    assert_eq!(service.requests(), 1);
}

#[tokio::test]
async fn they_are_renewed_fifteen_minutes_ahead_of_the_end() {
    let service = Service::start().await;
    let (role, outside) = (service.role(), service.outside());
    assert_eq!(id(&*role, &outside).await, "STS.1");
    service.world.wait(2699);
    assert_eq!(id(&*role, &outside).await, "STS.1");
    assert_eq!(service.requests(), 1);
    service.world.wait(1);
    assert_eq!(id(&*role, &outside).await, "STS.2");
    assert_eq!(service.requests(), 2);
}

#[tokio::test]
async fn a_failed_renewal_leaves_the_old_ones_in_use_while_they_are_valid() {
    let service = Service::start().await;
    let (role, outside) = (service.role(), service.outside());
    assert_eq!(id(&*role, &outside).await, "STS.1");
    service.lasts(0);
    service.world.wait(2700);
    for _ in 0..10 {
        assert_eq!(id(&*role, &outside).await, "STS.1");
    }
    assert_eq!(service.requests(), 2, "one try, and not one a call");
    service.world.wait(30);
    assert_eq!(id(&*role, &outside).await, "STS.1");
    assert_eq!(service.requests(), 3, "the next try after half a minute");
    service.world.wait(870);
    let error = role.provide(&outside).await.unwrap_err();
    assert_eq!(
        error.message,
        "STS AssumeRole: the service refuses (InternalError, HTTP 500; request R-1). Look the code up in the vendor's \
         documentation of STS, or try again.",
        "their end has come"
    );
    service.lasts(3600);
    assert_eq!(id(&*role, &outside).await, "STS.5");
}

#[tokio::test]
async fn short_lives_are_not_renewed_at_every_call() {
    let service = Service::start().await;
    service.lasts(600);
    let (role, outside) = (service.role(), service.outside());
    for _ in 0..10 {
        assert_eq!(id(&*role, &outside).await, "STS.1");
        service.world.wait(39);
    }
    service.world.wait(10);
    assert_eq!(id(&*role, &outside).await, "STS.2");
    assert_eq!(service.requests(), 2);
}

#[tokio::test]
async fn what_has_ended_on_arrival_is_an_error_or_the_old_ones_stay() {
    let service = Service::start().await;
    let outside = service.outside();
    let source = Cached::new(Clockwork);
    service.world.set("LIFE", "-1");
    let said = "the credentials that static_ak gives have ended at 2025-12-31T23:59:59Z, and this machine's clock says \
                2026-01-01T00:00:00Z: get new ones, or set the clock";
    assert_eq!(source.provide(&outside).await.unwrap_err().message, said);
    service.world.set("LIFE", "3600");
    assert_eq!(id(&source, &outside).await, "3600");
    service.world.wait(2700);
    service.world.set("LIFE", "-1");
    assert_eq!(id(&source, &outside).await, "3600");
    service.world.wait(900);
    assert!(source.provide(&outside).await.is_err());
}

/// Gives what ends after as many seconds as a variable says.
#[derive(Debug)]
struct Clockwork;

impl ProvideCredentials for Clockwork {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let life = outside.machine.variable("LIFE").unwrap();
            let mut found = Credentials::new(life.clone(), "s");
            found.expires = Some(outside.machine.now() + SignedDuration::from_secs(life.parse().unwrap()));
            Ok(found)
        })
    }
}

/// A source that answers when it is told to.
#[derive(Debug)]
struct Gate {
    open: Semaphore,
    asked: AtomicUsize,
    life: Option<SignedDuration>,
}

impl Gate {
    fn new(life: Option<SignedDuration>) -> Arc<Gate> {
        Arc::new(Gate { open: Semaphore::new(0), asked: AtomicUsize::new(0), life })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until the source has been asked so often.
    async fn until_asked(&self, times: usize) {
        let asked = async {
            while self.asked() < times {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), asked).await.expect("the source is not asked");
    }
}

impl ProvideCredentials for Gate {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            let open = tokio::time::timeout(Duration::from_secs(5), self.open.acquire()).await;
            open.expect("the source is asked once too often").unwrap().forget();
            let mut found = Credentials::new(format!("Gate.{number}"), "s");
            found.expires = self.life.map(|life| outside.machine.now() + life);
            Ok(found)
        })
    }
}

#[tokio::test]
async fn nobody_waits_for_a_renewal_but_the_one_who_makes_it() {
    let service = Service::start().await;
    let outside = service.outside();
    let gate = Gate::new(Some(SignedDuration::from_secs(3600)));
    let source = Arc::new(Cached::new(Arc::clone(&gate)));
    gate.open.add_permits(1);
    assert_eq!(id(&*source, &outside).await, "Gate.1");
    service.world.wait(2700);
    let renewing = tokio::spawn({
        let (source, outside) = (Arc::clone(&source), outside.clone());
        async move { id(&*source, &outside).await }
    });
    gate.until_asked(2).await;
    for _ in 0..10 {
        assert_eq!(id(&*source, &outside).await, "Gate.1");
    }
    gate.open.add_permits(1);
    assert_eq!(renewing.await.unwrap(), "Gate.2");
    assert_eq!(id(&*source, &outside).await, "Gate.2");
    assert_eq!(gate.asked(), 2);
}

#[tokio::test]
async fn a_caller_that_gives_up_leaves_its_turn_to_the_next() {
    let service = Service::start().await;
    let outside = service.outside();
    let gate = Gate::new(Some(SignedDuration::from_secs(3600)));
    let source = Arc::new(Cached::new(Arc::clone(&gate)));
    let call = || {
        let (source, outside) = (Arc::clone(&source), outside.clone());
        tokio::spawn(async move { id(&*source, &outside).await })
    };
    let first = call();
    gate.until_asked(1).await;
    let others: Vec<_> = (0..10).map(|_| call()).collect();
    tokio::time::sleep(Duration::from_millis(20)).await;
    first.abort();
    gate.until_asked(2).await;
    gate.open.add_permits(1);
    for other in others {
        assert_eq!(other.await.unwrap(), "Gate.2");
    }
    assert_eq!(gate.asked(), 2);

    // The same for a renewal: the next caller makes it.
    service.world.wait(2700);
    let renewing = call();
    gate.until_asked(3).await;
    renewing.abort();
    assert!(renewing.await.unwrap_err().is_cancelled());
    gate.open.add_permits(1);
    assert_eq!(id(&*source, &outside).await, "Gate.4");
}

#[tokio::test]
async fn credentials_without_an_end_are_asked_for_again_after_a_while() {
    let service = Service::start().await;
    let outside = service.outside();
    let gate = Gate::new(None);
    gate.open.add_permits(10);
    let source = Cached::new(Arc::clone(&gate));
    for (seconds, expected) in [(0, "Gate.1"), (899, "Gate.1"), (1, "Gate.2")] {
        service.world.wait(seconds);
        assert_eq!(id(&source, &outside).await, expected);
    }
}

#[tokio::test]
async fn a_time_ahead_that_is_given_counts() {
    let service = Service::start().await;
    let outside = service.outside();
    let gate = Gate::new(Some(SignedDuration::from_secs(3600)));
    gate.open.add_permits(10);
    let source = Cached::ahead(Arc::clone(&gate), Duration::from_secs(180));
    for (seconds, expected) in [(0, "Gate.1"), (3419, "Gate.1"), (1, "Gate.2")] {
        service.world.wait(seconds);
        assert_eq!(id(&source, &outside).await, expected);
    }
}

#[tokio::test]
async fn a_command_is_run_again_three_minutes_ahead_of_the_end() {
    let mut world = World::new();
    let end: Timestamp = "2026-01-01T01:00:00Z".parse().unwrap();
    let printed = json!({"mode": "StsToken", "access_key_id": "Ext1", "access_key_secret": "s", "sts_token": "t",
        "expiration": end.to_string()});
    world.commands.as_mut().unwrap().insert(vec!["getkey".to_owned()], Ok(printed.to_string()));
    world.write(
        "~/.aliyun/config.json",
        r#"{"current": "p", "profiles": [{"name": "p", "mode": "External", "process_command": "getkey"}]}"#,
    );
    let world = Arc::new(world);
    let http = Loopback::start(|_| Reply::Refused).await;
    let outside = outside(&world, &http);
    let profile = Profile::new();
    for (seconds, runs) in [(0, 1), (3419, 1), (1, 2)] {
        world.wait(seconds);
        assert_eq!(id(&profile, &outside).await, "Ext1");
        assert_eq!(*world.runs.lock().unwrap(), runs);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_is_really_run_and_no_shell_reads_it() {
    let mut world = World::new();
    world.commands = None;
    let command = r#"printf '{"access_key_id": "%s", "access_key_secret": "key"}' '$HOME;`id`'"#;
    let config = json!({"current": "p", "profiles": [{"name": "p", "mode": "External", "process_command": command}]});
    world.write("~/.aliyun/config.json", &config.to_string());
    let world = Arc::new(world);
    let http = Loopback::start(|_| Reply::Refused).await;
    assert_eq!(id(&Profile::new(), &outside(&world, &http)).await, "$HOME;`id`");
}

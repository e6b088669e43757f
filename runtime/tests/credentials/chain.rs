//! What sources remember: which one answered, and what a file said.

use crate::server::{Loopback, Reply};
use crate::world::{World, full, outside};
use bindery_runtime::credentials::{EcsRole, Ini, Profile, ProvideCredentials, Uri, default_chain};
use bindery_runtime::http::{Bytes, HttpOptions, Limits, Request, Reqwest, TransportErrorKind};
use bindery_runtime::surroundings::Outside;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const CONFIG: &str = "~/.aliyun/config.json";

fn config(id: &str) -> String {
    let profile = json!({"name": "p", "mode": "AK", "access_key_id": id, "access_key_secret": "key"});
    json!({"current": "p", "profiles": [profile]}).to_string()
}

#[tokio::test]
async fn a_source_is_remembered_after_a_success_alone() {
    let world = Arc::new(World::new());
    let is_instance = Arc::new(AtomicBool::new(false));
    let there = Arc::clone(&is_instance);
    let http = Loopback::start(move |asked| {
        if !there.load(Ordering::SeqCst) {
            return Reply::Refused;
        }
        Reply::Answer(
            200,
            match asked.line.rsplit('/').next().unwrap() {
                "token" => "imds".to_owned(),
                "" => "web".to_owned(),
                _ => json!({"Code": "Success", "AccessKeyId": "Ecs1", "AccessKeySecret": "s", "SecurityToken": "t",
                    "Expiration": "2026-01-01T06:00:00Z"})
                .to_string(),
            },
        )
    })
    .await;
    let outside = outside(&world, &http);
    let chain = default_chain();
    for _ in 0..2 {
        // A chain that remembered a failure would ask its last source only, and say less.
        let error = chain.provide(&outside).await.unwrap_err();
        assert_eq!(error.message.lines().count(), 8, "{error}");
    }
    is_instance.store(true, Ordering::SeqCst);
    assert_eq!(chain.provide(&outside).await.unwrap().access_key_id, "Ecs1");
    let requests = http.asked().len();
    // A key that appears later does not change who signs; another chain sees it.
    world.set("ALIBABA_CLOUD_ACCESS_KEY_ID", "EnvId");
    world.set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "key");
    let found = chain.provide(&outside).await.unwrap();
    assert_eq!((found.access_key_id.as_str(), &*found.provider), ("Ecs1", "default/ecs_ram_role"));
    assert_eq!(http.asked().len(), requests, "it is kept");
    assert_eq!(default_chain().provide(&outside).await.unwrap().access_key_id, "EnvId");
    // Nor does the end of the instance's credentials.
    is_instance.store(false, Ordering::SeqCst);
    world.wait(6 * 3600);
    let error = chain.provide(&outside).await.unwrap_err();
    assert!(error.message.starts_with("ECS metadata: no answer from 100.100.100.200"), "{error}");
}

#[tokio::test]
async fn variables_are_read_at_every_call() {
    let world = Arc::new(World::new());
    let http = Loopback::start(|_| Reply::Refused).await;
    let outside = outside(&world, &http);
    let chain = default_chain();
    world.set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "key");
    for id in ["First", "Second"] {
        world.set("ALIBABA_CLOUD_ACCESS_KEY_ID", id);
        assert_eq!(chain.provide(&outside).await.unwrap().access_key_id, id);
    }
}

#[tokio::test]
async fn a_change_of_a_file_counts_at_once_and_a_half_written_one_does_not() {
    let world = Arc::new(World::new());
    let http = Loopback::start(|_| Reply::Refused).await;
    let outside = outside(&world, &http);
    let (profile, ini) = (Profile::new(), Ini::new());
    for id in ["First", "Second"] {
        world.write(CONFIG, &config(id));
        world.write(
            "~/.alibabacloud/credentials",
            &format!("[default]\ntype=access_key\naccess_key_id={id}\naccess_key_secret=key\n"),
        );
        assert_eq!(profile.provide(&outside).await.unwrap().access_key_id, id);
        assert_eq!(ini.provide(&outside).await.unwrap().access_key_id, id);
    }
    let text = config("Third");
    world.write(CONFIG, text.get(..text.len() / 2).unwrap());
    world.write("~/.alibabacloud/credentials", "[default");
    assert_eq!(profile.provide(&outside).await.unwrap().access_key_id, "Second");
    assert_eq!(ini.provide(&outside).await.unwrap().access_key_id, "Second");
    // Another profile has no last state.
    world.set("ALIBABA_CLOUD_PROFILE", "q");
    assert!(profile.provide(&outside).await.is_err());
    assert!(ini.provide(&outside).await.is_err());
    world.set("ALIBABA_CLOUD_PROFILE", "");
    // A file that is gone is gone: somebody has logged out.
    world.files.lock().unwrap().remove(&full(CONFIG));
    assert_eq!(profile.provide(&outside).await.unwrap_err().message, "~/.aliyun/config.json: there is no such file");
}

#[tokio::test]
async fn clients_do_not_share_credentials() {
    let http = Loopback::start(|_| Reply::Refused).await;
    let chain = Arc::new(default_chain());
    let worlds: Vec<_> = ["One", "Two"]
        .map(|id| {
            let world = Arc::new(World::new());
            world.write(CONFIG, &config(id));
            (id, outside(&world, &http))
        })
        .into_iter()
        .collect();
    for _ in 0..100 {
        for (id, outside) in &worlds {
            let own = default_chain();
            assert_eq!(own.provide(outside).await.unwrap().access_key_id, *id);
            // Even one chain in two worlds says what each world holds.
            assert_eq!(chain.provide(outside).await.unwrap().access_key_id, *id);
        }
    }
}

#[tokio::test]
async fn the_real_client_reaches_services_of_this_machine_without_encryption() {
    let http = Loopback::start(|asked| match asked.line.rsplit('/').next().unwrap() {
        "token" => Reply::Answer(200, "imds".to_owned()),
        _ => Reply::Answer(
            200,
            json!({"Code": "Success", "AccessKeyId": "Ecs1", "AccessKeySecret": "s", "SecurityToken": "t",
                "Expiration": "2026-01-01T06:00:00Z"})
            .to_string(),
        ),
    })
    .await;
    let real = Arc::new(Reqwest::new(&HttpOptions::default()).unwrap());
    let outside = Outside { machine: Arc::new(World::new()), http: real };
    let address = format!("http://{}", http.address());
    let instance = EcsRole::new().role("web").endpoint(&address);
    assert_eq!(instance.provide(&outside).await.unwrap().access_key_id, "Ecs1");
    let local = Uri::at(format!("{address}/keys?for=me"));
    assert_eq!(local.provide(&outside).await.unwrap().access_key_id, "Ecs1");
    let lines: Vec<String> = http.asked().into_iter().map(|asked| asked.line.replace(&address, "")).collect();
    assert_eq!(
        lines,
        ["PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/web", "GET /keys?for=me"]
    );
    assert_eq!(http.asked().get(1).unwrap().header("x-aliyun-ecs-metadata-token"), Some("imds"));
    // Everything else stays encrypted.
    let request = Request::get(format!("{address}/keys")).body(Bytes::new()).unwrap();
    let second = Duration::from_secs(1);
    let limits = Limits { connect: second, total: second, body: 1 };
    assert_eq!(outside.http.send(request, limits).await.unwrap_err().kind, TransportErrorKind::Request);
}

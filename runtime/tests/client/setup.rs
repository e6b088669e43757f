//! Endpoints, regions and texts for headers: what is refused before anything is done with it, and without showing it.

use crate::server::{Act, Server};
use crate::surroundings::with;
use crate::world::{API, KEY_ID, KEY_SECRET, alone, client, credentials, kind, leaks_nothing, operation, wire};
use bindery_runtime::client::{Builder, Client};
use bindery_runtime::credentials::{Credentials, CredentialsError, ProvideCredentials};
use bindery_runtime::http::BoxFuture;
use bindery_runtime::operation::Effect;
use bindery_runtime::surroundings::Outside;
use serde_json::json;

const ENDPOINTS: [&str; 32] = [
    "user@example.com",
    "user:password@example.com",
    "https://user:password@example.com",
    "example.com/path",
    "https://example.com/",
    "example.com?query",
    "example.com#fragment",
    "example.com\r\nHost: evil.invalid",
    "example.com\n",
    "example.com\t",
    "\texample.com",
    " example.com",
    "example.com\0",
    "example.com\\@evil.invalid",
    "http:\\\\example.com",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "[fe80::1%25eth0]",
    "[fe80::1%eth0]",
    "[::1",
    "example.com.",
    "EXAMPLE.com",
    "b\u{fc}cher.example.com",
    "\u{ff41}.example.com",
    "example.com:0",
    "example.com:65536",
    "example.com:-1",
    "example.com:",
    "",
    "file:///etc/passwd",
];

const REGIONS: [&str; 9] = [
    "cn-hangzhou.evil.invalid/",
    "cn-x\r\nX-Injected: PWNED_MARKER",
    "../",
    "@",
    "",
    "cn-hangzhou@evil.invalid",
    "CN-HANGZHOU",
    "cn-hangzhou ",
    "{network}",
];

fn refused(builder: Builder, value: &str) {
    let said = builder.build().map(|_| format!("{value:?} passed")).unwrap_err().to_string();
    assert!(value.len() < 4 || !said.contains(value), "{value:?} is shown: {said}");
}

#[test]
fn endpoints_and_regions_are_held_to_a_grammar() {
    for value in ENDPOINTS {
        refused(Client::builder(&API).dangerous_allow_http().endpoint(value), value);
        let set = with(&[("ALIBABA_CLOUD_SHOP_ENDPOINT", value)]);
        refused(Client::builder(&API).dangerous_allow_http().surroundings(set).environment(), value);
    }
    for value in REGIONS {
        refused(Client::builder(&API).region(value), value);
        refused(Client::builder(&API).surroundings(with(&[("ALIBABA_CLOUD_REGION_ID", value)])).environment(), value);
        refused(Client::builder(&API).region("cn-hangzhou").network(value).endpoint(value), value);
    }
    refused(Client::builder(&API).region("cn-hangzhou").network("vpc.evil.invalid"), "vpc.evil.invalid");
    let built = Client::builder(&API).region("cn-hangzhou").network("vpc").build().unwrap();
    assert!(format!("{built:?}").contains("shop-vpc.cn-hangzhou.example.com"));
}

#[test]
fn without_encryption_only_on_demand() {
    let said = |builder: Builder| builder.build().map(|_| "it passed".to_owned()).unwrap_or_else(|e| e.to_string());
    let plain = || Client::builder(&API).endpoint("http://127.0.0.1:1");
    let refusal = said(plain());
    assert!(refusal.contains("dangerous_allow_http") && refusal.contains("not encrypted"), "{refusal}");
    assert_eq!(said(plain().dangerous_allow_http()), "it passed");
    for (value, passes) in [("true", true), ("1", false), ("TRUE", true), ("false", false), ("", false)] {
        let machine = with(&[("ALIBABA_CLOUD_DANGEROUS_ALLOW_HTTP", value)]);
        assert_eq!(said(plain().surroundings(machine.clone()).environment()) == "it passed", passes, "{value}");
        // Who does not ask for the environment does not get it.
        assert_ne!(said(plain().surroundings(machine)), "it passed");
    }
}

/// Gives what no source of ours would.
#[derive(Debug)]
struct Unchecked(Credentials);

impl ProvideCredentials for Unchecked {
    fn provide<'a>(&'a self, _: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

#[tokio::test]
async fn control_characters_never_reach_a_header() {
    let server = Server::playing(vec![vec![Act::good()]]).await;
    let action = operation("DescribeThing", Effect::Read, false);
    for bad in ["a\rb", "a\nb", "a\r\nX-Injected: PWNED_MARKER", "a\0b", "\u{1b}[31m", "a\u{7f}"] {
        let keys = [
            Credentials::new(bad, KEY_SECRET),
            Credentials::new(KEY_ID, format!("{KEY_SECRET}{bad}")),
            credentials().with_token(format!("token{bad}")),
        ];
        for key in keys {
            let client = client(&server.url()).credentials(key).build().unwrap();
            let error = crate::world::call(&client, action).await.unwrap_err();
            assert_eq!(kind(&error), "credentials");
            assert!(!format!("{error} {error:?}").contains(bad), "{error:?}");
        }
        for key in [Credentials::new(bad, KEY_SECRET), credentials().with_token(format!("token{bad}"))] {
            let client = client(&server.url()).credentials(Unchecked(key)).build().unwrap();
            let error = crate::world::call(&client, action).await.unwrap_err();
            assert_eq!(kind(&error), "configuration");
            assert!(!format!("{error} {error:?}").contains(bad), "{error:?}");
        }
        let built = alone(&server.url()).user_agent(bad).build();
        assert!(!built.unwrap_err().to_string().contains(bad));
        let client = client(&server.url()).build().unwrap();
        for name in ["x-acs-note", "x-acs-pin"] {
            let wire = action.table.json_to_wire(&json!({name: bad}));
            let error = client.call(action, wire, &Default::default()).await.unwrap_err();
            let said = format!("{error} {error:?}");
            assert_eq!(kind(&error), "configuration");
            assert!(said.contains(name) && !said.contains(bad), "{said}");
        }
    }
    assert_eq!((server.count(), server.connections()), (0, 0));
    // What is no control character is the service's affair.
    let built = client(&server.url()).user_agent("shop/1.2 (test)").build().unwrap();
    let texts = action.table.json_to_wire(&json!({"x-acs-note": "gr\u{fc}n, \u{4e2d}", "x-acs-pin": " blanks "}));
    built.call(action, texts, &Default::default()).await.unwrap();
    let seen = &server.seen()[0];
    assert!(seen.is_signed_with(KEY_SECRET));
    assert_eq!((seen.header("x-acs-note"), seen.header("x-acs-pin")), ("gr\u{fc}n, \u{4e2d}", "blanks"));
    assert!(seen.header("user-agent").ends_with(" shop/1.2 (test)"), "{}", seen.header("user-agent"));
    leaks_nothing(&format!("{built:?} {:?}", wire(action)));
}

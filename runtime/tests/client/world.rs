//! What is called and with which secrets, how an error is told in a word, and what came to a server.

use bindery_runtime::client::{Builder, Client};
use bindery_runtime::credentials::Credentials;
use bindery_runtime::error::Error;
use bindery_runtime::http::{HttpOptions, Reqwest};
use bindery_runtime::operation::{Api, Effect, Endpoints, Operation, Protocol};
use bindery_runtime::sign::{Algorithm, acs3, rpc1};
use bindery_runtime::table::{Kind, Parameter, Place, Shape, Table};
use bindery_runtime::wire::Wire;
use serde_json::{Value as Json, json};
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use tokio::runtime::{Handle, Id};

pub static API: Api = Api {
    product: "Shop",
    version: "2024-01-01",
    protocol: Protocol::Rpc,
    endpoints: Endpoints { pattern: Some("shop{network}.{region}.example.com"), regions: &[] },
};

pub static TEXT: Shape = Shape::of(Kind::Text);
static NUMBER: Shape = Shape::of(Kind::Integer);
static HIDDEN: Shape = Shape { sensitive: true, max_length: Some(16), ..Shape::of(Kind::Text) };

const PARAMETERS: [Parameter; 5] = [
    Parameter::of("RegionId", &TEXT),
    Parameter::of("Password", &HIDDEN),
    Parameter::of("Count", &NUMBER),
    Parameter { place: Place::Header, ..Parameter::of("x-acs-note", &TEXT) },
    Parameter { place: Place::Header, ..Parameter::of("x-acs-pin", &HIDDEN) },
];

/// An action that makes one kind of difference, with a parameter for a client token or without.
pub fn operation(action: &'static str, effect: Effect, has_token: bool) -> &'static Operation {
    let mut parameters = Vec::from(PARAMETERS);
    if has_token {
        parameters.push(Parameter::of("ClientToken", &TEXT));
    }
    operation_of(action, parameters, effect, has_token.then_some(PARAMETERS.len() as u16))
}

/// An action with parameters of its own. Tests make few of them.
pub fn operation_of(
    action: &'static str,
    parameters: Vec<Parameter>,
    effect: Effect,
    token: Option<u16>,
) -> &'static Operation {
    let table = Box::leak(Box::new(Table { action, parameters: Box::leak(parameters.into_boxed_slice()), rules: &[] }));
    Box::leak(Box::new(Operation { api: &API, table, method: "POST", path: "/", effect, token }))
}

pub fn reading() -> &'static Operation {
    operation("DescribeThing", Effect::Read, false)
}

/// Each of the kinds that the cases speak of.
pub fn of_kind(kind: &str) -> &'static Operation {
    match kind {
        "read" => reading(),
        "write" => operation("ModifyThing", Effect::Write, false),
        "spend" => operation("BuyThing", Effect::Spend, false),
        "token" => operation("BuyThingOnce", Effect::Spend, true),
        other => panic!("no such kind: {other}"),
    }
}

pub const KEY_ID: &str = "LTAI5tTestKeyId";
pub const KEY_SECRET: &str = "kEy+s3cr3t/=%&\"<>'{}";
pub const TOKEN: &str = "CAIS+t0ken/==%22&amp;<>\"'";
pub const PASSWORD: &str = "pa ss+%\"&<x>'\\/\u{e9}\u{4e2d}\u{1f600}";
pub const PIN: &str = "p1n+c0de/=%&\"<>'";

/// A request with secrets in all places.
pub fn wire(operation: &'static Operation) -> Wire {
    operation.table.json_to_wire(&json!({
        "RegionId": "cn-hangzhou", "Password": PASSWORD, "Count": 3, "x-acs-note": "a note", "x-acs-pin": PIN,
    }))
}

pub fn credentials() -> Credentials {
    Credentials::new(KEY_ID, KEY_SECRET).with_token(TOKEN)
}

/// A client of a server on this machine. To read the machine's certificates takes time: all within a runtime, which
/// connections cannot leave, share what came of it.
pub fn client(url: &str) -> Builder {
    static SHARED: Mutex<Vec<(Id, Arc<Reqwest>)>> = Mutex::new(Vec::new());
    let here = Handle::current().id();
    let mut shared = SHARED.lock().unwrap();
    let known = shared.iter().find(|(id, _)| *id == here).map(|(_, http)| http.clone());
    let http = known.unwrap_or_else(|| {
        let options = HttpOptions { allow_http: true, ..HttpOptions::default() };
        let http = Arc::new(Reqwest::new(&options).unwrap());
        shared.push((here, http.clone()));
        http
    });
    alone(url).http_client(http)
}

/// The same with connections of its own.
pub fn alone(url: &str) -> Builder {
    Client::builder(&API).endpoint(url).dangerous_allow_http().credentials(credentials())
}

pub async fn call(client: &Client, operation: &'static Operation) -> Result<Json, Error> {
    let answer = client.call(operation, wire(operation), &Default::default()).await;
    if let Ok(answer) = &answer {
        leaks_nothing(&format!("{answer:?} {answer:#?}"));
    }
    if let Err(error) = &answer {
        leaks_nothing(&format!("{error} {error:?} {error:#?}"));
    }
    answer.map(|answer| answer.body)
}

/// An error in a word or two, as the cases write it.
pub fn kind(error: &Error) -> String {
    match error {
        Error::Validation { .. } => "validation".to_owned(),
        Error::Configuration(_) => "configuration".to_owned(),
        Error::Credentials { .. } => "credentials".to_owned(),
        Error::Transport { cause, .. } => format!("transport {:?}", cause.kind).to_lowercase(),
        Error::Timeout { .. } => "timeout".to_owned(),
        Error::Throttled { cause, .. } => format!("throttled {} {}", cause.status, cause.code),
        Error::Service(cause) => format!("service {} {}", cause.status, cause.code),
        Error::Decode { status, .. } => format!("decode {status}"),
        Error::MayHaveBeenApplied { cause, .. } => format!("may have been applied: {}", kind(cause)),
        other => panic!("{other}"),
    }
}

/// Every way in which a secret may be written that a person, or a program, reads back at a glance.
pub fn spellings(secret: &str) -> Vec<String> {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
    let percent = |upper: bool| {
        let mut out = String::new();
        for byte in secret.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
                _ if upper => write!(out, "%{byte:02X}").unwrap(),
                _ => write!(out, "%{byte:02x}").unwrap(),
            }
        }
        out
    };
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![
        secret.to_owned(),
        format!("{secret:?}").trim_matches('"').to_owned(),
        secret.replace('\\', "\\\\").replace('\'', "\\'"),
        json!(secret).to_string().trim_matches('"').to_owned(),
        percent(true),
        percent(false),
        percent(true).replace("%20", "+"),
        percent(true).replace('%', "%25"),
        bindery_runtime::sign::encode(secret).into_owned(),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        hex.to_uppercase(),
        hex,
    ];
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether a text shows any of the secrets, in any way.
pub fn leaks_nothing(text: &str) {
    for secret in [KEY_SECRET, TOKEN, PASSWORD, PIN] {
        for spelling in spellings(secret) {
            assert!(!text.contains(&spelling), "{spelling} is in: {text}");
        }
    }
}

/// A request as it came to a server.
#[derive(Debug, Clone)]
pub struct Seen {
    pub head: String,
    pub method: String,
    pub target: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Seen {
    /// The first whole request in these bytes, and its length.
    pub fn parse(bytes: &[u8]) -> Option<(Seen, usize)> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let mut first = lines.next()?.split(' ');
        let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
        let headers: Vec<_> = lines
            .map(|line| line.split_once(':').unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
        let body = bytes.get(end + 4..end + 4 + length)?.to_vec();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let (path, query) = (path.to_owned(), pairs(query));
        Some((Seen { head: head.clone(), method, target, path, query, headers, body }, end + 4 + length))
    }

    pub fn everything(&self) -> String {
        format!("{}\r\n\r\n{}", self.head, String::from_utf8_lossy(&self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or_else(|| panic!("no header {name}: {}", self.head), |(_, value)| value)
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn form(&self) -> Vec<(String, String)> {
        pairs(std::str::from_utf8(&self.body).unwrap())
    }

    pub fn nonce(&self) -> String {
        self.query("SignatureNonce").unwrap_or_else(|| self.header("x-acs-signature-nonce")).to_owned()
    }

    pub fn signature(&self) -> String {
        self.query("Signature").unwrap_or_else(|| self.header("authorization")).to_owned()
    }

    /// Whether the signature is the one that this secret gives, as a service finds out.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
        }
        if let Some(signature) = self.query("Signature") {
            let form = self.form();
            let mut all = borrowed(&self.query);
            all.retain(|(name, _)| *name != "Signature");
            all.extend(borrowed(&form));
            return rpc1::signature(secret, &rpc1::string_to_sign(&self.method, &all)) == signature;
        }
        let authorization = self.header("authorization");
        let part = |name: &str| authorization.split([' ', ',']).find_map(|part| part.strip_prefix(name)).unwrap();
        let names: Vec<_> = part("SignedHeaders=").split(';').collect();
        for needed in ["host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"] {
            assert!(names.contains(&needed), "{needed} is not signed");
        }
        let mut headers = borrowed(&self.headers);
        headers.retain(|(name, _)| names.contains(name));
        let algorithm = Algorithm::Acs3HmacSha256;
        let hash = acs3::payload_hash(algorithm, &self.body);
        assert_eq!(self.header("x-acs-content-sha256"), hash);
        let canonical = acs3::canonical_request(&self.method, &self.path, &borrowed(&self.query), &headers, &hash);
        let signature = acs3::signature(algorithm, secret, &acs3::string_to_sign(algorithm, &canonical));
        part("Signature=") == signature
    }
}

/// Pairs as a URL or a form holds them, decoded.
fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let plain = text.replace('+', " ");
        percent_encoding::percent_decode_str(&plain).decode_utf8().unwrap().into_owned()
    };
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

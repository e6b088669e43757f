//! What `bindery request` does, for many requests in one process: reads a JSON object a line, prepares and signs the request
//! that it describes, and writes it as a JSON object a line.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's tool")]

use bindery::{pipeline, tables};
use bindery_runtime::Json;
use bindery_runtime::credentials::Credentials;
use bindery_runtime::endpoint::Endpoint;
use bindery_runtime::operation::Operation;
use bindery_runtime::prepare::{Format, Manner, Outgoing, Signed};
use bindery_runtime::sign::{Algorithm, Stamp};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let specs = std::env::args().nth(1).unwrap();
    let loaded = pipeline::load(Path::new(&specs));
    let given = loaded.api.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let api = tables::api(&given);
    let operations: BTreeMap<&str, &'static Operation> =
        given.actions.iter().map(|action| (action.name.as_str(), tables::operation(&given, action, api))).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let job: Json = serde_json::from_str(&line?)?;
        let signed = signed(operations[job["action"].as_str().unwrap()], &job);
        let headers: Vec<_> = signed.headers.iter().map(|field| field.pair()).collect();
        let body = String::from_utf8_lossy(&signed.body);
        writeln!(out, "{}", json!({"method": signed.method, "url": signed.url(), "headers": headers, "body": body}))?;
    }
    out.flush()
}

fn signed(operation: &'static Operation, job: &Json) -> Signed {
    let text = |name: &str| job[name].as_str().unwrap().to_owned();
    let manner = Manner {
        endpoint: Endpoint::parse(&text("endpoint")).unwrap(),
        user_agent: "bindery".to_owned(),
        algorithm: match job["algorithm"].as_str() {
            Some("v2") => Algorithm::Rpc1HmacSha1,
            Some("ACS3-HMAC-SM3") => Algorithm::Acs3HmacSm3,
            _ => Algorithm::Acs3HmacSha256,
        },
        format: Format::Json,
        secrets_in_form: false,
    };
    let mut credentials = Credentials::new(text("access_key_id"), text("access_key_secret"));
    if let Some(token) = job["security_token"].as_str() {
        credentials = credentials.with_token(token);
    }
    let stamp = Stamp { nonce: text("nonce"), date: text("date") };
    let outgoing = Outgoing::new(operation, operation.table.json_to_wire(&job["request"]), &manner).unwrap();
    outgoing.sign(&credentials, &stamp).unwrap()
}

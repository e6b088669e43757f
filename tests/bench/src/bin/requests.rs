//! Requests that are signed and ready for a socket, for a load generator that cannot sign: `requests ACTION COUNT`.
//!
//! They go to stdout as raw HTTP/1.1, one right behind the other and all of the same length, which stands in the first
//! line. The host that they name is the real service's, wherever they are sent.

use bindery_runtime::credentials::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Credentials};
use bindery_runtime::endpoint::Endpoint;
use bindery_runtime::operation::Operation;
use bindery_runtime::prepare::{Format, Manner, Outgoing, Signed};
use bindery_runtime::sign::{Algorithm, Stamp};
use bindery_runtime::surroundings::{Machine, Surroundings};
use bindery_runtime::{Call, Request};
use std::error::Error;
use std::io::{self, BufWriter, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (operation, wire, count) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["status", count] => (operation(&bindery_bench::status()), bindery_bench::status().to_wire(), count),
        ["configure", count] => (operation(&bindery_bench::full()), bindery_bench::full().to_wire(), count),
        _ => return Err("usage: requests status|configure COUNT".into()),
    };
    let count: usize = count.parse()?;
    let manner = Manner {
        endpoint: Endpoint::parse("dts.aliyuncs.com")?,
        user_agent: "bindery-bench".to_owned(),
        algorithm: Algorithm::default(),
        format: Format::Json,
        secrets_in_form: false,
    };
    let credentials = Credentials::new(std::env::var(ACCESS_KEY_ID)?, std::env::var(ACCESS_KEY_SECRET)?);
    let outgoing = Outgoing::new(operation, wire, &manner)?;
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut length = None;
    for _ in 0..count {
        let raw = raw(&outgoing.sign(&credentials, &Stamp::fresh(Machine.now())?)?);
        if length.is_none() {
            writeln!(out, "{}", raw.len())?;
        }
        if *length.get_or_insert(raw.len()) != raw.len() {
            return Err("requests of one action differ in length".into());
        }
        out.write_all(raw.as_bytes())?;
    }
    Ok(out.flush()?)
}

fn operation<R: Call>(_: &R) -> &'static Operation {
    R::OPERATION
}

fn raw(signed: &Signed) -> String {
    let url = signed.url();
    let target = url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or("/");
    let mut raw = format!("{} {target} HTTP/1.1\r\n", signed.method);
    for field in &signed.headers {
        raw.push_str(&format!("{}: {}\r\n", field.name, field.value));
    }
    raw.push_str(&format!("content-length: {}\r\n\r\n", signed.body.len()));
    raw.push_str(std::str::from_utf8(&signed.body).unwrap_or_default());
    raw
}

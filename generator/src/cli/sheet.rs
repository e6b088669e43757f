//! A request as it goes out, for people and programs to look at: as JSON or as a command. What is secret is left out
//! unless it is asked for.

use super::curl;
use crate::diag::Diagnostic;
use bindery_runtime::prepare::{Outgoing, Signed};
use bindery_runtime::wire::{Field, Wire};
use serde_json::Value;

/// What stands for a secret.
pub(super) const HIDDEN: &str = "***";

/// The hash of the body: of a body with a password in it, that is enough to try passwords.
const HASH: &str = "x-acs-content-sha256";

/// The wire form without its secrets.
pub(super) fn veiled(mut wire: Wire) -> Wire {
    for fields in [&mut wire.query, &mut wire.form, &mut wire.headers, &mut wire.path, &mut wire.host, &mut wire.body] {
        fields.iter_mut().for_each(veil);
    }
    wire
}

fn veil(field: &mut Field) {
    if field.is_sensitive() {
        HIDDEN.clone_into(&mut field.value);
    }
}

/// A request that nobody has signed.
pub(super) fn unsigned(outgoing: Outgoing) -> Signed {
    Signed {
        method: outgoing.operation.method,
        endpoint: outgoing.endpoint,
        path: outgoing.path,
        query: outgoing.query,
        headers: outgoing.headers,
        body: outgoing.body,
        string_to_sign: String::new(),
    }
}

/// A signed request without its secrets: `safe` is the same request, made of the wire form without them.
pub(super) fn without_secrets(mut signed: Signed, safe: Outgoing) -> Signed {
    signed.query.iter_mut().chain(&mut signed.headers).for_each(veil);
    if safe.body != signed.body {
        let hashes = signed.headers.iter_mut().filter(|field| field.name == HASH);
        hashes.for_each(|field| HIDDEN.clone_into(&mut field.value));
    }
    Signed { path: safe.path, body: safe.body, string_to_sign: String::new(), ..signed }
}

/// `{method, url, query, headers, body}`, a pair a line.
pub(super) fn json(request: &Signed) -> String {
    let pairs = |fields: &[Field]| {
        let pair = |field: &Field| format!("    [{}, {}]", text(&field.name), text(&field.value));
        match fields {
            [] => "[]".to_owned(),
            _ => format!("[\n{}\n  ]", fields.iter().map(pair).collect::<Vec<_>>().join(",\n")),
        }
    };
    let text = format!(
        "{{\n  \"method\": {},\n  \"url\": {},\n  \"query\": {},\n  \"headers\": {},\n  \"body\": {}\n}}\n",
        text(request.method),
        text(&request.url()),
        pairs(&request.query),
        pairs(&request.headers),
        text(&String::from_utf8_lossy(&request.body)),
    );
    inert(&text)
}

/// A JSON string.
fn text(text: &str) -> String {
    Value::from(text).to_string()
}

/// A command that sends the request. The signature is a secret here: a command is made for passing on.
pub(super) fn command(mut request: Signed, hide: bool) -> Result<String, Diagnostic> {
    if hide {
        for field in &mut request.query {
            if field.name == "Signature" {
                HIDDEN.clone_into(&mut field.value);
            }
        }
        for field in &mut request.headers {
            if let Some((before, _)) = field.value.split_once("Signature=").filter(|_| field.name == "Authorization") {
                field.value = format!("{before}Signature={HIDDEN}");
            }
        }
    }
    curl::command(&request)
}

/// JSON as a terminal may show it: what could move its cursor or turn its text around is escaped.
pub(super) fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let hidden = (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if hidden {
            out += &format!("\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

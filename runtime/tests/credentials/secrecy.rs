//! Whether a secret can be seen: as it is, in Base64, in hexadecimal, percent-encoded.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The secrets of a text, the words that begin with `S3cret`, that can be seen in what is shown.
pub fn leaks(text: &str, shown: &str) -> Vec<String> {
    let lower = shown.to_lowercase();
    let mut out = Vec::new();
    let words = text.match_indices("S3cret").map(|(at, _)| {
        let rest = text.get(at..).unwrap();
        rest.get(..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())).unwrap()
    });
    for secret in words.chain(["S3cretUser"]) {
        let bytes = secret.as_bytes();
        let hex = |mark: &str| {
            bytes.iter().fold(String::new(), |mut out, byte| {
                write!(out, "{mark}{byte:02x}").unwrap();
                out
            })
        };
        // Within a longer text Base64 looks different: what is whole groups of three at each of three offsets.
        let base64 = (0..3).flat_map(|skip| {
            let bytes = bytes.get(skip..).unwrap();
            let whole = bytes.get(..bytes.len() / 3 * 3).unwrap();
            [STANDARD_NO_PAD.encode(whole), URL_SAFE_NO_PAD.encode(whole)]
        });
        let seen = shown.contains(secret)
            || base64.into_iter().any(|text| shown.contains(&text))
            || lower.contains(&hex("%"))
            || lower.contains(&hex(""));
        if seen {
            out.push(format!("{secret} can be seen in: {shown}"));
        }
    }
    out
}

/// What this thread logs.
pub struct Log {
    lines: Arc<Mutex<String>>,
    _guard: tracing::subscriber::DefaultGuard,
}

impl Log {
    pub fn start() -> Log {
        let lines = Arc::new(Mutex::new(String::new()));
        let guard = tracing::subscriber::set_default(Writer(Arc::clone(&lines)));
        Log { lines, _guard: guard }
    }

    pub fn text(&self) -> String {
        self.lines.lock().unwrap().clone()
    }
}

struct Writer(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Writer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("bindery")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Line(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn the_search_finds_every_form() {
    let secret = "S3cretKeyOfTheCase";
    for skip in 0..3 {
        let inside = format!("{}{secret}zz", "a".repeat(skip));
        let hex: String = inside.bytes().map(|byte| format!("{byte:02X}")).collect();
        let percent: String = inside.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for shown in [inside.clone(), STANDARD_NO_PAD.encode(&inside), hex, percent] {
            assert_eq!(leaks(secret, &shown).len(), 1, "{shown}");
        }
    }
    assert!(leaks(secret, "a secret key of a case").is_empty());
}

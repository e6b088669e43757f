//! Our signatures against another implementation of the same functions, for keys and texts of every kind.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bindery_runtime::sign::{Algorithm, acs3, rpc1};
use proptest::prelude::*;
use ring::{digest, hmac};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn agree(secret: &str, text: &str) {
    let sha256 = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let theirs = hex(hmac::sign(&sha256, text.as_bytes()).as_ref());
    assert_eq!(acs3::signature(Algorithm::Acs3HmacSha256, secret, text), theirs, "{secret:?}");
    let hash = hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    assert_eq!(acs3::payload_hash(Algorithm::Acs3HmacSha256, text.as_bytes()), hash);

    let sha1 = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, format!("{secret}&").as_bytes());
    let theirs = STANDARD.encode(hmac::sign(&sha1, text.as_bytes()));
    assert_eq!(rpc1::signature(secret, text), theirs, "{secret:?}");
}

#[test]
fn keys_around_the_size_of_a_block() {
    for length in [0, 1, 19, 20, 31, 32, 62, 63, 64, 65, 127, 128, 129, 1000] {
        for text in ["", "what do ya want for nothing?", "\u{4e2d}\u{6587}\u{1f600}"] {
            agree(&"k".repeat(length), text);
            agree(&"\u{e9}".repeat(length), text);
        }
    }
}

proptest! {
    #[test]
    fn keys_and_texts_of_any_kind(secret in any::<String>(), text in any::<String>()) {
        agree(&secret, &text);
    }
}

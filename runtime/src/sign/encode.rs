//! Percent-encoding, for signatures, URLs and forms. It is done for every byte that is sent, so that it has no branches.

use std::ops::Range;

/// Of each byte: how it is written, and then how many of these bytes count, with [`LOOSE`] for one that a stricter encoding
/// would not leave alone. The number is written, too, and over it what comes next.
pub(crate) struct Encoding([[u8; 4]; 256]);

const LOOSE: u8 = 0x80;

/// RFC 3986: all but letters, digits and `-_.~`.
pub(crate) static STRICT: Encoding = Encoding::sparing(b"");

/// What a browser's `encodeURIComponent` leaves alone, and the vendor's TypeScript SDK with it.
pub(crate) static COMPONENT: Encoding = Encoding::sparing(b"!*'()");

impl Encoding {
    /// Leaves letters, digits, `-_.~` and these alone.
    const fn sparing(loose: &[u8]) -> Encoding {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let mut table = [[0; 4]; 256];
        let mut code = 0;
        while code < 256 {
            let byte = code as u8;
            table[code] = match byte {
                b'-' | b'_' | b'.' | b'~' => [byte, 0, 0, 1],
                _ if byte.is_ascii_alphanumeric() => [byte, 0, 0, 1],
                _ => [b'%', DIGITS[code >> 4], DIGITS[code & 15], 3],
            };
            code += 1;
        }
        let mut index = 0;
        while index < loose.len() {
            table[loose[index] as usize] = [loose[index], 0, 0, 1 | LOOSE];
            index += 1;
        }
        Encoding(table)
    }

    /// A text, encoded.
    pub(crate) fn text(&'static self, text: &str) -> String {
        let mut written = Written::with_room(self, 3 * text.len());
        written.push(text);
        written.into_text()
    }

    /// Room for `name=value` pairs, joined by `&`.
    pub(crate) fn pairs<'a>(&'static self, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Written {
        Written::with_room(self, pairs.map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum())
    }
}

/// What is being encoded. The room for all of it is there from the start: each byte is written as if it were four.
pub(crate) struct Written {
    encoding: &'static Encoding,
    room: Vec<u8>,
    at: usize,
}

impl Written {
    fn with_room(encoding: &'static Encoding, bytes: usize) -> Written {
        Written { encoding, room: vec![0; bytes + 1], at: 0 }
    }

    /// Whether the strict encoding is another one.
    fn push(&mut self, text: &str) -> bool {
        let (table, room, mut at, mut is_loose) = (&self.encoding.0, self.room.as_mut_slice(), self.at, 0);
        for byte in text.bytes() {
            let written = table[usize::from(byte)];
            if let Some(room) = room.get_mut(at..at + 4) {
                room.copy_from_slice(&written);
            }
            at += usize::from(written[3] & !LOOSE);
            is_loose |= written[3] & LOOSE;
        }
        self.at = at;
        is_loose != 0
    }

    fn push_sign(&mut self, sign: u8) {
        if let Some(room) = self.room.get_mut(self.at) {
            *room = sign;
        }
        self.at += 1;
    }

    /// Writes a pair that room was made for: where it stands, and whether its strict encoding is another one.
    pub(crate) fn push_pair(&mut self, name: &str, value: &str) -> (Range<usize>, bool) {
        if self.at > 0 {
            self.push_sign(b'&');
        }
        let start = self.at;
        let is_loose = self.push(name);
        self.push_sign(b'=');
        let is_loose = self.push(value) || is_loose;
        (start..self.at, is_loose)
    }

    pub(crate) fn into_text(mut self) -> String {
        self.room.truncate(self.at);
        // It is ASCII.
        String::from_utf8(self.room).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{COMPONENT, STRICT};
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    const RFC_3986: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    const BROWSER: &AsciiSet = &RFC_3986.remove(b'!').remove(b'*').remove(b'\'').remove(b'(').remove(b')');

    fn agree(given: &str) {
        for (ours, theirs) in [(&STRICT, RFC_3986), (&COMPONENT, BROWSER)] {
            let encoded = utf8_percent_encode(given, theirs).to_string();
            assert_eq!(ours.text(given), encoded);
            let mut written = ours.pairs([("a", given), (given, "")].into_iter());
            let places = [written.push_pair("a", given), written.push_pair(given, "")];
            let text = written.into_text();
            assert_eq!(text, format!("a={encoded}&{encoded}="));
            let differs = encoded != utf8_percent_encode(given, RFC_3986).to_string();
            let pairs = places.map(|(place, is_loose)| (text[place].to_owned(), is_loose));
            assert_eq!(pairs, [(format!("a={encoded}"), differs), (format!("{encoded}="), differs)]);
        }
    }

    #[test]
    fn every_byte_is_encoded_as_a_crate_for_it_does() {
        agree("");
        (0..=255_u8).for_each(|byte| agree(&char::from(byte).to_string()));
    }

    proptest! {
        #[test]
        fn every_text_is_encoded_as_a_crate_for_it_does(given in any::<String>()) {
            agree(&given);
        }
    }
}

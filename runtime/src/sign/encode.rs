//! Percent-encoding, for signatures, URLs and forms. It is done for every byte that is sent, so that it has no branches.

use std::ops::Range;

/// Of each byte: how it is written, and then how many of these bytes count. The number is written, too, and over it what
/// comes next.
pub(crate) struct Encoding([[u8; 4]; 256]);

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
            table[loose[index] as usize] = [loose[index], 0, 0, 1];
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

    fn push(&mut self, text: &str) {
        let (table, room, mut at) = (&self.encoding.0, self.room.as_mut_slice(), self.at);
        for byte in text.bytes() {
            let written = table[usize::from(byte)];
            if let Some(room) = room.get_mut(at..at + 4) {
                room.copy_from_slice(&written);
            }
            at += usize::from(written[3]);
        }
        self.at = at;
    }

    fn push_sign(&mut self, sign: u8) {
        if let Some(room) = self.room.get_mut(self.at) {
            *room = sign;
        }
        self.at += 1;
    }

    /// Writes a pair that room was made for; where it stands.
    pub(crate) fn push_pair(&mut self, name: &str, value: &str) -> Range<usize> {
        if self.at > 0 {
            self.push_sign(b'&');
        }
        let start = self.at;
        self.push(name);
        self.push_sign(b'=');
        self.push(value);
        start..self.at
    }

    pub(crate) fn into_text(mut self) -> String {
        self.room.truncate(self.at);
        // It is ASCII.
        String::from_utf8(self.room).unwrap_or_default()
    }
}

/// Whether the two encodings of a text differ. It looks at every byte, without branches: so the compiler can take many at
/// once, which stopping at the first one, or a `bool`, would keep it from.
pub(crate) fn is_loose(text: &str) -> bool {
    let loose = |byte| u8::from(byte == b'!') | u8::from(byte >= b'\'') & u8::from(byte <= b'*');
    text.bytes().fold(0, |any, byte| any | loose(byte)) != 0
}

#[cfg(test)]
mod tests {
    use super::{COMPONENT, STRICT, is_loose};
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
            let differs = COMPONENT.text(given) != STRICT.text(given);
            assert_eq!((is_loose(given), text.get(places[1].clone())), (differs, Some(&*format!("{encoded}="))));
            assert_eq!(text[places[0].clone()], format!("a={encoded}"));
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

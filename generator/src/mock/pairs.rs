//! Names and values as they came, decoded and in order. One text holds them all: a request has dozens, and a place of its
//! own for each would cost more than looking at them.

/// Names and values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    text: String,
    /// Where in the text each name ends, and its value.
    ends: Vec<(usize, usize)>,
}

impl Pairs {
    /// Those of a query or a form. What is no UTF-8 is replaced.
    pub fn parse(encoded: &[u8]) -> Pairs {
        let ampersands = encoded.iter().filter(|byte| **byte == b'&').count();
        let mut pairs = Pairs::with_room(ampersands + 1, encoded.len());
        for (name, value) in form_urlencoded::parse(encoded) {
            pairs.push(&name, &value);
        }
        pairs
    }

    /// None yet, and room for some with texts of so many bytes in all.
    pub fn with_room(count: usize, bytes: usize) -> Pairs {
        Pairs { text: String::with_capacity(bytes), ends: Vec::with_capacity(count) }
    }

    /// Adds one behind the others.
    pub fn push(&mut self, name: &str, value: &str) {
        self.text.push_str(name);
        let end = self.text.len();
        self.text.push_str(value);
        self.ends.push((end, self.text.len()));
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        let mut start = 0;
        self.ends.iter().filter_map(move |(middle, end)| {
            let pair = (self.text.get(start..*middle)?, self.text.get(*middle..*end)?);
            start = *end;
            Some(pair)
        })
    }

    /// The value of the first one of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The memory that they take, in bytes.
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<(usize, usize)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_what_another_parser_reads() {
        for encoded in ["", "&", "a", "a=", "=b", "a=1&a=2", "%E5%90%8D=%26+%3D&b=%ff", "a=b=c&&d"] {
            let pairs = Pairs::parse(encoded.as_bytes());
            let other: Vec<_> = form_urlencoded::parse(encoded.as_bytes()).collect();
            assert!(pairs.iter().eq(other.iter().map(|(name, value)| (&**name, &**value))), "{encoded}");
            assert_eq!((pairs.len(), pairs.is_empty()), (other.len(), other.is_empty()), "{encoded}");
        }
        assert_eq!(Pairs::parse(b"a=1&b=&a=2").get("a"), Some("1"));
        assert_eq!(Pairs::parse(b"a=1&b=&a=2").get("b"), Some(""));
        assert_eq!(Pairs::parse(b"a=1").get("c"), None);
    }
}

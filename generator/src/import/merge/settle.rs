//! How the words of several sources under one keyword become one, and who said it stays known.

use super::keyword::{ASSUMED_BY_PAGES, DECLARED};
use super::sources::{Set, Sources};
use super::{Node, Said};
use serde_json::Value;

/// The languages that a text may be in.
const LANGUAGES: [&str; 2] = ["en", "zh"];

/// An action or a parameter that is being put together.
pub struct Settler<'a> {
    sources: &'a Sources,
    pub out: Node,
    from: Node,
    conflicts: Node,
}

impl<'a> Settler<'a> {
    pub fn new(sources: &'a Sources) -> Settler<'a> {
        Settler { sources, out: Node::new(), from: Node::new(), conflicts: Node::new() }
    }

    /// Everything, with who said it.
    pub fn finish(self) -> Node {
        let Settler { mut out, from, conflicts, .. } = self;
        for (key, value) in [("from", from), ("conflicts", conflicts)] {
            if !value.is_empty() {
                out.insert(key.to_owned(), Value::Object(value));
            }
        }
        out
    }

    /// Notes who says a thing, if those are not the ones from whom that is expected.
    pub fn from(&mut self, keyword: &str, speakers: &Set, expected: &Set) {
        if speakers != expected {
            self.from.insert(keyword.to_owned(), self.sources.names(speakers).into());
        }
    }

    /// Keeps what does not count.
    pub fn conflict(&mut self, keyword: &str, by: usize, value: Value) {
        let entry = self.conflicts.entry(keyword).or_insert_with(|| Node::new().into());
        if let Value::Object(entry) = entry {
            entry.insert(self.sources.id(by).to_owned(), value);
        }
    }

    /// Compares what sources say; one word counts, and who says another thing is kept. Who speaks for it, in order.
    pub fn compared(
        &mut self,
        keyword: &str,
        claims: Vec<(usize, Value)>,
        pool: &Set,
        alike: impl Fn(&Value, &Value) -> bool,
        losing: impl Fn(Value) -> Value,
    ) -> Option<Vec<(usize, Value)>> {
        let key = |by: usize| if DECLARED.contains(&keyword) { (false, by) } else { self.sources.prose(by) };
        let (_, winner) = claims.iter().min_by_key(|(by, _)| key(*by))?;
        let winner = winner.clone();
        let (mut speakers, losers): (Vec<_>, Vec<_>) = claims.into_iter().partition(|(_, value)| alike(value, &winner));
        let mut expected = expected(self.sources, keyword, pool);
        for (by, value) in losers {
            expected.remove(&by);
            self.conflict(keyword, by, losing(value));
        }
        self.from(keyword, &speakers.iter().map(|(by, _)| *by).collect(), &expected);
        speakers.sort_by_key(|(by, _)| key(*by));
        Some(speakers)
    }

    /// The same for a keyword whose value is compared as it is.
    pub fn plain(&mut self, keyword: &str, claims: Vec<(usize, Value)>, pool: &Set, unwritten: Option<&Value>) {
        let speakers = self.compared(keyword, claims, pool, alike, |value| value);
        if let Some((_, value)) = speakers.into_iter().flatten().next().filter(|(_, value)| Some(value) != unwritten) {
            self.out.insert(keyword.to_owned(), value);
        }
    }

    /// A text: of each language, that of the first who has one.
    pub fn text(&mut self, keyword: &str, said: &[Said<'_>]) {
        let mut text = Node::new();
        for language in LANGUAGES {
            let Some((by, own)) = said.iter().find_map(|said| Some((said.by, said.node.get(keyword)?.get(language)?)))
            else {
                continue;
            };
            text.insert(language.to_owned(), own.clone());
            let pool = said.iter().map(|said| said.by).collect();
            self.from(&format!("{keyword}.{language}"), &Set::from([by]), &writer(self.sources, language, &pool));
        }
        if !text.is_empty() {
            self.out.insert(keyword.to_owned(), text.into());
        }
    }

    /// The first word that there is.
    pub fn first(&mut self, keyword: &str, claims: Vec<(usize, Value)>, pool: &Set) {
        if let Some((by, value)) = claims.into_iter().min_by_key(|(by, _)| self.sources.prose(*by)) {
            self.from(keyword, &Set::from([by]), &shower(self.sources, pool));
            self.out.insert(keyword.to_owned(), value);
        }
    }
}

/// From whom a keyword is expected, of those who know the thing.
fn expected(sources: &Sources, keyword: &str, pool: &Set) -> Set {
    let better = ASSUMED_BY_PAGES.contains(&keyword) && pool.iter().any(|by| !sources.is_pages(*by));
    pool.iter().copied().filter(|by| !(better && sources.is_pages(*by))).collect()
}

/// From whom a text is expected.
fn writer(sources: &Sources, language: &str, pool: &Set) -> Set {
    pool.iter().copied().find(|by| sources.language(*by) == language).into_iter().collect()
}

/// From whom an example is expected.
pub fn shower(sources: &Sources, pool: &Set) -> Set {
    sources.showing(pool).into_iter().take(1).collect()
}

/// Whether two values say the same, however they are spelt.
fn alike(a: &Value, b: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().all(|item| b.contains(item)),
        _ => a == b || (text(a).is_some() && text(a) == text(b)),
    }
}

/// An action or a parameter that is being taken apart.
pub struct Taker<'a> {
    sources: &'a Sources,
    pub node: &'a Node,
    /// Who knows it, and what each says.
    pub words: Vec<(usize, Node)>,
}

impl<'a> Taker<'a> {
    pub fn new(sources: &'a Sources, node: &'a Node, above: &Set) -> Taker<'a> {
        let mut taker = Taker { sources, node, words: vec![] };
        let all = taker.named("*").unwrap_or_else(|| above.clone());
        taker.words = all.into_iter().map(|by| (by, Node::new())).collect();
        taker
    }

    pub fn all(&self) -> Set {
        self.words.iter().map(|(by, _)| *by).collect()
    }

    pub fn insert(&mut self, by: usize, keyword: &str, value: Value) {
        if let Some((_, word)) = self.words.iter_mut().find(|(known, _)| *known == by) {
            word.insert(keyword.to_owned(), value);
        }
    }

    fn named(&self, keyword: &str) -> Option<Set> {
        Some(self.sources.read(self.node.get("from")?.get(keyword)?.as_str()?))
    }

    /// Who says another thing, and what.
    pub fn losers(&self, keyword: &str) -> Vec<(usize, &'a Value)> {
        let losers = self.node.get("conflicts").and_then(|conflicts| conflicts.get(keyword)).and_then(Value::as_object);
        losers.into_iter().flatten().filter_map(|(id, value)| Some((self.sources.by(id)?, value))).collect()
    }

    /// Who says what stands there.
    pub fn speakers(&self, keyword: &str, pool: &Set) -> Set {
        self.named(keyword).unwrap_or_else(|| {
            let mut expected = expected(self.sources, keyword, pool);
            for (by, _) in self.losers(keyword) {
                expected.remove(&by);
            }
            expected
        })
    }

    pub fn plain(&mut self, keyword: &str, pool: &Set, unwritten: Option<&Value>) {
        if let Some(value) = self.node.get(keyword) {
            for by in self.speakers(keyword, pool) {
                self.insert(by, keyword, value.clone());
            }
        }
        for (by, value) in self.losers(keyword) {
            if Some(value) != unwritten {
                self.insert(by, keyword, value.clone());
            }
        }
    }

    pub fn text(&mut self, keyword: &str) {
        let pool = self.all();
        for (language, text) in self.node.get(keyword).and_then(Value::as_object).into_iter().flatten() {
            let owner = self.named(&format!("{keyword}.{language}"));
            for by in owner.unwrap_or_else(|| writer(self.sources, language, &pool)) {
                let mut texts = Node::new();
                texts.insert(language.clone(), text.clone());
                self.insert(by, keyword, texts.into());
            }
        }
    }

    pub fn first(&mut self, keyword: &str, pool: &Set) {
        if let Some(value) = self.node.get(keyword) {
            for by in self.named(keyword).unwrap_or_else(|| shower(self.sources, pool)) {
                self.insert(by, keyword, value.clone());
            }
        }
    }
}

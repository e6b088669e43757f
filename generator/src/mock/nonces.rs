//! Numbers that were used: each may be used once.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A generation holds this many; there are two of them: about 16 MiB at most.
const MOST: usize = 200_000;
/// A number is remembered at least this long, unless very many come: as long as the date beside it would be believed.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// The numbers that were used lately. Of each, only 128 bits of a hash are kept.
#[derive(Debug)]
pub(super) struct Nonces {
    hashers: [RandomState; 2],
    generations: Mutex<Generations>,
}

#[derive(Debug)]
struct Generations {
    young: BTreeSet<[u64; 2]>,
    old: BTreeSet<[u64; 2]>,
    since: Instant,
}

impl Nonces {
    pub fn new() -> Nonces {
        let generations = Generations { young: BTreeSet::new(), old: BTreeSet::new(), since: Instant::now() };
        Nonces { hashers: [RandomState::new(), RandomState::new()], generations: Mutex::new(generations) }
    }

    /// Uses a number up; `false`: it was used before.
    pub fn take(&self, key: &str, nonce: &str) -> bool {
        let mark = self.hashers.each_ref().map(|hasher| hasher.hash_one((key, nonce)));
        // Whoever panicked while holding the lock has left whole sets behind.
        let mut generations = self.generations.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if generations.young.len() >= MOST || generations.since.elapsed() > LIFE {
            generations.old = std::mem::take(&mut generations.young);
            generations.since = Instant::now();
        }
        !generations.old.contains(&mark) && generations.young.insert(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_used_once_and_by_its_key_alone() {
        let nonces = Nonces::new();
        assert!(nonces.take("key", "1"));
        assert!(!nonces.take("key", "1"));
        assert!(nonces.take("key", "2"));
        assert!(nonces.take("other", "1"));
    }

    #[test]
    fn memory_is_bounded_and_the_latest_are_known() {
        let nonces = Nonces::new();
        for number in 0..MOST * 5 / 2 {
            assert!(nonces.take("key", &number.to_string()));
        }
        assert!(!nonces.take("key", &(MOST * 5 / 2 - 1).to_string()));
        assert!(!nonces.take("key", &(MOST * 3 / 2).to_string()));
        assert!(nonces.take("key", "0"), "forgotten");
        let generations = nonces.generations.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        assert!(generations.young.len() + generations.old.len() <= 2 * MOST);
    }
}

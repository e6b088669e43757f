//! When a request is sent again: only if that cannot do harm, not too often, and not all clients at once.

use crate::error::Error;
use crate::http::TransportErrorKind;
use crate::operation::{Effect, Operation};
use backon::{BackoffBuilder, ExponentialBuilder};
use std::sync::Mutex;
use std::time::Duration;

/// The longest that is waited before the first repetition, and before any.
const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(20);

/// What all calls of a client may spend on repetitions together: when a service is down, clients that repeat everything
/// keep it down. A repetition costs, a success earns.
#[derive(Debug)]
pub(super) struct Quota(Mutex<u32>);

impl Quota {
    const FULL: u32 = 500;
    const PRICE: u32 = 5;

    pub(super) fn full() -> Quota {
        Quota(Mutex::new(Quota::FULL))
    }

    /// Pays for a repetition, if there is enough left.
    pub(super) fn pay(&self) -> bool {
        self.with(|left| match left.checked_sub(Quota::PRICE) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => false,
        })
    }

    /// A call came through: one that had been repeated gives back what that cost.
    pub(super) fn earn(&self, was_repeated: bool) {
        let earned = if was_repeated { Quota::PRICE } else { 1 };
        self.with(|left| *left = Quota::FULL.min(*left + earned));
    }

    fn with<T>(&self, change: impl FnOnce(&mut u32) -> T) -> T {
        // Nothing panics while the lock is held, and a number cannot be half changed.
        let mut left = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut left)
    }
}

/// Whether sending a request twice is as good as sending it once.
pub(super) fn is_repeatable(operation: &Operation, token: Option<&str>) -> bool {
    operation.effect == Effect::Read || token.is_some()
}

/// Whether the same request may succeed a moment later.
pub(super) fn is_transient(error: &Error) -> bool {
    match error {
        Error::Throttled { .. } | Error::Timeout { .. } => true,
        Error::Transport { cause, .. } => {
            matches!(cause.kind, TransportErrorKind::Connect | TransportErrorKind::Interrupted)
        }
        Error::Service(cause) => matches!(cause.real_status(), 500 | 502 | 503 | 504),
        _ => false,
    }
}

/// Whether the service may have acted, although it did not say so.
pub(super) fn is_ambiguous(error: &Error) -> bool {
    match error {
        Error::Timeout { .. } => true,
        Error::Transport { cause, .. } => !cause.kind.is_before_sending(),
        Error::Service(cause) | Error::Throttled { cause, .. } => cause.real_status() >= 500,
        Error::Decode { status, .. } => !(300..500).contains(status),
        _ => false,
    }
}

/// The error of a call that may have been applied, if its action does more than read.
pub(super) fn settled(error: Error, operation: &Operation, client_token: Option<String>) -> Error {
    match operation.effect {
        Effect::Read => error,
        Effect::Write | Effect::Spend => {
            Error::MayHaveBeenApplied { action: operation.action().to_owned(), cause: Box::new(error), client_token }
        }
    }
}

/// How long to wait before each repetition, without end: anything up to a bound that doubles (full jitter), and not less
/// than the service asks for.
pub(super) struct Delays(<ExponentialBuilder as BackoffBuilder>::Backoff);

impl Delays {
    pub(super) fn new() -> Delays {
        let bounds = ExponentialBuilder::new().with_min_delay(FIRST).with_max_delay(LONGEST).with_factor(2.0);
        Delays(bounds.without_max_times().build())
    }

    pub(super) fn next(&mut self, error: &Error) -> Duration {
        let bound = self.0.next().unwrap_or(LONGEST);
        let jitter = bound.mul_f64(fastrand::f64());
        match error {
            Error::Throttled { retry_after: Some(after), .. } => *after + jitter.min(FIRST),
            _ => jitter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_stay_below_a_bound_that_doubles() {
        let error = Error::Timeout { action: String::new(), host: String::new(), after: Duration::ZERO };
        let mut delays = Delays::new();
        let mut bound = FIRST;
        for _ in 0..12 {
            assert!(delays.next(&error) <= bound);
            bound = LONGEST.min(bound * 2);
        }
        let after = Some(Duration::from_secs(3));
        let throttled = Error::Throttled { cause: Box::default(), retry_after: after };
        let asked = Delays::new().next(&throttled);
        assert!(asked >= Duration::from_secs(3) && asked <= Duration::from_secs(4), "{asked:?}");
    }

    #[test]
    fn the_quota_ends_and_comes_back() {
        let quota = Quota::full();
        assert_eq!((0..200).filter(|_| quota.pay()).count(), 100);
        quota.earn(false);
        assert!(!quota.pay());
        quota.earn(true);
        assert!(quota.pay() && !quota.pay());
        (0..10_000).for_each(|_| quota.earn(true));
        assert_eq!((0..200).filter(|_| quota.pay()).count(), 100);
    }
}

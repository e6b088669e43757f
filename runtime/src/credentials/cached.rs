//! Credentials that are kept: got by one caller for all, renewed ahead of their end, used for as long as they are
//! valid.

use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::http::BoxFuture;
use crate::surroundings::Outside;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long before their end credentials are renewed, unless said otherwise.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);
/// How long credentials without an end are kept: a key that was replaced at its source counts after this time.
const ENDLESS: SignedDuration = SignedDuration::from_mins(15);
/// How long to wait after a failed renewal, while the old credentials are still valid.
const RETRY: SignedDuration = SignedDuration::from_secs(30);

/// Keeps what another source gives.
///
/// However many callers want credentials at once, the source is asked once and all of them get what it says, be it an
/// error. Nothing runs in the background: if the caller that asks the source is dropped, the next one in the line asks.
/// While the old credentials are valid nobody waits for the new ones but the caller that gets them, and a failure to
/// get them is no error.
pub struct Cached<P: ?Sized> {
    ahead: SignedDuration,
    state: Mutex<State>,
    /// Held by the caller whose turn it is to ask the source.
    turn: tokio::sync::Mutex<()>,
    source: P,
}

#[derive(Default)]
struct State {
    good: Option<Good>,
    /// How often the source has been asked to the end.
    rounds: u64,
    /// What the last round came to, if it failed.
    failure: Option<CredentialsError>,
}

#[derive(Clone)]
struct Good {
    credentials: Credentials,
    renew: Timestamp,
}

impl<P: ProvideCredentials> Cached<P> {
    /// Keeps what a source gives, and renews it 15 minutes ahead of its end.
    pub fn new(source: P) -> Cached<P> {
        Cached { ahead: AHEAD, state: Mutex::default(), turn: tokio::sync::Mutex::new(()), source }
    }

    /// The same with another time ahead.
    pub fn ahead(source: P, ahead: Duration) -> Cached<P> {
        Cached { ahead: SignedDuration::try_from(ahead).unwrap_or(AHEAD), ..Cached::new(source) }
    }
}

impl<P: ProvideCredentials + ?Sized> Cached<P> {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic runs under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn find(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        let (good, seen) = {
            let state = self.state();
            (state.good.clone(), state.rounds)
        };
        let Some(good) = good.filter(|good| good.credentials.are_valid(outside.machine.now())) else {
            let _turn = self.turn.lock().await;
            return match self.outcome_since(seen, outside) {
                Some(outcome) => outcome,
                None => self.ask(outside).await,
            };
        };
        if outside.machine.now() < good.renew {
            return Ok(good.credentials);
        }
        match self.turn.try_lock() {
            // The credentials may have been renewed since they were looked at: then there is nothing to do.
            Ok(_turn) if self.state().rounds == seen => match self.ask(outside).await {
                Err(_) if good.credentials.are_valid(outside.machine.now()) => Ok(good.credentials),
                outcome => outcome,
            },
            _ => Ok(good.credentials),
        }
    }

    /// What came of a round that another caller has finished meanwhile. If every caller that waited for it asked once
    /// more, a failure would be a long queue of failures.
    fn outcome_since(&self, seen: u64, outside: &Outside) -> Option<Result<Credentials, CredentialsError>> {
        let state = self.state();
        if state.rounds == seen {
            return None;
        }
        let now = outside.machine.now();
        match (&state.failure, &state.good) {
            (_, Some(good)) if good.credentials.are_valid(now) => Some(Ok(good.credentials.clone())),
            (Some(failure), _) => Some(Err(failure.clone())),
            _ => None,
        }
    }

    /// One round. The caller has the turn.
    async fn ask(&self, outside: &Outside) -> Result<Credentials, CredentialsError> {
        let outcome = self.source.provide(outside).await;
        let now = outside.machine.now();
        let outcome = outcome.and_then(|found| match found.expires {
            Some(end) if end <= now => Err(CredentialsError::failed(format!(
                "the credentials that {} gives have ended at {end}, and this machine's clock says {}: get new ones, or \
                 set the clock",
                found.provider,
                now.round(jiff::Unit::Second).unwrap_or(now)
            ))),
            _ => Ok(found),
        });
        let mut state = self.state();
        state.rounds += 1;
        match &outcome {
            Ok(found) => {
                state.failure = None;
                state.good = Some(Good { credentials: found.clone(), renew: self.renewal(found, now) });
            }
            Err(error) => {
                state.failure = Some(error.clone());
                if let Some(good) = state.good.as_mut().filter(|good| good.credentials.are_valid(now)) {
                    good.renew = later(now, RETRY);
                    let provider = &*good.credentials.provider;
                    tracing::warn!(provider, %error, "credentials are not renewed: the old ones stay in use");
                }
            }
        }
        outcome
    }

    /// When to renew: ahead of the end, but not before two thirds of what is left are over. Credentials with a short
    /// life would be renewed at every call.
    fn renewal(&self, found: &Credentials, now: Timestamp) -> Timestamp {
        match found.expires {
            Some(end) => {
                let left = end.duration_since(now);
                later(now, (left - self.ahead).max(left / 3 * 2))
            }
            None => later(now, ENDLESS),
        }
    }
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Cached<P> {
    fn provide<'a>(&'a self, outside: &'a Outside) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(self.find(outside))
    }
}

impl<P: fmt::Debug + ?Sized> fmt::Debug for Cached<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cached").field(&&self.source).finish()
    }
}

//! Asks again and again until an answer says that what was waited for is there, or that it will not come.
//!
//! It never knows how a call is made: it says when, and gets the answer.

use crate::decode::{Answer, Decode};
use crate::error::{ConfigurationError, Error, ServiceError, WaitFailure};
use crate::http::TransportErrorKind;
use crate::operation::{Acceptor, Effect, Look, Operation, Reasons, WaitState, Waiter};
use crate::{Json, field};
use serde_json::json;
use std::time::Duration;

/// How many calls in a row may fail on the way, once something has come back: waiting takes long, and networks hiccup.
const HICCUPS: u32 = 3;

/// The longest that a service which is busy may make a waiter pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Values at most that an error tells of what an answer said last.
const TOLD: usize = 5;

/// Makes the same call again and again, until the waiter has what it waits for. `delay`: another pause between two calls
/// than the waiter's own.
///
/// If that is an error (`NotFound` of something that was to go away), it comes back as an answer: `Code`, `Message` and
/// `RequestId` under the error's HTTP status.
///
/// # Errors
/// [`Error::Configuration`], and nothing is called, if the call costs money: a waiter would buy again and again.
/// [`Error::WaitFailed`] if an answer or an error says that it will not come; [`Error::WaitTimedOut`] if the waiter's
/// calls are used up; any error that the waiter does not know. To be throttled is no reason to give up, nor are a few
/// failures on the way after something has come back.
pub async fn wait<F>(
    waiter: &'static Waiter,
    delay: Option<Duration>,
    operation: &'static Operation,
    mut call: impl FnMut() -> F,
) -> Result<Answer, Error>
where
    F: Future<Output = Result<Answer, Error>>,
{
    if operation.effect == Effect::Spend {
        return Err(Error::Configuration(ConfigurationError::new(format!(
            "{} cannot ask {}, which costs money every time: wait with a request that only reads",
            waiter.name,
            operation.action()
        ))));
    }
    let delay = delay.unwrap_or(Duration::from_secs(waiter.delay.into()));
    let mut last = String::new();
    // Failures on the way that are left; none before something has come back: whoever has no network should hear it now.
    let mut hiccups = 0;
    for attempt in 1..=waiter.attempts {
        let mut pause = delay;
        match call().await {
            Ok(answer) => {
                hiccups = HICCUPS;
                match decide(waiter, |acceptor| fits(acceptor, &answer.body)) {
                    Some((WaitState::Success, _)) => return Ok(answer),
                    Some((WaitState::Failure, state)) => {
                        let reasons = waiter.reasons.map(|reasons| tell(&reasons, &answer.body)).unwrap_or_default();
                        return Err(failure(waiter, operation, state, reasons, answer.body));
                    }
                    Some((WaitState::Retry, _)) | None => last = told(waiter, &answer.body),
                }
            }
            Err(error) => {
                match decide(waiter, |acceptor| is_code(acceptor, error.code()?)) {
                    Some((WaitState::Success, _)) => return error.service().map(as_answer).ok_or(error),
                    Some((WaitState::Failure, code)) => {
                        let cause = error.service().cloned().unwrap_or_default();
                        let reasons = vec![vec![("Message", cause.message.clone())]];
                        return Err(failure(waiter, operation, code, reasons, as_answer(&cause).body));
                    }
                    Some((WaitState::Retry, _)) => hiccups = HICCUPS,
                    None => match &error {
                        Error::Throttled { retry_after, .. } => {
                            hiccups = HICCUPS;
                            pause = delay.max(retry_after.unwrap_or_default().min(LONGEST_PAUSE));
                        }
                        _ if is_hiccup(&error) && hiccups > 0 => hiccups -= 1,
                        _ => return Err(error),
                    },
                }
                if let Some(code) = error.code() {
                    code.clone_into(&mut last);
                }
            }
        }
        if attempt < waiter.attempts {
            tokio::time::sleep(pause).await;
        }
    }
    Err(Error::WaitTimedOut {
        waiter: waiter.name,
        action: operation.action().to_owned(),
        attempts: waiter.attempts,
        last,
    })
}

/// What the first acceptor that fits says, and the text that it fits.
fn decide(waiter: &Waiter, fits: impl Fn(&Acceptor) -> Option<String>) -> Option<(WaitState, String)> {
    waiter.acceptors.iter().find_map(|acceptor| Some((acceptor.state, fits(acceptor)?)))
}

fn fits(acceptor: &Acceptor, body: &Json) -> Option<String> {
    let Look::Field(path) = acceptor.look else { return None };
    let texts = field::all(body, path).into_iter().filter_map(String::decode);
    texts.into_iter().find(|text| is_one_of(text, acceptor.values))
}

fn is_code(acceptor: &Acceptor, code: &str) -> Option<String> {
    (matches!(acceptor.look, Look::Error) && is_one_of(code, acceptor.values)).then(|| code.to_owned())
}

fn is_one_of(text: &str, values: &[&str]) -> bool {
    values.iter().any(|value| value.eq_ignore_ascii_case(text.trim()))
}

/// Whether the next call may well go through.
fn is_hiccup(error: &Error) -> bool {
    match error {
        Error::Timeout { .. } => true,
        Error::Transport { cause, .. } => matches!(
            cause.kind,
            TransportErrorKind::Connect | TransportErrorKind::Timeout | TransportErrorKind::Interrupted
        ),
        Error::Service(cause) => cause.status >= 500,
        _ => false,
    }
}

fn failure(
    waiter: &'static Waiter,
    operation: &Operation,
    state: String,
    reasons: Vec<Vec<(&'static str, String)>>,
    answer: Json,
) -> Error {
    let action = operation.action().to_owned();
    Error::WaitFailed(Box::new(WaitFailure { waiter: waiter.name, action, state, reasons, answer }))
}

/// What a service says of an error, as it says it.
fn as_answer(error: &ServiceError) -> Answer {
    let mut body = json!({"Code": error.code, "Message": error.message});
    if let (Some(id), Json::Object(members)) = (&error.request_id, &mut body) {
        members.insert("RequestId".to_owned(), Json::String(id.clone()));
    }
    Answer { status: error.status, request_id: error.request_id.clone(), body }
}

/// What an answer says where the waiter looks.
fn told(waiter: &Waiter, body: &Json) -> String {
    let mut told = Vec::new();
    for acceptor in waiter.acceptors {
        let Look::Field(path) = acceptor.look else { continue };
        for text in field::all(body, path).into_iter().filter_map(String::decode) {
            if told.len() < TOLD && !told.contains(&text) {
                told.push(text);
            }
        }
    }
    told.join(", ")
}

/// What an answer says of a failure.
fn tell(reasons: &Reasons, body: &Json) -> Vec<Vec<(&'static str, String)>> {
    let is_meant = |item: &&Json| match reasons.only {
        Some((name, values)) => {
            field::all(item, name).into_iter().filter_map(String::decode).any(|text| is_one_of(&text, values))
        }
        None => true,
    };
    let items = field::all(body, reasons.items).into_iter().filter(is_meant);
    let told = items
        .map(|item| reasons.show.iter().filter_map(|name| Some((*name, field::text(item, name)?))).collect::<Vec<_>>());
    told.filter(|reason| !reason.is_empty()).collect()
}

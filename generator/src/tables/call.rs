//! What is known of calling an action beyond one request: pages, and what one can wait for.

use super::{index, list, text, texts};
use crate::model::{self, FieldPath};
use bindery_runtime::operation::{Acceptor, Look, Next, Paging, Reasons, WaitState, Waiter};

/// How the answers of an action are cut into pages.
pub fn paging(given: &model::Paging) -> &'static Paging {
    let next = match &given.next {
        model::Next::Number { parameter, total } => Next::Number { parameter: index(*parameter), total: path(total) },
        model::Next::Token { parameter, token } => Next::Token { parameter: index(*parameter), token: path(token) },
    };
    Box::leak(Box::new(Paging { next, items: path(&given.items) }))
}

/// What one can wait for.
pub fn waiter(given: &model::Waiter) -> &'static Waiter {
    let acceptor = |given: &model::Acceptor| Acceptor {
        state: match given.state {
            model::WaitState::Success => WaitState::Success,
            model::WaitState::Failure => WaitState::Failure,
            model::WaitState::Retry => WaitState::Retry,
        },
        look: match &given.look {
            model::Look::Field(field) => Look::Field(path(field)),
            model::Look::Error => Look::Error,
        },
        values: texts(&given.values),
    };
    let reasons = |given: &model::Reasons| Reasons {
        items: path(&given.items),
        only: given.only.as_ref().map(|(field, values)| (path(field), texts(values))),
        show: list(given.show.iter().map(path)),
    };
    Box::leak(Box::new(Waiter {
        name: text(given.name.as_str()),
        delay: given.delay,
        attempts: given.attempts,
        acceptors: list(given.acceptors.iter().map(acceptor)),
        reasons: given.reasons.as_ref().map(reasons),
    }))
}

fn path(path: &FieldPath) -> &'static str {
    text(path.as_str())
}

//! How an action is called beyond one request: its pages and the waiters that ask it, in the words of the spec format.

use crate::model::{Acceptor, Action, Api, Language, Look, Next, Reasons, WaitState, Waiter};
use serde_json::{Map, Value, json};

/// How the answer is paged; `null` if it comes whole.
pub(super) fn pagination(action: &Action) -> Value {
    let Some(paging) = &action.paging else { return Value::Null };
    let name = |parameter: usize| action.parameters.get(parameter).map(|parameter| parameter.name.as_str());
    match &paging.next {
        Next::Number { parameter, total } => {
            json!({"number": name(*parameter), "items": paging.items.as_str(), "total": total.as_str()})
        }
        Next::Token { parameter, token } => {
            let token = json!({"parameter": name(*parameter), "field": token.as_str()});
            json!({"token": token, "items": paging.items.as_str()})
        }
    }
}

/// The waiters that ask an action, by name; `null` if there is none.
pub(super) fn waiters(api: &Api, action: &Action, language: Language) -> Value {
    let waiters: Map<String, Value> =
        api.waiters_of(action).map(|waiter| (waiter.name.to_string(), one(waiter, language))).collect();
    if waiters.is_empty() { Value::Null } else { Value::Object(waiters) }
}

fn one(waiter: &Waiter, language: Language) -> Value {
    let acceptors: Vec<Value> = waiter.acceptors.iter().map(acceptor).collect();
    let mut out = json!({"delay": waiter.delay, "attempts": waiter.attempts, "acceptors": acceptors});
    if let Some(reasons) = &waiter.reasons {
        out["reasons"] = told(reasons);
    }
    let doc = waiter.doc.get(language);
    if !doc.is_empty() {
        out["doc"] = json!(doc);
    }
    out
}

fn acceptor(acceptor: &Acceptor) -> Value {
    let state = match acceptor.state {
        WaitState::Success => "success",
        WaitState::Failure => "failure",
        WaitState::Retry => "retry",
    };
    match &acceptor.look {
        Look::Field(field) => json!({"state": state, "field": field.as_str(), "values": acceptor.values}),
        Look::Error => json!({"state": state, "error": true, "values": acceptor.values}),
    }
}

fn told(reasons: &Reasons) -> Value {
    let mut out = json!({"items": reasons.items.as_str()});
    if let Some((field, values)) = &reasons.only {
        out["only"] = json!({ field.as_str(): values });
    }
    out["show"] = reasons.show.iter().map(|field| json!(field.as_str())).collect();
    out
}

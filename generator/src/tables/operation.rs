//! Operations: how actions are called.

use super::{index, list, table, text};
use crate::model::{self, Action, ActionEffect, Api, Method};
use bindery_runtime::operation::{self, Effect, Endpoints, Operation, Protocol};

/// What the actions of an API have in common: made once, and handed to [`operation()`] for each of them.
pub fn api(given: &Api) -> &'static operation::Api {
    let endpoints = &given.endpoints;
    Box::leak(Box::new(operation::Api {
        product: text(given.product.as_str()),
        version: text(&given.version),
        protocol: match given.protocol {
            model::Protocol::Rpc => Protocol::Rpc,
            model::Protocol::Roa => Protocol::Roa,
        },
        endpoints: Endpoints {
            pattern: endpoints.pattern.as_deref().map(text),
            regions: list(endpoints.regions.iter().map(|(region, host)| (text(region), text(host)))),
        },
    }))
}

/// How an action is called; its table is made with it. `of`: what [`api()`] made of the same API.
pub fn operation(given: &Api, action: &Action, of: &'static operation::Api) -> &'static Operation {
    let token = action.parameters.iter().position(|parameter| parameter.idempotency_token);
    Box::leak(Box::new(Operation {
        api: of,
        table: table(given, action),
        method: method(action.method),
        path: text(action.path.as_str()),
        effect: match action.effect {
            ActionEffect::Read => Effect::Read,
            ActionEffect::Write => Effect::Write,
            ActionEffect::Spend => Effect::Spend,
        },
        token: token.map(index),
    }))
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
        Method::Head => "HEAD",
    }
}

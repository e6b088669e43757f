//! What the client's methods are called. A client has methods of its own, and an action that wants the name of one gets
//! another; calls are served first, then pages, then waiters.

use crate::model::Api;
use crate::rust::{Ident, snake};
use crate::target::Scope;
use std::collections::BTreeMap;

/// The names of methods, and of the statics that waiters are.
#[derive(Debug, Clone, Default)]
pub struct Methods {
    /// By action.
    calls: BTreeMap<String, String>,
    /// By action.
    pages: BTreeMap<String, String>,
    /// By action.
    items: BTreeMap<String, String>,
    /// By waiter.
    waits: BTreeMap<String, String>,
    /// By waiter.
    statics: BTreeMap<String, String>,
}

impl Methods {
    /// The names for all actions and waiters; `reserved` are the methods that a client has anyway.
    pub fn of_api(api: &Api, reserved: &[String]) -> Methods {
        let mut scope = Scope::new(reserved);
        let actions = || api.actions.iter().map(|action| action.name.as_str());
        let paged = || api.actions.iter().filter(|action| action.paging.is_some()).map(|action| action.name.as_str());
        let waiters = || api.waiters.iter().map(|waiter| waiter.name.as_str());
        Methods {
            calls: scope.claim_all(actions(), "_", snake),
            pages: scope.claim_all(paged(), "_", |name| format!("{}_pages", snake(name))),
            items: scope.claim_all(paged(), "_", |name| format!("{}_items", snake(name))),
            waits: scope.claim_all(waiters(), "_", |name| format!("wait_until_{}", snake(name))),
            statics: Scope::default().claim_all(waiters(), "_", |name| snake(name).to_uppercase()),
        }
    }

    /// The method that calls an action.
    pub fn call(&self, action: &str) -> Ident {
        name(&self.calls, action)
    }

    /// The method that gives an action's pages.
    pub fn pages(&self, action: &str) -> Ident {
        name(&self.pages, action)
    }

    /// The method that gives what an action lists.
    pub fn items(&self, action: &str) -> Ident {
        name(&self.items, action)
    }

    /// The method of a waiter.
    pub fn wait(&self, waiter: &str) -> Ident {
        name(&self.waits, waiter)
    }

    /// The static of a waiter.
    pub fn waiter(&self, waiter: &str) -> Ident {
        name(&self.statics, waiter)
    }
}

fn name(names: &BTreeMap<String, String>, of: &str) -> Ident {
    Ident::new(names.get(of).map_or("invalid_name", String::as_str))
}

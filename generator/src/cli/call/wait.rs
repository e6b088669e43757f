//! `--wait`: which waiter is meant, and what it asks with.

use super::super::assign::lookup;
use super::super::client::Called;
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::{self, Action, Kind};
use crate::tables;
use bindery_runtime::operation::{Operation, Waiter};
use serde_json::{Map, Value};

/// What is waited for.
pub(super) struct Plan<'a> {
    /// The waiter.
    pub meant: &'a model::Waiter,
    /// The same, for the client.
    pub waiter: &'static Waiter,
    /// The action that it asks.
    pub action: &'a Action,
    /// How that is called.
    pub operation: &'static Operation,
    /// It asks the very action that is called: the wait is the call.
    pub is_the_call: bool,
}

impl<'a> Plan<'a> {
    /// The waiter of a name, or the only one that fits the action.
    pub fn find(called: &Called<'a>, name: Option<&str>) -> Result<Plan<'a>, Diagnostic> {
        let api = called.api;
        let fits = |waiter: &&model::Waiter| lack(called, waiter).is_none() && shares(called, waiter);
        let fitting: Vec<&model::Waiter> = api.waiters.iter().filter(fits).collect();
        let names = || match fitting.as_slice() {
            [] => format!("nothing can be waited for after `{}`", called.action.name),
            some => {
                let each = some.iter().map(|waiter| format!("\n  {}: waits until {}", waiter.name, waiter.doc.en));
                format!("what can be waited for:{}", each.collect::<String>())
            }
        };
        let unknown = |message: String| Diagnostic::placeless("waiter", message).help(names());
        let meant = match (name, fitting.as_slice()) {
            (Some(name), _) => {
                let known = api.waiters.iter().find(|waiter| waiter.name.as_str() == name);
                known.ok_or_else(|| {
                    let near = did_you_mean(name, api.waiters.iter().map(|waiter| waiter.name.as_str()));
                    let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
                    let slip = if name.contains('=') { " (an assignment goes before `--wait`)" } else { "" };
                    unknown(format!("there is no waiter `{name}`{slip}{near}"))
                })?
            }
            (None, [one]) => one,
            (None, _) => return Err(unknown("`--wait` does not say for what to wait".to_owned())),
        };
        if let Some(parameter) = lack(called, meant) {
            return Err(unknown(format!(
                "`{}` asks {}, which needs `{parameter}`: neither a request of {} nor its answer holds that",
                meant.name, meant.action, called.action.name
            )));
        }
        let action = api.action(meant.action.as_str()).unwrap_or(called.action);
        let is_the_call = action.name == called.action.name;
        let operation = if is_the_call { called.operation } else { tables::operation(api, action, called.of) };
        Ok(Plan { meant, waiter: tables::waiter(meant), action, operation, is_the_call })
    }

    /// The request that the waiter asks with, as far as a request and its answer tell.
    pub fn request(&self, given: &Value, answer: &Value) -> Value {
        let mut request = Map::new();
        for parameter in self.action.parameters.iter().filter(|parameter| !parameter.idempotency_token) {
            let name = parameter.name.as_str();
            let told = lookup(given, name).or_else(|| answer.get(name).filter(|value| is_scalar(value)));
            if let Some(value) = told.filter(|value| !value.is_null()) {
                request.insert(name.to_owned(), value.clone());
            }
        }
        Value::Object(request)
    }

    /// What the waiter needs and neither the request has nor the answer may bring.
    pub fn missing(&self, called: &Called<'_>, given: &Value) -> Option<&str> {
        let needed = self.action.parameters.iter().filter(|parameter| parameter.required);
        let mut names = needed.map(|parameter| parameter.name.as_str());
        names.find(|name| lookup(given, name).is_none_or(Value::is_null) && !answers(called, name))
    }
}

/// A parameter that a waiter needs and that nothing tells.
fn lack<'a>(called: &Called<'a>, waiter: &model::Waiter) -> Option<&'a str> {
    let asked = called.api.action(waiter.action.as_str())?;
    let needed = asked.parameters.iter().filter(|parameter| parameter.required && asked.name != called.action.name);
    needed.map(|parameter| parameter.name.as_str()).find(|name| {
        let takes = called.action.parameter(name).is_some();
        !takes && !answers(called, name)
    })
}

/// Whether a waiter asks for something that the action knows of: else it waits for other things.
fn shares(called: &Called<'_>, waiter: &model::Waiter) -> bool {
    let Some(asked) = called.api.action(waiter.action.as_str()) else { return false };
    let mut names = asked.parameters.iter().filter(|parameter| !parameter.idempotency_token);
    asked.name == called.action.name
        || names.any(|parameter| {
            let name = parameter.name.as_str();
            called.action.parameter(name).is_some() || answers(called, name)
        })
}

/// Whether the action's answer has a field of this name.
fn answers(called: &Called<'_>, name: &str) -> bool {
    let shape = called.action.response.as_ref().map(|shape| &called.api.meant(shape).kind);
    matches!(shape, Some(Kind::Object(members, _)) if members.iter().any(|member| member.name.as_str() == name))
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

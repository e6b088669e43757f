//! The package as a whole, and how its actions are called.

use super::names::{Names, wait_key};
use super::request::Speller;
use super::{Library, last, no_name, words};
use crate::model::{Acceptor, Action, ActionEffect, Look, Method, Next, Protocol, WaitState, Waiter};
use crate::stage::lower::tree;
use crate::target::{Text, Type};
use crate::view::code as view;
use std::collections::BTreeSet;

impl Library<'_> {
    /// The package. `asked`: the shapes that requests share.
    pub(super) fn package(&self, asked: &BTreeSet<&str>, has_answer_schemas: bool) -> view::Package {
        let (api, language) = (self.api, self.names.language);
        let mut actions: Vec<view::ActionRef> = api.actions.iter().map(|action| self.reference(action)).collect();
        last(&mut actions, |action| &mut action.last);
        let mut regions: Vec<view::Region> = api
            .endpoints
            .regions
            .iter()
            .map(|(region, host)| view::Region { region: self.text(region), host: self.text(host), last: false })
            .collect();
        last(&mut regions, |region| &mut region.last);
        let mut waiters: Vec<view::Waiter> = api.waiters.iter().filter_map(|waiter| self.waiter(waiter)).collect();
        last(&mut waiters, |waiter| &mut waiter.last);
        let description = self.names.says.description();
        let schemas = self.names.schemas.iter().filter(|(path, _)| {
            let name = path.strip_prefix("schema:").and_then(|path| path.split('/').next());
            name.is_some_and(|name| asked.contains(name))
        });
        view::Package {
            settings: self.settings.clone(),
            docs: language.comments.write(&self.names.says.package()),
            title: language.comments.write(&self.names.says.description()).brief,
            description: self.text(&description),
            product: self.text(api.product.as_str()),
            version: self.text(&api.version),
            is_rpc: api.protocol == Protocol::Rpc,
            endpoints: view::Endpoints {
                has_pattern: api.endpoints.pattern.is_some(),
                pattern: self.text(api.endpoints.pattern.as_deref().unwrap_or_default()),
                regions,
            },
            action_count: actions.len(),
            actions,
            has_schemas: !asked.is_empty(),
            schemas: words(schemas.map(|(_, name)| name.clone())),
            has_answer_schemas,
            has_waiters: !waiters.is_empty(),
            waiters,
        }
    }

    /// An action, as the package sees it.
    pub(super) fn reference(&self, action: &Action) -> view::ActionRef {
        let (names, language, wire) = (self.names, self.names.language, action.name.as_str());
        let module = Names::get(&names.modules, wire);
        let mut speller = Speller::new(self.api, names, names.own(action));
        let required = speller.required(action);
        let token = action.parameters.iter().position(|parameter| parameter.idempotency_token);
        let method = match action.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Head => "HEAD",
        };
        view::ActionRef {
            wire: self.text(wire),
            stem: language.stem(&module),
            module,
            request: Names::get(&names.requests, wire),
            response: Names::get(&names.responses, wire),
            has_response: action.response.is_some(),
            method: Names::get(&names.methods, &format!("call:{wire}")),
            docs: language.comments.write(&self.names.says.call(action)),
            deprecated: action.deprecated,
            reads: action.effect == ActionEffect::Read,
            spends: action.effect == ActionEffect::Spend,
            has_required: !required.is_empty(),
            required,
            operation: view::Operation {
                method: self.text(method),
                path: self.text(action.path.as_str()),
                effect: match action.effect {
                    ActionEffect::Read => "read",
                    ActionEffect::Write => "write",
                    ActionEffect::Spend => "spend",
                },
                has_token: token.is_some(),
                token: token.unwrap_or_default(),
            },
            has_paging: action.paging.is_some(),
            paging: self.paging(action),
            parameter_count: action.parameters.len(),
            last: false,
        }
    }

    fn paging(&self, action: &Action) -> view::Paging {
        let (names, wire) = (self.names, action.name.as_str());
        let nothing = view::Paging {
            pages: no_name(),
            items: no_name(),
            is_number: false,
            is_token: false,
            parameter: 0,
            field: no_name(),
            total: self.text(""),
            token: self.text(""),
            list: self.text(""),
            item: names.language.facets(&Type::Any),
        };
        let Some(paging) = &action.paging else { return nothing };
        let (is_number, parameter, total, token) = match &paging.next {
            Next::Number { parameter, total } => (true, *parameter, total.as_str(), ""),
            Next::Token { parameter, token } => (false, *parameter, "", token.as_str()),
        };
        // A parameter that counts pages is a field of the request itself, or of a group; then only its index tells.
        let mut speller = Speller::new(self.api, names, names.own(action));
        let fields = speller.fields(action, &tree::of(action));
        let field = fields.into_iter().find(|field| field.is_parameter && field.index == parameter);
        let (item, response) = (self.shared.item(action, &paging.items), Names::get(&names.responses, wire));
        view::Paging {
            pages: Names::get(&names.methods, &format!("pages:{wire}")),
            items: Names::get(&names.methods, &format!("items:{wire}")),
            is_number,
            is_token: !is_number,
            parameter,
            field: field.map_or_else(no_name, |field| field.name),
            total: self.text(total),
            token: self.text(token),
            list: self.text(paging.items.as_str()),
            item: names.language.facets(&if names.language.names.nested { item.inside(&response) } else { item }),
        }
    }

    fn waiter(&self, waiter: &Waiter) -> Option<view::Waiter> {
        let action = self.api.action(waiter.action.as_str())?;
        let (names, wire) = (self.names, waiter.name.as_str());
        let mut acceptors: Vec<view::WaiterAcceptor> =
            waiter.acceptors.iter().map(|acceptor| self.acceptor(acceptor)).collect();
        last(&mut acceptors, |acceptor| &mut acceptor.last);
        let texts = |texts: &[String]| words(texts.iter().map(|text| self.text(text)));
        let reasons = waiter.reasons.as_ref();
        let only = reasons.and_then(|reasons| reasons.only.as_ref());
        Some(view::Waiter {
            wire: self.text(wire),
            method: Names::get(&names.methods, &wait_key(wire)),
            constant: Names::get(&names.constants, &wait_key(wire)),
            module: Names::get(&names.modules, action.name.as_str()),
            request: Names::get(&names.requests, action.name.as_str()),
            response: Names::get(&names.responses, action.name.as_str()),
            has_response: action.response.is_some(),
            docs: names.language.comments.write(&names.says.waiter(waiter)),
            delay: waiter.delay,
            attempts: waiter.attempts,
            acceptors,
            has_reasons: reasons.is_some(),
            reasons: view::Reasons {
                items: self.text(reasons.map_or("", |reasons| reasons.items.as_str())),
                has_only: only.is_some(),
                only_field: self.text(only.map_or("", |(field, _)| field.as_str())),
                only_values: only.map(|(_, values)| texts(values)).unwrap_or_default(),
                show: words(reasons.iter().flat_map(|reasons| &reasons.show).map(|path| self.text(path.as_str()))),
            },
            last: false,
        })
    }

    fn acceptor(&self, acceptor: &Acceptor) -> view::WaiterAcceptor {
        let field = match &acceptor.look {
            Look::Field(path) => Some(path.as_str()),
            Look::Error => None,
        };
        let state = match acceptor.state {
            WaitState::Success => "success",
            WaitState::Failure => "failure",
            WaitState::Retry => "retry",
        };
        view::WaiterAcceptor {
            state: self.text(state),
            is_field: field.is_some(),
            field: self.text(field.unwrap_or_default()),
            values: words(acceptor.values.iter().map(|value| self.text(value))),
            last: false,
        }
    }

    fn text(&self, text: &str) -> Text {
        self.names.language.quoting.write(text)
    }
}

//! What calls: the client and its methods, the modules of answers, what ties a request to them.

use super::super::{reach, tree};
use super::fields::Speller;
use super::response::{Answers, Place, Spelled};
use super::{Layout, Library, Modules};
use crate::model::{Action, ActionEffect};
use crate::rust::{Code, Docs, paging, snake, stem, waiter};
use crate::view::rust as view;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

impl Library<'_> {
    /// Whether there is code that calls.
    pub(super) fn calls(&self) -> bool {
        !matches!(self.layout, Layout::Modules(Modules { client: false, blocking: false }))
    }

    /// Whether there is code that calls and is not async.
    pub(super) fn blocks(&self) -> bool {
        !matches!(self.layout, Layout::Modules(Modules { blocking: false, .. }))
    }

    /// The attribute for what needs the client.
    pub(super) fn client_gate(&self) -> Code {
        Code::new(&match self.layout {
            Layout::Crate(_) => quote!(#[cfg(feature = "client")]),
            Layout::Modules(_) => TokenStream::new(),
        })
    }

    /// The item that stands for a module in a file of its own. A build script has one file, and puts the module there.
    pub(super) fn response_module(&self, is_there: bool) -> Code {
        Code::new(&match self.layout {
            Layout::Crate(_) if is_there => quote! {
                #[cfg(feature = "client")]
                pub mod response;
            },
            Layout::Crate(_) | Layout::Modules(_) => TokenStream::new(),
        })
    }

    /// The module of an action's answer; `None` if nothing is known of it, or nobody asks.
    pub(super) fn answer(&self, action: &Action) -> Option<view::Response> {
        let response = action.response.as_ref().filter(|_| self.calls())?;
        let types = self.names.answer_types(action);
        let place = Place { own: TokenStream::new(), shared: quote!(shared::) };
        let Spelled { structs, enums, wrappers } =
            Answers::new(self.says, &types, place).own(response, &self.says.response(action));
        Some(view::Response {
            stem: self.names.file(action),
            docs: Docs::inner(&self.says.response(action)),
            has_shared: !reach::of_answer(self.api, action).is_empty(),
            structs,
            wrappers,
            enums,
        })
    }

    /// The module of the shapes that answers share.
    pub(super) fn shared_answers(&self, reached: &[BTreeSet<&str>]) -> view::Response {
        let answers = Answers::new(self.says, self.names.shared_answer_types(), Place::default());
        let mut all = Spelled::default();
        for (name, shape) in &self.api.schemas {
            let Some(gate) = self.gate_of_schema(name, reached) else { continue };
            let mut spelled = answers.of_schema(name, shape, &gate);
            all.structs.append(&mut spelled.structs);
            all.enums.append(&mut spelled.enums);
            all.wrappers.append(&mut spelled.wrappers);
        }
        view::Response {
            stem: stem("schemas", false),
            docs: Docs::inner("Shapes that answers share."),
            has_shared: false,
            structs: all.structs,
            wrappers: all.wrappers,
            enums: all.enums,
        }
    }

    /// From an action's module: the type of the answer, of what its pages list, and how they are cut.
    pub(super) fn calling(&self, action: &Action) -> (Code, Code, Code) {
        let place = Place { own: quote!(response::), shared: quote!(super::schemas::response::) };
        let (response, item) = self.types_from(action, place);
        let paging = action.paging.as_ref().map(paging).unwrap_or_default();
        (Code::new(&response), Code::new(&item), Code::new(&paging))
    }

    fn types_from(&self, action: &Action, place: Place) -> (TokenStream, TokenStream) {
        let types = self.names.answer_types(action);
        let answers = Answers::new(self.says, &types, place);
        match (&action.response, &action.paging) {
            (Some(response), Some(paging)) => (answers.root(), answers.item(response, &paging.items)),
            (Some(_), None) => (answers.root(), TokenStream::new()),
            (None, _) => (quote!(Json), quote!(Json)),
        }
    }

    /// The part of the crate's page that shows a call: of the action that only reads and asks for least, preferably one
    /// whose answer comes in pages.
    pub(super) fn call_docs(&self, crate_name: &str) -> Docs {
        let actions = self.api.actions.iter().filter(|action| action.effect == ActionEffect::Read);
        let needed = |action: &Action| action.parameters.iter().filter(|parameter| parameter.required).count();
        let chosen = actions.min_by_key(|action| (action.paging.is_none(), needed(action)));
        let Some(action) = chosen else { return Docs::inner("") };
        let names = self.names.with_action(action);
        let speller = Speller::new(self.says, &names, Code::new(&TokenStream::new()));
        let example = speller.call_example(action, &tree::of(action), &snake(crate_name));
        Docs::inner_with(&["client", names.feature(action)], &self.says.call_example(&example))
    }

    /// The client.
    pub(super) fn client(&self) -> view::Client {
        let mut client = view::Client {
            docs: Docs::outer(&self.says.client()),
            calls: Vec::new(),
            pages: Vec::new(),
            waits: Vec::new(),
        };
        let (names, methods) = (self.names, &self.names.methods);
        for action in &self.api.actions {
            let (module, request) = (names.module(action), names.request(action));
            let place = Place { own: quote!(super::#module::response::), shared: quote!(super::schemas::response::) };
            let (response, item) = self.types_from(action, place);
            let (request, response) = (Code::new(&quote!(super::#module::#request)), Code::new(&response));
            let (gate, name) = (self.gate([action].into_iter()), action.name.as_str());
            client.calls.push(view::Call {
                docs: Docs::outer(&self.says.call(action)),
                gate: gate.clone(),
                name: methods.call(name),
                request: request.clone(),
                response: response.clone(),
            });
            if action.paging.is_some() {
                client.pages.push(view::Pages {
                    pages_docs: Docs::outer(&self.says.pages(action, false)),
                    items_docs: Docs::outer(&self.says.pages(action, true)),
                    gate: gate.clone(),
                    pages: methods.pages(name),
                    items: methods.items(name),
                    request: request.clone(),
                    response: response.clone(),
                    item: Code::new(&item),
                });
            }
            client.waits.extend(self.api.waiters_of(action).map(|waiter| view::Wait {
                docs: Docs::outer(&self.says.waiter(waiter)),
                gate: gate.clone(),
                name: methods.wait(waiter.name.as_str()),
                waiter: methods.waiter(waiter.name.as_str()),
                request: request.clone(),
                response: response.clone(),
            }));
        }
        client
    }

    /// What one can wait for.
    pub(super) fn waiters(&self) -> view::Waiters {
        let each = self.api.waiters.iter().filter_map(|given| {
            let action = self.api.action(given.action.as_str())?;
            Some(view::Static {
                docs: Docs::outer(&self.says.waiter(given)),
                gate: self.gate([action].into_iter()),
                name: self.names.methods.waiter(given.name.as_str()),
                table: Code::new(&waiter(given)),
            })
        });
        view::Waiters { waiters: each.collect() }
    }
}

//! How actions are called, as the static data that `bindery_runtime::operation` defines. Names of that module are in scope
//! wherever these tokens are printed, but for what an action's own module holds: there paths are whole.

use crate::model::{
    Acceptor, Action, ActionEffect, Api, Look, Method, Next, Paging, Protocol, Reasons, WaitState, Waiter,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An API.
pub fn api(api: &Api) -> TokenStream {
    let (product, version) = (api.product.as_str(), api.version.as_str());
    let protocol = match api.protocol {
        Protocol::Rpc => quote!(Rpc),
        Protocol::Roa => quote!(Roa),
    };
    let pattern = match &api.endpoints.pattern {
        Some(pattern) => quote!(Some(#pattern)),
        None => quote!(None),
    };
    let regions = api.endpoints.regions.iter().map(|(region, host)| quote!((#region, #host)));
    quote!(Api {
        product: #product,
        version: #version,
        protocol: Protocol::#protocol,
        endpoints: Endpoints { pattern: #pattern, regions: &[#(#regions),*] },
    })
}

/// An action. `api` is the path of the API's static, `table` of the action's.
pub fn operation(action: &Action, api: &TokenStream, table: &TokenStream) -> TokenStream {
    let method = match action.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
        Method::Head => "HEAD",
    };
    let path = action.path.as_str();
    let effect = match action.effect {
        ActionEffect::Read => quote!(Read),
        ActionEffect::Write => quote!(Write),
        ActionEffect::Spend => quote!(Spend),
    };
    let token = match action.parameters.iter().position(|parameter| parameter.idempotency_token) {
        Some(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote!(Some(#index))
        }
        None => quote!(None),
    };
    quote!(::bindery_runtime::operation::Operation {
        api: &#api,
        table: &#table,
        method: #method,
        path: #path,
        effect: ::bindery_runtime::operation::Effect::#effect,
        token: #token,
    })
}

/// How an answer is cut into pages.
pub fn paging(paging: &Paging) -> TokenStream {
    let Paging { next, items } = paging;
    let items = items.as_str();
    let next = match next {
        Next::Number { parameter, total } => {
            let (parameter, total) = (Literal::usize_unsuffixed(*parameter), total.as_str());
            quote!(Number { parameter: #parameter, total: #total })
        }
        Next::Token { parameter, token } => {
            let (parameter, token) = (Literal::usize_unsuffixed(*parameter), token.as_str());
            quote!(Token { parameter: #parameter, token: #token })
        }
    };
    quote!(::bindery_runtime::operation::Paging { next: ::bindery_runtime::operation::Next::#next, items: #items })
}

/// What one can wait for.
pub fn waiter(waiter: &Waiter) -> TokenStream {
    let Waiter { name, action: _, delay, attempts, acceptors, reasons, doc: _, origin: _ } = waiter;
    let name = name.as_str();
    let (delay, attempts) = (Literal::u32_unsuffixed(*delay), Literal::u32_unsuffixed(*attempts));
    let acceptors = acceptors.iter().map(acceptor);
    let reasons = match reasons {
        Some(reasons) => {
            let reasons = self::reasons(reasons);
            quote!(Some(#reasons))
        }
        None => quote!(None),
    };
    quote!(Waiter {
        name: #name,
        delay: #delay,
        attempts: #attempts,
        acceptors: &[#(#acceptors),*],
        reasons: #reasons,
    })
}

fn acceptor(acceptor: &Acceptor) -> TokenStream {
    let Acceptor { state, look, values } = acceptor;
    let state = match state {
        WaitState::Success => quote!(Success),
        WaitState::Failure => quote!(Failure),
        WaitState::Retry => quote!(Retry),
    };
    let look = match look {
        Look::Field(path) => {
            let path = path.as_str();
            quote!(Field(#path))
        }
        Look::Error => quote!(Error),
    };
    quote!(Acceptor { state: WaitState::#state, look: Look::#look, values: &[#(#values),*] })
}

fn reasons(reasons: &Reasons) -> TokenStream {
    let Reasons { items, only, show } = reasons;
    let items = items.as_str();
    let only = match only {
        Some((field, values)) => {
            let field = field.as_str();
            quote!(Some((#field, &[#(#values),*])))
        }
        None => quote!(None),
    };
    let show = show.iter().map(|field| field.as_str());
    quote!(Reasons { items: #items, only: #only, show: &[#(#show),*] })
}

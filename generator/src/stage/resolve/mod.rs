//! [`Amended`] to [`Api`]: from keywords to meaning.
//!
//! Names are checked, references followed, rules bound to the parameters that they name. This is the last place that
//! knows the spec format's words; what it cannot make sense of it reports and leaves out, so that one run shows it all.

mod address;
mod dispute;
mod field;
mod paging;
mod rule;
mod shape;
mod waiter;

use crate::diag::{Diagnostic, Diagnostics, Origin, below, did_you_mean};
use crate::model::{
    Action, ActionEffect, ActionName, Api, Doc, Error, Method, Parameter, Place, Precondition, ProductCode, Protocol,
    Samples, Shape, Style, WireName,
};
use crate::spec::{self, Amended, AmendedAction};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What resolving needs to know wherever it is: whose word a pointer is, and which shapes have names.
struct Context<'a> {
    origin: &'a dyn Fn(&str) -> Origin,
    schemas: &'a spec::Map<spec::Parameter>,
    diagnostics: &'a mut Diagnostics,
}

impl Context<'_> {
    fn error(&mut self, code: &'static str, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, (self.origin)(pointer), message).help(help));
    }

    fn error_at_key(&mut self, code: &'static str, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        let file = (self.origin)(pointer).file;
        self.diagnostics.push(Diagnostic::error(code, Origin::key(&file, pointer), message).help(help));
    }

    /// The index of a parameter; if there is none of that name, says so. `scope` says what is allowed at all.
    fn parameter(&mut self, name: &str, parameters: &[Parameter], pointer: &str, scope: &str) -> Option<usize> {
        let found = parameters.iter().position(|parameter| parameter.name.as_str() == name);
        if found.is_none() {
            let names = parameters.iter().map(|parameter| parameter.name.as_str());
            let help = match did_you_mean(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => scope.to_owned(),
            };
            self.error("unknown-parameter", pointer, format!("there is no parameter `{}`", name.escape_debug()), help);
        }
        found
    }

    fn action_names(&mut self, names: &[String], pointer: &str) -> Vec<ActionName> {
        let check = |(index, name): (usize, &String)| match ActionName::new(name) {
            Ok(name) => Some(name),
            Err(error) => {
                let place = format!("{pointer}/{index}");
                self.error("name", &place, format!("`{}` cannot be an action", name.escape_debug()), error.expected);
                None
            }
        };
        names.iter().enumerate().filter_map(check).collect()
    }
}

/// Resolves everything. Actions with errors are left out.
pub fn run(amended: &Amended, diagnostics: &mut Diagnostics) -> Option<Api> {
    let origin = |pointer: &str| amended.product_origin(pointer);
    let product: spec::Product = typed(&amended.product.value, &origin, diagnostics)?;
    let mut context = Context { origin: &origin, schemas: &product.schemas, diagnostics };
    let name = match ProductCode::new(&product.product) {
        Ok(name) => name,
        Err(error) => {
            context.error("name", "/product", "the product's code cannot be used", error.expected);
            return None;
        }
    };
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if product.version.is_empty() || !product.version.chars().all(harmless) {
        context.error("name", "/version", "the version cannot be used", "letters, digits, `.`, `-` and `_`");
    }
    let endpoints = address::endpoints(product.endpoints.as_ref(), &mut context);
    let schemas = shape::named(&product.schemas, &mut context);
    let errors = errors(&product.errors, &mut context);
    let shared = Shared { product: &product, schemas: &schemas, errors: &errors };
    let actions: Vec<Action> =
        amended.actions.iter().filter_map(|action| resolve(action, &shared, diagnostics)).collect();
    let mut context = Context { origin: &origin, schemas: &product.schemas, diagnostics };
    // An action that was left out has been complained of already.
    let whole = actions.len() == amended.actions.len();
    let waiters = waiter::all(&product.waiters, &actions, &schemas, whole, &mut context);
    Some(Api {
        product: name,
        version: product.version.clone(),
        title: doc(product.title.as_ref()),
        doc: doc(product.doc.as_ref()),
        protocol: match product.style {
            spec::Protocol::Rpc => Protocol::Rpc,
            spec::Protocol::Roa => Protocol::Roa,
        },
        endpoints,
        schemas,
        errors,
        actions,
        waiters,
    })
}

/// What all actions of a product share.
struct Shared<'a> {
    product: &'a spec::Product,
    schemas: &'a [(String, Shape)],
    errors: &'a [Error],
}

/// The typed form. The shape has been checked before, so an error here is about something that a schema cannot say.
fn typed<T: DeserializeOwned>(
    value: &Value,
    origin: &dyn Fn(&str) -> Origin,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    T::deserialize(value)
        .map_err(|error| diagnostics.push(Diagnostic::error("type", origin(""), error.to_string())))
        .ok()
}

fn resolve(amended: &AmendedAction, shared: &Shared<'_>, diagnostics: &mut Diagnostics) -> Option<Action> {
    let origin = |pointer: &str| amended.origin(pointer);
    let given: spec::Action = typed(&amended.value, &origin, diagnostics)?;
    let mut context = Context { origin: &origin, schemas: &shared.product.schemas, diagnostics };
    let name = match ActionName::new(&given.action) {
        Ok(name) => name,
        Err(error) => {
            context.error("name", "/action", "the action's name cannot be used", error.expected);
            return None;
        }
    };
    if name.as_str() != amended.base.stem {
        let message = format!("the action is called `{name}`, its file `{}.json`", amended.base.stem);
        context.error("name", "/action", message, "the two are the same");
    }
    let parameters = given
        .parameters
        .iter()
        .filter_map(|(name, parameter)| resolve_parameter(name, parameter, &mut context))
        .collect::<Vec<_>>();
    // Rules are bound by position: with a parameter missing they would be bound to the wrong one.
    let whole = parameters.len() == given.parameters.len();
    let rules = if whole { rule::all(&given, &parameters, &mut context) } else { Vec::new() };
    let response = given.response.as_ref().and_then(|response| {
        if response.kind != spec::Type::Object {
            context.error("type", "/response/type", "a response is an object", "`\"type\": \"object\"`");
        }
        let object = spec::Parameter {
            kind: Some(spec::Type::Object),
            properties: response.properties.clone(),
            ..spec::Parameter::default()
        };
        shape::shape(&object, "/response", &mut context)
    });
    let path = address::path(given.path.as_deref(), shared.product.style, &parameters, whole, &mut context);
    let paging = given.pagination.as_ref().filter(|_| whole).and_then(|pagination| {
        paging::paging(pagination, &parameters, response.as_ref(), shared.schemas, &mut context)
    });
    let related = context.action_names(&given.related, "/related");
    let own = errors(&given.errors, &mut context);
    let fresh = shared.errors.iter().filter(|error| own.iter().all(|known| known.code != error.code)).cloned();
    let all_errors = own.iter().cloned().chain(fresh).collect();
    let mut allow = Vec::new();
    for (code, subjects) in &given.allow {
        for (subject, reason) in subjects {
            let pointer = below(&below("/allow", code), subject);
            allow.push((code.clone(), subject.clone(), reason.clone(), amended.origin(&pointer)));
        }
    }
    Some(Action {
        name,
        summary: doc(given.summary.as_ref()),
        doc: doc(given.doc.as_ref()),
        effect: match given.effect {
            Some(spec::ActionEffect::Read) => ActionEffect::Read,
            Some(spec::ActionEffect::Write) | None => ActionEffect::Write,
            Some(spec::ActionEffect::Spend) => ActionEffect::Spend,
        },
        method: given.methods.first().map_or(Method::Post, method),
        path,
        deprecated: given.deprecated,
        related,
        parameters,
        rules,
        response,
        paging,
        errors: all_errors,
        samples: given.samples.as_ref().map_or_else(Samples::default, |samples| Samples {
            request: samples.request.as_ref().map(|request| request.clone().into_iter().collect()),
            json: samples.json.clone(),
            xml: samples.xml.clone(),
        }),
        disputes: dispute::all(&given, amended),
        allow,
        origin: amended.origin("/action"),
    })
}

fn resolve_parameter(name: &str, given: &spec::Parameter, context: &mut Context<'_>) -> Option<Parameter> {
    let pointer = below("/parameters", name);
    let wire = match WireName::new(name) {
        Ok(wire) => wire,
        Err(error) => {
            let message = format!("`{}` cannot be a parameter", name.escape_debug());
            context.error_at_key("name", &pointer, message, error.expected);
            return None;
        }
    };
    let shape = shape::shape(given, &pointer, context)?;
    let lookup = context.action_names(&given.lookup, &format!("{pointer}/lookup"));
    let origin = context_key(context, &pointer);
    Some(Parameter {
        name: wire,
        required: given.required,
        place: match given.place.unwrap_or_default() {
            spec::In::Query => Place::Query,
            spec::In::FormData => Place::Form,
            spec::In::Body => Place::Body,
            spec::In::Path => Place::Path,
            spec::In::Header => Place::Header,
            spec::In::Host => Place::Host,
        },
        style: match given.style {
            None | Some(spec::Style::RepeatList) => Style::Repeat,
            Some(spec::Style::Flat) => Style::Flat,
            Some(spec::Style::Simple) => Style::Simple,
            Some(spec::Style::Json) => Style::Json,
            Some(spec::Style::Xml) => Style::Xml,
        },
        idempotency_token: given.idempotency_token,
        lookup,
        preconditions: preconditions(&given.preconditions),
        shape,
        origin,
    })
}

fn context_key(context: &Context<'_>, pointer: &str) -> Origin {
    Origin::key(&(context.origin)(pointer).file, pointer)
}

fn preconditions(given: &spec::Map<spec::Precondition>) -> Vec<Precondition> {
    given
        .iter()
        .map(|(id, given)| Precondition { id: id.clone(), value: given.value.clone(), doc: doc(given.doc.as_ref()) })
        .collect()
}

fn method(given: &spec::Method) -> Method {
    match given {
        spec::Method::Get => Method::Get,
        spec::Method::Post => Method::Post,
        spec::Method::Put => Method::Put,
        spec::Method::Patch => Method::Patch,
        spec::Method::Delete => Method::Delete,
        spec::Method::Head => Method::Head,
    }
}

fn errors(given: &spec::Map<spec::ErrorCode>, context: &mut Context<'_>) -> Vec<Error> {
    let harmless = |code: &str| !code.is_empty() && code.len() <= 128 && code.bytes().all(|b| b.is_ascii_graphic());
    let check = |(code, given): (&String, &spec::ErrorCode)| {
        if !harmless(code) {
            let message = format!("`{}` cannot be an error code", code.escape_debug());
            context.error_at_key("name", &below("/errors", code), message, "at most 128 visible ASCII characters");
            return None;
        }
        let doc = doc(given.doc.as_ref());
        Some(Error { code: code.clone(), status: given.status, doc, retryable: given.retryable })
    };
    given.iter().filter_map(check).collect()
}

fn doc(text: Option<&spec::Text>) -> Doc {
    let Some(text) = text else { return Doc::default() };
    Doc { en: text.en.clone().unwrap_or_default(), zh: text.zh.clone().unwrap_or_default() }
}

/// An object of the response or of a shape: used by both.
fn members(given: &spec::Map<spec::Parameter>, pointer: &str, context: &mut Context<'_>) -> Vec<crate::model::Member> {
    let each = |(name, given): (&String, &spec::Parameter)| {
        let place = below(&format!("{pointer}/properties"), name);
        let wire = match WireName::new(name) {
            Ok(wire) => wire,
            Err(error) => {
                let message = format!("`{}` cannot be a member", name.escape_debug());
                context.error_at_key("name", &place, message, error.expected);
                return None;
            }
        };
        if given.place.is_some() || given.style.is_some() || !given.lookup.is_empty() && pointer.is_empty() {
            context.error("misplaced", &place, "`in` and `style` are for request parameters", "remove it");
        }
        let shape: Shape = shape::shape(given, &place, context)?;
        let preconditions = preconditions(&given.preconditions);
        Some(crate::model::Member { name: wire, required: given.required, shape, preconditions })
    };
    given.iter().filter_map(each).collect()
}

//! The model, spelled as Rust.
//!
//! A module an action: the request, the groups that dotted names make, the objects and enums inside, and one static
//! table of what the service demands; below it a module of the answer's types. Shapes that the API names live in one
//! module that the actions share. Methods of one client call the actions.

mod calls;
mod construct;
mod example;
mod fields;
mod methods;
mod names;
mod response;
mod sample;

use super::describe::{self, Describe};
use super::{paths, reach, tree};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Action, Api, Kind, Language};
use crate::rust::{Code, Docs, Ident, Patterns, Text, snake, table};
use crate::target::Target;
use crate::view::{Package, View, rust as view};
use fields::Speller;
use names::Names;
use proc_macro2::TokenStream;
use quote::quote;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What the code will be part of.
#[derive(Debug, Clone)]
pub enum Layout {
    /// A crate of its own, with a feature an action.
    Crate(Crate),
    /// Modules of somebody's crate, made by its build script.
    Modules(Modules),
}

/// What somebody's crate wants beside requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Modules {
    /// The client, and the types of answers.
    pub client: bool,
    /// The client for code that is not async, beside the other.
    pub blocking: bool,
}

/// What a project file says about the crate.
#[derive(Debug, Clone)]
pub struct Crate {
    /// The crate's name.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// The path to `bindery-runtime`, relative to the crate; `None`: the published one.
    pub runtime: Option<String>,
    /// The actions that are on unless turned off.
    pub default_actions: Vec<String>,
    /// The language of the documentation.
    pub language: Language,
}

impl Layout {
    /// The language of the documentation.
    fn language(&self) -> Language {
        match self {
            Layout::Crate(options) => options.language,
            Layout::Modules(_) => Language::En,
        }
    }
}

/// Spells an API.
pub fn run(api: &Api, target: &Target, layout: &Layout, diagnostics: &mut Diagnostics) -> Package {
    let names = Names::of_api(api, target);
    let mut package = Package::default();
    let library = Library { says: Describe::new(api, layout.language()), api, names: &names, layout };
    let reached: Vec<BTreeSet<&str>> = api.actions.iter().map(|action| reach::of_action(api, action)).collect();
    let answers: Vec<BTreeSet<&str>> = match library.calls() {
        true => api.actions.iter().map(|action| reach::of_answer(api, action)).collect(),
        false => vec![BTreeSet::new(); api.actions.len()],
    };
    let both: Vec<BTreeSet<&str>> = reached.iter().zip(&answers).map(|(one, other)| one | other).collect();
    if let Layout::Crate(options) = layout {
        add(&mut package, &library.crate_view(options, &both), diagnostics);
    }
    add(&mut package, &view::Api { table: Code::new(&crate::rust::api(api)) }, diagnostics);
    if both.iter().any(|names| !names.is_empty()) {
        let answering = answers.iter().any(|names| !names.is_empty());
        add(&mut package, &library.schemas(&reached, answering), diagnostics);
        if answering {
            add(&mut package, &library.shared_answers(&answers), diagnostics);
        }
    }
    let units = api.actions.par_iter().zip(&reached).map(|(action, reached)| {
        let (mut package, mut diagnostics) = (Package::default(), Diagnostics::new());
        add(&mut package, &library.action(action, reached), &mut diagnostics);
        if let Some(response) = library.answer(action) {
            add(&mut package, &response, &mut diagnostics);
        }
        (package, diagnostics)
    });
    for (own, problems) in units.collect::<Vec<_>>() {
        package.units.extend(own.units);
        diagnostics.extend(problems);
    }
    if library.calls() {
        let client = library.client();
        if !api.waiters.is_empty() {
            add(&mut package, &library.waiters(), diagnostics);
        }
        if library.blocks() {
            add(&mut package, &view::Blocking(client.clone()), diagnostics);
        }
        add(&mut package, &client, diagnostics);
    }
    package
}

/// The example of each action, by name: for pages that show one.
pub fn examples(api: &Api, target: &Target, crate_name: &str) -> BTreeMap<String, String> {
    let shared = Names::of_api(api, target);
    let example = |action: &Action| {
        let names = shared.with_action(action);
        let speller = Speller::new(Describe::new(api, Language::En), &names, Code::new(&TokenStream::new()));
        (action.name.to_string(), speller.example(action, &tree::of(action), &snake(crate_name)))
    };
    api.actions.par_iter().map(example).collect()
}

fn add<V: View>(package: &mut Package, view: &V, diagnostics: &mut Diagnostics) {
    if let Err(error) = package.push(view) {
        diagnostics.push(Diagnostic::placeless("view", error.to_string()));
    }
}

/// What every module of the crate is spelled with.
#[derive(Clone, Copy)]
struct Library<'a> {
    says: Describe<'a>,
    api: &'a Api,
    names: &'a Names,
    layout: &'a Layout,
}

impl Library<'_> {
    fn crate_view(&self, options: &Crate, reached: &[BTreeSet<&str>]) -> view::Crate {
        let actions = &self.api.actions;
        let modules = actions.iter().map(|action| view::Module {
            module: self.names.module(action),
            feature: self.feature(action),
            request: self.names.request(action),
            docs: Docs::outer(&self.says.summary(action)),
            has_response: self.names.response(action).is_some(),
            response: self.names.response(action).unwrap_or_else(|| self.names.request(action)),
        });
        let runtime = toml::Table::from_iter(
            [("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned())]
                .into_iter()
                .chain(options.runtime.clone().map(|path| ("path".to_owned(), path)))
                .map(|(key, value)| (key, toml::Value::String(value))),
        );
        let defaults =
            actions.iter().filter(|action| options.default_actions.iter().any(|name| name == action.name.as_str()));
        view::Crate {
            docs: Docs::inner(&self.says.library()),
            call_docs: self.call_docs(&options.name),
            name: Text::toml(&options.name),
            version: Text::toml(&options.version),
            description: Text::toml(&self.says.description()),
            runtime: Code::toml(&toml::Value::Table(runtime)),
            default_features: defaults.map(|action| self.feature(action)).collect(),
            actions: modules.collect(),
            has_waiters: !self.api.waiters.is_empty(),
            has_schemas: reached.iter().any(|names| !names.is_empty()),
            schema_gate: self
                .gate(actions.iter().zip(reached).filter(|(_, names)| !names.is_empty()).map(|(action, _)| action)),
        }
    }

    fn schemas(&self, reached: &[BTreeSet<&str>], answering: bool) -> view::Schemas {
        let mut schemas = view::Schemas {
            response_module: self.response_module(answering),
            structs: Vec::new(),
            enums: Vec::new(),
            lists: Vec::new(),
            statics: Vec::new(),
            patterns: Code::new(&TokenStream::new()),
        };
        let mut patterns = Patterns::default();
        for (name, shape) in &self.api.schemas {
            let Some(gate) = self.gate_of_schema(name, reached) else { continue };
            let mut speller = Speller::new(self.says, self.names, gate.clone());
            match &shape.kind {
                Kind::List(item) => schemas.lists.push(speller.list(name, shape, item)),
                _ => {
                    speller.emit(shape, &paths::schema(name));
                }
            }
            schemas.structs.append(&mut speller.structs);
            schemas.enums.append(&mut speller.enums);
            let table = crate::rust::own_table(shape, &mut patterns, &|name| self.static_of(name));
            schemas.statics.push(view::Static {
                docs: Docs::outer(""),
                gate,
                name: self.names.table_of(name),
                table: Code::new(&table),
            });
        }
        schemas.patterns = Code::new(&patterns.statics());
        schemas
    }

    /// The attribute for a shared shape; `None` if no action reaches it.
    fn gate_of_schema(&self, name: &str, reached: &[BTreeSet<&str>]) -> Option<Code> {
        let users = self.api.actions.iter().zip(reached).filter(|(_, names)| names.contains(name));
        let users: Vec<&Action> = users.map(|(action, _)| action).collect();
        (!users.is_empty()).then(|| self.gate(users.into_iter()))
    }

    /// The attribute for what several actions reach.
    fn gate<'b>(&self, actions: impl Iterator<Item = &'b Action>) -> Code {
        let features: Vec<&str> = actions.map(|action| self.names.feature(action)).collect();
        Code::new(&match self.layout {
            Layout::Crate(_) if features.len() == 1 => quote!(#(#[cfg(feature = #features)])*),
            Layout::Crate(_) => quote!(#[cfg(any(#(feature = #features),*))]),
            Layout::Modules(_) => TokenStream::new(),
        })
    }

    fn feature(&self, action: &Action) -> Text {
        Text::new(self.names.feature(action))
    }

    /// A reference to the static table of a named shape.
    fn static_of(&self, name: &str) -> TokenStream {
        let table = self.names.table_of(name);
        quote!(&super::super::schemas::table::#table)
    }

    fn action(&self, action: &Action, reached: &BTreeSet<&str>) -> view::Action {
        let names = self.names.with_action(action);
        let mut speller = Speller::new(self.says, &names, Code::new(&TokenStream::new()));
        let tree = tree::of(action);
        let crate_name = match self.layout {
            Layout::Crate(options) => Some(snake(&options.name)),
            Layout::Modules(_) => None,
        };
        speller.request(action, &tree, crate_name.as_deref());
        let mut patterns = Patterns::default();
        let words = |condition: &_| describe::condition(action, condition);
        let table = table(action, &mut patterns, &|name| self.static_of(name), &words);
        let visits = speller.visits(action, &tree);
        let (response, item, paging) = self.calling(action);
        let reexports: Vec<Ident> = reached.iter().flat_map(|name| self.names.types_of(name)).collect();
        view::Action {
            stem: names.file(action),
            docs: Docs::inner(&self.says.module(action)),
            has_reexports: !reexports.is_empty(),
            reexports,
            request: names.request(action),
            structs: speller.structs,
            enums: speller.enums,
            visits,
            table: Code::new(&table),
            patterns: Code::new(&patterns.statics()),
            operation: Code::new(&crate::rust::operation(action, &quote!(super::api::API), &quote!(table::TABLE))),
            has_client: self.calls(),
            client_gate: self.client_gate(),
            response_module: self.response_module(action.response.is_some()),
            response,
            has_paging: action.paging.is_some(),
            item,
            paging,
        }
    }
}

//! What is called what. Types are told apart by a path: a parameter's name for what it holds, `group:` and a dotted
//! prefix for a group, `request:` and an action for its request, `schema:` and a shape's name for shared shapes; what
//! lies below follows after a slash.

use super::super::{paths, tree};
use super::methods::Methods;
use super::response::{self, Types};
use crate::model::{Action, Api, Kind, Shape};
use crate::rust::{Ident, Stem, pascal, snake, stem};
use crate::target::{Scope, Target};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// The names that a crate is spelled with: its modules and features, its requests and shared shapes, and, once
/// [`Names::with_action`] has added them, the types of one module.
#[derive(Debug, Clone, Default)]
pub struct Names {
    everywhere: Arc<Everywhere>,
    /// The types of one module, by path.
    own: BTreeMap<String, String>,
}

/// What all modules see.
#[derive(Debug, Default)]
pub struct Everywhere {
    /// By path.
    types: BTreeMap<String, String>,
    /// By action.
    modules: BTreeMap<String, String>,
    /// By action.
    features: BTreeMap<String, String>,
    /// The static tables, by shared shape.
    tables: BTreeMap<String, String>,
    /// What no type of a module may be called.
    taken: Arc<Scope>,
    /// The types of answers, by action.
    responses: BTreeMap<String, String>,
    /// What no type of an answer may be called.
    answer_reserved: Vec<String>,
    /// The types that shared shapes need in answers.
    answer_schemas: Types,
    /// What the client's methods are called.
    pub methods: Methods,
}

impl Deref for Names {
    type Target = Everywhere;

    fn deref(&self) -> &Everywhere {
        &self.everywhere
    }
}

impl Names {
    /// The names that all modules of the crate see.
    pub fn of_api(api: &Api, target: &Target) -> Names {
        let words = |place: &str| target.manifest.reserved.get(place).map_or(&[][..], |list| list.words.as_slice());
        let elsewhere = ["module", "feature", "root", "response", "method"];
        let lists = target.manifest.reserved.iter().filter(|(place, _)| !elsewhere.contains(&place.as_str()));
        let reserved: Vec<String> = lists.flat_map(|(_, list)| &list.words).cloned().collect();
        let answer_reserved: Vec<String> = words("prelude").iter().chain(words("response")).cloned().collect();
        let actions = || api.actions.iter().map(|action| action.name.as_str());
        let mut wanted = Vec::new();
        for (name, shape) in &api.schemas {
            if matches!(shape.kind, Kind::List(_)) {
                wanted.push((paths::schema(name), name.clone()));
            }
            collect(shape, &paths::schema(name), &mut wanted);
        }
        // Requests first: their names are the ones that users know. They stand at the crate's root, among what it gives
        // away itself; answers stand there beside them.
        let mut root = Scope::new(reserved.iter().map(String::as_str).chain(words("root").iter().map(String::as_str)));
        let requests = actions().map(|name| (request_path(name), name.to_owned())).collect();
        let mut types = claim(requests, &mut root);
        let mut answer_root = Scope::new(answer_reserved.iter().chain(words("root")).chain(types.values()));
        let answering =
            api.actions.iter().filter(|action| action.response.is_some()).map(|action| action.name.as_str());
        let responses = answer_root.claim_all(answering, "", |name| {
            format!("{}Response", types.get(&request_path(name)).map_or("", String::as_str))
        });
        let mut scope = Scope::new(reserved.iter().chain(types.values()));
        types.append(&mut claim(wanted, &mut scope));
        let taken = Scope::new(reserved.iter().chain(types.values()));
        let everywhere = Everywhere {
            types,
            taken: Arc::new(taken),
            modules: Scope::new(words("module")).claim_all(actions(), "_", snake),
            features: Scope::new(words("feature"))
                .claim_all(actions(), "-", |name| stem(name, true).as_str().to_owned()),
            responses,
            answer_schemas: response::shared_names(api, &answer_reserved),
            answer_reserved,
            methods: Methods::of_api(api, words("method")),
            tables: Scope::default()
                .claim_all(api.schemas.iter().map(|(name, _)| name.as_str()), "", |name| snake(name).to_uppercase()),
        };
        Names { everywhere: Arc::new(everywhere), own: BTreeMap::new() }
    }

    /// The names of an action's types, beside those that all modules see.
    pub fn with_action(&self, action: &Action) -> Names {
        let mut wanted = Vec::new();
        paths::groups(&tree::of(action), &mut wanted);
        for parameter in &action.parameters {
            collect(&parameter.shape, parameter.name.as_str(), &mut wanted);
        }
        Names { everywhere: Arc::clone(&self.everywhere), own: claim(wanted, &mut Scope::within(&self.taken)) }
    }

    /// The file of an action.
    pub fn file(&self, action: &Action) -> Stem {
        stem(self.modules.get(action.name.as_str()).map_or("invalid_name", String::as_str), false)
    }

    /// The module of an action.
    pub fn module(&self, action: &Action) -> Ident {
        Ident::new(self.file(action).as_str())
    }

    /// The feature of an action.
    pub fn feature(&self, action: &Action) -> &str {
        self.features.get(action.name.as_str()).map_or("invalid-name", String::as_str)
    }

    /// The type of an action's requests.
    pub fn request(&self, action: &Action) -> Ident {
        self.ty(&request_path(action.name.as_str()))
    }

    /// The type of an action's answers; `None` if nothing is known of them.
    pub fn response(&self, action: &Action) -> Option<Ident> {
        self.responses.get(action.name.as_str()).map(|name| Ident::new(name))
    }

    /// The types of an action's answer, and those that answers share.
    pub fn answer_types(&self, action: &Action) -> Types {
        let mut types = self.answer_schemas.clone();
        if let (Some(response), Some(name)) = (&action.response, self.responses.get(action.name.as_str())) {
            types.append(&mut response::own_names(response, name, &self.answer_reserved));
        }
        types
    }

    /// The types that answers share.
    pub fn shared_answer_types(&self) -> &Types {
        &self.answer_schemas
    }

    /// The type of a path.
    pub fn ty(&self, path: &str) -> Ident {
        let found = self.own.get(path).or_else(|| self.types.get(path));
        Ident::new(found.map_or("invalid_name", String::as_str))
    }

    /// The type of a group.
    pub fn group(&self, path: &str) -> Ident {
        self.ty(&paths::group(path))
    }

    /// The types that a shared shape brings.
    pub fn types_of(&self, schema: &str) -> Vec<Ident> {
        let own = paths::schema(schema);
        let below = format!("{own}/");
        let types = self.types.iter().filter(|(path, _)| **path == own || path.starts_with(&below));
        types.map(|(_, name)| Ident::new(name)).collect()
    }

    /// The static table of a shared shape.
    pub fn table_of(&self, schema: &str) -> Ident {
        Ident::new(self.tables.get(schema).map_or("INVALID_NAME", String::as_str))
    }
}

/// No parameter can be called so.
fn request_path(action: &str) -> String {
    format!("request:{action}")
}

/// Every type that a shape needs, with the words that its name is made of.
fn collect(shape: &Shape, path: &str, wanted: &mut Vec<(String, String)>) {
    let words = || path.strip_prefix("schema:").unwrap_or(path).to_owned();
    match &shape.kind {
        Kind::Text if !shape.values.is_empty() && !shape.sensitive => wanted.push((path.to_owned(), words())),
        Kind::List(inner) => collect(inner, &paths::item(path), wanted),
        Kind::Json(inner) => collect(inner, path, wanted),
        Kind::Object(members, _) => {
            wanted.push((path.to_owned(), words()));
            for member in members {
                collect(&member.shape, &paths::member(path, member), wanted);
            }
        }
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Named(_) | Kind::Any => {}
    }
}

/// Names by path. Paths are served in byte order, so a spec's order does not matter.
fn claim(wanted: Vec<(String, String)>, scope: &mut Scope) -> BTreeMap<String, String> {
    let sorted: BTreeMap<String, String> = wanted.into_iter().collect();
    sorted.into_iter().map(|(path, words)| (path, scope.claim(&pascal(&words), ""))).collect()
}

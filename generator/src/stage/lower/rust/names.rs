//! What is called what. Types are told apart by a path: a parameter's name for what it holds, `group:` and a dotted
//! prefix for a group, `request:` and an action for its request, `schema:` and a shape's name for shared shapes; what
//! lies below follows after a slash.

use super::tree::{self, Node};
use crate::model::{Action, Api, Kind, Member, Shape};
use crate::rust::{Ident, Stem, pascal, snake, stem};
use crate::target::{Scope, Target};
use std::collections::BTreeMap;

/// The names that a crate is spelled with: its modules and features, its requests and shared shapes, and, once
/// [`Names::with_action`] has added them, the types of one module.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// By path.
    types: BTreeMap<String, String>,
    /// By action.
    modules: BTreeMap<String, String>,
    /// By action.
    features: BTreeMap<String, String>,
    /// The static tables, by shared shape.
    tables: BTreeMap<String, String>,
    /// What no type may be called.
    reserved: Vec<String>,
}

impl Names {
    /// The names that all modules of the crate see.
    pub fn of_api(api: &Api, target: &Target) -> Names {
        let (mut modules, mut features, mut reserved) = (Scope::default(), Scope::default(), Vec::new());
        for (place, list) in &target.manifest.reserved {
            match place.as_str() {
                "module" => modules = Scope::new(&list.words),
                "feature" => features = Scope::new(&list.words),
                _ => reserved.extend(list.words.iter().cloned()),
            }
        }
        let actions = || api.actions.iter().map(|action| action.name.as_str());
        let mut wanted = Vec::new();
        for (name, shape) in &api.schemas {
            if matches!(shape.kind, Kind::List(_)) {
                wanted.push((schema_path(name), name.clone()));
            }
            collect(shape, &schema_path(name), &mut wanted);
        }
        // Requests first: their names are the ones that users know.
        let mut scope = Scope::new(&reserved);
        let requests = actions().map(|name| (request_path(name), name.to_owned())).collect();
        let mut types = claim(requests, &mut scope);
        types.append(&mut claim(wanted, &mut scope));
        Names {
            types,
            modules: modules.claim_all(actions(), "_", snake),
            features: features.claim_all(actions(), "-", |name| stem(name, true).as_str().to_owned()),
            tables: Scope::default()
                .claim_all(api.schemas.iter().map(|(name, _)| name.as_str()), "", |name| snake(name).to_uppercase()),
            reserved,
        }
    }

    /// The names of an action's types, beside those that all modules see.
    pub fn with_action(&self, action: &Action) -> Names {
        let mut wanted = Vec::new();
        groups(&tree::of(action), &mut wanted);
        for parameter in &action.parameters {
            collect(&parameter.shape, parameter.name.as_str(), &mut wanted);
        }
        let taken = self.reserved.iter().chain(self.types.values());
        let mut names = self.clone();
        names.types.append(&mut claim(wanted, &mut Scope::new(taken)));
        names
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

    /// The type of a path.
    pub fn ty(&self, path: &str) -> Ident {
        Ident::new(self.types.get(path).map_or("invalid_name", String::as_str))
    }

    /// The type of a group.
    pub fn group(&self, path: &str) -> Ident {
        self.ty(&group_path(path))
    }

    /// The types that a shared shape brings.
    pub fn types_of(&self, schema: &str) -> Vec<Ident> {
        let own = schema_path(schema);
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

/// The path of a shared shape.
pub fn schema_path(name: &str) -> String {
    format!("schema:{name}")
}

fn group_path(path: &str) -> String {
    format!("group:{path}")
}

fn groups(nodes: &[Node], wanted: &mut Vec<(String, String)>) {
    for node in nodes {
        if let Node::Group { path, children, .. } = node {
            wanted.push((group_path(path), path.clone()));
            groups(children, wanted);
        }
    }
}

/// Every type that a shape needs, with the words that its name is made of.
fn collect(shape: &Shape, path: &str, wanted: &mut Vec<(String, String)>) {
    let words = || path.strip_prefix("schema:").unwrap_or(path).to_owned();
    match &shape.kind {
        Kind::Text if !shape.values.is_empty() && !shape.sensitive => wanted.push((path.to_owned(), words())),
        Kind::List(inner) => collect(inner, &item_path(path), wanted),
        Kind::Json(inner) => collect(inner, path, wanted),
        Kind::Object(members, _) => {
            wanted.push((path.to_owned(), words()));
            for member in members {
                collect(&member.shape, &member_path(path, member), wanted);
            }
        }
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Named(_) | Kind::Any => {}
    }
}

/// The path of an object's member. Wire names have dots, never a slash: the parameter `Disk.Kind` is not the member
/// `Kind` of the parameter `Disk`.
pub fn member_path(path: &str, member: &Member) -> String {
    format!("{path}/{}", member.name)
}

/// The path of a list's elements: below a shared list, whose name is taken; elsewhere the list has no type of its own.
pub fn item_path(path: &str) -> String {
    match path.strip_prefix("schema:") {
        Some(name) if !name.contains('/') => format!("{path}/Item"),
        _ => path.to_owned(),
    }
}

/// Names by path. Paths are served in byte order, so a spec's order does not matter.
fn claim(wanted: Vec<(String, String)>, scope: &mut Scope) -> BTreeMap<String, String> {
    let sorted: BTreeMap<String, String> = wanted.into_iter().collect();
    sorted.into_iter().map(|(path, words)| (path, scope.claim(&pascal(&words), ""))).collect()
}

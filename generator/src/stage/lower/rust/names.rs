//! Which type is called what. Types are told apart by a path: a parameter's name for what it holds, `group:` and a
//! dotted prefix for a group, a shape's name and what leads below it for shared shapes.

use super::tree::{self, Node};
use crate::model::{Action, Api, Kind, Shape};
use crate::rust::{Ident, pascal, snake};
use crate::target::Scope;
use std::collections::BTreeMap;

/// The path of the request itself: no parameter can be called so.
const REQUEST: &str = ":request";

/// The names of the types of one module, and of the shared ones.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// By path.
    types: BTreeMap<String, String>,
}

impl Names {
    /// The names of the shared shapes.
    pub fn of_schemas(api: &Api, reserved: &[String]) -> Names {
        let mut wanted = Vec::new();
        for (name, shape) in &api.schemas {
            if matches!(shape.kind, Kind::List(_)) {
                wanted.push((schema_path(name), name.clone()));
            }
            collect(shape, &schema_path(name), &mut wanted);
        }
        Names { types: claim(wanted, Scope::new(reserved.iter().cloned())) }
    }

    /// The names of an action's types, beside the shared ones.
    pub fn with_action(&self, action: &Action, reserved: &[String]) -> Names {
        let mut wanted = vec![(REQUEST.to_owned(), action.name.as_str().to_owned())];
        groups(&tree::of(action), &mut wanted);
        for parameter in &action.parameters {
            collect(&parameter.shape, parameter.name.as_str(), &mut wanted);
        }
        let taken = reserved.iter().cloned().chain(self.types.values().cloned());
        let mut types = claim(wanted, Scope::new(taken));
        types.extend(self.types.clone());
        Names { types }
    }

    /// The type of a path.
    pub fn ty(&self, path: &str) -> Ident {
        Ident::new(self.types.get(path).map_or("invalid_name", String::as_str))
    }

    /// The request's type.
    pub fn request(&self) -> Ident {
        self.ty(REQUEST)
    }

    /// The type of a group.
    pub fn group(&self, path: &str) -> Ident {
        self.ty(&group_path(path))
    }

    /// The types that a shared shape brings.
    pub fn types_of(&self, schema: &str) -> Vec<Ident> {
        let own = schema_path(schema);
        let below = format!("{own}.");
        let types = self.types.iter().filter(|(path, _)| **path == own || path.starts_with(&below));
        types.map(|(_, name)| Ident::new(name)).collect()
    }

    /// The static table of a shared shape.
    pub fn table_of(&self, schema: &str) -> Ident {
        Ident::new(&snake(schema).to_uppercase())
    }
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
                collect(&member.shape, &format!("{path}.{}", member.name), wanted);
            }
        }
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Named(_) | Kind::Any => {}
    }
}

/// The path of a list's elements: below a shared list, whose name is taken; elsewhere the list has no type of its own.
pub fn item_path(path: &str) -> String {
    match path.strip_prefix("schema:") {
        Some(name) if !name.contains('.') => format!("{path}.Item"),
        _ => path.to_owned(),
    }
}

/// Names by path. Paths are served in byte order, so a spec's order does not matter.
fn claim(wanted: Vec<(String, String)>, mut scope: Scope) -> BTreeMap<String, String> {
    let sorted: BTreeMap<String, String> = wanted.into_iter().collect();
    // The request first: its name is the one that users know.
    let request = sorted.get(REQUEST).map(|words| (REQUEST.to_owned(), scope.claim(&pascal(words), "")));
    let rest = sorted.into_iter().filter(|(path, _)| path != REQUEST);
    let rest: Vec<(String, String)> = rest.map(|(path, words)| (path, scope.claim(&pascal(&words), ""))).collect();
    request.into_iter().chain(rest).collect()
}

//! What is called what. Types are told apart by their [`paths`].

use super::super::describe::Describe;
use super::super::recursion::map_of;
use super::super::{paths, tree};
use crate::model::{Action, Api, Kind, Shape};
use crate::target::{Language, Name, Part, Scope, TypeScope};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names that the whole package sees.
#[derive(Debug)]
pub struct Names<'a> {
    /// How they are spelled.
    pub language: &'a Language,
    /// How things are described.
    pub says: Describe<'a>,
    /// By action.
    pub requests: BTreeMap<String, Name>,
    /// By action.
    pub responses: BTreeMap<String, Name>,
    /// By action.
    pub modules: BTreeMap<String, Name>,
    /// Methods by `call:`, `pages:`, `items:` or `wait:` and the name of the action or waiter.
    pub methods: BTreeMap<String, Name>,
    /// The constants of shared shapes, by name; of waiters, by `wait:` and name.
    pub constants: BTreeMap<String, Name>,
    /// The types of shared shapes, by path.
    pub schemas: BTreeMap<String, Name>,
    /// What an action's own types may not be called.
    taken: Arc<Scope>,
}

impl<'a> Names<'a> {
    /// For an API.
    pub fn of(says: Describe<'a>, language: &'a Language) -> Names<'a> {
        let api = says.api();
        let actions = || api.actions.iter().map(|action| action.name.as_str());
        let mut scope = language.scope(Part::Type);
        // Requests first: their names are the ones that users know.
        let mut each = |spelled: &dyn Fn(&str) -> String| -> BTreeMap<String, Name> {
            let mut sorted: Vec<&str> = actions().collect();
            sorted.sort_unstable();
            sorted
                .into_iter()
                .map(|name| (name.to_owned(), language.claim_one(Part::Type, &mut scope, &spelled(name))))
                .collect()
        };
        let requests = each(&|name| language.request(name));
        let responses = each(&|name| language.response(name));
        let mut wanted = Vec::new();
        for (name, shape) in &api.schemas {
            collect(shape, &paths::schema(name), &mut wanted);
        }
        let schemas = claimed(language, wanted, "", &mut scope);
        let methods = methods(api, language);
        let waiters: Vec<String> = api.waiters.iter().map(|waiter| wait_key(waiter.name.as_str())).collect();
        let constants = api.schemas.iter().map(|(name, _)| name.as_str()).chain(waiters.iter().map(String::as_str));
        let constants = language.claim(Part::Constant, &mut language.scope(Part::Constant), constants);
        let modules = language.claim(Part::File, &mut language.scope(Part::File), actions());
        Names { language, says, requests, responses, modules, methods, constants, schemas, taken: Arc::new(scope) }
    }

    /// The types of an action's request, by path.
    pub fn own(&self, action: &Action) -> BTreeMap<String, Name> {
        let mut wanted = Vec::new();
        paths::groups(&tree::of(action), &mut wanted);
        for parameter in &action.parameters {
            collect(&parameter.shape, parameter.name.as_str(), &mut wanted);
        }
        let prefix = match self.language.names.scope {
            TypeScope::Module => "",
            TypeScope::Package => action.name.as_str(),
        };
        claimed(self.language, wanted, prefix, &mut Scope::within(&self.taken))
    }

    /// A name of the tables above; every action and shape has one.
    pub fn get(table: &BTreeMap<String, Name>, key: &str) -> Name {
        table.get(key).cloned().unwrap_or_else(|| Name::fixed("invalid_name"))
    }
}

fn methods(api: &Api, language: &Language) -> BTreeMap<String, Name> {
    let mut scope = language.scope(Part::Method);
    let mut all = BTreeMap::new();
    let mut serve = |kind: &str, names: Vec<&str>, words: &dyn Fn(&str) -> String| {
        let mut names = names;
        names.sort_unstable();
        for name in names {
            let spelled = language.spell(Part::Method, &words(name));
            all.insert(format!("{kind}:{name}"), language.claim_one(Part::Method, &mut scope, &spelled));
        }
    };
    let actions = || api.actions.iter().map(|action| action.name.as_str());
    let paged = || api.actions.iter().filter(|action| action.paging.is_some()).map(|action| action.name.as_str());
    serve("call", actions().collect(), &str::to_owned);
    serve("pages", paged().collect(), &|name| format!("{name}Pages"));
    serve("items", paged().collect(), &|name| format!("{name}Items"));
    let waiters = api.waiters.iter().map(|waiter| waiter.name.as_str()).collect();
    serve("wait", waiters, &|name| format!("WaitUntil{name}"));
    all
}

/// The key of a waiter's constant. No shape is called so.
pub fn wait_key(waiter: &str) -> String {
    format!("wait:{waiter}")
}

/// Every type that a shape needs, with the words that its name is made of.
fn collect(shape: &Shape, path: &str, wanted: &mut Vec<(String, String)>) {
    let words = || path.strip_prefix("schema:").unwrap_or(path).to_owned();
    match &shape.kind {
        Kind::Text if !shape.values.is_empty() && !shape.sensitive => wanted.push((path.to_owned(), words())),
        Kind::List(inner) => collect(inner, &paths::item(path), wanted),
        Kind::Json(inner) if !shape.sensitive => collect(inner, path, wanted),
        Kind::Object(members, _) => match map_of(shape) {
            Some(inner) => collect(inner, &paths::item(path), wanted),
            None if members.is_empty() => {}
            None => {
                wanted.push((path.to_owned(), words()));
                for member in members {
                    collect(&member.shape, &paths::member(path, member), wanted);
                }
            }
        },
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Json(_) | Kind::Named(_) | Kind::Any => {}
    }
}

/// Names by path. Paths are served in byte order, so a spec's order does not matter.
fn claimed(
    language: &Language,
    wanted: Vec<(String, String)>,
    prefix: &str,
    scope: &mut Scope,
) -> BTreeMap<String, Name> {
    let sorted: BTreeMap<String, String> = wanted.into_iter().collect();
    let name = |(path, words): (String, String)| {
        let spelled = language.spell(Part::Type, &format!("{prefix} {words}"));
        (path, language.claim_one(Part::Type, scope, &spelled))
    };
    sorted.into_iter().map(name).collect()
}

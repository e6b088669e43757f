//! Nothing of an answer is lost on the way: the fields of the spec are the fields of the generated structs, on every level
//! and each read under its name. And a field that is new renames no type of those that were there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bindery::model::{Api, Kind, Others, Shape};
use bindery_tests::case::{api, generate, put};
use bindery_tests::pinned;
use bindery_tests::source::root;
use quote::ToTokens;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Levels of fields that are looked at: shapes may hold themselves.
const LEVELS: usize = 6;

/// The structs of one module of answers: fields by the name that they are read under, and their types. What is nothing
/// but another type has a field `0`.
type Module = BTreeMap<String, Vec<(String, syn::Type)>>;

/// The first struct, and all of them.
fn parse(text: &str) -> (String, Module) {
    let (mut first, mut structs) = (String::new(), Module::new());
    let mut read: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for item in syn::parse_file(text).unwrap().items {
        match item {
            syn::Item::Struct(item) => {
                let fields = item
                    .fields
                    .into_iter()
                    .map(|field| (field.ident.map_or_else(|| "0".to_owned(), |name| name.to_string()), field.ty));
                if first.is_empty() {
                    first = item.ident.to_string();
                }
                structs.insert(item.ident.to_string(), fields.filter(|(name, _)| name != "others").collect());
            }
            syn::Item::Impl(item) => _ = read.insert(item.self_ty.to_token_stream().to_string(), reads(&item)),
            _ => {}
        }
    }
    for (name, fields) in &mut structs {
        for (field, _) in fields.iter_mut().filter(|(field, _)| field != "0") {
            *field = read[name].get(field).unwrap_or_else(|| panic!("{name}.{field} is never read")).clone();
        }
    }
    (first, structs)
}

/// By field, the name that it is read under: `Some(Self { field: fields.take("Name"), … })`.
fn reads(item: &syn::ItemImpl) -> BTreeMap<String, String> {
    let syn::ImplItem::Fn(function) = &item.items[0] else { panic!("{}", item.to_token_stream()) };
    let Some(syn::Stmt::Expr(syn::Expr::Call(some), None)) = function.block.stmts.last() else {
        return BTreeMap::new();
    };
    let Some(syn::Expr::Struct(made)) = some.args.first() else { return BTreeMap::new() };
    let name = |field: &syn::FieldValue| {
        let syn::Expr::MethodCall(call) = &field.expr else { return None };
        let Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. })) = call.args.first() else {
            return None;
        };
        Some((field.member.to_token_stream().to_string(), name.value()))
    };
    made.fields.iter().filter_map(name).collect()
}

/// The modules of an action's answer and of what answers share.
struct Answers<'a> {
    own: &'a Module,
    shared: &'a Module,
}

impl Answers<'_> {
    /// The path of every field below a type, `Vec`, `Option` and the like taken away. `around`: the types on the way that
    /// are nothing but others.
    fn fields(&self, ty: &syn::Type, own: bool, path: &str, around: &[String], found: &mut BTreeSet<String>) {
        let syn::Type::Path(ty) = ty else { panic!("{}", ty.to_token_stream()) };
        let last = ty.path.segments.last().unwrap();
        if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments {
            let Some(syn::GenericArgument::Type(inner)) = arguments.args.last() else {
                panic!("{}", ty.to_token_stream())
            };
            return self.fields(inner, own, path, around, found);
        }
        let (own, name) = (own && ty.path.segments.len() == 1, last.ident.to_string());
        let Some(fields) = (if own { self.own } else { self.shared }).get(&name) else { return };
        for (field, ty) in fields {
            if field != "0" {
                let path = format!("{path}/{field}");
                if path.matches('/').count() < LEVELS {
                    self.fields(ty, own, &path, &[], found);
                }
                found.insert(path);
            } else if !around.contains(&name) {
                self.fields(ty, own, path, &[around, std::slice::from_ref(&name)].concat(), found);
            }
        }
    }
}

/// The path of every field below a shape. `around`: the names on the way that stand for the same place.
fn fields(api: &Api, shape: &Shape, path: &str, around: &[&str], found: &mut BTreeSet<String>) {
    match &shape.kind {
        Kind::Named(name) if around.contains(&name.as_str()) => {}
        Kind::Named(name) => fields(api, api.schema(name).unwrap(), path, &[around, &[name.as_str()]].concat(), found),
        Kind::List(inner) | Kind::Json(inner) if !shape.sensitive => fields(api, inner, path, around, found),
        Kind::Object(members, Others::Of(inner)) if members.is_empty() => fields(api, inner, path, around, found),
        Kind::Object(members, _) => {
            for member in members {
                let path = format!("{path}/{}", member.name);
                if path.matches('/').count() < LEVELS {
                    fields(api, &member.shape, &path, &[], found);
                }
                found.insert(path);
            }
        }
        _ => {}
    }
}

/// The texts of the generated modules of answers, by path.
fn modules(case: &Path) -> BTreeMap<String, String> {
    let made = generate(case).unwrap_or_else(|problems| panic!("{problems}"));
    made.into_iter().filter(|(path, _)| path.ends_with("/response.rs")).collect()
}

fn check(case: &Path, specs: &Path) -> usize {
    let (api, modules) = (api(specs), modules(case));
    let shared = modules.iter().find(|(path, _)| path.ends_with("/schemas/response.rs"));
    let shared = shared.map(|(_, text)| parse(text).1).unwrap_or_default();
    let mut count = 0;
    for action in &api.actions {
        let about = format!("//! What `{}` answers.", action.name);
        let text = modules.values().find(|text| text.contains(&about));
        assert_eq!(text.is_some(), action.response.is_some(), "{}", action.name);
        let (Some(text), Some(response)) = (text, &action.response) else { continue };
        let (root, own) = parse(text);
        let (mut wanted, mut found) = (BTreeSet::new(), BTreeSet::new());
        fields(&api, response, "", &[], &mut wanted);
        Answers { own: &own, shared: &shared }.fields(&syn::parse_str(&root).unwrap(), true, "", &[], &mut found);
        assert_eq!(found, wanted, "{}", action.name);
        count += found.len();
    }
    count
}

#[test]
fn no_field_is_lost() {
    let course = root().join("tests/golden/obstacle");
    let counts = BTreeMap::from([
        ("fields of DTS".to_owned(), check(&root(), &root().join("api-specs/dts/2020-01-01"))),
        ("fields of the obstacle course".to_owned(), check(&course, &course.join("api-specs"))),
    ]);
    pinned::own_counts("answers.json", &counts);
}

/// Adds what might want the name of another type: to every object a field that comes first and one that comes last.
fn grow(response: &mut Value) {
    let Value::Object(shape) = response else { return };
    for value in shape.values_mut() {
        match value {
            Value::Object(_) => grow(value),
            Value::Array(items) => items.iter_mut().for_each(grow),
            _ => {}
        }
    }
    if let Some(Value::Object(fields)) = shape.get_mut("properties") {
        let object = json!({"type": "object", "properties": {"A": {"type": "string", "values": {"a": {}}}}});
        for name in ["AAdded", "zAdded"] {
            fields.insert(name.to_owned(), json!({"type": "array", "items": object}));
        }
    }
}

fn types(text: &str) -> BTreeSet<String> {
    parse(text).1.into_keys().collect()
}

#[test]
fn a_new_field_renames_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = root();
    let mut files = BTreeMap::from([(
        "bindery.toml".to_owned(),
        "out = \".\"\n[[package]]\nname = \"made\"\nspecs = \"specs\"\n[package.targets.rust]\nname = \"made\"\n"
            .to_owned(),
    )]);
    let specs = case.join("api-specs/dts/2020-01-01");
    for file in bindery_tests::case::files(&specs) {
        files.insert(format!("specs/{file}"), fs::read_to_string(specs.join(file)).unwrap());
    }
    put(folder.path(), &files);
    let before = modules(folder.path());
    for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with("specs/actions/")) {
        let mut action: Value = serde_json::from_str(text).unwrap();
        grow(&mut action["response"]);
        // A request's type of every name that an answer's has: the two sides never meet.
        for name in before.values().flat_map(|text| types(text)).filter(|name| !name.ends_with("Response")) {
            // A wire name has at most 64 characters.
            if name.len() + ".Added".len() > 64 {
                continue;
            }
            action["parameters"][format!("{name}.Added")] = json!({"type": "string"});
        }
        assert!(!action["response"].is_null(), "{path}");
        *text = action.to_string();
    }
    let mut product: Value = serde_json::from_str(&files["specs/product.json"]).unwrap();
    for name in before.values().flat_map(|text| types(text)).filter(|name| name.len() <= 64) {
        product["schemas"][name] = json!({"type": "object"});
    }
    files.insert("specs/product.json".to_owned(), product.to_string());
    put(folder.path(), &files);
    let after = modules(folder.path());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, text) in &before {
        let (before, after) = (types(text), types(&after[path]));
        assert!(after.len() > before.len(), "{path}");
        assert_eq!(before.difference(&after).collect::<Vec<_>>(), Vec::<&String>::new(), "{path}");
        assert!(after.iter().all(|name| !name.ends_with(|c: char| c.is_ascii_digit())), "{path}: {after:?}");
    }
}

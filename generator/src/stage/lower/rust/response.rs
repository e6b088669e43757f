//! The types of answers. Everything in them is optional: a service leaves out what it likes. What they are called comes
//! from where a field stands in its answer, and from nothing else, as long as no two would be called the same.

use super::super::answer::{ROOT, SCHEMA, Words, below, element, walk};
use super::super::describe::Describe;
use super::super::recursion::{holds, is_made_of_itself, map_of};
use super::fields::enumeration;
use crate::model::{Api, FieldPath, Format, Kind, Member, Shape};
use crate::rust::{Code, Docs, Ident, Text, pascal, snake};
use crate::target::Scope;
use crate::view::rust as view;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// A name that no field may have: what is not declared is kept under it.
const OTHERS: &str = "others";

/// From where types are spoken of: what stands before the names of an answer's own types, and of shared ones.
#[derive(Clone, Default)]
pub struct Place {
    /// Before an answer's own: `response::`.
    pub own: TokenStream,
    /// Before shared ones: `shared::`.
    pub shared: TokenStream,
}

/// Names by path: an answer's own types, and the shared ones.
pub type Types = BTreeMap<String, String>;

/// The names of the types that an API's shared shapes need in answers.
pub fn shared_names(api: &Api, reserved: &[String]) -> Types {
    let mut wanted = Vec::new();
    for (name, shape) in &api.schemas {
        let (path, words) = (format!("{SCHEMA}{name}"), Words { one: name.clone(), many: None });
        if is_made_of_itself(api, name) {
            wanted.push((path.clone(), words.clone()));
        }
        walk(shape, &path, &words, &mut |_, path, words| wanted.push((path.to_owned(), words.clone())));
    }
    claim(wanted, Scope::new(reserved))
}

/// The names of the types of one answer, whose own name is given.
pub fn own_names(response: &Shape, name: &str, reserved: &[String]) -> Types {
    let mut scope = Scope::new(reserved);
    let mut types = Types::from([(ROOT.to_owned(), scope.claim(name, ""))]);
    let mut wanted = Vec::new();
    walk(response, ROOT, &Words::default(), &mut |_, path, words| {
        if path != ROOT {
            wanted.push((path.to_owned(), words.clone()));
        }
    });
    types.append(&mut claim(wanted, scope));
    types
}

/// Names by path. What is called as it is on the wire comes first, so that no list can take the name of an object:
/// where both `Policy` and `Policies` are there, an element of the latter keeps the list's name.
fn claim(mut wanted: Vec<(String, Words)>, mut scope: Scope) -> Types {
    wanted.sort_by(|(path, words), (other, others)| (words.many.is_some(), path).cmp(&(others.many.is_some(), other)));
    let name = |(path, words): (String, Words)| {
        let one = pascal(&words.one);
        let name = match words.many {
            Some(many) if scope.has(&one) => scope.claim(&pascal(&many), ""),
            _ => scope.claim(&one, ""),
        };
        (path, name)
    };
    wanted.into_iter().map(name).collect()
}

/// Speaks of the types of answers.
pub struct Answers<'a> {
    says: Describe<'a>,
    api: &'a Api,
    types: &'a Types,
    place: Place,
}

impl<'a> Answers<'a> {
    /// For one place.
    pub fn new(says: Describe<'a>, types: &'a Types, place: Place) -> Answers<'a> {
        Answers { says, api: says.api(), types, place }
    }

    /// The type of an answer.
    pub fn root(&self) -> TokenStream {
        self.named_type(ROOT)
    }

    /// The type of one element of the list that a path leads to, from the answer down.
    pub fn item(&self, response: &Shape, field: &FieldPath) -> TokenStream {
        let (mut shape, mut path) = (response, ROOT.to_owned());
        for name in field.names() {
            (shape, path) = self.meant(shape, path);
            let Kind::Object(members, _) = &shape.kind else { return quote!(Json) };
            match members.iter().find(|member| member.name.as_str() == name) {
                Some(member) => (shape, path) = (&member.shape, below(&path, member)),
                None => match map_of(shape) {
                    Some(inner) => (shape, path) = (inner, element(&path)),
                    None => return quote!(Json),
                },
            }
        }
        (shape, path) = self.meant(shape, path);
        match &shape.kind {
            Kind::List(inner) => self.type_of(inner, &element(&path)),
            _ => quote!(Json),
        }
    }

    /// What a name stands for.
    fn meant<'s>(&'s self, shape: &'s Shape, path: String) -> (&'s Shape, String) {
        match &shape.kind {
            Kind::Named(name) => {
                self.api.schema(name).map_or((shape, path), |shape| (shape, format!("{SCHEMA}{name}")))
            }
            _ => (shape, path),
        }
    }

    /// The type of a shape, without the `Option` around it.
    fn type_of(&self, shape: &Shape, path: &str) -> TokenStream {
        match &shape.kind {
            _ if shape.sensitive => quote!(Secret),
            Kind::List(inner) => {
                let inner = self.type_of(inner, &element(path));
                quote!(Vec<#inner>)
            }
            Kind::Named(name) => self.schema(name),
            Kind::Text if shape.values.is_empty() => quote!(String),
            Kind::Text => self.named_type(path),
            Kind::Boolean => quote!(bool),
            Kind::Integer if shape.limits.format == Some(Format::Int32) => quote!(i32),
            Kind::Integer => quote!(i64),
            Kind::Number => quote!(f64),
            Kind::Any => quote!(Json),
            Kind::Json(inner) => {
                let inner = self.type_of(inner, path);
                quote!(Content<#inner>)
            }
            Kind::Object(..) => match map_of(shape) {
                Some(inner) => {
                    let inner = self.type_of(inner, &element(path));
                    quote!(BTreeMap<String, #inner>)
                }
                None => self.named_type(path),
            },
        }
    }

    fn schema(&self, name: &str) -> TokenStream {
        let path = format!("{SCHEMA}{name}");
        match self.api.schema(name) {
            Some(_) if is_made_of_itself(self.api, name) => self.named_type(&path),
            Some(shape) => self.type_of(shape, &path),
            None => quote!(Json),
        }
    }

    fn named_type(&self, path: &str) -> TokenStream {
        let name = Ident::new(self.types.get(path).map_or("invalid_name", String::as_str));
        let before = if path.starts_with(SCHEMA) { &self.place.shared } else { &self.place.own };
        quote!(#before #name)
    }

    /// The types of one answer. `docs` is what is said about the answer as a whole.
    pub fn own(&self, response: &Shape, docs: &str) -> Spelled {
        let mut spelled = Spelled::default();
        let none = Code::new(&TokenStream::new());
        walk(response, ROOT, &Words::default(), &mut |shape, path, _| {
            let docs = if path == ROOT { docs.to_owned() } else { self.says.answer(shape) };
            self.spell(shape, path, &docs, &none, &mut spelled);
        });
        spelled
    }

    /// The types that a shared shape needs.
    pub fn of_schema(&self, name: &str, shape: &Shape, gate: &Code) -> Spelled {
        let mut spelled = Spelled::default();
        let whole = format!("{SCHEMA}{name}");
        let described = |shape: &Shape| self.says.answer(shape);
        if is_made_of_itself(self.api, name) {
            spelled.wrappers.push(view::Wrapper {
                docs: Docs::outer(&described(shape)),
                gate: gate.clone(),
                name: self.name(&whole),
                content: Code::new(&self.type_of(shape, &whole)),
            });
        }
        walk(shape, &whole, &Words::default(), &mut |shape, path, _| {
            self.spell(shape, path, &described(shape), gate, &mut spelled);
        });
        spelled
    }

    fn name(&self, path: &str) -> Ident {
        Ident::new(self.types.get(path).map_or("invalid_name", String::as_str))
    }

    fn spell(&self, shape: &Shape, path: &str, docs: &str, gate: &Code, spelled: &mut Spelled) {
        let Kind::Object(members, _) = &shape.kind else {
            spelled.enums.push(enumeration(self.says, shape, self.name(path), gate.clone()));
            return;
        };
        let names = Scope::new([OTHERS]).claim_all(members.iter().map(|member| member.name.as_str()), "_", snake);
        let field = |member: &Member| {
            let wire = member.name.as_str();
            let (ty, read) = self.field(member, path);
            view::AnswerField {
                docs: Docs::outer(&self.says.answer_field(member)),
                name: Ident::new(names.get(wire).map_or("invalid_name", String::as_str)),
                ty: Code::new(&ty),
                read: Code::new(&quote!(fields.#read(#wire))),
                wire: Text::new(wire),
            }
        };
        spelled.structs.push(view::Answer {
            docs: Docs::outer(docs),
            gate: gate.clone(),
            name: self.name(path),
            fields: members.iter().map(field).collect(),
        });
    }

    /// Whether a type is a `Vec`.
    fn is_list(&self, shape: &Shape) -> bool {
        match &shape.kind {
            Kind::List(_) => true,
            Kind::Named(name) if is_made_of_itself(self.api, name) => false,
            Kind::Named(name) => self.api.schema(name).is_some_and(|shape| self.is_list(shape)),
            _ => false,
        }
    }

    /// The type of a field, and how it is read.
    fn field(&self, member: &Member, path: &str) -> (TokenStream, TokenStream) {
        let ty = self.type_of(&member.shape, &below(path, member));
        if self.is_list(&member.shape) {
            return (ty, quote!(list));
        }
        let own = path.strip_prefix(SCHEMA).and_then(|path| path.split(['/', '[']).next());
        match own {
            Some(own) if holds(self.api, &member.shape, own) => (quote!(Option<Box<#ty>>), quote!(take)),
            _ => (quote!(Option<#ty>), quote!(take)),
        }
    }
}

/// Types of answers.
#[derive(Debug, Default)]
pub struct Spelled {
    /// Objects.
    pub structs: Vec<view::Answer>,
    /// Documented values.
    pub enums: Vec<view::Enum>,
    /// What is made of itself.
    pub wrappers: Vec<view::Wrapper>,
}

//! Structs, their fields, and how a field is reached.

use super::super::describe::Describe;
use super::super::paths;
use super::super::recursion::holds;
use super::super::tree::Node;
use super::construct::{self, Chosen};
use super::names::Names;
use crate::model::{Action, Api, Format, Kind, Member, Others, Shape};
use crate::rust::{Code, Docs, Ident, Text, Type, snake, variant_name};
use crate::target::Scope;
use crate::view::rust as view;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// Names that a field, and so a setter, may not have: the methods that every request has.
pub const METHODS: [&str; 8] = ["new", "others", "validate", "check", "values", "to_wire", "members", "as_value"];

/// What the key of a group ends in where a parameter has the group's name: `Disk` beside `Disk.Size`.
pub const BESIDE_A_PARAMETER: &str = ".*";

/// Spells the types of one module.
pub struct Speller<'a> {
    says: Describe<'a>,
    api: &'a Api,
    names: &'a Names,
    gate: Code,
    /// What has been spelled so far.
    pub structs: Vec<view::Struct>,
    /// What has been spelled so far.
    pub enums: Vec<view::Enum>,
}

/// A field before it is printed.
pub struct Slot {
    /// The name on the wire, or the group's part of it.
    pub wire: String,
    /// The field.
    pub name: Ident,
    /// Its type, without `Option`.
    pub ty: Type,
    /// Whether it has no `Option`.
    pub required: bool,
    /// The parameter that it holds; `None` for a group or a member of an object.
    pub parameter: Option<usize>,
    /// What is said about it; nothing, unless [`Speller::documented`] made it.
    pub docs: String,
    /// The first sentence of that.
    pub brief: String,
}

impl<'a> Speller<'a> {
    /// A speller for one module. `gate` stands above everything it spells.
    pub fn new(says: Describe<'a>, names: &'a Names, gate: Code) -> Speller<'a> {
        Speller { says, api: says.api(), names, gate, structs: Vec::new(), enums: Vec::new() }
    }

    /// What things are called.
    pub fn names(&self) -> &'a Names {
        self.names
    }

    /// What is spelled.
    pub fn api(&self) -> &'a Api {
        self.api
    }

    /// The type of a shape.
    pub fn type_of(&self, shape: &Shape, path: &str) -> Type {
        match &shape.kind {
            Kind::Text | Kind::Json(_) if shape.sensitive => Type::Secret,
            Kind::Text if shape.values.is_empty() => Type::Text,
            Kind::Text => Type::Enum(self.names.ty(path)),
            Kind::Boolean => Type::Boolean,
            Kind::Integer if shape.limits.format == Some(Format::Int32) => Type::Int32,
            Kind::Integer => Type::Int64,
            Kind::Number => Type::Float64,
            Kind::Any => Type::Json,
            Kind::List(inner) => Type::List(Box::new(self.type_of(inner, &paths::item(path)))),
            Kind::Object(..) => Type::Struct(self.names.ty(path)),
            Kind::Json(inner) => Type::Content(Box::new(self.type_of(inner, path))),
            Kind::Named(name) => match self.api.schema(name) {
                Some(Shape { kind: Kind::List(_) | Kind::Object(..), .. }) => {
                    Type::Struct(self.names.ty(&paths::schema(name)))
                }
                Some(shape) => self.type_of(shape, &paths::schema(name)),
                None => Type::Json,
            },
        }
    }

    /// Spells what a shape is made of.
    pub fn emit(&mut self, shape: &Shape, path: &str) {
        match &shape.kind {
            Kind::Text if !shape.values.is_empty() && !shape.sensitive => self.enumeration(shape, path),
            Kind::List(inner) => self.emit(inner, &paths::item(path)),
            Kind::Json(inner) => self.emit(inner, path),
            Kind::Object(members, others) => self.object(shape, members, others, path),
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any | Kind::Named(_) => {}
        }
    }

    /// A named list: a struct around a `Vec`.
    pub fn list(&mut self, name: &str, shape: &Shape, item: &Shape) -> view::List {
        let path = paths::item(&paths::schema(name));
        let ty = self.type_of(item, &path);
        self.emit(item, &path);
        let whole = Type::List(Box::new(ty.clone()));
        view::List {
            docs: Docs::outer(&self.says.shape(shape)),
            gate: self.gate.clone(),
            serializes: self.serializes(shape, &mut Vec::new()),
            name: self.names.ty(&paths::schema(name)),
            item: Code::new(&ty.tokens()),
            argument: Code::new(&whole.argument()),
            convert: Code::new(&whole.convert(&quote!(items))),
        }
    }

    fn enumeration(&mut self, shape: &Shape, path: &str) {
        self.enums.push(enumeration(self.says, shape, self.names.ty(path), self.gate.clone()));
    }

    fn object(&mut self, shape: &Shape, members: &[Member], others: &Others, path: &str) {
        let mut scope = Scope::new(METHODS);
        let names = scope.claim_all(members.iter().map(|member| member.name.as_str()), "_", snake);
        let slots: Vec<Slot> = members
            .iter()
            .map(|member| Slot {
                wire: member.name.as_str().to_owned(),
                name: Ident::new(names.get(member.name.as_str()).map_or("invalid_name", String::as_str)),
                ty: self.member_type(member, path),
                required: member.required,
                parameter: None,
                docs: self.says.member(member),
                brief: self.says.brief(&member.shape.doc),
            })
            .collect();
        let has_others = !matches!(others, Others::Refused);
        let mut reached: Vec<Code> = slots.iter().map(reach_member).collect();
        if has_others {
            reached.push(Code::new(&quote!(for (name, value) in &self.others {
                visit(name, value.as_value());
            })));
        }
        if reached.is_empty() {
            reached.push(unused_visitor());
        }
        let object = Chosen { members: reached, has_others, is_object: true, constructors: Vec::new() };
        let docs = self.says.shape(shape);
        let serializes = self.serializes(shape, &mut Vec::new());
        let spelled =
            construct::structure(self.says, &docs, self.names.ty(path), &slots, object, &self.gate, serializes);
        self.structs.push(spelled);
        for member in members {
            self.emit(&member.shape, &paths::member(path, member));
        }
    }

    /// Whether a value can be written with serde: not if it may hold a secret.
    fn serializes(&self, shape: &Shape, seen: &mut Vec<String>) -> bool {
        !shape.sensitive
            && match &shape.kind {
                Kind::List(inner) | Kind::Json(inner) => self.serializes(inner, seen),
                Kind::Object(members, _) => members.iter().all(|member| self.serializes(&member.shape, seen)),
                Kind::Named(name) if seen.contains(name) => true,
                Kind::Named(name) => {
                    seen.push(name.clone());
                    self.api.schema(name).is_none_or(|shape| self.serializes(shape, seen))
                }
                Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => true,
            }
    }

    fn member_type(&self, member: &Member, path: &str) -> Type {
        let ty = self.type_of(&member.shape, &paths::member(path, member));
        let own = path.strip_prefix("schema:").and_then(|path| path.split('/').next());
        match (&member.shape.kind, own) {
            (Kind::Named(_) | Kind::Json(_), Some(own)) if holds(self.api, &member.shape, own) => {
                Type::Boxed(Box::new(ty))
            }
            _ => ty,
        }
    }

    /// The request and its groups.
    pub fn request(&mut self, action: &Action, tree: &[Node], crate_name: Option<&str>) {
        let slots = self.documented(action, tree);
        let docs = self.says.request(action, crate_name.map(|name| self.example(action, tree, name)));
        let chosen = Chosen {
            members: Vec::new(),
            has_others: false,
            is_object: false,
            constructors: construct::by_value(self.says, action, &slots, true),
        };
        let spelled =
            construct::structure(self.says, &docs, self.names.request(action), &slots, chosen, &self.gate, false);
        self.structs.push(spelled);
        self.groups(action, tree);
        for parameter in &action.parameters {
            self.emit(&parameter.shape, parameter.name.as_str());
        }
    }

    fn groups(&mut self, action: &Action, nodes: &[Node]) {
        for node in nodes {
            let Node::Group { path, children, .. } = node else { continue };
            let slots = self.documented(action, children);
            let chosen = Chosen {
                members: Vec::new(),
                has_others: false,
                is_object: false,
                constructors: construct::by_value(self.says, action, &slots, false),
            };
            let docs = self.says.group(path);
            let spelled =
                construct::structure(self.says, &docs, self.names.group(path), &slots, chosen, &self.gate, false);
            self.structs.push(spelled);
            self.groups(action, children);
        }
    }

    /// The fields of a request or a group, with what is said about them.
    fn documented(&self, action: &Action, nodes: &[Node]) -> Vec<Slot> {
        let mut slots = self.slots(action, nodes);
        for (slot, node) in slots.iter_mut().zip(nodes) {
            (slot.docs, slot.brief) = match node {
                Node::Parameter(index) => {
                    let brief = self.says.brief(&action.parameters[*index].shape.doc);
                    (self.says.parameter(action, *index), brief)
                }
                Node::Group { path, .. } => (self.says.group(path), self.says.group(path)),
            };
        }
        slots
    }

    /// The fields of a request or a group.
    pub fn slots(&self, action: &Action, nodes: &[Node]) -> Vec<Slot> {
        let names = field_names(action, nodes);
        let named = |key: &str| Ident::new(names.get(key).map_or("invalid_name", String::as_str));
        nodes
            .iter()
            .map(|node| match node {
                Node::Parameter(index) => {
                    let parameter = &action.parameters[*index];
                    let wire = parameter.name.parts().next_back().unwrap_or_default().to_owned();
                    Slot {
                        name: named(&wire),
                        wire,
                        ty: self.type_of(&parameter.shape, parameter.name.as_str()),
                        required: parameter.required,
                        parameter: Some(*index),
                        docs: String::new(),
                        brief: String::new(),
                    }
                }
                Node::Group { path, required, .. } => {
                    let wire = path.rsplit('.').next().unwrap_or_default();
                    let key = format!("{wire}.");
                    // Two fields of a struct cannot be read from one key: beside a parameter, the group's says what it is.
                    let wire =
                        if names.contains_key(wire) { format!("{wire}{BESIDE_A_PARAMETER}") } else { wire.to_owned() };
                    Slot {
                        name: named(&key),
                        wire,
                        ty: Type::Struct(self.names.group(path)),
                        required: *required,
                        parameter: None,
                        docs: String::new(),
                        brief: String::new(),
                    }
                }
            })
            .collect()
    }

    /// For each parameter, in order: the statement that shows it to a visitor if it is given.
    pub fn visits(&self, action: &Action, tree: &[Node]) -> Vec<Code> {
        let mut visits = BTreeMap::new();
        visit(self, action, tree, &quote!(self), &[], &mut visits);
        if visits.is_empty() {
            return vec![unused_visitor()];
        }
        visits.into_values().collect()
    }
}

/// An enum of the documented values of a shape.
pub fn enumeration(says: Describe<'_>, shape: &Shape, name: Ident, gate: Code) -> view::Enum {
    let mut scope = Scope::new(["Other"]);
    let wires = shape.values.iter().map(|choice| choice.wire.as_str());
    let names = scope.claim_all(wires, "", variant_name);
    let variants = shape.values.iter().map(|choice| view::Variant {
        docs: Docs::outer(&says.choice(choice)),
        name: Ident::new(names.get(&choice.wire).map_or("invalid_name", String::as_str)),
        wire: Text::new(&choice.wire),
    });
    view::Enum {
        docs: Docs::outer(&says.enumeration(shape)),
        gate,
        name,
        other: Ident::new("Other"),
        variants: variants.collect(),
    }
}

/// Field names by wire name; a group's key ends in a dot, so that it never meets a parameter's.
fn field_names(action: &Action, nodes: &[Node]) -> BTreeMap<String, String> {
    let keys: Vec<String> = nodes
        .iter()
        .map(|node| match node {
            Node::Parameter(index) => action.parameters[*index].name.parts().next_back().unwrap_or_default().to_owned(),
            Node::Group { path, .. } => format!("{}.", path.rsplit('.').next().unwrap_or_default()),
        })
        .collect();
    Scope::new(METHODS).claim_all(keys.iter().map(String::as_str), "_", snake)
}

/// Walks the fields down to each parameter. `chain` is what must be there on the way: `let Some(group) = &self.group`.
fn visit(
    speller: &Speller<'_>,
    action: &Action,
    nodes: &[Node],
    base: &TokenStream,
    chain: &[TokenStream],
    found: &mut BTreeMap<usize, Code>,
) {
    for (slot, node) in speller.slots(action, nodes).into_iter().zip(nodes) {
        let name = &slot.name;
        let with = |link: TokenStream| chain.iter().cloned().chain([link]).collect::<Vec<_>>();
        match node {
            Node::Parameter(index) => {
                let number = proc_macro2::Literal::usize_unsuffixed(*index);
                let statement = match (slot.required, chain) {
                    (true, []) => quote!(visit(#number, #base.#name.as_value());),
                    (true, chain) => quote!(if #(#chain)&&* { visit(#number, #base.#name.as_value()); }),
                    (false, _) => {
                        let chain = with(quote!(let Some(value) = &#base.#name));
                        quote!(if #(#chain)&&* { visit(#number, value.as_value()); })
                    }
                };
                found.insert(*index, Code::new(&statement));
            }
            Node::Group { children, .. } if slot.required => {
                visit(speller, action, children, &quote!(#base.#name), chain, found);
            }
            Node::Group { children, .. } => {
                let chain = with(quote!(let Some(group) = &#base.#name));
                visit(speller, action, children, &quote!(group), &chain, found);
            }
        }
    }
}

/// For what has nothing to show.
fn unused_visitor() -> Code {
    Code::new(&quote!(let _ = visit;))
}

fn reach_member(slot: &Slot) -> Code {
    let (name, wire) = (&slot.name, slot.wire.as_str());
    Code::new(&if slot.required {
        quote!(visit(#wire, self.#name.as_value());)
    } else {
        quote!(if let Some(value) = &self.#name { visit(#wire, value.as_value()); })
    })
}

//! Requests: structs, their fields and what makes them.

use super::names::Names;
use super::{is, last};
use crate::model::{Action, Api, Choice, Format, Kind, Member, Others, Parameter, Shape};
use crate::stage::lower::need::{self, Need};
use crate::stage::lower::paths;
use crate::stage::lower::recursion::{is_made_of_itself, map_of};
use crate::stage::lower::tree::{self, Node};
use crate::target::{Docs, Name, Part, Text, Type};
use crate::view::code as view;
use std::collections::{BTreeMap, BTreeSet};

/// What a group's key ends in where a parameter has the group's name: `Disk` beside `Disk.Size`.
const BESIDE_A_PARAMETER: &str = ".*";

/// Spells the types of one module.
pub struct Speller<'a> {
    api: &'a Api,
    names: &'a Names<'a>,
    own: BTreeMap<String, Name>,
    /// Types that several actions reach, as far as this module speaks of them.
    pub imports: BTreeSet<Name>,
    /// What has been spelled so far.
    pub structs: Vec<view::Struct>,
    /// What has been spelled so far.
    pub enums: Vec<view::Enum>,
}

impl<'a> Speller<'a> {
    /// For a module whose own types are called so, by path.
    pub fn new(api: &'a Api, names: &'a Names<'a>, own: BTreeMap<String, Name>) -> Speller<'a> {
        Speller { api, names, own, imports: BTreeSet::new(), structs: Vec::new(), enums: Vec::new() }
    }

    /// The request and everything that it is made of.
    pub fn request(&mut self, action: &Action) {
        let nodes = tree::of(action);
        let name = Names::get(&self.names.requests, action.name.as_str());
        self.group(action, &nodes, None, name);
        for parameter in &action.parameters {
            self.emit(&parameter.shape, parameter.name.as_str());
        }
        last(&mut self.structs, |each| &mut each.last);
        last(&mut self.enums, |each| &mut each.last);
    }

    /// What a shape is made of.
    pub fn emit(&mut self, shape: &Shape, path: &str) {
        match &shape.kind {
            Kind::Text if !shape.values.is_empty() && !shape.sensitive => {
                let name = self.ty(path).0;
                self.enums.push(enumeration(shape, name, self.names));
            }
            Kind::List(inner) => self.emit(inner, &paths::item(path)),
            Kind::Json(inner) if !shape.sensitive => self.emit(inner, path),
            Kind::Object(members, others) => match map_of(shape) {
                Some(inner) => self.emit(inner, &paths::item(path)),
                None if members.is_empty() => {}
                None => self.object(shape, members, others, path),
            },
            Kind::Text | Kind::Json(_) | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any | Kind::Named(_) => {}
        }
    }

    fn object(&mut self, shape: &Shape, members: &[Member], others: &Others, path: &str) {
        let language = self.names.language;
        let wires = || members.iter().map(|member| member.name.as_str());
        let names = language.claim(Part::Field, &mut language.scope(Part::Field), wires());
        let arguments = language.claim(Part::Argument, &mut language.scope(Part::Argument), wires());
        let mut fields = Vec::new();
        for member in members {
            let ty = self.type_of(&member.shape, &paths::member(path, member));
            fields.push(view::Field {
                name: Names::get(&names, member.name.as_str()),
                argument: Names::get(&arguments, member.name.as_str()),
                wire: language.quoting.write(member.name.as_str()),
                key: language.quoting.write(member.name.as_str()),
                is: is(&ty),
                ty: language.facets(&ty),
                docs: language.comments.write(&self.names.says.member(member)),
                required: member.required,
                optional: !member.required,
                is_parameter: false,
                is_group: false,
                is_member: true,
                index: 0,
                sensitive: member.shape.sensitive,
                deprecated: member.shape.deprecated,
                last: false,
            });
        }
        let docs = language.comments.write(&self.names.says.shape(shape));
        let has_others = !matches!(others, Others::Refused);
        let name = self.ty(path).0;
        let made = structure(name, docs, language.quoting.write(""), fields);
        self.structs.push(view::Struct { is_object: true, has_others, ..made });
        for member in members {
            self.emit(&member.shape, &paths::member(path, member));
        }
    }

    /// A request, or a group of parameters, and the groups in it.
    fn group(&mut self, action: &Action, nodes: &[Node], path: Option<&str>, name: Name) {
        let language = self.names.language;
        let fields = self.fields(action, nodes);
        let docs = match path {
            Some(path) => self.names.says.group(path),
            None => self.names.says.request(action, None),
        };
        let constructors = self.constructors(action, &fields, path.is_none());
        let wire = language.quoting.write(path.unwrap_or_default());
        let made = structure(name, language.comments.write(&docs), wire, fields);
        self.structs.push(view::Struct {
            is_request: path.is_none(),
            is_group: path.is_some(),
            has_constructors: !constructors.is_empty(),
            constructors,
            ..made
        });
        for node in nodes {
            if let Node::Group { path, children, .. } = node {
                let name = self.ty(&paths::group(path)).0;
                self.group(action, children, Some(path), name);
            }
        }
    }

    /// The fields of a request or a group.
    pub fn fields(&mut self, action: &Action, nodes: &[Node]) -> Vec<view::Field> {
        let language = self.names.language;
        let keys: Vec<String> = nodes.iter().map(|node| key_of(action, node)).collect();
        let claim = |part| language.claim(part, &mut language.scope(part), keys.iter().map(String::as_str));
        let (names, arguments) = (claim(Part::Field), claim(Part::Argument));
        let mut fields = Vec::new();
        for (node, key) in nodes.iter().zip(&keys) {
            let (name, argument) = (Names::get(&names, key), Names::get(&arguments, key));
            let wire = key.trim_end_matches('.');
            let (parameter, index) = match node {
                Node::Parameter(index) => (action.parameters.get(*index), *index),
                Node::Group { .. } => (None, 0),
            };
            let field = match (node, parameter) {
                (Node::Group { path, required, .. }, _) => {
                    let (ty, _) = self.ty(&paths::group(path));
                    let ty = Type::Struct(ty, false);
                    // Two fields cannot be read from one key: beside a parameter, the group's says what it is.
                    let beside = keys.iter().any(|key| key == wire);
                    let key = if beside { format!("{wire}{BESIDE_A_PARAMETER}") } else { wire.to_owned() };
                    view::Field {
                        key: language.quoting.write(&key),
                        docs: language.comments.write(&self.names.says.group(path)),
                        is_group: true,
                        required: *required,
                        optional: !required,
                        ..self.plain(name, argument, wire, &ty)
                    }
                }
                (Node::Parameter(_), Some(parameter)) => {
                    let Parameter { name: whole, required, shape, .. } = parameter;
                    let ty = self.type_of(shape, whole.as_str());
                    view::Field {
                        docs: language.comments.write(&self.names.says.parameter(action, index)),
                        is_parameter: true,
                        index,
                        required: *required,
                        optional: !required,
                        sensitive: shape.sensitive,
                        deprecated: shape.deprecated,
                        ..self.plain(name, argument, wire, &ty)
                    }
                }
                (Node::Parameter(_), None) => continue,
            };
            fields.push(field);
        }
        fields
    }

    fn plain(&self, name: Name, argument: Name, wire: &str, ty: &Type) -> view::Field {
        let language = self.names.language;
        view::Field {
            name,
            argument,
            wire: language.quoting.write(wire),
            key: language.quoting.write(wire),
            is: is(ty),
            ty: language.facets(ty),
            docs: language.comments.write(""),
            required: false,
            optional: true,
            is_parameter: false,
            is_group: false,
            is_member: false,
            index: 0,
            sensitive: false,
            deprecated: false,
            last: false,
        }
    }

    /// What the request cannot do without, for whoever lists actions.
    pub fn required(&mut self, action: &Action) -> Vec<view::Field> {
        let fields = self.fields(action, &tree::of(action));
        in_argument_order(fields.into_iter().filter(|field| field.required).collect())
    }

    fn constructors(&mut self, action: &Action, fields: &[view::Field], at_root: bool) -> Vec<view::Constructor> {
        let language = self.names.language;
        let members: Vec<usize> = fields.iter().filter(|field| field.is_parameter).map(|field| field.index).collect();
        let needs = need::of(action, &members, at_root);
        let keys: Vec<String> = needs.iter().map(|need| need::key(action, need)).collect();
        // A constructor and a field cannot share a name where both are members.
        let mut scope = language.scope(Part::Method);
        for field in fields {
            scope.claim(field.name.as_str(), "");
        }
        let mut names = BTreeMap::new();
        let sorted: BTreeSet<&String> = keys.iter().collect();
        for key in sorted {
            let value = key.rsplit_once('/').map_or(key.as_str(), |(value, _)| value);
            let spelled = language.spell(Part::Method, value);
            names.insert(key.clone(), language.claim_one(Part::Method, &mut scope, &spelled));
        }
        let constructor = |(need, key): (&Need, &String)| {
            let is_decider = |field: &&view::Field| field.is_parameter && field.index == need.decider;
            let decider = fields.iter().find(is_decider)?;
            let parameter = action.parameters.get(need.decider)?;
            let (enumeration, _) = self.ty(parameter.name.as_str());
            let values = values(&parameter.shape, self.names);
            let wanted = |field: &&view::Field| {
                !is_decider(field) && (field.required || field.is_parameter && need.parameters.contains(&field.index))
            };
            let arguments = in_argument_order(fields.iter().filter(wanted).cloned().collect());
            Some(view::Constructor {
                name: names.get(key)?.clone(),
                docs: language.comments.write(&self.names.says.constructor(action, need)),
                enumeration,
                value: Names::get(&values, &need.value),
                wire: language.quoting.write(&need.value),
                decider: decider.clone(),
                has_arguments: !arguments.is_empty(),
                arguments,
                last: false,
            })
        };
        let mut made: Vec<view::Constructor> = needs.iter().zip(&keys).filter_map(constructor).collect();
        last(&mut made, |each| &mut each.last);
        made
    }

    /// The type that a path has, and whether several actions reach it.
    fn ty(&self, path: &str) -> (Name, bool) {
        match (self.own.get(path), self.names.schemas.get(path)) {
            (Some(own), _) => (own.clone(), false),
            (None, Some(shared)) => (shared.clone(), true),
            (None, None) => (Name::fixed("invalid_name"), false),
        }
    }

    /// The type of a shape.
    fn type_of(&mut self, shape: &Shape, path: &str) -> Type {
        let named = |speller: &mut Self, path: &str| {
            let (name, shared) = speller.ty(path);
            if shared {
                speller.imports.insert(name.clone());
            }
            (name, shared)
        };
        match &shape.kind {
            Kind::Text | Kind::Json(_) if shape.sensitive => Type::Secret,
            Kind::Text if shape.values.is_empty() => Type::Text,
            Kind::Text => {
                let (name, shared) = named(self, path);
                Type::Enum(name, shared)
            }
            Kind::Boolean => Type::Boolean,
            Kind::Integer if shape.limits.format == Some(Format::Int32) => Type::Int32,
            Kind::Integer => Type::Int64,
            Kind::Number => Type::Number,
            Kind::Any => Type::Any,
            Kind::List(inner) => Type::List(Box::new(self.type_of(inner, &paths::item(path)))),
            Kind::Json(inner) => Type::Content(Box::new(self.type_of(inner, path))),
            Kind::Object(members, _) => match map_of(shape) {
                Some(inner) => Type::Map(Box::new(self.type_of(inner, &paths::item(path)))),
                None if members.is_empty() => Type::Map(Box::new(Type::Any)),
                None => {
                    let (name, shared) = named(self, path);
                    Type::Struct(name, shared)
                }
            },
            // Nothing with a name stands between such a shape and itself.
            Kind::Named(name) if is_made_of_itself(self.api, name) => Type::Any,
            Kind::Named(name) => match self.api.schema(name) {
                Some(shape) => self.type_of(shape, &paths::schema(name)),
                None => Type::Any,
            },
        }
    }
}

/// The key of a node among its siblings; a group's ends in a dot, so that it never meets a parameter's.
fn key_of(action: &Action, node: &Node) -> String {
    match node {
        Node::Parameter(index) => {
            let parameter = action.parameters.get(*index);
            parameter.and_then(|parameter| parameter.name.parts().next_back()).unwrap_or_default().to_owned()
        }
        Node::Group { path, .. } => format!("{}.", path.rsplit('.').next().unwrap_or_default()),
    }
}

/// A struct of which nothing is known but its fields.
fn structure(name: Name, docs: Docs, wire: Text, mut fields: Vec<view::Field>) -> view::Struct {
    last(&mut fields, |field| &mut field.last);
    let part = |wanted: bool| {
        let part: Vec<view::Field> = fields.iter().filter(|field| field.required == wanted).cloned().collect();
        if wanted { in_argument_order(part) } else { relast(part) }
    };
    let (required, optional) = (part(true), part(false));
    view::Struct {
        name,
        docs,
        is_request: false,
        is_group: false,
        is_object: false,
        wire,
        has_secret: fields.iter().any(|field| field.sensitive),
        has_fields: !fields.is_empty(),
        fields,
        has_required: !required.is_empty(),
        required,
        has_optional: !optional.is_empty(),
        optional,
        constructors: Vec::new(),
        has_constructors: false,
        has_others: false,
        last: false,
    }
}

/// Flags last: `("dts…", objects, true, true)` reads better than the reverse.
fn in_argument_order(mut fields: Vec<view::Field>) -> Vec<view::Field> {
    fields.sort_by_key(|field| field.is.is_boolean);
    relast(fields)
}

fn relast(mut fields: Vec<view::Field>) -> Vec<view::Field> {
    for field in &mut fields {
        field.last = false;
    }
    last(&mut fields, |field| &mut field.last);
    fields
}

/// What the documented values of a shape are called, by how they travel.
fn values(shape: &Shape, names: &Names<'_>) -> BTreeMap<String, Name> {
    let language = names.language;
    language.claim(
        Part::Value,
        &mut language.scope(Part::Value),
        shape.values.iter().map(|choice| choice.wire.as_str()),
    )
}

/// An enum of the documented values of a shape.
pub fn enumeration(shape: &Shape, name: Name, names: &Names<'_>) -> view::Enum {
    let language = names.language;
    let spelled = values(shape, names);
    let value = |choice: &Choice| view::EnumValue {
        name: Names::get(&spelled, &choice.wire),
        wire: language.quoting.write(&choice.wire),
        docs: language.comments.write(&names.says.choice(choice)),
        deprecated: choice.deprecated,
        last: false,
    };
    let mut values: Vec<view::EnumValue> = shape.values.iter().map(value).collect();
    last(&mut values, |value| &mut value.last);
    view::Enum {
        name,
        docs: language.comments.write(&names.says.values(shape)),
        is_open: !shape.closed,
        values,
        last: false,
    }
}

//! Answers: objects in which everything may be absent. What their types are called comes from where a field stands, and
//! from nothing else, as long as no two would be called the same.

use super::names::Names;
use super::{is, last, request::enumeration};
use crate::model::{Action, Api, FieldPath, Format, Kind, Member, Shape};
use crate::stage::lower::answer::{self, ROOT, SCHEMA, Words, below, element};
use crate::stage::lower::recursion::{is_made_of_itself, map_of};
use crate::target::{Language, Name, Part, Scope, Type, TypeScope};
use crate::view::code as view;
use std::collections::{BTreeMap, BTreeSet};

/// What answers share: their types by path.
pub struct Shared<'a> {
    api: &'a Api,
    names: &'a Names<'a>,
    types: BTreeMap<String, Name>,
    scope: Scope,
}

/// What has been spelled.
#[derive(Default)]
pub struct Spelled {
    /// Objects.
    pub answers: Vec<view::Answer>,
    /// Documented values.
    pub enums: Vec<view::Enum>,
    /// Types that several answers reach, as far as these speak of them.
    pub imports: BTreeSet<Name>,
}

impl<'a> Shared<'a> {
    /// The types that an API's shapes need in answers. They are told from those of requests by what follows their names,
    /// for both may stand in one package.
    pub fn of(api: &'a Api, names: &'a Names<'a>) -> Shared<'a> {
        let mut wanted = Vec::new();
        for (name, shape) in &api.schemas {
            let words = Words { one: format!("{name} Answer"), many: None };
            walk(shape, &format!("{SCHEMA}{name}"), &words, &mut |_, path, words| {
                wanted.push((path.to_owned(), words.clone()));
            });
        }
        let language = names.language;
        let mut scope = language.scope(Part::Type);
        for taken in names.requests.values().chain(names.responses.values()).chain(names.schemas.values()) {
            scope.claim(taken.as_str(), "");
        }
        let types = claim(language, wanted, "", &mut scope);
        Shared { api, names, types, scope }
    }

    /// The types of the shapes that answers share.
    pub fn schemas(&self, reached: &BTreeSet<&str>) -> Spelled {
        let mut spelled = Spelled::default();
        for (name, shape) in self.api.schemas.iter().filter(|(name, _)| reached.contains(name.as_str())) {
            let speller = Speller { shared: self, own: &BTreeMap::new() };
            walk(shape, &format!("{SCHEMA}{name}"), &Words::default(), &mut |shape, path, _| {
                speller.spell(shape, path, &self.names.says.answer(shape), &mut spelled);
            });
        }
        spelled.finished()
    }

    /// The types of an action's answer, by path.
    fn own(&self, action: &Action) -> BTreeMap<String, Name> {
        let Some(response) = &action.response else { return BTreeMap::new() };
        let language = self.names.language;
        let root = Names::get(&self.names.responses, action.name.as_str());
        let prefix = match language.names.scope {
            TypeScope::Module => String::new(),
            TypeScope::Package => format!("{} Response", action.name),
        };
        let mut wanted = Vec::new();
        walk(response, ROOT, &Words::default(), &mut |_, path, words| {
            if path != ROOT {
                wanted.push((path.to_owned(), words.clone()));
            }
        });
        let mut types = claim(language, wanted, &prefix, &mut self.scope.clone());
        types.insert(ROOT.to_owned(), root);
        types
    }

    /// The types of an action's answer.
    pub fn response(&self, action: &Action) -> Option<Spelled> {
        let response = action.response.as_ref()?;
        let mut spelled = Spelled::default();
        let own = self.own(action);
        let speller = Speller { shared: self, own: &own };
        walk(response, ROOT, &Words::default(), &mut |shape, path, _| {
            let docs = if path == ROOT { self.names.says.response(action) } else { self.names.says.answer(shape) };
            speller.spell(shape, path, &docs, &mut spelled);
        });
        Some(spelled.finished())
    }

    /// The type of one element of the list that a path leads to, from an action's answer down.
    pub fn item(&self, action: &Action, field: &FieldPath) -> Type {
        let Some(response) = &action.response else { return Type::Any };
        let own = self.own(action);
        let speller = Speller { shared: self, own: &own };
        let (mut shape, mut path) = (response, ROOT.to_owned());
        for name in field.names() {
            (shape, path) = self.meant(shape, path);
            let Kind::Object(members, _) = &shape.kind else { return Type::Any };
            match members.iter().find(|member| member.name.as_str() == name) {
                Some(member) => (shape, path) = (&member.shape, below(&path, member)),
                None => match map_of(shape) {
                    Some(inner) => (shape, path) = (inner, element(&path)),
                    None => return Type::Any,
                },
            }
        }
        (shape, path) = self.meant(shape, path);
        match &shape.kind {
            Kind::List(inner) => speller.type_of(inner, &element(&path), &mut BTreeSet::new()),
            _ => Type::Any,
        }
    }

    fn meant<'s>(&'s self, shape: &'s Shape, path: String) -> (&'s Shape, String) {
        match &shape.kind {
            Kind::Named(name) => {
                self.api.schema(name).map_or((shape, path), |shape| (shape, format!("{SCHEMA}{name}")))
            }
            _ => (shape, path),
        }
    }
}

impl Spelled {
    fn finished(mut self) -> Spelled {
        last(&mut self.answers, |each| &mut each.last);
        last(&mut self.enums, |each| &mut each.last);
        self
    }
}

/// Names by path. What is called as it is on the wire comes first, so that no list can take the name of an object.
fn claim(
    language: &Language,
    mut wanted: Vec<(String, Words)>,
    prefix: &str,
    scope: &mut Scope,
) -> BTreeMap<String, Name> {
    wanted.sort_by(|(path, words), (other, others)| (words.many.is_some(), path).cmp(&(others.many.is_some(), other)));
    let spelled = |words: &str| language.spell(Part::Type, &format!("{prefix} {words}"));
    let mut names = BTreeMap::new();
    for (path, words) in wanted {
        let one = spelled(&words.one);
        let wanted = match words.many {
            Some(many) if scope.has(&one) => spelled(&many),
            _ => one,
        };
        names.insert(path, language.claim_one(Part::Type, scope, &wanted));
    }
    names
}

/// As [`answer::walk`], but an object of any members is a map here and has no type of its own, unless it is the answer.
fn walk<'s>(shape: &'s Shape, path: &str, words: &Words, visit: &mut dyn FnMut(&'s Shape, &str, &Words)) {
    answer::walk(shape, path, words, &mut |shape, path, words| {
        let any = matches!(&shape.kind, Kind::Object(members, _) if members.is_empty());
        if !any || path == ROOT {
            visit(shape, path, words);
        }
    });
}

/// Speaks of the types of one answer.
struct Speller<'a> {
    shared: &'a Shared<'a>,
    own: &'a BTreeMap<String, Name>,
}

impl Speller<'_> {
    fn ty(&self, path: &str) -> (Name, bool) {
        match (self.own.get(path), self.shared.types.get(path)) {
            (Some(own), _) => (own.clone(), false),
            (None, Some(shared)) => (shared.clone(), true),
            (None, None) => (Name::fixed("invalid_name"), false),
        }
    }

    fn spell(&self, shape: &Shape, path: &str, docs: &str, spelled: &mut Spelled) {
        let (names, (name, _)) = (self.shared.names, self.ty(path));
        let Kind::Object(members, _) = &shape.kind else {
            spelled.enums.push(enumeration(shape, name, names));
            return;
        };
        let language = names.language;
        let fields = language.claim(
            Part::Field,
            &mut language.scope(Part::Field),
            members.iter().map(|member| member.name.as_str()),
        );
        let mut field = |member: &Member| {
            let ty = self.type_of(&member.shape, &below(path, member), &mut spelled.imports);
            view::AnswerField {
                name: Names::get(&fields, member.name.as_str()),
                wire: language.quoting.write(member.name.as_str()),
                is: is(&ty),
                ty: language.facets(&ty),
                docs: language.comments.write(&names.says.answer_field(member)),
                sensitive: member.shape.sensitive,
                deprecated: member.shape.deprecated,
                last: false,
            }
        };
        let mut fields: Vec<view::AnswerField> = members.iter().map(&mut field).collect();
        last(&mut fields, |field| &mut field.last);
        let docs = language.comments.write(docs);
        let has_fields = !fields.is_empty();
        spelled.answers.push(view::Answer { name, docs, has_fields, fields, is_response: path == ROOT, last: false });
    }

    /// The type of a shape.
    fn type_of(&self, shape: &Shape, path: &str, imports: &mut BTreeSet<Name>) -> Type {
        let mut named = |path: &str| {
            let (name, shared) = self.ty(path);
            if shared {
                imports.insert(name.clone());
            }
            (name, shared)
        };
        match &shape.kind {
            _ if shape.sensitive => Type::Secret,
            Kind::Text if shape.values.is_empty() => Type::Text,
            Kind::Text => {
                let (name, shared) = named(path);
                Type::Enum(name, shared)
            }
            Kind::Boolean => Type::Boolean,
            Kind::Integer if shape.limits.format == Some(Format::Int32) => Type::Int32,
            Kind::Integer => Type::Int64,
            Kind::Number => Type::Number,
            Kind::Any => Type::Any,
            Kind::List(inner) => Type::List(Box::new(self.type_of(inner, &element(path), imports))),
            Kind::Json(inner) => Type::Content(Box::new(self.type_of(inner, path, imports))),
            Kind::Object(members, _) => match map_of(shape) {
                Some(inner) => Type::Map(Box::new(self.type_of(inner, &element(path), imports))),
                None if members.is_empty() && path != ROOT => Type::Map(Box::new(Type::Any)),
                None => {
                    let (name, shared) = named(path);
                    Type::Struct(name, shared)
                }
            },
            Kind::Named(name) if is_made_of_itself(self.shared.api, name) => Type::Any,
            Kind::Named(name) => match self.shared.api.schema(name) {
                Some(shape) => self.type_of(shape, &format!("{SCHEMA}{name}"), imports),
                None => Type::Any,
            },
        }
    }
}

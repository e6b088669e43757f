//! The model, spelled as code of a language that a target's tables describe.
//!
//! A unit an action, one for its answer, one each for the shapes that requests and answers share, and the package. No
//! language is known here: names, literals, comments and types come from the target.

mod answer;
mod names;
mod package;
mod request;
mod table;

use super::describe::Describe;
use super::{paths, reach};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Action, Api};
use crate::target::{Language, Name, Type};
use crate::view::{Package, View, code as view};
use answer::Shared;
use names::Names;
use rayon::prelude::*;
use request::Speller;
use std::collections::{BTreeMap, BTreeSet};

/// Spells an API, with documentation as it is described.
pub fn run(
    says: Describe<'_>,
    language: &Language,
    settings: &view::Settings,
    diagnostics: &mut Diagnostics,
) -> Package {
    let api = says.api();
    let names = Names::of(says, language);
    let shared = Shared::of(api, &names);
    let library = Library { api, names: &names, shared: &shared, settings };
    let mut package = Package::default();
    let (asked, answered) = library.reached();
    add(&mut package, &library.package(&asked, !answered.is_empty()), diagnostics);
    if !asked.is_empty() {
        add(&mut package, &library.schemas(&asked), diagnostics);
    }
    if !answered.is_empty() {
        let spelled = shared.schemas(&answered);
        let (answers, enums) = (spelled.answers, spelled.enums);
        add(&mut package, &view::SchemasResponse { settings: settings.clone(), answers, enums }, diagnostics);
    }
    let units = api.actions.par_iter().map(|action| {
        let (mut own, mut problems) = (Package::default(), Diagnostics::new());
        let reference = library.reference(action);
        if let Some(response) = library.response(action, &reference) {
            add(&mut own, &response, &mut problems);
        }
        add(&mut own, &library.action(action, reference), &mut problems);
        (own, problems)
    });
    for (own, problems) in units.collect::<Vec<_>>() {
        package.units.extend(own.units);
        diagnostics.extend(problems);
    }
    package
}

fn add<V: View>(package: &mut Package, view: &V, diagnostics: &mut Diagnostics) {
    if let Err(error) = package.push(view) {
        diagnostics.push(Diagnostic::placeless("view", error.to_string()));
    }
}

/// What every unit is spelled with.
#[derive(Clone, Copy)]
struct Library<'a> {
    api: &'a Api,
    names: &'a Names<'a>,
    shared: &'a Shared<'a>,
    settings: &'a view::Settings,
}

impl<'a> Library<'a> {
    /// The named shapes that requests reach, and those that answers reach.
    fn reached(&self) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
        let of = |reach: fn(&'a Api, &'a Action) -> BTreeSet<&'a str>| {
            self.api.actions.iter().flat_map(|action| reach(self.api, action)).collect()
        };
        (of(reach::of_action), of(reach::of_answer))
    }

    fn action(&self, action: &Action, own: view::ActionRef) -> view::Action {
        let mut speller = Speller::new(self.api, self.names, self.names.own(action));
        speller.request(action);
        let imports = words(speller.imports.into_iter());
        view::Action {
            settings: self.settings.clone(),
            own,
            structs: speller.structs,
            enums: speller.enums,
            has_imports: !imports.is_empty(),
            imports,
            table: table::of(action, self.names),
        }
    }

    fn response(&self, action: &Action, own: &view::ActionRef) -> Option<view::Response> {
        let spelled = self.shared.response(action)?;
        let imports = words(spelled.imports.into_iter());
        Some(view::Response {
            settings: self.settings.clone(),
            own: own.clone(),
            answers: spelled.answers,
            enums: spelled.enums,
            has_imports: !imports.is_empty(),
            imports,
        })
    }

    fn schemas(&self, reached: &BTreeSet<&str>) -> view::Schemas {
        let mut speller = Speller::new(self.api, self.names, BTreeMap::new());
        let mut tables = Vec::new();
        for (name, shape) in self.api.schemas.iter().filter(|(name, _)| reached.contains(name.as_str())) {
            speller.emit(shape, &paths::schema(name));
            let constant = Names::get(&self.names.constants, name);
            tables.push(view::Static { constant, shape: table::own(shape, self.names), last: false });
        }
        let (mut structs, mut enums) = (speller.structs, speller.enums);
        last(&mut structs, |each| &mut each.last);
        last(&mut enums, |each| &mut each.last);
        last(&mut tables, |each| &mut each.last);
        view::Schemas { settings: self.settings.clone(), structs, enums, tables }
    }
}

/// Marks the last element.
fn last<T>(list: &mut [T], mark: impl Fn(&mut T) -> &mut bool) {
    if let Some(end) = list.last_mut() {
        *mark(end) = true;
    }
}

/// A list whose elements know which one is last.
fn words<T>(given: impl Iterator<Item = T>) -> Vec<view::Word<T>> {
    let mut words: Vec<view::Word<T>> = given.map(|wire| view::Word { wire, last: false }).collect();
    last(&mut words, |word| &mut word.last);
    words
}

/// What a type is, for templates that ask.
fn is(ty: &Type) -> view::Is {
    let mut is = view::Is::default();
    let flag = match ty {
        Type::Text => &mut is.is_text,
        Type::Secret => &mut is.is_secret,
        Type::Boolean => &mut is.is_boolean,
        Type::Int32 | Type::Int64 => &mut is.is_integer,
        Type::Number => &mut is.is_number,
        Type::Any => &mut is.is_any,
        Type::List(_) => &mut is.is_list,
        Type::Map(_) => &mut is.is_map,
        Type::Struct(..) => &mut is.is_struct,
        Type::Enum(..) => &mut is.is_enum,
        Type::Content(_) => &mut is.is_content,
    };
    *flag = true;
    is
}

/// A name for what is not there.
fn no_name() -> Name {
    Name::fixed("")
}

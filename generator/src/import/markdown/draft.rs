//! A page as a draft: what its cells declare, and its response with the depth that the table lost.

use super::{Page, Row};
use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::import::draft::{Draft, Field, Kind, named};
use crate::import::nest::{self, Nested, Place, nest};
use crate::import::{Input, Language};
use crate::spec::{Action, ErrorCode, Map, Method, Parameter, Samples, Type};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the page says about its action.
pub fn draft(input: &Input, page: Page, diagnostics: &mut Diagnostics) -> Draft {
    let Page { identity, language, intro, parameters, response, errors, samples } = page;
    let origin = identity.line.map_or_else(|| Origin::file(&input.file), |line| Origin::at(&input.file, line, 1));
    let xml = if samples.json.is_none() { samples.xml_fields() } else { None };
    let response = answer(input, language, &response, samples.json.as_ref().or(xml.as_ref()), diagnostics);
    let request: Map<Value> = samples.request.into_iter().map(|(key, text)| (key, Value::from(text))).collect();
    let samples =
        Samples { request: Some(request).filter(|request| !request.is_empty()), json: samples.json, xml: samples.xml };
    let errors = errors
        .into_iter()
        .map(|row| (row.code, ErrorCode { status: row.status, doc: language.text(&row.text), ..ErrorCode::default() }));
    Draft {
        kind: Kind::Markdown,
        file: input.file.clone(),
        document: input.document().to_owned(),
        language,
        as_of: None,
        product: identity.product,
        version: identity.version,
        origin,
        declared: Action {
            summary: intro.blocks.first().and_then(|block| language.text(&block.text)),
            methods: vec![Method::Post, Method::Get],
            samples: (samples != Samples::default()).then_some(samples),
            errors: errors.collect(),
            ..named(&identity.action)
        },
        intro,
        parameters: parameters.iter().map(|row| field(language, row)).collect(),
        response,
    }
}

fn field(language: Language, row: &Row) -> Field {
    Field {
        name: row.name.clone(),
        declared: Parameter {
            required: row.required,
            place: row.place,
            example: Some(row.example.clone()).filter(|example| !example.is_empty()).map(Value::from),
            doc: language.text(&row.text),
            ..row.kind.parameter()
        },
        description: row.description.clone(),
        ..Field::default()
    }
}

/// The answer as a tree, if the page documents one.
fn answer(
    input: &Input,
    language: Language,
    rows: &[Row],
    sample: Option<&Value>,
    diagnostics: &mut Diagnostics,
) -> Option<Field> {
    let fields: Vec<nest::Field<'_>> =
        rows.iter().map(|row| nest::Field { name: &row.name, children: row.kind.children, mark: row.mark }).collect();
    let Nested { places, doubt } = nest(&fields, sample);
    if let Some((doubt, row)) = doubt.and_then(|doubt| rows.get(doubt.row).map(|row| (doubt, row))) {
        let named = |at: Option<usize>| {
            at.and_then(|at| rows.get(at)).map_or("none".to_owned(), |row| format!("`{}`", row.name))
        };
        let parent = places.get(doubt.row).and_then(|place| place.parent);
        let message = format!(
            "the table does not say of what `{}` is a member: it is read as one of {}, and might be one of {}",
            row.name,
            named(parent),
            named(doubt.parent)
        );
        let origin = Origin::at(&input.file, row.line, 1);
        let help = "compare it with an answer of the service; mend the page, or the spec by an overlay";
        diagnostics.push(Diagnostic::warning("response-doubt", origin, message).help(help));
    }
    let mut tree = Tree { language, rows, places: &places, members: BTreeMap::new() };
    let mut names = BTreeSet::new();
    for (at, (row, place)) in rows.iter().zip(&places).enumerate() {
        if names.insert((place.parent, &row.name)) {
            tree.members.entry(place.parent).or_default().push(at);
        } else {
            let message = format!("the field `{}` stands in the table twice, and is taken once", row.name);
            let origin = Origin::at(&input.file, row.line, 1);
            let help = "take one of the rows away, or say what it is a member of";
            diagnostics.push(Diagnostic::warning("field-twice", origin, message).help(help));
        }
    }
    (!rows.is_empty()).then(|| object(tree.members(None)))
}

/// Rows, each with its place.
struct Tree<'a> {
    language: Language,
    rows: &'a [Row],
    places: &'a [Place],
    /// The rows below each row, and at the top.
    members: BTreeMap<Option<usize>, Vec<usize>>,
}

impl Tree<'_> {
    fn members(&self, parent: Option<usize>) -> Vec<Field> {
        let members = self.members.get(&parent).into_iter().flatten();
        members.filter_map(|at| Some(self.member(*at, self.rows.get(*at)?))).collect()
    }

    fn member(&self, at: usize, row: &Row) -> Field {
        let mut field = field(self.language, row);
        let members = self.members(Some(at));
        if members.is_empty() {
            if field.declared.kind == Some(Type::Array) && field.declared.items.is_none() {
                field.items = Some(Box::new(of(Type::Any)));
            }
            return field;
        }
        let first = self.members.get(&Some(at)).and_then(|members| members.first());
        let wrapper = first.and_then(|first| self.places.get(*first)?.wrapper.clone());
        let element = object(members);
        match (field.declared.kind, wrapper) {
            (Some(Type::Array), None) => field.items = Some(Box::new(element)),
            (_, None) => {
                field.declared.kind = Some(Type::Object);
                field.properties = element.properties;
            }
            // The sample puts an object with one member around the list: that is what travels.
            (_, Some(wrapper)) => {
                field.declared.kind = Some(Type::Object);
                field.properties = vec![Field { name: wrapper, items: Some(Box::new(element)), ..of(Type::Array) }];
            }
        }
        field
    }
}

fn object(properties: Vec<Field>) -> Field {
    Field { properties, ..of(Type::Object) }
}

fn of(kind: Type) -> Field {
    Field { declared: Parameter { kind: Some(kind), ..Parameter::default() }, ..Field::default() }
}

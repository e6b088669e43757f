//! A page as a draft: what its cells declare, and its response with the depth that the table lost.

use super::{Page, Row};
use crate::diag::Origin;
use crate::import::draft::{Draft, Field, Kind, named};
use crate::import::nest::{self, Place, nest};
use crate::import::{Input, Language};
use crate::spec::{Action, ErrorCode, Map, Method, Parameter, Samples, Type};
use serde_json::Value;

/// What the page says about its action.
pub fn draft(input: &Input, page: Page) -> Draft {
    let Page { identity, language, intro, parameters, response, errors, samples } = page;
    let origin = identity.line.map_or_else(|| Origin::file(&input.file), |line| Origin::at(&input.file, line, 1));
    let response = answer(language, &response, samples.json.as_ref());
    let request: Map<Value> = samples.request.into_iter().map(|(key, text)| (key, Value::from(text))).collect();
    let samples =
        Samples { request: Some(request).filter(|request| !request.is_empty()), json: samples.json, xml: samples.xml };
    let errors = errors
        .into_iter()
        .map(|row| (row.code, ErrorCode { status: row.status, doc: language.text(&row.text), retryable: false }));
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
fn answer(language: Language, rows: &[Row], sample: Option<&Value>) -> Option<Field> {
    let fields: Vec<nest::Field<'_>> = rows
        .iter()
        .map(|row| nest::Field { name: &row.name, children: row.kind.children, nested: row.nested })
        .collect();
    let places = nest(&fields, sample);
    let properties = members(language, rows, &places, None);
    (!rows.is_empty()).then(|| object(properties))
}

fn object(properties: Vec<Field>) -> Field {
    Field { properties, ..of(Type::Object) }
}

fn of(kind: Type) -> Field {
    Field { declared: Parameter { kind: Some(kind), ..Parameter::default() }, ..Field::default() }
}

fn members(language: Language, rows: &[Row], places: &[Place], parent: Option<usize>) -> Vec<Field> {
    let members = rows.iter().zip(places).enumerate().filter(|(_, (_, place))| place.parent == parent);
    members.map(|(at, (row, _))| member(language, rows, places, at, row)).collect()
}

fn member(language: Language, rows: &[Row], places: &[Place], at: usize, row: &Row) -> Field {
    let mut field = field(language, row);
    let members = members(language, rows, places, Some(at));
    if members.is_empty() {
        if field.declared.kind == Some(Type::Array) && field.declared.items.is_none() {
            field.items = Some(Box::new(of(Type::Any)));
        }
        return field;
    }
    let wrapper = places.iter().find(|place| place.parent == Some(at)).and_then(|place| place.wrapper.clone());
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

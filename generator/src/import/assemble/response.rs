//! The response: flat rows become a tree, and each row a field.

use super::{Writer, parameter};
use crate::import::markdown::Row;
use crate::import::nest::{Field, Place, nest};
use crate::import::prose::Names;
use crate::spec::{Map, Parameter, Response, Type};

/// The response of the page, if it documents one.
pub fn response(writer: &Writer<'_>) -> Option<Response> {
    let rows = &writer.page.response;
    let fields: Vec<Field<'_>> =
        rows.iter().map(|row| Field { name: &row.name, children: row.kind.children, nested: row.nested }).collect();
    let places = nest(&fields, writer.page.samples.json.as_ref());
    let properties = members(writer, rows, &places, None);
    (!rows.is_empty()).then_some(Response { kind: Type::Object, properties })
}

fn members(writer: &Writer<'_>, rows: &[Row], places: &[Place], parent: Option<usize>) -> Map<Parameter> {
    let mut members = Map::new();
    for (at, (row, _)) in rows.iter().zip(places).enumerate().filter(|(_, (_, place))| place.parent == parent) {
        members.insert(row.name.clone(), field(writer, rows, places, at, row));
    }
    members
}

fn field(writer: &Writer<'_>, rows: &[Row], places: &[Place], at: usize, row: &Row) -> Parameter {
    let mut field = parameter::described(writer, row, &Names::default(), None).parameter;
    let members = members(writer, rows, places, Some(at));
    if members.is_empty() {
        if field.kind == Some(Type::Array) && field.items.is_none() {
            field.items = Some(Box::new(Parameter { kind: Some(Type::Any), ..Parameter::default() }));
        }
        return field;
    }
    let wrapper = places.iter().find(|place| place.parent == Some(at)).and_then(|place| place.wrapper.clone());
    let element = Parameter { kind: Some(Type::Object), properties: members, ..Parameter::default() };
    match (field.kind, wrapper) {
        (Some(Type::Array), None) => field.items = Some(Box::new(element)),
        (_, None) => {
            field.kind = Some(Type::Object);
            field.properties = element.properties;
        }
        // The sample puts an object with one member around the list: that is what travels.
        (_, Some(wrapper)) => {
            let list = Parameter { kind: Some(Type::Array), items: Some(Box::new(element)), ..Parameter::default() };
            field.kind = Some(Type::Object);
            field.properties = Map::from([(wrapper, list)]);
        }
    }
    field
}

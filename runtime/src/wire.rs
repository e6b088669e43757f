//! The wire form: what travels, and where, before percent-encoding.

mod change;

use crate::Value;
use crate::table::{Kind, Others, Parameter, Place, Shape, Style, Table};
use std::borrow::Cow;
use std::fmt;

/// A request as it travels. Within a place, fields are in the order of the action's parameters.
#[derive(Debug, Clone, Default)]
pub struct Wire {
    /// In the URL's query string.
    pub query: Vec<Field>,
    /// In a form body.
    pub form: Vec<Field>,
    /// HTTP headers.
    pub headers: Vec<Field>,
    /// What stands for the placeholders in the URL's path.
    pub path: Vec<Field>,
    /// What stands for the placeholders in the host name.
    pub host: Vec<Field>,
    /// What the body consists of, if it is no form: a text as it is, anything else as JSON.
    pub body: Vec<Field>,
}

/// A name and a value that travel. `Debug` does not show a sensitive value.
#[derive(Clone)]
pub struct Field {
    /// The name: a parameter's (`RegionId`) or one made from it (`Tag.1.Key`).
    pub name: Cow<'static, str>,
    /// The value.
    pub value: String,
    shape: &'static Shape,
}

/// A text that may be shown, and one that may not.
static PLAIN: Shape = Shape::of(Kind::Text);
static SECRET: Shape = Shape { sensitive: true, ..Shape::of(Kind::Text) };

impl Field {
    /// A name and a value that are no parameter of a table.
    pub fn plain(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Field {
        Field { name: name.into(), value: value.into(), shape: &PLAIN }
    }

    /// The same, never to be shown.
    pub fn secret(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Field {
        Field { name: name.into(), value: value.into(), shape: &SECRET }
    }

    /// Name and value. The value may be sensitive.
    pub fn pair(&self) -> (&str, &str) {
        (&self.name, &self.value)
    }

    /// Whether the value, or something in it, must not be shown.
    pub fn is_sensitive(&self) -> bool {
        self.shape.is_sensitive()
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.is_sensitive() { "***" } else { &self.value };
        write!(f, "{}={value:?}", self.name)
    }
}

impl Wire {
    /// Nothing yet, with room for each parameter where nearly all of them travel.
    pub(crate) fn with_room(table: &Table) -> Wire {
        Wire { query: Vec::with_capacity(table.parameters.len()), ..Wire::default() }
    }

    /// Adds a parameter. What is absent, an empty list and an empty object leave no trace; an empty text travels.
    pub(crate) fn add(&mut self, parameter: &'static Parameter, value: Value<'_>) {
        let (shape, name) = (parameter.shape, Cow::Borrowed(parameter.name));
        let fields = self.place_mut(parameter.place);
        let whole = parameter.place == Place::Body || matches!(shape.kind, Kind::Json(_));
        match (parameter.style, value.plain()) {
            _ if value.is_null() => {}
            (Style::Simple, Value::List(list)) if !whole => {
                let items: Vec<_> = (0..list.len())
                    .filter_map(|index| list.item(index))
                    .filter(|item| !item.is_null())
                    .map(Value::text)
                    .collect();
                if !items.is_empty() {
                    fields.push(Field { name, value: items.join(","), shape });
                }
            }
            (Style::Repeat | Style::Flat, _) if !whole => spread(fields, name, value, shape),
            _ => fields.push(Field { name, value: value.text().into_owned(), shape }),
        }
    }
}

#[cfg(feature = "client")]
impl Wire {
    /// Adds what no table knows, to the query.
    pub(crate) fn add_unknown(&mut self, name: String, value: &crate::Json) {
        spread(&mut self.query, Cow::Owned(name), Value::Json(value), &PLAIN);
    }
}

/// One field a scalar: `Tag.1.Key`, indices from 1. A `null` keeps its index and is not sent.
fn spread(fields: &mut Vec<Field>, name: Cow<'static, str>, value: Value<'_>, shape: &'static Shape) {
    match value.plain() {
        Value::List(list) => {
            for (index, item) in (0..list.len()).filter_map(|index| Some((index, list.item(index)?))) {
                spread(fields, Cow::Owned(format!("{name}.{}", index + 1)), item, item_shape(shape));
            }
        }
        Value::Object(object) => object.members(&mut |member, value| {
            spread(fields, Cow::Owned(format!("{name}.{member}")), value, member_shape(shape, member));
        }),
        Value::Json(_) => {}
        _ => fields.push(Field { name, value: value.text().into_owned(), shape }),
    }
}

fn item_shape(shape: &'static Shape) -> &'static Shape {
    match shape.kind {
        Kind::List(item) if !shape.sensitive => item,
        _ => shape,
    }
}

fn member_shape(shape: &'static Shape, name: &str) -> &'static Shape {
    match shape.kind {
        Kind::Object(members, others) if !shape.sensitive => {
            match (members.iter().find(|member| member.name == name), others) {
                (Some(member), _) => member.shape,
                (None, Others::Of(other)) => other,
                (None, _) => shape,
            }
        }
        _ => shape,
    }
}

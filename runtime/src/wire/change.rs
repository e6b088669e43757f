//! A wire form that has been made already: what it holds of a parameter, another value for it, its secrets.

use super::{Field, Wire};
use crate::table::{Kind, Others, Parameter, Place, Shape, Table};
use crate::{Json, Value};
use std::borrow::Cow;

impl Wire {
    /// What travels for a parameter, by its index in the table, if that is one field.
    pub fn get(&self, table: &Table, parameter: u16) -> Option<&str> {
        let parameter = table.parameters.get(usize::from(parameter))?;
        let field = self.place(parameter.place).iter().find(|field| field.name == parameter.name)?;
        Some(&field.value)
    }

    /// Gives a parameter another value, by its index in the table: every field of it goes, and the new ones stand where
    /// the parameter's order puts them. A value that is absent only removes.
    pub fn set(&mut self, table: &'static Table, parameter: u16, value: Value<'_>) {
        let index = usize::from(parameter);
        let Some(parameter) = table.parameters.get(index) else { return };
        let mut one = Wire::default();
        one.add(parameter, value);
        let new = std::mem::take(one.place_mut(parameter.place));
        let fields = self.place_mut(parameter.place);
        fields.retain(|field| owner(table, parameter.place, field) != Some(index));
        let later = |field: &Field| owner(table, parameter.place, field).is_some_and(|owner| owner > index);
        let at = fields.iter().position(later).unwrap_or(fields.len());
        fields.splice(at..at, new);
    }

    /// Every secret that travels: to be kept out of errors, since services repeat what they were given.
    pub fn secrets(&self) -> Vec<Cow<'_, str>> {
        let places = [&self.query, &self.form, &self.headers, &self.path, &self.host, &self.body];
        places.into_iter().flatten().flat_map(Field::secrets).collect()
    }

    fn place(&self, place: Place) -> &[Field] {
        match place {
            Place::Query => &self.query,
            Place::Form => &self.form,
            Place::Header => &self.headers,
            Place::Path => &self.path,
            Place::Host => &self.host,
            Place::Body => &self.body,
        }
    }

    pub(super) fn place_mut(&mut self, place: Place) -> &mut Vec<Field> {
        match place {
            Place::Query => &mut self.query,
            Place::Form => &mut self.form,
            Place::Header => &mut self.headers,
            Place::Path => &mut self.path,
            Place::Host => &mut self.host,
            Place::Body => &mut self.body,
        }
    }
}

/// The parameter that a field belongs to: the longest one whose name, up to a dot, is where the field's name begins.
fn owner(table: &Table, place: Place, field: &Field) -> Option<usize> {
    let fits = |parameter: &Parameter| {
        let rest = field.name.strip_prefix(parameter.name);
        parameter.place == place && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let owners = table.parameters.iter().enumerate().filter(|(_, parameter)| fits(parameter));
    owners.max_by_key(|(_, parameter)| parameter.name.len()).map(|(index, _)| index)
}

impl Field {
    /// The secrets in the value: the value itself, or, of JSON, the texts of what is sensitive in it.
    pub fn secrets(&self) -> Vec<Cow<'_, str>> {
        if !self.is_sensitive() {
            return Vec::new();
        }
        let mut secrets = Vec::new();
        let inside = matches!(self.shape.kind, Kind::Json(_) | Kind::Object(..) | Kind::List(_) | Kind::Any);
        match serde_json::from_str::<Json>(&self.value) {
            Ok(json @ (Json::Object(_) | Json::Array(_))) if inside => gather(self.shape, false, &json, &mut secrets),
            // A list whose elements are joined by commas.
            _ if matches!(self.shape.kind, Kind::List(_)) => {
                secrets.extend(self.value.split(',').map(|item| Cow::Owned(item.to_owned())));
            }
            _ => {}
        }
        if secrets.is_empty() || self.shape.sensitive {
            secrets.push(Cow::Borrowed(self.value.as_str()));
        }
        secrets
    }
}

fn gather(shape: &Shape, within: bool, json: &Json, secrets: &mut Vec<Cow<'_, str>>) {
    let within = within || shape.sensitive;
    match (json, &shape.kind) {
        (_, Kind::Json(inner)) => match json {
            // JSON in JSON, as text.
            Json::String(text) => match serde_json::from_str::<Json>(text) {
                Ok(json) => gather(inner, within, &json, secrets),
                Err(_) if inner.is_sensitive() || within => secrets.push(Cow::Owned(text.clone())),
                Err(_) => {}
            },
            _ => gather(inner, within, json, secrets),
        },
        (Json::Array(items), kind) => {
            let inner = if let Kind::List(inner) = kind { inner } else { shape };
            items.iter().for_each(|item| gather(inner, within, item, secrets));
        }
        (Json::Object(members), kind) => {
            for (name, value) in members {
                let inner = match kind {
                    Kind::Object(known, others) => {
                        let known = known.iter().find(|member| member.name == name).map(|member| member.shape);
                        known.or(if let Others::Of(other) = others { Some(other) } else { None })
                    }
                    _ => None,
                };
                gather(inner.unwrap_or(&super::PLAIN), within, value, secrets);
            }
        }
        (Json::String(text), _) if within => secrets.push(Cow::Owned(text.clone())),
        (Json::Number(number), _) if within => secrets.push(Cow::Owned(number.to_string())),
        (Json::Null | Json::Bool(_) | Json::String(_) | Json::Number(_), _) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::table::{Kind, Member, Others, Parameter, Place, Shape, Style, Table};
    use crate::wire::Wire;
    use crate::{Json, Value};
    use serde_json::json;

    static TEXT: Shape = Shape::of(Kind::Text);
    static HIDDEN: Shape = Shape { sensitive: true, ..Shape::of(Kind::Text) };
    static TEXTS: Shape = Shape::of(Kind::List(&TEXT));
    static HIDDEN_TEXTS: Shape = Shape::of(Kind::List(&HIDDEN));
    static USER: Shape = Shape::of(Kind::Object(
        &[
            Member { name: "Name", required: false, shape: &TEXT },
            Member { name: "Password", required: false, shape: &HIDDEN },
            Member { name: "Held", required: false, shape: &Shape::of(Kind::Json(&HIDDEN_TEXTS)) },
        ],
        Others::Of(&TEXT),
    ));
    static HELD: Shape = Shape::of(Kind::Json(&Shape::of(Kind::List(&USER))));
    static TABLE: Table = Table {
        action: "Do",
        parameters: &[
            Parameter::of("Id", &TEXT),
            Parameter::of("Tag", &TEXTS),
            Parameter::of("Tag.Mode", &TEXT),
            Parameter::of("Page", &TEXT),
            Parameter { place: Place::Form, style: Style::Json, ..Parameter::of("Held", &HELD) },
            Parameter { style: Style::Simple, ..Parameter::of("Keys", &HIDDEN_TEXTS) },
            Parameter::of("User", &USER),
            Parameter::of("Password", &HIDDEN),
        ],
        rules: &[],
    };

    fn query(wire: &Wire) -> String {
        wire.query.iter().map(|field| format!("{}={} ", field.name, field.value)).collect()
    }

    fn wire(request: &Json) -> Wire {
        TABLE.json_to_wire(request)
    }

    #[test]
    fn a_parameter_gets_another_value_in_its_place() {
        let mut wire = wire(&json!({"Id": "i", "Tag": ["a", "b"], "Tag.Mode": "m", "Password": "p"}));
        wire.set(&TABLE, 3, Value::Integer(2));
        assert_eq!(query(&wire), "Id=i Tag.1=a Tag.2=b Tag.Mode=m Page=2 Password=p ");
        wire.set(&TABLE, 3, Value::Text("3"));
        wire.set(&TABLE, 1, Value::Json(&json!(["c"])));
        assert_eq!(query(&wire), "Id=i Tag.1=c Tag.Mode=m Page=3 Password=p ");
        wire.set(&TABLE, 1, Value::Json(&Json::Null));
        wire.set(&TABLE, 0, Value::Text(""));
        wire.set(&TABLE, 99, Value::Text("x"));
        assert_eq!(query(&wire), "Id= Tag.Mode=m Page=3 Password=p ");
        wire.set(&TABLE, 4, Value::Text("[]"));
        assert_eq!((wire.form.len(), wire.query.len()), (1, 4));
        assert_eq!((wire.get(&TABLE, 3), wire.get(&TABLE, 1), wire.get(&TABLE, 99)), (Some("3"), None, None));
    }

    #[test]
    fn secrets_are_found_wherever_they_travel() {
        for (request, secrets) in [
            (json!({"Id": "i", "Tag": ["a"]}), json!([])),
            (json!({"Password": "p1,p2"}), json!(["p1,p2"])),
            (json!({"Keys": ["k1", "k2"]}), json!(["k1", "k2"])),
            (json!({"User": {"Name": "n", "Password": "[p]", "Other": "o"}}), json!(["[p]"])),
            (
                json!({"Held": [{"Name": "n", "Password": "p\"1"}, {"Password": 7, "Held": "[\"h\"]", "Other": "o"}]}),
                json!(["p\"1", "7", "h"]),
            ),
            (json!({"Held": "[{\"Name\": \"n\", \"Password\": \"p\"}]"}), json!(["p"])),
            (json!({"Held": [{"Held": "h]"}]}), json!(["h]"])),
            // Nobody knows what it is: all of it.
            (json!({"Held": "Password=p"}), json!(["Password=p"])),
        ] {
            assert_eq!(json!(wire(&request).secrets()), secrets, "{request}");
        }
    }
}

//! One request that compiles and passes its own checks, for the documentation.

use super::construct::{Need, needs};
use super::fields::{Slot, Speller};
use super::tree::Node;
use crate::model::{Action, Kind, Member, Shape};
use crate::rules;
use crate::rust::{Code, Ident, Type, snake, stem, variant_name};
use crate::target::Scope;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value, json};

impl Speller<'_> {
    /// The example: what is required, and the groups for whose values there are constructors, if the rules allow it.
    pub fn example(&self, action: &Action, tree: &[Node], crate_name: &str) -> String {
        let slots = self.slots(action, tree);
        let required: Vec<(usize, Value)> = action
            .parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| parameter.required)
            .map(|(index, _)| (index, self.sample(action, index)))
            .collect();
        let mut given: Map<String, Value> = named(action, &required);
        let mut setters = Vec::new();
        for (slot, node) in slots.iter().zip(tree) {
            let Node::Group { children, required: false, .. } = node else { continue };
            let inner = self.slots(action, children);
            let Some(need) = needs(action, &inner, false).into_iter().rev().max_by_key(|need| need.parameters.len())
            else {
                continue;
            };
            let mut with = given.clone();
            with.insert(action.parameters[need.decider].name.to_string(), json!(need.value));
            for index in &need.parameters {
                with.insert(action.parameters[*index].name.to_string(), self.sample(action, *index));
            }
            let faults = rules::check(self.api(), action, &Value::Object(with.clone()), crate::model::Language::En);
            if faults.iter().all(|fault| fault.severity == crate::model::Severity::Advice) {
                given = with;
                let group = self.group_expression(action, slot, &inner, &need);
                let setter = &slot.name;
                setters.push(quote!(.#setter(#group)));
            }
        }
        let arguments = slots.iter().filter(|slot| slot.required).collect::<Vec<_>>();
        let arguments = ordered(arguments).into_iter().map(|slot| self.required_argument(action, slot, tree));
        let (library, module) = (Ident::new(crate_name), Ident::new(stem(action.name.as_str(), false).as_str()));
        let request = Ident::new(&crate::rust::pascal(action.name.as_str()));
        let code = quote! {
            fn main() {
                use #library::#module::*;
                use #library::Request;
                let request = #request::new(#(#arguments),*) #(#setters)*;
                assert!(request.validate().is_ok());
            }
        };
        print(&code)
    }

    fn required_argument(&self, action: &Action, slot: &Slot, tree: &[Node]) -> TokenStream {
        let Some(index) = slot.parameter else { return self.required_group(action, slot, tree) };
        let parameter = &action.parameters[index];
        self.expression(&parameter.shape, parameter.name.as_str(), &self.sample(action, index))
    }

    /// A group that is required, because something in it is.
    fn required_group(&self, action: &Action, slot: &Slot, tree: &[Node]) -> TokenStream {
        let found = tree.iter().find_map(|node| match node {
            Node::Group { path, children, .. } if path.rsplit('.').next() == Some(slot.wire.as_str()) => Some(children),
            _ => None,
        });
        let inner = found.map(|children| self.slots(action, children)).unwrap_or_default();
        let children = found.map(Vec::as_slice).unwrap_or_default();
        let needed = ordered(inner.iter().filter(|slot| slot.required).collect());
        let arguments = needed.into_iter().map(|slot| self.required_argument(action, slot, children));
        let ty = slot.ty.tokens();
        quote!(#ty::new(#(#arguments),*))
    }

    fn group_expression(&self, action: &Action, slot: &Slot, inner: &[Slot], need: &Need) -> TokenStream {
        let ty = slot.ty.tokens();
        let function = Ident::new(&snake(&need.value));
        let taken = inner.iter().filter(|slot| slot.parameter.is_some_and(|index| need.parameters.contains(&index)));
        let arguments = ordered(taken.collect()).into_iter().filter_map(|slot| {
            let index = slot.parameter?;
            let parameter = &action.parameters[index];
            Some(self.expression(&parameter.shape, parameter.name.as_str(), &self.sample(action, index)))
        });
        quote!(#ty::#function(#(#arguments),*))
    }

    /// A value that fits: from the sample request, the example, the documented values, or made up.
    fn sample(&self, action: &Action, index: usize) -> Value {
        let parameter = &action.parameters[index];
        let from_request = action.samples.request.as_ref().and_then(|request| request.get(parameter.name.as_str()));
        let candidates = from_request.into_iter().chain(&parameter.shape.example).chain(&parameter.shape.default);
        let fitting =
            candidates.map(|value| parsed(&parameter.shape, value)).find(|value| self.fits(&parameter.shape, value));
        fitting.unwrap_or_else(|| self.made_up(&parameter.shape, parameter.name.as_str(), 0))
    }

    fn fits(&self, shape: &Shape, value: &Value) -> bool {
        match &shape.kind {
            Kind::Named(name) => self.api().schema(name).is_some_and(|shape| self.fits(shape, value)),
            Kind::Json(inner) => self.fits(inner, value),
            Kind::Text => value.is_string(),
            Kind::Boolean => value.is_boolean(),
            Kind::Integer => value.is_i64(),
            Kind::Number => value.is_number(),
            Kind::List(inner) => value.as_array().is_some_and(|list| list.iter().all(|item| self.fits(inner, item))),
            Kind::Object(members, _) => value.as_object().is_some_and(|object| {
                let known = |name: &str| members.iter().find(|member| member.name.as_str() == name);
                object.iter().all(|(name, value)| known(name).is_some_and(|member| self.fits(&member.shape, value)))
                    && members.iter().all(|member| !member.required || object.contains_key(member.name.as_str()))
            }),
            Kind::Any => true,
        }
    }

    fn made_up(&self, shape: &Shape, name: &str, depth: usize) -> Value {
        if let Some(choice) = shape.values.first() {
            return parsed(shape, &json!(choice.wire));
        }
        match &shape.kind {
            _ if depth > 8 => Value::Null,
            Kind::Named(name) => {
                self.api().schema(name).map_or(Value::Null, |shape| self.made_up(shape, name, depth + 1))
            }
            Kind::Json(inner) => self.made_up(inner, name, depth + 1),
            Kind::Text => json!(if shape.sensitive { "***".to_owned() } else { snake(name).replace('_', "-") }),
            Kind::Boolean => json!(true),
            Kind::Integer => json!(shape.limits.minimum.map_or(1, |low| low as i64)),
            Kind::Number => json!(shape.limits.minimum.unwrap_or(1.0)),
            Kind::List(inner) => json!([self.made_up(inner, name, depth + 1)]),
            Kind::Object(members, _) => members
                .iter()
                .filter(|member| member.required)
                .map(|member| (member.name.to_string(), self.made_up(&member.shape, member.name.as_str(), depth + 1)))
                .collect::<Map<_, _>>()
                .into(),
            Kind::Any => json!({}),
        }
    }

    /// The expression that makes a value, as an argument takes it.
    fn expression(&self, shape: &Shape, path: &str, value: &Value) -> TokenStream {
        use super::names::{item_path, schema_path};
        match (&shape.kind, value) {
            (Kind::Named(name), _) => match self.api().schema(name) {
                Some(Shape { kind: Kind::List(inner), .. }) => {
                    let ty = self.type_of(shape, path).tokens();
                    let item = item_path(&schema_path(name));
                    let items = value.as_array().into_iter().flatten().map(|each| self.expression(inner, &item, each));
                    quote!(#ty::new([#(#items),*]))
                }
                Some(shape) => self.expression(shape, &schema_path(name), value),
                None => quote!(Default::default()),
            },
            (Kind::Json(_), _) if shape.sensitive => quote!("***"),
            (Kind::Json(inner), _) => self.expression(inner, path, value),
            (Kind::Text, Value::String(text)) if shape.values.is_empty() || shape.sensitive => quote!(#text),
            (Kind::Text, Value::String(text)) => {
                let ty = self.type_of(shape, path).tokens();
                let values = shape.values.iter().map(|choice| choice.wire.as_str());
                match Scope::new(["Other"]).claim_all(values, "", variant_name).get(text) {
                    Some(variant) => {
                        let variant = Ident::new(variant);
                        quote!(#ty::#variant)
                    }
                    None => quote!(#text),
                }
            }
            (Kind::Boolean, Value::Bool(value)) => quote!(#value),
            (Kind::Integer, Value::Number(number)) => {
                let number = Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
                quote!(#number)
            }
            (Kind::Number, Value::Number(number)) => {
                let number = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
                quote!(#number)
            }
            (Kind::List(inner), Value::Array(items)) => {
                let item = item_path(path);
                let items = items.iter().map(|each| self.expression(inner, &item, each));
                quote!([#(#items),*])
            }
            (Kind::Object(members, _), Value::Object(object)) => self.object_expression(shape, members, path, object),
            (_, other) => {
                let text = other.to_string();
                quote!(#text)
            }
        }
    }

    fn object_expression(
        &self,
        shape: &Shape,
        members: &[Member],
        path: &str,
        object: &Map<String, Value>,
    ) -> TokenStream {
        let ty = self.type_of(shape, path).tokens();
        let names =
            Scope::new(super::fields::METHODS).claim_all(members.iter().map(|member| member.name.as_str()), "_", snake);
        let made = |member: &Member| {
            let value = object.get(member.name.as_str())?;
            Some(self.expression(&member.shape, &format!("{path}.{}", member.name), value))
        };
        let mut needed: Vec<&Member> = members.iter().filter(|member| member.required).collect();
        needed.sort_by_key(|member| matches!(member.shape.kind, Kind::Boolean));
        let arguments = needed.into_iter().filter_map(made);
        let setters = members.iter().filter(|member| !member.required).filter_map(|member| {
            let value = made(member)?;
            let name = Ident::new(names.get(member.name.as_str())?);
            Some(quote!(.#name(#value)))
        });
        quote!(#ty::new(#(#arguments),*)#(#setters)*)
    }
}

fn named(action: &Action, values: &[(usize, Value)]) -> Map<String, Value> {
    values.iter().map(|(index, value)| (action.parameters[*index].name.to_string(), value.clone())).collect()
}

fn ordered(mut slots: Vec<&Slot>) -> Vec<&Slot> {
    slots.sort_by_key(|slot| slot.ty == Type::Boolean);
    slots
}

/// A sample is often written as text, whatever its type.
fn parsed(shape: &Shape, value: &Value) -> Value {
    match (&shape.kind, value) {
        (Kind::Boolean | Kind::Integer | Kind::Number | Kind::Json(_), Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        _ => value.clone(),
    }
}

/// The body of `main`, printed as people write it, without `main`.
fn print(code: &TokenStream) -> String {
    let Ok(file) = syn::parse2::<syn::File>(code.clone()) else { return Code::new(code).as_str().to_owned() };
    let printed = prettyplease::unparse(&file);
    let lines: Vec<&str> = printed.lines().collect();
    let body = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    body.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

//! One request that compiles and passes its own checks, for the documentation.

use super::super::need::{Need, key};
use super::super::paths;
use super::super::tree::Node;
use super::construct::{self, needs};
use super::fields::{BESIDE_A_PARAMETER, METHODS, Slot, Speller};
use crate::model::{Action, Kind, Member, Shape};
use crate::rust::{Code, Ident, Type, snake, variant_name};
use crate::target::Scope;
use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;
use serde_json::{Map, Value, json};

/// A request.
struct Made {
    /// What is bound before it.
    lets: Vec<TokenStream>,
    /// The expression that makes it.
    request: TokenStream,
    /// Whether it passes its own checks.
    fits: bool,
}

impl Speller<'_> {
    /// The example: a request, checked.
    pub fn example(&self, action: &Action, tree: &[Node], crate_name: &str) -> String {
        let Made { lets, request, fits } = self.made(action, tree);
        let (library, module) = (Ident::new(crate_name), self.names().module(action));
        // What is made up need not fit: then the example shows how to learn what is wrong.
        let validated = match fits {
            true => quote!(assert!(request.validate().is_ok());),
            false => quote!(println!("{}", request.check());),
        };
        let imports =
            if mentions(&quote!(#(#lets)* #request), "Content") { quote!({Content, Request}) } else { quote!(Request) };
        print(&quote! {
            fn main() {
                use #library::#module::*;
                use #library::#imports;
                #(#lets)*
                let request = #request;
                #validated
            }
        })
    }

    /// A call of the action, as the body of a function that nobody sees; if its answer comes in pages, of all of them.
    pub fn call_example(&self, action: &Action, tree: &[Node], crate_name: &str) -> String {
        let Made { lets, request, .. } = self.made(action, tree);
        let (library, module) = (Ident::new(crate_name), self.names().module(action));
        let methods = &self.names().methods;
        let (call, items) = (methods.call(action.name.as_str()), methods.items(action.name.as_str()));
        let imports =
            if mentions(&quote!(#(#lets)* #request), "Content") { quote!({Client, Content}) } else { quote!(Client) };
        let listed = action.paging.is_some().then(|| {
            quote! {
                let mut items = client.#items(&request);
                while let Some(item) = items.next().await {
                    let item = item?;
                    println!("{item:?}");
                }
            }
        });
        let body = print(&quote! {
            async fn call() {
                use #library::#module::*;
                use #library::#imports;
                #(#lets)*
                let request = #request;
                let client = Client::from_env()?;
                let answer = client.#call(&request).await?;
                println!("{answer:?}");
                #listed
            }
        });
        format!("# async fn call() -> Result<(), {library}::Error> {{\n{body}\n# Ok(())\n# }}")
    }

    /// What is required, and the groups for whose values there are constructors, if the rules allow it.
    fn made(&self, action: &Action, tree: &[Node]) -> Made {
        let slots = self.slots(action, tree);
        let required: Vec<(usize, Value)> = action
            .parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| parameter.required)
            .map(|(index, _)| (index, self.sample(action, index)))
            .collect();
        let mut given: Map<String, Value> = named(action, &required);
        let (mut lets, mut setters) = (Vec::new(), Vec::new());
        for (slot, node) in slots.iter().zip(tree) {
            let Node::Group { children, required: false, .. } = node else { continue };
            let inner = self.slots(action, children);
            let needs = needs(action, &inner, false);
            let names = construct::names(action, &inner, &needs);
            let largest = needs.into_iter().rev().max_by_key(|need| need.parameters.len());
            let Some(need) = largest else { continue };
            let Some(function) = names.get(&key(action, &need)) else { continue };
            let mut with = given.clone();
            with.insert(action.parameters[need.decider].name.to_string(), json!(need.value));
            for index in &need.parameters {
                with.insert(action.parameters[*index].name.to_string(), self.sample(action, *index));
            }
            if self.passes(action, &with) {
                given = with;
                let group = self.group_expression(action, slot, &inner, &need, function);
                let (setter, group) = (&slot.name, bound(&slot.name, group, &mut lets));
                setters.push(quote!(.#setter(#group)));
            }
        }
        let arguments = slots.iter().filter(|slot| slot.required).collect::<Vec<_>>();
        let mut argument = |slot: &Slot| bound(&slot.name, self.required_argument(action, slot, tree), &mut lets);
        let arguments: Vec<TokenStream> = ordered(arguments).into_iter().map(&mut argument).collect();
        let request = self.names().request(action);
        let fits = self.passes(action, &given);
        Made { lets, request: quote!(#request::new(#(#arguments),*) #(#setters)*), fits }
    }

    fn required_argument(&self, action: &Action, slot: &Slot, tree: &[Node]) -> TokenStream {
        let Some(index) = slot.parameter else { return self.required_group(action, slot, tree) };
        let parameter = &action.parameters[index];
        self.expression(&parameter.shape, parameter.name.as_str(), &self.sample(action, index))
    }

    /// A group that is required, because something in it is.
    fn required_group(&self, action: &Action, slot: &Slot, tree: &[Node]) -> TokenStream {
        let wire = slot.wire.trim_end_matches(BESIDE_A_PARAMETER);
        let found = tree.iter().find_map(|node| match node {
            Node::Group { path, children, .. } if path.rsplit('.').next() == Some(wire) => Some(children),
            _ => None,
        });
        let inner = found.map(|children| self.slots(action, children)).unwrap_or_default();
        let children = found.map(Vec::as_slice).unwrap_or_default();
        let needed = ordered(inner.iter().filter(|slot| slot.required).collect());
        let arguments = needed.into_iter().map(|slot| self.required_argument(action, slot, children));
        let ty = slot.ty.tokens();
        quote!(#ty::new(#(#arguments),*))
    }

    fn group_expression(
        &self,
        action: &Action,
        slot: &Slot,
        inner: &[Slot],
        need: &Need,
        function: &Ident,
    ) -> TokenStream {
        let ty = slot.ty.tokens();
        let taken = inner.iter().filter(|slot| slot.parameter.is_some_and(|index| need.parameters.contains(&index)));
        let arguments = ordered(taken.collect()).into_iter().filter_map(|slot| {
            let index = slot.parameter?;
            let parameter = &action.parameters[index];
            Some(self.expression(&parameter.shape, parameter.name.as_str(), &self.sample(action, index)))
        });
        quote!(#ty::#function(#(#arguments),*))
    }

    /// The expression that makes a value, as an argument takes it.
    fn expression(&self, shape: &Shape, path: &str, value: &Value) -> TokenStream {
        match (&shape.kind, value) {
            (Kind::Named(name), _) => match self.api().schema(name) {
                Some(Shape { kind: Kind::List(inner), .. }) => {
                    let ty = self.type_of(shape, path).tokens();
                    let item = paths::item(&paths::schema(name));
                    let list = self.list_expression(inner, &item, value.as_array().map_or(&[], Vec::as_slice));
                    quote!(#ty::new(#list))
                }
                Some(shape) => self.expression(shape, &paths::schema(name), value),
                None => quote!(Default::default()),
            },
            (Kind::Json(_), value) if shape.sensitive => {
                let text = value.to_string();
                quote!(#text)
            }
            (Kind::Json(inner), _) if matches!(self.type_of(inner, path), Type::Struct(_)) => {
                self.expression(inner, path, value)
            }
            (Kind::Json(_), value) => {
                let text = value.to_string();
                quote!(Content::text(#text))
            }
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
            (Kind::List(inner), Value::Array(items)) => self.list_expression(inner, &paths::item(path), items),
            (Kind::Object(members, _), Value::Object(object)) => self.object_expression(shape, members, path, object),
            (_, other) => {
                let text = other.to_string();
                quote!(#text)
            }
        }
    }

    fn list_expression(&self, item: &Shape, path: &str, values: &[Value]) -> TokenStream {
        if values.is_empty() {
            // `[]` alone leaves the compiler to guess of what.
            let ty = self.type_of(item, path).tokens();
            return quote!(Vec::<#ty>::new());
        }
        let items = values.iter().map(|each| self.expression(item, path, each));
        quote!([#(#items),*])
    }

    fn object_expression(
        &self,
        shape: &Shape,
        members: &[Member],
        path: &str,
        object: &Map<String, Value>,
    ) -> TokenStream {
        let ty = self.type_of(shape, path).tokens();
        let names = Scope::new(METHODS).claim_all(members.iter().map(|member| member.name.as_str()), "_", snake);
        let made = |member: &Member| {
            let value = object.get(member.name.as_str())?;
            Some(self.expression(&member.shape, &paths::member(path, member), value))
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

/// A value of several parts gets a line of its own, so that the call stays short.
fn bound(name: &Ident, value: TokenStream, lets: &mut Vec<TokenStream>) -> TokenStream {
    let call = value.clone().into_iter().any(|token| matches!(token, TokenTree::Group(_)));
    if !call || name.as_str() == "request" {
        return value;
    }
    lets.push(quote!(let #name = #value;));
    quote!(#name)
}

fn named(action: &Action, values: &[(usize, Value)]) -> Map<String, Value> {
    values.iter().map(|(index, value)| (action.parameters[*index].name.to_string(), value.clone())).collect()
}

fn mentions(code: &TokenStream, name: &str) -> bool {
    code.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn ordered(mut slots: Vec<&Slot>) -> Vec<&Slot> {
    slots.sort_by_key(|slot| slot.ty == Type::Boolean);
    slots
}

/// The body of `main`, printed as people write it, without `main`.
fn print(code: &TokenStream) -> String {
    let Ok(file) = syn::parse2::<syn::File>(code.clone()) else { return Code::new(code).as_str().to_owned() };
    let printed = prettyplease::unparse(&file);
    let lines: Vec<&str> = printed.lines().collect();
    let body = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    body.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

//! Constructors and setters. Where rules say that one value of a parameter needs others beside it, there is a
//! constructor for the value that takes just what it needs: the documentation's prose becomes a signature.

use super::super::describe::Describe;
use super::super::need::{self, Need, key};
use super::fields::{METHODS, Slot};
use crate::model::Action;
use crate::rust::{Code, Docs, Ident, Type, snake, variant_name};
use crate::target::Scope;
use crate::view::rust as view;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// What is special about a struct.
pub struct Chosen {
    /// How each member is reached, for an object.
    pub members: Vec<Code>,
    /// Whether it keeps members that it does not know.
    pub has_others: bool,
    /// Whether it is an object of its own.
    pub is_object: bool,
    /// Constructors by value.
    pub constructors: Vec<view::Constructor>,
}

/// Spells a struct.
pub fn structure(
    says: Describe<'_>,
    docs: &str,
    name: Ident,
    slots: &[Slot],
    chosen: Chosen,
    gate: &Code,
    serializes: bool,
) -> view::Struct {
    let needed: Vec<&Slot> = in_argument_order(slots.iter().filter(|slot| slot.required).collect());
    let derives = if needed.is_empty() { quote!(, Default) } else { TokenStream::new() };
    let others = chosen.has_others.then(|| quote!(others: Default::default(),));
    let values = |slot: &Slot| needed.iter().any(|known| known.name == slot.name).then(|| own_value(slot));
    let inits = initialise(slots, &values);
    view::Struct {
        docs: Docs::outer(docs),
        gate: gate.clone(),
        derives: Code::new(&derives),
        serializes,
        name,
        is_object: chosen.is_object,
        fields: slots.iter().map(field).collect(),
        has_others: chosen.has_others,
        new: view::Constructor {
            docs: Docs::outer(&says.made(needed.is_empty())),
            name: Ident::new("new"),
            arguments: arguments(&needed),
            body: Code::new(&quote!(Self { #inits #others })),
        },
        constructors: chosen.constructors,
        setters: slots.iter().filter(|slot| !slot.required).map(|slot| setter(says, slot)).collect(),
        members: chosen.members,
    }
}

/// Flags last: `new("dts…", objects, true, true)` reads better than the reverse.
fn in_argument_order(mut slots: Vec<&Slot>) -> Vec<&Slot> {
    slots.sort_by_key(|slot| slot.ty == Type::Boolean);
    slots
}

fn arguments(slots: &[&Slot]) -> Code {
    let arguments = slots.iter().map(|slot| {
        let (name, ty) = (&slot.name, slot.ty.argument());
        quote!(#name: #ty)
    });
    Code::new(&quote!(#(#arguments),*))
}

/// The argument of the field's name, as the field keeps it.
fn own_value(slot: &Slot) -> TokenStream {
    let name = &slot.name;
    let value = slot.ty.convert(&quote!(#name));
    if slot.required { value } else { quote!(Some(#value)) }
}

/// Every field, filled by `values` or empty.
fn initialise(slots: &[Slot], values: &dyn Fn(&Slot) -> Option<TokenStream>) -> TokenStream {
    let fields = slots.iter().map(|slot| {
        let name = &slot.name;
        match values(slot) {
            Some(value) if value.to_string() == name.as_str() => quote!(#name,),
            Some(value) => quote!(#name: #value,),
            None => quote!(#name: None,),
        }
    });
    quote!(#(#fields)*)
}

fn field(slot: &Slot) -> view::Field {
    let ty = slot.ty.tokens();
    view::Field {
        docs: Docs::outer(&slot.docs),
        wire: crate::rust::Text::new(&slot.wire),
        name: slot.name.clone(),
        ty: Code::new(&if slot.required { ty } else { quote!(Option<#ty>) }),
        optional: !slot.required,
    }
}

fn setter(says: Describe<'_>, slot: &Slot) -> view::Setter {
    let value = slot.ty.convert(&quote!(value));
    view::Setter {
        docs: Docs::outer(&says.setter(&slot.brief, slot.name.as_str())),
        name: slot.name.clone(),
        argument: Code::new(&slot.ty.argument()),
        value: Code::new(&quote!(Some(#value))),
    }
}

/// For the parameters of one struct: what each documented value that decides anything needs.
pub fn needs(action: &Action, slots: &[Slot], at_root: bool) -> Vec<Need> {
    let members: Vec<usize> = slots.iter().filter_map(|slot| slot.parameter).collect();
    need::of(action, &members, at_root)
}

/// What the constructors are called, by [`key`]. A constructor and a setter cannot share a name.
pub fn names(action: &Action, slots: &[Slot], needs: &[Need]) -> BTreeMap<String, Ident> {
    // A keyword's name is as taken as the raw or suffixed identifier that stands for it.
    let taken = slots.iter().map(|slot| slot.name.as_str().trim_start_matches("r#").trim_end_matches('_'));
    let keys: Vec<String> = needs.iter().map(|need| key(action, need)).collect();
    let wanted = |key: &str| snake(key.rsplit_once('/').map_or(key, |(value, _)| value));
    let names = Scope::new(taken.chain(METHODS)).claim_all(keys.iter().map(String::as_str), "_", wanted);
    names.into_iter().map(|(key, name)| (key, Ident::new(&name))).collect()
}

/// The constructors of a request or a group.
pub fn by_value(says: Describe<'_>, action: &Action, slots: &[Slot], at_root: bool) -> Vec<view::Constructor> {
    let needs = needs(action, slots, at_root);
    let names = names(action, slots, &needs);
    let constructor = |need: &Need| {
        let decider = slots.iter().find(|slot| slot.parameter == Some(need.decider))?;
        let Type::Enum(ty) = &decider.ty else { return None };
        let variant = variant_of(action, need);
        let wanted = |slot: &&Slot| {
            slot.parameter != Some(need.decider)
                && (slot.required || slot.parameter.is_some_and(|index| need.parameters.contains(&index)))
        };
        let taken: Vec<&Slot> = in_argument_order(slots.iter().filter(wanted).collect());
        let values = |slot: &Slot| {
            if slot.parameter == Some(need.decider) {
                let value = quote!(#ty::#variant);
                Some(if slot.required { value } else { quote!(Some(#value)) })
            } else {
                taken.iter().any(|known| known.name == slot.name).then(|| own_value(slot))
            }
        };
        let inits = initialise(slots, &values);
        Some(view::Constructor {
            docs: Docs::outer(&says.constructor(action, need)),
            name: names.get(&key(action, need))?.clone(),
            arguments: arguments(&taken),
            body: Code::new(&quote!(Self { #inits })),
        })
    };
    needs.iter().filter_map(constructor).collect()
}

/// The variant of a decider's value: the same claim as the enum's own.
fn variant_of(action: &Action, need: &Need) -> Ident {
    let values = action.parameters[need.decider].shape.values.iter().map(|choice| choice.wire.as_str());
    let names = Scope::new(["Other"]).claim_all(values, "", variant_name);
    Ident::new(names.get(&need.value).map_or("invalid_name", String::as_str))
}

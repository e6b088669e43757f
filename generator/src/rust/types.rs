//! The types of generated fields, how a setter takes them, and how it keeps them.

use super::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// A type of a generated field, without the `Option` that makes it optional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `String`.
    Text,
    /// Text that is never shown.
    Secret,
    /// `bool`.
    Boolean,
    /// `i32`.
    Int32,
    /// `i64`.
    Int64,
    /// `f64`.
    Float64,
    /// Any JSON.
    Json,
    /// `Vec` of a type.
    List(Box<Type>),
    /// A generated struct that is passed as it is.
    Struct(Ident),
    /// A generated enum of documented values.
    Enum(Ident),
    /// Typed JSON that travels as text, or that text.
    Content(Box<Type>),
    /// A struct that holds itself, directly or through others.
    Boxed(Box<Type>),
}

impl Type {
    /// The type itself.
    pub fn tokens(&self) -> TokenStream {
        match self {
            Type::Text => quote!(String),
            Type::Secret => quote!(Secret),
            Type::Boolean => quote!(bool),
            Type::Int32 => quote!(i32),
            Type::Int64 => quote!(i64),
            Type::Float64 => quote!(f64),
            Type::Json => quote!(Json),
            Type::List(inner) => {
                let inner = inner.tokens();
                quote!(Vec<#inner>)
            }
            Type::Struct(name) | Type::Enum(name) => quote!(#name),
            Type::Content(inner) => {
                let inner = inner.tokens();
                quote!(Content<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = inner.tokens();
                quote!(Box<#inner>)
            }
        }
    }

    /// What a setter takes.
    pub fn argument(&self) -> TokenStream {
        match self {
            Type::Boolean | Type::Int32 | Type::Int64 | Type::Float64 | Type::Struct(_) => self.tokens(),
            Type::List(inner) => {
                let inner = inner.argument();
                quote!(impl IntoIterator<Item = #inner>)
            }
            Type::Boxed(inner) => inner.argument(),
            Type::Text | Type::Secret | Type::Json | Type::Enum(_) | Type::Content(_) => {
                let own = self.tokens();
                quote!(impl Into<#own>)
            }
        }
    }

    /// From what a setter takes to what the field holds.
    pub fn convert(&self, value: &TokenStream) -> TokenStream {
        match self {
            Type::Boolean | Type::Int32 | Type::Int64 | Type::Float64 | Type::Struct(_) => value.clone(),
            Type::List(inner) => match **inner {
                Type::Boolean | Type::Int32 | Type::Int64 | Type::Float64 | Type::Struct(_) => {
                    quote!(#value.into_iter().collect())
                }
                _ => {
                    let converted = inner.convert(&quote!(item));
                    quote!(#value.into_iter().map(|item| #converted).collect())
                }
            },
            Type::Boxed(inner) => {
                let inner = inner.convert(value);
                quote!(Box::new(#inner))
            }
            Type::Text | Type::Secret | Type::Json | Type::Enum(_) | Type::Content(_) => quote!(#value.into()),
        }
    }

    /// The names of generated types in it.
    pub fn names(&self) -> Option<&Ident> {
        match self {
            Type::Struct(name) | Type::Enum(name) => Some(name),
            Type::List(inner) | Type::Content(inner) | Type::Boxed(inner) => inner.names(),
            Type::Text | Type::Secret | Type::Boolean | Type::Int32 | Type::Int64 | Type::Float64 | Type::Json => None,
        }
    }
}

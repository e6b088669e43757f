//! What the service demands, as the static tables that `bindery_runtime::table` defines. Names of that module are in
//! scope wherever these tokens are printed.

use super::Ident;
use crate::model::{
    Action, Condition, Effect, Kind, Limit, Limits, Others, Parameter, Place, Rule, Severity, Shape, Style,
};
use crate::rules::with_format_range;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::BTreeMap;

/// The patterns of one module: each is a static of its own, for it remembers what it compiled to.
#[derive(Debug, Default)]
pub struct Patterns {
    /// By name and expression, the static's name.
    known: BTreeMap<(String, String), Ident>,
}

impl Patterns {
    fn reference(&mut self, name: &str, expression: &str) -> TokenStream {
        let next = Ident::new(&format!("PATTERN_{}", self.known.len() + 1));
        let ident = self.known.entry((name.to_owned(), expression.to_owned())).or_insert(next);
        quote!(Some(&#ident))
    }

    /// The statics.
    pub fn statics(&self) -> TokenStream {
        let statics = self
            .known
            .iter()
            .map(|((name, expression), ident)| quote!(static #ident: Pattern = Pattern::new(#name, #expression);));
        quote!(#(#statics)*)
    }
}

/// An action's table. `named` gives a reference to the static of a shape that the API names; `words` a condition in words.
pub fn table(
    action: &Action,
    patterns: &mut Patterns,
    named: &dyn Fn(&str) -> TokenStream,
    words: &dyn Fn(&Condition) -> (String, String),
) -> TokenStream {
    let name = action.name.as_str();
    let parameters: Vec<TokenStream> =
        action.parameters.iter().map(|each| parameter_table(each, patterns, named)).collect();
    let rules: Vec<TokenStream> = action.rules.iter().map(|rule| rule_table(rule, action, patterns, words)).collect();
    quote!(Table { action: #name, parameters: &[#(#parameters),*], rules: &[#(#rules),*] })
}

fn parameter_table(parameter: &Parameter, patterns: &mut Patterns, named: &dyn Fn(&str) -> TokenStream) -> TokenStream {
    let Parameter { name, required, place, style, shape, .. } = parameter;
    let name = name.as_str();
    let place = match place {
        Place::Query => None,
        Place::Form => Some(quote!(Form)),
        Place::Body => Some(quote!(Body)),
        Place::Path => Some(quote!(Path)),
        Place::Header => Some(quote!(Header)),
        Place::Host => Some(quote!(Host)),
    };
    let style = match style {
        Style::Repeat => None,
        Style::Flat => Some(quote!(Flat)),
        Style::Simple => Some(quote!(Simple)),
        Style::Json => Some(quote!(Json)),
        Style::Xml => Some(quote!(Xml)),
    };
    // Only what differs from `Parameter::of` is printed.
    let fields = [
        required.then(|| quote!(required: true)),
        place.map(|place| quote!(place: Place::#place)),
        style.map(|style| quote!(style: Style::#style)),
        parameter.default_wire().map(|default| quote!(default: Some(#default))),
    ];
    let fields: Vec<TokenStream> = fields.into_iter().flatten().collect();
    let shape = shape_table(shape, patterns, named);
    let plain = quote!(Parameter::of(#name, #shape));
    if fields.is_empty() { plain } else { quote!(Parameter { #(#fields,)* ..#plain }) }
}

/// A reference to the table of a shape.
fn shape_table(shape: &Shape, patterns: &mut Patterns, named: &dyn Fn(&str) -> TokenStream) -> TokenStream {
    match &shape.kind {
        Kind::Named(name) => named(name),
        _ => {
            let table = own_table(shape, patterns, named);
            quote!(&#table)
        }
    }
}

/// The table of a shape. Where it speaks of a shape that the API names, it refers to that one's static: a shape may hold
/// itself, and a static may refer to itself but not copy itself.
pub fn own_table(shape: &Shape, patterns: &mut Patterns, named: &dyn Fn(&str) -> TokenStream) -> TokenStream {
    let kind = match &shape.kind {
        Kind::Named(name) => {
            let table = named(name);
            return quote!(*#table);
        }
        Kind::Text => quote!(Kind::Text),
        Kind::Boolean => quote!(Kind::Boolean),
        Kind::Integer => quote!(Kind::Integer),
        Kind::Number => quote!(Kind::Number),
        Kind::Any => quote!(Kind::Any),
        Kind::List(inner) => {
            let inner = shape_table(inner, patterns, named);
            quote!(Kind::List(#inner))
        }
        Kind::Json(inner) => {
            let inner = shape_table(inner, patterns, named);
            quote!(Kind::Json(#inner))
        }
        Kind::Object(members, others) => {
            let members: Vec<TokenStream> = members
                .iter()
                .map(|member| {
                    let (name, required) = (member.name.as_str(), member.required);
                    let shape = shape_table(&member.shape, patterns, named);
                    quote!(Member { name: #name, required: #required, shape: #shape })
                })
                .collect();
            let others = match others {
                Others::Refused => quote!(Others::Refused),
                Others::Welcome => quote!(Others::Welcome),
                Others::Of(inner) => {
                    let inner = shape_table(inner, patterns, named);
                    quote!(Others::Of(#inner))
                }
            };
            quote!(Kind::Object(&[#(#members),*], #others))
        }
    };
    let values: Vec<&str> = shape.values.iter().map(|choice| choice.wire.as_str()).collect();
    let mut fields = demands(&values, &shape.limits, patterns);
    if shape.closed {
        fields.push(quote!(closed: true));
    }
    if shape.sensitive {
        fields.push(quote!(sensitive: true));
    }
    with_fields(&kind, &fields)
}

fn with_fields(kind: &TokenStream, fields: &[TokenStream]) -> TokenStream {
    if fields.is_empty() { quote!(Shape::of(#kind)) } else { quote!(Shape { #(#fields,)* ..Shape::of(#kind) }) }
}

/// The fields of a `Shape` that are not what `Shape::of` gives.
fn demands(values: &[&str], limits: &Limits, patterns: &mut Patterns) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    if !values.is_empty() {
        fields.push(quote!(values: &[#(#values),*]));
    }
    let limits = &with_format_range(limits);
    let numbers = [
        ("minimum", limits.minimum),
        ("maximum", limits.maximum),
        ("exclusive_minimum", limits.exclusive_minimum),
        ("exclusive_maximum", limits.exclusive_maximum),
    ];
    for (field, bound) in numbers {
        let (Some(bound), field) = (bound, Ident::new(field)) else { continue };
        let bound = Literal::f64_unsuffixed(bound);
        fields.push(quote!(#field: Some(#bound)));
    }
    let counts = [
        ("min_length", limits.min_length),
        ("max_length", limits.max_length),
        ("min_items", limits.min_items),
        ("max_items", limits.max_items),
    ];
    for (field, bound) in counts {
        let (Some(bound), field) = (bound, Ident::new(field)) else { continue };
        let bound = Literal::u64_unsuffixed(bound);
        fields.push(quote!(#field: Some(#bound)));
    }
    if let Some(expression) = &limits.pattern {
        let pattern = patterns.reference(expression, expression);
        fields.push(quote!(pattern: #pattern));
    }
    if let Some((format, expression)) = limits.format.and_then(|format| Some((format, format.pattern()?))) {
        let pattern = patterns.reference(format.name(), expression);
        fields.push(quote!(format: #pattern));
    }
    fields
}

fn rule_table(
    rule: &Rule,
    action: &Action,
    patterns: &mut Patterns,
    words: &dyn Fn(&Condition) -> (String, String),
) -> TokenStream {
    let id = rule.id.as_str();
    let (when_en, when_zh) = words(&rule.when);
    let when = condition(&rule.when);
    let effect = effect(&rule.effect, action, patterns);
    let severity = match rule.severity {
        Severity::Error => quote!(Error),
        Severity::Advice => quote!(Advice),
    };
    quote!(Rule {
        id: #id,
        when: #when,
        effect: #effect,
        severity: Severity::#severity,
        when_en: #when_en,
        when_zh: #when_zh,
    })
}

fn condition(given: &Condition) -> TokenStream {
    let list = |parts: &[Condition]| parts.iter().map(condition).collect::<Vec<_>>();
    match given {
        Condition::Always => quote!(Condition::Always),
        Condition::Is(parameter, values) => {
            let parameter = index(*parameter);
            quote!(Condition::Is(#parameter, &[#(#values),*]))
        }
        Condition::Present(parameters) => {
            let parameters = indices(parameters);
            quote!(Condition::Present(#parameters))
        }
        Condition::Above(parameter, bound) => {
            let (parameter, bound) = (index(*parameter), Literal::f64_unsuffixed(*bound));
            quote!(Condition::Above(#parameter, #bound))
        }
        Condition::Below(parameter, bound) => {
            let (parameter, bound) = (index(*parameter), Literal::f64_unsuffixed(*bound));
            quote!(Condition::Below(#parameter, #bound))
        }
        Condition::Not(inner) => {
            let inner = condition(inner);
            quote!(Condition::Not(&#inner))
        }
        Condition::All(parts) => {
            let parts = list(parts);
            quote!(Condition::All(&[#(#parts),*]))
        }
        Condition::Any(parts) => {
            let parts = list(parts);
            quote!(Condition::Any(&[#(#parts),*]))
        }
    }
}

fn effect(given: &Effect, action: &Action, patterns: &mut Patterns) -> TokenStream {
    let (name, parameters) = match given {
        Effect::Require(parameters) => (quote!(Require), parameters),
        Effect::Forbid(parameters) => (quote!(Forbid), parameters),
        Effect::Ignore(parameters) => (quote!(Ignore), parameters),
        Effect::ExactlyOne(parameters) => (quote!(ExactlyOne), parameters),
        Effect::AtLeastOne(parameters) => (quote!(AtLeastOne), parameters),
        Effect::AtMostOne(parameters) => (quote!(AtMostOne), parameters),
        Effect::AllOrNone(parameters) => (quote!(AllOrNone), parameters),
        Effect::Equal(left, right) => {
            let (left, right) = (index(*left), index(*right));
            return quote!(Effect::Equal(#left, #right));
        }
        Effect::Constrain(limits) => {
            let each = limits.iter().map(|(parameter, limit)| {
                let Limit { values, limits } = limit;
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                let fields = demands(&values, limits, patterns);
                // Only the outermost type matters to a constraint; what it holds has its own table.
                let sensitive = action.parameters[*parameter].shape.sensitive.then(|| quote!(sensitive: true));
                let fields: Vec<TokenStream> = fields.into_iter().chain(sensitive).collect();
                let parameter = index(*parameter);
                let shape = with_fields(&quote!(Kind::Any), &fields);
                quote!((#parameter, &#shape))
            });
            let each: Vec<TokenStream> = each.collect();
            return quote!(Effect::Constrain(&[#(#each),*]));
        }
    };
    let parameters = indices(parameters);
    quote!(Effect::#name(#parameters))
}

fn index(parameter: usize) -> Literal {
    Literal::usize_unsuffixed(parameter)
}

fn indices(parameters: &[usize]) -> TokenStream {
    let parameters = parameters.iter().map(|parameter| index(*parameter));
    quote!(&[#(#parameters),*])
}

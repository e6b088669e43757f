//! From a parameter's keywords to a shape.

use super::{Context, doc, members};
use crate::diag::{below, did_you_mean};
use crate::model::{ActionName, Choice, Format, Kind, Limits, Others, Shape};
use crate::spec::{self, AdditionalProperties, Type};
use serde_json::{Number, Value};

/// The shapes that the product names.
pub(super) fn named(given: &spec::Map<spec::Parameter>, context: &mut Context<'_>) -> Vec<(String, Shape)> {
    let each = |(name, given): (&String, &spec::Parameter)| {
        let pointer = below("/schemas", name);
        // Everything that an action's name may be, and `_` between.
        if ActionName::new(&name.replace('_', "0")).is_err() || name.starts_with('_') {
            let message = format!("`{}` cannot name a shape", name.escape_debug());
            context.error_at_key("name", &pointer, message, "a letter, then at most 99 letters, digits or `_`");
            return None;
        }
        if let Some(reference) = &given.reference {
            let message = format!("the shape only renames `{reference}`");
            context.error("reference", &pointer, message, "use that shape's name instead");
            return None;
        }
        Some((name.clone(), shape(given, &pointer, context)?))
    };
    given.iter().filter_map(each).collect()
}

/// The shape that keywords describe; `None` after an error that leaves nothing to go on with.
pub(super) fn shape(given: &spec::Parameter, pointer: &str, context: &mut Context<'_>) -> Option<Shape> {
    let kind = match (&given.kind, &given.reference) {
        (Some(kind), None) => kind_of(*kind, given, pointer, context)?,
        (None, Some(reference)) => Kind::Named(reference_of(reference, pointer, context)?),
        (Some(_), Some(_)) => {
            context.error("type", pointer, "has both `type` and `$ref`", "keep one of them");
            return None;
        }
        (None, None) => {
            context.error("type", pointer, "has no type", "add `type`, or `$ref` to a shape of product.json");
            return None;
        }
    };
    misfits(given, &kind, pointer, context);
    let values: Vec<Choice> = given
        .values
        .iter()
        .map(|(wire, entry)| Choice { wire: wire.clone(), doc: doc(entry.doc.as_ref()), deprecated: entry.deprecated })
        .collect();
    for choice in &values {
        if !fits_text(&kind, &choice.wire) {
            let place = format!("{pointer}/values");
            let message = format!("the value `{}` is not of the parameter's type", choice.wire.escape_debug());
            context.error("value", &place, message, "values are written as they travel: `true`, `30`, `RDS`");
        }
    }
    if let Some(default) = &given.default
        && !fits(&kind, default)
    {
        let message = format!("the default {default} is not of the parameter's type");
        context.error("value", &format!("{pointer}/default"), message, "write it as JSON of that type");
    }
    let sensitive = given.sensitive.unwrap_or(false);
    Some(Shape {
        limits: limits(given, pointer, context),
        kind,
        values,
        closed: given.closed,
        default: given.default.clone(),
        sensitive,
        deprecated: given.deprecated,
        example: given.example.clone().filter(|_| !sensitive),
        doc: doc(given.doc.as_ref()),
    })
}

fn kind_of(kind: Type, given: &spec::Parameter, pointer: &str, context: &mut Context<'_>) -> Option<Kind> {
    Some(match kind {
        Type::String => match (given.content_media_type.as_deref(), &given.content_schema) {
            (Some("application/json"), Some(content)) => {
                Kind::Json(Box::new(shape(content, &format!("{pointer}/contentSchema"), context)?))
            }
            (Some("application/json"), None) => Kind::Json(Box::new(anything())),
            (_, Some(_)) => {
                let place = format!("{pointer}/contentSchema");
                context.error(
                    "type",
                    &place,
                    "there is no JSON to describe",
                    "add `\"contentMediaType\": \"application/json\"`",
                );
                return None;
            }
            (_, None) => Kind::Text,
        },
        Type::Boolean => Kind::Boolean,
        Type::Integer => Kind::Integer,
        Type::Number => Kind::Number,
        Type::Any => Kind::Any,
        Type::Array => match &given.items {
            Some(items) => Kind::List(Box::new(shape(items, &format!("{pointer}/items"), context)?)),
            None => {
                context.error("type", pointer, "a list of what?", "add `items`");
                return None;
            }
        },
        Type::Object => {
            let others = match &given.additional_properties {
                None | Some(AdditionalProperties::Any(false)) => Others::Refused,
                Some(AdditionalProperties::Any(true)) => Others::Welcome,
                Some(AdditionalProperties::Of(inner)) => {
                    Others::Of(Box::new(shape(inner, &format!("{pointer}/additionalProperties"), context)?))
                }
            };
            Kind::Object(members(&given.properties, pointer, context), others)
        }
    })
}

/// A shape that nothing is known of.
fn anything() -> Shape {
    Shape {
        kind: Kind::Any,
        limits: Limits::default(),
        values: Vec::new(),
        closed: false,
        default: None,
        sensitive: false,
        deprecated: false,
        example: None,
        doc: crate::model::Doc::default(),
    }
}

fn reference_of(reference: &str, pointer: &str, context: &mut Context<'_>) -> Option<String> {
    let known = reference.strip_prefix("#/schemas/").filter(|name| context.schemas.contains_key(*name));
    if known.is_none() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let help = match did_you_mean(name, context.schemas.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `#/schemas/{near}`?"),
            None => "name a shape of product.json: `#/schemas/NAME`; nothing is fetched".to_owned(),
        };
        let message = format!("`{}` leads nowhere", reference.escape_debug());
        context.error("reference", &format!("{pointer}/$ref"), message, help);
    }
    known.map(str::to_owned)
}

/// Keywords that say nothing about a value of this type are slips of a pen.
fn misfits(given: &spec::Parameter, kind: &Kind, pointer: &str, context: &mut Context<'_>) {
    let number = matches!(kind, Kind::Integer | Kind::Number);
    let text = matches!(kind, Kind::Text);
    let list = match kind {
        Kind::List(_) => true,
        Kind::Json(content) => matches!(content.kind, Kind::List(_)),
        _ => false,
    };
    let bounds = [&given.minimum, &given.maximum, &given.exclusive_minimum, &given.exclusive_maximum];
    let mut wrong = Vec::new();
    if !number && bounds.iter().any(|bound| bound.is_some()) {
        wrong.push(("minimum, maximum …", "numbers"));
    }
    if !text && (given.min_length.is_some() || given.max_length.is_some() || given.pattern.is_some()) {
        wrong.push(("minLength, maxLength, pattern", "plain text"));
    }
    if !list && (given.min_items.is_some() || given.max_items.is_some()) {
        wrong.push(("minItems, maxItems", "lists"));
    }
    if given.items.is_some() && !matches!(given.kind, Some(Type::Array)) {
        wrong.push(("items", "arrays"));
    }
    if !given.properties.is_empty() && !matches!(given.kind, Some(Type::Object)) {
        wrong.push(("properties", "objects"));
    }
    let said = given.sensitive.is_some() || given.format.is_some() || !given.values.is_empty();
    if matches!(kind, Kind::Named(_)) && said {
        wrong.push(("sensitive, format, values", "parameters with a type: say it in the shape that is referred to"));
    }
    if given.sensitive == Some(true) && !matches!(given.kind, None | Some(Type::String)) {
        wrong.push(("sensitive", "strings"));
    }
    if given.closed && given.values.is_empty() {
        wrong.push(("closed", "parameters that list values"));
    }
    for (keyword, what) in wrong {
        context.error("misplaced", pointer, format!("`{keyword}` is only for {what}"), "remove it, or mend `type`");
    }
}

fn limits(given: &spec::Parameter, pointer: &str, context: &mut Context<'_>) -> Limits {
    let format = given.format.as_deref().and_then(|name| format(name, pointer, context));
    let pattern = given.pattern.clone().filter(|pattern| compiles(pattern, pointer, context));
    let limits = Limits {
        minimum: number(given.minimum.as_ref()),
        maximum: number(given.maximum.as_ref()),
        exclusive_minimum: number(given.exclusive_minimum.as_ref()),
        exclusive_maximum: number(given.exclusive_maximum.as_ref()),
        min_length: given.min_length,
        max_length: given.max_length,
        min_items: given.min_items,
        max_items: given.max_items,
        pattern,
        format,
    };
    ordered(&limits, pointer, context);
    limits
}

pub(super) fn ordered(limits: &Limits, pointer: &str, context: &mut Context<'_>) {
    let crossed = |low: Option<f64>, high: Option<f64>| matches!((low, high), (Some(low), Some(high)) if low > high);
    let count = |value: Option<u64>| value.map(|value| value as f64);
    let pairs = [
        ("minimum", limits.minimum, "maximum", limits.maximum),
        ("minLength", count(limits.min_length), "maxLength", count(limits.max_length)),
        ("minItems", count(limits.min_items), "maxItems", count(limits.max_items)),
    ];
    for (low_name, low, high_name, high) in pairs {
        if crossed(low, high) {
            let message = format!("`{low_name}` is above `{high_name}`: no value fits");
            context.error("range", pointer, message, "swap or mend them");
        }
    }
}

pub(super) fn number(given: Option<&Number>) -> Option<f64> {
    given.and_then(Number::as_f64)
}

pub(super) fn format(name: &str, pointer: &str, context: &mut Context<'_>) -> Option<Format> {
    let known = Format::named(name);
    if known.is_none() {
        let names = Format::ALL.map(|(name, _)| name);
        let help = match did_you_mean(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of: {}", names.join(", ")),
        };
        let message = format!("unknown format `{}`", name.escape_debug());
        context.error("unknown-word", &format!("{pointer}/format"), message, help);
    }
    known
}

/// Only a pattern that compiles, and that every engine reads alike, goes further.
pub(super) fn compiles(pattern: &str, pointer: &str, context: &mut Context<'_>) -> bool {
    const MAX_PATTERN: usize = 500;
    let problem = if pattern.len() > MAX_PATTERN {
        Some(format!("is longer than {MAX_PATTERN} bytes"))
    } else {
        regex_lite::Regex::new(pattern).err().map(|error| format!("does not compile: {error}"))
    };
    if let Some(problem) = &problem {
        let help = "use the part of the language that RE2 and ECMA 262 share: no look-around, no back-references";
        context.error("pattern", &format!("{pointer}/pattern"), format!("the pattern {problem}"), help);
    }
    problem.is_none()
}

fn fits(kind: &Kind, value: &Value) -> bool {
    match kind {
        Kind::Text => value.is_string(),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => value.is_i64(),
        Kind::Number => value.is_number(),
        Kind::List(_) => value.is_array(),
        Kind::Object(..) => value.is_object(),
        Kind::Json(_) | Kind::Named(_) | Kind::Any => true,
    }
}

/// Whether a text is how a value of this type travels.
pub(super) fn fits_text(kind: &Kind, wire: &str) -> bool {
    match kind {
        Kind::Boolean => matches!(wire, "true" | "false"),
        Kind::Integer => wire.parse::<i64>().is_ok_and(|number| number.to_string() == wire),
        Kind::Number => wire.parse::<f64>().is_ok_and(f64::is_finite),
        Kind::Text | Kind::Named(_) | Kind::Any => true,
        Kind::List(_) | Kind::Object(..) | Kind::Json(_) => false,
    }
}

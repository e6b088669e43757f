//! How an answer is cut into pages: the parameter that asks for the next one, and the fields that say what came.

use super::field::{Fields, Lists};
use super::{Context, shape};
use crate::model::{FieldPath, Kind, Next, Paging, Parameter, Shape};
use crate::spec;

const SCOPE: &str = "pages are asked for by a parameter of the same action";

/// The paging of an action; `None` after an error.
pub(super) fn paging(
    given: &spec::Pagination,
    parameters: &[Parameter],
    response: Option<&Shape>,
    schemas: &[(String, Shape)],
    context: &mut Context<'_>,
) -> Option<Paging> {
    let Some(root) = response else {
        let message = "nothing is known of the answer, so its pages lead nowhere";
        context.error_at_key("pagination", "/pagination", message, "describe the answer in `response`");
        return None;
    };
    let fields = Fields { root, schemas, of: "the answer" };
    let items = items(&given.items, fields, context);
    let next = next(given, parameters, fields, context);
    Some(Paging { next: next?, items: items? })
}

fn items(given: &str, fields: Fields<'_>, context: &mut Context<'_>) -> Option<FieldPath> {
    let (path, shape) = fields.find(given, Lists::Never, "/pagination/items", context)?;
    if !matches!(shape.kind, Kind::List(_)) {
        let help = "name the field that holds the list of a page";
        context.error("pagination", "/pagination/items", format!("`{path}` is no list"), help);
        return None;
    }
    Some(path)
}

fn next(
    given: &spec::Pagination,
    parameters: &[Parameter],
    fields: Fields<'_>,
    context: &mut Context<'_>,
) -> Option<Next> {
    match (&given.number, &given.token) {
        (Some(number), None) => {
            let parameter = scalar(number, parameters, "/pagination/number", context);
            let Some(total) = &given.total else {
                let message = "nothing says where the pages end";
                let help = "add `total`: the field of the answer that says how many items there are in all";
                context.error_at_key("pagination", "/pagination", message, help);
                return None;
            };
            let place = "/pagination/total";
            let (total, shape) = fields.find(total, Lists::Never, place, context)?;
            if !matches!(shape.kind, Kind::Integer | Kind::Number | Kind::Text | Kind::Any) {
                context.error(
                    "pagination",
                    place,
                    format!("`{total}` is no number"),
                    "name a field that holds a count",
                );
                return None;
            }
            Some(Next::Number { parameter: parameter?, total })
        }
        (None, Some(token)) => {
            if given.total.is_some() {
                let message = "pages that a token asks for end when there is none";
                context.error("pagination", "/pagination/total", message, "remove it: it has no use");
            }
            let parameter = scalar(&token.parameter, parameters, "/pagination/token/parameter", context);
            let place = "/pagination/token/field";
            let (token, shape) = fields.find(&token.field, Lists::Never, place, context)?;
            if !matches!(shape.kind, Kind::Integer | Kind::Text | Kind::Any) {
                context.error("pagination", place, format!("`{token}` is no text"), "name a field that holds a token");
                return None;
            }
            Some(Next::Token { parameter: parameter?, token })
        }
        (given_number, _) => {
            let message = match given_number {
                Some(_) => "pages are asked for by `number` or by `token`, not by both",
                None => "nothing says how the next page is asked for",
            };
            let help = "keep one: `number`, or `token` with its `parameter` and its `field`";
            context.error_at_key("pagination", "/pagination", message, help);
            None
        }
    }
}

/// A parameter that takes one text or number; `1` stands for either.
fn scalar(name: &str, parameters: &[Parameter], pointer: &str, context: &mut Context<'_>) -> Option<usize> {
    let index = context.parameter(name, parameters, pointer, SCOPE)?;
    if !parameters.get(index).is_some_and(|parameter| shape::fits_text(&parameter.shape.kind, "1")) {
        let message = format!("`{name}` takes neither a number nor a text");
        context.error("pagination", pointer, message, "name the parameter that asks for the next page");
        return None;
    }
    Some(index)
}

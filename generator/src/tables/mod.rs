//! From the model to the static data that a generated crate would hold, so that any action can be checked and called
//! without generating anything.
//!
//! What is made here is leaked, as statics are: make it once for an API, not once for a call. Nothing here knows what the
//! data is for.

mod call;
mod operation;
mod rule;
mod shape;

pub use call::{paging, waiter};
pub use operation::{api, operation};

use crate::model::{self, Action, Api};
use bindery_runtime::table::{Parameter, Place, Style, Table};

/// Indices have 16 bits, and the last one leads nowhere: the parameters that a table has room for. An action with more
/// is not heard of; what lies beyond is left away.
const MOST_PARAMETERS: usize = u16::MAX as usize;

/// The table of an action.
pub fn table(api: &Api, action: &Action) -> &'static Table {
    let shapes = shape::Shapes::of(api);
    let parameter = |given: &model::Parameter| Parameter {
        name: text(given.name.as_str()),
        required: given.required,
        place: place(given.place),
        style: style(given.style),
        default: given.default_wire().map(|wire| text(&wire)),
        shape: shapes.shape(&given.shape),
    };
    Box::leak(Box::new(Table {
        action: text(action.name.as_str()),
        parameters: list(action.parameters.iter().take(MOST_PARAMETERS).map(parameter)),
        rules: list(action.rules.iter().map(|given| rule::rule(action, given))),
    }))
}

fn place(place: model::Place) -> Place {
    match place {
        model::Place::Query => Place::Query,
        model::Place::Form => Place::Form,
        model::Place::Body => Place::Body,
        model::Place::Path => Place::Path,
        model::Place::Header => Place::Header,
        model::Place::Host => Place::Host,
    }
}

fn style(style: model::Style) -> Style {
    match style {
        model::Style::Repeat => Style::Repeat,
        model::Style::Flat => Style::Flat,
        model::Style::Simple => Style::Simple,
        model::Style::Json => Style::Json,
        model::Style::Xml => Style::Xml,
    }
}

fn index(parameter: usize) -> u16 {
    u16::try_from(parameter).unwrap_or(u16::MAX)
}

fn text(text: &str) -> &'static str {
    // Nothing to leak, and most texts of a table are empty.
    if text.is_empty() { "" } else { Box::leak(Box::from(text)) }
}

fn texts(texts: &[String]) -> &'static [&'static str] {
    list(texts.iter().map(|given| text(given)))
}

fn list<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    Box::leak(items.collect::<Box<[T]>>())
}

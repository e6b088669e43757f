//! Which action a page documents: its title, its debugging link and its `Action` row must agree.

use super::rows::Row;
use super::section::Line;
use super::{cell, names_action};
use crate::diag::{Diagnostic, Diagnostics, Origin};
use crate::import::Input;

/// Which action a page documents, as far as the page says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The action.
    pub action: String,
    /// The product's code, in the page's spelling.
    pub product: Option<String>,
    /// The API's version.
    pub version: Option<String>,
    /// The line of the debugging link, from 1.
    pub line: Option<usize>,
}

/// The debugging link's fields.
#[derive(Debug, Default)]
struct DebugLink<'a> {
    line: usize,
    product: Option<&'a str>,
    action: Option<&'a str>,
    style: Option<&'a str>,
    version: Option<&'a str>,
}

/// Finds out which action the page documents, and takes its `Action` row away: that is the protocol's, not a parameter.
pub(super) fn of(
    input: &Input,
    title: Line<'_>,
    parameters: &mut Vec<Row>,
    diagnostics: &mut Diagnostics,
) -> Option<Identity> {
    let link = debug_link(&input.text);
    let row = parameters.iter().position(|row| row.name == "Action").map(|at| parameters.remove(at));
    let (title_product, title_action) = title_attribute(title.text);
    let title_text = cell::plain(title.text.split(" {").next().unwrap_or_default());
    let title_text = Some(title_text.as_str()).filter(|text| names_action(text));
    let row_line = row.as_ref().map_or(1, |row| row.line);
    let stated = [
        ("the debugging link", link.line, link.action),
        ("the title", title.number, title_action.or(title_text)),
        ("the row of the parameter Action", row_line, row.as_ref().and_then(action_of_row)),
    ];
    let stated: Vec<(&str, usize, &str)> =
        stated.into_iter().filter_map(|(place, line, action)| Some((place, line, action?))).collect();
    // Of three statements, the two that agree are right: links in particular are copied from other pages.
    let said = |action: &str| stated.iter().filter(|(.., other)| *other == action).count();
    let Some((first, _, action)) = stated.iter().copied().rev().max_by_key(|(.., action)| said(action)) else {
        diagnostics.push(
            Diagnostic::error(
                "no-action",
                Origin::file(&input.file),
                "the page does not say which action it documents",
            )
            .help("it should have a row `Action`, a debugging link or an action's name as its title"),
        );
        return None;
    };
    let outvoted = said(action) * 2 > stated.len();
    let mut agreed = true;
    for (place, line, other) in stated.iter().filter(|(.., other)| *other != action) {
        let origin = Origin::at(&input.file, *line, 1);
        let message = format!("{place} names the action `{other}`, but {first} names `{action}`");
        diagnostics.push(match outvoted {
            true => Diagnostic::warning("action-outvoted", origin, message).help("two statements against one count"),
            false => Diagnostic::error("action-disagrees", origin, message).help("make them agree"),
        });
        agreed &= outvoted;
    }
    if link.style == Some("ROA") {
        agreed = false;
        diagnostics.push(
            Diagnostic::error(
                "style-unknown",
                Origin::at(&input.file, link.line, 1),
                format!("`{action}` is addressed by a path (style ROA), and the page does not say which"),
            )
            .help("import it from the API's metadata"),
        );
    }
    agreed.then(|| Identity {
        action: action.to_owned(),
        product: link.product.or(title_product).map(str::to_owned),
        version: link.version.map(str::to_owned),
        line: (link.line > 0).then_some(link.line),
    })
}

/// `…#product=P&api=A&type=RPC&version=V` anywhere in the page.
fn debug_link(text: &str) -> DebugLink<'_> {
    const MARK: &str = "#product=";
    let Some((index, line)) = text.lines().enumerate().find(|(_, line)| line.contains(MARK)) else {
        return DebugLink::default();
    };
    let query = line.split_once('#').and_then(|_| line.split_once(MARK)).map_or("", |(_, rest)| rest);
    let query = query.split([')', ' ', '"']).next().unwrap_or_default();
    let mut link = DebugLink { line: index + 1, ..DebugLink::default() };
    for (position, field) in query.split('&').enumerate() {
        let (key, value) =
            if position == 0 { ("product", field) } else { field.split_once('=').unwrap_or((field, "")) };
        let value = Some(value).filter(|value| !value.is_empty());
        match key {
            "product" => link.product = value,
            "api" => link.action = value,
            "type" => link.style = value,
            "version" => link.version = value,
            _ => {}
        }
    }
    link
}

/// `… {#doc_api_Product_Action .reference}`.
fn title_attribute(title: &str) -> (Option<&str>, Option<&str>) {
    let named = title.split_once("{#doc_api_").and_then(|(_, rest)| rest.split([' ', '}']).next()?.rsplit_once('_'));
    named.map_or((None, None), |(product, action)| (Some(product), Some(action)))
}

/// The example of the `Action` row is the action's name.
fn action_of_row(row: &Row) -> Option<&str> {
    Some(row.example.as_str()).filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()))
}

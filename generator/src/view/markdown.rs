//! What templates of pages see. One page is one struct here; every text is spelled for its place.

use super::View;
use crate::markdown::{Block, Cell, Line, Prose, Slug};
use serde::Serialize;

/// The book around all pages.
#[derive(Debug, Clone, Serialize)]
pub struct Book {
    /// The product's code: letters and digits.
    pub product: String,
    /// The version: letters, digits, `.`, `-`, `_`.
    pub version: String,
    /// One part a language.
    pub parts: Vec<Part>,
}

/// The pages of one language, as a table of contents lists them.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// The language's folder.
    pub language: &'static str,
    /// The language's name in that language.
    pub name: &'static str,
    /// The product's name.
    pub title: Line,
    /// What to call the list of all actions.
    pub all_actions: &'static str,
    /// One page an action.
    pub pages: Vec<PageLink>,
}

/// A page in a table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    /// The page's title.
    pub title: Line,
    /// The page's stem.
    pub slug: Slug,
}

/// The first page of one language.
#[derive(Debug, Clone, Serialize)]
pub struct Index {
    /// The language's folder.
    pub language: &'static str,
    /// The fixed words of the page.
    pub labels: &'static Labels,
    /// The product's name.
    pub title: Line,
    /// The API's version.
    pub version: Line,
    /// A few sentences; may be empty.
    pub doc: Prose,
    /// The same page in the other languages.
    pub translations: Vec<Translation>,
    /// One row an action.
    pub actions: Vec<ActionRow>,
    /// One row a waiter.
    pub waiters: Vec<WaiterRow>,
    /// It is known where the service answers.
    pub has_endpoints: bool,
    /// What host serves regions that are not listed; empty if that is not known.
    pub pattern: Line,
    /// One row a host.
    pub endpoints: Vec<EndpointRow>,
}

/// The same page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Translation {
    /// The language's folder.
    pub language: &'static str,
    /// The language's name in that language.
    pub name: &'static str,
}

/// An action in the index.
#[derive(Debug, Clone, Serialize)]
pub struct ActionRow {
    /// A link to its page.
    pub link: Cell,
    /// What it is for.
    pub summary: Cell,
    /// What calling it does to the world.
    pub effect: Cell,
}

/// A waiter in the index.
#[derive(Debug, Clone, Serialize)]
pub struct WaiterRow {
    /// Its name.
    pub name: Cell,
    /// What it waits for, in words that follow "Waits until"; may be empty.
    pub until: Cell,
    /// A link to the page of the action that it asks.
    pub asks: Cell,
}

/// Where regions are served.
#[derive(Debug, Clone, Serialize)]
pub struct EndpointRow {
    /// The host.
    pub host: Cell,
    /// The regions that it serves.
    pub regions: Cell,
}

/// The page of one action in one language.
#[derive(Debug, Clone, Serialize)]
pub struct Action {
    /// The language's folder.
    pub language: &'static str,
    /// The fixed words of the page.
    pub labels: &'static Labels,
    /// The page's stem.
    pub slug: Slug,
    /// The action's name.
    pub name: Line,
    /// One sentence; may be empty.
    pub summary: Line,
    /// The service wants callers to stop using it.
    pub deprecated: bool,
    /// What a caller should know beyond the summary; may be empty.
    pub doc: Prose,
    /// What calling it does to the world, and by which method.
    pub effect: Line,
    /// Links to actions of the same task; may be empty.
    pub related: Line,
    /// The same page in the other languages.
    pub translations: Vec<Translation>,
    /// How many parameters there are.
    pub count: Line,
    /// The parameters: first those without a group.
    pub groups: Vec<Section>,
    /// What stands inside parameters that hold objects or JSON.
    pub structures: Vec<Section>,
    /// What a parameter's value means for the others.
    pub tables: Vec<WhenTable>,
    /// Every rule in words.
    pub rules: Vec<RuleRow>,
    /// What a request alone cannot settle.
    pub preconditions: Vec<Line>,
    /// The response, one line a field.
    pub response: Vec<TreeLine>,
    /// How that is paged; empty if it comes whole.
    pub paging: Line,
    /// What one can wait for by asking it again.
    pub waiting: Vec<Waiting>,
    /// What may go wrong.
    pub errors: Vec<ErrorRow>,
    /// There is at least one sample.
    pub has_samples: bool,
    /// A request as JSON.
    pub request_sample: Option<Block>,
    /// The same request in Rust.
    pub rust_example: Option<Block>,
    /// The answer as JSON.
    pub json_sample: Option<Block>,
    /// The answer as XML.
    pub xml_sample: Option<Block>,
}

/// A table of parameters or members, and what does not fit into it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Section {
    /// Its heading; empty for parameters without a group.
    pub name: Line,
    /// A sentence below the heading; may be empty.
    pub lead: Line,
    /// One row a parameter or member.
    pub rows: Vec<ParameterRow>,
    /// The values that parameters may have, a table each.
    pub values: Vec<ValueTable>,
    /// Docs of more than a paragraph.
    pub notes: Vec<Note>,
}

/// One parameter or member.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterRow {
    /// The name on the wire.
    pub name: Cell,
    /// The type.
    pub kind: Cell,
    /// Whether it must be given: yes, no, or by a rule.
    pub required: Cell,
    /// What the service assumes; may be empty.
    pub default: Cell,
    /// What it is for, its bounds, an example.
    pub meaning: Cell,
}

/// The values of one parameter.
#[derive(Debug, Clone, Serialize)]
pub struct ValueTable {
    /// A heading that names the parameter.
    pub heading: Line,
    /// One row a value.
    pub rows: Vec<ValueRow>,
}

/// One value.
#[derive(Debug, Clone, Serialize)]
pub struct ValueRow {
    /// The value.
    pub value: Cell,
    /// What it means.
    pub meaning: Cell,
}

/// A doc of more than a paragraph.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// The parameter or member.
    pub name: Line,
    /// Its doc.
    pub doc: Prose,
}

/// What the value of one parameter means for others.
#[derive(Debug, Clone, Serialize)]
pub struct WhenTable {
    /// A heading that names the parameter.
    pub heading: Line,
    /// What the columns stand for; may be empty.
    pub lead: Line,
    /// The first cell of the header: the parameter.
    pub parameter: Cell,
    /// The other cells of the header: parameters with a common fate.
    pub columns: Vec<Cell>,
    /// One row for values with a common effect.
    pub rows: Vec<WhenRow>,
    /// Some cell says that other parameters decide.
    pub has_depends: bool,
}

/// What some values of a parameter mean for others.
#[derive(Debug, Clone, Serialize)]
pub struct WhenRow {
    /// The values.
    pub values: Cell,
    /// A word for each column.
    pub cells: Vec<Cell>,
}

/// One rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleRow {
    /// What it says.
    pub text: Cell,
    /// What breaking it is: an error or advice.
    pub severity: Cell,
    /// How it is known.
    pub known: Cell,
}

/// One line of a tree.
#[derive(Debug, Clone, Serialize)]
pub struct TreeLine {
    /// Blanks: two for each level.
    pub indent: String,
    /// The field.
    pub line: Line,
}

/// A waiter on the page of the action that it asks.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    /// Its name.
    pub name: Line,
    /// What it waits for; may be empty.
    pub until: Line,
    /// How often it asks.
    pub pace: Line,
    /// What answers mean to it, and what they tell.
    pub meanings: Vec<Line>,
}

/// One error code.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorRow {
    /// The code.
    pub code: Cell,
    /// The HTTP status; may be empty.
    pub status: Cell,
    /// What it means, and whether trying again may help.
    pub meaning: Cell,
}

/// The fixed words of pages in one language.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "each field is named after the English word that it holds")]
pub struct Labels {
    pub also_in: &'static str,
    pub all_actions: &'static str,
    pub version: &'static str,
    pub actions: &'static str,
    pub action: &'static str,
    pub summary: &'static str,
    pub effect: &'static str,
    pub endpoints: &'static str,
    pub regions: &'static str,
    pub host: &'static str,
    pub deprecated_action: &'static str,
    pub related: &'static str,
    pub parameters: &'static str,
    pub parameter: &'static str,
    pub kind: &'static str,
    pub required: &'static str,
    pub default: &'static str,
    pub meaning: &'static str,
    pub value: &'static str,
    pub structures: &'static str,
    pub structures_lead: &'static str,
    pub member: &'static str,
    pub rules: &'static str,
    pub rules_lead: &'static str,
    pub depends: &'static str,
    pub every_rule: &'static str,
    pub rule: &'static str,
    pub broken: &'static str,
    pub known: &'static str,
    pub preconditions: &'static str,
    pub preconditions_lead: &'static str,
    pub response: &'static str,
    pub pages: &'static str,
    pub waiting: &'static str,
    pub waiting_lead: &'static str,
    pub waiters: &'static str,
    pub waiter: &'static str,
    pub waits_until: &'static str,
    pub asks: &'static str,
    pub errors: &'static str,
    pub code: &'static str,
    pub status: &'static str,
    pub samples: &'static str,
    pub request: &'static str,
    pub rust: &'static str,
    pub json: &'static str,
    pub xml: &'static str,
}

impl View for Book {
    const EACH: &'static str = "book";
}

impl View for Index {
    const EACH: &'static str = "package";
}

impl View for Action {
    const EACH: &'static str = "action";
}

//! One document's word on one action, in one language, before its prose is read.
//!
//! Every importer makes drafts, and `assemble` alone turns them into actions. A draft holds what the document *declares*,
//! as keywords of the spec format, and beside it the descriptions that say more. It knows nothing of any document's form,
//! and nobody who makes one needs to know how prose is read.

use super::{Description, Language};
use crate::diag::Origin;
use crate::spec::{Action, Map, Parameter, Product, Text};
use std::sync::Arc;

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A page of a Markdown API reference.
    Markdown,
    /// The vendor's metadata of a product, as one JSON file.
    OpenapiMeta,
    /// The metadata of the vendor's command line, one JSON file an action and language.
    CliMeta,
}

impl Kind {
    /// As the command line and specs write it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Markdown => "markdown",
            Kind::OpenapiMeta => "openapi-meta",
            Kind::CliMeta => "cli-meta",
        }
    }
}

/// One document's word on one action.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The document's form.
    pub kind: Kind,
    /// The document's path, as diagnostics show it.
    pub file: Arc<str>,
    /// The name under which specs cite the document.
    pub document: String,
    /// The language of its prose.
    pub language: Language,
    /// The day, or the month, of which the document is, if that is known.
    pub as_of: Option<String>,
    /// The product's code, if the document says it.
    pub product: Option<String>,
    /// The API's version, if the document says it.
    pub version: Option<String>,
    /// Where the document speaks of this action.
    pub origin: Origin,
    /// What is declared about the action as a whole. Its parameters, rules and response are empty; its samples are as
    /// written (a request's values are texts); its texts are the document's.
    pub declared: Action,
    /// What the document says before it comes to the parameters.
    pub intro: Description,
    /// Request parameters, in order. `Ids.N` and `Tag.N.Key` are the elements of lists.
    pub parameters: Vec<Field>,
    /// The body of a successful answer, if the document says what that is.
    pub response: Option<Field>,
}

/// What a document says about what all actions of a product share.
#[derive(Debug, Clone)]
pub struct ProductDraft {
    /// The name under which specs cite the document.
    pub document: String,
    /// The language of its prose.
    pub language: Language,
    /// What is declared, without shapes.
    pub facts: Product,
    /// The shapes that it names.
    pub shapes: Vec<Field>,
}

/// A parameter, a field of an answer or a member of either.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// The wire name; empty for what has none: an element of a list, a whole answer.
    pub name: String,
    /// What is declared about it, without what it is made of. Its example is as written, its texts are the document's.
    pub declared: Parameter,
    /// What the document says about it.
    pub description: Description,
    /// What an array holds.
    pub items: Option<Box<Field>>,
    /// What an object holds.
    pub properties: Vec<Field>,
    /// What an object holds beyond that.
    pub others: Option<Box<Field>>,
    /// What the JSON in a string holds.
    pub content: Option<Box<Field>>,
}

impl Language {
    /// A text in this language; `None` if there is nothing in it.
    pub fn text(self, text: &str) -> Option<Text> {
        let text = Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)?;
        Some(match self {
            Language::Zh => Text { zh: Some(text), en: None },
            Language::En => Text { en: Some(text), zh: None },
        })
    }
}

impl ProductDraft {
    /// Facts without prose.
    pub fn of(facts: Product) -> ProductDraft {
        ProductDraft { document: String::new(), language: Language::Zh, facts, shapes: vec![] }
    }
}

impl Draft {
    /// The action's name.
    pub fn action(&self) -> &str {
        &self.declared.action
    }

    /// Leaves what is declared, and forgets the prose.
    pub fn silence(&mut self) {
        self.intro = Description::default();
        self.parameters.iter_mut().chain(&mut self.response).for_each(Field::silence);
    }
}

impl Field {
    fn silence(&mut self) {
        self.description = Description::default();
        let below = [&mut self.items, &mut self.others, &mut self.content].into_iter().flatten();
        below.map(AsMut::as_mut).chain(&mut self.properties).for_each(Field::silence);
    }
}

/// An action of which nothing but the name is known.
pub fn named(action: &str) -> Action {
    Action {
        schema: Some("../../../schema/action.schema.json".to_owned()),
        action: action.to_owned(),
        summary: None,
        doc: None,
        effect: None,
        methods: vec![],
        path: None,
        deprecated: false,
        related: vec![],
        sources: Map::new(),
        from: Map::new(),
        conflicts: Map::new(),
        response: None,
        pagination: None,
        samples: None,
        errors: Map::new(),
        parameters: Map::new(),
        rules: Map::new(),
        allow: Map::new(),
    }
}

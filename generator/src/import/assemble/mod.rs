//! A draft and the facts in its sentences become an action of the spec format.

mod known;
mod parameter;
mod repeat;
mod settle;

use super::draft::{Draft, Field, ProductDraft};
use super::markdown::{link_texts, names_action};
use super::prose::{self, Phrases};
use super::report::{Heard, Missed, Spot};
use super::rules::RuleBook;
use super::survey::Survey;
use super::{Language, Options, example, explain, repeated};
use crate::spec::{
    Action, ActionEffect, ErrorCode, Map, Parameter, Product, Response, Samples, SourceDocument, Text, Type, ValueEntry,
};
use indexmap::IndexSet;
pub(super) use known::Known;
use serde_json::Value;

/// What the names of actions begin with that only read.
const READING: [&str; 6] = ["Describe", "List", "Get", "Query", "Check", "Search"];

/// Turns a draft into an action, and says what became of its sentences.
pub(super) fn assemble(draft: &Draft, phrases: &Phrases, known: &Known, options: &Options) -> (Action, Heard) {
    let writer = Writer { language: draft.language, answer: false, phrases, known, options };
    let fields = draft.parameters.iter().map(|field| {
        let kind = field.declared.kind.unwrap_or(Type::Any);
        (repeated::addressed(&field.name), &field.description, kind)
    });
    let names = prose::names(&fields.collect::<Vec<_>>(), phrases);
    let all: Vec<_> = draft.parameters.iter().map(|field| parameter::read(&writer, field, &names)).collect();
    let fields = || draft.parameters.iter().zip(&all);
    let parts = fields().filter(|(field, (_, reading))| parameter::has_parts(field, reading));
    let mut book = RuleBook::new(&draft.parameters, parts.map(|(field, _)| repeated::addressed(&field.name)).collect());
    let mut heard = Heard::default();
    let mut parameters = vec![];
    let mut elsewhere = vec![];
    let mut explained = vec![];
    for (field, read) in fields() {
        let described = parameter::described(&writer, field, &names, read, Some(&mut book));
        heard.not_understood.extend(described.missed.into_iter().map(|missed| Missed {
            spot: Spot { file: draft.file.to_string(), ..Spot::within(&field.description, missed.line) },
            language: draft.language.code(),
            action: draft.action().to_owned(),
            parameter: field.name.clone(),
            sentence: missed.text,
        }));
        elsewhere.extend(described.elsewhere);
        explained.extend(explain::within(draft, described.explained));
        parameters.push((field.name.clone(), described.parameter));
    }
    for (name, id, statement) in elsewhere {
        if let Some((_, parameter)) = parameters.iter_mut().find(|(row, _)| repeated::addressed(row) == name) {
            parameter::note(parameter, &id, statement);
        }
    }
    if options.survey {
        heard.survey = Survey::of(&explained);
    }
    if options.explain {
        heard.explained = explained;
    }
    let parameters = repeat::folded(parameters);
    let rules = book.finish();
    let response = draft.response.as_ref().map(|answer| {
        let writer = Writer { answer: true, ..writer };
        Response { kind: Type::Object, properties: parameter::alone(&writer, answer).properties }
    });
    let declared = &draft.declared;
    let reads = || READING.iter().any(|begin| draft.action().starts_with(begin)).then_some(ActionEffect::Read);
    let action = Action {
        summary: writer.text(declared.summary.as_ref()),
        doc: writer.text(declared.doc.as_ref()),
        effect: declared.effect.or_else(reads),
        related: related(draft, &parameters),
        sources: Map::from([source(draft)]),
        response,
        samples: declared.samples.clone().map(|samples| writer.samples(samples, &parameters)),
        errors: writer.errors(&declared.errors),
        parameters,
        rules,
        ..declared.clone()
    };
    (action, heard)
}

/// Other actions that the document links to before its parameters, and those that tell a parameter's value.
fn related(draft: &Draft, parameters: &Map<Parameter>) -> Vec<String> {
    let intro = draft.intro.blocks.iter().flat_map(|block| link_texts(&block.text)).filter(|text| names_action(text));
    let lookups = parameters.values().flat_map(|parameter| &parameter.lookup).map(String::as_str);
    let all: IndexSet<&str> = intro.chain(lookups).filter(|action| *action != draft.action()).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// What the actions of a product share, with what the prose says of its shapes.
pub(super) fn product(draft: &ProductDraft, phrases: &Phrases, known: &Known, options: &Options) -> Product {
    let writer = Writer { language: draft.language, answer: false, phrases, known, options };
    let shape = |field: &Field| {
        let field = Field { name: String::new(), ..field.clone() };
        parameter::alone(&writer, &field)
    };
    let schemas = draft.shapes.iter().map(|field| (field.name.clone(), shape(field))).collect();
    Product { schemas, ..draft.facts.clone() }
}

/// Where facts come from.
fn source(draft: &Draft) -> (String, SourceDocument) {
    let Draft { kind, document, language, as_of, .. } = draft;
    let id = format!("{}.{}", kind.name(), language.code());
    let about = SourceDocument {
        kind: kind.name().to_owned(),
        document: document.clone(),
        language: language.code().to_owned(),
        as_of: as_of.clone(),
    };
    (id, about)
}

/// What all parts of an action are written with.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub language: Language,
    /// What is written is an answer: nobody has to keep a rule in it.
    pub answer: bool,
    pub phrases: &'a Phrases,
    pub known: &'a Known,
    pub options: &'a Options,
}

impl Writer<'_> {
    /// A text of the document's, if the user wants it.
    pub fn text(&self, text: Option<&Text>) -> Option<Text> {
        text.filter(|_| self.options.with_text).cloned()
    }

    /// A sentence of the document's, if the user wants it.
    pub fn said(&self, sentence: &str) -> Option<Text> {
        self.language.text(sentence).filter(|_| self.options.with_text)
    }

    /// Values, with their meanings if the user wants them.
    pub fn entries(&self, values: &Map<ValueEntry>) -> Map<ValueEntry> {
        let entry = |entry: &ValueEntry| ValueEntry { doc: self.text(entry.doc.as_ref()), ..entry.clone() };
        values.iter().map(|(value, known)| (value.clone(), entry(known))).collect()
    }

    /// A value that an example shows: nothing, if it is a text of the document's and the user wants none.
    pub fn example(&self, value: Value) -> Option<Value> {
        match value {
            _ if self.options.with_text => Some(value),
            Value::String(text) => (!example::is_authors(&text)).then_some(Value::String(text)),
            structured => Some(example::without_text(structured)),
        }
    }

    fn errors(&self, errors: &Map<ErrorCode>) -> Map<ErrorCode> {
        errors
            .iter()
            .map(|(code, error)| (code.clone(), ErrorCode { doc: self.text(error.doc.as_ref()), ..error.clone() }))
            .collect()
    }

    fn samples(&self, samples: Samples, parameters: &Map<Parameter>) -> Samples {
        let Samples { request, json, xml } = samples;
        let typed = |(key, value): (String, Value)| {
            let value = match (&value, parameters.get(&key)) {
                (Value::String(text), parameter) => example::typed(text, parameter.unwrap_or(&Parameter::default())),
                _ => value,
            };
            Some((key, self.example(value)?))
        };
        Samples {
            request: request.map(|request| request.into_iter().filter_map(typed).collect()),
            // The layout of XML is a text, too, and its facts stand in the JSON.
            xml: xml.filter(|_| self.options.with_text),
            json: json.map(|json| if self.options.with_text { json } else { example::without_text(json) }),
        }
    }
}

//! A page and the facts in its sentences become an action of the spec format.

mod parameter;
mod repeat;
mod response;

use super::markdown::{Page, Row, link_texts, names_action};
use super::prose::{self, Name, Names, Phrases};
use super::report::Missed;
use super::rules::RuleBook;
use super::{Input, Options, Report, example, repeated};
use crate::spec::{Action, ActionEffect, ErrorCode, Map, Method, Parameter, Samples, Source, Text, Type};
use indexmap::IndexSet;
use parameter::Described;

/// What the names of actions begin with that only read.
const READING: [&str; 6] = ["Describe", "List", "Get", "Query", "Check", "Search"];

/// Turns a page into an action.
pub(super) fn assemble(input: &Input, page: &Page, phrases: &Phrases, options: &Options) -> (Action, Report) {
    let writer = Writer { input, page, phrases, options };
    let names = Names { all: page.parameters.iter().map(|row| writer.name(row)).collect() };
    let mut book = RuleBook::new(&page.parameters);
    let mut report = Report { actions: vec![page.identity.action.clone()], ..Report::default() };
    let mut parameters = vec![];
    let mut elsewhere = vec![];
    for row in &page.parameters {
        let described = writer.described(row, &names, &mut book);
        report.not_understood.extend(described.missed.into_iter().map(|missed| Missed {
            file: input.file.to_string(),
            line: missed.line,
            action: page.identity.action.clone(),
            parameter: row.name.clone(),
            sentence: missed.text,
        }));
        report.values += described.parameter.values.len();
        report.defaults += usize::from(described.parameter.default.is_some());
        report.preconditions += described.parameter.preconditions.len();
        elsewhere.extend(described.elsewhere);
        parameters.push((row.name.clone(), described.parameter));
    }
    for (name, id, statement) in elsewhere {
        if let Some((_, parameter)) = parameters.iter_mut().find(|(row, _)| repeated::addressed(row) == name) {
            report.preconditions += 1;
            parameter::note(parameter, &id, statement);
        }
    }
    report.parameters = parameters.len();
    report.fields = page.response.len();
    let parameters = repeat::folded(parameters);
    let (rules, counts) = book.finish();
    report.rules = counts;
    let action = Action {
        schema: Some("../../../schema/action.schema.json".to_owned()),
        action: page.identity.action.clone(),
        summary: writer.summary(),
        doc: None,
        effect: READING.iter().any(|begin| page.identity.action.starts_with(begin)).then_some(ActionEffect::Read),
        methods: vec![Method::Post, Method::Get],
        path: None,
        deprecated: false,
        related: related(page, &parameters),
        source: Some(writer.source()),
        response: response::response(&writer),
        pagination: None,
        samples: writer.samples(&parameters),
        errors: writer.errors(),
        parameters,
        rules,
        allow: Map::new(),
    };
    (action, report)
}

/// Other actions that the page links to before its tables, and those that tell a parameter's value.
fn related(page: &Page, parameters: &Map<Parameter>) -> Vec<String> {
    let intro = page.intro.blocks.iter().flat_map(|block| link_texts(&block.text)).filter(|text| names_action(text));
    let lookups = parameters.values().flat_map(|parameter| &parameter.lookup).map(String::as_str);
    let all: IndexSet<&str> = intro.chain(lookups).filter(|action| *action != page.identity.action).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// What all parts of an action are written with.
pub(super) struct Writer<'a> {
    pub input: &'a Input,
    pub page: &'a Page,
    pub phrases: &'a Phrases,
    pub options: &'a Options,
}

impl Writer<'_> {
    fn name(&self, row: &Row) -> Name {
        let mut name = prose::name(repeated::addressed(&row.name), &row.description, self.phrases);
        if row.kind.kind == Type::Boolean && name.values.is_empty() {
            name.values = ["true", "false"].map(str::to_owned).into();
        }
        name
    }

    fn described(&self, row: &Row, names: &Names, book: &mut RuleBook<'_>) -> Described {
        parameter::described(self, row, names, Some(book))
    }

    /// Where facts come from.
    pub fn source(&self) -> Source {
        Source {
            document: Some(self.input.document().to_owned()),
            language: Some(self.page.language.code().to_owned()),
            ..Source::default()
        }
    }

    /// A text of the document's, if the user wants it.
    pub fn text(&self, text: &str) -> Option<Text> {
        let text = Some(text.trim()).filter(|text| self.options.with_text && !text.is_empty()).map(str::to_owned);
        let text = text?;
        Some(match self.page.language {
            super::Language::Zh => Text { zh: Some(text), en: None },
            super::Language::En => Text { en: Some(text), zh: None },
        })
    }

    fn summary(&self) -> Option<Text> {
        self.text(&self.page.intro.blocks.first()?.text)
    }

    fn errors(&self) -> Map<ErrorCode> {
        let rows = self.page.errors.iter();
        rows.map(|row| {
            (row.code.clone(), ErrorCode { status: row.status, doc: self.text(&row.text), retryable: false })
        })
        .collect()
    }

    fn samples(&self, parameters: &Map<Parameter>) -> Option<Samples> {
        let raw = &self.page.samples;
        let request: Map<_> = raw
            .request
            .iter()
            .map(|(key, text)| {
                (key.clone(), example::typed(text, parameters.get(key).unwrap_or(&Parameter::default())))
            })
            .collect();
        let samples = Samples {
            request: Some(request).filter(|request| !request.is_empty()),
            json: raw.json.clone().map(|json| if self.options.with_text { json } else { example::without_prose(json) }),
            xml: raw.xml.clone().map(|xml| if self.options.with_text { xml } else { example::xml_without_prose(&xml) }),
        };
        (samples != Samples::default()).then_some(samples)
    }
}

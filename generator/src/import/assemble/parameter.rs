//! One field and what its description says, as a parameter of the spec format.

use super::Writer;
use super::settle::settle;
use crate::import::draft::Field;
use crate::import::explain::{self, Explained, Outcome};
use crate::import::prose::{self, Effect, Fact, Listed, Missed, Names, Reading};
use crate::import::rules::{RuleBook, Said, free, precondition_id};
use crate::import::{example, repeated};
use crate::spec::{AdditionalProperties, Map, Parameter, Precondition, Source, Style, Type, ValueEntry};
use serde_json::{Number, Value};

/// What the names of secrets end in, and what the names of harmless tokens end in.
const SECRET: [&str; 6] = ["Password", "Secret", "PrivateKey", "AccessKey", "AuthKey", "AccessToken"];

/// A parameter and the sentences about it that were not understood.
pub struct Described {
    pub parameter: Parameter,
    pub missed: Vec<Missed>,
    /// What its description says about other parameters and no request shows: the parameter, the id, the statement.
    pub elsewhere: Vec<(String, String, Precondition)>,
    /// What became of each sentence, if somebody asks.
    pub explained: Vec<Explained>,
}

/// Reads the description of a field.
pub fn read(writer: &Writer<'_>, field: &Field, names: &Names) -> (Vec<Listed>, Reading) {
    let own = repeated::addressed(&field.name);
    let listed = prose::listed(own, &field.description, names, writer.phrases);
    let reading = prose::read(own, &field.description, &listed, names, writer.phrases);
    (listed, reading)
}

/// Whether a value of the field has parts: it repeats, or its text is a list or JSON.
pub fn has_parts(field: &Field, reading: &Reading) -> bool {
    let declared = matches!(field.declared.kind, Some(Type::Array | Type::Object));
    let said = |fact: &Fact| {
        let always = fact.bound.condition.is_none() && !fact.doubtful && fact.value.is_none();
        always && matches!(fact.effect, Effect::CommaList | Effect::Json)
    };
    let text = field.declared.kind == Some(Type::String);
    declared || repeated::addressed(&field.name) != field.name || (text && reading.facts.iter().any(said))
}

/// Makes a parameter of a field outside a list of parameters, of which only what concerns the value itself is taken.
pub fn alone(writer: &Writer<'_>, field: &Field) -> Parameter {
    let names = Names::default();
    // Among parameters, what a description says depends on the others; here, it does not.
    let own = repeated::addressed(&field.name);
    let read = writer.known.or_read(writer.language, own, &field.description, || read(writer, field, &names));
    described(writer, field, &names, &read, None).parameter
}

/// Makes a parameter of a field. Without a rule book, only what concerns the value itself is taken: a response has no
/// rules.
pub fn described(
    writer: &Writer<'_>,
    field: &Field,
    names: &Names,
    (listed, reading): &(Vec<Listed>, Reading),
    mut book: Option<&mut RuleBook<'_>>,
) -> Described {
    let own = repeated::addressed(&field.name);
    let mut missed = reading.missed.clone();
    let mut elsewhere = vec![];
    let mut parameter = made_of(writer, field);
    parameter.doc = writer.text(field.declared.doc.as_ref());
    parameter.values = listed.iter().map(|listed| entry(writer, listed)).collect();
    // The prose has the first word; what is declared is settled with it below.
    parameter.default = None;
    let is_member = book.is_none();
    let mut outcomes = vec![];
    for fact in &reading.facts {
        let said = match &mut book {
            _ if matches!(fact.effect, Effect::Meaning | Effect::Under) => Said::Nothing,
            // A style is for a request's own parameters: a member's text stays the text that it is, and so does an answer's.
            _ if (writer.answer || is_member) && matches!(fact.effect, Effect::CommaList) => Said::Nothing,
            Some(book) if !fact.doubtful => book.take(&field.name, fact, &parameter, || source(writer, field, fact)),
            Some(_) => Said::Doubtful,
            None if !writer.answer && (fact.doubtful || fact.bound.condition.is_some()) => Said::Doubtful,
            None if fact.doubtful || fact.bound.condition.is_some() => Said::Nothing,
            None => Said::OfTheValue,
        };
        let of_the_value = said == Said::OfTheValue;
        let said = if of_the_value { apply(&mut parameter, fact) } else { said };
        outcomes.push(match said {
            Said::Doubtful if !writer.answer => match statement(writer, field, fact) {
                Some((id, statement)) => {
                    let others = fact.bound.targets.iter().filter(|target| *target != own);
                    elsewhere.extend(others.map(|other| (other.clone(), id.clone(), statement.clone())));
                    note(&mut parameter, &id, statement);
                    Outcome::Precondition { id, why: why(fact, of_the_value) }
                }
                None => Outcome::NoRule,
            },
            Said::Unfit if book.is_some() => {
                missed.push(Missed { text: fact.text.clone(), line: fact.line });
                Outcome::Unfit
            }
            Said::Rule(id, confidence) => Outcome::Rule { id, confidence },
            Said::Known => Outcome::Known,
            Said::Nothing if of_the_value => Outcome::Keyword,
            _ => Outcome::NoRule,
        });
    }
    let asked = book.is_some() && (writer.options.explain || writer.options.survey);
    let explained = if asked { explain::explained(field, reading, outcomes, names, writer.phrases) } else { vec![] };
    let secret = SECRET.iter().any(|end| field.name.to_lowercase().ends_with(&end.to_lowercase()));
    let text = matches!(parameter.kind, Some(Type::String));
    parameter.sensitive = (secret && text && !writer.answer).then_some(true);
    let declared = Parameter { values: writer.entries(&field.declared.values), ..field.declared.clone() };
    settle(&mut parameter, &declared);
    parameter.example = parameter.example.take().and_then(|example| match example {
        _ if parameter.sensitive.is_some() => None,
        Value::String(text) => writer.example(example::typed(&text, &parameter)),
        typed => Some(typed),
    });
    Described { parameter, missed, elsewhere, explained }
}

/// Why a statement is no rule.
fn why(fact: &Fact, of_the_value: bool) -> &'static str {
    if fact.site.is_some() {
        "it is said of one site only"
    } else if of_the_value {
        "the type has no keyword for it"
    } else if fact.doubtful {
        "it depends on what no request shows, or is understood in part"
    } else {
        "it names no parameter that a rule can speak of"
    }
}

/// What is declared about a field, and all that it is made of.
fn made_of(writer: &Writer<'_>, field: &Field) -> Parameter {
    let boxed = |field: &Option<Box<Field>>| field.as_deref().map(|field| Box::new(alone(writer, field)));
    let mut parameter = field.declared.clone();
    if field.items.is_some() {
        parameter.items = boxed(&field.items);
    }
    if field.content.is_some() {
        parameter.content_schema = boxed(&field.content);
    }
    if let Some(others) = boxed(&field.others) {
        parameter.additional_properties = Some(AdditionalProperties::Of(others));
    }
    parameter.properties.extend(field.properties.iter().map(|member| (member.name.clone(), alone(writer, member))));
    parameter
}

fn entry(writer: &Writer<'_>, listed: &Listed) -> (String, ValueEntry) {
    (listed.value.clone(), ValueEntry { doc: writer.said(&listed.meaning), deprecated: false })
}

/// Where a fact comes from.
fn source(writer: &Writer<'_>, field: &Field, fact: &Fact) -> Source {
    Source {
        parameter: Some(field.name.clone()),
        pattern: Some(fact.family.clone()),
        text: writer.options.with_text.then(|| fact.text.clone()),
        ..Source::default()
    }
}

/// What cannot be checked is shown, under an id of its own.
pub fn note(parameter: &mut Parameter, id: &str, statement: Precondition) {
    let id = free(id, |id| parameter.preconditions.contains_key(id));
    parameter.preconditions.insert(id, statement);
}

fn statement(writer: &Writer<'_>, field: &Field, fact: &Fact) -> Option<(String, Precondition)> {
    if matches!(
        fact.effect,
        Effect::Meaning | Effect::Under | Effect::Lookup | Effect::ValuesFollow | Effect::IdempotencyToken
    ) {
        return None;
    }
    let of_value = [Effect::ValueAvailable, Effect::ValueEffective, Effect::ValueForbid].contains(&fact.effect);
    let restricted = || fact.bound.values.first().filter(|_| of_value).cloned();
    let value = fact.value.clone().or_else(restricted);
    let id = precondition_id(fact, value.as_deref());
    Some((id, Precondition { value, doc: writer.said(&fact.text), source: Some(source(writer, field, fact)) }))
}

/// Puts what a sentence says about the value into the keywords.
fn apply(parameter: &mut Parameter, fact: &Fact) -> Said {
    let numbers = &fact.bound.numbers;
    let number = |at: usize| numbers.get(at).cloned();
    let whole = |at: usize| numbers.get(at).and_then(Number::as_u64);
    let numeric = matches!(parameter.kind, Some(Type::Integer | Type::Number));
    let text = parameter.kind == Some(Type::String);
    let list = parameter.kind == Some(Type::Array);
    match &fact.effect {
        Effect::Values if parameter.values.is_empty() => {
            parameter.values =
                fact.bound.values.iter().map(|value| (value.clone(), ValueEntry::default())).collect::<Map<_>>();
        }
        Effect::Default | Effect::ValueDefault => return default(parameter, fact),
        Effect::Range if numeric => (parameter.minimum, parameter.maximum) = (number(0), number(1)),
        Effect::Minimum if numeric => parameter.minimum = number(0),
        Effect::Int32 if numeric => parameter.maximum = Some(i32::MAX.into()),
        // At most so many of what this is the number of.
        Effect::MaxItems if numeric => parameter.maximum = number(0),
        Effect::Items if numeric => (parameter.minimum, parameter.maximum) = (number(0), number(1)),
        Effect::CommaList if text && plain(parameter) => join(parameter),
        Effect::Maximum if numeric => parameter.maximum = number(0),
        Effect::Above if numeric => match whole(0).filter(|_| parameter.kind == Some(Type::Integer)) {
            Some(number) => parameter.minimum = Some((number + 1).into()),
            None => parameter.exclusive_minimum = number(0),
        },
        Effect::Length if list => (parameter.min_items, parameter.max_items) = (whole(0), whole(1)),
        Effect::Length if text => (parameter.min_length, parameter.max_length) = (whole(0), whole(1)),
        Effect::MaxLength if text => parameter.max_length = whole(0),
        Effect::Items if list => (parameter.min_items, parameter.max_items) = (whole(0), whole(1)),
        Effect::MaxItems if list => parameter.max_items = whole(0),
        Effect::Pattern(pattern) if text => parameter.pattern = Some(pattern.clone()),
        Effect::Format(format) if text || (numeric && format.starts_with("unix-time")) => {
            parameter.format = Some(format.clone());
        }
        Effect::Json if text => parameter.content_media_type = Some("application/json".to_owned()),
        Effect::Deprecated => parameter.deprecated = true,
        Effect::IdempotencyToken if text => parameter.idempotency_token = true,
        Effect::Lookup => {
            let new = fact
                .bound
                .action
                .iter()
                .filter(|action| !parameter.lookup.contains(action))
                .cloned()
                .collect::<Vec<_>>();
            parameter.lookup.extend(new);
        }
        // A bound that the type has no keyword for: shown, since it cannot be checked.
        Effect::Range | Effect::Minimum | Effect::Maximum | Effect::Above | Effect::Int32 => return Said::Doubtful,
        Effect::Length | Effect::MaxLength | Effect::Items | Effect::MaxItems => {
            return Said::Doubtful;
        }
        _ => {}
    }
    Said::Nothing
}

/// Nothing but text, as far as is known.
fn plain(parameter: &Parameter) -> bool {
    parameter.values.is_empty()
        && parameter.content_media_type.is_none()
        && parameter.format.is_none()
        && parameter.default.is_none()
}

/// A text of parts between commas is a list that travels so.
fn join(parameter: &mut Parameter) {
    let item = Parameter { kind: parameter.kind.replace(Type::Array), ..Parameter::default() };
    parameter.style = Some(Style::Simple);
    parameter.items = Some(Box::new(item));
}

fn default(parameter: &mut Parameter, fact: &Fact) -> Said {
    let written = match fact.effect {
        Effect::ValueDefault => fact.value.as_ref(),
        _ => fact.bound.values.first(),
    };
    let Some(written) = written else {
        return Said::Unfit;
    };
    let value = example::typed(written, parameter);
    let fits = match parameter.kind {
        Some(Type::Boolean) => value.is_boolean(),
        Some(Type::Integer | Type::Number) => value.is_number(),
        Some(Type::Array | Type::Object) => false,
        _ => true,
    };
    if !fits {
        return Said::Unfit;
    }
    // The first statement wins; the value is spelt as the list spells it.
    let near = parameter.values.keys().find(|listed| listed.eq_ignore_ascii_case(written));
    let value = match (near, &value) {
        (Some(listed), Value::String(_)) => Value::from(listed.as_str()),
        _ => value,
    };
    parameter.default.get_or_insert(value);
    Said::Nothing
}

//! One file as a draft.

use super::file::{ActionFile, ParameterEntry, Position, Type, VersionFile};
use super::place::Place;
use crate::diag::{Diagnostic, Diagnostics, Origin, below};
use crate::import::draft::{Draft, Field, Kind, named};
use crate::import::{Description, Input, Language, harmless};
use crate::spec::{self, Action, In, Method, Parameter, Style};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// What the file says about its action; `None` after an error.
pub fn draft(
    input: &Input,
    place: &Place<'_>,
    file: &ActionFile<'_>,
    version: Option<&VersionFile>,
    diagnostics: &mut Diagnostics,
) -> Option<Draft> {
    let ends = input.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let reader = Reader { input, ends, language: place.language.unwrap_or_else(|| spoken(&input.text)) };
    let mut found = Diagnostics::new();
    let methods = reader.methods(&file.method, &mut found);
    let parameters = reader.fields(&file.parameters, "/parameters", &mut found);
    if file.name != place.stem {
        let message = format!("the file is named `{}` and is about `{}`", place.stem, file.name);
        let origin = Origin::value(&input.file, "/name");
        found.push(Diagnostic::error("file-name", origin, message).help("name the file after its action"));
    }
    let path = reader.path(file, &mut found);
    let sound = !found.has_errors();
    diagnostics.extend(found);
    let api = version.and_then(|version| version.apis.get(&file.name));
    let summary = api.and_then(|api| api.summary.as_deref().or(api.title.as_deref()));
    sound.then(|| Draft {
        kind: Kind::CliMeta,
        file: input.file.clone(),
        document: input.document().to_owned(),
        language: reader.language,
        as_of: None,
        product: place.product.map(str::to_owned),
        version: version.map(|version| version.version.clone()),
        origin: Origin::file(&input.file),
        declared: Action {
            summary: summary.and_then(|summary| reader.language.text(summary)),
            deprecated: file.deprecated.or_else(|| api?.deprecated).unwrap_or_default(),
            methods,
            path,
            ..named(&file.name)
        },
        intro: Description::default(),
        parameters,
        response: None,
    })
}

/// The language of a file that does not say which: one Chinese sentence is enough.
fn spoken(text: &str) -> Language {
    if super::alignment::is_chinese(text) { Language::Zh } else { Language::En }
}

struct Reader<'a> {
    input: &'a Input,
    /// Where its lines end.
    ends: Vec<usize>,
    language: Language,
}

impl Reader<'_> {
    /// `GET|POST`, with the one first that takes parameters of any length.
    fn methods(&self, written: &str, found: &mut Diagnostics) -> Vec<Method> {
        let mut methods = vec![];
        for word in written.split('|').map(str::trim).filter(|word| !word.is_empty()) {
            match serde_json::from_value(word.into()) {
                Ok(method) => methods.push(method),
                Err(_) => found.push(
                    Diagnostic::error(
                        "method",
                        Origin::value(&self.input.file, "/method"),
                        format!("`{}` is no HTTP method", word.escape_debug()),
                    )
                    .help("methods are words like GET, joined by `|`"),
                ),
            }
        }
        methods.sort_by_key(|method| *method != Method::Post);
        methods
    }

    /// `/things/[Id]` as `/things/{Id}`.
    fn path(&self, file: &ActionFile<'_>, found: &mut Diagnostics) -> Option<String> {
        let written = &file.path_pattern;
        let mut refuse = |message: String, help: &str| {
            let origin = Origin::value(&self.input.file, "/pathPattern");
            found.push(Diagnostic::error("path", origin, message).help(help));
        };
        if !written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/[]-._~:?=&".contains(&byte)) {
            let message = format!("`{}` is no path of a URL", written.escape_debug());
            refuse(message, "a path holds letters, digits, signs that a URL needs not encode, and `[Name]`");
            return None;
        }
        for name in written.split('[').skip(1).filter_map(|rest| rest.split(']').next()) {
            if !file.parameters.iter().any(|parameter| parameter.name == name) {
                refuse(
                    format!("`{written}` wants `{name}`, which is no parameter"),
                    "add the parameter, or mend the path",
                );
            }
        }
        Some(written.replace('[', "{").replace(']', "}")).filter(|path| !path.is_empty())
    }

    fn fields(&self, entries: &[ParameterEntry<'_>], pointer: &str, found: &mut Diagnostics) -> Vec<Field> {
        let mut names = BTreeSet::new();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !names.insert(&entry.name)) {
            let origin = Origin::value(&self.input.file, format!("{pointer}/{at}/name"));
            let message = format!("`{}` stands here twice", entry.name.escape_debug());
            found.push(Diagnostic::error("twice", origin, message).help("leave one of them out"));
        }
        let each = entries.iter().enumerate();
        each.map(|(at, entry)| {
            let pointer = below(pointer, &at.to_string());
            let place = || Origin::value(&self.input.file, below(&pointer, "name"));
            found.extend(harmless::parameter(&entry.name, place));
            self.field(entry, &pointer, found)
        })
        .collect()
    }

    fn field(&self, entry: &ParameterEntry<'_>, pointer: &str, found: &mut Diagnostics) -> Field {
        let members = entry.sub_parameters.as_deref().unwrap_or_default();
        let mut members = self.fields(members, &below(pointer, "sub_parameters"), found);
        for member in &mut members {
            // Members travel with the whole.
            member.declared.place = None;
            member.declared.style = None;
        }
        let place = match entry.position {
            Position::Query => None,
            Position::FormData => Some(In::FormData),
            Position::Body if entry.name == "body" => Some(In::Body),
            Position::Body => Some(In::FormData),
            Position::Path => Some(In::Path),
            Position::Header => Some(In::Header),
            Position::Host => Some(In::Host),
        };
        let text = entry.description.map(|raw| self.text(raw, pointer, found)).unwrap_or_default();
        let mut field = shaped(entry.kind, place == Some(In::Body), members);
        field.name.clone_from(&entry.name);
        field.declared.required = entry.required;
        field.declared.place = place;
        field.declared.doc = self.language.text(&text.0);
        field.description = Description::of_json(&text.0, below(pointer, "description"), Some(text.1));
        field
    }

    /// A description, and the line that it stands on.
    fn text(&self, raw: &RawValue, pointer: &str, found: &mut Diagnostics) -> (String, usize) {
        let text = &*self.input.text;
        let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let line = 1 + self.ends.partition_point(|end| *end < offset);
        let said = serde_json::from_str(raw.get()).unwrap_or_else(|_| {
            let origin = Origin::value(&self.input.file, below(pointer, "description"));
            found.push(Diagnostic::error("type", origin, "a description is a text").help("write it as a JSON string"));
            String::new()
        });
        (said, line)
    }
}

/// A field of a type.
fn shaped(kind: Type, whole_body: bool, members: Vec<Field>) -> Field {
    let plain = |kind| Field { declared: Parameter { kind: Some(kind), ..Parameter::default() }, ..Field::default() };
    let number = |kind, format: &str| {
        let mut field = plain(kind);
        field.declared.format = Some(format.to_owned());
        field
    };
    let styled = |mut field: Field, style| {
        // A body is JSON as a whole and has no style of its own.
        field.declared.style = Some(style).filter(|_| !whole_body);
        field
    };
    let list = |of: spec::Type, members: Vec<Field>| {
        let element = if members.is_empty() { plain(of) } else { plain(spec::Type::Object) };
        let items = Some(Box::new(Field { properties: members, ..element }));
        Field { items, ..plain(spec::Type::Array) }
    };
    match kind {
        Type::String => plain(spec::Type::String),
        Type::Boolean => plain(spec::Type::Boolean),
        Type::Integer => number(spec::Type::Integer, "int32"),
        Type::Long => number(spec::Type::Integer, "int64"),
        Type::Float => number(spec::Type::Number, "float"),
        Type::Double => number(spec::Type::Number, "double"),
        Type::Any => plain(spec::Type::Any),
        Type::RepeatList => styled(list(spec::Type::String, members), Style::RepeatList),
        Type::Array => styled(list(spec::Type::Any, members), Style::Flat),
        Type::Json if members.is_empty() => styled(plain(spec::Type::Any), Style::Json),
        Type::Json => styled(list(spec::Type::Any, members), Style::Json),
        Type::Struct => {
            let mut field = plain(spec::Type::Object);
            if members.is_empty() {
                field.declared.additional_properties = Some(spec::AdditionalProperties::Any(true));
            }
            styled(Field { properties: members, ..field }, Style::Flat)
        }
    }
}

//! A language as its target's tables describe it, checked and ready to spell with.

use super::{Case, Cases, Comments, Facets, Manifest, Name, Quoting, Scope, Type, Types};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What names are made like beside their case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRules {
    /// A request's type: `{name}` stands for the action's name.
    #[serde(default = "plain")]
    pub request: String,
    /// The type of an answer.
    #[serde(default = "response")]
    pub response: String,
    /// Where an action's types stand.
    pub scope: TypeScope,
    /// An action's types stand inside its request's, and inside its answer's: where another one speaks of them, that is a
    /// part of their names.
    #[serde(default)]
    pub nested: bool,
    /// What a reserved word gets at its end, and what joins a name and a number.
    #[serde(default = "underscore")]
    pub suffix: String,
}

fn plain() -> String {
    "{name}".to_owned()
}

fn response() -> String {
    "{name}Response".to_owned()
}

fn underscore() -> String {
    "_".to_owned()
}

/// Where an action's types stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypeScope {
    /// In a module of the action's own: two actions may each have an `Endpoint`.
    Module,
    /// Beside those of all others: their names begin with the action's.
    Package,
}

/// What a name is for; also the scope of words that it may not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A type.
    Type,
    /// A field.
    Field,
    /// An argument.
    Argument,
    /// A method, a function.
    Method,
    /// A constant.
    Constant,
    /// A documented value.
    Value,
    /// A file, a module.
    File,
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Part::Type => "type",
            Part::Field => "field",
            Part::Argument => "argument",
            Part::Method => "method",
            Part::Constant => "constant",
            Part::Value => "value",
            Part::File => "file",
        }
    }
}

/// A language, ready to spell with.
#[derive(Debug, Clone)]
pub struct Language {
    cases: Cases,
    /// How names are made.
    pub names: NameRules,
    /// How texts are written.
    pub quoting: Quoting,
    /// How documentation is written.
    pub comments: Comments,
    types: Types,
    reserved: BTreeMap<String, Vec<String>>,
}

impl Language {
    /// Reads the tables of a target.
    ///
    /// # Errors
    /// What is missing or wrong, a sentence each.
    pub fn of(manifest: &Manifest) -> Result<Language, Vec<String>> {
        let mut faults = Vec::new();
        for (there, table) in [
            (manifest.case.is_some(), "[case]"),
            (manifest.names.is_some(), "[names]"),
            (manifest.literal.is_some(), "[literal]"),
            (manifest.comment.is_some(), "[comment]"),
        ] {
            if !there {
                faults.push(format!("{table} is missing"));
            }
        }
        let types = Types::new(&manifest.types).unwrap_or_else(|mut wrong| {
            faults.append(&mut wrong);
            Types::default()
        });
        let reserved = manifest.reserved.iter().map(|(scope, list)| (scope.clone(), list.words.clone())).collect();
        match (&manifest.case, &manifest.names, &manifest.literal, manifest.comment) {
            (Some(cases), Some(names), Some(literal), Some(comment)) if faults.is_empty() => Ok(Language {
                cases: cases.clone(),
                names: names.clone(),
                quoting: literal.clone(),
                comments: comment.writer,
                types,
                reserved,
            }),
            _ => Err(faults),
        }
    }

    fn case(&self, part: Part) -> Case {
        match part {
            Part::Type => self.cases.ty,
            Part::Field => self.cases.field,
            Part::Argument => self.cases.argument.unwrap_or(self.cases.field),
            Part::Method => self.cases.method,
            Part::Constant => self.cases.constant,
            Part::Value => self.cases.value,
            Part::File => self.cases.file,
        }
    }

    /// A name of any origin as a part of the language is spelled, before any scope has given it.
    pub fn spell(&self, part: Part, wire: &str) -> String {
        self.cases.spell(self.case(part), wire)
    }

    /// A scope in which a part's reserved words are taken.
    pub fn scope(&self, part: Part) -> Scope {
        let words = ["keywords", part.word()].into_iter().filter_map(|scope| self.reserved.get(scope)).flatten();
        Scope::new(words)
    }

    /// Gives every wire name its name in a scope.
    pub fn claim<'a>(
        &self,
        part: Part,
        scope: &mut Scope,
        wires: impl IntoIterator<Item = &'a str>,
    ) -> BTreeMap<String, Name> {
        let joined = if self.separates(part) { self.names.suffix.as_str() } else { "" };
        let names = scope.claim_spelled(wires, joined, &self.names.suffix, |wire| self.spell(part, wire));
        names.into_iter().map(|(wire, name)| (wire, Name::new(&name))).collect()
    }

    /// Gives one name in a scope.
    pub fn claim_one(&self, part: Part, scope: &mut Scope, spelled: &str) -> Name {
        let joined = if self.separates(part) { self.names.suffix.as_str() } else { "" };
        Name::new(&scope.claim_word(spelled, joined, &self.names.suffix))
    }

    /// Whether words are told apart by what stands between them: then a number needs something before it, too.
    fn separates(&self, part: Part) -> bool {
        matches!(self.case(part), Case::Snake | Case::Screaming | Case::Kebab)
    }

    /// A file's stem, with what is added to every one.
    pub fn stem(&self, name: &Name) -> Name {
        Name::new(&format!("{}{}", name.as_str(), self.cases.file_suffix))
    }

    /// A request's type before any scope has given it.
    pub fn request(&self, action: &str) -> String {
        self.names.request.replace("{name}", &self.spell(Part::Type, action))
    }

    /// The type of an answer before any scope has given it.
    pub fn response(&self, action: &str) -> String {
        self.names.response.replace("{name}", &self.spell(Part::Type, action))
    }

    /// The facets of a type.
    pub fn facets(&self, ty: &Type) -> Facets {
        self.types.facets(ty)
    }
}

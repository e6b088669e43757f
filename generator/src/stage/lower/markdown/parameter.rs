//! Parameters and members as rows of tables.

use super::Page;
use super::phrase::{Join, bounds, either, fixed, list};
use super::shape::{choices, kind};
use crate::markdown::{Dialect, Inline, flat, lead, prose};
use crate::model::{
    ActionName, Api, Choice, Effect, Language, Limits, Member, Parameter, Rule, Severity, Shape, wire_text,
};
use crate::view::markdown::{Note, ParameterRow, Section, ValueRow, ValueTable};

/// The group and the last part of a dotted name; the group is empty if there is none.
pub(super) fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// What a row is about: a parameter or a member of an object.
pub(super) struct Subject<'a> {
    name: &'a str,
    required: Need,
    shape: &'a Shape,
    meant: &'a Shape,
    idempotency_token: bool,
    lookup: &'a [ActionName],
}

/// Whether something must be given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Always,
    ByRule,
    No,
}

impl<'a> Subject<'a> {
    pub(super) fn member(api: &'a Api, member: &'a Member) -> Subject<'a> {
        Subject {
            name: member.name.as_str(),
            required: if member.required { Need::Always } else { Need::No },
            shape: &member.shape,
            meant: api.meant(&member.shape),
            idempotency_token: false,
            lookup: &[],
        }
    }

    fn parameter(page: &Page<'a>, index: usize, parameter: &'a Parameter) -> Subject<'a> {
        let by_rule = |rule: &Rule| {
            rule.severity == Severity::Error
                && matches!(&rule.effect, Effect::Require(needed) if needed.contains(&index))
        };
        let required = match parameter.required {
            true => Need::Always,
            false if page.action.rules.iter().any(by_rule) => Need::ByRule,
            false => Need::No,
        };
        Subject {
            name: parameter.name.as_str(),
            required,
            shape: &parameter.shape,
            meant: page.api.meant(&parameter.shape),
            idempotency_token: parameter.idempotency_token,
            lookup: &parameter.lookup,
        }
    }

    fn sensitive(&self) -> bool {
        self.shape.sensitive || self.meant.sensitive
    }

    fn doc(&self, language: Language) -> &'a str {
        let own = self.shape.doc.get(language);
        if own.is_empty() { self.meant.doc.get(language) } else { own }
    }

    fn limits(&self) -> &'a Limits {
        if self.shape.limits == Limits::default() { &self.meant.limits } else { &self.shape.limits }
    }
}

/// The parameters, those without a group first, then group by group as the specification first names them.
pub(super) fn groups(page: &Page<'_>) -> Vec<Section> {
    let mut groups: Vec<(&str, Vec<Subject<'_>>)> = Vec::new();
    for (index, parameter) in page.action.parameters.iter().enumerate() {
        let (group, _) = split(parameter.name.as_str());
        let subject = Subject::parameter(page, index, parameter);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, subjects)) => subjects.push(subject),
            None => groups.push((group, vec![subject])),
        }
    }
    groups.sort_by_key(|(group, _)| !group.is_empty());
    let table = |(group, subjects): (&str, Vec<Subject<'_>>)| {
        let mut section = section(page, &subjects);
        if !group.is_empty() {
            section.name = Inline::new().code(group).line();
        }
        section
    };
    groups.into_iter().map(table).collect()
}

/// The table of some parameters or members.
pub(super) fn section(page: &Page<'_>, subjects: &[Subject<'_>]) -> Section {
    Section {
        rows: subjects.iter().map(|subject| row(page, subject)).collect(),
        values: values(page, subjects),
        notes: subjects.iter().filter_map(|subject| note(page, subject)).collect(),
        ..Section::default()
    }
}

fn row(page: &Page<'_>, subject: &Subject<'_>) -> ParameterRow {
    let language = page.language;
    let shape = subject.shape;
    let default = shape.default.as_ref().filter(|_| !subject.sensitive());
    ParameterRow {
        name: Inline::new().code(subject.name).cell(),
        kind: kind(page, shape).cell(),
        required: match subject.required {
            Need::Always => Inline::new().strong(either(language, "yes", "是")),
            Need::ByRule => fixed(language, "by a rule", "按规则"),
            Need::No => fixed(language, "no", "否"),
        }
        .cell(),
        default: default.map_or_else(Inline::new, |value| Inline::new().code(&wire_text(value))).cell(),
        meaning: meaning(page, subject).cell(),
    }
}

fn meaning(page: &Page<'_>, subject: &Subject<'_>) -> Inline {
    let language = page.language;
    let shape = subject.shape;
    let stop = either(language, ".", "。");
    let old = if shape.deprecated { either(language, "Deprecated.", "已弃用。") } else { "" };
    let mut all = Inline::new().strong_unless_empty(old);
    let doc = subject.doc(language);
    let (first, more) = lead(doc);
    all = all.sentence(first.closed(stop));
    if more {
        all = all.sentence(fixed(language, "More below.", "详见下文。"));
    }
    let bounds = Inline::join(bounds(subject.limits(), language), either(language, ", ", "，"));
    if !bounds.is_empty() {
        all = all.sentence(fixed(language, "Allowed: ", "限制：").then(bounds).text(stop));
    }
    let values = choices(page.api, shape);
    if !values.is_empty() {
        let plain = values.iter().all(|value| value.doc.is_empty() && !value.deprecated);
        all = all.sentence(if plain {
            let words = values.iter().map(|value| value.wire.as_str());
            let list = list(language, words, Join::Or);
            fixed(language, "One of ", "取值：").then(list).text(stop)
        } else {
            fixed(language, "Its values are listed below.", "取值见下表。")
        });
    }
    if subject.sensitive() {
        all = all.sentence(fixed(language, "Secret: it is never shown.", "敏感信息，不会被显示。"));
    }
    if subject.idempotency_token {
        all = all.sentence(fixed(language, "Makes a repeated call harmless.", "使重复调用不产生重复效果。"));
    }
    if let Some(example) = shape.example.as_ref().filter(|_| !subject.sensitive()) {
        all = all.sentence(fixed(language, "Example: ", "示例：").code(&wire_text(example)).text(stop));
    }
    if !subject.lookup.is_empty() {
        let links = subject.lookup.iter().map(|name| page.link(name));
        let links = Inline::join(links, either(language, ", ", "、"));
        all = all.sentence(fixed(language, "See ", "参见 ").then(links).text(stop));
    }
    all
}

/// The values that have something said about them; parameters with the same values share a table.
fn values(page: &Page<'_>, subjects: &[Subject<'_>]) -> Vec<ValueTable> {
    let language = page.language;
    let mut tables: Vec<(&[Choice], Vec<&str>)> = Vec::new();
    for subject in subjects {
        let values = choices(page.api, subject.shape);
        if values.iter().all(|value| value.doc.is_empty() && !value.deprecated) {
            continue;
        }
        match tables.iter_mut().find(|(known, _)| *known == values) {
            Some((_, names)) => names.push(subject.name),
            None => tables.push((values, vec![subject.name])),
        }
    }
    let row = |value: &Choice| {
        let old = if value.deprecated { either(language, "Deprecated.", "已弃用。") } else { "" };
        ValueRow {
            value: Inline::new().code(&value.wire).cell(),
            meaning: Inline::new().strong_unless_empty(old).sentence(flat(value.doc.get(language))).cell(),
        }
    };
    let table = |(values, names): (&[Choice], Vec<&str>)| {
        let names = list(language, names, Join::Comma);
        let heading = match language {
            Language::En => Inline::new().text("Values of ").then(names),
            Language::Zh => names.text(" 的取值"),
        };
        ValueTable { heading: heading.line(), rows: values.iter().map(row).collect() }
    };
    tables.into_iter().map(table).collect()
}

/// A doc that does not fit into a cell, whole.
fn note(page: &Page<'_>, subject: &Subject<'_>) -> Option<Note> {
    let doc = subject.doc(page.language);
    let more = lead(doc).1;
    more.then(|| Note { name: Inline::new().code(subject.name).line(), doc: prose(doc, Dialect::Page) })
}

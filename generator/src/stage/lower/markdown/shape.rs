//! Types in words, and what stands inside them.

use super::Page;
use super::parameter::{Subject, section};
use super::phrase::{either, fixed, format};
use crate::markdown::Inline;
use crate::model::{Api, Choice, Kind, Language, Member, Others, Precondition, Shape};
use crate::view::markdown::Section;
use std::collections::BTreeSet;

/// The documented values: the shape's own, or those of the name it goes by, or those of a list's elements.
pub(super) fn choices<'a>(api: &'a Api, shape: &'a Shape) -> &'a [Choice] {
    let target = api.meant(shape);
    match (&target.kind, shape.values.is_empty(), target.values.is_empty()) {
        (_, false, _) => &shape.values,
        (_, _, false) => &target.values,
        (Kind::List(inner), ..) => &api.meant(inner).values,
        _ => &[],
    }
}

/// How deep a type is described: more than any honest spec nests.
const DEEPEST_TYPE: usize = 64;

/// A type in words.
pub(super) fn kind(page: &Page<'_>, shape: &Shape) -> Inline {
    kind_within(page, shape, DEEPEST_TYPE)
}

fn kind_within(page: &Page<'_>, shape: &Shape, depth: usize) -> Inline {
    let language = page.language;
    let Some(depth) = depth.checked_sub(1) else { return Inline::new().text("…") };
    let word = match &shape.kind {
        Kind::Text => fixed(language, "string", "字符串"),
        Kind::Boolean => fixed(language, "boolean", "布尔"),
        Kind::Integer => fixed(language, "integer", "整数"),
        Kind::Number => fixed(language, "number", "数值"),
        Kind::Any => fixed(language, "anything", "任意"),
        Kind::Object(..) => fixed(language, "object", "对象"),
        Kind::List(inner) => {
            let word = fixed(language, "list of ", "列表（").then(kind_within(page, inner, depth));
            word.text(either(language, "", "）"))
        }
        Kind::Json(inner) => match inner.kind {
            Kind::Any => fixed(language, "JSON text", "JSON 文本"),
            _ => fixed(language, "JSON text: ", "JSON 文本：").then(kind_within(page, inner, depth)),
        },
        Kind::Named(name) => match page.api.schema(name) {
            Some(Shape { kind: Kind::Object(..), .. }) | None => Inline::new().code(name),
            Some(other) => kind_within(page, other, depth),
        },
    };
    match shape.limits.format.and_then(|known| format(known, language)) {
        Some(format) => word.text(either(language, ", ", "，")).text(format),
        None => word,
    }
}

/// What stands inside the parameters.
#[derive(Default)]
pub(super) struct Structures<'a> {
    /// A table an object.
    pub(super) sections: Vec<Section>,
    /// What a request alone cannot settle about a member, by the member's path.
    pub(super) preconditions: Vec<(String, &'a Precondition)>,
}

/// Walks through everything that stands inside the parameters.
pub(super) fn structures<'a>(page: &'a Page<'a>) -> Structures<'a> {
    let mut walk = Walk { page, seen: BTreeSet::new(), found: Structures::default() };
    for parameter in &page.action.parameters {
        walk.shape(&parameter.shape, parameter.name.as_str());
    }
    walk.found
}

struct Walk<'a> {
    page: &'a Page<'a>,
    seen: BTreeSet<&'a str>,
    found: Structures<'a>,
}

impl<'a> Walk<'a> {
    fn shape(&mut self, shape: &'a Shape, title: &str) {
        match &shape.kind {
            Kind::List(inner) => self.shape(inner, &format!("{title}[]")),
            Kind::Json(inner) => self.shape(inner, title),
            Kind::Named(name) => {
                if self.seen.insert(name)
                    && let Some(target) = self.page.api.schema(name)
                {
                    self.shape(target, name);
                }
            }
            Kind::Object(members, others) => self.object(members, others, title),
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any => {}
        }
    }

    fn object(&mut self, members: &'a [Member], others: &'a Others, title: &str) {
        let subjects = members.iter().map(|member| Subject::member(self.page.api, member)).collect::<Vec<_>>();
        let mut table = section(self.page, &subjects);
        table.name = Inline::new().code(title).line();
        table.lead = match others {
            Others::Refused => Inline::new(),
            Others::Welcome => fixed(self.page.language, "Further members are welcome.", "允许其他成员。"),
            Others::Of(shape) => {
                let (before, after) = match self.page.language {
                    Language::En => ("Further members are welcome, each of type ", "."),
                    Language::Zh => ("允许其他成员，类型为", "。"),
                };
                Inline::new().text(before).then(kind(self.page, shape)).text(after)
            }
        }
        .line();
        self.found.sections.push(table);
        for member in members {
            let path = format!("{title}.{}", member.name);
            self.found.preconditions.extend(member.preconditions.iter().map(|said| (path.clone(), said)));
            self.shape(&member.shape, &path);
        }
        if let Others::Of(shape) = others {
            self.shape(shape, &format!("{title}.*"));
        }
    }
}

//! Shapes: what values may be.

use super::{list, text};
use crate::model::{self, Api};
use crate::rules::with_format_range;
use bindery_runtime::table::{Kind, Member, Others, Pattern, Shape};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How deep a shape that holds itself is laid out. Statics may refer to themselves and leaked boxes may not: below, such
/// a shape takes anything.
const DEPTH: usize = 8;

/// The shapes of an API, each made once.
pub(super) struct Shapes<'a> {
    api: &'a Api,
    named: RefCell<BTreeMap<(String, usize), &'static Shape>>,
}

impl Shapes<'_> {
    pub(super) fn of(api: &Api) -> Shapes<'_> {
        Shapes { api, named: RefCell::default() }
    }

    pub(super) fn shape(&self, given: &model::Shape) -> &'static Shape {
        self.to_depth(given, DEPTH)
    }

    fn to_depth(&self, given: &model::Shape, depth: usize) -> &'static Shape {
        let kind = match &given.kind {
            model::Kind::Named(name) => return self.named(name, depth),
            model::Kind::Text => Kind::Text,
            model::Kind::Boolean => Kind::Boolean,
            model::Kind::Integer => Kind::Integer,
            model::Kind::Number => Kind::Number,
            model::Kind::List(item) => Kind::List(self.to_depth(item, depth)),
            model::Kind::Object(members, others) => Kind::Object(
                list(members.iter().map(|member| self.member(member, depth))),
                match others {
                    model::Others::Refused => Others::Refused,
                    model::Others::Welcome => Others::Welcome,
                    model::Others::Of(shape) => Others::Of(self.to_depth(shape, depth)),
                },
            ),
            model::Kind::Json(held) => Kind::Json(self.to_depth(held, depth)),
            model::Kind::Any => Kind::Any,
        };
        Box::leak(Box::new(Shape {
            values: list(given.values.iter().map(|choice| text(&choice.wire))),
            closed: given.closed,
            sensitive: given.sensitive,
            ..limited(kind, &given.limits)
        }))
    }

    fn named(&self, name: &str, depth: usize) -> &'static Shape {
        let (Some(shape), Some(depth)) = (self.api.schema(name), depth.checked_sub(1)) else { return &ANYTHING };
        let key = (name.to_owned(), depth);
        if let Some(known) = self.named.borrow().get(&key) {
            return known;
        }
        let made = self.to_depth(shape, depth);
        self.named.borrow_mut().insert(key, made);
        made
    }

    fn member(&self, given: &model::Member, depth: usize) -> Member {
        Member { name: text(given.name.as_str()), required: given.required, shape: self.to_depth(&given.shape, depth) }
    }
}

static ANYTHING: Shape = Shape::of(Kind::Any);

/// A shape of a kind within bounds.
pub(super) fn limited(kind: Kind, limits: &model::Limits) -> Shape {
    let limits = with_format_range(limits);
    Shape {
        minimum: limits.minimum,
        maximum: limits.maximum,
        exclusive_minimum: limits.exclusive_minimum,
        exclusive_maximum: limits.exclusive_maximum,
        min_length: limits.min_length.map(count),
        max_length: limits.max_length.map(count),
        min_items: limits.min_items.map(count),
        max_items: limits.max_items.map(count),
        pattern: limits.pattern.as_deref().map(|expression| pattern(expression, expression)),
        format: limits.format.and_then(|format| Some(pattern(format.name(), format.pattern()?))),
        ..Shape::of(kind)
    }
}

/// Nothing in memory is longer than the largest `usize`.
fn count(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn pattern(name: &str, expression: &str) -> &'static Pattern {
    Box::leak(Box::new(Pattern::new(text(name), text(expression))))
}

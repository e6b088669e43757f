//! Shapes against shapes, in requests and in answers.

use super::kind::{self, Kind as Row};
use super::limits::{Bounds, meaning};
use super::pair::{Pairs, renamed};
use super::place::{At, Step};
use super::request::Slot;
use super::{Finder, words};
use crate::model::{Choice, Doc, Format, Kind, Member, Others, Precondition, Shape};
use crate::rules::words::code;
use serde_json::Value;

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// To the service.
    Request,
    /// From it.
    Response,
}

impl Side {
    fn pick(self, request: &'static Row, response: &'static Row) -> &'static Row {
        match self {
            Side::Request => request,
            Side::Response => response,
        }
    }
}

impl Finder<'_> {
    /// Compares two shapes that stand for the same thing.
    pub(super) fn shape(&mut self, at: &At<'_>, old: &Shape, new: &Shape, side: Side) {
        self.words(at, &[(&old.doc, &new.doc)], &[(old.example.as_ref(), new.example.as_ref())]);
        let secret = [old.sensitive, new.sensitive];
        let rows = (
            side.pick(&kind::PARAMETER_NOW_SENSITIVE, &kind::FIELD_NOW_SENSITIVE),
            side.pick(&kind::PARAMETER_NO_LONGER_SENSITIVE, &kind::FIELD_NO_LONGER_SENSITIVE),
        );
        self.flag(at, rows, secret, ["never to be shown", "no longer a secret"]);
        let rows = (
            side.pick(&kind::PARAMETER_DEPRECATED, &kind::FIELD_DEPRECATED),
            side.pick(&kind::PARAMETER_NO_LONGER_DEPRECATED, &kind::FIELD_NO_LONGER_DEPRECATED),
        );
        self.flag(at, rows, [old.deprecated, new.deprecated], ["deprecated", "no longer deprecated"]);
        if side == Side::Request {
            self.default(at, old, new);
        }
        self.kinds(at, old, new, side);
    }

    /// Reports what holds on one side alone.
    pub(super) fn flag(
        &mut self,
        at: &At<'_>,
        (now, no_longer): (&'static Row, &'static Row),
        [old, new]: [bool; 2],
        [is, is_not]: [&str; 2],
    ) {
        let (row, word) = match (old, new) {
            (false, true) => (now, is),
            (true, false) => (no_longer, is_not),
            _ => return,
        };
        let name = at.path();
        self.add(row, at, [None, None], format!("`{}` is {word}", short(&name)));
    }

    fn default(&mut self, at: &At<'_>, old: &Shape, new: &Shape) {
        let wire = |shape: &Shape| shape.default.as_ref().map(crate::model::wire_text);
        if wire(old) == wire(new) {
            return;
        }
        let shown = |shape: &Shape| shape.default.as_ref().map(|value| words::value(value, shape));
        let (name, sides) = (at.path(), [shown(old), shown(new)]);
        let name = short(&name);
        let (row, message) = match &sides {
            [None, Some(new)] => (&kind::PARAMETER_DEFAULT_ADDED, format!("`{name}` is {new} when it is absent")),
            [Some(_), None] => (&kind::PARAMETER_DEFAULT_REMOVED, format!("`{name}` has no known default any more")),
            [old, new] => {
                let text = |side: &Option<String>| side.clone().unwrap_or_default();
                let message = format!("`{name}` was {} when it is absent, and is {}", text(old), text(new));
                (&kind::PARAMETER_DEFAULT_CHANGED, message)
            }
        };
        self.add(row, at, sides, message);
    }

    fn kinds(&mut self, at: &At<'_>, old: &Shape, new: &Shape, side: Side) {
        if let (Kind::Named(ours), Kind::Named(theirs)) = (&old.kind, &new.kind) {
            // What is behind a name is compared once, where it is declared.
            if ours == theirs || self.renamed_schemas.iter().any(|(old, new)| old == ours && new == theirs) {
                return;
            }
        }
        let names = |shape: &Shape| match &shape.kind {
            Kind::Named(name) => name.clone(),
            _ => String::new(),
        };
        let followed = (names(old), names(new));
        let (ours, theirs) = (self.old.meant(old), self.new.meant(new));
        if !followed.0.is_empty() || !followed.1.is_empty() {
            let of_type = |shape: &Shape| matches!(shape.kind, Kind::Object(..) | Kind::List(_));
            if of_type(ours) && of_type(theirs) && same_class(ours, theirs, side) {
                let row = side.pick(&kind::PARAMETER_SCHEMA_CHANGED, &kind::FIELD_SCHEMA_CHANGED);
                self.typed(row, at, [words::kind(old), words::kind(new)]);
            }
            if self.followed.contains(&followed) {
                return;
            }
            self.followed.push(followed);
        }
        self.meant_kinds(at, ours, theirs, side);
    }

    fn typed(&mut self, row: &'static Row, at: &At<'_>, [old, new]: [String; 2]) {
        let name = at.path();
        let message = format!("`{}` was {old}, and is {new}", short(&name));
        self.add(row, at, [Some(old), Some(new)], message);
    }

    /// Compares what names stand for.
    fn meant_kinds(&mut self, at: &At<'_>, old: &Shape, new: &Shape, side: Side) {
        let both = [words::kind(old), words::kind(new)];
        match (&old.kind, &new.kind) {
            (Kind::Text, Kind::Json(_)) => {
                return self.typed(side.pick(&kind::PARAMETER_JSON_DESCRIBED, &kind::FIELD_JSON_DESCRIBED), at, both);
            }
            (Kind::Json(_), Kind::Text) => {
                let row = side.pick(&kind::PARAMETER_JSON_UNDESCRIBED, &kind::FIELD_JSON_UNDESCRIBED);
                return self.typed(row, at, both);
            }
            _ if !same_class(old, new, side) => {
                return self.typed(side.pick(&kind::PARAMETER_TYPE_CHANGED, &kind::FIELD_TYPE_CHANGED), at, both);
            }
            _ => {}
        }
        let narrow = |shape: &Shape| shape.kind == Kind::Integer && shape.limits.format == Some(Format::Int32);
        if narrow(old) != narrow(new) {
            self.typed(side.pick(&kind::PARAMETER_WIDTH_CHANGED, &kind::FIELD_WIDTH_CHANGED), at, both);
        }
        self.values(at, old, new, side);
        self.bounds(at, old, new, side);
        match (&old.kind, &new.kind) {
            (Kind::List(old), Kind::List(new)) => self.shape(&at.down(Step::Item), old, new, side),
            (Kind::Json(old), Kind::Json(new)) => self.shape(&at.down(Step::Json), old, new, side),
            (Kind::Object(members, others), Kind::Object(new_members, new_others)) => {
                self.members(at, members, new_members, side);
                self.others(at, others, new_others, side);
            }
            _ => {}
        }
    }

    fn values(&mut self, at: &At<'_>, old: &Shape, new: &Shape, side: Side) {
        let name = at.path();
        let name = short(&name);
        if old.values.is_empty() != new.values.is_empty() {
            let row = match (old.values.is_empty(), &new.kind) {
                (true, Kind::Text) => side.pick(&kind::VALUES_LISTED, &kind::FIELD_VALUES_LISTED),
                (false, Kind::Text) => side.pick(&kind::VALUES_UNLISTED, &kind::FIELD_VALUES_UNLISTED),
                // No other type becomes another one by it.
                (true, _) => side.pick(&kind::LIMIT_ADDED, &kind::FIELD_FACTS_CHANGED),
                (false, _) => side.pick(&kind::LIMIT_REMOVED, &kind::FIELD_FACTS_CHANGED),
            };
            let word = if old.values.is_empty() { "are known now" } else { "are no longer known" };
            let sides = [words::some(words::values(old)), words::some(words::values(new))];
            self.add(row, at, sides, format!("the values of `{name}` {word}"));
            return;
        }
        let pairs = Pairs::of(&wires(&old.values), &wires(&new.values), |_, _| None);
        for choice in pairs.added.iter().filter_map(|index| new.values.get(*index)) {
            let row = side.pick(&kind::VALUE_ADDED, &kind::FIELD_VALUE_ADDED);
            let value = code(&choice.wire);
            let message = format!("`{name}` may be {value}");
            self.add(row, at, [None, Some(value)], message);
        }
        for choice in pairs.removed.iter().filter_map(|index| old.values.get(*index)) {
            let row = side.pick(&kind::VALUE_REMOVED, &kind::FIELD_VALUE_REMOVED);
            let value = code(&choice.wire);
            let message = format!("`{name}` can no longer be {value}");
            self.add(row, at, [Some(value), None], message);
        }
        for (old, new) in pairs.same.iter().filter_map(|(a, b)| Some((old.values.get(*a)?, new.values.get(*b)?))) {
            self.words(at, &[(&old.doc, &new.doc)], &[]);
            let (row, word) = match (old.deprecated, new.deprecated) {
                (false, true) => (&kind::VALUE_DEPRECATED, "is deprecated"),
                (true, false) => (&kind::VALUE_NO_LONGER_DEPRECATED, "is no longer deprecated"),
                _ => continue,
            };
            let value = code(&new.wire);
            self.add(
                row,
                at,
                [Some(value.clone()), Some(value.clone())],
                format!("the value {value} of `{name}` {word}"),
            );
        }
        if side == Side::Request {
            let rows = (&kind::VALUES_CLOSED, &kind::VALUES_OPENED);
            self.flag(at, rows, [old.closed, new.closed], ["limited to the listed values", "open to other values"]);
        }
    }

    fn bounds(&mut self, at: &At<'_>, old: &Shape, new: &Shape, side: Side) {
        let (ours, theirs) = (Bounds::of(&old.limits), Bounds::of(&new.limits));
        let sides = [words::some(words::limits(&old.limits)), words::some(words::limits(&new.limits))];
        if ours == theirs {
            return;
        }
        let name = at.path();
        let name = short(&name);
        let text = |side: &Option<String>| side.clone().unwrap_or_else(|| "without bounds".to_owned());
        let [was, is] = [text(&sides[0]), text(&sides[1])];
        let turn = Bounds::turn(&ours, &theirs);
        let texts = |shape: &Shape| (shape.limits.pattern.clone(), meaning(shape.limits.format));
        let row = match (turn.tighter, turn.looser) {
            _ if side == Side::Response => &kind::FIELD_FACTS_CHANGED,
            _ if ours.is_empty() => &kind::LIMIT_ADDED,
            _ if theirs.is_empty() => &kind::LIMIT_REMOVED,
            (true, true) if texts(old) != texts(new) => &kind::LIMIT_CHANGED,
            (true, false) => &kind::LIMIT_TIGHTENED,
            (false, true) => &kind::LIMIT_LOOSENED,
            // Tighter at one end, looser at the other: what was right may be wrong.
            _ => &kind::LIMIT_CHANGED,
        };
        self.add(row, at, sides.clone(), format!("`{name}`: {was}, and now {is}"));
    }

    /// Compares the members of two objects.
    pub(super) fn members(&mut self, at: &At<'_>, old: &[Member], new: &[Member], side: Side) {
        let pairs = Pairs::of(&names(old), &names(new), |a, b| {
            let (ours, theirs) = (old.get(a)?, new.get(b)?);
            let required = side == Side::Response || ours.required == theirs.required;
            required.then(|| renamed([&names(old), &names(new)], [a, b], [&ours.shape, &theirs.shape])).flatten()
        });
        for member in pairs.removed.iter().filter_map(|index| old.get(*index)) {
            let name = member.name.as_str();
            self.lone(&at.down(Step::Member(name, name)), member.required, &member.shape, side, false);
        }
        for member in pairs.added.iter().filter_map(|index| new.get(*index)) {
            let name = member.name.as_str();
            self.lone(&at.down(Step::Member(name, name)), member.required, &member.shape, side, true);
        }
        let found = pairs.both().filter_map(|(a, b)| Some((old.get(a)?, new.get(b)?))).collect::<Vec<_>>();
        for (old, new) in found {
            let at = at.down(Step::Member(old.name.as_str(), new.name.as_str()));
            self.renamed(&at, old.name.as_str(), new.name.as_str(), side);
            self.preconditions(&at, &old.preconditions, &new.preconditions);
            match side {
                Side::Request => self.required(&at, old.required, new.required),
                Side::Response if old.required != new.required => {
                    let text = |required| if required { "always there" } else { "perhaps absent" }.to_owned();
                    let message = format!("`{}` is {}", new.name, text(new.required));
                    let sides = [Some(text(old.required)), Some(text(new.required))];
                    self.add(&kind::FIELD_FACTS_CHANGED, &at, sides, message);
                }
                Side::Response => {}
            }
            self.shape(&at, &old.shape, &new.shape, side);
        }
        if side == Side::Request {
            let slots = |members: &[Member], names: &dyn Fn(usize) -> Option<usize>| -> Vec<Slot> {
                let each = members.iter().enumerate().filter_map(|(index, member)| {
                    let key = new.get(names(index)?)?.name.to_string();
                    Some(Slot { key, required: member.required, boolean: member.shape.kind == Kind::Boolean })
                });
                each.collect()
            };
            let of_old = |index| pairs.both().find(|(old, _)| *old == index).map(|(_, new)| new);
            self.reordered(at, &slots(old, &of_old), &slots(new, &Some));
        }
    }

    fn others(&mut self, at: &At<'_>, old: &Others, new: &Others, side: Side) {
        if let (Others::Of(old), Others::Of(new)) = (old, new) {
            return self.shape(&at.down(Step::Other), old, new, side);
        }
        if side == Side::Response {
            return;
        }
        let open = |others: &Others| !matches!(others, Others::Refused);
        let rows = (&kind::MEMBERS_OPENED, &kind::MEMBERS_CLOSED);
        self.flag(at, rows, [open(old), open(new)], ["open to other members", "closed to other members"]);
    }

    /// A parameter, a member or a field that only one side has.
    pub(super) fn lone(&mut self, at: &At<'_>, required: bool, shape: &Shape, side: Side, is_new: bool) {
        let row = match (side, is_new, required) {
            (Side::Response, true, _) => &kind::FIELD_ADDED,
            (Side::Response, false, _) => &kind::FIELD_REMOVED,
            (Side::Request, true, false) => &kind::PARAMETER_ADDED,
            (Side::Request, true, true) => &kind::REQUIRED_PARAMETER_ADDED,
            (Side::Request, false, false) => &kind::PARAMETER_REMOVED,
            (Side::Request, false, true) => &kind::REQUIRED_PARAMETER_REMOVED,
        };
        let text = words::member(required && side == Side::Request, shape);
        let name = at.path();
        let message = format!("`{}` ({text}) is {}", short(&name), if is_new { "new" } else { "gone" });
        let sides = if is_new { [None, Some(text)] } else { [Some(text), None] };
        self.add(row, at, sides, message);
    }

    pub(super) fn renamed(&mut self, at: &At<'_>, old: &str, new: &str, side: Side) {
        if old != new {
            let row = side.pick(&kind::PARAMETER_RENAMED, &kind::FIELD_RENAMED);
            let sides = [Some(format!("`{old}`")), Some(format!("`{new}`"))];
            self.add(row, at, sides, format!("`{old}` is called `{new}`"));
        }
    }

    pub(super) fn required(&mut self, at: &At<'_>, old: bool, new: bool) {
        let rows = (&kind::PARAMETER_NOW_REQUIRED, &kind::PARAMETER_NOW_OPTIONAL);
        self.flag(at, rows, [old, new], ["required", "optional"]);
    }

    /// Notes that words differ at a place; what they are does not matter, but that they are others again does.
    pub(super) fn words(&mut self, at: &At<'_>, docs: &[(&Doc, &Doc)], values: &[(Option<&Value>, Option<&Value>)]) {
        if !self.parts.docs {
            return;
        }
        for (old, new) in docs.iter().filter(|(old, new)| old != new) {
            self.reworded.push((at.path(), format!("{}\0{}\0{}\0{}", old.en, old.zh, new.en, new.zh)));
        }
        for (old, new) in values.iter().filter(|(old, new)| old != new) {
            self.reworded.push((at.path(), format!("{old:?}\0{new:?}")));
        }
    }

    pub(super) fn preconditions(&mut self, at: &At<'_>, old: &[Precondition], new: &[Precondition]) {
        if self.parts.docs && old != new {
            self.reworded.push((at.path(), format!("{old:?}\0{new:?}")));
        }
    }
}

/// A path without what it is a path of.
pub(super) fn short(path: &str) -> &str {
    path.strip_prefix("request ").or_else(|| path.strip_prefix("response ")).unwrap_or(path)
}

fn wires(values: &[Choice]) -> Vec<&str> {
    values.iter().map(|choice| choice.wire.as_str()).collect()
}

fn names(members: &[Member]) -> Vec<&str> {
    members.iter().map(|member| member.name.as_str()).collect()
}

/// Whether two types are one in a program's eyes, whatever they are made of.
fn same_class(old: &Shape, new: &Shape, side: Side) -> bool {
    let is_map = |shape: &Shape| {
        let Kind::Object(members, others) = &shape.kind else { return false };
        side == Side::Response && members.is_empty() && matches!(others, Others::Of(_))
    };
    std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind) && is_map(old) == is_map(new)
}

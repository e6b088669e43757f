//! What one can wait for: each waiter is bound to the action that it asks and to the fields of that action's answer.

use super::field::{Fields, Lists};
use super::{Context, context_key, doc};
use crate::diag::{below, did_you_mean};
use crate::model::{Acceptor, Action, ActionName, FieldPath, Kind, Look, Reasons, Shape, WaitState, Waiter};
use crate::spec;

/// Every waiter that makes sense. `whole`: no action was left out.
pub(super) fn all(
    given: &spec::Map<spec::Waiter>,
    actions: &[Action],
    schemas: &[(String, Shape)],
    whole: bool,
    context: &mut Context<'_>,
) -> Vec<Waiter> {
    let mut binder = Binder { actions, schemas, whole, context };
    given.iter().filter_map(|(name, waiter)| binder.waiter(name, waiter)).collect()
}

struct Binder<'a, 'b, 'c> {
    actions: &'a [Action],
    schemas: &'a [(String, Shape)],
    whole: bool,
    context: &'c mut Context<'b>,
}

impl<'a> Binder<'a, '_, '_> {
    fn waiter(&mut self, name: &str, given: &spec::Waiter) -> Option<Waiter> {
        let pointer = below("/waiters", name);
        let name = match ActionName::new(name) {
            Ok(name) => name,
            Err(error) => {
                let message = format!("`{}` cannot name a waiter", name.escape_debug());
                self.context.error_at_key("name", &pointer, message, error.expected);
                return None;
            }
        };
        let action = self.action(&given.action, &format!("{pointer}/action"))?;
        let Some(root) = &action.response else {
            let message = format!("nothing is known of what `{}` answers", action.name);
            self.context.error(
                "waiter",
                &format!("{pointer}/action"),
                message,
                "describe the answer in its `response`",
            );
            return None;
        };
        let of = format!("the answer of `{}`", action.name);
        let fields = Fields { root, schemas: self.schemas, of: &of };
        if given.acceptors.is_empty() {
            let place = format!("{pointer}/acceptors");
            self.context.error(
                "waiter",
                &place,
                "no answer ends the wait",
                "say which answers mean success or failure",
            );
        }
        let acceptors: Vec<Option<Acceptor>> = given
            .acceptors
            .iter()
            .enumerate()
            .map(|(index, acceptor)| self.acceptor(acceptor, fields, &format!("{pointer}/acceptors/{index}")))
            .collect();
        let reasons = match &given.reasons {
            Some(reasons) => Some(self.reasons(reasons, fields, &format!("{pointer}/reasons"))?),
            None => None,
        };
        Some(Waiter {
            name,
            action: action.name.clone(),
            delay: given.delay.get().into(),
            attempts: given.attempts.get().into(),
            acceptors: acceptors.into_iter().collect::<Option<_>>()?,
            reasons,
            doc: doc(given.doc.as_ref()),
            origin: context_key(self.context, &pointer),
        })
    }

    fn action(&mut self, name: &str, pointer: &str) -> Option<&'a Action> {
        let found = self.actions.iter().find(|action| action.name.as_str() == name);
        if found.is_none() && self.whole {
            let help = match did_you_mean(name, self.actions.iter().map(|action| action.name.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a waiter asks an action of its own product".to_owned(),
            };
            let message = format!("there is no action `{}`", name.escape_debug());
            self.context.error("unknown-action", pointer, message, help);
        }
        found
    }

    fn acceptor(&mut self, given: &spec::Acceptor, fields: Fields<'_>, pointer: &str) -> Option<Acceptor> {
        let place = format!("{pointer}/values");
        if given.values.is_empty() {
            self.context.error("waiter", &place, "no value is listed", "list the values that decide");
        }
        let look = match (&given.field, given.error) {
            (Some(field), false) => {
                let (path, shape) = fields.find(field, Lists::Through, &format!("{pointer}/field"), self.context)?;
                self.values(&path, &given.values, fields, shape, &place)?;
                Look::Field(path)
            }
            (None, true) => Look::Error,
            (field, _) => {
                let message = match field {
                    Some(_) => "looks at a field and at an error",
                    None => "does not say where to look",
                };
                self.context.error("waiter", pointer, message, "keep one: `\"field\": …` or `\"error\": true`");
                return None;
            }
        };
        Some(Acceptor {
            state: match given.state {
                spec::WaitState::Success => WaitState::Success,
                spec::WaitState::Failure => WaitState::Failure,
                spec::WaitState::Retry => WaitState::Retry,
            },
            look,
            values: given.values.clone(),
        })
    }

    /// Values that a field is compared with are among those that it is documented to have, in whatever case.
    fn values(
        &mut self,
        path: &FieldPath,
        values: &[String],
        fields: Fields<'_>,
        shape: &Shape,
        pointer: &str,
    ) -> Option<()> {
        let shape = match &shape.kind {
            Kind::List(element) => fields.meant(element),
            _ => shape,
        };
        if !matches!(shape.kind, Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::Any) {
            let help = "name a field that holds a text, a number or a boolean";
            self.context.error("waiter", pointer, format!("`{path}` has no text to compare"), help);
            return None;
        }
        let known: Vec<&str> = match shape.kind {
            Kind::Boolean => vec!["true", "false"],
            _ => shape.values.iter().map(|choice| choice.wire.as_str()).collect(),
        };
        for (index, value) in values.iter().enumerate() {
            if known.is_empty() || known.iter().any(|known| known.eq_ignore_ascii_case(value)) {
                continue;
            }
            let help = match did_you_mean(value, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if shape.values.is_empty() => format!("one of: {}", known.join(", ")),
                None => format!("one of: {}; or add it to the field's `values`", known.join(", ")),
            };
            let message = format!("`{}` is no documented value of `{path}`", value.escape_debug());
            self.context.error("value", &format!("{pointer}/{index}"), message, help);
        }
        Some(())
    }

    fn reasons(&mut self, given: &spec::Reasons, fields: Fields<'_>, pointer: &str) -> Option<Reasons> {
        let place = format!("{pointer}/items");
        let (items, shape) = fields.find(&given.items, Lists::Never, &place, self.context)?;
        let Kind::List(element) = &shape.kind else {
            self.context.error("waiter", &place, format!("`{items}` is no list"), "name a field that holds a list");
            return None;
        };
        let of = format!("an element of `{items}`");
        let inside = Fields { root: element, schemas: fields.schemas, of: &of };
        let place = format!("{pointer}/show");
        if given.show.is_empty() {
            let help = "name the fields of an element that a person should see";
            self.context.error("waiter", &place, "nothing is shown", help);
        }
        let show: Vec<Option<FieldPath>> = given
            .show
            .iter()
            .enumerate()
            .map(|(index, field)| self.shown(field, inside, &format!("{place}/{index}")))
            .collect();
        let mut conditions = Vec::new();
        for (field, values) in &given.only {
            let place = below(&format!("{pointer}/only"), field);
            let (path, shape) = inside.find(field, Lists::Never, &place, self.context)?;
            if values.is_empty() {
                self.context.error("waiter", &place, "no value is listed", "list the values of elements to show");
            }
            self.values(&path, values, inside, shape, &place)?;
            conditions.push((path, values.clone()));
        }
        if conditions.len() > 1 {
            let message = "elements are told by one field";
            self.context.error("waiter", &format!("{pointer}/only"), message, "keep the one that tells most");
        }
        Some(Reasons { items, only: conditions.pop(), show: show.into_iter().collect::<Option<_>>()? })
    }

    /// A field that a person may see.
    fn shown(&mut self, field: &str, fields: Fields<'_>, pointer: &str) -> Option<FieldPath> {
        let (path, shape) = fields.find(field, Lists::Never, pointer, self.context)?;
        if shape.sensitive {
            let help = "remove it: what is sensitive is never shown";
            self.context.error("waiter", pointer, format!("`{path}` is sensitive"), help);
            return None;
        }
        Some(path)
    }
}

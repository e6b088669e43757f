//! Paths to fields of an answer: each is followed through the answer's shape, so that none leads nowhere.

use super::Context;
use crate::diag::did_you_mean;
use crate::model::{FieldPath, Kind, Member, Others, Shape};

/// What a path is followed in.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    /// What the path starts in: an answer, an element of a list.
    pub root: &'a Shape,
    /// Shapes by name.
    pub schemas: &'a [(String, Shape)],
    /// What the root is called in messages.
    pub of: &'a str,
}

/// Whether lists may be on the way of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// They are walked through: any element will do.
    Through,
    /// They are not: the path means one value.
    Never,
}

impl<'a> Fields<'a> {
    /// The shape that a path leads to, and the path. What is declared to be anything leads to anything.
    pub fn find(
        self,
        path: &str,
        lists: Lists,
        pointer: &str,
        context: &mut Context<'_>,
    ) -> Option<(FieldPath, &'a Shape)> {
        let checked = match FieldPath::new(path) {
            Ok(path) => path,
            Err(error) => {
                let message = format!("`{}` cannot be a field", path.escape_debug());
                context.error("name", pointer, message, error.expected);
                return None;
            }
        };
        let mut shape = self.meant(self.root);
        let mut walked: Vec<&str> = Vec::new();
        for name in checked.names() {
            if let Kind::List(element) = &shape.kind {
                if lists == Lists::Never {
                    let message = format!("`{}` is a list: which of its elements?", walked.join("."));
                    context.error("field", pointer, message, "name a field that is there once");
                    return None;
                }
                shape = self.meant(element);
            }
            shape = match self.member(shape, name) {
                Ok(next) => next,
                Err(known) => {
                    let inside = if walked.is_empty() { self.of.to_owned() } else { format!("`{}`", walked.join(".")) };
                    let help = match did_you_mean(name, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None if known.is_empty() => "it has no fields".to_owned(),
                        None => format!("known fields here: {}", known.join(", ")),
                    };
                    context.error("unknown-field", pointer, format!("there is no field `{name}` in {inside}"), help);
                    return None;
                }
            };
            walked.push(name);
        }
        Some((checked, shape))
    }

    /// The shape itself, or what its name stands for.
    pub fn meant(self, shape: &'a Shape) -> &'a Shape {
        match &shape.kind {
            Kind::Named(name) => self.schemas.iter().find(|(known, _)| known == name).map_or(shape, |(_, shape)| shape),
            _ => shape,
        }
    }

    fn member(self, shape: &'a Shape, name: &str) -> Result<&'a Shape, Vec<&'a str>> {
        match &shape.kind {
            Kind::Any => Ok(shape),
            Kind::Object(members, others) => match (find(members, name), others) {
                (Some(member), _) => Ok(self.meant(&member.shape)),
                (None, Others::Of(other)) => Ok(self.meant(other)),
                (None, Others::Refused | Others::Welcome) => {
                    Err(members.iter().map(|member| member.name.as_str()).collect())
                }
            },
            _ => Err(Vec::new()),
        }
    }
}

fn find<'a>(members: &'a [Member], name: &str) -> Option<&'a Member> {
    members.iter().find(|member| member.name.as_str() == name)
}

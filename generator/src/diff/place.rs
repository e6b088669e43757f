//! Where in an action or a service the comparison is: as people read it, and as files hold it, in either tree.

use crate::diag::{Origin, below};
use std::sync::Arc;

/// A step down from what is compared as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'p> {
    /// The whole: what people call it, and the JSON pointer of what the next step is below.
    Whole {
        /// `request`, `response`, `schema Tag`.
        label: &'p str,
        /// `/parameters`, `/response/properties`, `/schemas/Tag/properties`, without the last step.
        pointer: &'p str,
        /// The file of the old one.
        old: Option<&'p Arc<str>>,
        /// The file of the new one.
        new: Option<&'p Arc<str>>,
    },
    /// A parameter; its old and its new name.
    Parameter(&'p str, &'p str),
    /// A member of an object; its old and its new name.
    Member(&'p str, &'p str),
    /// An element of a list.
    Item,
    /// What the JSON of a text holds.
    Json,
    /// A member that the object does not name.
    Other,
}

/// A way down.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'p> {
    above: Option<&'p At<'p>>,
    step: Step<'p>,
}

impl<'p> At<'p> {
    /// The top.
    pub fn whole(label: &'p str, pointer: &'p str, files: [Option<&'p Arc<str>>; 2]) -> At<'p> {
        let [old, new] = files;
        At { above: None, step: Step::Whole { label, pointer, old, new } }
    }

    /// One step down.
    pub fn down<'q>(&'q self, step: Step<'q>) -> At<'q>
    where
        'p: 'q,
    {
        At { above: Some(self), step }
    }

    /// As people read it, with the new names: `request Tag[].Key`.
    pub fn path(&self) -> String {
        let above = || self.above.map(At::path).unwrap_or_default();
        match self.step {
            Step::Whole { label, .. } => label.to_owned(),
            Step::Parameter(_, name) => format!("{} {name}", above()),
            Step::Member(_, name) => {
                let above = above();
                let dot = if self.above.is_some_and(|above| above.above.is_some()) { '.' } else { ' ' };
                format!("{above}{dot}{name}")
            }
            Step::Item => format!("{}[]", above()),
            Step::Json => format!("{}#", above()),
            Step::Other => format!("{}.*", above()),
        }
    }

    /// As the old and the new tree hold it.
    pub fn origins(&self) -> [Option<Origin>; 2] {
        [self.origin(false), self.origin(true)]
    }

    fn origin(&self, new: bool) -> Option<Origin> {
        let mut pointer = String::new();
        let file = self.pointer(new, &mut pointer)?;
        Some(Origin::key(&file, pointer))
    }

    /// Writes the pointer, and gives the file.
    fn pointer(&self, is_new: bool, pointer: &mut String) -> Option<Arc<str>> {
        let file = match self.above {
            Some(above) => above.pointer(is_new, pointer),
            None => None,
        };
        match self.step {
            Step::Whole { pointer: root, old, new, .. } => {
                root.clone_into(pointer);
                return if is_new { new.cloned() } else { old.cloned() };
            }
            Step::Parameter(old, new) => *pointer = below(pointer, if is_new { new } else { old }),
            Step::Member(old, new) => {
                *pointer = below(&format!("{pointer}/properties"), if is_new { new } else { old })
            }
            Step::Item => pointer.push_str("/items"),
            Step::Json => pointer.push_str("/contentSchema"),
            Step::Other => pointer.push_str("/additionalProperties"),
        }
        file
    }
}

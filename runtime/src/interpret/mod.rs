//! What a table means for a request: parameters in the table's order, then names that nobody knows, then rules.

mod rule;
mod shape;

use crate::path::Path;
use crate::table::Table;
use crate::{Value, Violations};

/// Room for a value a name, on the stack unless there are very many names. Most objects have few: clearing room for many
/// would cost more than checking them.
pub(crate) fn with_slots<'a, R>(count: usize, body: impl FnOnce(&mut [Option<Value<'a>>]) -> R) -> R {
    match count {
        0..=8 => with_room::<8, R>(count, body),
        9..=64 => with_room::<64, R>(count, body),
        _ => body(&mut vec![None; count]),
    }
}

fn with_room<'a, const N: usize, R>(count: usize, body: impl FnOnce(&mut [Option<Value<'a>>]) -> R) -> R {
    let mut slots = [None; N];
    body(slots.get_mut(..count).unwrap_or_default())
}

/// All violations of a request whose given parameters are in `slots`, by index; `unknown` are those of its names.
pub(crate) fn check(table: &Table, slots: &[Option<Value<'_>>], unknown: Violations) -> Violations {
    let mut violations = Violations::default();
    let mut checker = shape::Checker { violations: &mut violations, hidden: false };
    for (parameter, slot) in table.parameters.iter().zip(slots) {
        let path = Path::Name(parameter.name);
        match slot {
            Some(value) => checker.check(*value, parameter.shape, &path),
            None if parameter.required => checker.missing(&path),
            None => {}
        }
    }
    violations.extend(unknown);
    let request = rule::Request { table, slots };
    for rule in table.rules {
        request.check(rule, &mut violations);
    }
    violations
}

//! How much one document may say of one action: many times what any real one says, and little enough that the time to
//! understand it has a bound. Prose is the dear part: it is read against every name and value of the action.

use super::draft::{Draft, Field};
use crate::diag::Diagnostic;

/// The parameters and their members, with the values that are listed for them. The largest real action has 643.
const PARAMETERS: usize = 2_000;
/// The fields of an answer. The largest real one has 632.
const FIELDS: usize = 10_000;
/// The bytes of one description. The longest real one has 12,000.
const DESCRIPTION: usize = 64 << 10;

/// What is beyond the limits, if anything is: the action is refused then, before it is understood.
pub(super) fn problem(draft: &Draft) -> Option<Diagnostic> {
    let refused = |what: String, help: &str| Some(Diagnostic::error("too-many", draft.origin.clone(), what).help(help));
    let all = |fields: &[Field]| fields.iter().map(count).sum::<usize>();
    let parameters = all(&draft.parameters);
    if parameters > PARAMETERS {
        let message = format!("`{}` has {parameters} parameters, members and values", draft.action().escape_debug());
        return refused(message, &format!("an action has at most {PARAMETERS}: leave out what is none"));
    }
    let fields = draft.response.as_ref().map_or(0, count);
    if fields > FIELDS {
        let message = format!("the answer of `{}` has {fields} fields and values", draft.action().escape_debug());
        return refused(message, &format!("an answer has at most {FIELDS}: leave out what is none"));
    }
    let long = draft.parameters.iter().chain(&draft.response).find_map(wordy)?;
    let message = format!("the description of `{}` is longer than {DESCRIPTION} bytes", long.escape_debug());
    refused(message, "shorten it: nobody reads so much")
}

fn below(field: &Field) -> impl Iterator<Item = &Field> {
    let inner = [&field.items, &field.others, &field.content].into_iter().flatten().map(AsRef::as_ref);
    inner.chain(&field.properties)
}

fn count(field: &Field) -> usize {
    1 + field.declared.values.len() + below(field).map(count).sum::<usize>()
}

/// The name of a field that says too much.
fn wordy(field: &Field) -> Option<&str> {
    let length = field.description.blocks.iter().map(|block| block.text.len()).sum::<usize>();
    if length > DESCRIPTION { Some(&field.name) } else { below(field).find_map(wordy) }
}

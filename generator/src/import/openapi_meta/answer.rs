//! What comes back: the first successful answer.

use super::at::{At, Reader};
use super::field::{self, Side};
use super::known;
use crate::import::draft::Field;
use crate::spec::Type;

/// The answer, if it is an object. Anything else is told, and left untyped.
pub(super) fn answer(reader: &mut Reader<'_>, at: &At<'_>, schemas: Option<&At<'_>>) -> Option<Field> {
    let responses = at.get("responses")?;
    if !reader.is_object(&responses) {
        return None;
    }
    let (_, response) =
        responses.members().filter(|(status, _)| status.starts_with('2')).min_by_key(|(status, _)| *status)?;
    reader.keys(&response, known::RESPONSE);
    let schema = response.get("schema")?;
    // An answer that has a name is made of what the name stands for.
    let name = schema.value.get("$ref").and_then(|reference| reference.as_str()?.strip_prefix(field::REFERENCE));
    let named = name.and_then(|name| schemas?.get(name));
    let answer = field::field(reader, "", named.as_ref().unwrap_or(&schema), Side::Answer)?;
    if answer.declared.kind == Some(Type::Object) && answer.others.is_none() {
        return Some(answer);
    }
    reader.warn("answer", &schema, "the answer is no object with named fields", "its fields stay unknown");
    None
}

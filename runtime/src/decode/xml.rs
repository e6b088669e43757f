//! An answer in XML as the JSON that the same answer would be.
//!
//! The root element falls away, an element that comes again makes a list, text is text, and an empty element is an empty
//! text. Attributes say nothing. A document type is refused: nothing is ever looked up or expanded but the five names
//! that XML itself knows, and numbers of characters.

/// Turning the feature on is the only thing that helps.
#[cfg(not(feature = "xml"))]
pub(super) fn parse(_: &str) -> Result<crate::Json, String> {
    Err("it is XML: turn on the feature `xml`, or ask for JSON".to_owned())
}

#[cfg(feature = "xml")]
pub(super) use reader::parse;

#[cfg(feature = "xml")]
mod reader {
    use crate::Json;
    use crate::decode::answer::PAGE;
    use quick_xml::Reader;
    use quick_xml::escape::resolve_xml_entity;
    use quick_xml::events::{BytesRef, BytesStart, Event};
    use serde_json::Map;
    use serde_json::map::Entry;

    /// Elements inside one another, as many as JSON may have levels.
    const DEEPEST: usize = 128;

    /// An element whose end has not come.
    struct Open {
        name: String,
        members: Map<String, Json>,
        text: String,
    }

    /// Parses a text; says what is wrong with it without showing anything of it.
    pub(in crate::decode) fn parse(text: &str) -> Result<Json, String> {
        let mut reader = Reader::from_str(text);
        // Elements are on a list, not on the stack: depth costs nothing, and is bounded all the same.
        let (mut open, mut root) = (Vec::<Open>::new(), None);
        loop {
            let event = reader.read_event().map_err(|_| "it is not well-formed XML".to_owned())?;
            match event {
                Event::Start(start) if root.is_none() && open.len() < DEEPEST => open.push(Open::of(&start)),
                Event::Empty(start) if root.is_none() && open.len() < DEEPEST => {
                    close(Open::of(&start), &mut open, &mut root)?;
                }
                Event::Start(_) | Event::Empty(_) if root.is_some() => {
                    return Err("it is XML with more than one root element".to_owned());
                }
                Event::Start(_) | Event::Empty(_) => {
                    return Err(format!("it is XML of more than {DEEPEST} levels"));
                }
                Event::End(_) => {
                    let element = open.pop().ok_or_else(|| "it is not well-formed XML".to_owned())?;
                    close(element, &mut open, &mut root)?;
                }
                Event::Text(text) => add(&text.xml10_content(), &mut open)?,
                Event::CData(text) => add(&text.xml10_content(), &mut open)?,
                Event::GeneralRef(reference) => add(&resolve(&reference)?, &mut open)?,
                Event::DocType(_) => return Err("it is XML with a document type: that is refused".to_owned()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        root.filter(|_| open.is_empty()).ok_or_else(|| "it is XML that ends in the middle".to_owned())
    }

    impl Open {
        fn of(start: &BytesStart<'_>) -> Open {
            let name = start.local_name().as_ref().to_owned();
            Open { name, members: Map::new(), text: String::new() }
        }
    }

    /// Puts an element that is complete where it belongs.
    fn close(element: Open, open: &mut [Open], root: &mut Option<Json>) -> Result<(), String> {
        let blank = element.text.trim().is_empty();
        let value = match (element.members.is_empty(), blank) {
            (true, true) => Json::String(String::new()),
            (true, false) => Json::String(element.text),
            (false, true) => Json::Object(element.members),
            (false, false) => return Err("it is XML with text between elements".to_owned()),
        };
        match open.last_mut() {
            None if element.name.eq_ignore_ascii_case("html") => return Err(PAGE.to_owned()),
            None => {
                // An answer without content is an object without members, not a text.
                *root = Some(if value == "" { Json::Object(Map::new()) } else { value });
            }
            Some(parent) => match parent.members.entry(element.name) {
                Entry::Vacant(place) => {
                    place.insert(value);
                }
                // No element becomes a list but here, so a list is always one of elements of this name.
                Entry::Occupied(mut place) => match place.get_mut() {
                    Json::Array(items) => items.push(value),
                    first => {
                        let items = vec![first.take(), value];
                        *first = Json::Array(items);
                    }
                },
            },
        }
        Ok(())
    }

    fn add(text: &str, open: &mut [Open]) -> Result<(), String> {
        match open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err("it is XML with text outside of the root element".to_owned()),
        }
        Ok(())
    }

    fn resolve(reference: &BytesRef<'_>) -> Result<String, String> {
        match reference.resolve_char_ref() {
            Ok(Some(letter)) => Ok(letter.to_string()),
            Ok(None) => resolve_xml_entity(reference)
                .map(str::to_owned)
                .ok_or_else(|| "it is XML with an entity that XML itself does not know: that is refused".to_owned()),
            Err(_) => Err("it is XML with a number that is no character".to_owned()),
        }
    }
}

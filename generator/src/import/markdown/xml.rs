//! The fields that an XML answer shows. Which of them are lists is not to be seen: one element looks like a plain field.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

/// The elements of an answer by name, below its root; `None` if it is no XML.
pub(super) fn fields(text: &str) -> Option<Value> {
    const DEEPEST: usize = 32;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![];
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if open.len() < DEEPEST => open.push(Element::named(tag.name().as_ref())),
            Event::Start(_) => return None,
            Event::Empty(tag) => open.last_mut()?.add(Element::named(tag.name().as_ref())),
            Event::Text(_) => open.iter_mut().last().into_iter().for_each(|element| element.has_text = true),
            Event::End(_) => {
                let element = open.pop()?;
                match open.last_mut() {
                    Some(parent) => parent.add(element),
                    None => return Some(Value::Object(element.members)),
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// An element that is being read.
#[derive(Debug, Default)]
struct Element {
    name: String,
    members: Map<String, Value>,
    has_text: bool,
}

impl Element {
    fn named(name: &str) -> Element {
        Element { name: name.to_owned(), ..Element::default() }
    }

    fn add(&mut self, member: Element) {
        // What an element without members and text is, nobody can see.
        let value = match (member.members.is_empty(), member.has_text) {
            (false, _) => Value::Object(member.members),
            (true, true) => Value::from("…"),
            (true, false) => Value::from(""),
        };
        match self.members.get_mut(&member.name) {
            None => drop(self.members.insert(member.name, value)),
            Some(Value::Array(items)) => items.push(value),
            Some(first) => *first = Value::from(vec![first.take(), value]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn elements_become_members_and_repeated_ones_lists() {
        let text = "<?xml version=\"1.0\"?>\n<R><A>1</A><Bs><B><C/></B><B><C>2</C></B></Bs></R>";
        assert_eq!(fields(text), Some(json!({"A": "…", "Bs": {"B": [{"C": ""}, {"C": "…"}]}})));
        assert_eq!((fields("<R><A></R>"), fields("<R>"), fields("no")), (None, None, None));
    }
}

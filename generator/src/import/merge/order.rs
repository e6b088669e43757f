//! In which order the members of several lists stand: in that of a document, if there is one that has any, and not of
//! the alphabet.

use super::Node;
use super::sources::Sources;

/// The names of all lists, in one order.
pub fn order(sources: &Sources, lists: &[(usize, &Node)]) -> Vec<String> {
    let orderly = lists.iter().filter(|(by, _)| !sources.is_sorted(*by));
    let rest = lists.iter().filter(|(by, _)| sources.is_sorted(*by));
    let mut lists = orderly.chain(rest);
    let mut names: Vec<String> = lists.next().into_iter().flat_map(|(_, list)| list.keys().cloned()).collect();
    for (by, list) in lists {
        let mut before: Option<&String> = None;
        for name in list.keys() {
            if !names.contains(name) {
                names.insert(place(&names, name, before), name.clone());
            }
            // The alphabet says nothing of what belongs together.
            before = Some(name).filter(|_| !sources.is_sorted(*by));
        }
    }
    names
}

/// Behind what has the same group; if there is none, behind what stands before it where it comes from.
fn place(names: &[String], name: &str, before: Option<&String>) -> usize {
    let group = |name: &str| name.rsplit_once('.').map(|(group, _)| group.to_owned());
    let kin = group(name).and_then(|own| names.iter().rposition(|other| group(other).as_ref() == Some(&own)));
    let neighbour = || before.and_then(|before| names.iter().position(|other| other == before));
    kin.or_else(neighbour).map_or(names.len(), |at| at + 1)
}

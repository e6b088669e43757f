//! By which path a type is told from others while it has no name yet: a parameter's name for what it holds, `group:` and a
//! dotted prefix for a group, `schema:` and a shape's name for shared shapes; what lies below follows after a slash.

use super::tree::Node;
use crate::model::Member;

/// The path of a shared shape.
pub fn schema(name: &str) -> String {
    format!("schema:{name}")
}

/// The path of a group.
pub fn group(path: &str) -> String {
    format!("group:{path}")
}

/// The path of an object's member.
pub fn member(path: &str, member: &Member) -> String {
    format!("{path}/{}", member.name)
}

/// The path of a list's elements, or of what a map holds: below a shared one, whose name is taken; elsewhere it has no
/// type of its own.
pub fn item(path: &str) -> String {
    match path.strip_prefix("schema:") {
        Some(name) if !name.contains('/') => format!("{path}/Item"),
        _ => path.to_owned(),
    }
}

/// The paths of groups, each with the words that its type's name is made of.
pub fn groups(nodes: &[Node], wanted: &mut Vec<(String, String)>) {
    for node in nodes {
        if let Node::Group { path, children, .. } = node {
            wanted.push((group(path), path.clone()));
            groups(children, wanted);
        }
    }
}

//! The groups that dotted names make.

use crate::model::Action;

/// A field of a request or of a group.
#[derive(Debug)]
pub enum Node {
    /// A parameter, by its index.
    Parameter(usize),
    /// Parameters whose names share what stands before a dot.
    Group {
        /// The shared part, dots included: `SourceEndpoint`.
        path: String,
        /// What it holds.
        children: Vec<Node>,
        /// Whether one of its parameters is required.
        required: bool,
    },
}

/// An action's fields, in the order in which they first appear.
pub fn of(action: &Action) -> Vec<Node> {
    let mut root = Vec::new();
    for (index, parameter) in action.parameters.iter().enumerate() {
        let parts: Vec<&str> = parameter.name.parts().collect();
        insert(&mut root, &parts, 0, index, parameter.required);
    }
    root
}

fn insert(nodes: &mut Vec<Node>, parts: &[&str], depth: usize, index: usize, needed: bool) {
    if depth + 1 >= parts.len() {
        nodes.push(Node::Parameter(index));
        return;
    }
    let wanted = parts[..=depth].join(".");
    for node in nodes.iter_mut() {
        if let Node::Group { path, children, required } = node
            && *path == wanted
        {
            *required |= needed;
            insert(children, parts, depth + 1, index, needed);
            return;
        }
    }
    let mut children = Vec::new();
    insert(&mut children, parts, depth + 1, index, needed);
    nodes.push(Node::Group { path: wanted, children, required: needed });
}

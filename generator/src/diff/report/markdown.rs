//! Changes as an entry of a changelog.

use super::{Report, counted};
use crate::diff::{Change, Level};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A section a service, a part a level, a point an action.
pub fn markdown(report: &Report) -> String {
    let mut text = String::new();
    for (service, changes) in report.services() {
        let _ = writeln!(text, "## {} {}\n", service.product, service.version);
        for level in [Level::Breaking, Level::Dangerous, Level::Compatible] {
            let of_level: Vec<&Change> = changes.iter().copied().filter(|c| c.kind.level == level).collect();
            if !of_level.is_empty() {
                let _ = writeln!(text, "### {}\n", heading(level));
                points(&of_level, &mut text);
            }
        }
        let docs: Vec<&Change> = changes.iter().copied().filter(|c| c.kind.level == Level::Docs).collect();
        if !docs.is_empty() {
            let mut actions: Vec<&Option<String>> = docs.iter().map(|change| &change.action).collect();
            actions.dedup();
            let _ = writeln!(
                text,
                "### Documentation\n\n- {}, in {}.\n",
                counted(docs.len(), "change"),
                counted(actions.len(), "place")
            );
        }
    }
    if text.is_empty() {
        text.push_str("No changes.\n");
    }
    text
}

fn heading(level: Level) -> &'static str {
    match level {
        Level::Breaking => "Breaking",
        Level::Dangerous => "Worth a look",
        Level::Compatible => "New, or allowed now",
        Level::Docs => "Documentation",
    }
}

/// A point an action; what is said about it follows, and what that means for a program.
fn points(changes: &[&Change], text: &mut String) {
    let mut actions: BTreeMap<&Option<String>, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        actions.entry(&change.action).or_default().push(change);
    }
    for (action, changes) in actions {
        let name = action.as_ref().map_or("The service".to_owned(), |name| format!("`{name}`"));
        let point = |change: &Change| {
            let means = if change.kind.rust.is_empty() { change.kind.wire } else { change.kind.rust };
            let space = if means.is_empty() { "" } else { " " };
            format!("{}.{space}{means}", change.message)
        };
        match changes.as_slice() {
            [one] => {
                let _ = writeln!(text, "- {name}: {}", point(one));
            }
            several => {
                let _ = writeln!(text, "- {name}:");
                for change in several {
                    let _ = writeln!(text, "  - {}", point(change));
                }
            }
        }
    }
    text.push('\n');
}

//! What several documents say about one action, as one action that forgets nothing of it.
//!
//! Nothing is stored beside the action: from a merged action every source's word can be taken apart again
//! (`apart`), so that a new version of one document replaces the old one's word and no other. The order in which
//! documents are imported does not matter. Of what disagrees, one word counts and the other stands beside it under
//! `conflicts`: of what is declared, the newest; of what stands in prose, Chinese before English, then the newest. A
//! lesser source's examples, samples and texts are the exception: who has a better one needs no second.
//!
//! Actions are handled as JSON here: most keywords are treated alike, whatever they mean.

mod conflict;
mod keyword;
mod node;
mod order;
mod overlay;
mod rival;
mod rule;
mod settle;
mod sources;
mod whole;

pub use conflict::{Conflict, conflicts};
pub use overlay::{Ground, overtaken};

use super::ImportedProduct;
use crate::diag::Diagnostic;
use crate::spec::Action;
use rayon::prelude::*;
use serde_json::{Map, Value};
use sources::Sources;

type Node = Map<String, Value>;

/// One source's word: its place in the order of the sources, and what it says.
struct Said<'a> {
    by: usize,
    node: &'a Node,
}

/// Merges what sources say about one action. Of two words of one source, the last counts.
///
/// # Errors
/// If an action does not survive being written and read.
pub fn merged(actions: impl IntoIterator<Item = Action>) -> serde_json::Result<Option<Action>> {
    let mut words: Vec<(String, Node)> = vec![];
    let mut sources = Sources::default();
    for action in actions {
        for (id, about, node) in apart(&action)? {
            sources.insert(id.clone(), about);
            words.retain(|(known, _)| *known != id);
            words.push((id, node));
        }
    }
    let said: Vec<Said<'_>> = sources
        .ids()
        .enumerate()
        .filter_map(|(by, id)| {
            Some(Said { by, node: words.iter().find(|(known, _)| known == id).map(|(_, node)| node)? })
        })
        .collect();
    if said.is_empty() {
        return Ok(None);
    }
    serde_json::from_value(Value::Object(whole::merged(&sources, &said)?)).map(Some)
}

/// Puts what an import says about a product onto what is known of it: each source's word replaces its former one. What
/// sources disagree about goes into the report; who needs no action of old gives none.
///
/// # Errors
/// If an action does not survive being written and read.
pub fn onto(known: &[Action], product: &mut ImportedProduct) -> serde_json::Result<()> {
    let all: Vec<serde_json::Result<Option<Action>>> = product
        .actions
        .par_values()
        .map(|fresh| {
            let old = known.iter().find(|old| old.action == fresh.action);
            merged(old.into_iter().chain([fresh]).cloned())
        })
        .collect();
    for (action, slot) in all.into_iter().zip(product.actions.values_mut()) {
        if let Some(action) = action? {
            *slot = action;
        }
    }
    Ok(())
}

/// An action could not be written and read again, which is no document's fault.
pub fn broken(problem: &serde_json::Error) -> Diagnostic {
    Diagnostic::placeless("merge", format!("an action could not be merged: {problem}"))
}

/// What each source says about an action, in the order of the sources.
fn apart(action: &Action) -> serde_json::Result<Vec<(String, crate::spec::SourceDocument, Node)>> {
    let Value::Object(node) = serde_json::to_value(action)? else { return Ok(vec![]) };
    let sources = Sources::of(&action.sources);
    let nodes = whole::apart(&sources, &node)?;
    Ok(sources.into_entries().zip(nodes).map(|((id, about), node)| (id, about, node)).collect())
}

//! A condition that stands by itself in a sentence: all else that the sentence says holds under it.

use super::phrases::Effect;
use super::reading::Fact;
use std::sync::Arc;

/// Puts the condition on what is said without one of its own. Two such conditions have no agreed reading: what they may
/// be about is doubtful.
pub(super) fn spread(facts: &mut [Fact]) {
    let found: Vec<Fact> = facts.iter().filter(|fact| fact.effect == Effect::Under).cloned().collect();
    let Some(first) = found.first() else {
        return;
    };
    let sure = found.len() == 1 && !first.doubtful && first.bound.condition.is_some();
    for fact in facts.iter_mut().filter(|fact| fact.bound.condition.is_none() && conditional(&fact.effect)) {
        fact.bound.condition = first.bound.condition.as_ref().map(Arc::clone);
        fact.doubtful |= !sure;
        fact.bound.mended.extend(first.bound.mended.clone());
    }
}

/// What may hold under a condition.
fn conditional(effect: &Effect) -> bool {
    !matches!(
        effect,
        Effect::Under | Effect::Meaning | Effect::Lookup | Effect::IdempotencyToken | Effect::Precondition
    )
}

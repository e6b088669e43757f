//! How what some rules refuse stands to what other rules refuse, found by trying every request that differs in the eyes
//! of their conditions.

use super::super::limits::Bounds;
use super::Family;
use super::align::Aligned;
use crate::model::{Condition, Effect, Rule, Severity};
use crate::rules::space::{Request, Space, TooMany};

/// How the new stands to the old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They refuse the same.
    Same,
    /// The old refuses nothing, the new something.
    Added,
    /// The old refuses something, the new nothing.
    Removed,
    /// The new refuses all that the old refuses, and more.
    Widened,
    /// The old refuses all that the new refuses, and more.
    Narrowed,
    /// Each refuses something that the other does not.
    Changed,
}

/// What was found, for the rules that refuse, and for those together with the ones that advise.
pub(super) struct Found {
    pub errors: Relation,
    pub advice: Relation,
    /// A request about which the two differ, in words.
    pub example: Option<String>,
}

#[derive(Default)]
struct Tally {
    more: bool,
    less: bool,
    old: bool,
    new: bool,
}

impl Tally {
    fn relation(&self) -> Relation {
        match (self.more, self.less) {
            (false, false) => Relation::Same,
            (true, false) if !self.old => Relation::Added,
            (false, true) if !self.new => Relation::Removed,
            (true, false) => Relation::Widened,
            (false, true) => Relation::Narrowed,
            (true, true) => Relation::Changed,
        }
    }
}

/// Compares rules that demand the same kind of thing of the same parameters.
pub(super) fn relate(aligned: &Aligned, family: &Family, old: &[&Rule], new: &[&Rule]) -> Result<Found, TooMany> {
    let conditions: Vec<&Condition> = old.iter().chain(new).map(|rule| &rule.when).collect();
    let more = match family {
        Family::Count(members) => members.clone(),
        _ => Vec::new(),
    };
    let (ours, theirs) = Space::pair(&aligned.old, &aligned.new, &conditions, &more)?;
    let (mut errors, mut advice, mut example) = (Tally::default(), Tally::default(), None);
    for (was, is) in ours.requests().zip(theirs.requests()) {
        // What only one side knows cannot be given on the other: the change that tells of it tells the rest.
        if aligned.lone.iter().any(|index| is.gives(*index)) {
            continue;
        }
        let before = errors.more || errors.less || advice.more || advice.less;
        for (tally, grave) in [(&mut errors, true), (&mut advice, false)] {
            let wanted = |rules: &[&Rule], request: &Request<'_>| -> Demand {
                let all = rules.iter().filter(|rule| !grave || rule.severity == Severity::Error);
                Demand::of(family, all.copied().filter(|rule| request.holds(&rule.when)), request)
            };
            let (was, is) = (wanted(old, &was), wanted(new, &is));
            let turn = Bounds::turn(&was.bounds, &is.bounds);
            tally.more |= turn.tighter || (is.refuses && !was.refuses);
            tally.less |= turn.looser || (was.refuses && !is.refuses);
            tally.old |= was.refuses;
            tally.new |= is.refuses;
        }
        let after = errors.more || errors.less || advice.more || advice.less;
        if after && !before {
            example = Some(is.in_words()).filter(|words| !words.is_empty());
        }
    }
    Ok(Found { errors: errors.relation(), advice: advice.relation(), example })
}

/// What rules that apply demand together.
#[derive(Default)]
struct Demand {
    /// They refuse this request, or demand something of it that the request's other parts do not settle.
    refuses: bool,
    /// Of a value.
    bounds: Bounds,
}

impl Demand {
    fn of<'r>(family: &Family, rules: impl Iterator<Item = &'r Rule>, request: &Request<'_>) -> Demand {
        let mut demand = Demand::default();
        for rule in rules {
            let given = |members: &[usize]| members.iter().filter(|member| request.gives(**member)).count();
            demand.refuses |= match &rule.effect {
                Effect::ExactlyOne(members) => given(members) != 1,
                Effect::AtLeastOne(members) => given(members) == 0,
                Effect::AtMostOne(members) => given(members) > 1,
                Effect::AllOrNone(members) => ![0, members.len()].contains(&given(members)),
                Effect::Constrain(limits) => {
                    for (index, limit) in limits {
                        if *family == Family::Constrain(*index) {
                            demand.bounds.meet_limit(limit);
                        }
                    }
                    true
                }
                Effect::Require(_) | Effect::Forbid(_) | Effect::Ignore(_) | Effect::Equal(..) => true,
            };
        }
        // Bounds speak for themselves.
        if matches!(family, Family::Constrain(_)) {
            demand.refuses = !demand.bounds.is_empty();
        }
        demand
    }
}

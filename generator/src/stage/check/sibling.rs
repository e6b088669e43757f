//! Parameters that come in pairs, and how the two differ.

use super::Lint;
use super::report::{Report, listed};
use crate::diag::Level;
use crate::model::{Action, Condition, Effect, Kind, Rule};
use indexmap::IndexMap;

pub(super) const SIBLING_DIFFERS: Lint = Lint {
    code: "sibling-differs",
    level: Level::Warning,
    summary: "A rule about one of two mirrored parameters covers values that the rule about the other one leaves out.",
    why: "Documents describe two ends with the same words; what only one of them says was most likely forgotten.",
    cure: "say the same of the other parameter, or allow the finding if the two really differ",
};

pub(super) const NAME_DIFFERS_FROM_SIBLING: Lint = Lint {
    code: "name-differs-from-sibling",
    level: Level::Warning,
    summary: "Two parameters spell one part of their names in different cases.",
    why: "Names travel as they are written: if one spelling is a slip of the pen, the service ignores the parameter.",
    cure: "find out which spelling the service takes, or allow the finding if it takes both",
};

/// First words of names that stand at opposite ends of one thing.
const OPPOSITES: [(&str, &str); 9] = [
    ("Source", "Destination"),
    ("Source", "Target"),
    ("Source", "Dest"),
    ("Src", "Dst"),
    ("Src", "Dest"),
    ("From", "To"),
    ("Local", "Peer"),
    ("Local", "Remote"),
    ("Primary", "Secondary"),
];

pub(super) fn check(report: &mut Report<'_>) {
    rules(report);
    names(report);
}

/// What a rule says about one parameter in the light of another one.
struct Claim<'a> {
    effect: &'static str,
    target: usize,
    compared: usize,
    /// The values are those for which the rule does not apply.
    unless: bool,
    values: &'a [String],
    rule: &'a Rule,
}

/// What is said of some parameters and not of those at the other end.
struct Difference<'a> {
    claim: &'a Claim<'a>,
    missing: Vec<&'a str>,
    counterpart: Option<&'a Rule>,
    targets: Vec<usize>,
    twins: Vec<usize>,
}

fn rules(report: &mut Report<'_>) {
    let action = report.action;
    let claims = claims(&action.rules);
    let mut differences: Vec<Difference<'_>> = Vec::new();
    for claim in &claims {
        let Some(twin) = twin(action, claim.target) else { continue };
        let compared = self::twin(action, claim.compared).unwrap_or(claim.compared);
        let key = (claim.effect, twin, compared, claim.unless);
        let counterparts = || claims.iter().filter(|other| other.key() == key);
        let told = |value: &String| counterparts().any(|other| other.values.contains(value));
        let values = claim.values.iter().filter(|value| !told(value) && knows(action, compared, value));
        let missing: Vec<&str> = values.map(String::as_str).collect();
        if missing.is_empty() {
            continue;
        }
        let counterpart = counterparts().next().map(|other| other.rule);
        let id = |rule: Option<&Rule>| rule.map(|rule| rule.id.clone());
        let same = |other: &&mut Difference<'_>| {
            other.claim.rule.id == claim.rule.id && other.missing == missing && id(other.counterpart) == id(counterpart)
        };
        if let Some(known) = differences.iter_mut().find(same) {
            known.targets.push(claim.target);
            known.twins.push(twin);
        } else {
            let (targets, twins) = (vec![claim.target], vec![twin]);
            differences.push(Difference { claim, missing, counterpart, targets, twins });
        }
    }
    differences.iter().for_each(|difference| tell(report, difference));
}

fn tell(report: &mut Report<'_>, difference: &Difference<'_>) {
    let Difference { claim, missing, counterpart, targets, twins } = difference;
    let names = |indices: &[usize]| indices.iter().map(|index| report.name(*index)).collect::<Vec<_>>();
    let (targets, twin_names) = (names(targets), names(twins));
    let rule = claim.rule.id.as_str();
    let said = format!(
        "`{rule}` {} {} {} `{}` is {}",
        claim.effect,
        listed(targets.iter().copied()),
        if claim.unless { "unless" } else { "when" },
        report.name(claim.compared),
        listed(missing.iter().copied()),
    );
    let (message, origin) = match counterpart {
        Some(other) => (format!("{said}, which `{}` leaves out", other.id), other.origin.clone()),
        None => {
            let place = twins.first().map_or(claim.rule.origin.clone(), |twin| report.place(*twin));
            (format!("{said}; no rule says so of {}", listed(twin_names.iter().copied())), place)
        }
    };
    let others = counterpart.map(|other| other.id.as_str());
    let subjects: Vec<&str> = twin_names.into_iter().chain(targets).chain([rule]).chain(others).collect();
    report.add(&SIBLING_DIFFERS, &subjects, origin, message);
}

impl Claim<'_> {
    fn key(&self) -> (&'static str, usize, usize, bool) {
        (self.effect, self.target, self.compared, self.unless)
    }
}

fn claims(rules: &[Rule]) -> Vec<Claim<'_>> {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for rule in rules {
        let (unless, compared, values) = match &rule.when {
            Condition::Is(parameter, values) => (false, *parameter, values),
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Is(parameter, values) => (true, *parameter, values),
                _ => continue,
            },
            _ => continue,
        };
        let (effect, targets) = match &rule.effect {
            Effect::Require(targets) => ("requires", targets),
            Effect::Forbid(targets) => ("forbids", targets),
            Effect::Ignore(targets) => ("ignores", targets),
            _ => continue,
        };
        claims.extend(targets.iter().map(|target| Claim { effect, target: *target, compared, unless, values, rule }));
    }
    claims
}

/// The parameter at the other end: `DestinationEndpoint.IP` for `SourceEndpoint.IP`.
fn twin(action: &Action, index: usize) -> Option<usize> {
    let name = action.parameters.get(index)?.name.as_str();
    let both_ways = OPPOSITES.iter().flat_map(|(one, other)| [(one, other), (other, one)]);
    both_ways.filter_map(|(this, that)| Some(format!("{that}{}", name.strip_prefix(this)?))).find_map(|name| {
        action.parameters.iter().position(|parameter| parameter.name.as_str().eq_ignore_ascii_case(&name))
    })
}

/// Whether a parameter may have a value, as far as its documentation goes.
fn knows(action: &Action, index: usize, value: &str) -> bool {
    action.parameters.get(index).is_some_and(|parameter| {
        let choices = &parameter.shape.values;
        choices.is_empty() && parameter.shape.kind != Kind::Boolean || choices.iter().any(|choice| choice.wire == value)
    })
}

fn names(report: &mut Report<'_>) {
    let action = report.action;
    let mut uses: IndexMap<String, Vec<(usize, &str)>> = IndexMap::new();
    for (index, parameter) in action.parameters.iter().enumerate() {
        for part in parameter.name.parts() {
            uses.entry(part.to_ascii_lowercase()).or_default().push((index, part));
        }
    }
    for uses in uses.values() {
        let count = |part: &str| uses.iter().filter(|(_, other)| *other == part).count();
        // The spelling that is used most is taken to be meant; of two used as often, the one that stands first.
        let Some((sibling, usual)) = uses.iter().rev().max_by_key(|(_, part)| count(part)) else { continue };
        for (index, part) in uses.iter().filter(|(_, part)| part != usual) {
            let (name, sibling) = (report.name(*index), report.name(*sibling));
            let message = format!("`{name}` says `{part}` where `{sibling}` says `{usual}`");
            report.add(&NAME_DIFFERS_FROM_SIBLING, &[name], report.place(*index), message);
        }
    }
}

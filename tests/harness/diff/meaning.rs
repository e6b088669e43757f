//! Rules are compared by what they mean: what is said about two rules is held against trying both on every request.

use super::{assert_mirrors, compare};
use bindery::diff::Change;
use bindery::model::{Action, Api, Condition, Effect, Rule, Severity};
use bindery::rules;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// An action with the parameters that random rules speak of: `Way` (three values), `Fast` (a flag with a default), `Size`
/// (a number), `A` and `B`.
static SEND: LazyLock<Api> = LazyLock::new(|| {
    let specs = tempfile::tempdir().unwrap();
    let action = json!({"action": "Send", "parameters": {
        "Way": {"type": "string", "values": {"car": {}, "ship": {}, "plane": {}}, "closed": true},
        "Fast": {"type": "boolean", "default": false},
        "Size": {"type": "integer", "default": 3},
        "A": {"type": "string"},
        "B": {"type": "string"},
    }});
    std::fs::create_dir(specs.path().join("actions")).unwrap();
    let product = json!({"product": "Parcels", "version": "1", "style": "rpc"});
    std::fs::write(specs.path().join("product.json"), product.to_string()).unwrap();
    std::fs::write(specs.path().join("actions/Send.json"), action.to_string()).unwrap();
    super::load(Path::new(specs.path()), &mut bindery::diag::Sources::default())
});

const WAY: usize = 0;
const FAST: usize = 1;
const SIZE: usize = 2;
const A: usize = 3;
const B: usize = 4;

fn condition() -> impl Strategy<Value = Condition> {
    let values = prop::sample::subsequence(vec!["car", "ship", "plane"], 1..3);
    let leaf = prop_oneof![
        Just(Condition::Always),
        values.prop_map(|values| Condition::Is(WAY, values.into_iter().map(str::to_owned).collect())),
        any::<bool>().prop_map(|value| Condition::Is(FAST, vec![value.to_string()])),
        (0..4_i32).prop_map(|bound| Condition::Above(SIZE, f64::from(bound))),
        (1..5_i32).prop_map(|bound| Condition::Below(SIZE, f64::from(bound))),
        prop::sample::select(vec![WAY, SIZE, B]).prop_map(|index| Condition::Present(vec![index])),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::All),
            prop::collection::vec(inner, 2..4).prop_map(Condition::Any),
        ]
    })
}

fn rule(effect: Effect) -> impl Strategy<Value = Rule> {
    condition().prop_map(move |when| Rule {
        id: "rule".to_owned(),
        when,
        effect: effect.clone(),
        severity: Severity::Error,
        authority: bindery::model::Authority::Judged,
        source: Default::default(),
        doc: Default::default(),
        origin: SEND.actions[0].origin.clone(),
    })
}

fn effect() -> impl Strategy<Value = Effect> {
    prop::sample::select(vec![
        Effect::Require(vec![A]),
        Effect::Forbid(vec![A]),
        Effect::AtLeastOne(vec![A, B]),
        Effect::ExactlyOne(vec![A, B]),
        Effect::AllOrNone(vec![A, B]),
    ])
}

/// Up to three rules with one effect each for the old and the new side.
fn two_sides() -> impl Strategy<Value = (Vec<Rule>, Vec<Rule>)> {
    effect().prop_flat_map(|effect| {
        let rules = || prop::collection::vec(rule(effect.clone()), 0..3);
        (rules(), rules())
    })
}

fn with(rules: Vec<Rule>) -> Api {
    let mut api = SEND.clone();
    api.actions[0].rules = rules;
    api
}

/// The requests that rules refuse, of all that there are: every parameter absent, or with one of some values.
fn refused(api: &Api) -> BTreeSet<String> {
    let action: &Action = &api.actions[0];
    let axes: [(&str, &[Value]); 5] = [
        ("Way", &[json!("car"), json!("ship"), json!("plane")]),
        ("Fast", &[json!(true), json!(false)]),
        ("Size", &[json!(-1), json!(0), json!(1), json!(2), json!(3), json!(4), json!(5)]),
        ("A", &[json!("x")]),
        ("B", &[json!("x")]),
    ];
    let mut requests = vec![Map::new()];
    for (name, values) in axes {
        requests = requests
            .into_iter()
            .flat_map(|request| {
                let given = values.iter().map({
                    let request = request.clone();
                    move |value| {
                        let mut request = request.clone();
                        request.insert(name.to_owned(), value.clone());
                        request
                    }
                });
                given.chain([request]).collect::<Vec<_>>()
            })
            .collect();
    }
    let language = bindery::model::Language::En;
    let broken =
        |request: &Value| rules::check(api, action, request, language).iter().any(|violation| violation.rule.is_some());
    requests.into_iter().map(Value::Object).filter(broken).map(|request| request.to_string()).collect()
}

/// What a person would say of two sets of refused requests.
fn said(old: &BTreeSet<String>, new: &BTreeSet<String>) -> &'static str {
    match (new.is_subset(old), old.is_subset(new)) {
        (true, true) => "",
        (false, true) if old.is_empty() => "added",
        (true, false) if new.is_empty() => "removed",
        (false, true) => "widened",
        (true, false) => "narrowed",
        (false, false) => "changed",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_rules_is_what_trying_them_shows((old, new) in two_sides()) {
        let (old, new) = (with(old), with(new));
        let changes = compare(&old, &new);
        let word = |change: &Change| change.kind.code.rsplit('-').next().unwrap().to_owned();
        let rules: Vec<&Change> = changes.iter().filter(|change| change.kind.code.starts_with("rule")).collect();
        let expected = said(&refused(&old), &refused(&new));
        let found = rules.first().map(|change| word(change)).unwrap_or_default();
        prop_assert!(rules.len() < 2);
        // A rule that never applies refuses nothing, and its coming and going is no change.
        prop_assert_eq!(found, expected);
        assert_mirrors(&old, &new, "rules");
    }
}

//! Agreement on the small specs of `tests/export/`, which hold every kind of rule and shape.

use bindery::tables::table;
use bindery_agreement::{Judges, agree, count, load};
use std::fs;
use std::path::Path;

#[test]
fn every_rule_and_shape() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../export");
    let mut actions = 0;
    for case in fs::read_dir(root).expect("the cases") {
        let api = load(&case.expect("a case").path().join("api-specs")).expect("a sound spec");
        for action in &api.actions {
            match agree(&Judges::new(&api, action).table(table(&api, action)), 10 * count(), 1) {
                Ok(tally) => println!("{}: {tally}", action.name),
                Err(problem) => panic!("{problem}"),
            }
            actions += 1;
        }
    }
    assert!(actions >= 5, "{actions}");
}

#[test]
fn a_judge_who_misses_one_rule_is_caught_with_a_small_request() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../export/conditions/api-specs");
    let api = load(&dir).expect("a sound spec");
    let action = api.action("MoveParcel").expect("its action");
    let mut careless = action.clone();
    careless.rules.retain(|rule| rule.id != "large-rail-needs-track");
    let judges = Judges::new(&api, action).table(table(&api, &careless));
    let problem = agree(&judges, 20_000, 1).expect_err("they disagree");
    let request = problem.split_once(":\n").and_then(|(_, rest)| rest.split_once("\nthe runtime says"));
    let (request, _) = request.expect("the runtime is to blame");
    let request: serde_json::Map<String, serde_json::Value> = serde_json::from_str(request).expect("a request");
    let mut names: Vec<&str> = request.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["Carrier", "Volume"], "{problem}");
}

//! Agreement on the small specs of `tests/export/`, which hold every kind of rule and shape.

#[path = "../../harness/bridge.rs"]
mod bridge;

use bindery_agreement::{Judges, agree, count, load};
use bridge::table;
use std::fs;
use std::path::Path;

#[test]
fn every_rule_and_shape() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../export");
    let mut actions = 0;
    for case in fs::read_dir(root).expect("the cases") {
        let api = load(&case.expect("a case").path().join("api-specs")).expect("a sound spec");
        for action in &api.actions {
            match agree(&Judges::new(&api, action).table(table(&api, action)), count() / 10, 1) {
                Ok(tally) => println!("{}: {tally}", action.name),
                Err(problem) => panic!("{problem}"),
            }
            actions += 1;
        }
    }
    assert!(actions >= 5, "{actions}");
}

//! Agreement on every action of `api-specs/dts/`, with the generated crate as the fourth judge.

use alibabacloud_dts as dts;
use bindery::model::Api;
use bindery_agreement::{Judges, agree, count, load};
use bindery_runtime::Request;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/requests.rs"));

static API: LazyLock<Api> = LazyLock::new(|| {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-specs/dts/2020-01-01");
    load(&dir).unwrap_or_else(|problems| panic!("{problems}"))
});

fn agrees<R: Request + DeserializeOwned>() {
    let action = API.action(R::TABLE.action).expect("the crate's actions are the spec's");
    match agree(&Judges::new(&API, action).generated::<R>(), count(), 20_200_101) {
        Ok(tally) => {
            println!("{}: {tally}", action.name);
            let tried = tally.valid + tally.invalid;
            assert!(tally.typed * 10 > tried, "of {tried} requests the type holds only {}", tally.typed);
        }
        Err(problem) => panic!("{problem}"),
    }
}

macro_rules! tests {
    ($($request:ident)*) => {
        $(
            #[allow(non_snake_case)]
            mod $request {
                #[test]
                fn agrees() {
                    super::agrees::<super::dts::$request>();
                }
            }
        )*

        /// What the crate's requests are requests of.
        const ACTIONS: &[&str] = &[$(<dts::$request as Request>::TABLE.action),*];
    };
}
for_each_request!(tests);

#[test]
fn every_action_is_tried_and_often() {
    let tried: BTreeSet<&str> = ACTIONS.iter().copied().collect();
    let all: BTreeSet<&str> = API.actions.iter().map(|action| action.name.as_str()).collect();
    assert_eq!(tried, all);
    assert!(tried.len() * count() >= 100_000, "{} times {}", tried.len(), count());
}

//! Agreement on five actions of `api-specs/dts/`, with the generated crate as the fourth judge.

use alibabacloud_dts as dts;
use bindery_agreement::{Judges, agree, count, load};
use bindery_runtime::Request;
use serde::de::DeserializeOwned;
use std::path::Path;

fn agrees<R: Request + DeserializeOwned>() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-specs/dts/2020-01-01");
    let api = load(&dir).unwrap_or_else(|problems| panic!("{problems}"));
    let action = api.action(R::TABLE.action).expect("the crate's actions are the spec's");
    match agree(&Judges::new(&api, action).generated::<R>(), count(), 20_200_101) {
        Ok(tally) => {
            println!("{}: {tally}", action.name);
            assert!(tally.typed * 10 > count(), "of {} requests the type holds only {}", count(), tally.typed);
        }
        Err(problem) => panic!("{problem}"),
    }
}

#[test]
fn configure_synchronization_job() {
    agrees::<dts::ConfigureSynchronizationJob>();
}

#[test]
fn create_synchronization_job() {
    agrees::<dts::CreateSynchronizationJob>();
}

#[test]
fn describe_synchronization_job_status() {
    agrees::<dts::DescribeSynchronizationJobStatus>();
}

#[test]
fn describe_synchronization_jobs() {
    agrees::<dts::DescribeSynchronizationJobs>();
}

#[test]
fn start_synchronization_job() {
    agrees::<dts::StartSynchronizationJob>();
}

#[test]
fn these_are_actions_of_the_spec() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-specs/dts/2020-01-01");
    let api = load(&dir).unwrap_or_else(|problems| panic!("{problems}"));
    let names: Vec<&str> = api.actions.iter().map(|action| action.name.as_str()).collect();
    let tried = [
        dts::ConfigureSynchronizationJob::TABLE.action,
        dts::CreateSynchronizationJob::TABLE.action,
        dts::DescribeSynchronizationJobStatus::TABLE.action,
        dts::DescribeSynchronizationJobs::TABLE.action,
        dts::StartSynchronizationJob::TABLE.action,
    ];
    assert!(tried.iter().all(|action| names.contains(action)), "{tried:?}");
}

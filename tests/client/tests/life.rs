//! The life of a synchronization job, async and blocking, over real sockets: what is asked, in which order, and what comes
//! of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use alibabacloud_dts::configure_synchronization_job::{
    ConfigureSynchronizationJob, DestinationEndpoint, SourceEndpoint, SynchronizationObject, SynchronizationObjects,
};
use alibabacloud_dts::{
    Client, CreateSynchronizationJob, DescribeSynchronizationJobStatus, DescribeSynchronizationJobs, Error,
    StartSynchronizationJob,
};
use bindery::mock::Mock;
use bindery_client_tests::{blocking_client, client, play, set_up};
use bindery_runtime::prepare::Format;
use bindery_runtime::sign::Algorithm;

fn purchase() -> CreateSynchronizationJob {
    CreateSynchronizationJob::new("cn-hangzhou", "cn-hangzhou", "small", "Postpaid")
}

fn configuration(job: &str) -> ConfigureSynchronizationJob {
    let objects = SynchronizationObjects::new([SynchronizationObject::new().db_name("shop")]);
    ConfigureSynchronizationJob::new(job, objects, true, true)
        .source_endpoint(SourceEndpoint::ecs("172.16.88.10", "3306", "reader", "hunter2-hunter2"))
        .destination_endpoint(DestinationEndpoint::rds("rm-bp1r46452ai50"))
}

/// The actions that came, a run of the same one once.
fn actions(mock: &Mock) -> Vec<String> {
    let mut actions: Vec<String> = mock.requests().into_iter().map(|request| request.action).collect();
    actions.dedup();
    actions
}

#[tokio::test]
async fn a_job_that_goes_well() {
    let mock = play("happy");
    let client = client(&mock);
    let bought = client.create_synchronization_job(&purchase()).await.unwrap();
    let job = bought.synchronization_job_id.unwrap();
    client.configure_synchronization_job(&configuration(&job)).await.unwrap();
    let status = DescribeSynchronizationJobStatus::new(&job);
    client.wait_until_synchronization_job_prechecked(&status).await.unwrap();
    let running = client.wait_until_synchronization_job_synchronizing(&status).await.unwrap();
    assert_eq!(running.status.unwrap().as_str(), "Synchronizing");
    assert_eq!(
        actions(&mock),
        ["CreateSynchronizationJob", "ConfigureSynchronizationJob", "DescribeSynchronizationJobStatus"]
    );
    let requests = mock.requests();
    // What spends money has a token of the client's making; what was written nowhere is not shown anywhere.
    assert_eq!(requests[0].parameter("ClientToken").unwrap().len(), 32);
    assert!(!format!("{requests:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_precheck_that_fails_says_what_to_mend() {
    let mock = play("failed-precheck");
    let client = client(&mock);
    let job = client.create_synchronization_job(&purchase()).await.unwrap().synchronization_job_id.unwrap();
    client.configure_synchronization_job(&configuration(&job)).await.unwrap();
    let status = DescribeSynchronizationJobStatus::new(&job);
    let error = client.wait_until_synchronization_job_synchronizing(&status).await.unwrap_err();
    let Error::WaitFailed(failure) = &error else { panic!("{error}") };
    assert_eq!(failure.state, "PrecheckFailed");
    let items: Vec<&str> = failure.reasons.iter().map(|reason| reason[0].1.as_str()).collect();
    assert_eq!(items, ["CHECK_CONN_SRC", "CHECK_BINLOG_ROW_IMAGE"]);
    assert!(failure.reasons.iter().all(|reason| reason.len() == 3), "{failure:?}");
    let said = error.to_string();
    assert!(said.contains("CHECK_BINLOG_ROW_IMAGE") && said.contains("binlog_row_image to FULL"), "{said}");
    client.start_synchronization_job(&StartSynchronizationJob::new(&job)).await.unwrap();
    client.wait_until_synchronization_job_synchronizing(&status).await.unwrap();
}

#[test]
fn the_same_without_async() {
    let mock = play("failed-precheck");
    let client = blocking_client(&mock);
    let job = client.create_synchronization_job(&purchase()).unwrap().synchronization_job_id.unwrap();
    client.configure_synchronization_job(&configuration(&job)).unwrap();
    let status = DescribeSynchronizationJobStatus::new(&job);
    let error = client.wait_until_synchronization_job_prechecked(&status).unwrap_err();
    assert!(matches!(error, Error::WaitFailed(_)), "{error}");
    client.start_synchronization_job(&StartSynchronizationJob::new(&job)).unwrap();
    let running = client.wait_until_synchronization_job_synchronizing(&status).unwrap();
    assert_eq!(running.status.unwrap().as_str(), "Synchronizing");
}

#[tokio::test]
async fn every_instance_of_every_page_comes_once() {
    let mock = play("many");
    let request = DescribeSynchronizationJobs::new().page_size(30);
    let all = client(&mock).describe_synchronization_jobs_items(&request).collect().await.unwrap();
    let mut ids: Vec<_> = all.into_iter().filter_map(|instance| instance.synchronization_job_id).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert!(count > 30 && ids.len() == count, "{count} instances, {} of them different", ids.len());
    let blocking: Result<Vec<_>, _> =
        std::thread::spawn(move || blocking_client(&mock).describe_synchronization_jobs_items(&request).collect())
            .join()
            .unwrap();
    assert_eq!(blocking.unwrap().len(), count);
}

#[tokio::test]
async fn an_answer_in_xml_says_the_same() {
    let mock = play("happy");
    let request = DescribeSynchronizationJobs::new();
    let json = client(&mock).describe_synchronization_jobs(&request).await.unwrap();
    for algorithm in [Algorithm::Acs3HmacSha256, Algorithm::Acs3HmacSm3, Algorithm::Rpc1HmacSha1] {
        let other = set_up(Client::builder(), &mock).format(Format::Xml).algorithm(algorithm).build().unwrap();
        let answer = other.describe_synchronization_jobs(&request).await.unwrap();
        assert_eq!(answer.synchronization_instances, json.synchronization_instances, "{algorithm:?}");
        assert!(answer.synchronization_instances.iter().all(|instance| instance.others.is_empty()));
    }
}

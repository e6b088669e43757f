//! The life of a synchronization job: buy an instance, configure the job, follow it until it replicates; if its precheck
//! fails, show what to mend and start it again.
//!
//! The environment says who calls and where: credentials as for every tool of the vendor's, the region in
//! `ALIBABA_CLOUD_REGION_ID`. `bindery mock -- COMMAND` runs a command with an environment that leads to a service on this
//! machine; nothing else differs.

use alibabacloud_dts::configure_synchronization_job::{
    ConfigureSynchronizationJob, DestinationEndpoint, SourceEndpoint, SynchronizationObject, SynchronizationObjects,
    TableInclude,
};
use alibabacloud_dts::create_synchronization_job::{PayType, SynchronizationJobClass, Topology};
use alibabacloud_dts::{
    Client, CreateSynchronizationJob, DescribeSynchronizationJobStatus, Error, Request, StartSynchronizationJob,
};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    // Costs money, so it carries a token that makes it safe to repeat: the client makes one if the request has none.
    let purchase =
        CreateSynchronizationJob::new("cn-hangzhou", "cn-hangzhou", SynchronizationJobClass::Small, PayType::Postpaid)
            .topology(Topology::Oneway)
            .region_id("cn-hangzhou");
    let bought = client.create_synchronization_job(&purchase).await?;
    let job = bought.synchronization_job_id.ok_or("the service does not say what was bought: look before you buy again")?;
    println!("bought         {job}");

    let objects = SynchronizationObjects::new([SynchronizationObject::new()
        .db_name("shop")
        .table_includes(["customer", "order"].map(TableInclude::new))]);
    let request = ConfigureSynchronizationJob::new(&job, objects, true, true)
        .source_endpoint(SourceEndpoint::ecs("172.16.88.10", "3306", "reader", password()))
        .destination_endpoint(DestinationEndpoint::rds("rm-bp1r46452ai50****"));
    if let Err(violations) = request.validate() {
        println!("the request could be better:\n{violations}");
    }
    // A job that is configured starts by itself, with a precheck.
    client.configure_synchronization_job(&request).await?;
    println!("configured     {job}");

    let status = DescribeSynchronizationJobStatus::new(&job);
    if let Err(error) = client.wait_until_synchronization_job_prechecked(&status).await {
        let Error::WaitFailed(failure) = error else { return Err(error.into()) };
        println!("the precheck failed:");
        for reason in &failure.reasons {
            reason.iter().for_each(|(name, text)| println!("  {name}: {text}"));
        }
        println!("mended, and started again");
        client.start_synchronization_job(&StartSynchronizationJob::new(&job)).await?;
    }
    let running = client.wait_until_synchronization_job_synchronizing(&status).await?;
    let state = running.status.map(|state| state.to_string()).unwrap_or_default();
    println!("{state:<14} {job}, {} s behind", running.delay.unwrap_or_default());
    Ok(())
}

/// Of the source database. It never shows: not in debugging output, not in an error, not in a log.
fn password() -> String {
    std::env::var("SOURCE_PASSWORD").unwrap_or_else(|_| "secret".to_owned())
}

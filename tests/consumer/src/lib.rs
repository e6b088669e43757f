//! A user of the build script API: what it makes is used as any module is.

include!(concat!(env!("OUT_DIR"), "/dts.rs"));

use dts::configure_synchronization_job::{
    ConfigureSynchronizationJob, DestinationEndpoint, SourceEndpoint, SynchronizationObject, SynchronizationObjects,
    TableInclude,
};

/// Copies one table from a database on a virtual machine to a managed one.
pub fn copy_customers(password: &str) -> ConfigureSynchronizationJob {
    let objects = SynchronizationObjects::new([SynchronizationObject::new()
        .db_name("shop")
        .table_includes([TableInclude::new("customer")])]);
    ConfigureSynchronizationJob::new("dtsz4ao1dor13d", objects, true, true)
        .region_id("cn-hangzhou")
        .source_endpoint(SourceEndpoint::ecs("172.16.88.10", "3306", "reader", password))
        .destination_endpoint(DestinationEndpoint::rds("rm-bp1r46452ai50"))
}

//! The requests that are measured, a large one and a small one.

use alibabacloud_dts::DescribeSynchronizationJobStatus;
use alibabacloud_dts::configure_synchronization_job::*;

/// All that makes sense for a database on a virtual machine and a managed destination: 24 of the action's 31 parameters.
pub fn full() -> ConfigureSynchronizationJob {
    let customers =
        TableInclude::new("customer").column_includes([ColumnInclude::new("id"), ColumnInclude::new("name")]);
    let objects = SynchronizationObjects::new([SynchronizationObject::new()
        .db_name("shop")
        .new_db_name("shop_copy")
        .table_includes([customers, TableInclude::new("order").new_table_name("purchase")])
        .table_excludes([TableExclude::new("log")])]);
    ConfigureSynchronizationJob::new("dtsz4ao1dor13d", objects, true, true)
        .region_id("cn-hangzhou")
        .synchronization_job_name("shop to the warehouse")
        .synchronization_direction(SynchronizationDirection::Forward)
        .source_endpoint(
            SourceEndpoint::ecs("172.16.88.10", "3306", "reader", "s3cret")
                .instance_id("i-bp1i99e8l7913")
                .owner_id("140692647406")
                .role("ram-for-dts")
                .database_name("shop"),
        )
        .destination_endpoint(
            DestinationEndpoint::rds("rm-bp1r46452ai50").user_name("writer").password("s3cret").data_base_name("shop"),
        )
        .migration_reserved(MigrationReserved::new().auto_start_modules_after_config("none").target_table_mode(2))
        .checkpoint("1610540493")
        .resource_group_id("rg-acfmxyz")
}

/// The request that is sent most often: it asks for a job's state.
pub fn status() -> DescribeSynchronizationJobStatus {
    DescribeSynchronizationJobStatus::new("dtsz4ao1dor13d").region_id("cn-hangzhou")
}

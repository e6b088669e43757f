use bindery_consumer::dts::configure_synchronization_job::*;

fn main() {
    let objects = SynchronizationObjects::new([SynchronizationObject::new().db_name("shop")]);
    let _ = ConfigureSynchronizationJob::new("dtsz4ao1dor13d", objects, true, true)
        .source_endpoint(SourceEndpoint::ecs("172.16.88.10", "3306", "reader", "s3cret"));
}

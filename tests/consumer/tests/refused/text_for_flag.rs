use bindery_consumer::dts::configure_synchronization_job::*;

fn main() {
    let objects = SynchronizationObjects::new([SynchronizationObject::new().db_name("shop")]);
    let _ = ConfigureSynchronizationJob::new("dtsz4ao1dor13d", objects, true, "true");
}

use bindery_consumer::dts::configure_synchronization_job::*;

fn main() {
    let _ = SourceEndpoint::vpc("172.16.88.10", "3306", "reader", "s3cret");
}

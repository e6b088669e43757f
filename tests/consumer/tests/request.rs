//! What was generated when this crate was built does what the rules say.

use bindery_consumer::copy_customers;
use bindery_consumer::dts::configure_synchronization_job::SourceEndpoint;
use bindery_runtime::{Code, Request};

#[test]
fn a_good_request_is_valid_and_travels() {
    let request = copy_customers("s3cret");
    assert_eq!(request.check().to_string(), "");
    let wire = request.to_wire();
    let sent: Vec<(&str, &str)> = wire.query.iter().map(|field| (&*field.name, &*field.value)).collect();
    let expected = [
        ("RegionId", "cn-hangzhou"),
        ("SynchronizationJobId", "dtsz4ao1dor13d"),
        ("SourceEndpoint.InstanceType", "ECS"),
        ("SourceEndpoint.IP", "172.16.88.10"),
        ("SourceEndpoint.Port", "3306"),
        ("SourceEndpoint.UserName", "reader"),
        ("SourceEndpoint.Password", "s3cret"),
        ("DestinationEndpoint.InstanceId", "rm-bp1r46452ai50"),
        ("DestinationEndpoint.InstanceType", "RDS"),
        ("StructureInitialization", "true"),
        ("DataInitialization", "true"),
    ];
    assert_eq!(sent, expected);
    let form: Vec<(&str, &str)> = wire.form.iter().map(|field| (&*field.name, &*field.value)).collect();
    let objects = r#"[{"DBName":"shop","TableIncludes":[{"TableName":"customer"}]}]"#;
    assert_eq!(form, [("SynchronizationObjects", objects)]);
    assert!(wire.headers.is_empty() && wire.path.is_empty() && wire.host.is_empty() && wire.body.is_empty());
}

#[test]
fn every_slip_is_reported_at_once() {
    let endpoint = SourceEndpoint::new().instance_type("ECS").ip("172.16.88.10").owner_id("140692647406");
    let violations = copy_customers("s3cret").source_endpoint(endpoint).validate().unwrap_err();
    let found: Vec<(Code, &str)> = violations.iter().map(|it| (it.code, it.path.as_str())).collect();
    let missing = ["Role", "Password", "Port", "UserName"].map(|field| format!("SourceEndpoint.{field}"));
    let expected: Vec<(Code, &str)> = missing.iter().map(|path| (Code::RequiredWhen, path.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn nothing_that_is_printed_shows_a_secret() {
    let request = copy_customers("s3cret");
    for printed in [format!("{request:?}"), format!("{request:#?}"), format!("{:?}", request.to_wire())] {
        assert!(printed.contains("reader") && !printed.contains("s3cret"), "{printed}");
    }
    let wrong = copy_customers("s3cret").source_endpoint(SourceEndpoint::new().password("s3cret"));
    let violations = wrong.check();
    assert!(!format!("{violations}{violations:?}").contains("s3cret"));
}

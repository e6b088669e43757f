//! What a call costs before it travels, all in all: from the typed request to one that is signed and ready for a socket.

use alibabacloud_dts::configure_synchronization_job::ConfigureSynchronizationJob;
use bindery_runtime::credentials::Credentials;
use bindery_runtime::endpoint::Endpoint;
use bindery_runtime::prepare::{Format, Manner, Outgoing};
use bindery_runtime::sign::{Algorithm, Stamp};
use bindery_runtime::surroundings::{Machine, Surroundings};
use bindery_runtime::{Call, Request};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn client(criterion: &mut Criterion) {
    let request = bindery_bench::full();
    let manner = |algorithm| Manner {
        endpoint: Endpoint::parse("dts.aliyuncs.com").unwrap(),
        user_agent: "bindery-runtime/0.1.0 (linux; x86_64) rust".to_owned(),
        algorithm,
        format: Format::Json,
        secrets_in_form: false,
    };
    let credentials = Credentials::new("LTAI5tEXAMPLEEXAMPLEEXAM", "exampleExampleExampleExample12");
    let stamp = Stamp::fresh(Machine.now()).unwrap();
    let operation = ConfigureSynchronizationJob::OPERATION;

    let mut group = criterion.benchmark_group("client");
    for (name, algorithm) in [("ACS3", Algorithm::Acs3HmacSha256), ("RPC 1.0", Algorithm::Rpc1HmacSha1)] {
        let manner = manner(algorithm);
        group.bench_function(format!("wire form, prepare and sign by {name}"), |bencher| {
            bencher.iter(|| {
                let outgoing = Outgoing::new(operation, black_box(&request).to_wire(), &manner).unwrap();
                outgoing.sign_http(&credentials, &stamp).unwrap()
            });
        });
        let outgoing = Outgoing::new(operation, request.to_wire(), &manner).unwrap();
        group.bench_function(format!("sign again by {name}"), |bencher| {
            bencher.iter(|| black_box(&outgoing).sign_http(&credentials, &stamp).unwrap());
        });
    }
    let acs3 = manner(Algorithm::default());
    group.bench_function("wire form and prepare", |bencher| {
        bencher.iter(|| Outgoing::new(operation, black_box(&request).to_wire(), &acs3).unwrap());
    });
    group.bench_function("nonce and date", |bencher| bencher.iter(|| Stamp::fresh(Machine.now()).unwrap()));
    group.finish();
}

criterion_group!(benches, client);
criterion_main!(benches);

//! What a call costs before it travels: the checks, the wire form, and the same checks on JSON.

use alibabacloud_dts::configure_synchronization_job::ConfigureSynchronizationJob;
use alibabacloud_dts::{Json, Request};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn request(criterion: &mut Criterion) {
    let request = bindery_bench::full();
    assert_eq!(request.check().to_string(), "", "what is measured is the way of a good request");
    let json = json(&request);
    let table = ConfigureSynchronizationJob::TABLE;
    assert!(table.check_json(&json).is_empty());

    let mut group = criterion.benchmark_group("request");
    group.bench_function("validate", |bencher| bencher.iter(|| black_box(&request).validate()));
    group.bench_function("to_wire", |bencher| bencher.iter(|| black_box(&request).to_wire()));
    group.bench_function("validate and to_wire", |bencher| {
        bencher.iter(|| (black_box(&request).validate(), black_box(&request).to_wire()));
    });
    group.bench_function("check_json", |bencher| bencher.iter(|| table.check_json(black_box(&json))));
    let validator = validator();
    assert!(validator.is_valid(&json));
    group.bench_function("check_json, by the crate jsonschema", |bencher| {
        bencher.iter(|| validator.iter_errors(black_box(&json)).count());
    });
    group.finish();
}

/// The request as it is given as JSON, flat.
fn json(request: &ConfigureSynchronizationJob) -> Json {
    let mut members = serde_json::Map::new();
    request.values(&mut |index, value| {
        let mut text = String::new();
        value.write_json(&mut text);
        let name = ConfigureSynchronizationJob::TABLE.parameters[usize::from(index)].name;
        members.insert(name.to_owned(), serde_json::from_str(&text).unwrap());
    });
    Json::Object(members)
}

/// The exported JSON Schema in a validator of others, for comparison.
fn validator() -> jsonschema::Validator {
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../api-specs/dts/2020-01-01");
    let api = bindery::pipeline::load(specs.as_ref()).api.unwrap();
    let action = api.action(ConfigureSynchronizationJob::TABLE.action).unwrap();
    jsonschema::draft202012::new(&bindery::export::json_schema(&api, action, bindery::model::Language::En)).unwrap()
}

criterion_group!(benches, request);
criterion_main!(benches);

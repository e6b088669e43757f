//! What `bindery import` costs without the disk: from the text of a product's document to its actions.

use bindery::import::{Input, Kind, Options, import};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fs;
use std::path::Path;

fn imports(criterion: &mut Criterion) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/dts-api-docs-2024-06.json");
    let Ok(text) = fs::read_to_string(file) else {
        println!("skipped: no ../shared");
        return;
    };
    let inputs = [Input { file: "api-docs.json".into(), text: text.into() }];
    let run = |options: &Options| import(Kind::OpenapiMeta, &inputs, options);
    let actions: usize = run(&Options::default()).products.iter().map(|product| product.actions.len()).sum();

    let mut group = criterion.benchmark_group("import");
    group.sample_size(10).throughput(Throughput::Elements(actions as u64));
    let declared = Options { declared: true, ..Options::default() };
    group.bench_function("one product", |bencher| bencher.iter(|| run(&Options::default())));
    group.bench_function("one product, without its prose", |bencher| bencher.iter(|| run(&declared)));
    group.finish();
}

criterion_group!(benches, imports);
criterion_main!(benches);

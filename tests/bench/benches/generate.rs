//! What `bindery generate` costs without the disk's share in writing: from specs to the text of every file.

use bindery::diag::{Diagnostics, Sources};
use bindery::pipeline;
use bindery::project::Project;
use criterion::{Criterion, criterion_group, criterion_main};
use std::path::Path;

fn generate(criterion: &mut Criterion) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bindery.toml");
    let project = Project::load(&file, &mut sources, &mut diagnostics).unwrap();
    let specs = project.packages[0].specs.clone();

    let mut group = criterion.benchmark_group("generate");
    group.sample_size(10);
    group.bench_function("read, amend and resolve", |bencher| bencher.iter(|| pipeline::load(&specs).api.unwrap()));
    group.bench_function("all targets", |bencher| {
        bencher.iter(|| pipeline::generate(&project, &mut Sources::default(), &mut Diagnostics::new()).unwrap());
    });
    group.finish();
}

criterion_group!(benches, generate);
criterion_main!(benches);

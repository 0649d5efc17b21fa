//! How fast is stance read? Sentiment, stance toward one target and toward all; sentences a second.

#![allow(missing_docs)] // criterion's macros make public functions.

mod support;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use undertone::{StanceScorer, sentences};

fn stance(c: &mut Criterion) {
    let texts = support::articles(2);
    let scorer = StanceScorer::news();
    let count: usize = texts.iter().map(|text| sentences(text).count()).sum();
    let mut group = c.benchmark_group("stance");
    group.throughput(Throughput::Elements(count as u64));
    group.bench_function("sentiment", |b| {
        b.iter(|| {
            let found: usize =
                texts.iter().map(|text| scorer.sentiment(text).evidence().len()).sum();
            assert!(found > 100);
            found
        });
    });
    group.bench_function("toward one", |b| {
        b.iter(|| texts.iter().map(|text| scorer.stance(text, "Iran").score()).sum::<f64>());
    });
    group.bench_function("toward all", |b| {
        b.iter(|| texts.iter().map(|text| scorer.stances(text).len()).sum::<usize>());
    });
    group.finish();
    c.bench_function("stance/build the scorer", |b| b.iter(StanceScorer::news));
}

criterion_group!(benches, stance);
criterion_main!(benches);

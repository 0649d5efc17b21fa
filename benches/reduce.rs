//! How fast are weights and directions? TF-IDF and truncated SVD; weights (non-zeros) a second.

#![allow(missing_docs)] // criterion's macros make public functions.

mod support;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use undertone::{Analyzer, CountMatrix, CountParams, Lsa, TfIdf};

fn reduce(c: &mut Criterion) {
    let texts = support::articles(10);
    let counts = CountMatrix::from_docs(&Analyzer::english(), &texts, CountParams::default())
        .expect("the corpus has terms");
    let tfidf = TfIdf::params().fit(&counts).expect("the corpus has terms");
    let weights = tfidf.transform(&counts).expect("the columns are the fitted ones");
    let entries = counts.n_entries();
    let mut group = c.benchmark_group("reduce");
    group.throughput(Throughput::Elements(entries as u64));
    group.bench_function("tfidf/fit and transform", |b| {
        b.iter(|| TfIdf::params().fit(&counts).and_then(|tfidf| tfidf.transform(&counts)));
    });
    group.sample_size(10);
    group.bench_function("lsa/50 dimensions", |b| {
        b.iter(|| {
            let lsa = Lsa::params(50).seed(1).fit(&weights).expect("the rows are not empty");
            assert_eq!(lsa.n_dims(), 50);
            lsa
        });
    });
    group.finish();
}

criterion_group!(benches, reduce);
criterion_main!(benches);

//! How fast are topics found? Fitting a model and assigning later articles; articles a second.

#![allow(missing_docs)] // criterion's macros make public functions.

mod support;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use undertone::{Analyzer, CountMatrix, CountParams, DocFreq, TfIdf, TopicModel};

fn cluster(c: &mut Criterion) {
    let texts = support::articles(10);
    let params = CountParams::default().min_doc_freq(DocFreq::Docs(2));
    let counts =
        CountMatrix::from_docs(&Analyzer::english(), &texts, params).expect("the corpus has terms");
    let tfidf = TfIdf::params().fit(&counts).expect("the corpus has terms");
    let weights = tfidf.transform(&counts).expect("the columns are the fitted ones");
    let model = TopicModel::params(8).seed(1).fit(&weights).expect("there are enough articles");
    let mut group = c.benchmark_group("cluster");
    group.throughput(Throughput::Elements(texts.len() as u64));
    group.sample_size(10);
    group.bench_function("fit 8 topics", |b| {
        b.iter(|| {
            let model = TopicModel::params(8).seed(1).fit(&weights).expect("there are enough");
            assert_eq!(model.n_topics(), 8);
            model
        });
    });
    group.bench_function("assign", |b| {
        b.iter(|| model.assign(&weights).expect("the columns are the fitted ones").len());
    });
    group.finish();
}

criterion_group!(benches, cluster);
criterion_main!(benches);

//! How fast are the nearest articles found, and matrices written and read? Searches a second, every
//! article of the corpus, ten neighbours each; weights a second.
//!
//! `UNDERTONE_ARTICLES=articles.jsonl` takes the articles from a file, `RAYON_NUM_THREADS=1` keeps to one
//! thread.

#![allow(missing_docs)] // criterion's macros make public functions.

mod support;

use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use undertone::{
    Analyzer, CountMatrix, CountParams, Similarity, SimilarityIndex, TfIdf, TfIdfMatrix,
    TfIdfParams,
};

fn similarity(c: &mut Criterion) {
    let texts = support::own_articles();
    let counts = CountMatrix::from_docs(&Analyzer::english(), &texts, CountParams::default())
        .expect("the corpus has terms");
    let weigh = |params: TfIdfParams| {
        let tfidf = params.fit(&counts).expect("the corpus has terms");
        tfidf.transform(&counts).expect("the columns are the fitted ones")
    };
    let mut group = c.benchmark_group("similarity");
    group.sample_size(20);
    for (name, params) in [("default", TfIdf::params()), ("textbook", TfIdfParams::textbook())] {
        let weights = weigh(params);
        group.throughput(Throughput::Elements(weights.n_entries() as u64));
        group.bench_function(format!("{name}/index"), |b| {
            b.iter(|| SimilarityIndex::new(&weights, Similarity::Cosine));
        });
        let index = SimilarityIndex::new(&weights, Similarity::Cosine);
        group.throughput(Throughput::Elements(index.n_docs() as u64));
        group.bench_function(format!("{name}/all, 10 each"), |b| b.iter(|| index.neighbors(10)));
        group.throughput(Throughput::Elements(1));
        group.bench_function(format!("{name}/one"), |b| b.iter(|| index.nearest_to(0, 10)));
    }
    group.finish();
}

fn matrix_market(c: &mut Criterion) {
    let texts = support::own_articles();
    let counts = CountMatrix::from_docs(&Analyzer::english(), &texts, CountParams::default())
        .expect("the corpus has terms");
    let tfidf = TfIdfParams::textbook().fit(&counts).expect("the corpus has terms");
    let weights = tfidf.transform(&counts).expect("the columns are the fitted ones");
    let (mut counted, mut weighed) = (Vec::new(), Vec::new());
    counts.write_matrix_market(&mut counted).expect("memory does not fail");
    weights.write_matrix_market(&mut weighed).expect("memory does not fail");
    let mut group = c.benchmark_group("matrix_market");
    group.sample_size(20);
    group.throughput(Throughput::Elements(counts.n_entries() as u64));
    group.bench_function("counts/write", |b| {
        let mut out = Vec::with_capacity(counted.len());
        b.iter(|| {
            out.clear();
            counts.write_matrix_market(&mut out)
        });
    });
    group.bench_function("counts/read", |b| {
        let vocabulary = counts.vocabulary();
        b.iter(|| CountMatrix::read_matrix_market(Arc::clone(vocabulary), &counted[..]));
    });
    group.bench_function("weights/write", |b| {
        let mut out = Vec::with_capacity(weighed.len());
        b.iter(|| {
            out.clear();
            weights.write_matrix_market(&mut out)
        });
    });
    group.bench_function("weights/read", |b| {
        b.iter(|| TfIdfMatrix::read_matrix_market(counts.clone(), &weighed[..]));
    });
    group.finish();
}

criterion_group!(benches, similarity, matrix_market);
criterion_main!(benches);

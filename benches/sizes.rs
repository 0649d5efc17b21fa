//! Does a byte cost the same in a short text and in a long one? 1 KB to 100 MB, bytes a second.

#![allow(missing_docs)] // criterion's macros make public functions.

mod support;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use undertone::{Analyze, Analyzer, Article, CountBuilder, CountParams, Tokens, sentences};

fn sizes(c: &mut Criterion) {
    let corpus = support::articles(1).join("\n");
    let english = Analyzer::english();
    let mut group = c.benchmark_group("sizes");
    group.sample_size(10);
    for exponent in 3..=8 {
        let size = 10_usize.pow(exponent);
        let text = support::text_of(&corpus, size);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("tokens", size), &text, |b, text| {
            let mut tokens = Tokens::default();
            b.iter(|| {
                tokens.clear();
                english.tokens_into(text, &mut tokens);
                tokens.len()
            });
        });
        group.bench_with_input(BenchmarkId::new("sentences", size), &text, |b, text| {
            b.iter(|| sentences(text).count());
        });
        group.bench_with_input(BenchmarkId::new("counts", size), &text, |b, text| {
            // One builder for all: its words are known, as they soon are in a corpus.
            let mut builder = CountBuilder::new(&english, CountParams::default());
            b.iter(|| builder.push(text));
        });
        group.bench_with_input(BenchmarkId::new("pages", size), &text, |b, text| {
            b.iter(|| Article::parse(text.as_str()));
        });
    }
    group.finish();
}

criterion_group!(benches, sizes);
criterion_main!(benches);

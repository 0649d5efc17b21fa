//! How fast is text read? Tokens against UAX #29 words, sentences, pages; bytes a second.

#![allow(missing_docs)] // criterion's macros make public functions.

mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use undertone::{Analyze, Analyzer, Article, Segmentation, Tokens};
use unicode_segmentation::UnicodeSegmentation;

fn text(c: &mut Criterion) {
    let texts = support::articles(20);
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(support::bytes(&texts)));
    for (name, segmentation) in
        [("tokens/news", Segmentation::News), ("tokens/uax29", Segmentation::Uax29)]
    {
        let analyzer = Analyzer::builder().segmentation(segmentation).build();
        let mut tokens = Tokens::default();
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut found = 0;
                for text in &texts {
                    tokens.clear();
                    analyzer.tokens_into(text, &mut tokens);
                    found += tokens.len();
                }
                assert!(found > 100_000);
                found
            });
        });
    }
    group.bench_function("peer/unicode_word_indices", |b| {
        b.iter(|| texts.iter().map(|text| text.unicode_word_indices().count()).sum::<usize>());
    });
    group.bench_function("peer/alyze words", |b| {
        b.iter(|| texts.iter().map(|text| alyze_words(text)).sum::<usize>());
    });
    for (name, segmentation) in
        [("sentences/news", Segmentation::News), ("sentences/uax29", Segmentation::Uax29)]
    {
        group.bench_function(name, |b| {
            b.iter(|| texts.iter().map(|text| segmentation.sentences(text).count()).sum::<usize>());
        });
    }
    group.bench_function("peer/unicode_sentences", |b| {
        b.iter(|| texts.iter().map(|text| text.unicode_sentences().count()).sum::<usize>());
    });
    group.finish();

    let mut group = c.benchmark_group("article");
    group.throughput(Throughput::Bytes(support::PAGE.len() as u64));
    group.bench_function("parse", |b| b.iter(|| Article::parse(black_box(support::PAGE))));
    group.finish();
}

fn alyze_words(text: &str) -> usize {
    let mut words = 0;
    alyze::uax29::word::tokenize(text, alyze::uax29::word::Options::default(), |_, _| {
        words += 1;
        true
    });
    words
}

criterion_group!(benches, text);
criterion_main!(benches);

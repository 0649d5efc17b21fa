//! How fast is counting? From text to sparse rows of terms; bytes a second.

#![allow(missing_docs)] // criterion's macros make public functions.

mod support;

use alyze::analyze::{
    AnalysisOptions, LanguageWithStopwords, ReusableBuffer, StemmingLanguage, StopwordRemoval,
    TokenizerOptions,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rust_stemmers::{Algorithm, Stemmer};
use undertone::{Analyzer, CountBuilder, CountMatrix, CountParams};
use unicode_segmentation::UnicodeSegmentation;

fn counts(c: &mut Criterion) {
    let texts = support::articles(40);
    let mut group = c.benchmark_group("counts");
    group.throughput(Throughput::Bytes(support::bytes(&texts)));
    let english = Analyzer::english();
    for (name, params) in
        [("1-grams", CountParams::default()), ("1-2-grams", CountParams::default().ngrams(1..=2))]
    {
        group.bench_function(format!("one thread/{name}"), |b| {
            b.iter(|| {
                let mut builder = CountBuilder::new(&english, params.clone());
                for text in &texts {
                    builder.push(text);
                }
                let counts = builder.finish().expect("the corpus has terms");
                assert_eq!(counts.n_docs(), texts.len());
                counts
            });
        });
    }
    group.bench_function("all threads/1-grams", |b| {
        b.iter(|| CountMatrix::from_docs(&english, &texts, CountParams::default()));
    });
    group.bench_function("peer/unicode_words + to_lowercase + rust_stemmers", |b| {
        let stemmer = Stemmer::create(Algorithm::English);
        b.iter(|| {
            let stem = |word: &str| stemmer.stem(&word.to_lowercase()).len();
            texts.iter().flat_map(|text| text.unicode_words()).map(stem).sum::<usize>()
        });
    });
    group.bench_function("peer/alyze lower + stop + stem", |b| {
        let analyzer = alyze::analyze::Analyzer::new(AnalysisOptions {
            tokenizer: TokenizerOptions::UAX29Word(alyze::uax29::word::Options::default()),
            maximum_token_length: None,
            case_sensitive: false,
            stopword_removal: Some(StopwordRemoval::ForLanguage(LanguageWithStopwords::English)),
            stemming: Some(StemmingLanguage::English),
            ascii_folding: false,
        });
        let mut buffer = ReusableBuffer::new();
        b.iter(|| {
            let mut letters = 0;
            for text in &texts {
                buffer.reset_keep_stemming_cache();
                analyzer.analyze(text, &mut buffer, |token| {
                    letters += token.text.len();
                    true
                });
            }
            letters
        });
    });
    group.finish();
}

criterion_group!(benches, counts);
criterion_main!(benches);

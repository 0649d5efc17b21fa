//! How often is memory asked for? Allocations for each token, sentence and page, exact and repeatable.

mod support;

use std::hint::black_box;

use allocation_counter::measure;
use undertone::{
    Analyze, Analyzer, Article, CountBuilder, CountParams, StanceScorer, Tokens, sentences,
};

fn main() {
    let texts = support::articles(20);
    let english = Analyzer::english();
    let mut tokens = Tokens::default();
    let mut read = || {
        let mut found = 0;
        for text in &texts {
            tokens.clear();
            english.tokens_into(text, &mut tokens);
            found += tokens.len();
        }
        found
    };
    let n_tokens = read(); // the buffer has its size now
    let n_sentences: usize = texts.iter().map(|text| sentences(text).count()).sum();
    println!("{n_tokens} tokens, {n_sentences} sentences in {} articles", texts.len());

    report("tokens", "token", n_tokens, 0.0, || {
        read();
    });
    report("sentences", "sentence", n_sentences, 0.0, || {
        black_box(texts.iter().map(|text| sentences(text).count()).sum::<usize>());
    });
    let mut builder = CountBuilder::new(&english, CountParams::default());
    report("terms, first time", "token", n_tokens, 0.1, || {
        for text in &texts {
            builder.push(text);
        }
    });
    report("terms, all words known", "token", n_tokens, 0.001, || {
        for text in &texts {
            builder.push(text);
        }
    });
    report("pages", "page", 100, 500.0, || {
        for _ in 0..100 {
            black_box(Article::parse(support::PAGE));
        }
    });
    for (name, scorer) in [("by hand", StanceScorer::hand()), ("learned", StanceScorer::news())] {
        stance(name, &scorer, &texts);
    }
}

/// The allocations of scoring.
fn stance(name: &str, scorer: &StanceScorer, texts: &[String]) {
    let n_sentences: usize = texts.iter().map(|text| sentences(text).count()).sum();
    report(&format!("sentiment, {name}"), "sentence", n_sentences, 8.0, || {
        for text in texts {
            black_box(scorer.sentiment(text.as_str()));
        }
    });
    report(&format!("stance toward all, {name}"), "sentence", n_sentences, 60.0, || {
        for text in texts {
            black_box(scorer.stances(text.as_str()));
        }
    });
    // Sentences in the same memory, each toward its first word.
    let sentences: Vec<String> = texts
        .iter()
        .flat_map(|text| sentences(text).map(|range| text[range].replace('\n', " ")))
        .collect();
    let mut reader = scorer.reader();
    let mut read = || {
        for sentence in &sentences {
            let word = sentence.find(' ').unwrap_or(sentence.len());
            black_box(reader.sentiment(sentence).evidence());
            black_box(reader.score_toward(sentence, 0..word).evidence());
            black_box(reader.score_between(sentence, 0..word, word..sentence.len()).evidence());
        }
    };
    read(); // the memory has its size now
    let unit = "sentence";
    report(&format!("sentiment and stance by a reader, {name}"), unit, sentences.len(), 0.0, read);
}

/// Prints the allocations of a run for each unit, and stops if there are more than the limit.
fn report(name: &str, unit: &str, units: usize, limit: f64, run: impl FnOnce()) {
    let allocations = measure(run).count_total as f64 / units as f64;
    println!("{name}: {allocations:.4} allocations a {unit}");
    assert!(allocations <= limit, "{name}: {allocations} allocations a {unit}, over {limit}");
}

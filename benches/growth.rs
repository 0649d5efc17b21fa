//! Does an article cost the same in a small corpus and in a large one?
//!
//! `cargo bench --bench growth -- 10000 100000 1000000`: time and peak memory of counting and weighing
//! so many generated articles, all at once and in two passes. Each figure comes from a process of its
//! own, and the time that generating the articles takes in it does not count. All sizes are run in turn, three times,
//! and the fastest run of each counts: a shared machine is never quiet for long.

mod support;

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use support::generated::Corpus;
use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, VocabularyBuilder};

/// Text that is held at once in the second pass, in bytes.
const BATCH: usize = 32 << 20;
/// As often each size is run.
const RUNS: usize = 3;

/// What a process of its own does.
const WAYS: [&str; 2] = ["at once", "two passes"];

/// What it has to say.
#[derive(Default)]
struct Figures {
    /// Without those of generating.
    seconds: f64,
    bytes: usize,
    terms: usize,
    entries: usize,
    peak_kb: u64,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [child, way, articles] = &args[..]
        && child == "child"
    {
        run(way, articles.parse().expect("the parent gives a number"));
        return;
    }
    let mut sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        // As a test it only has to run.
        let has = |name: &str| args.iter().any(|arg| arg == name);
        let bench = has("--bench") && !has("--test");
        sizes = if bench { vec![10_000, 100_000] } else { vec![200] };
    }
    let mut best: Vec<_> =
        sizes.iter().flat_map(|&size| WAYS.map(|way| (size, way, None))).collect();
    for _ in 0..RUNS {
        for (size, way, best) in &mut best {
            let figures = measure(way, *size);
            if best.as_ref().is_none_or(|best: &Figures| figures.seconds < best.seconds) {
                *best = Some(figures);
            }
        }
    }
    println!(
        "| articles | MB | way | terms | non-zeros | seconds | MB/s | µs an article | ns a non-zero | peak MB | bytes a non-zero |"
    );
    println!("| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (articles, way, figures) in best {
        row(articles, way, &figures.unwrap_or_default());
    }
}

fn row(articles: usize, way: &str, figures: &Figures) {
    let Figures { seconds, bytes, terms, entries, peak_kb } = *figures;
    let mb = bytes as f64 / 1e6;
    let peak_mb = peak_kb as f64 * 1024.0 / 1e6;
    println!(
        "| {articles} | {mb:.0} | {way} | {terms} | {entries} | {seconds:.2} | {:.1} | {:.1} | {:.1} | {peak_mb:.0} | {:.1} |",
        mb / seconds,
        seconds * 1e6 / articles as f64,
        seconds * 1e9 / entries as f64,
        peak_mb * 1e6 / entries as f64,
    );
}

/// Runs a way in a process of its own, so that its peak of memory is its own.
fn measure(way: &str, articles: usize) -> Figures {
    let program = std::env::current_exe().expect("a program knows its own path");
    let output = Command::new(program).args(["child", way, &articles.to_string()]).output();
    let output = output.expect("the bench can start itself");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [seconds, bytes, terms, entries, peak_kb] = numbers[..] else { panic!("odd: {said}") };
    #[allow(clippy::cast_sign_loss)] // Written by `run`.
    let (bytes, terms, entries, peak_kb) =
        (bytes as usize, terms as usize, entries as usize, peak_kb as u64);
    Figures { seconds, bytes, terms, entries, peak_kb }
}

fn run(way: &str, articles: usize) {
    let start = Instant::now();
    let mut made = Made { corpus: Corpus::default(), bytes: 0, time: Duration::ZERO };
    let mut figures = Figures::default();
    if way == WAYS[0] {
        at_once(&mut made, articles, &mut figures);
    } else {
        two_passes(&mut made, articles, &mut figures);
    }
    let seconds = start.elapsed().as_secs_f64() - made.time.as_secs_f64();
    let Figures { bytes, terms, entries, .. } = figures;
    println!("{seconds} {bytes} {terms} {entries} {}", peak_kb());
}

/// Articles made up, and what that took.
struct Made {
    corpus: Corpus,
    bytes: usize,
    time: Duration,
}

impl Made {
    /// The first `n` articles. Each is timed where it is asked for, so that what it took is not mistaken for counting.
    fn articles(&mut self, n: usize) -> impl Iterator<Item = String> {
        let Self { corpus, bytes, time } = self;
        let mut articles = corpus.articles(n);
        std::iter::from_fn(move || {
            let start = Instant::now();
            let article = articles.next();
            *time += start.elapsed();
            *bytes += article.as_ref().map_or(0, String::len);
            article
        })
    }
}

fn at_once(made: &mut Made, articles: usize, figures: &mut Figures) {
    let docs = made.articles(articles);
    let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())
        .expect("there are terms");
    let tfidf = TfIdf::params().fit(&counts).expect("the formula is in its range");
    let weights = black_box(tfidf.transform(&counts).expect("the columns are the same"));
    (figures.terms, figures.entries) = (weights.n_terms(), weights.n_entries());
    figures.bytes = made.bytes;
}

fn two_passes(made: &mut Made, articles: usize, figures: &mut Figures) {
    let analyzer = Analyzer::english();
    let mut builder = VocabularyBuilder::new(&analyzer, CountParams::default());
    builder.push_all(made.articles(articles));
    figures.bytes = made.bytes;
    let vocabulary = builder.finish().expect("there are terms");
    let tfidf = TfIdf::params().fit_vocabulary(&vocabulary).expect("the formula is in its range");
    figures.terms = vocabulary.len();
    let mut counter = vocabulary.counter(&analyzer);
    let mut rest = made.articles(articles).peekable();
    while rest.peek().is_some() {
        let mut bytes = 0;
        let batch = std::iter::from_fn(|| {
            let article = if bytes < BATCH { rest.next() } else { None };
            bytes += article.as_ref().map_or(0, String::len);
            article
        });
        let counts = counter.count(batch);
        let weights = black_box(tfidf.transform(&counts).expect("the columns are the same"));
        figures.entries += weights.n_entries();
    }
}

/// The most memory that this process has held so far; 0 where the system does not say.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

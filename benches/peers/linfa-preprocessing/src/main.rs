//! Counts and weighs articles by linfa-preprocessing, and prints how long it took, as JSON.
//!
//! Usage: `linfa-preprocessing-peer FILE.jsonl[.gz] TEXT_FIELD [1..2]`

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::time::Instant;

use flate2::read::MultiGzDecoder;
use linfa_preprocessing::tf_idf_vectorization::TfIdfVectorizer;
use ndarray::Array1;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("expected a file")?;
    let field = args.next().ok_or("expected the name of a field")?;
    let lengths = args.next().unwrap_or("1..1".to_string());
    let (shortest, longest) = lengths.split_once("..").ok_or("expected lengths like 1..2")?;

    let start = Instant::now();
    let texts = Array1::from(read(&path, &field)?);
    let read = Instant::now();
    let vectorizer = TfIdfVectorizer::default().n_gram_range(shortest.parse()?, longest.parse()?);
    let fitted = vectorizer.fit(&texts)?;
    let learned = Instant::now();
    // Counts once more, and weighs; rows are not brought to length 1.
    let weights = fitted.transform(&texts)?;
    let weighed = Instant::now();

    let ms = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1000.0;
    let found = json!({
        "read_ms": ms(start, read),
        "count_ms": ms(read, learned),
        "tfidf_ms": ms(learned, weighed),
        "articles": weights.rows(),
        "terms": weights.cols(),
        "weights": weights.nnz(),
    });
    println!("{found}");
    Ok(())
}

fn read(path: &str, field: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let file = File::open(path)?;
    let reader: Box<dyn Read> = if path.ends_with(".gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut texts = Vec::new();
    for line in BufReader::new(reader).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row[field].as_str().ok_or(format!("no text in `{field}`"))?;
        texts.push(text.to_string());
    }
    Ok(texts)
}

//! Scores texts by the crate vader-parity, and prints how long it took, as JSON.
//!
//! Usage: `vader-parity-peer FILE.jsonl[.gz] TEXT_FIELD`

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::time::Instant;

use flate2::read::MultiGzDecoder;
use serde_json::{Value, json};
use vader_parity::SentimentIntensityAnalyzer;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("expected a file")?;
    let field = args.next().ok_or("expected the name of a field")?;
    let texts = read(&path, &field)?;

    let start = Instant::now();
    let analyzer = SentimentIntensityAnalyzer::new();
    let built = Instant::now();
    let sum: f64 = texts.iter().map(|text| analyzer.polarity_scores(text).compound).sum();
    let scored = Instant::now();

    let ms = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1000.0;
    let found = json!({
        "build_ms": ms(start, built),
        "ms": ms(built, scored),
        "texts": texts.len(),
        "sum": sum,
    });
    println!("{found}");
    Ok(())
}

fn read(path: &str, field: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let file = File::open(path)?;
    let reader: Box<dyn Read> =
        if path.ends_with(".gz") { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut texts = Vec::new();
    for line in BufReader::new(reader).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row[field].as_str().ok_or(format!("no text in `{field}`"))?;
        texts.push(text.to_string());
    }
    Ok(texts)
}

//! The text that all benches read: the embedded sample corpus.

#![allow(dead_code, unreachable_pub)] // Each bench uses a part of this module.

pub mod generated;

const CORPUS: &str = include_str!("../../examples/data/corpus.jsonl");
pub const PAGE: &str = include_str!("../../examples/data/op-ed.txt");

/// The articles of the sample corpus, `times` over.
pub fn articles(times: usize) -> Vec<String> {
    let rows = CORPUS.lines().map(|line| -> serde_json::Value {
        serde_json::from_str(line).expect("the corpus is part of the crate")
    });
    let texts: Vec<String> = rows
        .map(|row| row["text"].as_str().expect("every article has a text").to_string())
        .collect();
    texts.iter().cycle().take(texts.len() * times).cloned().collect()
}

/// The articles of the JSON Lines file that `UNDERTONE_ARTICLES` names, one `text` a line; else the
/// sample corpus, ten times over.
pub fn own_articles() -> Vec<String> {
    let Some(path) = std::env::var_os("UNDERTONE_ARTICLES") else { return articles(10) };
    let lines = std::fs::read_to_string(path).expect("UNDERTONE_ARTICLES names a text file");
    let text = |line: &str| -> String {
        let row: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        row["text"].as_str().expect("every article has a text").to_string()
    };
    lines.lines().map(text).collect()
}

pub fn bytes(texts: &[String]) -> u64 {
    texts.iter().map(|text| text.len() as u64).sum()
}

/// About `size` bytes of a text, over and over, cut at white space.
pub fn text_of(corpus: &str, size: usize) -> String {
    let mut text = corpus.repeat(size / corpus.len() + 1);
    let end = text.as_bytes()[..size].iter().rposition(u8::is_ascii_whitespace);
    text.truncate(end.unwrap_or(size));
    text
}

//! scratch
use std::time::Instant;
use undertone::StanceScorer;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rows: Vec<(String, std::ops::Range<usize>)> = std::fs::read_to_string(&args[0])
        .unwrap()
        .lines()
        .map(|line| {
            let v: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = v["text"].as_str().unwrap().to_string();
            let at = |n: u64| text.char_indices().nth(n as usize).map_or(text.len(), |x| x.0);
            let r = v["from"].as_u64().map_or(0..0, |f| at(f)..at(v["to"].as_u64().unwrap()));
            (text, r)
        })
        .collect();
    let loops: usize = std::env::var("LOOPS").map_or(9, |x| x.parse().unwrap());
    for which in &args[1..] {
        let scorer =
            if which == "hand" { StanceScorer::hand() } else { StanceScorer::news() };
        for sent in [true, false] {
            if std::env::var("ONLY").is_ok_and(|o| (o == "sent") != sent) {
                continue;
            }
            let mut reader = scorer.reader();
            let mut best = f64::MAX;
            let (mut n, mut sum) = (0, 0.0);
            for _ in 0..loops {
                let t = Instant::now();
                (n, sum) = (0, 0.0);
                let mut all = Vec::with_capacity(rows.len() * 14);
                for (text, r) in &rows {
                    let text = text.as_str();
                    let found = if sent { reader.sentiment(text) } else { reader.score_toward(text, r.clone()) };
                    all.extend_from_slice(found.evidence());
                    sum += found.score() + found.confidence();
                }
                n += all.len();
                best = best.min(t.elapsed().as_secs_f64());
            }
            println!(
                "{which} {}: {:.3} us a row, {:.2} reasons a row, sum {sum}",
                if sent { "sent" } else { "span" },
                best * 1e6 / rows.len() as f64,
                n as f64 / rows.len() as f64
            );
        }
    }
}

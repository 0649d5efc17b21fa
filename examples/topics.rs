//! Finds the topics of a corpus.
//!
//! 1. Read the articles from JSON lines.
//! 2. Count their terms: those of at least two articles and at most half of them.
//! 3. Weigh them.
//! 4. Reduce the articles to a few directions, cluster them and name the clusters.
//! 5. Show the topics, and write them as JSON.

mod support;

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use lexopt::prelude::*;
use serde_json::{Value, json};
use support::{Failure, Outcome, Rows};
use undertone::{Analyzer, CountMatrix, CountParams, DocFreq, TfIdf, TopicModel, TopicTerm};

const HELP: &str = "\
Usage: topics [--input FILE.jsonl[.gz]] [--topics K] [--seed S] [--out FILE.json]

Reads one JSON object a line, finds groups of articles on one subject, and shows each with its words.
--out gets {topics[{id, size, label, terms[{term, weight}], representatives[id], coherence}],
assignments[{id, topic, confidence}], metrics{}, timings_ms{}}.

  --input FILE         one article a line, gzip or not; `-` reads standard input;
                       a small corpus that comes with this program unless given
  --text-field NAME    the field that holds the text; `text` unless given
  --id-field NAME      the field that names the article; `id` unless given
  --topics K           how many topics, fewer if articles do not differ so much; 8 unless given
  --seed S             where the search begins; 0 unless given; the same seed finds the same topics
  --out FILE           where to write the JSON
  -h, --help           this help";

const CORPUS: &str = include_str!("data/corpus.jsonl");

/// How many terms and articles of each topic are written, and how many terms shown.
const TERMS: usize = 15;
const KEYWORDS: usize = 8;
const REPRESENTATIVES: usize = 5;

struct Options {
    input: Option<PathBuf>,
    text_field: String,
    id_field: String,
    topics: usize,
    seed: u64,
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    support::run(example)
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let mut options = Options {
        input: None,
        text_field: "text".into(),
        id_field: "id".into(),
        topics: 8,
        seed: 0,
        out: None,
    };
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => options.input = Some(args.value()?.into()),
            Long("text-field") => options.text_field = args.value()?.string()?,
            Long("id-field") => options.id_field = args.value()?.string()?,
            Long("topics") => options.topics = number("--topics", &args.value()?.string()?)?,
            Long("seed") => options.seed = number("--seed", &args.value()?.string()?)?,
            Long("out") => options.out = Some(args.value()?.into()),
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Outcome<T> {
    let message = || Failure::new(format!("{option} is `{text}`, but must be a whole number"));
    text.parse().map_err(|_| message())
}

/// Terms of one article join nothing, and terms of more than half of them tell nothing apart; in a
/// handful of articles both may be all there is.
fn pruning(n_articles: usize) -> CountParams {
    const HANDFUL: usize = 20;
    match n_articles {
        ..HANDFUL => CountParams::default(),
        _ => {
            CountParams::default().min_doc_freq(DocFreq::Docs(2)).max_doc_freq(DocFreq::Share(0.5))
        }
    }
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let mut clock = Clock::start();
    let articles = read(&options)?;
    let read = clock.lap();
    let params = pruning(articles.texts.len());
    let counts = CountMatrix::from_docs(&Analyzer::english(), &articles.texts, params)?;
    let count = clock.lap();
    let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    let tfidf = clock.lap();
    let settings = TopicModel::params(options.topics).seed(options.seed);
    let lsa = settings.lsa(weights.n_docs()).fit(&weights)?;
    let reduce = clock.lap();
    let model = settings.fit_reduced(&weights, lsa)?;
    let cluster = clock.lap();
    let total = read + count + tfidf + reduce + cluster;

    show(&model)?;
    eprintln!(
        "{} articles, {} terms: read in {read:.0} ms, topics in {:.0} ms",
        weights.n_docs(),
        weights.n_terms(),
        total - read,
    );
    let Some(path) = &options.out else { return Ok(()) };
    let timings = json!({
        "read": read,
        "count": count,
        "tfidf": tfidf,
        "reduce": reduce,
        "cluster": cluster,
        "total": total,
    });
    support::write_json(support::create(path)?, &output(&model, &articles.ids, &timings))
}

/// Measures one step after another.
struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since the last lap.
    fn lap(&mut self) -> f64 {
        let last = std::mem::replace(&mut self.0, Instant::now());
        (self.0 - last).as_secs_f64() * 1000.0
    }
}

struct Articles {
    ids: Vec<Value>,
    texts: Vec<String>,
}

fn read(options: &Options) -> Outcome<Articles> {
    let bar = support::progress("articles read:");
    let rows = match &options.input {
        Some(path) => Rows::open(path)?,
        None => Rows::embedded("corpus.jsonl", CORPUS),
    };
    let mut articles = Articles { ids: Vec::new(), texts: Vec::new() };
    for row in rows {
        let row = row?;
        articles.ids.push(row.id(&options.id_field)?);
        articles.texts.push(row.into_text(&options.text_field)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(articles)
}

fn show(model: &TopicModel) -> Outcome<()> {
    let mut out = stdout().lock();
    writeln!(out, "topic  articles  coherence  keywords")?;
    for topic in model.iter() {
        let keywords = topic.keywords(KEYWORDS).join(", ");
        let (id, size, coherence) = (topic.id(), topic.size(), topic.coherence());
        writeln!(out, "{id:>5}  {size:>8}  {coherence:>9.2}  {keywords}")?;
    }
    Ok(())
}

fn output(model: &TopicModel, ids: &[Value], timings: &Value) -> Value {
    let topics: Vec<Value> = model
        .iter()
        .map(|topic| {
            let term =
                |term: TopicTerm<'_>| json!({"term": term.written(), "weight": term.weight()});
            let representatives = topic.representatives(REPRESENTATIVES);
            json!({
                "id": topic.id(),
                "size": topic.size(),
                "label": topic.label(),
                "terms": topic.terms(TERMS).map(term).collect::<Vec<_>>(),
                "representatives": representatives.iter().map(|&row| &ids[row]).collect::<Vec<_>>(),
                "coherence": topic.coherence(),
            })
        })
        .collect();
    let assignments: Vec<Value> = ids
        .iter()
        .zip(model.assignments())
        .map(|(id, assignment)| {
            json!({"id": id, "topic": assignment.topic(), "confidence": assignment.confidence()})
        })
        .collect();
    let sure: f64 = model.assignments().iter().map(|found| f64::from(found.confidence())).sum();
    let metrics = json!({
        "articles": ids.len(),
        "terms": model.vocabulary().len(),
        "dims": model.lsa().n_dims(),
        "energy_share": model.lsa().energy_share().iter().sum::<f64>(),
        "inertia": model.inertia(),
        "coherence": model.coherence(),
        "mean_confidence": sure / ids.len() as f64,
    });
    json!({
        "topics": topics,
        "assignments": assignments,
        "metrics": metrics,
        "timings_ms": timings,
    })
}

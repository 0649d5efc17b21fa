//! Finds the topics of a corpus.
//!
//! 1. Read the articles from JSON lines.
//! 2. Count their terms: those of at least two articles and at most half of them.
//! 3. Weigh them.
//! 4. Reduce the articles to a few directions, cluster them and name the clusters.
//! 5. Show the topics, and write them as JSON.

#[path = "topics/choice.rs"]
mod choice;
mod support;

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use choice::Topics;
use lexopt::prelude::*;
use serde_json::{Map, Value, json};
use support::{Failure, Id, Outcome, Rows, number, pruning};
use undertone::{
    Analyzer, Coherence, CountMatrix, Engine, TfIdf, TfIdfMatrix, TopicModel, TopicSentence,
    TopicTerm,
};

const HELP: &str = "\
Usage: topics [--input FILE.jsonl[.gz]] [--topics K] [--engine NAME] [--seed S] [--out FILE.json]

Reads one JSON object a line, finds groups of articles on one subject, and shows each with its words.
--out gets {topics[{id, size, label, keywords[], terms[{term, weight}], representatives[id],
sentences[{id, text}], coherence}], assignments[{id, topic, confidence}], metrics{}, timings_ms{}}.
Keywords are what people read: phrases, where terms mostly come in them. Terms are single words.
Metrics: coherence is the mean NPMI of the first ten terms of each topic over articles, diversity the
share of distinct words among the first 25 terms of all topics; with --label-field, nmi and ari say how
far topics and labels agree; with --quality, umass (over articles), npmi_windows and c_v (over windows of
110 words) and silhouette (cosine distances in the directions that topics are found in) are added.

  --input FILE         one article a line, gzip or not; `-` reads standard input;
                       a small corpus that comes with this program unless given
  --text-field NAME    the field that holds the text; `text` unless given
  --id-field NAME      the field that names the article; `id` unless given
  --label-field NAME   the field that holds a label, to compare the topics with
  --topics K           how many topics, fewer if articles do not differ so much; 8 unless given;
                       a range such as 2..12 tries each number, shows how they compare and takes
                       the best, which `auto` does from 2 to 20 (a tenth of the articles at most)
  --engine NAME        which groups of neighbours topics start from: kmeans unless given, gaussian,
                       dbscan or optics; the last two find as many topics as there are dense groups,
                       whatever --topics says, and assign no topic (null) to articles outside
  --seed S             where the search begins; 0 unless given; the same seed finds the same topics
  --min-confidence P   assigns no topic (null) below this confidence, 0 to 1; 0 unless given
  --map                adds map{topics[[x, y]], articles[[x, y]], stress, trustworthiness}, in the
                       order of topics and assignments; null for an article without any known word
  --quality            measures more, which takes another reading of the articles
  --counts DIR         writes the counts for other programs: counts.mtx (articles x terms), and
                       vocabulary.tsv (each term, and how it is written)
  --out FILE           where to write the JSON
  -h, --help           this help";

const CORPUS: &str = include_str!("data/corpus.jsonl");

/// How many terms and articles of each topic are written, and how many terms shown.
const TERMS: usize = 25;
const KEYWORDS: usize = 8;
const REPRESENTATIVES: usize = 5;
const SENTENCES: usize = 3;

/// After so many articles more their number is shown.
const SHOWN_AFTER: usize = 64;

/// By how many terms of each topic its quality is judged.
const COHERENCE_TERMS: usize = 10;
const DIVERSITY_TERMS: usize = 25;

struct Options {
    input: Option<PathBuf>,
    text_field: String,
    id_field: String,
    label_field: Option<String>,
    topics: Topics,
    engine: Engine,
    seed: u64,
    min_confidence: f32,
    map: bool,
    quality: bool,
    counts: Option<PathBuf>,
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    support::large_pages();
    support::run(example)
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let mut options = Options {
        input: None,
        text_field: "text".into(),
        id_field: "id".into(),
        label_field: None,
        topics: Topics::fixed(8),
        engine: Engine::KMeans,
        seed: 0,
        min_confidence: 0.0,
        map: false,
        quality: false,
        counts: None,
        out: None,
    };
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => options.input = Some(args.value()?.into()),
            Long("text-field") => options.text_field = args.value()?.string()?,
            Long("id-field") => options.id_field = args.value()?.string()?,
            Long("label-field") => options.label_field = Some(args.value()?.string()?),
            Long("quality") => options.quality = true,
            Long("counts") => options.counts = Some(args.value()?.into()),
            Long("topics") => options.topics = Topics::parse(&args.value()?.string()?)?,
            Long("engine") => options.engine = choice::engine(&args.value()?.string()?)?,
            Long("min-confidence") => {
                options.min_confidence = choice::confidence(&args.value()?.string()?)?;
            }
            Long("map") => options.map = true,
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

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let mut clock = Clock::start();
    let articles = read(&options)?;
    let read = clock.lap();
    let params = pruning(articles.texts.len());
    let analyzer = Analyzer::english();
    let counts = CountMatrix::from_docs(&analyzer, &articles.texts, params)?;
    let count = clock.lap();
    let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    let tfidf = clock.lap();
    let n_topics = options.topics.chosen(&weights, options.seed, options.engine)?;
    let settings = TopicModel::params(n_topics).seed(options.seed).engine(options.engine);
    let lsa = settings.lsa(weights.n_docs()).fit(&weights)?;
    let reduce = clock.lap();
    let mut model = settings.fit_reduced(&weights, lsa)?;
    let cluster = clock.lap();
    model.name_topics(&weights, &analyzer, &articles.texts)?;
    let name = clock.lap();
    let total = read + count + tfidf + reduce + cluster + name;

    show(&model)?;
    eprintln!(
        "{} articles, {} terms: read in {read:.0} ms, topics in {:.0} ms",
        weights.n_docs(),
        weights.n_terms(),
        total - read,
    );
    if let Some(folder) = &options.counts {
        write_counts(folder, &counts)?;
    }
    let Some(path) = &options.out else { return Ok(()) };
    let mut metrics = metrics(&model, &articles)?;
    if options.quality {
        measure(&model, &weights, &analyzer, &articles.texts, &mut metrics)?;
    }
    let timings = json!({
        "read": read,
        "count": count,
        "tfidf": tfidf,
        "reduce": reduce,
        "cluster": cluster,
        "name": name,
        "total": total,
    });
    let mut answer = json!({
        "topics": topics(&model, &articles),
        "assignments": assignments(&model, &articles.ids, options.min_confidence),
        "metrics": metrics,
        "timings_ms": timings,
    });
    if options.map {
        answer["map"] = map(&model, &weights)?;
    }
    support::write_json(support::create(path)?, &answer)
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
    ids: Vec<Id>,
    texts: Vec<String>,
    /// One for each article, if a field of labels was named.
    labels: Vec<String>,
}

fn read(options: &Options) -> Outcome<Articles> {
    let bar = support::progress("articles read:");
    let rows = match &options.input {
        Some(path) => Rows::open(path)?,
        None => Rows::embedded("corpus.jsonl", CORPUS),
    };
    let mut articles = Articles { ids: Vec::new(), texts: Vec::new(), labels: Vec::new() };
    let fields = [&options.id_field, &options.text_field].into_iter().chain(&options.label_field);
    for row in rows.keeping(fields.map(String::as_str)) {
        let row = row?;
        if let Some(field) = &options.label_field {
            articles.labels.push(row.id(field)?.to_string());
        }
        let (id, text) = row.into_id_and_text(&options.id_field, &options.text_field)?;
        articles.ids.push(id);
        articles.texts.push(text);
        if articles.texts.len().is_multiple_of(SHOWN_AFTER) {
            bar.inc(SHOWN_AFTER as u64);
        }
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

/// Where topics and articles lie in a plane.
fn map(model: &TopicModel, weights: &TfIdfMatrix) -> Outcome<Value> {
    let map = model.map(weights)?;
    Ok(json!({
        "topics": map.topics,
        "articles": map.articles,
        "stress": map.stress,
        "trustworthiness": map.trustworthiness,
    }))
}

fn topics(model: &TopicModel, articles: &Articles) -> Vec<Value> {
    let Articles { ids, texts, .. } = articles;
    let term = |term: TopicTerm<'_>| json!({"term": term.written(), "weight": term.weight()});
    let sentence =
        |one: &TopicSentence| json!({"id": ids[one.row()], "text": texts[one.row()][one.range()]});
    let each = model.iter().map(|topic| {
        let representatives = topic.representatives(REPRESENTATIVES);
        let sentences = topic.representative_sentences(SENTENCES);
        json!({
            "id": topic.id(),
            "size": topic.size(),
            "label": topic.label(),
            "keywords": topic.keywords(TERMS),
            "terms": topic.terms(TERMS).map(term).collect::<Vec<_>>(),
            "representatives": representatives.iter().map(|&row| &ids[row]).collect::<Vec<_>>(),
            "sentences": sentences.iter().map(sentence).collect::<Vec<_>>(),
            "coherence": topic.coherence(),
        })
    });
    each.collect()
}

fn assignments(model: &TopicModel, ids: &[Id], min_confidence: f32) -> Vec<Value> {
    let each = ids.iter().zip(model.assignments()).map(|(id, assignment)| {
        let topic = assignment.at_least(min_confidence);
        json!({"id": id, "topic": topic, "confidence": assignment.confidence()})
    });
    each.collect()
}

/// What costs next to nothing to know.
fn metrics(model: &TopicModel, articles: &Articles) -> Outcome<Map<String, Value>> {
    let n_articles = articles.ids.len();
    let sure: f64 = model.assignments().iter().map(|found| f64::from(found.confidence())).sum();
    let mut metrics = Map::new();
    metrics.insert("articles".into(), n_articles.into());
    metrics.insert("terms".into(), model.vocabulary().len().into());
    metrics.insert("dims".into(), model.lsa().n_dims().into());
    for (name, value) in [
        ("energy_share", model.lsa().energy_share().iter().sum()),
        ("inertia", model.inertia()),
        ("coherence", model.coherence()),
        ("diversity", model.diversity(DIVERSITY_TERMS)),
        ("mean_confidence", sure / n_articles as f64),
    ] {
        metrics.insert(name.into(), value.into());
    }
    if !articles.labels.is_empty() {
        let agreement = model.agreement(&articles.labels)?;
        metrics.insert("nmi".into(), agreement.nmi().into());
        metrics.insert("ari".into(), agreement.ari().into());
    }
    Ok(metrics)
}

/// What takes another reading of the articles.
fn measure(
    model: &TopicModel,
    weights: &TfIdfMatrix,
    analyzer: &Analyzer,
    texts: &[String],
    metrics: &mut Map<String, Value>,
) -> Outcome<()> {
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let articles = model.coherence_in_documents(weights.counts(), COHERENCE_TERMS)?;
    let windows =
        model.coherence_in_windows(analyzer, texts, COHERENCE_TERMS, Coherence::WINDOW)?;
    metrics.insert("umass".into(), mean(articles.umass()).into());
    metrics.insert("npmi_windows".into(), mean(windows.npmi()).into());
    metrics.insert("c_v".into(), mean(windows.c_v()).into());
    if model.n_topics() > 1 {
        metrics.insert("silhouette".into(), model.silhouette(weights)?.mean().into());
    }
    Ok(())
}

fn write_counts(folder: &Path, counts: &CountMatrix) -> Outcome<()> {
    let failed = |error: std::io::Error| Failure::new(format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    counts.write_matrix_market(support::create(&folder.join("counts.mtx"))?)?;
    let mut table = support::create(&folder.join("vocabulary.tsv"))?;
    let vocabulary = counts.vocabulary();
    for id in vocabulary.ids() {
        writeln!(table, "{}\t{}", vocabulary.term(id), vocabulary.written(id)).map_err(failed)?;
    }
    table.flush().map_err(failed)
}

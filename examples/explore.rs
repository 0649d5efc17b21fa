//! Works with the topics of a corpus once they are found.
//!
//! 1. Read the articles, and find their topics as `topics` does, guided by seed words if there are any.
//! 2. Merge, split or reduce the topics.
//! 3. Show what was asked for: a tree, how stable topics are, how they move in time or differ between
//!    groups, which are nearest to a query, and where everything lies.

mod support;

use std::fmt::Write as _;
use std::io::{Write as _, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use serde_json::{Map, Value, to_value};
use support::{Failure, Outcome, Row, Rows};
use undertone::{
    Analyzer, Buckets, CountMatrix, CountParams, DocFreq, Period, Published, SeedWords, TfIdf,
    TfIdfMatrix, TopicMap, TopicModel, TopicParams, TrendParams,
};

const HELP: &str = "\
Usage: explore [--input FILE.jsonl[.gz]] [--topics K] [changes] [views] [--out FILE.json]

Finds the topics of a corpus, one JSON object a line, changes them as asked, and shows them from all
sides. --out gets {topics[{id, size, label}], tree, stability, trend, groups, map}, as far as asked for.

  --input FILE         one article a line, gzip or not; `-` reads standard input;
                       a small corpus that comes with this program unless given
  --text-field NAME    the field that holds the text; `text` unless given
  --topics K           how many topics are found; 8 unless given
  --seed S             where the search begins; 0 unless given

Changes, in this order:
  --guide WORDS        words that a topic shall be about, parted by commas; once for each such topic
  --merge T,T,…        makes one topic of some
  --split T:N          makes N topics of one, by its number after merging
  --reduce N           merges the nearest until there are N

Views:
  --tree               which topics are nearest to each other
  --stability RUNS     whether topics come back in so many samples of the articles
  --time-field NAME    the field that says when an article was published: shares over time
  --period NAME        day, week, month, quarter or year; month unless given
  --window N           how many periods are taken together, an odd number; 1 unless given
  --group-field NAME   the field that names a source or another group: shares in each
  --query TEXT         the topics nearest to a few words
  --map FILE.svg       a picture of topics and articles
  --out FILE           where to write the JSON
  -h, --help           this help";

const CORPUS: &str = include_str!("data/corpus.jsonl");

/// How many keywords of a topic are shown, and topics for a query.
const KEYWORDS: usize = 8;
const NEAREST: usize = 5;

struct Options {
    input: Option<PathBuf>,
    text_field: String,
    topics: usize,
    seed: u64,
    guide: Vec<String>,
    merge: Vec<usize>,
    split: Option<(usize, usize)>,
    reduce: Option<usize>,
    tree: bool,
    stability: Option<usize>,
    time_field: Option<String>,
    period: Period,
    window: usize,
    group_field: Option<String>,
    query: Option<String>,
    map: Option<PathBuf>,
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
        topics: 8,
        seed: 0,
        guide: Vec::new(),
        merge: Vec::new(),
        split: None,
        reduce: None,
        tree: false,
        stability: None,
        time_field: None,
        period: Period::Month,
        window: 1,
        group_field: None,
        query: None,
        map: None,
        out: None,
    };
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => options.input = Some(args.value()?.into()),
            Long("text-field") => options.text_field = args.value()?.string()?,
            Long("topics") => options.topics = number("--topics", &args.value()?.string()?)?,
            Long("seed") => options.seed = number("--seed", &args.value()?.string()?)?,
            Long("guide") => options.guide.push(args.value()?.string()?),
            Long("merge") => {
                let topics = args.value()?.string()?;
                let each = topics.split(',').map(|topic| number("--merge", topic));
                options.merge = each.collect::<Outcome<_>>()?;
            }
            Long("split") => {
                let split = args.value()?.string()?;
                let (topic, into) = split.split_once(':').ok_or_else(|| {
                    Failure::new(format!("--split is `{split}`, but must be like 3:2"))
                })?;
                options.split = Some((number("--split", topic)?, number("--split", into)?));
            }
            Long("reduce") => options.reduce = Some(number("--reduce", &args.value()?.string()?)?),
            Long("tree") => options.tree = true,
            Long("stability") => {
                options.stability = Some(number("--stability", &args.value()?.string()?)?);
            }
            Long("time-field") => options.time_field = Some(args.value()?.string()?),
            Long("period") => options.period = args.value()?.string()?.parse()?,
            Long("window") => options.window = number("--window", &args.value()?.string()?)?,
            Long("group-field") => options.group_field = Some(args.value()?.string()?),
            Long("query") => options.query = Some(args.value()?.string()?),
            Long("map") => options.map = Some(args.value()?.into()),
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
    text.trim().parse().map_err(|_| message())
}

/// What is read of each article.
#[derive(Default)]
struct Articles {
    texts: Vec<String>,
    times: Vec<Option<Published>>,
    groups: Vec<Option<String>>,
}

fn read(options: &Options) -> Outcome<Articles> {
    let rows = match &options.input {
        Some(path) => Rows::open(path)?,
        None => Rows::embedded("corpus.jsonl", CORPUS),
    };
    let field = |row: &Row, name: &Option<String>| -> Outcome<Option<String>> {
        let Some(name) = name else { return Ok(None) };
        match row.has(name) {
            true => Ok(Some(row.id(name)?.to_string().trim_matches('"').to_string())),
            false => Ok(None),
        }
    };
    let mut articles = Articles::default();
    for row in rows {
        let row = row?;
        articles.texts.push(row.text(&options.text_field)?.to_string());
        let time = field(&row, &options.time_field)?;
        articles.times.push(time.and_then(|time| Published::parse(&time)));
        articles.groups.push(field(&row, &options.group_field)?);
    }
    Ok(articles)
}

/// As the example `topics` has it.
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
    let articles = read(&options)?;
    let analyzer = Analyzer::english();
    let params = pruning(articles.texts.len());
    let counts = CountMatrix::from_docs(&analyzer, &articles.texts, params)?;
    let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    let params = TopicModel::params(options.topics).seed(options.seed);
    let model = changed(found(&params, &options, &analyzer, &weights)?, &options, &weights)?;
    let mut views = Views { shown: String::new(), json: Map::new() };
    views.topics(&model)?;
    views.relations(&model, &params, &options, &weights)?;
    views.buckets(&model, &articles, &options, &weights)?;
    if let Some(query) = &options.query {
        views.query(&model, &analyzer, query)?;
    }
    if let Some(path) = &options.map {
        let map = model.map(&weights)?;
        write!(support::create(path)?, "{}", svg(&model, &map))?;
        views.json.insert("map".into(), to_value(&map)?);
    }
    write!(stdout().lock(), "{}", views.shown)?;
    let Some(path) = &options.out else { return Ok(()) };
    support::write_json(support::create(path)?, &Value::Object(views.json))
}

fn found(
    params: &TopicParams,
    options: &Options,
    analyzer: &Analyzer,
    weights: &TfIdfMatrix,
) -> Outcome<TopicModel> {
    if options.guide.is_empty() {
        return Ok(params.fit(weights)?);
    }
    let lists = options.guide.iter().map(|words| words.split(',').map(str::trim));
    let seeds = SeedWords::new(analyzer, weights.vocabulary(), lists)?;
    for (list, word) in seeds.unknown() {
        eprintln!("`{word}` of --guide {} is in no article", options.guide[*list]);
    }
    let guided = params.fit_guided(weights, &seeds)?;
    for (words, topic) in options.guide.iter().zip(guided.topics()) {
        match topic {
            Some(topic) => eprintln!("{words}: topic {topic}"),
            None => eprintln!("{words}: no article is about this"),
        }
    }
    Ok(guided.into_model())
}

fn changed(mut model: TopicModel, options: &Options, weights: &TfIdfMatrix) -> Outcome<TopicModel> {
    if !options.merge.is_empty() {
        model = model.merge(weights, &options.merge)?;
    }
    if let Some((topic, into)) = options.split {
        let params = TopicModel::params(into).seed(options.seed);
        model = model.split(weights, topic, &params)?;
    }
    if let Some(n) = options.reduce {
        model = model.reduce(weights, n)?;
    }
    Ok(model)
}

/// What was asked for, as text and as JSON.
struct Views {
    shown: String,
    json: Map<String, Value>,
}

impl Views {
    fn add(
        &mut self,
        name: &str,
        view: &(impl std::fmt::Display + serde::Serialize),
    ) -> Outcome<()> {
        let _ = write!(self.shown, "\n{view}");
        self.json.insert(name.into(), to_value(view)?);
        Ok(())
    }

    fn topics(&mut self, model: &TopicModel) -> Outcome<()> {
        let _ = writeln!(self.shown, "topic  articles  keywords");
        let mut topics = Vec::new();
        for topic in model.iter() {
            let (id, size) = (topic.id(), topic.size());
            let keywords = topic.keywords(KEYWORDS).join(", ");
            let _ = writeln!(self.shown, "{id:>5}  {size:>8}  {keywords}");
            topics.push(serde_json::json!({"id": id, "size": size, "label": topic.label()}));
        }
        self.json.insert("topics".into(), to_value(topics)?);
        Ok(())
    }

    fn relations(
        &mut self,
        model: &TopicModel,
        params: &TopicParams,
        options: &Options,
        weights: &TfIdfMatrix,
    ) -> Outcome<()> {
        if options.tree {
            self.add("tree", &model.hierarchy(weights)?)?;
        }
        if let Some(runs) = options.stability {
            self.add("stability", &params.stability(model, weights, runs)?)?;
        }
        Ok(())
    }

    fn buckets(
        &mut self,
        model: &TopicModel,
        articles: &Articles,
        options: &Options,
        weights: &TfIdfMatrix,
    ) -> Outcome<()> {
        if options.time_field.is_some() {
            let times = articles.times.iter();
            let days = times.map(|time| Some(time.as_ref()?.date()));
            let buckets = Buckets::by_time(days, options.period)?;
            let params = TrendParams::default().window(options.window);
            self.add("trend", &model.trend(weights, &buckets, &params)?)?;
        }
        if options.group_field.is_some() {
            let buckets = Buckets::by_group(articles.groups.iter().map(Option::as_ref));
            self.add("groups", &model.trend(weights, &buckets, &TrendParams::default())?)?;
        }
        Ok(())
    }

    fn query(&mut self, model: &TopicModel, analyzer: &Analyzer, query: &str) -> Outcome<()> {
        let nearest = model.nearest_topics(analyzer, query);
        let _ = writeln!(self.shown, "\nnearest to `{query}`:");
        for found in nearest.iter().take(NEAREST) {
            let (topic, sure) = (found.topic(), 100.0 * found.confidence());
            let label = model.topic(topic).label();
            let _ = writeln!(self.shown, "{topic:>5}  {sure:>5.1} %  {label}");
        }
        if nearest.is_empty() {
            let _ = writeln!(self.shown, "  no word of it is known");
        }
        self.json.insert("query".into(), to_value(nearest)?);
        Ok(())
    }
}

/// A picture: a dot for each article in the colour of its topic, and the label of each topic.
fn svg(model: &TopicModel, map: &TopicMap) -> String {
    const SIDE: f64 = 900.0;
    let places = map.topics.iter().chain(map.articles.iter().flatten()).flatten();
    let reach = places.fold(0.1, |most: f64, value| most.max(value.abs()));
    let at = |place: [f64; 2]| place.map(|value| SIDE / 2.0 * (1.0 + 0.9 * value / reach));
    // The golden angle parts any number of hues.
    let hue = |topic: usize| topic * 1375 / 10 % 360;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\" font-family=\"sans-serif\" \
         font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for (place, found) in map.articles.iter().zip(model.assignments()) {
        let Some([x, y]) = place.map(at) else { continue };
        let hue = hue(found.topic());
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\" fill=\"hsl({hue},60%,55%)\" fill-opacity=\"0.6\"/>"
        );
    }
    for (&place, topic) in map.topics.iter().zip(model.iter()) {
        let [x, y] = at(place);
        let label = topic.label().replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" stroke=\"white\" stroke-width=\"3\" \
             paint-order=\"stroke\">{label}</text>"
        );
    }
    svg + "</svg>\n"
}

//! Works with the topics of a corpus once they are found.
//!
//! 1. Read the articles, and find their topics as `topics` does, guided by seed words if there are any.
//! 2. Merge, split or reduce the topics.
//! 3. Show what was asked for: a tree, how stable topics are, how they move in time or differ between
//!    groups, which are nearest to a query or the paragraphs of an article, and where everything lies.

#[path = "explore/options.rs"]
mod options;
#[path = "explore/picture.rs"]
mod picture;
mod support;

use std::fmt::Write as _;
use std::io::{Write as _, stdout};
use std::process::ExitCode;

use options::{Options, options};
use picture::svg;
use serde_json::{Map, Value, to_value};
use support::{Outcome, Row, Rows, pruning};
use undertone::{
    Analyzer, Article, Buckets, CountMatrix, Published, SeedWords, TfIdf, TfIdfMatrix, TopicModel,
    TopicParams, TrendParams,
};

const CORPUS: &str = include_str!("data/corpus.jsonl");

/// How many keywords of a topic are shown, and topics for a query.
const KEYWORDS: usize = 8;
const NEAREST: usize = 5;

/// How sure a paragraph must be of its topic, and how much of it is shown.
const LEAST_SURE: f32 = 0.3;
const PARAGRAPH: usize = 60;

fn main() -> ExitCode {
    support::run(example)
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
        if !row.has(name) {
            return Ok(None);
        }
        Ok(Some(row.id(name)?.to_string().trim_matches('"').to_string()))
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
    if let Some(path) = &options.article {
        views.article(&model, &analyzer, &Article::parse(support::read_text(path)?))?;
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

    fn article(
        &mut self,
        model: &TopicModel,
        analyzer: &Analyzer,
        article: &Article,
    ) -> Outcome<()> {
        let found = model.topics_of(analyzer, article, LEAST_SURE);
        let _ = writeln!(self.shown, "\ntopics of the article's paragraphs:");
        for share in &found.topics {
            let (percent, label) = (100.0 * share.share, model.topic(share.topic).label());
            let _ = writeln!(self.shown, "{:>5}  {percent:>5.1} %  {label}", share.topic);
            for &paragraph in &share.paragraphs {
                let text = &article.text()[found.paragraphs[paragraph].range.clone()];
                let start: String = text.chars().take(PARAGRAPH).collect();
                let _ = writeln!(self.shown, "                 {start}");
            }
        }
        let _ = writeln!(self.shown, "unsure {:>5.1} %", 100.0 * found.unsure);
        self.json.insert("article".into(), to_value(found)?);
        Ok(())
    }
}
